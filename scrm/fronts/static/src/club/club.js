// The consumers' pages.
import "../design/index.js";
