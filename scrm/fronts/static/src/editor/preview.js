// The phone beside the editor shows the saved draft; a reload keeps the place that was scrolled to.

export function refreshPreview() {
  const phone = document.querySelector("[data-preview]");
  const view = phone.contentWindow;
  if (!view || view.location.href === "about:blank") return;
  const at = view.scrollY;
  phone.addEventListener("load", () => phone.contentWindow.scrollTo(0, at), { once: true });
  view.location.reload();
}
