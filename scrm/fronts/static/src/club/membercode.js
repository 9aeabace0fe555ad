// A phone that slept shows a code that has run out: ask for a new one as soon as the page is looked at again.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  document.getElementById("member-code")?.dispatchEvent(new Event("visible-again"));
});
