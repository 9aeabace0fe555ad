// The quiz as one sees it: a card in the snow, four answers, and a ring that runs out.
import { createCard } from "./card.js";
import { createNight } from "./night.js";
import { createRing } from "./ring.js";

const DEMO_RIGHT = 1;
const DEMO_THINKS = 2600;
const DEMO_RESTS = 3200;
// The ring runs out a little before the server closes the question, which waits for what is on its way.
const LAST_SECONDS = 3;

/**
 * A view of a game that asks: `pose` resolves to the answer's number, or null when time ran out; `judge` resolves when
 * the player has read enough; `rest` shows how it is played; `wait` says that the connection is slow.
 * @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame
 */
export function mount(stage, frame) {
  const { texts } = frame;
  const night = createNight(stage, frame);
  const card = createCard(stage, texts);
  const ring = createRing(card.place, frame.calm);
  let demonstration = 0;
  // What the answers need of the height, the card gives way to.
  new ResizeObserver(night.attend).observe(card.options);

  function pose(question) {
    endDemonstration();
    card.pose(question);
    night.calm();
    frame.sound("flip");
    frame.say(`${card.heading}. ${question.question}`);
    return new Promise((chosen) => {
      const choose = (choice) => {
        ring.stop();
        card.choose(choice);
        if (choice !== null) frame.sound("pop");
        frame.buzz(12);
        chosen(choice);
      };
      card.listen(choose);
      ring.run(question.left_ms, question.limit_ms, {
        onSecond(left) {
          if (left > LAST_SECONDS) return;
          frame.sound("tick");
          if (left === LAST_SECONDS) frame.say(texts.seconds_left.replace("{count}", left));
        },
        onEnd: () => choose(null),
      });
    });
  }

  function judge(judged) {
    const isRight = judged.choice === judged.right;
    card.judge(judged);
    frame.say(`${card.verdict}. ${judged.because}`);
    frame.sound(isRight ? "match" : "no", isRight ? Math.min(judged.streak, 8) : 0);
    frame.buzz(isRight ? [18, 40, 18] : 90);
    if (isRight) night.cheer(judged.streak);
    else night.wince();
    return card.read();
  }

  /** A question of its own, which answers itself: the tutorial. */
  function rest() {
    endDemonstration();
    const options = [1, 2, 3, 4].map((no) => texts[`demo_${no}`]);
    card.pose({ no: 1, of: 8, question: texts.demo_question, options, score: 0, streak: 0 });
    card.demonstrate(true);
    night.attend();
    if (frame.calm) return ring.stand(0.7);
    ring.run(9000, 9000, { onSecond() {}, onEnd() {} });
    demonstration = setTimeout(() => {
      ring.stop();
      card.mark(DEMO_RIGHT, DEMO_RIGHT);
      night.cheer(1);
      demonstration = setTimeout(rest, DEMO_RESTS);
    }, DEMO_THINKS);
  }

  function endDemonstration() {
    clearTimeout(demonstration);
    ring.stop();
    card.demonstrate(false);
    night.attend();
  }

  return { pose, judge, rest, wait: card.wait };
}
