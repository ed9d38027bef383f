// What the pad says, in both languages.

const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
const raised = (power) => String(power).replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]);
/** Return a class with the particle that its Korean name takes: 이, 사, 오, 구 end in a vowel. */
const called = (digit) => `${digit}${"2459".includes(digit % 10) ? "라고" : "이라고"}`;
const times = (difference) => {
  const ratio = Math.exp(difference);
  if (!(ratio < 1e6)) return `10${raised(Math.floor(difference / Math.LN10))}`;
  return Number(ratio.toPrecision(2)).toLocaleString("en");
};

const WORDS = {
  en: {
    padLabel: "Drawing pad. Arrow keys move the pen, Space lowers and lifts it, Delete clears.",
    hint: "Draw a digit here",
    pens: "Pen",
    pen: ["thin", "medium", "thick"],
    eraser: "Eraser",
    undo: "Undo (Ctrl+Z)",
    redo: "Redo (Ctrl+Y)",
    clear: "Clear",
    keys: "Keyboard: arrows move the pen, Space lowers and lifts it, Ctrl+Z undoes, Delete clears.",
    bars: "Probability of each class",
    bar: (digit) => `Probability of ${digit}`,
    nothing: "Nothing drawn yet",
    waiting: "The prediction and the probabilities will appear here.",
    says: (digit) => `The network says ${digit}`,
    sure: (percent) => `${percent} sure`,
    next: (digit, percent) => `next: ${digit}, ${percent}`,
    label: (digit) => `the label is ${digit}`,
    photo: "Or photograph digits on paper",
    photoNote: "One or several, with a dark pen. The picture stays in this page: nothing is sent anywhere.",
    chooseFile: "Photo or file",
    camera: "Camera",
    drop: "or drop a picture here, or paste one",
    stages: [
      ["Photograph", "Upright, no more than 1,000 pixels wide or high."],
      ["Grey", "How much each point differs from the paper around it. Light and shadow are gone."],
      ["Ink", "What differs clearly. All the rest is paper."],
      ["Digits", "Ink that hangs together. Specks and ruled lines are left out."],
    ],
    looking: "Looking for digits…",
    found: (count) =>
      count === 1
        ? "One digit found. Press it to put it on the pad."
        : `${count} digits found. Press one to put it on the pad.`,
    crowded: (count) => `The first ${count} digits are shown. Press one to put it on the pad.`,
    digits: "Digits found, with predictions",
    foundDigit: (i, read) => `Digit ${i}, read as ${read}`,
    noImage: "This browser cannot read that as a picture. A JPEG or PNG file will do.",
    tooLarge: (millions, most) => `This picture has ${millions} million pixels. At most ${most} million will do: make it smaller first.`,
    noDigit: "No digit stands out from the paper. Try a darker pen, more light, or come closer.",
    own: "Your own test set",
    ownNote: "Write a digit, choose which one you meant, and keep it.",
    ownKeys: "On a keyboard: the digit, then Enter.",
    meant: "The digit that you meant",
    option: (digit, count) => `${digit}: ${count} kept`,
    keep: "Keep",
    goal: (count, goal) => (count < goal ? `${count} of ${goal}` : `${count}`),
    noDrawing: "Write a digit first.",
    noLabel: "Which digit did you mean? Choose it, then keep the drawing.",
    notYours: "This image is MNIST's. Write one of your own.",
    twice: "This very drawing is kept already.",
    full: (most) => `${most} are the most that are kept here. Save them, and begin a new set.`,
    keptOne: (label, count) => `A ${label} is kept, ${count} in all.`,
    outNote: "Press a drawing to take it out.",
    keptLabel: "Kept drawings",
    takeOut: (label, read) => `A ${label}${read === undefined ? "" : `, read as ${read}`}. Take it out`,
    takenOut: (label) => `A ${label} is taken out.`,
    back: "Put it back",
    save: "Save as a file",
    load: "Load a file",
    loaded: (added, twice) => `${added} loaded` + (twice ? `; ${twice} were here already.` : "."),
    unread: (name) => `${name}: no drawings found. It must be an .npz file with images (28×28, bytes) and labels (0 to 9).`,
    judge: "How many are read right?",
    judged: (right, count) => `The network reads ${right} of ${count} right.`,
    noPeeking:
      "Look only when all are written. Whoever watches the score begins to write what the network reads, and the set no longer tells how it reads you.",
    forget: "Forget all",
    asking: (count) => `Forget all ${count}? What is not saved as a file is lost.`,
    yes: "Forget",
    no: "Cancel",
    forgotten: "All are forgotten.",
    stored: "The drawings stay in this browser. They are not sent anywhere.",
    unstored: "This browser lets the page keep nothing: save the drawings as a file before you leave.",
    seen: "What the network gets",
    pictureLabel: "The prepared picture. Arrow keys walk over its pixels.",
    line: ({ side }) => `The same picture flattened: ${side ** 2} numbers in one row`,
    pixel: (row, column, i, value, raw) =>
      `row ${row}, column ${column}: input ${i} is ${value}` + (raw ? ` (${raw} / 255)` : ""),
    tour: "Dashed: the box of your digit. Cross: its centre of mass. Point at a pixel or a unit to see its number.",
    hidden: (i) => `Hidden layer ${i}`,
    lit: (on, all) => `${on} of ${all} on`,
    unit: (i, value) => `unit ${i} gives ${value}`,
    looks: "its weights: red counts for, blue against",
    why: "Why this prediction?",
    whyNote:
      "Every pixel with ink adds something to one class or takes it away. Here you see it for two classes at a time.",
    whyOne: "Compare",
    whyOther: "with",
    whyEmpty: "Draw a digit, and its reasons appear here.",
    sum: ({ one, other, red, blue, rest, difference }) =>
      `Red pixels speak for ${one}: ${signed(red)}. Blue ones speak for ${other}: ${signed(-blue)}. The biases bring ` +
      `${signed(rest)}. In all ${signed(difference)}: ` +
      (difference > 0
        ? `${one} is ${times(difference)} times as probable as ${other}.`
        : `${other} is ${times(-difference)} times as probable as ${one}.`),
    turning: (goal) => `How many pixels make it a ${goal}?`,
    turnNote: "Guess first. Then let the page look for them: red pixels get ink, blue ones lose it.",
    forward: "One pixel",
    run: "Run",
    pause: "Pause",
    backward: "One back",
    put: "Put on the pad",
    seeking: "Looking …",
    changed: (shown, all) => `Pixels changed: ${shown} of ${all}.`,
    nowSays: (digit) => `The network says ${digit}.`,
    reached: (count, pixels) => {
      if (count === 1) return `1 of ${pixels} was enough. Fewer is impossible.`;
      const enough = `${count} of ${pixels} were enough. `;
      if (count === 2)
        return enough + "Filling or emptying one alone does not do: each of them was tried. So fewer is impossible.";
      return (
        enough +
        "The page took the most helpful pixel each time, so perhaps fewer would do. One thing is certain: filling or " +
        "emptying one alone does not, since each of them was tried."
      );
    },
    notReached: (count, goal) => `${count} were not enough for a ${goal}, and the page gave up.`,
    steps: "Prepared as MNIST was. Break it on purpose",
    stepsNote: "Switch a step off, and watch the picture and the probabilities.",
    framed: "The test images came with this done.",
    scale: (box) => [
      `Scale into a box of ${box}×${box}`,
      "Big or small, every digit gets the same size.",
      "Off: the digit keeps the size you drew.",
    ],
    centre: () => [
      "Centre of mass to the middle",
      "The digit goes where MNIST's digits are.",
      "Off: the digit stays where you drew it.",
    ],
    invert: () => [
      "Paper 0, ink 255",
      "As in MNIST: the background is 0.",
      "Off: paper 255 and ink 0, as in a photo of black ink on white paper.",
    ],
    normalize: () => [
      "0…255 becomes 0…1",
      "As in chapter 4.",
      "Off: numbers up to 255 go in, and make every sum huge.",
    ],
    examples: "Or take one from the test set",
    examplesNote: "In red: what the network reads wrong, as prediction,label. You can draw on it and rub parts out.",
    example: (label, read) => `Test image, label ${label}, read as ${read}`,
  },
  ko: {
    padLabel: "그림판. 화살표 키로 펜을 옮기고, 스페이스 키로 펜을 내리고 들며, Delete 키로 지웁니다.",
    hint: "여기에 숫자를 쓰세요",
    pens: "펜",
    pen: ["가는 펜", "보통 펜", "굵은 펜"],
    eraser: "지우개",
    undo: "되돌리기 (Ctrl+Z)",
    redo: "다시 하기 (Ctrl+Y)",
    clear: "모두 지우기",
    keys: "키보드: 화살표로 펜을 옮기고, 스페이스로 내리거나 듭니다. Ctrl+Z로 되돌리고, Delete로 모두 지웁니다.",
    bars: "클래스마다의 확률",
    bar: (digit) => `${digit}일 확률`,
    nothing: "아직 쓴 것이 없습니다",
    waiting: "예측과 확률이 여기에 나타납니다.",
    says: (digit) => `신경망의 예측: ${digit}`,
    sure: (percent) => `확률 ${percent}`,
    next: (digit, percent) => `다음은 ${digit}, ${percent}`,
    label: (digit) => `레이블은 ${digit}`,
    photo: "종이에 쓴 숫자를 사진으로 읽기",
    photoNote: "진한 펜으로 하나만 써도, 여럿을 써도 됩니다. 사진은 이 페이지 안에만 있고 어디로도 보내지 않습니다.",
    chooseFile: "사진·파일 고르기",
    camera: "카메라로 찍기",
    drop: "그림을 여기에 끌어다 놓거나 붙여 넣어도 됩니다",
    stages: [
      ["사진", "똑바로 세우고, 긴 쪽을 1,000픽셀까지 줄입니다."],
      ["회색", "점마다 둘레의 종이와 얼마나 다른지 나타냅니다. 밝고 어두운 빛은 사라집니다."],
      ["잉크", "뚜렷하게 다른 것이 잉크이고, 나머지는 모두 종이입니다."],
      ["숫자", "이어진 잉크를 한 숫자로 봅니다. 티끌과 노트의 줄은 뺍니다."],
    ],
    looking: "숫자를 찾는 중입니다…",
    found: (count) => `숫자 ${count}개를 찾았습니다. 누르면 그림판에 놓입니다.`,
    crowded: (count) => `앞의 ${count}개만 보입니다. 누르면 그림판에 놓입니다.`,
    digits: "찾은 숫자와 예측",
    foundDigit: (i, read) => `${i}번째 숫자, 예측 ${read}`,
    noImage: "이 브라우저가 그림으로 읽지 못하는 파일입니다. JPEG나 PNG 파일을 골라 주세요.",
    tooLarge: (millions, most) => `픽셀이 ${100 * millions}만 개나 되는 그림입니다. ${100 * most}만 개까지 읽을 수 있으니 먼저 줄여 주세요.`,
    noDigit: "종이에서 뚜렷한 숫자를 찾지 못했습니다. 더 진한 펜으로 쓰거나, 밝은 곳에서 가까이 찍어 보세요.",
    own: "나만의 테스트 세트",
    ownNote: "숫자를 쓰고, 어떤 숫자를 쓴 것인지 골라 모아 두세요.",
    ownKeys: "키보드에서는 숫자 키를 누르고 Enter를 누르세요.",
    meant: "쓰려고 한 숫자",
    option: (digit, count) => `${digit}: ${count}장`,
    keep: "모으기",
    goal: (count, goal) => (count < goal ? `${goal}장 중 ${count}장` : `${count}장`),
    noDrawing: "먼저 숫자를 쓰세요.",
    noLabel: "어떤 숫자를 썼나요? 숫자를 고른 다음 모으세요.",
    notYours: "이것은 MNIST의 이미지입니다. 직접 쓴 것을 모으세요.",
    twice: "똑같은 그림이 이미 있습니다.",
    full: (most) => `여기에는 ${most}장까지만 모을 수 있습니다. 파일로 저장하고 새로 시작하세요.`,
    keptOne: (label, count) => `숫자 ${label}, 모았습니다. 모두 ${count}장입니다.`,
    outNote: "그림을 누르면 빠집니다.",
    keptLabel: "모은 그림",
    takeOut: (label, read) => `숫자 ${label}${read === undefined ? "" : `, 예측은 ${read}`}. 빼기`,
    takenOut: (label) => `숫자 ${label}, 한 장을 뺐습니다.`,
    back: "도로 넣기",
    save: "파일로 저장",
    load: "파일 불러오기",
    loaded: (added, twice) => `${added}장을 불러왔습니다.` + (twice ? ` ${twice}장은 이미 있던 것입니다.` : ""),
    unread: (name) => `${name}에서 그림을 찾지 못했습니다. images(28×28, 바이트)와 labels(0~9)가 든 .npz 파일이어야 합니다.`,
    judge: "몇 장을 맞히나요?",
    judged: (right, count) => `신경망은 ${count}장 가운데 ${right}장을 맞힙니다.`,
    noPeeking:
      "맞힌 수는 다 쓴 다음에 보세요. 보면서 쓰면 어느새 신경망이 잘 읽는 글씨만 쓰게 되고, 평소의 글씨를 얼마나 잘 읽는지는 알 수 없게 됩니다.",
    forget: "모두 버리기",
    asking: (count) => `${count}장을 모두 버릴까요? 파일로 저장하지 않은 것은 사라집니다.`,
    yes: "버리기",
    no: "취소",
    forgotten: "모두 버렸습니다.",
    stored: "그림은 이 브라우저에만 남고, 아무 데도 보내지 않습니다.",
    unstored: "이 브라우저에서는 그림을 간직할 수 없습니다. 페이지를 떠나기 전에 파일로 저장하세요.",
    seen: "신경망이 받는 그림",
    pictureLabel: "전처리한 그림. 화살표 키로 픽셀을 하나씩 볼 수 있습니다.",
    line: ({ side }) => `같은 그림을 펼친 것: 한 줄로 선 수 ${side ** 2}개`,
    pixel: (row, column, i, value, raw) =>
      `${row}번 줄 ${column}번 칸: 입력 ${i}번의 값은 ${value}` + (raw ? ` (${raw} / 255)` : ""),
    tour: "점선은 숫자를 둘러싼 상자, 십자는 무게중심입니다. 픽셀이나 유닛을 가리키면 값이 나옵니다.",
    hidden: (i) => `은닉층 ${i}`,
    lit: (on, all) => `${all}개 중 ${on}개 켜짐`,
    unit: (i, value) => `유닛 ${i}번의 출력은 ${value}`,
    looks: "이 유닛의 가중치: 빨강은 더하고 파랑은 뺍니다",
    why: "왜 이렇게 예측했을까요?",
    whyNote: "잉크가 있는 픽셀은 저마다 어떤 클래스의 점수를 올리거나 내립니다. 두 클래스를 골라 견주어 봅니다.",
    whyOne: "비교:",
    whyOther: "대",
    whyEmpty: "숫자를 쓰면 이유가 여기에 나타납니다.",
    sum: ({ one, other, red, blue, rest, difference }) =>
      `빨간 픽셀은 ${one} 편입니다: ${signed(red)}. 파란 픽셀은 ${other} 편입니다: ${signed(-blue)}. 편향이 ${signed(rest)}만큼 ` +
      `보탭니다. 모두 더하면 ${signed(difference)}이므로, ` +
      (difference > 0
        ? `${one}일 확률이 ${other}일 확률의 ${times(difference)}배입니다.`
        : `${other}일 확률이 ${one}일 확률의 ${times(-difference)}배입니다.`),
    turning: (goal) => `픽셀을 몇 개 바꾸면 ${called(goal)} 읽을까요?`,
    turnNote:
      "먼저 짐작해 보세요. 그다음 하나씩 찾아봅니다. 빨간 픽셀에는 잉크를 채우고, 파란 픽셀에서는 잉크를 지웁니다.",
    forward: "한 픽셀",
    run: "계속",
    pause: "멈춤",
    backward: "한 픽셀 뒤로",
    put: "그림판에 올리기",
    seeking: "찾는 중입니다 …",
    changed: (shown, all) => `바꾼 픽셀: ${all}개 가운데 ${shown}개.`,
    nowSays: (digit) => `신경망의 예측: ${digit}.`,
    reached: (count, pixels) => {
      const enough = `픽셀 ${pixels}개 가운데 ${count}개면 되었습니다. `;
      if (count === 1) return enough + "이보다 적을 수는 없습니다.";
      if (count === 2)
        return enough + "하나만 채우거나 지워서는 되지 않습니다. 하나씩 모두 해 보았으니, 이보다 적을 수는 없습니다.";
      return (
        enough +
        "그때그때 가장 도움이 되는 픽셀을 고른 것이므로 더 적게 바꾸는 방법이 있을지도 모릅니다. 다만 하나만 채우거나 지워서는 되지 " +
        "않는다는 것만은 확실합니다. 하나씩 모두 해 보았습니다."
      );
    },
    notReached: (count, goal) => `${count}개를 바꾸어도 ${called(goal)} 읽지 않아서, 찾기를 그만두었습니다.`,
    steps: "MNIST처럼 전처리합니다. 일부러 망가뜨려 보세요",
    stepsNote: "하나씩 끄고 그림과 확률이 어떻게 달라지는지 보세요.",
    framed: "테스트 이미지는 이미 이렇게 되어 있습니다.",
    scale: (box) => [
      `${box}×${box} 상자에 맞추기`,
      "크게 쓰든 작게 쓰든 크기가 같아집니다.",
      "꺼짐: 쓴 크기 그대로 들어갑니다.",
    ],
    centre: () => ["무게중심을 가운데로", "MNIST의 숫자가 있는 자리로 옮깁니다.", "꺼짐: 쓴 자리에 그대로 있습니다."],
    invert: () => [
      "종이는 0, 글씨는 255",
      "MNIST처럼 배경이 0입니다.",
      "꺼짐: 흰 종이를 찍은 사진처럼 종이가 255, 글씨가 0입니다.",
    ],
    normalize: () => [
      "0…255를 0…1로",
      "4장에서 한 정규화입니다.",
      "꺼짐: 255까지의 수가 그대로 들어가 합이 모두 커집니다.",
    ],
    examples: "테스트 세트에서 골라 보기",
    examplesNote:
      "빨간 것은 신경망이 틀린 이미지이고, '예측,레이블'을 적었습니다. 위에 덧쓰거나 일부를 지울 수도 있습니다.",
    example: (label, read) => `테스트 이미지, 레이블 ${label}, 예측 ${read}`,
  },
};
