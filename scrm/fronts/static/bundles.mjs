// How one entry becomes a bundle: for browsers, for the server's engine, and for scripted players.
import { build } from "esbuild";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "../../..");
const built = join(root, "games/_built");

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
 * Bundles one entry into `folder` and returns its hashed name. Entries share no chunks: a page's script is there
 * after one request, and what it imports at run time (`import()`) is a chunk of its own.
 */
export async function browserBundle(folder, [name, file]) {
  const { metafile } = await build({
    ...common,
    entryPoints: [{ in: file, out: name.replace(/\.\w+$/, "") }],
    // A picture keeps its file: copied where it is an entry itself, and where a style sheet names it.
    loader: { ".svg": "copy", ".png": "copy", ".webp": "copy" },
    outdir: folder,
    format: "esm",
    splitting: true,
    metafile: true,
    entryNames: "[dir]/[name]-[hash]",
    chunkNames: "part/[name]-[hash]",
    assetNames: "asset/[name]-[hash]",
  });
  const [output] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint);
  return [name, relative(folder, join(root, output))];
}

/** What the server's JavaScript engine loads: one script that leaves `judge`, `rules` and `Round` behind. */
export function serverRules([slug, file]) {
  return engineScript(
    `${slug}.js`,
    `import * as rules from ${JSON.stringify(file)};
    import { Round, replay } from "@kernel/round.js";
    const judge = (question) => JSON.stringify(replay(rules, JSON.parse(question)));
    Object.assign(globalThis, { judge, rules, Round });`,
  );
}

/** The scripted players with all that they need, for measuring, tests and the playground; phones never load them. */
export function scriptedPlayers([slug, file]) {
  return engineScript(
    `${slug}.players.js`,
    `import * as rules from ${JSON.stringify(join(dirname(file), "rules.js"))};
    import { players } from ${JSON.stringify(file)};
    import { dice, perform } from "@kernel/players.js";
    Object.assign(globalThis, {
      players,
      dice,
      perform: (question) => JSON.stringify(perform(rules, players, JSON.parse(question))),
    });`,
  );
}

function engineScript(name, contents) {
  return build({ ...common, stdin: { contents, resolveDir: root }, outfile: join(built, name), format: "iife" });
}
