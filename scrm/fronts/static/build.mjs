// Bundles every script and style sheet of the fronts, and every game, into dist/ with hashed names.
import { build } from "esbuild";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const source = join(here, "src");
const dist = join(here, "dist");
const staging = join(here, "node_modules", `.dist-${process.pid}`);

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

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: "none",
  charset: "utf8",
  target: ["chrome100", "safari15.4", "firefox100"],
  logLevel: "warning",
  // Games stand outside this package and use its libraries and their common kernel by name.
  nodePaths: [join(here, "node_modules")],
  alias: { "@kernel": join(root, "games/_kernel") },
  publicPath: "/static",
};

/**
 * Bundles one entry for browsers and returns its hashed name. Entries share no chunks: a page's script is there
 * after one request, and what it imports at run time (`import()`) is a chunk of its own.
 */
async function browserBundle([name, file]) {
  const { metafile } = await build({
    ...common,
    entryPoints: [{ in: file, out: name.replace(/\.\w+$/, "") }],
    // A picture keeps its file: copied where it is an entry itself, and where a style sheet names it.
    loader: { ".svg": "copy", ".png": "copy", ".webp": "copy" },
    outdir: staging,
    format: "esm",
    splitting: true,
    metafile: true,
    entryNames: "[dir]/[name]-[hash]",
    chunkNames: "part/[name]-[hash]",
    assetNames: "asset/[name]-[hash]",
  });
  const [output] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint);
  return [name, relative(staging, join(root, output))];
}

/** What the server's JavaScript engine loads: one script that leaves `judge`, `rules` and `Round` behind. */
async function serverRules([slug, file]) {
  const contents = `
    import * as rules from ${JSON.stringify(file)};
    import { Round, replay } from "@kernel/round.js";
    const judge = (question) => JSON.stringify(replay(rules, JSON.parse(question)));
    Object.assign(globalThis, { judge, rules, Round });`;
  await build({
    ...common,
    stdin: { contents, resolveDir: root },
    outfile: join(root, "games/_built", `${slug}.js`),
    format: "iife",
  });
}

rmSync(staging, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
try {
  const scenes = ["js", "css"].flatMap((kind) =>
    games(`scene.${kind}`).map(([slug, file]) => [`games/${slug}.${kind}`, file]),
  );
  const rules = games("rules.js");
  const manifest = Object.fromEntries([
    ...(await Promise.all([...pageEntries(), ...brandEntries(), ...scenes].map(browserBundle))),
  ]);
  await Promise.all(rules.map(serverRules));
  writeFileSync(join(staging, "manifest.json"), JSON.stringify(manifest, null, 1));
  rmSync(dist, { recursive: true, force: true });
  renameSync(staging, dist);
  console.log(`${basename(dist)}: ${Object.keys(manifest).length} entries`);
} catch (error) {
  rmSync(staging, { recursive: true, force: true });
  throw error;
}
