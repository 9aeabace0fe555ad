// Pictures of the brand's own: chosen or dropped on their place, scaled down where they are heavy, sent, and shown.

// The server takes somewhat more; a photograph straight from a camera does not have to travel to be made small.
const HEAVY = 600_000;

/** `deliver(address, more)` is autosave's. */
export function startPictures(form, deliver) {
  form.addEventListener("change", ({ target }) => {
    const place = target.closest("[data-own-picture]");
    if (place && target.type === "file" && target.files.length) bring(place, target.files[0]);
  });

  // The script's buttons do not send the form: one opens the choice of a file, the other takes effect at once.
  form.addEventListener("click", (event) => {
    const place = event.target.closest("[data-own-picture]");
    if (event.target.closest("[data-bring]")) {
      event.preventDefault();
      place.querySelector("input[type=file]").click();
    } else if (event.target.closest("[data-remove]")) {
      event.preventDefault();
      send(place, event.target.closest("[data-remove]").formAction, {});
    }
  });

  form.addEventListener("dragover", (event) => {
    if (event.target.closest("[data-own-picture]")) event.preventDefault();
  });
  form.addEventListener("drop", (event) => {
    const place = event.target.closest("[data-own-picture]");
    const file = event.dataTransfer?.files[0];
    if (!place || !file) return;
    event.preventDefault();
    bring(place, file);
  });

  async function bring(place, file) {
    await send(place, place.querySelector("[data-bring]").formAction, { file: await lightened(file, place) });
  }

  async function send(place, address, more) {
    place.setAttribute("aria-busy", "true");
    place.querySelector("[data-refusal]").textContent = "";
    const answer = await deliver(address, more);
    place.removeAttribute("aria-busy");
    const input = place.querySelector("input[type=file]");
    input.value = "";
    if (typeof answer === "string") {
      place.querySelector("[data-refusal]").textContent = input.dataset[answer] ?? "";
      return;
    }
    const renewed = answer?.getElementById(place.id);
    if (!renewed) return;
    const wasInside = place.contains(document.activeElement);
    place.replaceWith(renewed);
    if (wasInside) renewed.querySelector("[data-bring]").focus();
  }
}

/** The file itself, or where it is heavy one of the wished size. */
async function lightened(file, place) {
  if (file.size <= HEAVY) return file;
  try {
    const [width, height] = place.dataset.wish.split("x").map(Number);
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, width / image.width, height / image.height);
    const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const smaller = await canvas.convertToBlob({ type: "image/webp", quality: 0.95 });
    return new File([smaller], file.name, { type: smaller.type });
  } catch {
    return file; // The server says what is wrong with it.
  }
}
