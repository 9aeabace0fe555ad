// The odds as they are typed: their sum, what is left for the fallback prize, and a bar of the shares.
const COLOURS = ["#24479b", "#c83f14", "#17654a", "#7a5200", "#5b4a9c", "#33477c"];

/** Percentages as whole parts of a million, as the server counts them: 0.1 + 0.2 must be 0.3. */
const ppm = (typed) => Math.round(Number(typed.replace(",", ".").trim() || "0") * 10_000);
const percent = (parts) => `${parts / 10_000} %`;

export function watchOdds(form) {
  const place = form.querySelector("[data-odds]");
  const bar = place.querySelector("[data-odds-bar]");

  function show() {
    const fields = [...form.querySelectorAll("[data-odds-of]")];
    const parts = fields.map((field) => ppm(field.value)).map((part) => (Number.isFinite(part) && part > 0 ? part : 0));
    const sum = parts.reduce((all, part) => all + part, 0);
    place.querySelector("[data-odds-sum]").textContent = percent(sum);
    place.querySelector("[data-odds-rest]").textContent = percent(Math.max(0, 1_000_000 - sum));
    place.querySelector("[data-odds-over]").hidden = sum <= 1_000_000;
    place.classList.toggle("is-over", sum > 1_000_000);
    bar.replaceChildren(
      ...parts.map((part, index) => {
        const piece = document.createElement("span");
        piece.style.flexGrow = part;
        piece.style.background = COLOURS[index % COLOURS.length];
        return piece;
      }),
    );
    const rest = document.createElement("span");
    rest.style.flexGrow = Math.max(0, 1_000_000 - sum);
    bar.append(rest);
    fields.forEach((field, index) => {
      field.closest("[data-prize]").style.setProperty("--swatch", COLOURS[index % COLOURS.length]);
    });
  }

  form.addEventListener("input", ({ target }) => target.matches("[data-odds-of]") && show());
  show();
}
