// What a quiz says besides its options, in both languages.

const WORDS = {
  en: {
    name: (id) => `Predict ${id}`,
    check: "Check",
    show: "Show the answer",
    done: "✓ done",
    right: "Right.",
    wrong: "Not quite.",
    isRight: "The answer:",
    choose: "Choose one.",
    chooseFirst: "Choose one first.",
    type: "Type a number first.",
    number: "Your number",
    noNumber: "This is not a number. Type something like 60,000, 0.97, or 97%.",
    other: "Not this one. Try again.",
  },
  ko: {
    name: (id) => `예상 ${id}`,
    check: "확인",
    show: "정답 보기",
    done: "✓ 맞혔습니다",
    right: "맞았습니다.",
    wrong: "아닙니다.",
    isRight: "정답:",
    choose: "하나를 고르세요.",
    chooseFirst: "먼저 하나를 고르세요.",
    type: "먼저 수를 적으세요.",
    number: "예상한 수",
    noNumber: "수가 아닙니다. 60,000이나 0.97, 97%처럼 적으세요.",
    other: "이 수는 아닙니다. 다시 생각해 보세요.",
  },
};
