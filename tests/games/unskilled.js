// Hands that play without looking, beside the scripted players of a game.

/** Does nothing. */
players.idle = () => () => [];

/** Three times a second presses any of BUTTONS, which are [action, ...[least, most]]. */
players.masher = (dice) => ({ tick }) => {
  if (tick % 20) return [];
  const [action, ...values] = BUTTONS[dice(BUTTONS.length)];
  return [[action, ...values.map(([least, most]) => least + dice(most - least + 1))]];
};
