// A form pressed twice is sent once: a double click begins one draft and endorses once. What a script sends by itself is its own affair.
"use strict";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.id === "section") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

// Who comes back to the page may send it again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
