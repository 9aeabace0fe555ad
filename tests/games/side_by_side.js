// Two scripted players on one seed, and three pictures of the first one's round: with the other one in it, without, and
// once more without. Gives back how many pixels tell them apart, moment by moment, and the lowest row of these.
async ({ scene, frame, size: [width, height], seed, seconds, player }) => {
  const { rules, mount } = await import(scene);
  let now = 1000;
  performance.now = () => now;
  const silent = { sound() {}, buzz() {}, say() {} };
  const begin = (act) => ({ round: { state: rules.init(frame.config, seed), tick: 0 }, act });
  // Without a player one's own hands rest.
  const [mine, theirs] = [begin(player ? players[player](dice(5)) : () => []), begin(players.beginner(dice(8)))];
  const pictures = [theirs.round, undefined, undefined].map((rival) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    const view = mount({ prizes: [], pictures: {}, ...silent, ...frame });
    view.resize(width, height);
    return {
      canvas,
      paint() {
        view.draw(context, mine.round, 0.5, "play", rival);
        return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
      },
    };
  });
  const different = (one, other) => one.reduce((count, pixel, n) => count + (pixel !== other[n]), 0);
  const lowest = (one, other) => Math.floor(one.findLastIndex((pixel, n) => pixel !== other[n]) / width);

  const moments = [];
  const TICKS = 15; // from one picture to the next
  for (let left = (seconds * 60) / TICKS; left > 0 && !rules.over(mine.round.state); left--) {
    for (const { round, act } of [mine, theirs])
      for (let n = 0; n < TICKS && !rules.over(round.state); n++, round.tick++) rules.step(round.state, act(round.state));
    now += (TICKS * 1000) / 60;
    const [beside, alone, again] = pictures.map(({ paint }) => paint());
    moments.push({ other: different(beside, alone), lowest: lowest(beside, alone), same: different(alone, again) });
  }
  document.body.replaceChildren(pictures[0].canvas);
  return moments;
}
