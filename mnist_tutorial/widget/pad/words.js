// What the pad says, in both languages.

const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
const times = (difference) => {
  const ratio = Math.exp(difference);
  if (!(ratio < 1e6)) return `10^${Math.floor(difference / Math.LN10)}`;
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
    turning: (goal) => `픽셀을 몇 개 바꾸면 ${goal}이라고 읽을까요?`,
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
    notReached: (count, goal) => `${count}개를 바꾸어도 ${goal}이라고 읽지 않아서, 찾기를 그만두었습니다.`,
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
