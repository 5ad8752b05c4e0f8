// The check of a PDF: a file may be dropped on the panel, and one that is too large is told of before it is sent.
"use strict";

const LARGEST = 10_000_000;

for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const told = form.querySelector("[role=status]");
  if (matchMedia("(hover: hover)").matches) {
    told.textContent = form.dataset.drop;
    form.classList.add("jpo-drop--ready");
  }

  // A file that is dropped is checked at once.
  form.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.add("jpo-drop--over");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("jpo-drop--over");
  });
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    form.classList.remove("jpo-drop--over");
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    form.requestSubmit();
  });

  form.addEventListener("submit", (event) => {
    const file = input.files[0];
    if (file && file.size > LARGEST) {
      event.preventDefault();
      told.textContent = `“${file.name}” is larger than 10 MB; a proposal is a fraction of that. Nothing was sent.`;
    } else if (file) {
      told.textContent = `Checking “${file.name}” …`;
    }
  });
}

// Where a browser does not put the focus on what was found, this does.
document.querySelector("#verdict")?.focus();
