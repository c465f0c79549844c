// Small charts: coverage by site and month, mentions by month, a place on a map.
(function () {
  "use strict";
  const Plot = window.Plot;
  if (!Plot) return;
  const style = {background: "none", color: "currentColor"};
  const month = text => new Date(`${text}-01T00:00:00Z`);

  const charts = {
    coverage(rows, width, label) {
      const left = Math.min(150, 12 + 7 * Math.max(...rows.map(r => r.site_id.length)));
      const sites = new Set(rows.map(r => r.site_id)).size;
      return Plot.plot({
        className: "plot", width, height: 50 + 18 * sites, marginLeft: left, style, ariaLabel: label,
        x: {type: "utc", label: null}, y: {label: null, tickFormat: s => (s.length > 20 ? `${s.slice(0, 19)}…` : s)},
        color: {type: "sqrt", domain: [0, Math.max(...rows.map(r => r.capture_count))], range: ["#bcd0ee", "#12376e"]},
        marks: [
          Plot.gridX({strokeOpacity: 0.15}),
          Plot.rect(rows, {
            x1: r => month(r.month), x2: r => new Date(month(r.month).getTime() + Math.max(30 * 86400000, 3 * span(rows) / width)), y: "site_id", fill: "capture_count", inset: 0.5,
            title: r => `${r.site_id}, ${r.month}: ${r.capture_count}`
          })
        ]
      });
    },
    months(rows, width, label) {
      return Plot.plot({
        className: "plot", width, height: 160, style, ariaLabel: label, x: {type: "utc", label: null}, y: {label: null, grid: true},
        marks: [
          Plot.rect(rows, {
            x1: r => month(r.month), x2: r => new Date(month(r.month).getTime() + Math.max(30 * 86400000, 4 * span(rows) / width)), y1: 0, y2: "count", fill: "var(--link)",
            title: r => `${r.month}: ${r.count}`
          }),
          Plot.ruleX([], {}), Plot.axisX({anchor: "bottom"})
        ]
      });
    },
    map(place, width, label) {
      const near = 25;
      const clamp = (value, least, most) => Math.min(most, Math.max(least, value));
      const middle = [place.longitude, clamp(place.latitude, -60, 65)];
      const frame = {type: "MultiPoint", coordinates: [[middle[0] - near * 1.4, middle[1] - near * 0.55], [middle[0] + near * 1.4, middle[1] + near * 0.55]]};
      return Plot.plot({
        className: "plot", width, height: Math.round(width * 0.5), style, ariaLabel: label,
        projection: {type: "equirectangular", rotate: [-middle[0], 0], domain: {...frame, coordinates: frame.coordinates}},
        marks: [
          Plot.geo(window.communiqueOutlines, {fill: "var(--shade)", stroke: "var(--faint)", strokeWidth: 0.7}),
          Plot.dot([place], {x: "longitude", y: "latitude", r: 6, fill: "var(--bad)", stroke: "var(--ground)"}),
          Plot.text([place], {x: "longitude", y: "latitude", text: "name", dy: -14, fontWeight: 600, fontSize: 13, fill: "var(--text)", stroke: "var(--ground)", strokeWidth: 4})
        ]
      });
    }
  };

  function span(rows) {
    const times = rows.map(r => month(r.month).getTime());
    return Math.max(...times) - Math.min(...times);
  }

  function draw() {
    for (const figure of document.querySelectorAll("[data-chart]")) {
      const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
      const drawing = figure.querySelector(".drawing");
      if (Array.isArray(data) && !data.length) continue;
      drawing.replaceChildren(charts[figure.dataset.chart](data, Math.max(280, drawing.clientWidth || 700), figure.getAttribute("aria-label")));
    }
  }
  addEventListener("resize", draw);
  draw();
})();
