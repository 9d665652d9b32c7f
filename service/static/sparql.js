// The editor of the SPARQL page: Yasqe, the editor of Yasgui, in the place of the text box, which keeps the query and is
// what the form sends. It asks nobody: it completes the terms and prefixes that the page holds.
const { Yasqe } = globalThis;
const box = document.getElementById("query");
const known = JSON.parse(document.getElementById("sparql-known").textContent);

/** The completion of terms (dg:fun…) from the page's list. */
Yasqe?.registerAutocompleter({
  name: "delibgraph",
  bulk: false,
  autoShow: true,
  isValidCompletionPosition: (yasqe) => /^[a-z-]+:\w*$/.test(yasqe.getCompleteToken().string),
  get: (yasqe, token) => known.terms.filter((term) => term.startsWith(token.string)),
}, false);

// its own completions ask lov.linkeddata.es and propose the prefixes of the whole world: they are taken out
for (const name of ["property", "class", "prefixes"]) delete Yasqe?.Autocompleters[name];
if (Yasqe) Yasqe.defaults.autocompleters = ["delibgraph", "variables"];

/** Declare the prefixes of the page that the query uses: the service knows them, other endpoints and the editor do not. */
function declare(yasqe) {
  const bare = yasqe.getValue().replace(/"[^"\n]*"|'[^'\n]*'|<[^>\n]*>|#.*/g, " ");
  const used = new Set(bare.match(/(?<![\w?$-])[a-z][\w-]*(?=:)/g) ?? []);
  const declared = yasqe.getPrefixesFromQuery();
  for (const name of used) {
    if (known.prefixes[name] && !(name in declared)) yasqe.addPrefixes({ [name]: known.prefixes[name] });
  }
}

function enliven() {
  const place = document.createElement("div");
  box.after(place);
  const yasqe = new Yasqe(place, {
    value: box.value.trim(), persistenceId: null, showQueryButton: false, resizeable: false,
    createShareableLink: null, createShortLink: undefined, consumeShareLink: null, prefixCcApi: null, editorHeight: "20rem",
  });
  // Tab goes on to the button, as from any other field
  yasqe.setOption("extraKeys", {
    ...yasqe.getOption("extraKeys"), Tab: false, "Shift-Tab": false,
    "Ctrl-Enter": () => box.form.requestSubmit(), "Cmd-Enter": () => box.form.requestSubmit(),
  });
  const field = yasqe.getInputField();
  field.setAttribute("aria-label", box.labels[0].textContent);
  field.setAttribute("aria-describedby", "editor-keys");
  let timer;
  yasqe.on("change", () => {
    box.value = yasqe.getValue();
    clearTimeout(timer);
    timer = setTimeout(() => declare(yasqe), 400);
  });
  declare(yasqe);
  box.labels[0].addEventListener("click", () => yasqe.focus());
  box.hidden = true;
  addSwitch(yasqe, place);
}

/** The keys of the editor, and a way back to the plain box, which some screen readers serve better. */
function addSwitch(yasqe, place) {
  const keys = document.createElement("span");
  keys.id = "editor-keys";
  keys.textContent = box.dataset.keys;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plainly";
  button.textContent = box.dataset.plain;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const plain = !place.hidden;
    place.hidden = plain;
    box.hidden = !plain;
    keys.hidden = plain;
    if (!plain) { yasqe.setValue(box.value); yasqe.refresh(); }
    button.setAttribute("aria-pressed", String(plain));
    (plain ? box : yasqe).focus();
  });
  const line = document.createElement("p");
  line.className = "fine editor-line";
  line.append(button, keys);
  place.after(line);
}

if (Yasqe) enliven();
