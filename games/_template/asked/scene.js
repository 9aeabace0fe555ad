// The game as one sees it: a question, four answers below it, and a bar that runs out.
const ANSWERS = [0, 1, 2, 3];
const MARKUP = `
  <div class="asking">
    <div class="asking-head"><p class="asking-count"></p><span class="asking-sign"></span></div>
    <div class="asking-bar"><i></i></div>
    <h2 class="asking-question" tabindex="-1"></h2>
    <div class="asking-answers">${ANSWERS.map(() => '<button type="button" data-answer></button>').join("")}</div>
    <p class="asking-told" role="status"></p>
    <button class="button wide" type="button" data-next></button>
  </div>`;

/** @param {import("../../scrm/fronts/static/src/frame/frame.js").Frame} frame */
export function mount(stage, { texts, pictures, sound, buzz, say }) {
  stage.innerHTML = MARKUP;
  const part = (name) => stage.querySelector(`.asking-${name}`);
  const asking = stage.querySelector(".asking");
  const answers = [...stage.querySelectorAll("[data-answer]")];
  const next = stage.querySelector("[data-next]");
  const bar = stage.querySelector(".asking-bar i");
  if (pictures.sign) part("sign").append(pictures.sign);
  let choose = null; // while a question is open
  let leave = null; // while the right answer is read
  let running = null;

  answers.forEach((button, place) => button.addEventListener("click", () => choose?.(place)));
  next.addEventListener("click", () => leave?.());
  addEventListener("keydown", ({ key, repeat }) => {
    const place = ["1", "2", "3", "4"].indexOf(key);
    if (choose && !repeat && place >= 0) choose(place);
  });

  function show(phase) {
    asking.dataset.phase = phase;
    asking.inert = phase === "demo";
    answers.forEach((button) => (button.disabled = phase !== "open"));
    next.hidden = phase !== "judged";
  }

  function put({ no, of, question, options, score }) {
    part("count").textContent = `${no} / ${of} · ${score} ${texts.points}`;
    part("question").textContent = question;
    part("told").textContent = "";
    answers.forEach((button, place) => {
      button.textContent = options[place];
      delete button.dataset.is;
    });
  }

  /** A question that answers itself, until the round begins: the tutorial. */
  function rest() {
    running?.cancel();
    const options = ANSWERS.map((place) => texts[`demo_${place + 1}`]);
    put({ no: 1, of: 4, question: texts.demo_question, options, score: 0 });
    answers[1].dataset.is = "right";
    show("demo");
  }

  /** Resolves to the number of the answer that was chosen, or to null when the time was over. */
  function pose(question) {
    put(question);
    show("open");
    part("question").focus({ preventScroll: true });
    sound("flip");
    say(question.question);
    const left = question.left_ms / question.limit_ms;
    running?.cancel();
    running = bar.animate([{ transform: `scaleX(${left})` }, { transform: "scaleX(0)" }], question.left_ms);
    return new Promise((chosen) => {
      const end = setTimeout(() => choose(null), question.left_ms);
      choose = (place) => {
        clearTimeout(end);
        choose = null;
        running.pause();
        if (place !== null) answers[place].dataset.is = "chosen";
        show("chosen");
        buzz(12);
        chosen(place);
      };
    });
  }

  /** Tells the right answer; resolves when the player goes on. */
  function judge(judged) {
    const isRight = judged.choice === judged.right;
    answers.forEach((button, place) => {
      button.dataset.is = place === judged.right ? "right" : place === judged.choice ? "wrong" : "other";
    });
    const word = isRight ? texts.right : judged.choice === null ? texts.late : texts.wrong;
    part("told").textContent = `${word}${isRight ? ` +${judged.points}` : ""} ${judged.because}`;
    sound(isRight ? "match" : "no");
    next.textContent = judged.is_last ? texts.last : texts.next;
    show("judged");
    next.focus({ preventScroll: true });
    return new Promise((done) => {
      leave = () => {
        leave = null;
        show("asking");
        done();
      };
    });
  }

  return { pose, judge, rest, wait: (text) => (part("told").textContent = text) };
}
