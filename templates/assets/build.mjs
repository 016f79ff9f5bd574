// Makes `templates/built` from the styles and scripts: what browsers load from /static. One script imports
// another by an address with a hash of its content, so that both can be kept for ever.

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const HERE = dirname(fileURLToPath(import.meta.url));
const STATIC = join(HERE, "..", "static");
const BUILT = join(HERE, "..", "built");
const DESIGN_SYSTEM = join(HERE, "node_modules", "govuk-frontend", "dist", "govuk", "all.bundle.mjs");
// Those that import others come after them.
const SCRIPTS = ["live.js", "move.js", "outbox.js", "rate.js", "service.js"];

// Before anything is taken away: a slip in the styles leaves the old ones standing.
const styles = compile(join(HERE, "service.scss"), { style: "compressed", loadPaths: [join(HERE, "node_modules")] });
rmSync(BUILT, { recursive: true, force: true });
mkdirSync(BUILT, { recursive: true });
writeFileSync(join(BUILT, "service.css"), styles.css);
cpSync(join(STATIC, "sign.svg"), join(BUILT, "sign.svg"));

const hashes = new Map();
put("govuk-frontend.js", readFileSync(DESIGN_SYSTEM, "utf8").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
for (const name of SCRIPTS) put(name, readFileSync(join(STATIC, name), "utf8"));

function put(name, text) {
  const whole = text.replace(/from "\.\/([\w-]+\.js)"/g, (_, other) => `from "./${other}?${hashOf(other)}"`);
  hashes.set(name, createHash("sha256").update(whole).digest("hex").slice(0, 12));
  writeFileSync(join(BUILT, name), whole);
}

function hashOf(name) {
  if (!hashes.has(name)) throw new Error(`${name} is imported before it is made.`);
  return hashes.get(name);
}
