// A fact and its sentences light each other, under the mouse and under the focus of the keyboard. Without scripts the
// links between them and :target do the same. Nothing moves but the list of facts, and only where it scrolls alone.
const sheet = document.querySelector(".sheet");
const text = document.querySelector(".act-text");
let lit = [];

/** The pieces of text that a fact was read from: its passages, and the tails of those that another one cuts. */
function pieces(fact) {
  const passages = [...fact.querySelectorAll("a.to")].map((to) => document.getElementById(to.hash.slice(1)));
  return [...passages, ...text.querySelectorAll(`a.ev[href="#${CSS.escape(fact.id)}"]`)].filter(Boolean);
}

/** The facts that a piece of text leads to: by itself or by the arrows that follow it. */
function facts(piece) {
  const links = piece.matches("a") ? [piece] : [];
  for (let next = piece.nextElementSibling; next?.matches("a.ref"); next = next.nextElementSibling) links.push(next);
  return links.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
}

function dim() {
  for (const each of lit) each.classList.remove("lit");
  lit = [];
}

function light(elements) {
  dim();
  lit = elements;
  for (const each of lit) each.classList.add("lit");
}

/** Brings a fact into view inside the list, where the list has a scroll of its own; a folded group is lit instead. */
function shown(fact) {
  const folded = fact.closest("details:not([open])");
  const seen = folded ? folded.querySelector("summary") : fact;
  if (getComputedStyle(sheet).position === "sticky") {
    const [box, frame] = [seen.getBoundingClientRect(), sheet.getBoundingClientRect()];
    if (box.top < frame.top) sheet.scrollTop += box.top - frame.top - 8;
    else if (box.bottom > frame.bottom) sheet.scrollTop += box.bottom - frame.bottom + 8;
  }
  return seen;
}

function follow(event) {
  const fact = event.target.closest?.(".fact");
  if (fact) return light([fact, ...pieces(fact)]);
  const piece = event.target.closest?.(".ev");
  if (piece) return light([piece, ...facts(piece).map(shown)]);
  const arrow = event.target.closest?.(".ref");
  const led = arrow && document.getElementById(arrow.hash.slice(1));
  if (led) light([arrow, shown(led)]);
  else if (lit.length) dim();
}

if (sheet && text) {
  for (const kind of ["mouseover", "focusin"]) {
    sheet.addEventListener(kind, follow);
    text.addEventListener(kind, follow);
  }
  for (const part of [sheet, text]) part.addEventListener("mouseleave", dim);
  // a link to a fact in a folded group opens it
  const open = () => {
    const aimed = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = aimed && aimed.closest("details:not([open])");
    if (folded) {
      folded.open = true;
      aimed.scrollIntoView({ block: "nearest" });
    }
  };
  addEventListener("hashchange", open);
  open();
}
