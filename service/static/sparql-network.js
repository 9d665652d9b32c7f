// The network of a SPARQL result, to be moved and enlarged; the table below it says the same and is the way in for
// keyboards and screen readers.
import cytoscape from "./vendor/cytoscape.esm.min.mjs";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const box = document.getElementById("sparql-network");
const links = JSON.parse(document.getElementById("sparql-links").textContent);

function style() {
  return [
    { selector: "node", style: {
      width: 14, height: 14, "background-color": colour("--c0"), label: "data(name)", color: colour("--ink"), "font-size": 11,
      "text-wrap": "ellipsis", "text-max-width": 160, "text-outline-color": colour("--ground"), "text-outline-width": 2,
    } },
    { selector: "node[!href]", style: { "background-color": colour("--c7"), shape: "rectangle" } },
    { selector: "edge", style: {
      width: 1.5, "line-color": colour("--edge"), "target-arrow-color": colour("--edge"), "target-arrow-shape": "triangle",
      "curve-style": "bezier", label: "data(name)", "font-size": 9, color: colour("--soft"), "text-rotation": "autorotate",
      "text-wrap": "ellipsis", "text-max-width": 90, "text-outline-color": colour("--ground"), "text-outline-width": 2,
    } },
  ];
}

const tail = (text) => text.replace(/[/#]$/, "").split(/[/#]/).pop() || text;
const nodes = new Map();
const edges = new Map(); // one arrow for all links of two things
for (const { source, from, name, target, to } of links) {
  nodes.set(source, { data: { id: source, name: tail(source), href: from } });
  if (!nodes.has(target)) nodes.set(target, { data: { id: target, name: tail(target), href: to } });
  const names = edges.get(`${source}\n${target}`)?.names ?? new Set();
  edges.set(`${source}\n${target}`, { source, target, names: names.add(name) });
}
const arrows = [...edges.values()].map(({ source, target, names }) => ({ data: { source, target, name: [...names].join(", ") } }));
const canvas = document.createElement("div");
canvas.className = "network-canvas";
canvas.setAttribute("role", "img");
canvas.setAttribute("aria-label", box.dataset.label);
box.append(canvas);
const graph = cytoscape({
  container: canvas, elements: [...nodes.values(), ...arrows], style: style(), minZoom: 0.1, maxZoom: 4, boxSelectionEnabled: false,
  layout: nodes.size > 30 ? { name: "cose", animate: false, padding: 24, nodeDimensionsIncludeLabels: true } : { name: "circle", padding: 60 },
});
if (graph.zoom() > 1.3) { graph.zoom(1.3); graph.center(); }
graph.on("tap", "node[href]", (event) => location.assign(event.target.data("href")));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(style()));
