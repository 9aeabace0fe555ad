// The consumers' pages.
import "../design/index.js";
import "./membercode.js";
import "./nearest.js";
import "./countup.js";
import "./proof.js";
