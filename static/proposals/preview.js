// The page as it prints, beside the text that is being written; brought up to date after each save, without a jump.
"use strict";

{
  const KEPT = "jpo-preview";
  const pane = document.getElementById("preview");
  const frame = document.createElement("iframe");
  const offer = document.getElementById("show-preview");
  const form = document.getElementById("section");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let written = ""; // the box that is being written
  let fetching = false;
  let outdated = false;

  const remembered = () => {
    try {
      return localStorage.getItem(KEPT) === "shown";
    } catch {
      return false; // a browser that keeps nothing
    }
  };
  const remember = (shown) => {
    try {
      localStorage.setItem(KEPT, shown ? "shown" : "hidden");
    } catch {
      // then it is asked for again on the next page
    }
  };

  const show = (shown) => {
    pane.hidden = !shown;
    offer.setAttribute("aria-pressed", String(shown));
    if (shown && !frame.isConnected) pane.append(frame);
    else if (shown && outdated) update();
  };

  // The printed parts of a box; a line that several boxes share is a part of each.
  const parts = (box) => [...frame.contentDocument.querySelectorAll(`[data-box~="${CSS.escape(box)}"]`)];

  const mark = () => {
    for (const part of frame.contentDocument.querySelectorAll(".is-written")) part.classList.remove("is-written");
    if (written) for (const part of parts(written)) part.classList.add("is-written");
  };

  // Scrolls the frame's own window alone: what scrolls an element into view would move the page around it too.
  const seek = () => {
    const [first] = written ? parts(written) : [];
    if (!first) return;
    const { top } = first.getBoundingClientRect();
    const view = frame.contentWindow;
    if (top > 0 && top < view.innerHeight / 2) return;
    view.scrollTo({ top: view.scrollY + top - view.innerHeight / 5, behavior: still.matches ? "instant" : "smooth" });
  };

  const update = async () => {
    if (pane.hidden || fetching) {
      outdated = true;
      return;
    }
    fetching = true;
    outdated = false;
    try {
      // Where one must sign in anew, or may not write any more, one is led elsewhere: the page that stands there stays.
      const answer = await fetch(pane.dataset.page, { redirect: "manual" });
      if (answer.ok) put(await answer.text());
    } catch {
      outdated = true; // the line is down; the next save tries again
    } finally {
      fetching = false;
    }
    if (outdated && navigator.onLine && !pane.hidden) setTimeout(update, 1000);
  };

  const put = (text) => {
    const page = frame.contentDocument;
    const view = frame.contentWindow;
    const main = page.querySelector("main");
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    if (!main || !fresh) return;
    const { scrollX, scrollY } = view;
    main.replaceWith(page.adoptNode(fresh));
    mark();
    view.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  };

  frame.addEventListener("load", () => {
    mark();
    seek();
    // Who presses on a printed box, or on a link in it, comes to the box.
    frame.contentDocument.addEventListener("click", (event) => {
      event.preventDefault();
      const [box] = event.target.closest("[data-box]")?.dataset.box.split(" ") ?? [];
      const input = box && document.getElementById("id_" + box);
      if (input?.jpoEditor) input.jpoEditor.focus();
      else input?.focus();
    });
  });

  form.addEventListener("focusin", (event) => {
    const field = event.target.closest("[id^=div_id_]");
    if (!field) return;
    written = field.id.replace("div_id_", "");
    if (pane.hidden || !frame.contentDocument) return;
    mark();
    seek();
  });

  document.addEventListener("jpo:saved", update);

  for (const button of [offer, pane.querySelector("button")]) {
    button.addEventListener("click", () => {
      const shown = pane.hidden;
      remember(shown);
      show(shown);
      if (!shown) offer.focus({ preventScroll: button === offer });
    });
  }
  frame.title = pane.getAttribute("aria-label");
  frame.src = pane.dataset.page + "#beside";
  offer.hidden = false;
  show(remembered());
}
