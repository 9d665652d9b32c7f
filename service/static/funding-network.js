// The network of /funding, to be moved and enlarged. The drawing it takes the place of, and the list beside it, say the
// same without scripts; the list stays the way in for keyboards and screen readers.
import cytoscape from "./vendor/cytoscape.esm.min.mjs";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function style({ name }) {
  return [
    { selector: "node", style: {
      width: "data(size)", height: "data(size)", "background-color": "data(colour)", label: "data(name)", color: colour("--ink"),
      "font-size": 12, "text-wrap": "ellipsis", "text-max-width": name, "text-valign": "center",
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

/**
 * The room of the drawing, in its units: `row` from one name to the next, at least and at most; `height`, unless its names
 * ask for more; `out` from the middle to the names, `name` what is shown of one; `letters`, if there is no room for more; `disc` shrinks discs. On a phone the oval
 * is so slim that names are drawn as large as they are read.
 */
const WIDE = { row: [34, 130], height: 400, out: 260, name: 170, letters: Infinity, disc: 1 };
export const SLIM = { row: [23, 60], height: 320, out: 36, name: 130, letters: 16, disc: 0.6 };
const NARROW = 560; // pixels

/** Bodies on an oval, in the order of the drawing, each at a height of its own, so that no name covers another. */
export function placed(bodies, { row: [least, most], height: tall, out: widest } = WIDE) {
  const middle = (along) => bodies.reduce((sum, body) => sum + body[along], 0) / bodies.length;
  const [x, y] = [middle("x"), middle("y")];
  const turn = (body) => Math.atan2(body.y - y, body.x - x);
  const half = Math.ceil(bodies.length / 2);
  const apart = Math.max(least, Math.min(most, tall / half));
  // from the top, clockwise: down on the right, up on the left
  const round = [...bodies].sort((a, b) => ((turn(a) + 2.5 * Math.PI) % (2 * Math.PI)) - ((turn(b) + 2.5 * Math.PI) % (2 * Math.PI)));
  return round.map((body, place) => {
    const right = place < half;
    const rows = right ? half : bodies.length - half;
    const row = right ? place : bodies.length - 1 - place;
    const height = ((row + 0.5) / rows) * 2 - 1; // from -1, the top, to 1
    const out = Math.max(0.25, Math.sqrt(1 - height * height));
    return { ...body, right, at: { x: (right ? 1 : -1) * widest * out, y: (height * rows * apart) / 2 } };
  });
}

/** The start and the end of a name: many bodies begin with the same words. */
export const brief = (name, letters) => (name.length > letters ? `${name.slice(0, 5).trimEnd()}…${name.slice(6 - letters).trimStart()}` : name);

function elements({ bodies, payments }, room) {
  const nodes = placed(bodies, room).map(({ right, at, ...body }) => {
    const hue = body.centre ? "--c1" : body.paid > body.received ? "--c0" : "--c2";
    return {
      data: {
        ...body, id: String(body.id), name: brief(body.name, room.letters), size: 2 * body.radius * room.disc, colour: colour(hue),
        side: right ? "right" : "left", gap: right ? 5 : -5,
      },
      position: at,
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
  const room = box.clientWidth < NARROW ? SLIM : WIDE;
  const graph = cytoscape({
    container: canvas, elements: elements(network, room), style: style(room), layout: { name: "preset", padding: 20 },
    minZoom: 0.3, maxZoom: 2, boxSelectionEnabled: false, autoungrabify: false,
  });
  graph.fit(undefined, room === SLIM ? 8 : 24);
  graph.on("mouseover", "node", (event) => light(graph, event.target.id()));
  graph.on("mouseout", "node", () => light(graph, ""));
  graph.on("tap", "node", (event) => location.assign(event.target.data("ego")));
  for (const link of document.querySelectorAll("[data-body]")) {
    for (const kind of ["focus", "mouseenter"]) link.addEventListener(kind, () => light(graph, link.dataset.body));
    for (const kind of ["blur", "mouseleave"]) link.addEventListener(kind, () => light(graph, ""));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(style(room)));
}

for (const box of document.querySelectorAll("[data-network]")) enliven(box);
