// Bundles the pages' libraries into ../assets/vendor; with `sql`, DuckDB-WASM (35 MB, not in git).
import {build} from "esbuild";
import {feature, merge} from "topojson-client";
import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";

const out = "../assets/vendor";
mkdirSync(out, {recursive: true});

async function bundle(entry, globalName) {
  await build({
    entryPoints: [`${entry}.mjs`],
    outfile: `${out}/${entry}.js`,
    bundle: true,
    charset: "utf8",
    format: "iife",
    globalName,
    legalComments: "none",
    minify: true,
    target: "es2020"
  });
}

function licence(name) {
  const about = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return `${name} ${about.version}: ${about.license}, ${about.author?.name ?? about.author ?? "its authors"}`;
}

// Outlines of Natural Earth, public domain, to a tenth of a degree: as exact as a map this size shows.
function outlines() {
  const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-110m.json", "utf8"));
  const land = feature(atlas, atlas.objects.countries);
  const rounded = JSON.stringify(
    {type: "FeatureCollection", features: land.features.map(f => ({type: "Feature", properties: {}, geometry: f.geometry}))},
    (key, value) => (typeof value === "number" ? Math.round(value * 10) / 10 : value)
  );
  writeFileSync(`${out}/outlines.js`, `window.communiqueOutlines=${rounded};\n`);
}

if (process.argv[2] === "sql") {
  await bundle("sql", "duckdb");
  const dist = "node_modules/@duckdb/duckdb-wasm/dist";
  for (const file of ["duckdb-eh.wasm", "duckdb-browser-eh.worker.js"]) copyFileSync(`${dist}/${file}`, `${out}/${file}`);
} else {
  await bundle("charts", "Plot");
  await bundle("search", "MiniSearch");
  outlines();
  const names = ["@observablehq/plot", "d3", "minisearch", "world-atlas"];
  writeFileSync(`${out}/LICENCES.txt`, names.map(licence).join("\n") + "\nOutlines: Natural Earth, public domain\n");
}
