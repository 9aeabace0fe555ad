// The campaign editor: steps, autosave, complaints at their fields, live odds, curve, contrast, phone preview.
import { startAutosave } from "./autosave.js";
import { showComplaints } from "./complaints.js";
import { watchContrast } from "./contrast.js";
import { startCurve } from "./curve.js";
import { watchOdds } from "./odds.js";
import { startPictures } from "./pictures.js";
import { refreshPreview, startPhonePages } from "./preview.js";
import { startSteps } from "./steps.js";

const editor = document.querySelector("[data-editor]");
const form = document.getElementById("draft");

startSteps(form);
startCurve(form);
watchOdds(form);
watchContrast(form);
showComplaints();
const deliver = startAutosave(editor, form, () => {
  showComplaints();
  refreshPreview();
});
startPictures(form, deliver);
startPhonePages();
