// The pieces of an old file beside a box: put into its text at once, to be undone like anything typed, or left out.
"use strict";

(() => {
  const form = document.getElementById("section");
  const waiting = new Set(); // put into a text that is not saved yet: dealt with when it is

  const settle = async (address) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      keepalive: true, // the page may be on its way out
    });
    return answer.ok;
  };

  const settleWaiting = () => {
    for (const address of waiting) settle(address).catch(() => undefined); // it stays on the overview, to be dealt with there
    waiting.clear();
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
      waiting.add(button.dataset.settle);
      close(button, "It stands at the end of the text, and counts as dealt with once that is saved.");
      return;
    }
    event.preventDefault();
    const settled = await settle(button.dataset.settle).catch(() => false);
    if (!settled) {
      button.insertAdjacentHTML("afterend", '<span class="jpo-error" role="alert">That could not be noted. Try again later.</span>');
      return;
    }
    document.getElementById("id_" + button.value)?.focus();
    close(button, "It is left out; you can bring it back on the overview.");
  });
  form?.addEventListener("submit", settleWaiting);
  document.addEventListener("jpo:saved", settleWaiting);
})();
