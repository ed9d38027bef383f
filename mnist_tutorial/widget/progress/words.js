// What the list of what is done says, in both languages.

const WORDS = {
  en: {
    sum: (done, all) => `${done} of ${all} exercises done`,
    chapter: (number, done, all) => `Chapter ${number}: ${done} of ${all}`,
    left: (ids) => `still open: ${ids}`,
    forget: "Forget all of it",
  },
  ko: {
    sum: (done, all) => `문제 ${all}개 가운데 ${done}개를 풀었습니다`,
    chapter: (number, done, all) => `${number}장: ${all}개 가운데 ${done}개`,
    left: (ids) => `남은 문제: ${ids}`,
    forget: "모두 지우기",
  },
};
