// The card with its question, which turns over to tell the answer, and the four buttons below it.
const MARKUP = `
  <div class="quiz">
    <div class="quiz-state"><ol class="quiz-steps" aria-hidden="true"></ol><span class="quiz-streak"></span>
      <strong class="quiz-score"></strong></div>
    <div class="quiz-card">
      <div class="quiz-ring"></div>
      <div class="quiz-faces">
        <div class="quiz-face"><p class="quiz-no"></p><h2 class="quiz-question" tabindex="-1"></h2></div>
        <div class="quiz-face quiz-back"><p class="quiz-verdict"></p><p class="quiz-because"></p></div>
      </div>
    </div>
    <div class="quiz-options"></div>
    <div class="quiz-foot"><button class="button wide quiz-next" type="button" data-next></button><p class="quiz-wait" role="status"></p></div>
  </div>`;

export function createCard(stage, texts) {
  stage.insertAdjacentHTML("beforeend", MARKUP);
  const part = (name) => stage.querySelector(`.quiz-${name}`);
  const quiz = stage.querySelector(".quiz");
  const next = part("next");
  const options = Array.from({ length: 4 }, (_, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.answer = "";
    button.innerHTML = `<kbd>${place + 1}</kbd><span></span>`;
    part("options").append(button);
    return button;
  });
  let choose = null; // while a question is open
  let leave = null; // while an answer is read
  let heading = "";

  options.forEach((button, place) => button.addEventListener("click", () => choose?.(place)));
  next.addEventListener("click", () => leave?.());
  addEventListener("keydown", (event) => {
    const place = "1234".indexOf(event.key);
    if (!choose || event.key.length !== 1 || place < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (!event.repeat) choose(place);
  });

  function show(phase) {
    quiz.dataset.phase = phase;
    options.forEach((button) => (button.disabled = phase !== "open"));
    next.hidden = phase !== "judged";
  }

  function mark(right, choice) {
    options.forEach((button, place) => {
      if (place === right) button.dataset.is = "right";
      else if (place === choice) button.dataset.is = "wrong";
      else button.dataset.is = "other";
    });
  }

  function count({ score, streak }) {
    part("score").textContent = `${score} ${texts.points}`;
    part("streak").textContent = streak > 1 ? texts.streak.replace("{count}", streak) : "";
  }

  return {
    place: part("ring"),
    options: part("options"),
    get heading() {
      return heading;
    },
    get verdict() {
      return part("verdict").textContent;
    },
    pose(question) {
      heading = texts.question.replace("{no}", question.no).replace("{of}", question.of);
      part("no").textContent = heading;
      part("question").textContent = question.question;
      question.options.forEach((text, place) => {
        options[place].lastChild.textContent = text;
        delete options[place].dataset.is;
      });
      const steps = Array.from({ length: question.of }, (_, at) => {
        const old = question.no > 1 ? part("steps").children[at] : null;
        return old ?? document.createElement("li");
      });
      part("steps").replaceChildren(...steps);
      steps[question.no - 1].dataset.is = "now";
      count(question);
      show("open");
      part("question").focus({ preventScroll: true });
    },
    listen: (chosen) => (choose = chosen),
    choose(choice) {
      choose = null;
      show("chosen");
      if (choice !== null) options[choice].dataset.is = "chosen";
    },
    judge(judged) {
      const isRight = judged.choice === judged.right;
      const word = isRight ? texts.right : judged.choice === null ? texts.late : texts.wrong;
      const gained = isRight ? ` ${texts.gained.replace("{count}", judged.points)}` : "";
      part("verdict").textContent = word + gained;
      part("because").textContent = judged.because;
      part("steps").querySelector('[data-is="now"]').dataset.is = isRight ? "right" : "wrong";
      next.textContent = judged.is_last ? texts.last : texts.next;
      mark(judged.right, judged.choice);
      count(judged);
      show("judged");
      next.focus({ preventScroll: true });
    },
    /** Until the player goes on. */
    read: () =>
      new Promise((done) => {
        leave = () => {
          leave = null;
          show("asking");
          done();
        };
      }),
    mark,
    demonstrate(wanted) {
      quiz.inert = wanted;
      quiz.classList.toggle("demo", wanted);
      if (!wanted) return;
      choose = null;
      show("demo");
    },
    wait: (text) => (part("wait").textContent = text),
  };
}
