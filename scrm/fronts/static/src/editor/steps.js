// One step of the editor at a time. The address's fragment names the step, or a field of it.

export function startSteps(form) {
  const steps = [...form.querySelectorAll(".step")];
  const links = [...document.querySelectorAll("a.step-link")];

  /** The step that the fragment names, or that holds the field it names; else the first. */
  function wanted() {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return [named?.closest(".step") ?? steps[0], named];
  }

  function show() {
    const [current, named] = wanted();
    for (const step of steps) step.hidden = step !== current;
    for (const link of links) {
      const here = link.dataset.step === current.id;
      link.classList.toggle("active", here);
      if (here) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    form.querySelector("[data-step-field]").value = current.id;
    if (named && named !== current) {
      // A field may lie in a part that is folded away.
      const folded = named.closest("details");
      if (folded) folded.open = true;
      const field = named.matches("input, select, textarea") ? named : named.querySelector("input, select, textarea");
      field?.focus({ preventScroll: true });
      named.scrollIntoView({ block: "center" });
    } else scrollTo({ top: 0 });
  }

  addEventListener("hashchange", show);
  // A second click on the same complaint must lead to its field again.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href^='#'][data-step]");
    if (link?.hash === location.hash) show();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    const at = steps.findIndex((step) => !step.hidden);
    const next = steps[at + (event.key === "ArrowRight" ? 1 : -1)];
    if (next) location.hash = next.id;
  });
  form.classList.add("stepwise");
  show();
}
