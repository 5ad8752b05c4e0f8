// Makes the drafting pages more pleasant; without it everything works by ordinary forms.
"use strict";

// "Use this example" and the "Use" of a sentence put it at the end of its box at once. Where there is no editor, plain text
// that was typed and not saved yet goes through the server instead, which knows how to make paragraphs and lists of it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=use_example]");
  const box = button && document.getElementById("id_" + button.value.split(":")[0]);
  if (box && window.jpoPutIn(box, button.dataset.example)) event.preventDefault();
});

// Puts prose at the end of a box: through its editor, or into the plain text area if there is prose in it already, where a
// list goes on in the list that ends the text. Says whether it could.
window.jpoPutIn = (box, html) => {
  if (box.jpoEditor) {
    box.jpoEditor.insert(html);
    box.jpoEditor.focus();
    return true;
  }
  const before = box.value.trimEnd();
  if (before && !/<(p|ul|ol)\b/i.test(before)) return false;
  const list = /^<([uo]l)>/.exec(html)?.[1];
  box.value =
    list && before.endsWith(`</${list}>`)
      ? before.slice(0, -5).trimEnd() + "\n" + html.slice(4).trimStart()
      : [before, html].filter(Boolean).join("\n");
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
};

// A long list to choose from gets a box above it: what is typed there leaves the entries that hold it; a single one is chosen.
for (const list of document.querySelectorAll("select[data-searchable]")) {
  const groups = [...list.querySelectorAll("optgroup")].map((group) => [group, [...group.children]]);
  const search = document.createElement("input");
  search.type = "search";
  search.className = "form-control";
  search.placeholder = list.dataset.searchable;
  search.setAttribute("aria-label", list.dataset.searchable);
  search.setAttribute("aria-controls", list.id);
  search.autocomplete = "off";
  const above = document.createElement("div");
  above.className = "jpo-shorten";
  above.append(search);
  list.before(above);
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = ([group, entry]) => words.every((word) => (group.label + " " + entry.textContent).toLowerCase().includes(word));
    const matching = groups.flatMap(([group, entries]) => entries.map((entry) => [group, entry])).filter(found).map(([, entry]) => entry);
    const before = list.value;
    const chosen = words.length && matching.length === 1 ? matching[0].value : before;
    for (const [group, entries] of groups) {
      const left = entries.filter((entry) => matching.includes(entry) || entry.value === chosen);
      group.replaceChildren(...left);
      group.hidden = !left.length;
    }
    list.value = chosen;
    if (chosen !== before) list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

// What went wrong is read first.
document.querySelector(".jpo-error-summary")?.focus();
