// Swagger UI speaks English only: its own words are exchanged for the reader's wherever they stand alone, as they
// appear. What the document says, and what is typed, sent and received, stays as it is.
const NOT_ITS_OWN =
  "pre, code, textarea, input, option, .renderedMarkdown, .opblock-summary-path, .opblock-summary-description, " +
  ".json-schema-2020-12, td .parameter__name";
const SPOKEN = ["aria-label", "title"];

/** Keeps the words below `stage` in the reader's language; `words` tells what each English one is in it. */
export function speak(stage, words) {
  if (!Object.keys(words).length) return;
  // The mark of a required field is written by the style sheet.
  if (words.required) stage.style.setProperty("--required", JSON.stringify(words.required));
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach((added) => exchangeAll(added, words));
      else if (type === "characterData") exchange(target, words);
      else exchangeLabels(target, words);
    }
  }).observe(stage, { subtree: true, childList: true, characterData: true, attributeFilter: SPOKEN });
}

function exchangeAll(root, words) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = root; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) exchange(node, words);
    else if (node.nodeType === Node.ELEMENT_NODE) exchangeLabels(node, words);
  }
}

function exchange(text, words) {
  const said = words[text.data.trim()];
  if (said && !text.parentElement?.closest(NOT_ITS_OWN)) text.data = text.data.replace(text.data.trim(), said);
}

function exchangeLabels(element, words) {
  for (const name of SPOKEN) {
    const said = words[element.getAttribute(name)?.trim()];
    if (said) element.setAttribute(name, said);
  }
}
