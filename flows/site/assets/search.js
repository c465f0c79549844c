// Search over the index that ships with the site; nothing is sent anywhere.
(function () {
  "use strict";
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const state = document.getElementById("state");
  const list = document.getElementById("found");
  const words = settings.strings;
  const tokenize = text => text.toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "").match(/[\p{L}\p{N}]+/gu) || [];
  const index = window.MiniSearch.default.loadJS(window.communiqueIndex, {
    fields: settings.fields, storeFields: ["link", "kind", "title", "below"], tokenize, processTerm: term => term,
    searchOptions: {boost: {title: 3, names: 2}, combineWith: "AND", prefix: term => term.length > 2}
  });
  const query = (new URLSearchParams(location.search).get("q") || "").trim();
  const input = document.querySelector("input[type=search]");
  input.value = query;

  function show(text) {
    const found = text ? index.search(text) : [];
    const told = found.length ? words.results : words.none;
    state.textContent = text ? told.replace("{count}", found.length).replace("{query}", `“${text}”`) : "";
    list.replaceChildren(...found.slice(0, 100).map(hit => {
      const item = document.createElement("li"), link = document.createElement("a"), below = document.createElement("span");
      link.href = hit.link;
      link.textContent = hit.title;
      below.className = "below";
      below.textContent = [settings.kinds[hit.kind] || hit.kind, hit.below].filter(Boolean).join(" · ");
      item.append(link, below);
      return item;
    }));
  }
  input.addEventListener("input", () => show(input.value.trim()));
  show(query);
})();
