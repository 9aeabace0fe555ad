// Machines that play instead of hands, beside the scripted players of a game.

/** A player's own skill without a hand's scatter: every reaction takes exactly as long as the one before. */
players.robot = () => players.expert((below) => below >> 1);

/** Presses all its buttons in turn on an exact beat, deaf to the game. */
players.metronome = () => {
  let pressed = 0;
  return ({ tick }) => {
    if (tick % 9 !== 0) return [];
    pressed += 1;
    return [METRONOME[pressed % METRONOME.length]];
  };
};
