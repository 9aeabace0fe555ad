// The phone beside the editor shows the saved draft; a reload keeps the place that was scrolled to.

export function refreshPreview() {
  const phone = document.querySelector("[data-preview]");
  const shown = phone.contentDocument;
  // The page that failed to load over a lost line belongs to no site, and may not even be asked for its address.
  if (!shown) return phone.setAttribute("src", phone.src);
  const view = phone.contentWindow;
  if (view.location.href === "about:blank") return undefined;
  const at = view.scrollY;
  phone.addEventListener("load", () => phone.contentDocument && phone.contentWindow.scrollTo(0, at), { once: true });
  return view.location.reload();
}

/** The buttons above the phone: the campaign's page, the draw, the challenge. */
export function startPhonePages() {
  const phone = document.querySelector("[data-preview]");
  const buttons = [...document.querySelectorAll("[data-phone-page]")];
  for (const button of buttons)
    button.addEventListener("click", () => {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      for (const one of buttons) one.classList.toggle("active", one === button);
      phone.src = button.dataset.phonePage;
    });
}
