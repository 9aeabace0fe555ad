// <button data-share data-url data-text data-done> shares by the phone's own sheet, else copies the link.
import { toast } from "./toast.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-share], [data-copy]");
  if (!button) return;
  event.preventDefault();
  const { url, text = "", done = "" } = button.dataset;
  if ("share" in button.dataset && navigator.share) {
    try {
      await navigator.share({ url, text });
      return;
    } catch (refusal) {
      if (refusal.name === "AbortError") return;
    }
  }
  if (await copied(url)) toast(done);
});

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The clipboard needs https and permission; the old way works in plain web views.
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
