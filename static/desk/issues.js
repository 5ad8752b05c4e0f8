// "Select all on this page": one box that ticks the others; it shows itself only where it works.
"use strict";

for (const list of document.querySelectorAll("[data-issues]")) {
  const every = list.querySelector("#every");
  const boxes = [...list.querySelectorAll("input[name=issue]")];
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    every.checked = ticked === boxes.length;
    every.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  every.addEventListener("change", () => boxes.forEach((box) => { box.checked = every.checked; }));
  list.addEventListener("change", tell);
  every.parentElement.hidden = false;
  tell();
}
