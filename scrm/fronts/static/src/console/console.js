// The console: htmx for pieces of pages, Alpine for what stays in the browser, Bootstrap's menus and dialogs.
import "htmx.org/dist/htmx.esm.js";
import "@tabler/core/dist/js/tabler.esm.js";
import Alpine from "@alpinejs/csp";

window.Alpine = Alpine;
// Modules of single pages register their components first: they load after this one, hence the task.
setTimeout(() => Alpine.start());
