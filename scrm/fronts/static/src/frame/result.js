// The sheet with what came of it: filled from the server's answer alone.
import { createConfetti } from "./confetti.js";

export function openSheet(id) {
  const sheet = document.getElementById(id);
  if (!sheet.open) sheet.showModal();
}

/** Fills every element with `data-slot`, and shows or hides those whose `data-when` is among the conditions. */
export function fill(sheet, slots, conditions) {
  for (const [name, text] of Object.entries(slots))
    for (const place of sheet.querySelectorAll(`[data-slot="${name}"]`)) place.textContent = text;
  for (const part of sheet.querySelectorAll("[data-when]"))
    if (part.dataset.when in conditions) part.hidden = !conditions[part.dataset.when];
}

/**
 * Shows what came of a play or a round.
 * @param {object} answer the server's answer to a play or to the result of a round
 */
export function showResult(root, page, answer, frame) {
  const sheet = document.getElementById("result");
  const { slots, conditions } = page.kind === "chance" ? ofPlay(page, answer) : ofRound(page, answer);
  for (const part of sheet.querySelectorAll("[data-when]")) part.hidden = true;
  fill(sheet, slots, conditions);
  for (const link of sheet.querySelectorAll("[data-link]")) {
    const address = page.urls[link.dataset.link] ?? answer.link ?? "";
    link.href = address.replace("COUPON", answer.coupon_id ?? "").replace("RECEIPT", answer.receipt ?? "");
  }
  for (const button of sheet.querySelectorAll("[data-share]")) {
    button.dataset.text = page.labels.share.replace("{}", slots.share);
  }
  root.querySelectorAll("[data-chances]").forEach((counter) => (counter.textContent = answer.chances_left));
  openSheet("result");
  frame.say(slots.spoken);
  if (conditions.won) {
    frame.sound("win");
    frame.buzz([30, 60, 30, 60, 80]);
    // Not in the frame that opens the sheet: that one has enough to lay out.
    if (!frame.calm) requestAnimationFrame(() => requestAnimationFrame(() => createConfetti(sheet)));
  }
}

function ofPlay(page, { prize, chances_left: left, coupon_id: coupon, points }) {
  // A page that was loaded before the prize was added does not have it.
  const known = page.prizes.find(({ no }) => no === prize.no);
  const name = known?.name ?? prize.name[document.documentElement.lang.slice(0, 2)];
  const won = prize.kind !== "none";
  return {
    slots: { prize: name, points: points ?? 0, left, share: name, spoken: name },
    conditions: {
      won,
      lost: !won,
      coupon: Boolean(coupon),
      points: prize.kind === "points",
      gift: prize.kind === "gift",
      voucher: prize.kind === "coupon",
      more: left > 0,
      spent: left <= 0 && page.allowed !== 0,
    },
  };
}

function ofRound(page, answer) {
  const { written, rank, best_written: best, is_best: isBest, chances_granted: granted, chances_left: left } = answer;
  const { race, duel, link, flags } = answer;
  const flagged = flags.length > 0;
  return {
    slots: {
      score: written,
      rank: rank ?? "–",
      best,
      granted,
      left,
      share: written,
      spoken: written,
      rival: race?.name,
      rival_score: race?.written,
      flagged: flags.map((flag) => page.labels.flags[flag] ?? page.labels.flags.other).join(" "),
    },
    conditions: {
      won: race ? race.beaten : duel ? duel.outcome === "won" : isBest || granted > 0,
      record: isBest && !race,
      ranked: rank !== null,
      granted: granted > 0,
      chances: left > 0 && !race && !duel,
      counted: !race && !duel && !flagged,
      flagged,
      race: Boolean(race),
      beaten: Boolean(race?.beaten),
      behind: race?.beaten === false && !flagged,
      sendable: Boolean(link),
    },
  };
}
