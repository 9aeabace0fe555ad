// The recording of the last round: kept while it is played, played again, saved to a file, loaded from one.
import { Playback } from "@kernel/round.js";

export function createRecordings() {
  const [replayButton, saveButton, file] = ["[data-replay]", "[data-download]", "#recording"].map((selector) =>
    document.querySelector(selector),
  );
  let last = null;
  let onReplay = () => {};

  function remember(recording) {
    last = recording;
    for (const button of [replayButton, saveButton]) button.disabled = !recording.events.length;
  }

  replayButton?.addEventListener("click", () => onReplay(last));
  saveButton?.addEventListener("click", () => save(last));
  file?.addEventListener("change", async () => {
    remember(JSON.parse(await file.files[0].text()));
    file.value = "";
    onReplay(last);
  });

  return {
    /** @param {(recording: object) => void} then called when somebody wants to see a recording */
    onReplay: (then) => (onReplay = then),
    keep: ({ seed, config, tick, events }) => remember({ seed, config, ticks: tick, events }),
    /** What gives the recording's actions tick by tick. */
    hands({ events }) {
      const playback = new Playback([...events]);
      return (state, tick) => playback.take(tick);
    },
  };
}

function save(recording) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(recording)], { type: "application/json" }));
  link.download = `round-${recording.seed.slice(0, 8)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
