/** The scene with the rules of the page's round: those of an earlier day the server keeps, those of today it brings. */
export async function byItsRules(page, scene) {
  if (!page.rules) return scene;
  await import(page.rules);
  return { ...scene, rules: globalThis.rules };
}
