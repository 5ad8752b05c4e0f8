// The editor of prose boxes: puts itself before every <textarea data-prose> and keeps the text area's value equal to what is
// written. It knows the tree of documents/prose.py and nothing else, so that whatever can be typed can be stored.
//
// Other scripts: textarea.jpoEditor = { insert(html), replace(html), mend(html), show(words, near), focus() }; after every change the text area has the new
// HTML and fires "input". Without scripts, or without the library, the text areas stay what they are.
"use strict";

(() => {
  if (typeof ProseMirror === "undefined" || !document.querySelector("textarea[data-prose]")) return;
  const { EditorState, EditorView, Plugin, PluginKey, TextSelection, Selection, Decoration, DecorationSet } = ProseMirror;
  const { Schema, Slice, keymap, baseKeymap, chainCommands, toggleMark, closeHistory, inputRules, InputRule } = ProseMirror;
  const { liftListItem, sinkListItem, splitListItem, undo, redo, undoDepth, redoDepth } = ProseMirror;
  const DEEPEST = 12; // lists in lists, as documents/prose.py
  const LARGEST = 4_000_000; // characters of markup that are read at all
  const GAP = "…";

  // 1. The tree

  const numberOf = (list) => (/^-?\d{1,6}$/.test(list.getAttribute("start") ?? "") ? Number(list.getAttribute("start")) : 1);
  const schema = new Schema({
    nodes: {
      doc: { content: "block+" },
      paragraph: { group: "block", content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
      bullet_list: { group: "block", content: "list_item+", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
      ordered_list: {
        group: "block",
        content: "list_item+",
        attrs: { start: { default: 1, validate: "number" } },
        parseDOM: [{ tag: "ol", getAttrs: (list) => ({ start: numberOf(list) }) }],
        toDOM: ({ attrs }) => (attrs.start === 1 ? ["ol", 0] : ["ol", { start: attrs.start }, 0]),
      },
      list_item: { content: "block+", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
      text: { group: "inline" },
      hard_break: { group: "inline", inline: true, selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    },
    marks: {
      link: {
        attrs: { href: { validate: "string" } },
        inclusive: false,
        parseDOM: [
          {
            tag: "a[href]",
            getAttrs: (link) => jpoPasted.isAllowed(link.getAttribute("href")) && { href: link.getAttribute("href") },
          },
        ],
        toDOM: ({ attrs }) => ["a", { href: attrs.href }, 0],
      },
      strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
      em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    },
  });
  const { paragraph, bullet_list: bullets, ordered_list: numbers, list_item: item, hard_break: lineBreak } = schema.nodes;
  const { link, strong, em } = schema.marks;
  const isList = (node) => node?.type === bullets || node?.type === numbers;
  const continues = (earlier, later) =>
    isList(earlier) &&
    earlier.type === later.type &&
    (later.type === bullets || later.attrs.start === earlier.attrs.start + earlier.childCount);
  const isEmpty = (doc) => doc.childCount === 1 && doc.firstChild.type === paragraph && !doc.firstChild.childCount;

  // The document of a text area's value: HTML if it holds an allowed tag, else plain text.
  function read(value) {
    const isMarkup = /<\/?(a|br|em|li|ol|p|strong|ul)(\s[^<>]*)?\/?>/i.test(value);
    const { page } = jpoPasted.parse(isMarkup ? value : jpoPasted.fromText(value, true));
    return ProseMirror.DOMParser.fromSchema(schema).parse(page.body);
  }

  // The HTML of a document, as documents/prose.py writes it.
  function written(doc) {
    return doc.children.map(block).join("");
  }

  function block(node) {
    if (isList(node)) return list(node);
    return isBlank(node) ? "" : `<p>${inline(node)}</p>`;
  }

  function list(node) {
    const items = node.children.map(itemHtml).filter(Boolean);
    const tag = node.type === numbers ? "ol" : "ul";
    const start = node.type === numbers && node.attrs.start !== 1 ? ` start="${node.attrs.start}"` : "";
    return items.length ? `<${tag}${start}>${items.map((html) => `<li>${html}</li>`).join("")}</${tag}>` : "";
  }

  function itemHtml(node) {
    const parts = node.children.filter((child) => isList(child) || !isBlank(child));
    return parts
      .map((part, place) => (isList(part) ? list(part) : (place && !isList(parts[place - 1]) ? "<br>" : "") + inline(part)))
      .join("");
  }

  function inline(node) {
    let html = "";
    let open = [];
    const close = (kept) => {
      html += open
        .slice(kept)
        .reverse()
        .map((tag) => `</${tag.split(" ")[0]}>`)
        .join("");
      open = open.slice(0, kept);
    };
    for (const part of node.children) {
      const tags = part.isText
        ? part.marks.map(({ type, attrs }) => (type === link ? `a href="${escaped(attrs.href)}"` : type.name))
        : [];
      let shared = 0;
      while (shared < open.length && open[shared] === tags[shared]) shared += 1;
      close(shared);
      for (const tag of tags.slice(shared)) {
        html += `<${tag}>`;
        open.push(tag);
      }
      html += part.isText ? escaped(part.text) : "<br>";
    }
    close(0);
    return html;
  }

  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const escaped = (text) => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter]);
  const figure = (number) => number.toLocaleString("en-GB");
  const isBlank = (node) => !node.textContent.trim();

  // 2. What is done to it

  // Keeps the tree as it is stored: an item's paragraphs are one with line breaks, lists that continue each other are one.
  const tidy = new Plugin({
    appendTransaction(transactions, before, { doc, tr }) {
      if (!transactions.some((transaction) => transaction.docChanged)) return null;
      const joints = [];
      doc.descendants((node, pos, parent, place) => {
        const previous = place ? parent.child(place - 1) : null;
        if (node.isTextblock ? parent.type === item && previous?.isTextblock : isList(node) && continues(previous, node))
          joints.push(pos);
        return !node.isTextblock;
      });
      for (const pos of joints.reverse()) {
        const { nodeBefore, nodeAfter } = tr.doc.resolve(pos);
        tr.join(pos);
        if (nodeAfter.isTextblock && nodeBefore.childCount && nodeAfter.childCount) tr.insert(pos - 1, lineBreak.create());
      }
      return tr.docChanged ? tr : null;
    },
  });

  // The innermost list around the whole selection: its node and where it begins.
  function listAround({ $from, $to }) {
    for (let depth = $from.sharedDepth($to.pos); depth > 0; depth -= 1) {
      if (isList($from.node(depth))) return { node: $from.node(depth), pos: $from.before(depth), depth };
    }
    return null;
  }

  // Sinks the items; a list nested too deep could not be stored.
  function indent(state, dispatch) {
    const { $from } = state.selection;
    let depth = 0;
    for (let at = $from.depth; at > 0; at -= 1) depth += isList($from.node(at)) ? 1 : 0;
    return depth < DEEPEST && sinkListItem(item)(state, dispatch);
  }

  // Lifts the items; a numbered list that is parted by it goes on counting.
  function outdent(state, dispatch) {
    const around = listAround(state.selection);
    if (!around) return false;
    const { node, pos, depth } = around;
    const [first, last] = [state.selection.$from.index(depth), state.selection.$to.index(depth)];
    const parts = node.type === numbers && depth === 1 && last < node.childCount - 1;
    const count = (tr) => {
      const end = tr.mapping.map(pos + node.nodeSize);
      return tr.setNodeMarkup(end - tr.doc.resolve(end).nodeBefore.nodeSize, null, { start: node.attrs.start + first });
    };
    return liftListItem(item)(state, dispatch && ((tr) => dispatch(parts ? count(tr) : tr)));
  }

  // A command as often as it can be done, as one step.
  function repeated(command, state, dispatch) {
    const all = state.tr;
    let now = state;
    const apply = (tr) => {
      tr.steps.forEach((step) => all.step(step));
      now = now.apply(tr);
    };
    while (listAround(now.selection) && command(now, apply));
    dispatch?.(all.setSelection(Selection.fromJSON(all.doc, now.selection.toJSON())).scrollIntoView());
    return all.docChanged;
  }

  // A command on lists, where all is selected: on all the text.
  function onText(command) {
    return (state, dispatch) => {
      const { $from, $to } = state.selection;
      const isText = state.selection instanceof TextSelection;
      return command(isText ? state : state.apply(state.tr.setSelection(TextSelection.between($from, $to))), dispatch);
    };
  }

  // Makes a list of the selection, another kind of list of a list, or paragraphs of a list of this kind.
  function toggleList(type) {
    return onText((state, dispatch) => {
      const around = listAround(state.selection);
      if (around?.node.type === type) return repeated(outdent, state, dispatch);
      const tr = state.tr;
      if (around) {
        dispatch?.(tr.setNodeMarkup(around.pos, type));
        return true;
      }
      const { $from, $to } = state.selection;
      const range = $from.blockRange($to);
      if (!range) return false;
      const start = $from.start(range.depth);
      range.parent.forEach((node, offset, place) => {
        if (place < range.startIndex || place >= range.endIndex) return;
        const pos = tr.mapping.map(start + offset);
        asList(tr, pos, type);
        if (place > range.startIndex) tr.join(pos);
      });
      const before = tr.doc.resolve(range.start).nodeBefore;
      if (type === numbers && before?.type === numbers)
        tr.setNodeMarkup(range.start, null, { start: before.attrs.start + before.childCount });
      dispatch?.(tr.scrollIntoView());
      return true;
    });
  }

  // The block at a place as a list of that kind.
  function asList(tr, pos, type, attrs = null) {
    if (isList(tr.doc.nodeAt(pos))) tr.setNodeMarkup(pos, type, attrs);
    else tr.wrap(tr.doc.resolve(pos + 1).blockRange(), [{ type, attrs }, { type: item }]);
  }

  // "- " and "1. " at the start of a paragraph begin a list, a number also where it goes on counting.
  function listRule(sign, type, startOf) {
    return new InputRule(sign, (state, match, from, to) => {
      const at = state.doc.resolve(from);
      const before = at.depth === 1 ? state.doc.maybeChild(at.index(0) - 1) : null;
      const attrs = startOf(match, before);
      if (at.depth !== 1 || attrs === false) return null;
      const tr = state.tr.delete(from, to);
      const pos = at.before(1);
      asList(tr, pos, type, attrs);
      return continues(before, tr.doc.nodeAt(pos)) ? tr.join(pos) : tr;
    });
  }

  function startOf(match, before) {
    const start = Number(match[1]);
    return start === 1 || (before?.type === numbers && start === before.attrs.start + before.childCount) ? { start } : false;
  }

  const typing = inputRules({
    rules: [listRule(/^\s*[-–*•]\s$/, bullets, () => null), listRule(/^\s*(\d{1,3})[.)]\s$/, numbers, startOf)],
  });

  // The Enter key on an empty item leaves its list.
  function leaveList(state, dispatch) {
    const { $from, empty } = state.selection;
    const isHollow =
      empty && !$from.parent.content.size && $from.depth > 1 && $from.node(-1).type === item && $from.node(-1).childCount === 1;
    return isHollow && outdent(state, dispatch);
  }

  // Backspace at the start of an item takes its bullet away first.
  function takeBullet(state, dispatch) {
    const { $from, empty } = state.selection;
    const isStart = empty && !$from.parentOffset && $from.depth > 1 && $from.node(-1).type === item && !$from.index(-1);
    return isStart && outdent(state, dispatch);
  }

  function breakLine(state, dispatch) {
    dispatch?.(state.tr.replaceSelectionWith(lineBreak.create(), false).scrollIntoView());
    return true;
  }

  const { deleteSelection, joinTextblockBackward, joinBackward, selectNodeBackward } = ProseMirror;
  const { joinTextblockForward, joinForward, selectNodeForward, undoInputRule } = ProseMirror;
  const backspace = chainCommands(
    undoInputRule,
    deleteSelection,
    takeBullet,
    joinTextblockBackward,
    joinBackward,
    selectNodeBackward,
  );
  const remove = chainCommands(deleteSelection, joinTextblockForward, joinForward, selectNodeForward);
  const KEYS = {
    Enter: chainCommands(leaveList, splitListItem(item), baseKeymap.Enter),
    "Shift-Enter": breakLine,
    "Mod-Enter": () => true, // would only make a paragraph of its own
    Backspace: backspace,
    "Shift-Backspace": backspace,
    "Mod-Backspace": backspace,
    Delete: remove,
    "Mod-Delete": remove,
    "Mod-b": toggleMark(strong),
    "Mod-i": toggleMark(em),
    "Mod-k": (state, dispatch, view) => {
      askForLink(view);
      return true;
    },
    "Mod-z": undo,
    "Mod-y": redo,
    "Shift-Mod-z": redo,
    "Mod-Shift-7": toggleList(numbers),
    "Mod-Shift-8": toggleList(bullets),
  };

  // 3. Gaps of an example that was put in

  const gapKey = new PluginKey("gaps");
  const gaps = new Plugin({
    key: gapKey,
    state: {
      init: () => ({ marks: DecorationSet.empty, filling: false }),
      apply(tr, { marks, filling }) {
        const meta = tr.getMeta(gapKey);
        const found = (meta?.found ?? []).map((pos) => Decoration.inline(pos, pos + GAP.length, { class: "jpo-gap" }));
        const left = marks.map(tr.mapping, tr.doc).add(tr.doc, found);
        const filled = left.find().filter((gap) => tr.doc.textBetween(gap.from, gap.to) !== GAP);
        return { marks: left.remove(filled), filling: meta ? true : filling && (tr.docChanged || !tr.selectionSet) };
      },
    },
    props: { decorations: (state) => gapKey.getState(state).marks },
  });

  function gapsBetween(doc, from, to) {
    const found = [];
    doc.nodesBetween(from, to, (node, pos) => {
      for (let at = node.isText ? node.text.indexOf(GAP) : -1; at >= 0; at = node.text.indexOf(GAP, at + 1)) {
        if (pos + at >= from && pos + at < to) found.push(pos + at);
      }
    });
    return found;
  }

  // Goes to the next gap or back; says "leave" when the last one is behind, nothing when there never was one.
  function toGap(view, back) {
    const { marks, filling } = gapKey.getState(view.state);
    const { from, to } = view.state.selection;
    const [before, after] = [marks.find(0, from).filter((gap) => gap.to <= from), marks.find(to).filter((gap) => gap.from >= to)];
    const next = back ? before.at(-1) : after[0];
    if (!next) return filling ? "leave" : "";
    view.dispatch(selecting(view.state.tr, next.from).setMeta(gapKey, {}));
    return "there";
  }

  const selecting = (tr, gap) => tr.setSelection(TextSelection.create(tr.doc, gap, gap + GAP.length)).scrollIntoView();

  // 4. Words that a finding stands on

  const shownKey = new PluginKey("shown");
  const shown = new Plugin({
    key: shownKey,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, before) {
        const range = tr.getMeta(shownKey);
        if (range) return DecorationSet.create(tr.doc, [Decoration.inline(range.from, range.to, { class: "jpo-shown" })]);
        return tr.docChanged || tr.selectionSet ? DecorationSet.empty : before;
      },
    },
    props: {
      decorations: (state) => shownKey.getState(state),
      handleDOMEvents: {
        blur(view) {
          if (shownKey.getState(view.state).find().length) view.dispatch(view.state.tr.setMeta(shownKey, { from: 0, to: 0 }));
        },
      },
    },
  });

  // The text as the server counts it (documents/prose.py): a line for each paragraph and line break, single spaces; and where
  // each of its characters stands.
  function plainText(doc) {
    let text = "";
    const places = [];
    doc.descendants((node, pos) => {
      if (!node.isTextblock) return true;
      if (!isBlank(node)) {
        if (text) add("\n", pos);
        node.descendants((part, at) => {
          if (part.isText) [...Array(part.text.length).keys()].forEach((place) => add(part.text[place], pos + 1 + at + place));
          else add("\n", pos + 1 + at);
        });
      }
      return false;
    });
    function add(letter, place) {
      const isSpace = /\s/.test(letter) && letter !== "\n";
      if (isSpace && (!text || /\s$/.test(text))) return;
      if (letter === "\n" && text.endsWith(" ")) {
        text = text.slice(0, -1);
        places.pop();
      }
      text += letter;
      places.push(place);
    }
    return { text, places };
  }

  // Where words stand, nearest to a place of the plain text; null if nowhere. Without words, the place itself.
  function rangeOf(doc, words, near) {
    const { text, places } = plainText(doc);
    if (!words) return { from: places[near] ?? doc.content.size - 1, to: places[near] ?? doc.content.size - 1 };
    const at = jpoNearest(text, words, near);
    return at < 0 ? null : { from: places[at], to: places[at + words.length - 1] + 1 };
  }

  // Makes of a document another by the smallest change.
  function changed(tr, wanted) {
    const { doc } = tr;
    const from = doc.content.findDiffStart(wanted);
    if (from === null) return null;
    let { a: to, b: toWanted } = doc.content.findDiffEnd(wanted);
    const overlap = Math.max(0, from - Math.min(to, toWanted));
    to += overlap;
    toWanted += overlap;
    try {
      tr.replace(from, to, schema.node("doc", null, wanted).slice(from, toWanted));
      if (tr.doc.content.eq(wanted)) return { from, to: toWanted };
    } catch {
      // A change that reaches over blocks: then the blocks themselves are changed.
    }
    return null;
  }

  // The same block by block: those that are alike before and behind stay.
  function changedBlocks(tr, wanted) {
    const [old, neu] = [tr.doc.children, wanted.content];
    let [first, last] = [0, 0];
    while (first < Math.min(old.length, neu.length) && old[first].eq(neu[first])) first += 1;
    while (last < Math.min(old.length, neu.length) - first && old.at(-1 - last).eq(neu.at(-1 - last))) last += 1;
    const size = (nodes) => nodes.reduce((sum, node) => sum + node.nodeSize, 0);
    const from = size(old.slice(0, first));
    const put = neu.slice(first, neu.length - last);
    tr.replaceWith(from, from + size(old.slice(first, old.length - last)), put);
    return { from, to: from + size(put) };
  }

  // 5. One editor

  function edit(area) {
    const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
    if (label && !label.id) label.id = `${area.id}_label`;
    const hadFocus = document.activeElement === area;
    const text = make("div", { id: `${area.id}_editor`, class: "jpo-editor__text jpo-prose" });
    const keys = make("p", { id: `${area.id}_keys`, class: "visually-hidden" }, KEYS_HINT);
    const said = make("p", { class: "jpo-editor__said", role: "status" });
    const frame = make("div", { class: "jpo-editor" });
    area.before(frame);
    frame.append(area, text, keys, said);
    area.classList.add("jpo-editor__source");
    area.tabIndex = -1;
    area.setAttribute("aria-hidden", "true");
    frame.classList.toggle("jpo-editor--long", area.rows >= 12);

    const opened = { value: area.value, doc: read(area.value) };
    let leaving = false; // whether Tab leaves also where it would indent: after Escape, and for who is only passing by
    let atFocus = area.value;

    const say = (sentence) => {
      said.textContent = sentence;
    };

    const attributes = () => ({
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": label?.id ?? "",
      "aria-describedby": [area.getAttribute("aria-describedby"), keys.id].filter(Boolean).join(" "),
      "aria-invalid": area.getAttribute("aria-invalid") ?? "false",
      "aria-readonly": String(area.readOnly),
      tabindex: "0",
      lang: area.lang,
      spellcheck: "true",
    });

    function onKey(view, event) {
      if (event.key === "Escape") leaving = true;
      if (event.key === "F10" && event.altKey && bar) return bar.focus() || true;
      if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey) {
        if (!["Escape", "Shift", "Tab"].includes(event.key)) leaving = false;
        return false;
      }
      const gone = leaving ? "leave" : toGap(view, event.shiftKey);
      if (gone === "leave") return false;
      if (gone === "there") return true;
      const around = listAround(view.state.selection);
      if (!around || (event.shiftKey && around.depth === 1)) return false;
      return onText(event.shiftKey ? outdent : indent)(view.state, view.dispatch);
    }

    const refuse = (event, sentence) => {
      event.preventDefault();
      say(sentence);
      return true;
    };

    // The HTML of what is put in; none of it if it is too long.
    const most = Number(area.dataset.prose) || Infinity;
    let tooLong = 0;
    const fitting = (html) => {
      tooLong = html.length > most ? html.length : 0; // the room of a box is counted with its tags
      return tooLong ? "" : html;
    };

    // What a box cannot hold is refused in words, and nothing of it is put in.
    function onTransfer(view, event) {
      const data = event.clipboardData ?? event.dataTransfer;
      const [html, plain] = [data.getData("text/html"), data.getData("text/plain")];
      say("");
      tooLong = 0;
      if (data.files.length && !html && !plain) return refuse(event, "Pictures and files cannot be put in here, only text.");
      const isTooMuch = html ? html.length > LARGEST || jpoPasted.isAbsurd(html) : plain.length > 3 * most;
      if (isTooMuch) return refuse(event, "This is too much for one box, and nothing was put in. Copy a smaller part.");
      return false;
    }

    function isRefused(event, slice) {
      const sentence = `This text has ${figure(tooLong)} characters; there is room for ${figure(most)}. Nothing was put in.`;
      if (tooLong) return refuse(event, sentence);
      return !slice.size && refuse(event, "There is no text in what you wanted to put in.");
    }

    function onPaste(view, event, slice) {
      if (isRefused(event, slice)) return true;
      const { selection, tr } = view.state;
      const words = event.clipboardData.getData("text/plain").trim();
      if (!selection.empty && /^https?:\/\/\S+$/i.test(words)) {
        view.dispatch(tr.addMark(selection.from, selection.to, link.create({ href: words }))); // an address becomes their link
        return true;
      }
      const first = slice.content.firstChild;
      const isWhole = isList(first) && slice.content.childCount + first.childCount > 2;
      if (!isWhole || listAround(selection) || isBlank(selection.$from.parent)) return false;
      view.dispatch(tr.replaceSelection(new Slice(slice.content, 0, 0)).scrollIntoView()); // no item ends the sentence before it
      return true;
    }

    const view = new EditorView(
      { mount: text },
      {
        state: stateOf(opened.doc),
        attributes,
        editable: () => !area.readOnly,
        handleKeyDown: onKey,
        handleDOMEvents: {
          focus: () => {
            leaving = true;
            atFocus = area.value;
          },
          blur: () => {
            if (area.value !== atFocus) area.dispatchEvent(new Event("change", { bubbles: true }));
          },
          mouseup: () => {
            leaving = false;
          },
          beforeinput: () => {
            leaving = false;
          },
          paste: onTransfer,
          drop: onTransfer,
        },
        handlePaste: onPaste,
        handleDrop: (at, event, slice, isMoved) => !isMoved && isRefused(event, slice),
        transformPastedHTML: (html) =>
          fitting(/<[^>]*\sdata-pm-slice=/.test(html) ? jpoPasted.ownHtml(html) : jpoPasted.fromHtml(html)),
        clipboardTextParser: (words, around, plain, { state }) => {
          const { page } = jpoPasted.parse(fitting(jpoPasted.fromText(words)));
          return ProseMirror.DOMParser.fromSchema(schema).parseSlice(page.body, { context: state.selection.$from });
        },
        scrollMargin: { top: 80, bottom: 40, left: 0, right: 0 }, // the toolbar stays in the window
        scrollThreshold: { top: 80, bottom: 40, left: 0, right: 0 },
        dispatchTransaction(tr) {
          const before = view.state.doc;
          view.updateState(view.state.apply(tr));
          if (view.state.doc !== before && !tr.getMeta("loaded")) write();
          bar?.update();
        },
      },
    );
    const bar = area.readOnly
      ? null
      : toolbar(view, label, (command) => {
          view.focus();
          leaving = false;
          command(view.state, view.dispatch, view);
        });
    if (bar) frame.insertBefore(bar.element, text);

    // A text that is as it was opened is sent as it was.
    function write() {
      const value = currentValue();
      if (value === area.value) return;
      said.textContent = "";
      area.value = value;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }

    // Takes over what somebody else has put into the text area: a reset, another script, the browser going back.
    function load() {
      const doc = read(area.value);
      Object.assign(opened, { value: area.value, doc });
      view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, doc.content).setMeta("loaded", true));
      bar?.update();
    }

    const step = (tr) => {
      view.dispatch(closeHistory(tr));
      view.dispatch(closeHistory(view.state.tr)); // what is typed next is a step of its own
    };

    area.jpoEditor = {
      // Puts HTML at the end, or where the cursor is if this box was the last one written in; goes to its first gap.
      insert(html) {
        const doc = read(html);
        const tr = view.state.tr;
        const place = placeFor(view.state, lastBox === area);
        const isInline = !/<(p|ul|ol|li)\b/i.test(html) && doc.childCount === 1 && lastBox === area;
        if (isInline) tr.replaceSelection(new Slice(doc.content, 1, 1));
        else tr.replaceWith(place.from, place.to, doc.content);
        const [from, to] = isInline ? [view.state.selection.from, tr.selection.to] : [place.from, place.from + doc.content.size];
        const found = gapsBetween(tr.doc, from, to);
        if (found.length) selecting(tr, found[0]).setMeta(gapKey, { found });
        else tr.setSelection(Selection.near(tr.doc.resolve(to), -1)).scrollIntoView();
        step(tr);
        view.focus();
        leaving = false;
        if (found.length === 1) say("The example has one gap to fill.");
        if (found.length > 1) say(`The example has ${found.length} gaps to fill. Tab goes from one to the next.`);
      },
      // Sets the whole text.
      replace(html) {
        const { tr, doc } = view.state;
        tr.replaceWith(0, doc.content.size, read(html).content);
        step(tr.setSelection(Selection.atEnd(tr.doc)));
      },
      // Takes over a text that was mended elsewhere, as one step to be undone; the cursor stays where it is.
      mend(html) {
        const { doc } = view.state;
        let end = doc.content.size; // lines that somebody has begun and not written yet are not stored, and stay
        for (let at = doc.childCount - 1; at > 0 && isBlank(doc.child(at)); at -= 1) end -= doc.child(at).nodeSize;
        const wanted = read(html).content.append(doc.content.cut(end));
        let tr = view.state.tr;
        let range = changed(tr, wanted);
        if (!range && !doc.content.eq(wanted)) range = changedBlocks((tr = view.state.tr), wanted);
        if (range) step(tr.setMeta(shownKey, range));
        view.focus();
      },
      // Marks words and leads to them; says whether they are there.
      show(words, near) {
        const range = rangeOf(view.state.doc, words, near);
        view.focus();
        if (!range) return false;
        const { tr } = view.state;
        tr.setSelection(TextSelection.create(tr.doc, range.from, range.to)).setMeta(shownKey, range);
        view.dispatch(tr.scrollIntoView());
        return true;
      },
      focus: () => view.focus(),
    };

    area.addEventListener("focus", () => view.focus()); // of its label, of a link to it, of a script
    area.addEventListener("input", (event) => event.target.value !== currentValue() && load());
    area.form?.addEventListener("reset", () => setTimeout(load));
    window.addEventListener("pageshow", () => area.value !== currentValue() && load());
    text.addEventListener("focusin", () => (lastBox = area));
    new MutationObserver(() => view.setProps({ attributes })).observe(area, {
      attributeFilter: ["aria-describedby", "aria-invalid"],
    });
    if (hadFocus || location.hash === `#${area.id}`) view.focus();

    function currentValue() {
      return view.state.doc.eq(opened.doc) ? opened.value : written(view.state.doc);
    }
  }

  const KEYS_HINT =
    "In a list, Tab and Shift+Tab move an item in and out; press Escape, then Tab, to leave the box. " +
    "Alt+F10 leads to the buttons.";
  let lastBox = null; // the box written in last

  const stateOf = (doc) =>
    EditorState.create({ doc, plugins: [typing, keymap(KEYS), keymap(baseKeymap), ProseMirror.history(), tidy, gaps, shown] });

  // Where an example goes: behind the block with the cursor or behind all; in the place of an empty paragraph there.
  function placeFor({ doc, selection }, atCursor) {
    const { $to } = selection;
    const end = atCursor && $to.depth ? $to.after(1) : doc.content.size;
    const before = doc.resolve(end).nodeBefore;
    const isFree = before.type === paragraph && isBlank(before);
    return { from: isFree ? end - before.nodeSize : end, to: end };
  }

  // 6. The toolbar

  const BUTTONS = [
    // name, keys, icon, command, whether it is on
    [
      "Bold",
      "Control+B",
      "M6 3.5h5a3.2 3.2 0 0 1 0 6.4H6zM6 9.9h5.8a3.3 3.3 0 0 1 0 6.6H6z",
      toggleMark(strong),
      (state) => hasMark(state, strong),
    ],
    ["Italic", "Control+I", "M8.5 3.5h6M5.5 16.5h6M11.5 3.5l-3 13", toggleMark(em), (state) => hasMark(state, em)],
    [
      "Link",
      "Control+K",
      "M8.5 11.5a3.2 3.2 0 0 0 4.6 0l3-3a3.2 3.2 0 0 0-4.6-4.6l-1 1M11.5 8.5a3.2 3.2 0 0 0-4.6 0l-3 3a3.2 3.2 0 0 0 4.6 4.6l1-1",
      (state, dispatch, view) => askForLink(view),
      (state) => hasMark(state, link),
    ],
    null,
    [
      "Bulleted list",
      "Control+Shift+8",
      "M8 5h9M8 10h9M8 15h9M3.6 5h.8M3.6 10h.8M3.6 15h.8",
      toggleList(bullets),
      (state) => listAround(state.selection)?.node.type === bullets,
    ],
    [
      "Numbered list",
      "Control+Shift+7",
      "M8.5 5h8.5M8.5 10h8.5M8.5 15h8.5M3 3.6l1.2-.6v4M2.8 13.2c.3-1.3 2.4-1.1 2.2.3-.1 1-1.6 1.7-2.2 3h2.4",
      toggleList(numbers),
      (state) => listAround(state.selection)?.node.type === numbers,
    ],
    ["Move item in", "Tab", "M3 4h14M10 8h7M10 12h7M3 16h14M3 7.5l3 2.5-3 2.5z", onText(indent)],
    ["Move item out", "Shift+Tab", "M3 4h14M10 8h7M10 12h7M3 16h14M6.5 7.5l-3 2.5 3 2.5z", onText(outdent)],
    null,
    ["Undo", "Control+Z", "M6.5 4L3 7.5 6.5 11M3.5 7.5H12a4.5 4.5 0 0 1 0 9H8", undo, null, (state) => undoDepth(state) > 0],
    ["Redo", "Control+Y", "M13.5 4L17 7.5 13.5 11M16.5 7.5H8a4.5 4.5 0 0 0 0 9h4", redo, null, (state) => redoDepth(state) > 0],
  ];

  function hasMark({ doc, selection, storedMarks }, type) {
    const { from, to, empty, $from } = selection;
    return Boolean(empty ? type.isInSet(storedMarks ?? $from.marks()) : doc.rangeHasMark(from, to, type));
  }

  function toolbar(view, label, run) {
    const element = make("div", {
      class: "jpo-editor__bar",
      role: "toolbar",
      "aria-label": `Formatting of “${label?.textContent.trim() ?? "text"}”`,
      "aria-controls": view.dom.id,
    });
    const buttons = [];
    for (const entry of BUTTONS) {
      if (!entry) {
        element.append(make("span", { class: "jpo-editor__gap", "aria-hidden": "true" }));
        continue;
      }
      const [name, keys, path, command, isOn, can] = entry;
      const button = make("button", {
        type: "button",
        class: "jpo-editor__button",
        "aria-label": name,
        title: `${name} (${keys.replace("Control", "Ctrl")})`,
        "aria-keyshortcuts": keys,
        tabindex: "-1",
      });
      button.append(icon(path));
      // With the mouse the cursor stays in the text; with the keyboard the focus stays on the button.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", (event) => {
        if (button.getAttribute("aria-disabled") === "true") return;
        run(command);
        if (!event.detail && !document.querySelector("dialog[open]")) button.focus();
      });
      element.append(button);
      buttons.push({
        button,
        update: () => {
          if (isOn) button.setAttribute("aria-pressed", String(isOn(view.state)));
          button.setAttribute("aria-disabled", String(!(can ? can(view.state) : isOn || command(view.state))));
        },
      });
    }
    let current = 0;
    const go = (place) => {
      current = (place + buttons.length) % buttons.length;
      buttons.forEach(({ button }, at) => (button.tabIndex = at === current ? 0 : -1));
    };
    const focus = () => buttons[current].button.focus();
    element.addEventListener("focusin", ({ target }) => go(buttons.findIndex(({ button }) => button === target)));
    element.addEventListener("keydown", (event) => {
      const step = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (event.key === "Escape") view.focus();
      if (step === undefined) return;
      event.preventDefault();
      go(step);
      focus();
    });
    const update = () => buttons.forEach((one) => one.update());
    go(0);
    update();
    return { element, update, focus };
  }

  // 7. The dialog for a link

  let dialog = null;

  function linkDialog() {
    const address = make("input", {
      id: "jpo-link-address",
      class: "form-control",
      type: "text",
      inputmode: "url",
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": "jpo-link-hint jpo-link-error",
    });
    const words = make("input", { id: "jpo-link-words", class: "form-control", type: "text", autocomplete: "off" });
    const error = make("p", { id: "jpo-link-error", class: "jpo-error", role: "alert" });
    const wordsField = make(
      "div",
      { class: "jpo-field" },
      make("label", { class: "form-label", for: words.id }, "Words of the link"),
      words,
    );
    const removing = make("button", { class: "btn btn-outline-primary", type: "button" }, "Remove link");
    const cancelling = make("button", { class: "btn btn-outline-primary", type: "button" }, "Cancel");
    const form = make(
      "form",
      { method: "dialog", novalidate: "" },
      make("h2", { id: "jpo-link-heading" }, "Link"),
      make(
        "div",
        { class: "jpo-field" },
        make("label", { class: "form-label", for: address.id }, "Address"),
        make("p", { class: "jpo-hint", id: "jpo-link-hint" }, "A web address, or an e-mail address."),
        error,
        address,
      ),
      wordsField,
      make(
        "div",
        { class: "jpo-buttons" },
        make("button", { class: "btn btn-primary", type: "submit" }, "Set link"),
        removing,
        cancelling,
      ),
    );
    const element = make("dialog", { class: "jpo-link", "aria-labelledby": "jpo-link-heading" }, form);
    document.body.append(element);
    return { element, form, address, words, wordsField, error, removing, cancelling };
  }

  function askForLink(view) {
    dialog ??= linkDialog();
    const { element, form, address, words, wordsField, error, removing, cancelling } = dialog;
    const range = linkRange(view.state);
    address.value = range.href;
    words.value = "";
    wordsField.hidden = range.from < range.to;
    removing.hidden = !range.href;
    complain("");
    form.onsubmit = (event) => {
      event.preventDefault();
      const { href, trouble } = addressOf(address.value);
      complain(trouble);
      if (!href) return address.focus();
      const tr = view.state.tr;
      const text = words.value.trim() || href.replace(/^mailto:/i, "");
      if (range.from < range.to) tr.removeMark(range.from, range.to, link).addMark(range.from, range.to, link.create({ href }));
      else
        tr.replaceSelectionWith(
          schema.text(text, [...(view.state.storedMarks ?? view.state.selection.$from.marks()), link.create({ href })]),
          false,
        );
      return close(tr.removeStoredMark(link));
    };
    removing.onclick = () => close(view.state.tr.removeMark(range.from, range.to, link));
    cancelling.onclick = () => close();
    element.onclose = () => view.focus();
    element.showModal();
    address.select();

    function complain(trouble) {
      error.textContent = trouble;
      address.setAttribute("aria-invalid", String(Boolean(trouble)));
    }
    function close(tr) {
      if (tr) view.dispatch(tr.scrollIntoView());
      element.close();
    }
  }

  // What is selected, or the whole link with the cursor in it; and where that leads now.
  function linkRange({ doc, selection }) {
    let { from, to } = selection;
    const { $from, empty } = selection;
    const mark = link.isInSet($from.marks()) || link.isInSet($from.nodeAfter?.marks ?? []);
    if (empty && mark) {
      const start = $from.start();
      $from.parent.forEach((node, offset) => {
        if (!mark.isInSet(node.marks)) return;
        if (start + offset <= selection.from && start + offset + node.nodeSize >= selection.from)
          [from, to] = [start + offset, start + offset + node.nodeSize];
      });
      // Bold words within a link are pieces of their own.
      let moved = true;
      while (moved) {
        const [before, after] = [doc.resolve(from).nodeBefore, doc.resolve(to).nodeAfter];
        moved = Boolean((before && mark.isInSet(before.marks)) || (after && mark.isInSet(after.marks)));
        if (before && mark.isInSet(before.marks)) from -= before.nodeSize;
        if (after && mark.isInSet(after.marks)) to += after.nodeSize;
      }
    }
    return { from, to, href: mark ? mark.attrs.href : "" };
  }

  // A typed address as a link's, or why it is none.
  function addressOf(typed) {
    const text = typed.replace(/\s+/g, "");
    let href = text;
    if (/^[^@/:?]+@[^@/:?]+\.[^@/:?]+$/.test(text)) href = `mailto:${text}`;
    else if (/^[\p{L}\d-]+(\.[\p{L}\d-]+)+(:\d+)?([/?#].*)?$/u.test(text)) href = `https://${text}`;
    if (!text) return { trouble: "Type an address." };
    if (!jpoPasted.isAllowed(href) || !isAddress(href)) {
      return {
        trouble: "A link leads to a web address that begins with https:// or http://, or to an e-mail address. Correct this one.",
      };
    }
    return { href, trouble: "" };
  }

  function isAddress(href) {
    try {
      return Boolean(new URL(href));
    } catch {
      return false;
    }
  }

  // 7. Elements

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function icon(path) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    const shape = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
    shape.setAttribute("d", path);
    svg.append(shape);
    return svg;
  }

  document.documentElement.classList.add("jpo-with-editor");
  document.querySelectorAll("textarea[data-prose]").forEach(edit);
})();
