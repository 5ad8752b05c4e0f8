// The pieces of an old file beside a box: put into its text at once, to be undone like anything typed, or left out.
"use strict";

(() => {
  const form = document.getElementById("section");
  const waiting = new Map(); // put into a box whose text is not saved yet: dealt with when it is

  const settle = async (address) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      keepalive: true, // the page may be on its way out
    });
    return answer.ok;
  };

  // What a save has stored may be older than what stands in the box now: then the next one settles it.
  const settleWaiting = (words = {}) => {
    for (const [address, box] of waiting) {
      if (box.name in words && words[box.name] !== window.jpoWords(box.value)) continue;
      waiting.delete(address);
      settle(address).catch(() => undefined); // it stays on the overview, to be dealt with there
    }
  };

  // At the end of a line, as if it were typed; a line has little room, and the server says so in words.
  const putInLine = (box, text) => {
    const before = box.value.trimEnd();
    if ((before + " " + text).length > 300) return false;
    box.focus();
    box.setSelectionRange(before.length, box.value.length);
    return document.execCommand("insertText", false, before ? " " + text : text);
  };

  const put = (button) => {
    const box = document.getElementById("id_" + button.value);
    return box.tagName === "TEXTAREA" ? window.jpoPutIn(box, button.dataset.put) : putInLine(box, button.dataset.put);
  };

  const close = (button, sentence) => {
    const said = document.createElement("p");
    said.className = "jpo-meta";
    said.setAttribute("role", "status");
    button.closest(".jpo-doubt").replaceWith(said);
    said.textContent = sentence;
  };

  form?.addEventListener("click", async (event) => {
    const button = event.target.closest(".jpo-doubt button");
    if (!button) return;
    if ("put" in button.dataset) {
      if (!put(button)) return; // the server puts it in, and saves
      event.preventDefault();
      waiting.set(button.dataset.settle, document.getElementById("id_" + button.value));
      close(button, "It stands at the end of the text, and counts as dealt with once that is saved.");
      return;
    }
    event.preventDefault();
    const settled = await settle(button.dataset.settle).catch(() => false);
    if (!settled) {
      button.insertAdjacentHTML("afterend", '<span class="jpo-error" role="alert">That could not be noted. Try again later.</span>');
      return;
    }
    const box = document.getElementById("id_" + button.value);
    (box?.jpoEditor ?? box)?.focus();
    close(button, "It is left out; you can bring it back on the overview.");
  });
  form?.addEventListener("submit", () => settleWaiting());
  document.addEventListener("jpo:saved", (event) => settleWaiting(event.detail?.words));
})();
