// The playground's panel: sets the game's page up as wished, holds its clock, and looks into its round.
import { followBuilds } from "./builds.js";
import { letPlay } from "./hands.js";
import { createRecordings } from "./recordings.js";
import { createTree } from "./tree.js";
import { createWishes } from "./wishes.js";

const LOOKS_EACH = 120; // milliseconds
const phone = document.getElementById("phone");
const playerChoice = document.getElementById("player");
const wishes = createWishes(document.getElementById("wishes"), phone);
const tree = createTree(document.getElementById("state"));
const recordings = createRecordings();
let pace = 1;
let playback = null; // the recording that plays instead of hands, once
let luck = 0;

/** The game's element in the phone, once its page has come. */
const game = () => phone.contentDocument?.querySelector(".game");

/** Each round of the page passes through here before its first tick. */
function watchRounds() {
  const root = game();
  if (!root) return;
  phone.contentWindow.clock.pace = pace;
  let current = null;
  Object.defineProperty(root, "round", {
    get: () => current,
    set(round) {
      current = round;
      if (playback) letPlay(round, playback);
      else if (playerChoice?.value) letPlay(round, globalThis.players[playerChoice.value](globalThis.dice((luck += 1))));
      playback = null;
    },
  });
  hearVerdicts();
}

/** The server's answer to a recording, as the page receives it. */
function hearVerdicts() {
  const { fetch } = phone.contentWindow;
  phone.contentWindow.fetch = async (address, options) => {
    const answer = await fetch(address, options);
    if (String(address).endsWith("/result")) answer.clone().json().then(showVerdict);
    return answer;
  };
}

function showVerdict({ key, score, flags, cost }) {
  const said = key ?? [`${score.value} (${score.tie})`, ...flags, `${cost.ms} ms`, `${cost.bytes} B`].join(" · ");
  fact("verdict", said);
}

function fact(name, text) {
  const place = document.querySelector(`[data-fact="${name}"]`);
  if (place && place.textContent !== String(text)) place.textContent = text;
}

function look() {
  const round = game()?.round;
  if (!round) return;
  const { value, tie } = round.score();
  fact("tick", round.tick);
  fact("score", `${value} (${tie})`);
  fact("inputs", round.events.length);
  fact("seed", round.seed);
  tree.show(round.state);
  recordings.keep(round);
}

function press(selector) {
  game()?.querySelector(selector)?.click();
}

function startRound() {
  // The result sheet of the round before covers the page.
  for (const sheet of phone.contentDocument.querySelectorAll("dialog[open]")) sheet.close();
  press("[data-start]");
}

function replay(recording) {
  wishes.set({ seed: recording.seed, ...settingsOf(recording.config) });
  phone.addEventListener(
    "load",
    () => {
      playback = recordings.hands(recording);
      whenReady(startRound);
    },
    { once: true },
  );
}

const settingsOf = (config) =>
  Object.fromEntries(Object.entries(config).map(([name, value]) => [`setting.${name}`, String(value)]));

function whenReady(act) {
  if (game()?.dataset.state === "ready") act();
  else setTimeout(() => whenReady(act), 50);
}

for (const button of document.querySelectorAll("[data-pace]")) {
  button.addEventListener("click", () => {
    pace = Number(button.dataset.pace);
    phone.contentWindow.clock.pace = pace;
    for (const other of document.querySelectorAll("[data-pace]"))
      other.setAttribute("aria-pressed", String(other === button));
  });
}
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => {
    document.querySelector('[data-pace="0"]').click();
    phone.contentWindow.clock.step(Number(button.dataset.step));
    look();
  });
}
document.querySelector("[data-reload]").addEventListener("click", () => phone.contentWindow.location.reload());
document.querySelector("[data-start-round]")?.addEventListener("click", startRound);
recordings.onReplay(replay);
for (const name of Object.keys(globalThis.players ?? {})) playerChoice?.add(new Option(name, name));

phone.addEventListener("load", watchRounds);
wishes.apply();
followBuilds(() => phone.contentWindow.location.reload());
setInterval(look, LOOKS_EACH);
