// <a href="#odds" data-sheet> opens <dialog id="odds">; without script the link would lead nowhere, so the
// same content also stands in a page that the href may name instead: data-sheet="odds" href="/c/x/rules".
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-sheet]");
  if (opener) {
    const id = opener.dataset.sheet || opener.getAttribute("href").slice(1);
    const sheet = document.getElementById(id);
    if (sheet instanceof HTMLDialogElement) {
      event.preventDefault();
      sheet.showModal();
    }
    return;
  }
  if (event.target.closest("[data-close]")) {
    event.target.closest("dialog")?.close();
    return;
  }
  // A click on the backdrop has the dialog itself as its target.
  if (event.target instanceof HTMLDialogElement) {
    const { left, right, top, bottom } = event.target.getBoundingClientRect();
    const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!inside) event.target.close();
  }
});
