// What the readiness check finds, beside each box: kept up to date by every save, led to and put right with a click. What is
// found, how it is told and how it is mended the server knows (proposals/findings.py); here it is only put in its place.
"use strict";

// The place of words in a text that is nearest to another place; -1 if they are nowhere.
window.jpoNearest = (text, words, near) => {
  let best = -1;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (best < 0 || Math.abs(at - near) < Math.abs(best - near)) best = at;
  }
  return best;
};

(() => {
  const form = document.getElementById("section");
  if (!form) return;

  const areaOf = (box) => document.getElementById(`id_${box}`);
  const places = [...document.querySelectorAll("[data-findings-of]")];

  // 1. What a save has found

  // What stands above the typing hand may grow or shrink; the line that is written stays where it is in the window.
  const inPlace = (change) => {
    const written = document.activeElement;
    const before = written?.getBoundingClientRect().top;
    change();
    const moved = document.body.contains(written) && written !== document.body ? written.getBoundingClientRect().top - before : 0;
    if (moved) window.scrollBy({ top: moved, behavior: "instant" });
  };

  // Puts in another list; what was unfolded stays so, and who stood on one of its buttons is not thrown out.
  const renew = (place, { said, list }) => {
    const [sentence, shown] = place.children;
    if (sentence.textContent !== said) sentence.textContent = said; // a screen reader says what changes, and nothing twice
    const bare = list.replace(/\s+/g, " ").trim();
    if ((place.listed ??= shown.innerHTML.replace(/\s+/g, " ").trim()) === bare) return;
    place.listed = bare;
    const open = [...shown.querySelectorAll("details[open]")].map((fold) => fold.dataset.fold);
    const held = shown.contains(document.activeElement) ? document.activeElement : null;
    const name = held && (held.value || held.dataset.quote || held.textContent);
    shown.innerHTML = list;
    for (const fold of shown.querySelectorAll("details")) fold.open = open.includes(fold.dataset.fold);
    if (!held) return;
    const again = [...shown.querySelectorAll("a, button, summary")].find((it) => (it.value || it.dataset.quote || it.textContent) === name);
    (again ?? areaOf(place.dataset.findingsOf).jpoEditor ?? areaOf(place.dataset.findingsOf)).focus();
  };

  document.addEventListener("jpo:saved", ({ detail }) => {
    if (!detail?.findings) return;
    inPlace(() => {
      for (const place of places) renew(place, detail.findings[place.dataset.findingsOf] ?? { said: "", list: "" });
    });
    const aside = document.querySelector(".jpo-nav-sections");
    if (!aside || aside.contains(document.activeElement) || aside.told === detail.sections) return;
    aside.outerHTML = detail.sections;
    document.querySelector(".jpo-nav-sections").told = detail.sections;
  });

  // 2. Where the words are

  const lead = ({ box, start, quote }) => {
    const area = areaOf(box);
    if (area.jpoEditor) return area.jpoEditor.show(quote, Number(start));
    const at = window.jpoNearest(area.value, quote, Number(start));
    area.focus();
    if (at >= 0) area.setSelectionRange(at, at + quote.length);
    return at >= 0;
  };

  const say = (place, sentence) => {
    place.querySelector(".jpo-findings__answer")?.remove();
    if (!sentence) return;
    const said = document.createElement("p");
    said.className = "jpo-findings__answer";
    said.setAttribute("role", "status");
    place.append(said);
    said.textContent = sentence;
  };

  // 3. What is put right

  const putInLine = (input, text) => {
    const old = input.value;
    const caret = input.selectionStart;
    let [from, tail] = [0, 0];
    while (from < Math.min(old.length, text.length) && old[from] === text[from]) from += 1;
    while (tail < Math.min(old.length, text.length) - from && old.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
    const [to, words] = [old.length - tail, text.slice(from, text.length - tail)];
    input.focus();
    input.setSelectionRange(from, to);
    document.execCommand(words ? "insertText" : "delete", false, words); // the one way that the browser can take back
    if (input.value !== text) {
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const now = caret <= from ? caret : Math.max(from + words.length, caret + text.length - old.length);
    input.setSelectionRange(now, now);
  };

  const put = (area, text) => {
    if (area.jpoEditor) area.jpoEditor.mend(text);
    else putInLine(area, text);
    area.dispatchEvent(new Event("change", { bubbles: true })); // to be saved at once
  };

  const mend = async (place, button) => {
    const area = areaOf(place.dataset.findingsOf);
    const sent = area.value;
    const body = new URLSearchParams(new FormData(form));
    body.set("mend", button.value);
    const address = form.getAttribute("action");
    const response = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, body });
    const answer = await response.json();
    if (area.value !== sent) return "You have written on meanwhile. Press again.";
    if ("text" in answer) put(area, answer.text);
    return answer.gone ?? answer.closed ?? ("text" in answer ? "" : "That could not be done. Try again later.");
  };

  form.addEventListener("mousedown", (event) => {
    if (event.target.closest(".jpo-findings button, a.jpo-finding__words")) event.preventDefault(); // the cursor stays in the text
  });

  let busy = false;
  form.addEventListener("click", async (event) => {
    const place = event.target.closest(".jpo-findings");
    const [words, button] = [event.target.closest("a.jpo-finding__words"), event.target.closest("button[name=mend]")];
    if (!place || (!words && !button)) return;
    event.preventDefault();
    if (words) return say(place, lead(words.dataset) ? "" : "These words are no longer there.");
    if (busy) return;
    busy = true;
    say(place, await mend(place, button).catch(() => "The portal cannot be reached. Your text is as it was; try again."));
    busy = false;
  });

  // 4. Who comes by a link to a finding is led to its words.

  const finding = location.hash.startsWith("#finding-") && document.getElementById(location.hash.slice(1));
  const there = finding && (finding.querySelector("a.jpo-finding__words") ?? null);
  if (there) setTimeout(() => lead(there.dataset)); // the editors are there by then
})();
