// The guide's workbench.
import "../design/index.js";
