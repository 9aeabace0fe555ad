// What is longer past (the picture stood still, or somebody leapt ahead in a recording) is not shown any more.
const FRESH = 30; // ticks

/**
 * Reads a state's news (see @kernel/news.js) as they come: each event is handed out once, however many ticks passed
 * between two pictures; a new round begins from the start.
 */
export function createNews() {
  let from = null;
  let read = 0;
  return (state) => {
    if (state !== from) [from, read] = [state, 0];
    read = Math.min(read, state.told);
    const fresh = Math.min(state.told - read, state.news.length);
    read = state.told;
    return fresh ? state.news.slice(-fresh).filter(([tick]) => state.tick - tick < FRESH) : [];
  };
}

/** The events of the tick that has just passed, for sounds. */
export function ofThisTick({ news, tick }) {
  const fresh = [];
  for (let n = news.length - 1; n >= 0 && news[n][0] === tick - 1; n--) fresh.unshift(news[n]);
  return fresh;
}
