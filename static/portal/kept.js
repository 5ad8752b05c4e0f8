// Text that this browser keeps for somebody goes when they sign out, and when somebody else has signed in.
"use strict";

(() => {
  const person = document.currentScript.dataset.signedIn;
  const forget = (whose) => {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith("jpo:kept:") && whose(key)).forEach((key) => localStorage.removeItem(key));
    } catch {
      // A browser that keeps nothing.
    }
  };
  forget((key) => !key.startsWith(`jpo:kept:${person}:`));
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]")) window.addEventListener("pagehide", () => forget(() => true));
  });
})();
