// News of the build: each one that succeeds reloads the game, each one that fails says why.

export function followBuilds(onBuilt) {
  const place = document.getElementById("build");
  let known = null;
  new EventSource("/builds").addEventListener("message", ({ data }) => {
    const { version, fault } = JSON.parse(data);
    place.textContent = fault || place.dataset.fine;
    place.classList.toggle("broken", Boolean(fault));
    if (known !== null && version !== known && !fault) onBuilt();
    known = version;
  });
  place.classList.toggle("broken", place.textContent !== place.dataset.fine);
}
