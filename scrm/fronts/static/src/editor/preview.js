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
