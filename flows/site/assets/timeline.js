// The timeline of the front page: a dot a day, a bar a bracket, a lane for what has no day.
(function () {
  "use strict";
  const figure = document.getElementById("timeline");
  const data = window.communiqueTimeline;
  if (!figure || !data || !window.Plot) return;
  const drawing = figure.querySelector(".drawing");
  const words = data.strings;
  const DAY = 86400000;
  const time = text => (text ? Date.parse(text) : null);
  const events = data.events.map(([id, title, start, end, reports, place]) => {
    const first = time(start), last = time(end);
    return {id, title, place, reports, first: first ?? last, last: (last ?? first) + DAY, isOpen: first === null || last === null,
      days: first === null && last === null ? words.timeline_lane : start === end ? start : `${start ?? "…"} – ${end ?? "…"}`};
  });
  const dated = events.filter(e => e.first !== null);
  const undated = events.filter(e => e.first === null);
  const lowest = dated.length ? Math.min(...dated.map(e => e.first)) : Date.now() - DAY;
  const highest = dated.length ? Math.max(...dated.map(e => e.last)) : Date.now();
  const margin = Math.max(15 * DAY, (highest - lowest) * 0.03);
  const whole = [lowest - margin, highest + margin];
  let range = whole.slice();

  function place() {
    // Events beside each other in time go into lanes below one another.
    const width = drawing.clientWidth || 800;
    const gap = ((range[1] - range[0]) / width) * 14;
    const lanes = [];
    for (const e of dated) {
      if (e.last < range[0] || e.first > range[1]) { e.lane = -1; continue; }
      let lane = lanes.findIndex(end => end + gap < e.first);
      if (lane < 0) lane = lanes.length < 40 ? lanes.push(0) - 1 : e.first % 40;
      lanes[lane] = Math.max(e.last, e.first + DAY);
      e.lane = lane;
    }
    return lanes.length || 1;
  }

  function draw() {
    const count = place();
    const width = Math.max(300, drawing.clientWidth || 800);
    const shown = dated.filter(e => e.lane >= 0);
    const pixel = (range[1] - range[0]) / width;
    const isDot = e => e.last - e.first < 7 * pixel;
    const tip = e => `${e.title}\n${e.days}${e.place ? ` · ${e.place}` : ""}\n${e.reports} ${words.noun[e.reports === 1 ? 0 : 1]}`;
    const step = (range[1] - range[0]) / Math.max(1, undated.length + 1);
    const lane = count + 1;
    const radius = e => 4 + Math.min(5, e.reports);
    const chart = window.Plot.plot({
      className: "plot", width, height: 70 + 22 * (count + (undated.length ? 2 : 0)), marginLeft: 12, marginRight: 12,
      style: {background: "none", color: "currentColor"},
      ariaLabel: figure.getAttribute("aria-label"),
      x: {type: "utc", domain: range.map(t => new Date(t)), clamp: true, label: null},
      r: {type: "identity"},
      y: {axis: null, domain: [-0.7, count + (undated.length ? 1.7 : 0)], reverse: true},
      marks: [
        window.Plot.gridX({strokeOpacity: 0.15}),
        window.Plot.axisX({anchor: "bottom"}),
        window.Plot.rect(shown.filter(e => !isDot(e)), {x1: e => new Date(e.first), x2: e => new Date(e.last), y1: e => e.lane - 0.25, y2: e => e.lane + 0.25, fill: "var(--link)", fillOpacity: e => (e.isOpen ? 0.3 : 0.55), rx: 4, href: e => `event/${e.id}.html`, title: tip, ariaLabel: tip}),
        window.Plot.dot(shown.filter(isDot), {x: e => new Date((e.first + e.last) / 2), y: "lane", r: radius, fill: "var(--link)", stroke: "var(--ground)", href: e => `event/${e.id}.html`, title: tip, ariaLabel: tip}),
        window.Plot.dot(undated, {x: (e, i) => new Date(range[0] + step * (i + 1)), y: lane, r: radius, fill: "none", stroke: "var(--odd)", href: e => `event/${e.id}.html`, title: tip, ariaLabel: tip}),
        undated.length ? window.Plot.text([words.timeline_lane], {x: () => new Date(range[0]), y: lane - 0.7, textAnchor: "start", dx: 4, fill: "var(--faint)"}) : null
      ]
    });
    drawing.replaceChildren(chart);
  }

  function zoom(factor, at = (range[0] + range[1]) / 2) {
    const span = Math.min(whole[1] - whole[0], Math.max(10 * DAY, (range[1] - range[0]) * factor));
    const share = (at - range[0]) / (range[1] - range[0]);
    range = [at - span * share, at + span * (1 - share)];
    draw();
  }
  function move(share) {
    const by = (range[1] - range[0]) * share;
    range = [range[0] + by, range[1] + by];
    draw();
  }
  const actions = {left: () => move(-0.3), right: () => move(0.3), in: () => zoom(0.5), out: () => zoom(2), all: () => { range = whole.slice(); draw(); }};
  figure.querySelector(".controls").hidden = false;
  figure.querySelectorAll("[data-do]").forEach(b => b.addEventListener("click", () => actions[b.dataset.do]()));
  const keys = {ArrowLeft: "left", ArrowRight: "right", "+": "in", "=": "in", "-": "out", 0: "all"};
  figure.addEventListener("keydown", event => {
    if (event.target === figure && keys[event.key] && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      actions[keys[event.key]]();
    }
  });
  drawing.addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = drawing.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.3 : 0.77, range[0] + ((event.clientX - box.left) / box.width) * (range[1] - range[0]));
  }, {passive: false});
  addEventListener("resize", draw);
  draw();
})();
