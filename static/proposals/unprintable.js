// Says beside each box which of its characters the paper's fonts have no sign for, as the server found them when it saved.
"use strict";

document.addEventListener("jpo:saved", (event) => {
  const found = event.detail?.unprintable;
  if (!found) return;
  for (const place of document.querySelectorAll("[data-unprintable-of]")) {
    const sentence = found[place.dataset.unprintableOf] ?? "";
    if (place.textContent !== sentence) place.textContent = sentence; // a screen reader says what changes, and nothing twice
  }
});
