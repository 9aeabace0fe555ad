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
};

export function createSound() {
  let context = null;
  let hiss = null;
  let on = false;

  function play(name) {
    if (!on) return;
    for (const part of SOUNDS[name]) voice(part, context.currentTime + (part.after ?? 0));
  }

  function voice({ tone, to, snow, seconds, loud }, at) {
    const volume = context.createGain();
    volume.gain.setValueAtTime(loud, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    volume.connect(context.destination);
    if (tone) {
      const source = context.createOscillator();
      source.frequency.setValueAtTime(tone, at);
      source.frequency.exponentialRampToValueAtTime(to, at + seconds);
      source.connect(volume);
      source.start(at);
      source.stop(at + seconds);
    } else {
      const source = context.createBufferSource();
      source.buffer = hiss;
      const filter = context.createBiquadFilter();
      filter.type = "bandpass";
      filter.frequency.value = snow;
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
