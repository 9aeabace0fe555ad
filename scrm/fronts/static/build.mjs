// Bundles every script and style sheet of the fronts, and every game, into dist/ with hashed names.
// `node build.mjs games/sprint frame` builds only what is named, beside what was built before; `rules/sprint` is what
// runs without a screen: the game's rules and its scripted players.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { browserBundle, here, root, scriptedPlayers, serverRules } from "./bundles.mjs";

const source = join(here, "src");
const dist = join(here, "dist");
const manifestFile = join(dist, "manifest.json");

/** A page's own script and style sheet are src/<name>/<name>.js and src/<name>/<name>.css. */
function pageEntries() {
  return readdirSync(source)
    .flatMap((folder) => ["js", "css"].map((kind) => [`${folder}.${kind}`, join(source, folder, `${folder}.${kind}`)]))
    .filter(([, file]) => existsSync(file));
}

/** Pictures that pages name themselves (icons, the share picture) lie in src/brand. */
function brandEntries() {
  return readdirSync(join(source, "brand")).map((file) => [`brand/${file}`, join(source, "brand", file)]);
}

/** The games that have the given file, by slug; a folder beginning with "_" is a pattern to copy. */
function games(file) {
  const folder = join(root, "games");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((slug) => /^[a-z]/.test(slug) && existsSync(join(folder, slug, file)))
    .map((slug) => [slug, join(folder, slug, file)]);
}

function entries() {
  const scenes = ["js", "css"].flatMap((kind) =>
    games(`scene.${kind}`).map(([slug, file]) => [`games/${slug}.${kind}`, file]),
  );
  return [...pageEntries(), ...brandEntries(), ...scenes];
}

async function bundleInto(folder, wanted) {
  const chosen = ([name]) => wanted(name.replace(/\.\w+$/, ""));
  const chosenGame = ([slug]) => wanted(`games/${slug}`) || wanted(`rules/${slug}`);
  await Promise.all([
    ...games("rules.js").filter(chosenGame).map(serverRules),
    ...games("players.js").filter(chosenGame).map(scriptedPlayers),
  ]);
  return Object.fromEntries(
    await Promise.all(entries().filter(chosen).map((entry) => browserBundle(folder, entry))),
  );
}

async function everything() {
  const staging = join(here, "node_modules", `.dist-${process.pid}`);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  try {
    const manifest = await bundleInto(staging, () => true);
    writeFileSync(join(staging, basename(manifestFile)), JSON.stringify(manifest, null, 1));
    rmSync(dist, { recursive: true, force: true });
    renameSync(staging, dist);
    return manifest;
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
}

/** Leaves the rest as it is; pages that are open keep what they have loaded. */
async function only(names) {
  const fresh = await bundleInto(dist, (name) => names.includes(name));
  const before = JSON.parse(readFileSync(manifestFile, "utf8"));
  const draft = `${manifestFile}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ ...before, ...fresh }, null, 1));
  renameSync(draft, manifestFile);
  for (const [name, file] of Object.entries(fresh))
    if (before[name] && before[name] !== file) rmSync(join(dist, before[name]), { force: true });
  return fresh;
}

const names = process.argv.slice(2);
const manifest = names.length ? await only(names) : await everything();
console.log(`${basename(dist)}: ${Object.keys(manifest).length} entries`);
