// Lays out one platform's llama.cpp libraries as the jar holds them, with an index the engine checks them by.
//
//   node pack.mjs PLATFORM FOLDER
//
// Works on the npm package that platforms/PLATFORM pins; package-lock.json has its checksum, which npm enforces.
// Gives back FOLDER/PLATFORM and nothing else in FOLDER: the libraries, the licences, and index.properties (written
// last: when it is there and fits the lock, everything is, and nothing is done again). Knows nothing about Maven or
// about how the libraries are loaded.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));

// Load order: each needs the ones before it. The rest are backends, which ggml picks from at run time.
const LOADED_FIRST = [/^(lib)?ggml-base\./, /^(lib)?ggml\./, /^(lib)?llama\./];
// The node-addon, and helpers of llama.cpp's own programs.
const LEFT_OUT = /^(llama-addon\.|(lib)?llama-common\.)/;
const LIBRARY = /\.(so|dylib|dll)$/;

const [platform, root] = process.argv.slice(2);
if (!root) fail("usage: node pack.mjs PLATFORM FOLDER");

const pinned = readPin(platform);
const folder = join(root, platform);
const indexFile = join(folder, "index.properties");
if (!isLaidOut()) {
  if (!isInstalled()) install();
  layOut();
}

function readPin(platform) {
  const platforms = readdirSync(join(HERE, "platforms"));
  if (!platforms.includes(platform)) fail(`unknown platform ${platform}: choose one of ${platforms.join(", ")}`);
  const [[name, version]] = Object.entries(readJson(join(HERE, "platforms", platform, "package.json")).dependencies);
  const { integrity } = readJson(join(HERE, "package-lock.json")).packages[`node_modules/${name}`];
  return { name, version, integrity, home: join(HERE, "node_modules", name) };
}

function isLaidOut() {
  return (
    existsSync(indexFile) &&
    statSync(indexFile).mtimeMs > statSync(fileURLToPath(import.meta.url)).mtimeMs &&
    readFileSync(indexFile, "utf8").includes(`package.integrity=${pinned.integrity}\n`)
  );
}

function isInstalled() {
  const manifest = join(pinned.home, "package.json");
  return existsSync(manifest) && readJson(manifest).version === pinned.version;
}

// --force only lifts npm's refusal of packages for another operating system or processor; checksums still count.
function install() {
  const npm = ["npm", "ci", "--force", "--workspace", `natives-${platform}`, "--ignore-scripts", "--no-audit"];
  const { status } = spawnSync([...npm, "--no-fund", "--loglevel=error"].join(" "), {
    cwd: HERE,
    shell: true,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0 || !isInstalled()) fail(`npm could not install ${pinned.name}@${pinned.version}`);
}

function layOut() {
  const source = join(pinned.home, "bins", platform);
  const metadata = readJson(join(source, "_nlcBuildMetadata.json"));
  const libraries = readdirSync(source)
    .filter((file) => LIBRARY.test(file) && !LEFT_OUT.test(file))
    .sort((a, b) => loadOrder(a) - loadOrder(b) || (a < b ? -1 : 1));

  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(folder, "licenses"), { recursive: true });
  for (const library of libraries) cpSync(join(source, library), join(folder, library));
  cpSync(join(pinned.home, "LICENSE"), join(folder, "licenses", "node-llama-cpp.txt"));
  cpSync(join(HERE, "licenses"), join(folder, "licenses"), { recursive: true });
  writeFileSync(indexFile, index(libraries, metadata.buildOptions.llamaCpp.release));
}

function loadOrder(library) {
  const position = LOADED_FIRST.findIndex((pattern) => pattern.test(library));
  return position < 0 ? LOADED_FIRST.length : position;
}

function index(libraries, llamaCppVersion) {
  const lines = [
    `platform=${platform}`,
    `llama.cpp=${llamaCppVersion}`,
    `package=${pinned.name}@${pinned.version}`,
    `package.integrity=${pinned.integrity}`,
    `libraries=${libraries.join(" ")}`,
  ];
  for (const library of libraries) {
    const file = join(folder, library);
    const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
    lines.push(`${library}.size=${statSync(file).size}`, `${library}.sha-256=${sha256}`);
  }
  return lines.join("\n") + "\n";
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function fail(message) {
  console.error(`natives: ${message}`);
  process.exit(1);
}
