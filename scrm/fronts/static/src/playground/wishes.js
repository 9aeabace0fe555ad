// What the maker wishes of the page: settings, seed, prize, colours, size, language. They stand in the address, so
// that a reload keeps them.

export function createWishes(form, phone) {
  const before = new URLSearchParams(location.search);
  for (const [name, value] of before) if (form.elements[name]) form.elements[name].value = value;

  function apply() {
    const wished = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    const [width, height] = form.elements.size.value.split("x");
    phone.style.width = `${width}px`;
    phone.style.height = `${height}px`;
    history.replaceState(null, "", `?${wished}`);
    phone.src = `/game?${wished}`;
  }

  form.addEventListener("change", ({ target }) => {
    apply();
    // The panel speaks the game's language.
    if (target.name === "lang") location.reload();
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  return {
    apply,
    /** @param {Record<string, string>} wished by the name of the field */
    set(wished) {
      for (const [name, value] of Object.entries(wished)) if (form.elements[name]) form.elements[name].value = value;
      apply();
    },
  };
}
