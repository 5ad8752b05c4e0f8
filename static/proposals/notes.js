// Notes are added and settled in place; without this script the section's own form does the same.
"use strict";

{
  const folds = document.querySelectorAll(".jpo-notes");

  // What the server answers to a note or to the button beside one; a sentence to the writer if it does not.
  const sendNote = async (address, fields) => {
    const token = document.querySelector("#section input[name=csrfmiddlewaretoken]").value;
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ csrfmiddlewaretoken: token, ...fields }),
      });
    } catch {
      throw new Error("The portal cannot be reached. Your words are still here; try again.");
    }
    if (answer.redirected || answer.status === 401) throw new Error("You are signed out. Sign in on another page, then press again.");
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.error || said.closed || "That was not kept. Your words are still here; try again.");
    return said;
  };

  for (const fold of folds) {
    const count = fold.querySelector(".jpo-notes__count");
    const list = fold.querySelector(".jpo-notes__list");
    const words = fold.querySelector("textarea");
    const trouble = fold.querySelector(".jpo-notes__trouble");
    const status = fold.querySelector("[role=status]");
    let busy = false;

    // A note is not the section's text: whoever watches that for changes has nothing to save.
    for (const kind of ["input", "change"]) fold.addEventListener(kind, (event) => event.stopPropagation());

    fold.addEventListener("click", async (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      event.preventDefault();
      if (busy) return;
      busy = true;
      const adds = button.name === "note";
      const text = words.value;
      status.textContent = "";
      try {
        const fields = adds ? { box: fold.dataset.box, text } : button.name === "reopen_note" ? { reopen: "yes" } : {};
        const said = await sendNote(adds ? fold.dataset.address : button.dataset.address, fields);
        count.textContent = said.summary;
        count.classList.toggle("jpo-notes__count--open", said.open > 0);
        list.innerHTML = said.list;
        if (adds && words.value === text) words.value = "";
        if (!adds) fold.querySelector("summary").focus();
        status.textContent = adds ? "Added." : button.name === "reopen_note" ? "Open again." : "Settled.";
        trouble.hidden = true;
        words.removeAttribute("aria-invalid");
      } catch (error) {
        trouble.textContent = error.message;
        trouble.hidden = false;
        words.setAttribute("aria-invalid", "true");
        words.focus();
      } finally {
        busy = false;
      }
    });

    if (location.hash === "#" + fold.id) fold.open = true;
  }

  // A note that was typed is sent along when the section is saved, and asked about when the page is left otherwise.
  let saving = false;
  document.getElementById("section")?.addEventListener("submit", () => (saving = true));
  addEventListener("beforeunload", (event) => {
    if (!saving && [...folds].some((fold) => fold.querySelector("textarea").value.trim())) event.preventDefault();
  });
}
