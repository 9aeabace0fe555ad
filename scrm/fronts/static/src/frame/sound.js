// Small sounds made on the spot, so that no file is loaded: tones that glide and fade, and bursts of snow.
const SOUNDS = {
  beat: [{ tone: 1320, to: 1320, seconds: 0.05, loud: 0.12 }],
  tick: [{ tone: 2100, to: 1500, seconds: 0.03, loud: 0.1 }],
  step: [{ snow: 900, seconds: 0.09, loud: 0.35 }],
  perfect: [
    { snow: 900, seconds: 0.09, loud: 0.35 },
    { tone: 784, to: 1046, seconds: 0.1, loud: 0.14 },
  ],
  miss: [{ tone: 220, to: 160, seconds: 0.14, loud: 0.2 }],
  stumble: [
    { snow: 400, seconds: 0.3, loud: 0.5 },
    { tone: 180, to: 90, seconds: 0.25, loud: 0.25 },
  ],
  gun: [{ snow: 2400, seconds: 0.22, loud: 0.8 }],
  win: [
    { tone: 523, to: 523, seconds: 0.16, loud: 0.2 },
    { tone: 659, to: 659, seconds: 0.16, loud: 0.2, after: 0.13 },
    { tone: 784, to: 784, seconds: 0.16, loud: 0.2, after: 0.26 },
    { tone: 1046, to: 1046, seconds: 0.5, loud: 0.22, after: 0.39 },
  ],
  cheer: [{ snow: 1400, seconds: 1.4, loud: 0.3 }],
  catch: [{ tone: 660, to: 700, seconds: 0.12, loud: 0.14 }],
  gold: [
    { tone: 988, to: 988, seconds: 0.1, loud: 0.14 },
    { tone: 1319, to: 1319, seconds: 0.35, loud: 0.16, after: 0.08 },
  ],
  pop: [
    { tone: 420, to: 760, seconds: 0.09, loud: 0.18 },
    { snow: 1800, seconds: 0.05, loud: 0.18 },
  ],
  flip: [{ snow: 2600, seconds: 0.07, loud: 0.3 }],
  match: [
    { tone: 587, to: 587, seconds: 0.12, loud: 0.16 },
    { tone: 880, to: 880, seconds: 0.28, loud: 0.18, after: 0.1 },
  ],
  no: [{ tone: 196, to: 147, seconds: 0.18, loud: 0.18 }],
  jump: [{ tone: 320, to: 620, seconds: 0.14, loud: 0.14 }],
  whoosh: [{ snow: 700, seconds: 0.2, loud: 0.3 }],
  crack: [
    { snow: 3200, seconds: 0.16, loud: 0.6 },
    { tone: 140, to: 70, seconds: 0.25, loud: 0.3 },
  ],
  drop: [
    { tone: 150, to: 90, seconds: 0.12, loud: 0.3 },
    { snow: 600, seconds: 0.1, loud: 0.4 },
  ],
  level: [
    { tone: 523, to: 523, seconds: 0.1, loud: 0.16 },
    { tone: 784, to: 784, seconds: 0.1, loud: 0.16, after: 0.09 },
    { tone: 1046, to: 1046, seconds: 0.4, loud: 0.18, after: 0.18 },
  ],
};

export function createSound() {
  let context = null;
  let hiss = null;
  let on = false;

  /**
   * A sound of ours by its name, or a game's own as a list of voices. `steps` transposes by so many semitones: a
   * streak that rises in tone is heard to rise.
   */
  function play(sound, steps = 0) {
    if (!on) return;
    // Before a gesture, or after a call, the phone lets its clock stand: what is not heard now shall not be later.
    if (context.state !== "running") return void context.resume();
    for (const part of SOUNDS[sound] ?? sound) voice(part, context.currentTime + (part.after ?? 0), 2 ** (steps / 12));
  }

  function voice({ tone, to, snow, seconds, loud }, at, higher) {
    const volume = context.createGain();
    volume.gain.setValueAtTime(loud, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    volume.connect(context.destination);
    if (tone) {
      const source = context.createOscillator();
      source.frequency.setValueAtTime(tone * higher, at);
      source.frequency.exponentialRampToValueAtTime(to * higher, at + seconds);
      source.connect(volume);
      source.start(at);
      source.stop(at + seconds);
    } else {
      const source = context.createBufferSource();
      source.buffer = hiss;
      const filter = context.createBiquadFilter();
      filter.type = "bandpass";
      filter.frequency.value = snow * higher;
      source.connect(filter).connect(volume);
      source.start(at);
      source.stop(at + seconds);
    }
  }

  return {
    get on() {
      return on;
    },
    /** Turns sound on or off; on, only from within a gesture. */
    switch(wanted) {
      on = wanted;
      if (!on) return;
      context ??= new AudioContext();
      hiss ??= noise(context);
      context.resume();
    },
    play,
  };
}

function noise(context) {
  const buffer = context.createBuffer(1, context.sampleRate * 2, context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let n = 0; n < samples.length; n++) samples[n] = Math.random() * 2 - 1;
  return buffer;
}
