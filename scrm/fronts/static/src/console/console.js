// The console: htmx for pieces of pages, Bootstrap's menus, our own keyboard. Single pages bring their own modules.
import "htmx.org/dist/htmx.esm.js";
import "@tabler/core/dist/js/tabler.esm.js";
import "./desk.js";
