// The legs of the race: what ground lies where, and at which places the poles go in.
import { draw } from "@kernel/random.js";

/** One metre in 1/60 mm, the unit of all ways. */
export const METRE = 60000;

/** What a race of each length consists of: its legs, and how many metres one on skis and a penalty loop have. */
export const RACE = {
  short: { legs: legs("prone"), ski: 62, loop: 21 },
  usual: { legs: legs("prone", "standing"), ski: 62, loop: 21 },
  // More shots, so the ways between them are shorter: the race has to end within two minutes for beginners too.
  long: { legs: legs("prone", "prone", "standing"), ski: 50, loop: 15 },
};
const HOME = 33;
const HILL_ROOM = 32; // metres that must be left where a hill begins; its last slope may end with the leg

/** After each range come as many penalty loops as targets were missed. */
function legs(...stances) {
  return [...stances.flatMap((stance) => ["ski", stance, "loop"]), "home"];
}

/** How far apart the marks are on each ground, in decimetres, and what the ground does: see rules.js. */
export const GROUND = {
  up: { apart: 24, slope: 150 },
  flat: { apart: 42, slope: 0 },
  down: { apart: 0, slope: -170 },
};
const SPRINT_ROOM = 21; // decimetres from an ordinary mark to a golden one

/**
 * A leg of a race: `ground` is [[kind, from, to], ...] and `marks` [[place, kind], ...] with kind 0 a stroke and 1 a
 * golden one, which may be left out. All ways in 1/60 mm.
 */
export function layLeg(chance, kind, misses, race) {
  const metres = kind === "loop" ? misses * race.loop : kind === "home" ? HOME : race.ski;
  const ground = kind === "loop" ? [["flat", 0, metres]] : layGround(chance, metres);
  const marks = [];
  for (const [of, from, to] of ground) layMarks(chance, marks, of, from, to);
  return {
    kind,
    long: metres * METRE,
    ground: ground.map(([of, from, to]) => [of, from * METRE, to * METRE]),
    marks: marks.filter(([place]) => place < metres * 10 - 15).map(([place, of]) => [div(place * METRE, 10), of]),
  };
}

/** Ups, flats and downs in turn: what goes up comes down again. */
function layGround(chance, metres) {
  const ground = [["flat", 0, 12 + draw(chance, 6)]];
  let at = ground[0][2];
  while (at < metres - HILL_ROOM) {
    const up = 10 + draw(chance, 9);
    const top = draw(chance, 2) ? 6 + draw(chance, 7) : 0;
    const down = 11 + draw(chance, 6);
    ground.push(["up", at, at + up]);
    if (top) ground.push(["flat", at + up, at + up + top]);
    const foot = Math.min(at + up + top + down, metres);
    ground.push(["down", at + up + top, foot]);
    at = Math.min(foot + 8 + draw(chance, 8), metres);
    if (at > foot) ground.push(["flat", foot, at]);
  }
  if (at < metres) ground.push(["flat", at, metres]);
  return ground;
}

/** Places in decimetres; no two strokes are quite as far apart as the last two. */
function layMarks(chance, marks, kind, from, to) {
  const { apart } = GROUND[kind];
  if (!apart) return;
  let at = Math.max(from * 10 + 12, marks.length ? marks.at(-1)[0] + apart - 6 : 30);
  while (at < to * 10 - 4) {
    marks.push([at, 0]);
    const next = at + apart - 3 + draw(chance, 7);
    if (kind === "flat" && next < to * 10 - 8 && draw(chance, 4) === 0) marks.push([at + SPRINT_ROOM, 1]);
    at = next;
  }
}

function div(a, b) {
  return Math.trunc(a / b);
}
