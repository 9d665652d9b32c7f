// The network of /funding, to be moved and enlarged. The drawing it takes the place of, and the list beside it, say the
// same without scripts; the list stays the way in for keyboards and screen readers.
import cytoscape from "./vendor/cytoscape.esm.min.mjs";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function style() {
  return [
    { selector: "node", style: {
      width: "data(size)", height: "data(size)", "background-color": "data(colour)", label: "data(name)", color: colour("--ink"),
      "font-size": 12, "text-wrap": "ellipsis", "text-max-width": 170, "text-valign": "center",
      "text-halign": "data(side)", "text-margin-x": "data(gap)", "text-outline-color": colour("--ground"), "text-outline-width": 2,
    } },
    { selector: "edge", style: {
      width: "data(width)", "line-color": colour("--c0"), "target-arrow-color": colour("--c0"), "target-arrow-shape": "triangle",
      "arrow-scale": 0.9, "curve-style": "unbundled-bezier", "control-point-distances": 30, "control-point-weights": 0.5, opacity: 0.5,
    } },
    { selector: "edge.lit", style: { label: "data(told)", "font-size": 11, color: colour("--ink"), "text-outline-color": colour("--ground"), "text-outline-width": 2, opacity: 1 } },
    { selector: "node.centre, node.lit", style: { "font-weight": "bold" } },
    { selector: ".dim", style: { opacity: 0.12 } },
  ];
}

function elements({ bodies, payments }) {
  const middle = bodies.reduce((sum, body) => sum + body.x, 0) / bodies.length;
  const nodes = bodies.map((body) => {
    const hue = body.centre ? "--c1" : body.paid > body.received ? "--c0" : "--c2";
    const right = body.x >= middle;
    return {
      data: {
        ...body, id: String(body.id), size: 2 * body.radius, colour: colour(hue),
        side: right ? "right" : "left", gap: right ? 5 : -5,
      },
      // wider than high: names stand beside their discs
      position: { x: body.x * 1.25, y: body.y },
      classes: body.centre ? "centre" : "",
    };
  });
  const edges = payments.map(({ payer, receiver, ...rest }) => ({ data: { source: String(payer), target: String(receiver), ...rest } }));
  return [...nodes, ...edges];
}

/** Show the body with those within one step, and what they pay each other; with nothing, show all. */
function light(graph, id) {
  graph.elements().removeClass("dim lit");
  for (const link of document.querySelectorAll("[data-body]")) link.classList.toggle("lit", link.dataset.body === id);
  if (!id) return;
  const node = graph.getElementById(id);
  const near = node.closedNeighborhood();
  graph.elements().not(near).addClass("dim");
  node.addClass("lit");
  node.connectedEdges().addClass("lit");
}

async function enliven(box) {
  const answer = await fetch(box.dataset.network).catch(() => null);
  if (!answer?.ok) return; // the drawing stays
  const network = await answer.json();
  if (!network.bodies.length) return;
  const canvas = document.createElement("div");
  canvas.className = "network-canvas";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", box.getAttribute("aria-label"));
  box.append(canvas);
  box.classList.add("live");
  const graph = cytoscape({
    container: canvas, elements: elements(network), style: style(), layout: { name: "preset", padding: 20 },
    minZoom: 0.3, maxZoom: 4, boxSelectionEnabled: false, autoungrabify: false,
  });
  graph.fit(undefined, 24);
  graph.on("mouseover", "node", (event) => light(graph, event.target.id()));
  graph.on("mouseout", "node", () => light(graph, ""));
  graph.on("tap", "node", (event) => location.assign(event.target.data("ego")));
  for (const link of document.querySelectorAll("[data-body]")) {
    for (const kind of ["focus", "mouseenter"]) link.addEventListener(kind, () => light(graph, link.dataset.body));
    for (const kind of ["blur", "mouseleave"]) link.addEventListener(kind, () => light(graph, ""));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(style()));
}

for (const box of document.querySelectorAll("[data-network]")) enliven(box);
