/**
 * What happened lately in a round, for those who show it: the last few events, each [tick, what, ...values], in
 * `state.news`, and in `state.told` how many there were in all, so that a picture which comes late misses none.
 */
const KEPT = 12;

export function tell(state, ...event) {
  state.news.push([state.tick, ...event]);
  if (state.news.length > KEPT) state.news.shift();
  state.told += 1;
}
