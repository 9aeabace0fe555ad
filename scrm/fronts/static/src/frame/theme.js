// The campaign's colours as a scene is given them, read from the variables that the page set.

export function themeOf(root) {
  const style = getComputedStyle(root);
  const colour = (name) => style.getPropertyValue(`--theme-${name}`).trim();
  return {
    ground: colour("ground"),
    onGround: colour("on-ground"),
    accent: colour("accent"),
    onAccent: colour("on-accent"),
  };
}
