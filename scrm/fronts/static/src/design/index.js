// What every phone page can do: swap in pieces of HTML, open sheets, show toasts, copy and share.
import "htmx.org/dist/htmx.esm.js";
import "./sheet.js";
import "./share.js";
import "./codeinput.js";
import "./failure.js";
export { toast } from "./toast.js";
