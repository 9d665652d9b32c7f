// The owner's form of files, dropped or chosen, sent with a bar; then the stages of the reading as they come. Without
// scripts the form is a plain one and the page of the outcome reloads itself. Texts come with the page, in its language.
const form = document.querySelector("form.deposit");
const stages = document.querySelector("ol.stages");
const words = JSON.parse((form ?? stages)?.dataset.words ?? "{}");
const french = document.documentElement.lang === "fr";
const number = new Intl.NumberFormat(french ? "fr-FR" : "en-GB");
const PAUSE = 800; // ms between two looks at the outcome
const weight = (bytes) => (bytes < 1e6 ? `${number.format(Math.ceil(bytes / 1e3))} ${french ? "ko" : "kB"}` : `${number.format(Math.round(bytes / 1e5) / 10)} ${french ? "Mo" : "MB"}`);
/** A text of the page with its values; "one | several" by its count. */
function put(key, values, count = 1) {
  const [one, several = one] = words[key].split(" | ");
  return (count > 1 ? several : one).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

if (form) {
  const box = form.querySelector("input[type=file]");
  const zone = form.querySelector(".drop");
  const told = form.querySelector(".sending");
  zone.classList.add("alive");
  zone.append(Object.assign(document.createElement("span"), { textContent: words.drop }));
  zone.firstElementChild.after(" ");

  const say = (...parts) => told.replaceChildren(...parts);
  const total = () => [...box.files].reduce((sum, file) => sum + file.size, 0);
  function list() {
    const chosen = [...box.files];
    const names = document.createElement("ul");
    names.append(...chosen.slice(0, 12).map((file) => Object.assign(document.createElement("li"), { textContent: `${file.name}, ${weight(file.size)}` })));
    const left = chosen.length - 12;
    const rest = left > 0 ? [put("chosen-more", { count: number.format(left) }, left)] : [];
    say(put("chosen", { count: number.format(chosen.length), size: weight(total()) }, chosen.length), names, ...rest);
  }
  box.addEventListener("change", list);

  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", (event) => zone.contains(event.relatedTarget) || zone.classList.remove("over"));
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const chosen = new DataTransfer();
    const files = [...event.dataTransfer.files]; // gone once the event is over
    const found = entries.some((entry) => entry.isDirectory) ? (await Promise.all(entries.map(within))).flat() : files;
    for (const file of found) chosen.items.add(file);
    box.files = chosen.files;
    list();
  });

  /** The files of a dropped entry, a folder throughout; what cannot be read is left to the count that is shown. */
  async function within(entry) {
    if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
    const [reader, found] = [entry.createReader(), []];
    for (let some; (some = await new Promise((done, failed) => reader.readEntries(done, failed))).length; ) found.push(...some);
    return (await Promise.all(found.filter(({ name }) => !name.startsWith(".")).map(within))).flat();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (total() > Number(form.dataset.most)) return refuse(put("too-much", { size: weight(total()) }));
    if (box.files.length > Number(form.dataset.mostFiles)) return refuse(words["too-many"]);
    send();
  });

  function refuse(text) {
    const alert = Object.assign(document.createElement("p"), { className: "note error", textContent: text });
    alert.setAttribute("role", "alert");
    say(alert);
    form.querySelector("button").disabled = false;
  }

  function send() {
    const body = new FormData();
    body.append("form", form.elements.form.value);
    for (const file of box.files) body.append("files", file, file.name);
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", words.bar);
    say(`${words.sending} `, bar);
    form.querySelector("button").disabled = true;
    const request = new XMLHttpRequest(); // fetch does not tell how much of a body has gone
    request.upload.addEventListener("progress", ({ loaded, total: all }) => Object.assign(bar, { value: loaded / (all || 1) }));
    request.addEventListener("load", () => {
      if (request.status < 300) return location.assign(request.responseURL);
      const told = /json/.test(request.getResponseHeader("Content-Type") ?? "") ? JSON.parse(request.responseText) : {};
      refuse(told.detail ?? put("was-refused", { status: request.status }));
    });
    request.addEventListener("error", () => refuse(words.cut));
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  }
}

if (stages) {
  const names = ["collect", "read", "resolve", "gate", "release"];
  const rows = [...stages.children];
  async function look() {
    const answer = await fetch(stages.dataset.outcome, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer || answer.status === 429 || answer.status >= 500) return setTimeout(look, 10 * PAUSE); // too often, or away
    if (!answer.ok) return location.reload(); // the session is over
    const { state, step } = await answer.json();
    if (state !== "running") return location.reload();
    if (step) show(names.indexOf(step.stage), step);
    setTimeout(look, PAUSE);
  }
  function show(present, { done, total }) {
    rows.forEach((row, place) => {
      row.className = place < present ? "over" : place === present ? "now" : "later";
      if (place === present) row.setAttribute("aria-current", "step");
      else row.removeAttribute("aria-current");
      const bar = row.querySelector("progress");
      bar.hidden = place !== present;
      if (total) Object.assign(bar, { max: total, value: done });
      row.querySelector(".count").textContent = place < present ? words.over : place === present && done ? counted(done, total) : "";
    });
  }
  const counted = (done, total) => (total ? put("of", { done: number.format(done), total: number.format(total) }) : number.format(done));
  setTimeout(look, PAUSE);
}
