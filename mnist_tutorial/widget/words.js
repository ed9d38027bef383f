// What the widgets say, in both languages, and which of them to speak.

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
    line: (side, count) => `The same picture flattened: ${count} numbers in one row`,
    pixel: (row, column, i, value, raw) =>
      `row ${row}, column ${column}: input ${i} is ${value}` + (raw ? ` (${raw} / 255)` : ""),
    tour: "Dashed: the box of your digit. Cross: its centre of mass. Point at a pixel or a unit to see its number.",
    hidden: (i) => `Hidden layer ${i}`,
    lit: (on, all) => `${on} of ${all} on`,
    unit: (i, value) => `unit ${i} gives ${value}`,
    looks: "its weights: red counts for, blue against",
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
    line: (side, count) => `같은 그림을 펼친 것: 한 줄로 선 수 ${count}개`,
    pixel: (row, column, i, value, raw) =>
      `${row}번 줄 ${column}번 칸: 입력 ${i}번의 값은 ${value}` + (raw ? ` (${raw} / 255)` : ""),
    tour: "점선은 숫자를 둘러싼 상자, 십자는 무게중심입니다. 픽셀이나 유닛을 가리키면 값이 나옵니다.",
    hidden: (i) => `은닉층 ${i}`,
    lit: (on, all) => `${all}개 중 ${on}개 켜짐`,
    unit: (i, value) => `유닛 ${i}번의 출력은 ${value}`,
    looks: "이 유닛의 가중치: 빨강은 더하고 파랑은 뺍니다",
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

const PROSE = ":is(p, h1, h2, h3, h4):not(draw-digit *)";
const ENOUGH = 20; // letters that tell the language of a text

/** Return "ko" or "en": as the book's page is; else as the notebook says or is written; else as the browser is set. */
function languageFor(element) {
  const ofTheBook = document.querySelector("meta[name=mnist-tutorial]");
  // Notebook programs and converters write lang="en" on <html>, whatever the notebook is written in.
  const said = ofTheBook ? element.parentElement.closest("[lang]") : element.closest("[lang]:not(html)");
  return (said?.lang || languageAround(element) || navigator.language).startsWith("ko") ? "ko" : "en";
}

/** Return the language of the nearest text, or null where there is too little. */
function languageAround(element) {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const text = Array.from(around.querySelectorAll(PROSE), (part) => part.textContent).join(" ");
    const letters = text.match(/\p{L}/gu) ?? [];
    const hangul = text.match(/\p{Script=Hangul}/gu) ?? [];
    if (letters.length >= ENOUGH) return hangul.length > letters.length / 4 ? "ko" : "en";
  }
  return null;
}
