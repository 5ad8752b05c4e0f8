// What other programs put on the clipboard, read as paragraphs, lists, bold, italic and links, and as nothing else.
//
// Everything is first read as lines: a paragraph (depth 0), an item of a list at some depth, or more text of such an item.
// Lists are built from the lines, whether they were lists, paragraphs that Word numbers, or text that begins with a bullet.
"use strict";

const jpoPasted = (() => {
  const BLOCKS = new Set(
    (
      "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form " +
      "h1 h2 h3 h4 h5 h6 header hr legend main nav p pre section summary table tbody td tfoot th thead tr"
    ).split(" "),
  );
  const LISTS = new Set(["ul", "ol", "menu", "dir"]);
  const LEFT_OUT = new Set(
    (
      "script style head title template noscript iframe object embed svg math img picture video audio canvas select input " +
      "button textarea del"
    ).split(" "),
  );
  const HIDDEN = /display:\s*none|mso-hide:\s*all|mso-element:\s*comment-list/;
  const DROPPED = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
  const BULLET = /^(?:([•◦▪▫■□●○‣⁃∙·➢➤►✓✔❖\uf000-\uf0ff])\s*|([-–*])\s+|(o)[\u00a0\t]\s*)(?=\S)/;
  const NUMBER = /^\(?(\d{1,3})[.)]\s+(?=\S)/;
  const MARK = "\ue000";
  const DEEPEST = 12; // as documents/prose.py

  // From HTML

  function fromHtml(html) {
    const { page, sheets } = parse(html);
    return built(marked(linesOf(page, classesOf(sheets))));
  }

  // HTML as a page in which nothing runs or loads. The site's policy refuses styles and handlers even there, and aloud:
  // they get another name (a letter that no text has stands before it), and style sheets are kept apart.
  function parse(html) {
    const [first, ...others] = html.replaceAll(MARK, "").split(/<style\b[^<>]*>/i);
    const sheets = [];
    const rest = others.map((part) => {
      const end = part.search(/<\/style/i);
      sheets.push(end < 0 ? "" : part.slice(0, end));
      return end < 0 ? "" : part.slice(end).replace(/^[^>]*>/, "");
    });
    const nowhere = [first, ...rest].join("").replace(/<base(?=[\s/>])/gi, "<wbr");
    const renamed = nowhere.replace(/([\s"'/])(style|on[a-z]+)(?=[\s=])/gi, `$1${MARK}$2`);
    const page = new DOMParser().parseFromString(renamed, "text/html");
    const texts = page.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(MARK, "");
    for (const link of page.querySelectorAll("a[href]"))
      link.setAttribute("href", link.getAttribute("href").replaceAll(MARK, ""));
    return { page, sheets };
  }

  // What was copied in an editor, which bears where it was cut: as it is, without any other attribute.
  function ownHtml(html) {
    const { page } = parse(html);
    for (const node of page.querySelectorAll("*")) {
      for (const { name } of [...node.attributes]) {
        if (!["href", "start", "data-pm-slice"].includes(name)) node.removeAttribute(name);
      }
    }
    return page.body.innerHTML;
  }

  // Tags that may stay open without nesting anything.
  const FLAT =
    "area base br col colgroup embed hr img input link meta param source track wbr p li t[dhr] tbody thead tfoot d[dt] option";
  const NESTING = new RegExp(`<(/?)(?!(?:${FLAT.replaceAll(" ", "|")})[\\s/>]|\\w+:)[a-z]`, "gi");

  // Whether HTML is nested so deep that the browser itself would read it for minutes.
  function isAbsurd(html) {
    let depth = 0;
    for (const [, closing] of html.matchAll(NESTING)) {
      depth = closing ? Math.max(depth - 1, 0) : depth + 1;
      if (depth > 1000) return true;
    }
    return false;
  }

  function linesOf(page, sheet) {
    const lines = [];
    let line = null;

    const begin = (more) => lines.push((line = { depth: 0, starts: false, runs: [], ...more }));
    const end = () => {
      if (line && (line.runs.length || !line.starts)) line = null; // an item's first paragraph is the item's own line
    };
    const put = (text, { depth, strong, em, href }) => {
      if (!line && !text.trim()) return;
      if (!line) begin({ depth });
      line.runs.push({ text, strong, em, href });
    };
    const inside = (node, at) => node.childNodes.forEach((child) => walk(child, at));
    const item = (node, at, more) => {
      line = null;
      begin({ ...more, starts: true });
      inside(node, { ...at, depth: more.depth });
      line = null;
    };

    function walk(node, at) {
      if (node.nodeType === Node.TEXT_NODE)
        return at.pre ? preformatted(node.data, at) : put(node.data.replace(/[ \t\r\n]+/g, " "), at);
      if (node.nodeType !== Node.ELEMENT_NODE) return undefined;
      const tag = node.localName;
      const style = styleOf(node, sheet);
      // Word on the web ends a paragraph with a space of its own.
      if (LEFT_OUT.has(tag) || HIDDEN.test(style) || node.classList.contains("EOP")) return undefined;
      if (tag === "br") return node.classList.contains("Apple-interchange-newline") ? undefined : put("\n", at);

      const inner = { ...at, ...marksOf(node, tag, style) };
      if (isSymbol(node, style)) return put("•", inner);
      if (isSpace(node)) return put(" ", inner);
      if (LISTS.has(tag)) {
        end();
        const list = { ordered: tag === "ol", start: [numberOf(node.getAttribute("start")) ?? 1] };
        inside(node, { ...inner, depth: at.depth + 1, list });
        return end();
      }
      if (tag === "li") {
        const list = at.list ?? { ordered: false };
        const value = numberOf(node.getAttribute("value"));
        const numbers = value === null ? list.start : [value];
        list.start = null; // only the first item bears it
        return item(node, inner, { depth: Number(node.dataset.ariaLevel) || at.depth || 1, ordered: list.ordered, numbers });
      }
      const numbered = BLOCKS.has(tag) && /mso-list:\s*\S+\s+level(\d)/.exec(style);
      if (numbered) return item(node, inner, { depth: Number(numbered[1]), ...kindOf(markerOf(node, page), node) });
      if (!BLOCKS.has(tag)) return inside(node, inner);
      end();
      const last = lines.at(-1);
      // Word: a paragraph without a bullet between those that have one still belongs to its item.
      const goesOn = last && last.depth && /MsoListParagraph/.test(node.className);
      inside(node, goesOn ? { ...inner, depth: last.depth } : inner);
      return end();
    }

    function preformatted(text, at) {
      text.split(/\r?\n/).forEach((part, number) => {
        if (number) put("\n", at);
        put(part, at);
      });
    }

    walk(page.body, { depth: 0, strong: false, em: false, href: "", pre: false, list: null });
    return lines;
  }

  // The styles of classes ("p.s1, span.xl65 { … }"), as Pages and Excel use them.
  function classesOf(sheets) {
    const found = new Map();
    for (const sheet of sheets) {
      const rules = sheet.replace(/<!--|-->|\/\*[^]*?\*\//g, "").matchAll(/([^{}]+)\{([^{}]*)\}/g);
      for (const [, selectors, style] of rules) {
        for (const selector of selectors.split(",")) {
          const named = /^\s*\w*\.([\w-]+)\s*$/.exec(selector);
          if (named) found.set(named[1], `${found.get(named[1]) ?? ""};${style}`);
        }
      }
    }
    return found;
  }

  function styleOf(node, sheet) {
    const styles = [...node.classList].map((name) => sheet.get(name) ?? "");
    return [...styles, node.getAttribute(`${MARK}style`) ?? ""].join(";").toLowerCase();
  }

  function marksOf(node, tag, style) {
    const marks = {};
    if (tag === "b" || tag === "strong") marks.strong = true;
    if (tag === "i" || tag === "em") marks.em = true;
    if (tag === "pre") marks.pre = true;
    if (tag === "a") {
      const href = (node.getAttribute("href") ?? "").replace(/\s+/g, "");
      marks.href = isAllowed(href) ? href : "";
    }
    if (/^h[1-6]$/.test(tag) || !style.includes("font")) return marks; // a heading is bold by itself; here it is a paragraph
    const rules = style.split(";").map((rule) => rule.trim());
    const said = (name) => rules.findLast((rule) => rule.startsWith(`${name}:`))?.slice(name.length + 1);
    const [weight, slant, font] = [said("font-weight"), said("font-style"), said("font")];
    if (font) [marks.strong, marks.em] = [/\bbold\b|\b[6-9]00\b/.test(font), /\b(italic|oblique)\b/.test(font)];
    if (weight && !/inherit/.test(weight)) marks.strong = /^\s*(bold|[6-9]00)/.test(weight);
    if (slant && !/inherit/.test(slant)) marks.em = /^\s*(italic|oblique)/.test(slant);
    return marks;
  }

  const isAllowed = (href) => /^(https?|mailto):./i.test(href);
  const numberOf = (text) => (/^-?\d{1,6}$/.test(text ?? "") ? Number(text) : null);

  // A bullet drawn with a letter of a picture font.
  function isSymbol(node, style) {
    return /font-family:\s*["']?(symbol|wingdings|webdings)/.test(style) && node.textContent.trim().length === 1;
  }

  // A space that a browser has made a hard one because it stands at the edge of an element.
  function isSpace(node) {
    const isMade = node.classList.contains("Apple-converted-space") || (node.localName === "span" && !node.attributes.length);
    return isMade && node.textContent === "\u00a0";
  }

  // The bullet or number that Word writes into a paragraph of a list; it is taken out.
  function markerOf(paragraph, page) {
    const ignored = [...paragraph.querySelectorAll("*")].find((node) =>
      /mso-list:\s*ignore/i.test(node.getAttribute(`${MARK}style`)),
    );
    if (ignored) {
      ignored.remove();
      return ignored.textContent;
    }
    const comments = page.createTreeWalker(paragraph, NodeFilter.SHOW_COMMENT);
    let opened = null;
    while (comments.nextNode()) {
      const comment = comments.currentNode;
      if (/^\[if !supportLists\]/i.test(comment.data)) opened = comment;
      if (opened && /^\[endif\]/i.test(comment.data)) {
        const range = page.createRange();
        range.setStartAfter(opened);
        range.setEndBefore(comment);
        const marker = range.toString();
        range.deleteContents();
        return marker;
      }
    }
    return "";
  }

  // Whether a marker counts, and which numbers it may stand for: "i." is the ninth letter or the first Roman number.
  function kindOf(marker, paragraph) {
    const said = /^\(?(?:\d+\.)*(?:(\d{1,4})[.):]?|([a-z]{1,4})[.):])\)?$/i.exec(marker.replace(/\s/g, ""));
    if (!said) return { ordered: !marker.trim() && /MsoListNumber/.test(paragraph.className), numbers: null };
    if (said[1]) return { ordered: true, numbers: [Number(said[1])] };
    const letters = said[2].toLowerCase();
    const numbers = /^(.)\1*$/.test(letters) ? [letters.charCodeAt(0) - 96 + 26 * (letters.length - 1)] : [];
    if (/^[ivxlc]+$/.test(letters)) numbers.push(roman(letters));
    return { ordered: true, numbers: numbers.length ? numbers : null };
  }

  function roman(letters) {
    const values = [...letters].map((letter) => ({ i: 1, v: 5, x: 10, l: 50, c: 100 })[letter]);
    return values.reduce((sum, value, place) => sum + (value < (values[place + 1] ?? 0) ? -value : value), 0);
  }

  // From plain text

  // Lines that a PDF or a mail program has broken are joined; `typed` text is taken line by line.
  function fromText(text, typed = false) {
    const lines = unbroken(
      text
        .replace(/\r\n?/g, "\n")
        .replace(/[\f\u2029]/g, "\n\n")
        .replace(/[\v\u0085\u2028]/g, "\n"),
      typed,
    );
    const runs = (line) =>
      line
        .split(/(\n)/)
        .filter(Boolean)
        .map((part) => ({ text: part }));
    return built(marked(lines.map((line) => ({ depth: 0, starts: false, runs: runs(line) }))));
  }

  function unbroken(text, typed) {
    const plain = text.replace(/\u00ad\n/g, "").replace(DROPPED, "");
    let raw = plain.split("\n").map((line) => line.trimEnd());
    const full = raw.filter((line) => line.trim());
    if (full.length && full.filter((line) => line.startsWith(">")).length > full.length / 2) {
      raw = raw.map((line) => line.replace(/^(> ?)+/, "")); // an answer that quotes
    }
    const width = full.reduce((widest, line) => Math.max(widest, line.length), 0);
    const broken = !typed && width >= 40 && width <= 130;
    const parted = raw.some((line, number) => !line.trim() && number && number < raw.length - 1);
    const out = [];
    let before = "";
    let rings = false; // "o" is a bullet behind the end of a sentence, or behind another such line; elsewhere it may be a word
    for (const line of raw) {
      const isRing = !typed && /^\s*o (?=\S)/.test(line) && (rings || /[:;.]$/.test(before));
      rings = isRing || (rings && Boolean(before) && !BULLET.test(line.trim()));
      const words = isRing ? line.trim().replace("o", "◦") : line.trim();
      const last = out.length - 1;
      const begins = BULLET.test(words) || (!typed && NUMBER.test(words));
      const inItem = last >= 0 && (BULLET.test(out[last]) || NUMBER.test(out[last]));
      if (words && (!before || begins)) {
        out.push(words);
      } else if (words) {
        // Broken is a line after which the next word would not have fitted.
        const isFull = broken && !before.endsWith(":") && before.length + 1 + words.split(/\s/)[0].length > width * 0.82;
        if (isFull || (inItem && !typed && /^\s{2}/.test(line))) out[last] = joined(out[last], words, plain);
        else if (!inItem && (typed || (parted && !(broken && /[.:;!?]$/.test(before))))) out[last] += `\n${words}`;
        else out.push(words);
      }
      before = line;
    }
    return out;
  }

  // Two halves of a line; a hyphen between them goes, unless the word is written with it elsewhere.
  function joined(one, other, text) {
    const broken = /(\p{L}+)-$/u.exec(one.slice(-50));
    if (!broken) return `${one} ${other}`;
    const next = /^\p{L}*/u.exec(other)[0];
    const isCompound = !/^\p{Ll}/u.test(next) || text.includes(`${broken[1]}-${next}`);
    return (isCompound ? one : one.slice(0, -1)) + other;
  }

  // From lines to lists

  // Lines tidied and parted at two line breaks; paragraphs that begin with a bullet or with numbers in a row become items.
  function marked(lines) {
    const tidy = lines.flatMap(parted);
    const signs = tidy.map((line) => {
      const text = line.depth ? "" : textOf(line);
      const bullet = BULLET.exec(text);
      const number = bullet ? null : NUMBER.exec(text);
      if (bullet) return { sign: bullet[1] ?? bullet[2] ?? bullet[3], length: bullet[0].length };
      return number && { sign: "1", length: number[0].length, number: Number(number[1]) };
    });
    const counts = (place, step) => {
      let other = place + step;
      while (signs[other] && signs[other].number === undefined) other += step;
      return signs[other]?.number === signs[place].number + step;
    };
    const levels = [];
    return tidy.map((line, place) => {
      const found = signs[place];
      if (!found || (found.number !== undefined && !counts(place, 1) && !counts(place, -1))) {
        levels.length = 0;
        return line;
      }
      const known = levels.indexOf(found.sign);
      const isNew =
        found.number !== undefined &&
        known < 0 &&
        !textOf(tidy[place - 1])
          .trimEnd()
          .endsWith(":");
      if (known >= 0 || isNew) levels.length = known + 1; // numbers behind bullets are a list in a list only after a colon
      if (known < 0) levels.push(found.sign);
      const numbers = found.number === undefined ? null : [found.number];
      return { depth: levels.length, starts: true, ordered: Boolean(numbers), numbers, runs: without(line.runs, found.length) };
    });
  }

  const textOf = (line) => (line?.runs ?? []).map((run) => run.text).join("");

  function parted(line) {
    const rows = [[]];
    for (const run of line.runs) {
      if (run.text === "\n") rows.push([]);
      else rows.at(-1).push({ ...run, text: run.text.replace(DROPPED, "") });
    }
    const out = [];
    let open = false;
    for (const row of rows.map(trimmed)) {
      if (!row.length) open = false;
      else if (open) out.at(-1).runs.push({ text: "\n" }, ...row);
      else out.push({ ...line, starts: line.starts && !out.length, runs: row });
      open = open || row.length > 0;
    }
    return out;
  }

  function trimmed(row) {
    const runs = row.filter((run) => run.text);
    while (runs.length && !runs[0].text.trim()) runs.shift();
    while (runs.length && !runs.at(-1).text.trim()) runs.pop();
    if (runs.length) runs[0] = { ...runs[0], text: runs[0].text.trimStart() };
    if (runs.length) runs.push({ ...runs.at(-1), text: runs.pop().text.trimEnd() });
    return runs;
  }

  function without(runs, length) {
    const left = [];
    for (const run of runs) {
      const cut = Math.min(length, run.text.length);
      length -= cut;
      left.push({ ...run, text: run.text.slice(cut) });
    }
    return trimmed(left);
  }

  function built(lines) {
    const root = [];
    const open = []; // lists, the outermost first
    for (const line of lines) {
      while (open.length && open.at(-1).depth > line.depth) open.pop();
      const top = open.at(-1);
      if (!line.depth || (!line.starts && !top)) {
        root.push(`<p>${inline(line.runs)}</p>`);
      } else if (!line.starts) {
        const item = top.items.at(-1);
        if (typeof item.at(-1) === "string") item.push("<br>");
        item.push(inline(line.runs));
      } else {
        listFor(line, open, root).items.push([inline(line.runs)]);
      }
    }
    return root.map(written).join("");
  }

  function listFor(line, open, root) {
    const same = open.length && (open.at(-1).depth === line.depth || open.length >= DEEPEST) ? open.at(-1) : null;
    const next = same ? same.start + same.items.length : 1;
    const number = !line.numbers || line.numbers.includes(next) ? next : Math.min(...line.numbers);
    if (same && same.ordered === line.ordered && (!line.ordered || number === next)) return same;
    if (same) open.pop();
    const isNew = !line.numbers;
    const list = { depth: line.depth, ordered: line.ordered, start: isNew ? 1 : number, items: [] };
    (open.length ? open.at(-1).items.at(-1) : root).push(list);
    open.push(list);
    return list;
  }

  function written(part) {
    if (typeof part === "string") return part;
    const tag = part.ordered ? "ol" : "ul";
    const start = part.ordered && part.start !== 1 ? ` start="${part.start}"` : "";
    return `<${tag}${start}>${part.items.map((item) => `<li>${item.map(written).join("")}</li>`).join("")}</${tag}>`;
  }

  function inline(runs) {
    return runs
      .map(({ text, strong, em, href }) => {
        if (text === "\n") return "<br>";
        let html = escaped(text);
        if (em) html = `<em>${html}</em>`;
        if (strong) html = `<strong>${html}</strong>`;
        return href ? `<a href="${escaped(href)}">${html}</a>` : html;
      })
      .join("");
  }

  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const escaped = (text) => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter]);

  return { fromHtml, fromText, parse, ownHtml, isAbsurd, isAllowed };
})();
