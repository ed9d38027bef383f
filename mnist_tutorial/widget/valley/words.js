// What the valley says, in both languages.

const WORDS = {
  en: {
    title: ({ map }) => (map ? "The loss as a map" : "The loss at each weight"),
    hint: ({ map }) =>
      map
        ? "The lines join places of equal loss; the cross is the lowest place, the arrow the steepest way down. Drag the ball to another start, or use the arrow keys."
        : "The dashed line is the slope where the ball lies: red if a step raises w, blue if it lowers w. Drag the ball to another start, or use the arrow keys.",
    ballLabel: "The ball. Arrow keys move it to another start.",
    weight: "Weight w",
    bias: "Bias b",
    loss: "Loss",
    looks: "Each step looks at",
    all: ({ count }) => `all ${count} examples`,
    some: ({ batch }) => `${batch} at random`,
    rate: "Learning rate",
    step: "Step",
    run: "Run",
    pause: "Pause",
    back: "Back to the start",
    ready: (at, loss) => `${at}, loss ${loss}. How far will the ball get at this learning rate? Guess, then press Step or Run.`,
    stepped: (steps, sum, loss) => `Step ${steps}: ${sum}. Loss ${loss}.`,
    bottom: (steps) =>
      steps <= 2
        ? `At the bottom after ${steps === 1 ? "a single step" : "two steps"}. It can hardly be done in fewer.`
        : `At the bottom after ${steps} steps. Is there a learning rate that needs fewer?`,
    gone: (steps, loss) =>
      `Too large: at step ${steps} the ball jumped out of the picture. Its loss is ${loss}, more than anywhere in it.`,
    long: (steps, loss) => `After ${steps} steps the ball is still on its way, at a loss of ${loss}. At this learning rate it creeps.`,
    trembling: (steps) =>
      `After ${steps} steps the ball is near the lowest place, but it trembles instead of coming to rest: every batch points somewhat elsewhere.`,
    listed: "Step by step",
    stepName: "Step",
    slope: "Slope",
    tried: "Your walks",
    none: "Each walk is listed here once the next one begins.",
    walk: (rates, how, end) => `Rate ${rates}${how}: ${end}`,
    batchWalk: (batch) => `, ${batch} at a time`,
    ends: {
      bottom: (steps) => `at the bottom after ${steps} ${steps === 1 ? "step" : "steps"}`,
      gone: (steps) => `out of the picture at step ${steps}`,
      long: (steps, loss) => `still on the way after ${steps} steps, loss ${loss}`,
      trembling: (steps) => `trembling near the bottom after ${steps} steps`,
      going: (steps, loss) => `loss ${loss} after ${steps} ${steps === 1 ? "step" : "steps"}`,
    },
  },
  ko: {
    title: ({ map }) => (map ? "지도로 그린 손실" : "가중치에 따른 손실"),
    hint: ({ map }) =>
      map
        ? "선은 손실이 같은 곳을 잇고, ×표는 가장 낮은 곳, 화살표는 가장 가파른 내리막입니다. 공을 끌거나 화살표 키를 눌러 출발점을 바꿀 수 있습니다."
        : "점선은 공이 있는 곳의 기울기입니다. 빨간색이면 다음 스텝에 w가 커지고, 파란색이면 작아집니다. 공을 끌거나 화살표 키를 눌러 출발점을 바꿀 수 있습니다.",
    ballLabel: "공. 화살표 키로 출발점을 옮깁니다.",
    weight: "가중치 w",
    bias: "편향 b",
    loss: "손실",
    looks: "스텝마다 보는 것",
    all: ({ count }) => `점 ${count}개 모두`,
    some: ({ batch }) => `무작위로 ${batch}개`,
    rate: "학습률",
    step: "한 스텝",
    run: "계속 가기",
    pause: "멈추기",
    back: "출발점으로",
    ready: (at, loss) => `${at}, 손실 ${loss}. 이 학습률로 공이 어디까지 갈까요? 먼저 짐작해 보고 단추를 누르세요.`,
    stepped: (steps, sum, loss) => `${steps}스텝: ${sum}. 손실 ${loss}.`,
    bottom: (steps) =>
      steps <= 2
        ? `단 ${steps === 1 ? "한" : "두"} 스텝 만에 바닥에 닿았습니다. 이보다 적게 걸리기는 어렵습니다.`
        : `${steps}스텝 만에 바닥에 닿았습니다. 더 적은 스텝으로 닿는 학습률도 있을까요?`,
    gone: (steps, loss) =>
      `학습률이 너무 큽니다. ${steps}스텝째에 공이 그림 밖으로 튀어 나갔습니다. 손실이 ${loss}까지 올라, 그림 안의 어느 곳보다도 큽니다.`,
    long: (steps, loss) => `${steps}스텝을 갔지만 아직 가는 중이고, 손실은 ${loss}입니다. 이 학습률로는 아주 더디게 갑니다.`,
    trembling: (steps) =>
      `${steps}스텝을 가서 바닥 가까이 왔지만, 공이 멈추지 않고 떨립니다. 배치마다 가리키는 쪽이 조금씩 다르기 때문입니다.`,
    listed: "스텝마다의 값",
    stepName: "스텝",
    slope: "기울기",
    tried: "지금까지 가 본 길",
    none: "다음 길을 떠나면 앞의 길이 여기에 적힙니다.",
    walk: (rates, how, end) => `학습률 ${rates}${how}: ${end}`,
    batchWalk: (batch) => `, ${batch}개씩`,
    ends: {
      bottom: (steps) => `${steps}스텝 만에 바닥`,
      gone: (steps) => `${steps}스텝째에 그림 밖으로`,
      long: (steps, loss) => `${steps}스텝을 가고도 가는 중, 손실 ${loss}`,
      trembling: (steps) => `${steps}스텝 뒤 바닥 가까이에서 떨림`,
      going: (steps, loss) => `${steps}스텝 뒤 손실 ${loss}`,
    },
  },
};
