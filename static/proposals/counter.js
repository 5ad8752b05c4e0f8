// Counts the words of each box while somebody types, by the rule by which the server counts them (documents/prose.py).
"use strict";

(() => {
  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const SPACES = new RegExp(`[${SPACE}]+`);
  const BULLET = new RegExp(`^[${SPACE}]*[-•–][${SPACE}]+(.*)$`, "s");
  const HAS_TAGS = new RegExp(`</?(p|ul|ol|li|strong|em|br|a)([${SPACE}][^<>]*)?/?>`, "i");
  const ATTRIBUTES = /<(\/?)([a-z][a-z0-9]*)(?:[^<>"']|"[^"]*"|'[^']*')*>/gi;
  const SILENT = /<(script|style)\b.*?(<\/\1\s*>|$)/gis;
  const PARTS_WORDS = new Set(
    ("address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
      "h1 h2 h3 h4 h5 h6 header hr legend main nav p pre section summary table tbody td tfoot th thead tr ul ol li br")
      .toUpperCase()
      .split(" "),
  );

  // The characters that the server drops, and those that it takes for spaces.
  const cleaned = (text) =>
    text
      .replace(/[\x0b\x0c\x85\u2028\u2029]/g, " ")
      .replace(/[\0-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, "")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");

  const countedText = (text) => cleaned(text).split(SPACES).filter(Boolean).length;

  const textOf = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    const inside = [...node.childNodes].map(textOf).join("");
    return PARTS_WORDS.has(node.tagName) ? `\n${inside}\n` : inside;
  };

  const counted = (value) => {
    if (!HAS_TAGS.test(value)) {
      const lines = value.replace(/\r\n?/g, "\n").split("\n");
      return lines.reduce((sum, line) => sum + countedText(BULLET.exec(line)?.[1] ?? line), 0);
    }
    // Without styles, scripts and attributes: nothing in it loads or runs.
    const bare = cleaned(value).replace(SILENT, "").replace(ATTRIBUTES, "<$1$2>");
    return countedText(textOf(new DOMParser().parseFromString(`<body>${bare}`, "text/html").body));
  };

  const said = (number, most) =>
    number * 5 >= most * 4 ? `${number} of at most ${most} words` : number === 1 ? "1 word" : `${number} words`;

  const show = (counter, number) => {
    const most = Number(counter.dataset.most);
    counter.textContent = said(number, most);
    counter.classList.toggle("jpo-words--over", number > most);
    counter.classList.toggle("jpo-words--near", number <= most && number * 5 >= most * 4);
    announce(counter, number, most);
  };

  // Somebody who does not see the count hears of it when the room ends, and not at every letter.
  const announce = (counter, number, most) => {
    const level = number > most ? "over" : number * 5 >= most * 4 ? "near" : "";
    if (level && level !== counter.dataset.level) voice.textContent = counter.textContent;
    counter.dataset.level = level;
  };
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");

  const counters = new Map([...document.querySelectorAll("[data-words-of]")].map((counter) => [counter.dataset.wordsOf, counter]));
  if (counters.size) document.querySelector("main").append(voice);
  for (const counter of counters.values()) counter.dataset.level = /over|near/.exec(counter.className)?.[0] ?? "";

  document.addEventListener("input", (event) => {
    const counter = counters.get(event.target.id);
    if (counter) show(counter, counted(event.target.value));
  });
  document.addEventListener("jpo:saved", (event) => {
    for (const [box, number] of Object.entries(event.detail?.words ?? {})) {
      const counter = counters.get("id_" + box);
      if (counter) show(counter, number);
    }
  });
  window.jpoWords = counted;
})();
