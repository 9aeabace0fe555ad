// Offers the nearest stores where the phone can tell its place; the list of cities serves everybody else.
import { toast } from "../design/toast.js";

const button = document.querySelector("[data-locate]");
const list = document.getElementById("stores");

if (button && list && navigator.geolocation && window.isSecureContext) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => show(coords.latitude, coords.longitude),
      () => {
        button.removeAttribute("aria-busy");
        button.hidden = true;
        toast(button.dataset.refused);
      },
      { timeout: 8000, maximumAge: 600000 },
    );
  });
}

async function show(lat, lng) {
  try {
    const answer = await fetch(`${list.dataset.url}?lat=${lat.toFixed(4)}&lng=${lng.toFixed(4)}`);
    if (answer.ok) list.innerHTML = await answer.text();
  } catch {
    toast(document.body.dataset.offline, { bad: true });
  } finally {
    button.removeAttribute("aria-busy");
  }
}
