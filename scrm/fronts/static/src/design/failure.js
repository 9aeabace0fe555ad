// A request that never reached the server is told in words, since htmx itself stays silent.
import { toast } from "./toast.js";

document.addEventListener("htmx:error", () => {
  toast(document.body.dataset.offline ?? "", { bad: true });
});
