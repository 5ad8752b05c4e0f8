// Saves a section while it is written. What is typed is kept in the browser from the first key on until the server has it.
"use strict";

(() => {
  const form = document.querySelector("form#section[data-boxes]");
  if (!form) return;

  const PAUSE = 800; // ms after the last key
  const AT_LEAST_EVERY = 5000; // ms, while somebody types on
  const PATIENCE = 30000; // ms for one answer
  const LONGEST_PAUSE = 30; // s between two tries
  const SMALL = 60000; // characters that a browser sends even after its page is gone, all pages taken together
  const OUTLIVES = SMALL / 4; // of one request, which is sent though its page is left meanwhile
  const PRESENCE = 30000; // ms
  const NEWS_FOR = 60000; // ms

  const address = form.getAttribute("action");
  const boxes = form.dataset.boxes.split(" ");
  const field = (name) => form.querySelector(`input[name="${name}"]`);
  const read = (box) => new FormData(form).get(box) ?? "";
  const place = (box) => document.getElementById(`div_id_${box}`);
  const label = (box) => `“${place(box)?.querySelector("label, legend")?.firstElementChild?.textContent.trim() || box}”`;

  // What this page knows: the text that the server has, box by box, and which boxes somebody has touched since.
  const said = Object.fromEntries(boxes.map((box) => [box, form.dataset.unsaved ? null : read(box)]));
  const touched = new Set(form.dataset.unsaved ? boxes : []);
  const marks = field("opened").value.split(" ");
  const unsaved = () => boxes.filter((box) => touched.has(box) && read(box) !== said[box]);

  // One request at a time; whatever happens meanwhile makes exactly one more.
  let flight = null;
  let inFlight = "";
  let again = false;
  let timer = 0;
  let newsTimer = 0;
  let waitingSince = 0;
  let tries = 0;
  let leaving = false;
  let putting = false;
  let behind = false; // somebody else wrote in a box that was under this person's hands

  // Kept in this browser

  const tab = Math.random().toString(36).slice(2, 10);
  const shelf = `jpo:kept:${form.dataset.person}:${form.dataset.proposal}:${form.dataset.section}:`;
  const shelfOf = (box) => `${shelf}${tab}:${box}`;

  let store = { length: 0, key() {}, getItem: () => null, setItem() {}, removeItem() {} };
  try {
    store = window.localStorage;
  } catch {
    // A browser that keeps nothing: leaving the page still warns.
  }

  function keep(box) {
    try {
      store.setItem(shelfOf(box), JSON.stringify({ text: read(box), mark: marks[boxes.indexOf(box)], at: Date.now() }));
    } catch {
      // No room.
    }
  }

  function kept(key) {
    try {
      return JSON.parse(store.getItem(key));
    } catch {
      return null;
    }
  }

  function forget(box, text) {
    if (kept(shelfOf(box))?.text === text) store.removeItem(shelfOf(box));
  }

  // What the line says

  const bar = document.createElement("div");
  bar.className = "jpo-saving";
  bar.innerHTML = '<p class="jpo-saving__line" tabindex="-1"></p><p class="jpo-saving__news" hidden></p><p class="jpo-saving__others" hidden></p>';
  const [line, news, others] = bar.children;
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  const before = form.querySelector("[data-saved]");
  line.textContent = before?.textContent || "Your text is saved while you write.";
  before?.remove();
  form.append(bar, voice);

  let state = "saved"; // saved, trying, or why saving has stopped: conflict, closed, out, other, refused
  const stopped = () => !["saved", "trying"].includes(state);

  function element(tag, text, more = {}) {
    return Object.assign(document.createElement(tag), { textContent: text }, more);
  }

  function button(text, pressed) {
    const made = element("button", text, { type: "button", className: "btn btn-outline-primary btn-sm" });
    made.addEventListener("click", pressed);
    return made;
  }

  function fill(...parts) {
    const focused = line.contains(document.activeElement);
    line.replaceChildren(...parts);
    if (focused) (line.querySelector("a, button") ?? line).focus();
  }

  // A screen reader hears only when saving begins to fail, and when it works again.
  function show(now, sentence, ...actions) {
    if (now !== state && (now !== "trying" || state === "saved")) voice.textContent = sentence;
    state = now;
    bar.classList.toggle("jpo-saving--trouble", now !== "saved");
    fill(element("span", sentence), ...actions);
  }

  function tell(where, sentence) {
    where.hidden = !sentence;
    where.textContent = sentence;
  }

  // When to save

  function plan(pause) {
    if (stopped() || state === "trying") return; // kept; the next try is planned, or somebody must do something first
    waitingSince ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(pause, waitingSince + AT_LEAST_EVERY - Date.now())));
  }

  function typed(event) {
    const box = event.target.name;
    if (putting || !boxes.includes(box)) return;
    leaving = false;
    touched.add(box);
    if (read(box) === said[box]) store.removeItem(shelfOf(box));
    else keep(box);
    plan(event.type === "change" ? 0 : PAUSE);
  }

  function save() {
    clearTimeout(timer);
    waitingSince = 0;
    if (flight) {
      again = true;
      return flight;
    }
    flight = send().finally(() => {
      flight = null;
      inFlight = "";
      if (again && !stopped() && state !== "trying") plan(0);
      again = false;
    });
    return flight;
  }

  async function send(renewed = false) {
    const sent = Object.fromEntries(boxes.map((box) => [box, read(box)]));
    const silent = !unsaved().length && state === "saved";
    inFlight = new URLSearchParams(new FormData(form)).toString();
    if (!silent && state === "saved") fill(element("span", "Saving…"));
    let status, answer;
    try {
      ({ status, answer } = await post(address, inFlight));
    } catch {
      return wait();
    }
    if (status === 200 || (status === 422 && answer.errors)) return land(answer, sent, silent);
    if (status === 409 && answer.conflict) {
      const { who, when } = answer.conflict;
      return show("conflict", `Not saved: ${who} wrote in the same box${when ? ` on ${when}` : ""}.`, button("See both texts", both));
    }
    if (status === 409 && answer.closed) {
      const link = element("a", "See the proposal", { href: form.dataset.read });
      return show("closed", `Not saved, but kept in this browser. ${answer.closed}`, link);
    }
    if (status === 401) return out();
    if (status === 403 && !renewed) {
      const trouble = await renew();
      return trouble ? trouble() : send(true);
    }
    if (answer.refused) return show("refused", `Not saved, but kept in this browser. ${answer.refused}`, button("Try now", tryNow));
    return wait();
  }

  async function post(where, body, most = OUTLIVES) {
    const response = await fetch(where, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body,
      keepalive: body.length < most, // it arrives even if its page is left meanwhile
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: response.status, answer: await response.json() };
  }

  // What has come of it

  function land(answer, sent, silent) {
    const errors = answer.errors ?? {};
    const newer = answer.newer ?? {};
    const now = answer.opened.split(" ");
    tries = 0;
    boxes.forEach((box, number) => {
      complain(box, errors[box]);
      if (box in errors) return;
      if (box in newer) {
        if (read(box) !== sent[box] || place(box)?.contains(document.activeElement)) return; // not under somebody's hands
        put(box, newer[box]);
        touched.delete(box);
        said[box] = read(box);
      } else {
        said[box] = sent[box];
        if (read(box) === said[box]) touched.delete(box);
        forget(box, sent[box]);
      }
      marks[number] = now[number];
    });
    field("opened").value = marks.join(" ");
    behind = field("opened").value !== answer.opened;
    if (!behind) field("revision").value = answer.revision; // a page claims only a revision of which it shows everything
    if (answer.news) {
      tell(news, answer.news);
      voice.textContent = answer.news;
      clearTimeout(newsTimer);
      newsTimer = setTimeout(greet, NEWS_FOR);
    }
    const refused = Object.keys(errors).map(label).join(" and ");
    if (!silent) show("saved", `Saved ${answer.saved}${refused && `, except ${refused}: see what is said there`}`);
    document.dispatchEvent(new CustomEvent("jpo:saved", { detail: answer }));
    if (boxes.some((box) => touched.has(box) && read(box) !== sent[box])) plan(PAUSE);
  }

  function complain(box, sentence) {
    const id = `id_${box}_error`;
    const there = place(box);
    if (!there) return;
    document.getElementById(id)?.remove();
    there.classList.toggle("jpo-field--error", Boolean(sentence));
    if (sentence) {
      const above = document.getElementById(`id_${box}_helptext`) ?? there.querySelector("label, legend");
      above.after(element("p", sentence, { id, className: "jpo-error" }));
    }
    for (const input of there.querySelectorAll(`[name="${box}"], [contenteditable]`)) {
      const described = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
      if (sentence) described.add(id);
      else described.delete(id);
      input.setAttribute("aria-describedby", [...described].join(" "));
      input.setAttribute("aria-invalid", Boolean(sentence));
      input.classList.toggle("is-invalid", Boolean(sentence));
    }
  }

  function put(box, text) {
    putting = true;
    const input = document.getElementById(`id_${box}`);
    if (input?.jpoEditor) input.jpoEditor.replace(text);
    else if (input?.type === "radio") for (const choice of form.elements[box]) choice.checked = choice.value === text;
    else if (input) input.value = text;
    putting = false;
  }

  function wait() {
    tries += 1;
    const pause = Math.min(2 ** (tries - 1), LONGEST_PAUSE) * (0.8 + 0.4 * Math.random());
    const until = Date.now() + pause * 1000;
    clearTimeout(timer);
    show("trying", "Not saved yet, but kept in this browser", button("Try now", tryNow));
    const count = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      if (state !== "trying" || flight) return;
      if (left <= 0) return save();
      line.firstChild.textContent = `Not saved yet – trying again in ${left} s`;
      timer = setTimeout(count, 250);
    };
    timer = setTimeout(count); // after this flight has ended
  }

  function tryNow() {
    fill(element("span", "Saving…"));
    state = "trying";
    save();
  }

  function both() {
    leaving = true;
    form.requestSubmit(form.querySelector('button[value="stay"]'));
  }

  // Signed out

  const signIn = () => element("a", "Sign in again in a new tab", { href: form.dataset.signIn, target: "_blank" });

  function out() {
    show("out", "You have been signed out. Your text stays here and is saved when you come back.", signIn(), button("Try now", tryNow));
  }

  function other() {
    show("other", "Somebody else has signed in with this browser, so nothing is saved here. Copy what you need.", signIn());
  }

  // Takes the page's token anew: signing in has made the old one worthless. What stands in the way, if something does.
  async function renew() {
    try {
      const response = await fetch(address, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) });
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      const person = fresh.querySelector("[data-signed-in]")?.dataset.signedIn;
      if (person !== form.dataset.person) return person ? other : out;
      const { value } = fresh.querySelector("input[name=csrfmiddlewaretoken]");
      for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = value;
      return null;
    } catch {
      return wait;
    }
  }

  // Who else is here

  let hereAt = 0;

  async function here() {
    if (document.visibilityState !== "visible" || state === "closed" || state === "other" || Date.now() - hereAt < 1000) return;
    hereAt = Date.now();
    const body = new URLSearchParams({ csrfmiddlewaretoken: field("csrfmiddlewaretoken").value }).toString();
    try {
      const { status, answer } = await post(form.dataset.here, body);
      if (status === 401 && state === "saved") out();
      if (status === 403) await renew();
      if (status !== 200) return;
      const names = answer.others.join(" and ");
      tell(others, names && `${names} ${answer.others.length > 1 ? "have" : "has"} this section open`);
      if (answer.revision > Number(field("revision").value)) plan(0); // brings what they wrote
    } catch {
      // Next time.
    }
  }

  // Text that was not saved

  // No tag is given to the browser to read, only what stands between them.
  function plain(text) {
    if (!/<\/?(p|ul|ol|li|strong|em|br|a)\b[^<>]*>/i.test(text)) return text;
    const lines = text.replace(/<(br|\/p|\/li|ul|ol)\b[^<>]*>/gi, "\n").replace(/<[^<>]*>/g, "").replaceAll("<", "&lt;");
    return new DOMParser().parseFromString(lines, "text/html").body.textContent;
  }

  function alike(one, other) {
    const words = (text) => plain(text).replace(/^\s*[-•–]\s+/gm, "").split(/\s+/).join(" ").trim();
    const tags = (text) => text.replace(/\s*(<[^<>]*>)\s*/g, "$1").trim();
    const typedPlainly = plain(one) === one || plain(other) === other;
    return one === other || (words(one) === words(other) && (typedPlainly || tags(one) === tags(other)));
  }

  function offer(key) {
    const box = key.slice(shelf.length).split(":")[1];
    const found = kept(key);
    if (!found || !boxes.includes(box)) return;
    if (alike(found.text, read(box))) {
      if (!form.dataset.unsaved) store.removeItem(key);
      return;
    }
    const at = new Date(found.at);
    const today = at.toDateString() === new Date().toDateString();
    const time = at.toLocaleString("en-GB", today ? { timeStyle: "short" } : { dateStyle: "long", timeStyle: "short" });
    const note = element("div", "", { className: "jpo-notice jpo-offer", id: `offer_${key.slice(shelf.length).replace(":", "_")}` });
    note.dataset.key = key;
    const done = () => {
      store.removeItem(key);
      note.remove();
      greet();
      (place(box)?.querySelector("[contenteditable]") ?? document.getElementById(`id_${box}`))?.focus();
    };
    const back = () => {
      put(box, found.text);
      touched.add(box);
      keep(box);
      done();
      plan(0);
    };
    const look = element("details", "");
    look.append(element("summary", "Look at it"), element("div", plain(found.text).trim() || "(empty)", { className: "jpo-offer__text" }));
    const buttons = element("div", "", { className: "jpo-offer__buttons" });
    buttons.append(button("Put it back", back), button("Discard", done));
    const since = found.mark === marks[boxes.indexOf(box)] ? "" : ". Something else has been saved there since";
    note.append(element("p", `Text for ${label(box)} that was not saved, from ${time}${since}`), look, buttons);
    place(box)?.prepend(note);
  }

  function greet() {
    const first = form.querySelector(".jpo-offer");
    const link = element("a", "There is text that was not saved", { href: `#${first?.id}` });
    news.replaceChildren(...(first ? [link] : []));
    news.hidden = !first;
  }

  Array.from({ length: store.length }, (_, number) => store.key(number)).filter((key) => key.startsWith(shelf)).forEach(offer);
  if (form.querySelector(".jpo-offer")) {
    greet();
    voice.textContent = "There is text that was not saved.";
  }

  // What people and browsers do

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("focusout", () => {
    if (unsaved().length || behind) plan(0);
  });

  // A button saves the same way first: nobody is led to another page, or to that of signing in, with a text that is not safe.
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    if (!flight && !unsaved().length) {
      leaving = true;
      return;
    }
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    await flight;
    if (unsaved().length) await save();
    if (["trying", "out", "other", "refused"].includes(state)) {
      form.removeAttribute("aria-busy");
      return;
    }
    leaving = true;
    form.requestSubmit(event.submitter);
  });

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && unsaved().length) event.preventDefault();
  });

  window.addEventListener("pagehide", () => {
    if (leaving || stopped() || !unsaved().length) return;
    const body = new URLSearchParams(new FormData(form)).toString();
    const underway = body === inFlight && body.length < OUTLIVES; // a longer one is cut off with its page
    if (!underway && body.length < SMALL) post(address, body, SMALL).catch(() => {});
  });

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    form.removeAttribute("aria-busy");
    if (unsaved().length) plan(0);
  });

  window.addEventListener("online", () => {
    if (state === "trying") save();
  });

  window.addEventListener("storage", (event) => {
    const gone = event.key && !event.newValue && form.querySelector(`.jpo-offer[data-key="${CSS.escape(event.key)}"]`);
    if (!gone) return;
    gone.remove();
    greet();
  });

  async function lookedAt() {
    if (document.visibilityState !== "visible") return;
    if (state === "trying") save();
    if (state === "out" || state === "other") {
      const trouble = await renew();
      if (trouble) return trouble === wait || trouble();
      show("saved", "You are signed in again.");
      save();
    }
    here();
  }
  document.addEventListener("visibilitychange", lookedAt);
  window.addEventListener("focus", lookedAt);

  setInterval(here, PRESENCE);
  here();
})();
