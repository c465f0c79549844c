// The parts of Observable Plot that the pages use, as one script: a module would not load from disk.
export {
  axisX, axisY, barX, cell, dot, geo, graticule, gridX, line, plot, rect, ruleX, sphere, text, tickX, tip
} from "@observablehq/plot";
