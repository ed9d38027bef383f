// Which pointer draws, when a palm rests on the pad, two fingers are down, or a pen comes with the hand that holds it.

const PALM = 60; // a touch wider than this, in CSS pixels, is no fingertip
const RESTING = 12; // a touch that has not come further than this is taken back when another one lands
const PEN_NEAR = 1000; // milliseconds after a pen was seen in which touches are the hand that holds it

/** Call `start` and `move` with the events of the pointer that draws, `end` when it lifts, `drop` if it was none. */
function followHand(pad, { start, move, end, drop }) {
  let drawing = null; // the pointer that draws: its id, its type, where it landed, whether it has moved from there
  let penSeen = -Infinity;
  const isPalm = (event) => event.pointerType === "touch" && Math.max(event.width, event.height) > PALM;
  const finish = (how) => (event) => {
    if (event.pointerId !== drawing?.id) return;
    drawing = null;
    how();
  };
  pad.onpointerdown = (event) => {
    const { pointerId: id, pointerType: type } = event;
    if (event.button) return;
    if (type === "pen") penSeen = event.timeStamp;
    if (type === "touch" && (isPalm(event) || event.timeStamp - penSeen < PEN_NEAR)) return;
    if (drawing) {
      if (drawing.type !== "touch" || (type !== "pen" && drawing.moved)) return;
      drop();
    }
    drawing = { id, type, from: [event.clientX, event.clientY], moved: false };
    pad.setPointerCapture(id);
    start(event);
  };
  pad.onpointermove = (event) => {
    if (event.pointerType === "pen") penSeen = event.timeStamp;
    if (event.pointerId !== drawing?.id) return;
    if (!drawing.moved && isPalm(event)) return finish(drop)(event); // it landed edge first
    drawing.moved ||= Math.hypot(event.clientX - drawing.from[0], event.clientY - drawing.from[1]) > RESTING;
    move(event);
  };
  pad.onpointerup = pad.onlostpointercapture = finish(end);
  pad.onpointercancel = finish(drop); // the system took it for a palm or for a gesture of its own
}
