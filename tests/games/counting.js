// A scripted player's round, painted tick by tick. Gives back for each picture what its painting asked of the browser:
// `asked` what has to be looked up or made anew, `stretched` how many large pictures had to be filtered, `painted` what was
// painted into it, and `aside` what elsewhere; the first one stands for all that is painted before it, too. With `still`, how many pixels change while the round stands, at each moment.
async ({ scene, frame, size: [width, height], seed, seconds, still }) => {
  const { rules, mount } = await import(scene);
  let now = 1000;
  performance.now = () => now;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: Boolean(still) });
  const silent = { sound() {}, buzz() {}, say() {} };
  const view = mount({ prizes: [], pictures: {}, ...silent, ...frame });

  const round = { state: rules.init(frame.config, seed), tick: 0 };
  const act = players.expert(dice(5));
  const paint = () => view.draw(context, round, 0.5, "play");
  const step = (ticks) => {
    for (let n = 0; n < ticks && !rules.over(round.state); n++, round.tick++) rules.step(round.state, act(round.state));
  };
  return still ? standing() : counted();

  function standing() {
    view.resize(width, height);
    const look = () => new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    const changes = [];
    while (round.tick < seconds * 60 && !rules.over(round.state)) {
      step(60);
      // What an event has stirred comes to rest, and then nothing does.
      for (let n = 0; n < 40; n++, now += 100) paint();
      const before = look();
      for (let n = 0; n < 7; n++, now += 130) paint();
      changes.push(look().reduce((count, pixel, n) => count + (pixel !== before[n]), 0));
    }
    return changes;
  }

  function counted() {
    let count = null;
    const pen = CanvasRenderingContext2D.prototype;
    const listen = (owner, name, heard) => {
      const own = owner[name];
      owner[name] = function (...given) {
        if (count) heard(this, given, name);
        return own.apply(this, given);
      };
    };
    const ask = (_, given, name) => (count.asked[name] = (count.asked[name] ?? 0) + 1);
    // A colour that is mixed is read by parseInt.
    for (const name of ["getComputedStyle", "parseInt"]) listen(window, name, ask);
    listen(Element.prototype, "getBoundingClientRect", ask);
    listen(Document.prototype, "querySelector", ask);
    for (const name of ["measureText", "getTransform", "createLinearGradient", "createRadialGradient"]) listen(pen, name, ask);
    const draw = (its) => (count[its === context ? "painted" : "aside"] += 1);
    for (const name of ["drawImage", "fillRect", "fill", "stroke", "fillText", "strokeText"]) listen(pen, name, draw);
    listen(pen, "drawImage", (its, [image, x, y, wide = image.width, high = image.height, ...part]) => {
      if (its !== context || part.length || image.width * image.height < (width * height) / 3) return;
      const even = wide === image.width && high === image.height && Number.isInteger(x) && Number.isInteger(y);
      if (!even) count.stretched += 1;
    });

    const pictures = [];
    while (round.tick < seconds * 60 && !rules.over(round.state)) {
      step(1);
      now += 1000 / 60;
      count = { asked: {}, painted: 0, aside: 0, stretched: 0 };
      if (!pictures.length) view.resize(width, height);
      paint();
      pictures.push(count);
      count = null;
    }
    return pictures;
  }
}
