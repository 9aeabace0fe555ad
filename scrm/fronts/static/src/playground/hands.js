// Somebody else plays: a scripted player, or a recording.

/** Lets `act(state)` give the actions of each tick of `round`, beside those of the hands on the screen. */
export function letPlay(round, act) {
  const step = round.step.bind(round);
  round.step = (actions) => step([...actions, ...act(round.state, round.tick)]);
}
