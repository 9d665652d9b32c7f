// Completion of a search box from names that the release knows; without scripts the box is a plain form.
// <input data-suggest="ADDRESS"> gets a <datalist>, which browsers and screen readers know how to present.
const DELAY = 150; // ms after the last key

for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${box.id}-names`;
  box.after(list);
  box.setAttribute("list", list.id);
  box.autocomplete = "off";
  let timer, last = "";
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => fill(box, list), DELAY);
  });
  async function fill(from, into) {
    const typed = from.value.trim();
    if (typed.length < 2 || typed === last) return;
    last = typed;
    const answer = await fetch(`${from.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (!answer?.ok || typed !== from.value.trim()) return;
    const { suggestions = [] } = await answer.json();
    into.replaceChildren(...suggestions.map(({ name }) => new Option(name, name)));
  }
}
