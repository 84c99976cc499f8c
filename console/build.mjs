// Builds the console into a folder, as the server serves it.
//
//   node build.mjs FOLDER [--lean]
//
// Works on the sources here and on the npm packages that package-lock.json pins. Gives back FOLDER with index.html
// (written last: when it is newer than every source, everything is there, and nothing is done again). With --lean,
// only the packages that building needs are installed, not those of the tests. Knows nothing about Maven.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCES = ["src", "public", "index.html", "package-lock.json", "vite.config.ts", "build.mjs"];

const [target, mode] = process.argv.slice(2);
if (!target) fail("usage: node build.mjs FOLDER [--lean]");

const lean = mode === "--lean";
const folder = resolve(target);
const page = join(folder, "index.html");
if (!isBuilt()) {
  if (!isInstalled()) install();
  build();
} else if (!lean && !isInstalled()) {
  install();
}

function isBuilt() {
  return existsSync(page) && SOURCES.every((source) => newest(join(HERE, source)) < statSync(page).mtimeMs);
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether each package that is needed directly is there, in the pinned version. */
function isInstalled() {
  const { packages } = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8"));
  const { dependencies, devDependencies } = packages[""];
  return Object.keys({ ...dependencies, ...(lean ? {} : devDependencies) }).every((name) => {
    const manifest = join(HERE, "node_modules", name, "package.json");
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).version === packages[`node_modules/${name}`].version;
  });
}

function install() {
  const npm = ["npm", "ci", ...(lean ? ["--omit=dev"] : []), "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  run([...npm, "--loglevel=error"].join(" "), "npm could not install what the console is built from");
}

/** Beside the folder first, so that a server that reads it never sees half of it. */
function build() {
  const made = mkdtempSync(join(HERE, ".build-"));
  try {
    run(`node node_modules/vite/bin/vite.js build --logLevel warn --emptyOutDir --outDir "${made}"`, "vite could not build the console");
    rmSync(folder, { recursive: true, force: true });
    cpSync(made, folder, { recursive: true, filter: (source) => source !== join(made, "index.html") });
    cpSync(join(made, "index.html"), page);
    utimesSync(page, new Date(), new Date());
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function run(command, complaint) {
  const { status } = spawnSync(command, { cwd: HERE, shell: true, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) fail(complaint);
}

function fail(message) {
  console.error(`console: ${message}`);
  process.exit(1);
}
