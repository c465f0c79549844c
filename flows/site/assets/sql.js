// SQL over the release's own Parquet files, in this page, where it is served over HTTP.
(function () {
  "use strict";
  if (!location.protocol.startsWith("http")) return;
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const panel = document.getElementById("panel");
  const state = document.getElementById("state");
  const answer = document.getElementById("answer");
  const LIMIT = 1000;
  document.getElementById("fallback").hidden = true;
  panel.hidden = false;
  let connecting;

  async function connect() {
    state.textContent = settings.strings.loading;
    const worker = new Worker("assets/vendor/duckdb-browser-eh.worker.js");
    const db = new window.duckdb.AsyncDuckDB(new window.duckdb.VoidLogger(), worker);
    await db.instantiate(new URL("assets/vendor/duckdb-eh.wasm", location.href).href);
    const connection = await db.connect();
    return {db, connection, known: new Set()};
  }

  // Only the tables that a query names are fetched.
  async function ask({db, connection, known}, query) {
    for (const table of settings.tables) {
      if (known.has(table) || !new RegExp(`\\b${table}\\b`, "i").test(query)) continue;
      const file = `${table}.parquet`;
      await db.registerFileURL(file, new URL(`release/${file}`, location.href).href, window.duckdb.DuckDBDataProtocol.HTTP, false);
      await connection.query(`create view "${table}" as select * from read_parquet('${file}')`);
      known.add(table);
    }
    return connection.query(query);
  }

  function cell(value) {
    if (value === null || value === undefined) return "";
    if (value instanceof Date) return value.toISOString();
    return typeof value === "object" && value.toArray ? Array.from(value.toArray()).join("; ") : String(value);
  }

  function show(result) {
    const dates = new Set(result.schema.fields.filter(f => /^Date|^Timestamp/.test(String(f.type))).map(f => f.name));
    const shown = (name, value) => (dates.has(name) && value !== null && value !== undefined ? new Date(Number(value)).toISOString().slice(0, 10) : cell(value));
    const names = result.schema.fields.map(f => f.name);
    const table = document.createElement("table"), head = table.createTHead().insertRow(), body = table.createTBody();
    for (const name of names) { const th = document.createElement("th"); th.textContent = name; head.append(th); }
    for (const row of result.toArray().slice(0, LIMIT)) {
      const line = body.insertRow();
      for (const name of names) line.insertCell().textContent = shown(name, row[name]);
    }
    state.textContent = settings.strings.rows.replace("{count}", result.numRows);
    answer.replaceChildren(table);
  }

  panel.addEventListener("submit", async event => {
    event.preventDefault();
    try {
      connecting = connecting || connect();
      show(await ask(await connecting, document.getElementById("query").value));
    } catch (error) {
      state.textContent = String(error.message || error);
      answer.replaceChildren();
    }
  });
})();
