// Chance that can be had again: the same seed gives the same numbers.

/** Return a function that gives numbers in [0, 1); another `stream` of the same seed is independent of it. */
function random(seed, stream = 0) {
  let state = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(stream, 0x85ebca6b);
  return () => {
    state = (state + 0x6d2b79f5) | 0; // the generator "mulberry32" by T. Ettinger
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Return the numbers from 0 to count - 1 in random order. */
function shuffle(count, draw) {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(draw() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}
