"""Inline marks: what stands inside a line of converted text (emphasis, links, escapes, tags) as runs of prose."""

import html
import re
from dataclasses import dataclass, field

from documents.prose import MARKS, SCHEMES, Run

_ESCAPABLE = r"[!-/:-@\[-`{-~]"
_TAGS = "b|strong|i|em|u|s|span|font|sup|sub|a|mark|small|ins|code|tt"
_TOKEN = re.compile(
    rf"""
    \\(?P<escaped>{_ESCAPABLE})
    | (?P<entity>&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,30}});)
    | (?P<feed>\n)
    | <(?P<address>(?:https?://|mailto:)[^\s<>]+|[^\s<>@/]+@[^\s<>@/]+)>
    | (?P<tag><!--\s*-->|</?(?:{_TAGS})(?:\s[^<>]*)?/?>)
    | `(?P<code>[^`\n]+)`
    | (?P<stars>\*+)
    | (?P<lines>_+)
    | (?P<opening>!?\[)
    | (?P<closing>\]
        (?:\(\s*<?(?P<target>(?:[^\s()<>\\]|\\.|\((?:[^\s()<>\\]|\\.)*\))*)>?(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)
        | \{{(?P<style>[.\#][^{{}}\n]*)\}})?)
    | (?P<text>[^\\&\n<`*_!\[\]]+|.)
    """,
    re.VERBOSE,
)
_PLAIN = re.compile(r"[^\\&\n<`*_!\[\]]*")


@dataclass
class _Stretch:
    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


@dataclass
class _Reading:
    """The stretches read so far, and where the marks that are still open began."""

    out: list[_Stretch] = field(default_factory=list)
    opened: dict[str, int] = field(default_factory=dict)
    brackets: list[int] = field(default_factory=list)
    targets: list[tuple[int, str]] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.out.append(_Stretch(text))

    def mark(self, name: str, start: int) -> None:
        for stretch in self.out[start:]:
            stretch.marks |= {name}

    def link(self, start: int, target: str) -> None:
        if href := live_target(target):
            for stretch in self.out[start:]:
                stretch.href = href


def runs(text: str) -> list[Run]:
    """The runs of a line or paragraph: text, marks and links; marks without a partner go, dead link targets too."""
    if _PLAIN.fullmatch(text):
        return [Run(text)] if text else []
    reading = _Reading()
    for token in _TOKEN.finditer(text):
        _take(reading, token, text)
    return [Run(stretch.text, stretch.marks, stretch.href) for stretch in reading.out if stretch.text]


def plain(text: str) -> str:
    """The words of a line or paragraph without any marks."""
    return "".join(run.text for run in runs(text))


def markup(text: str) -> str:
    """A line or paragraph as HTML."""
    return "".join(_tagged(run) for run in runs(text))


def live_target(target: str) -> str:
    """Where a link leads, if it leads anywhere outside the file; otherwise nothing."""
    target = re.sub(rf"\\({_ESCAPABLE})", r"\1", html.unescape(target))
    if target.lower().startswith("www."):
        target = f"https://{target}"
    scheme, _, rest = target.partition(":")
    return target if scheme.lower() in SCHEMES and rest.strip("/") else ""


def _tagged(run: Run) -> str:
    if run.text == "\n":
        return "<br>"
    text = html.escape(run.text, quote=False)
    for mark in sorted(run.marks):
        text = f"<{mark}>{text}</{mark}>"
    return f'<a href="{html.escape(run.href)}">{text}</a>' if run.href else text


def _take(reading: _Reading, token: re.Match[str], text: str) -> None:
    """One token's part in the reading."""
    kind = token.lastgroup
    if token["escaped"] is not None:
        reading.add(token["escaped"])
    elif kind == "entity":
        reading.add(html.unescape(token[0]))
    elif token["address"] is not None:
        start = len(reading.out)
        reading.add(token["address"].removeprefix("mailto:"))
        reading.link(start, token["address"] if ":" in token["address"] else f"mailto:{token['address']}")
    elif kind == "tag":
        _take_tag(reading, token[0])
    elif token["code"] is not None:
        reading.add(token["code"])
    elif kind == "stars":
        _take_stars(reading, token, text)
    elif kind == "lines":
        _take_lines(reading, token, text)
    elif kind == "opening":
        reading.brackets.append(len(reading.out))
        reading.add(token[0])
    elif token["closing"] is not None:
        _take_closing(reading, token)
    else:
        reading.add(token[0])


def _take_tag(reading: _Reading, tag: str) -> None:
    found = re.match(r"<(/?)(\w+)", tag)
    name = found[2].lower() if found else ""
    if name == "a":
        if found and not found[1]:
            href = re.search(r"""href\s*=\s*["']?([^"'\s>]*)""", tag, re.IGNORECASE)
            reading.targets.append((len(reading.out), href[1] if href else ""))
        elif reading.targets:
            reading.link(*reading.targets.pop())
    elif name in MARKS and found:
        if not found[1]:
            reading.opened.setdefault(f"<{MARKS[name]}>", len(reading.out))
        elif (start := reading.opened.pop(f"<{MARKS[name]}>", None)) is not None:
            reading.mark(MARKS[name], start)


def _take_stars(reading: _Reading, token: re.Match[str], text: str) -> None:
    """Stars open or close emphasis; a star that can do neither is stray and goes."""
    before, after = text[token.start() - 1 : token.start()], text[token.end() : token.end() + 1]
    if before.isdigit() and after.isdigit():
        reading.add(token[0])
        return
    count = len(token[0])
    closes, opens = bool(before.strip()), bool(after.strip())
    names = {1: ("em",), 2: ("strong",), 3: ("strong", "em")}.get(count, ("strong",))
    for name in names:
        start = reading.opened.pop(name, None) if closes else None
        if start is not None:
            reading.mark(name, start)
        if opens and name not in reading.opened and (start is None or count > 3):
            reading.opened[name] = len(reading.out)


def _take_lines(reading: _Reading, token: re.Match[str], text: str) -> None:
    """Low lines mark emphasis only around whole words and only in pairs; others are the author's."""
    before, after = text[token.start() - 1 : token.start()], text[token.end() : token.end() + 1]
    key = token[0]
    if len(key) < 3 and key in reading.opened and before.strip() and not after.isalnum():
        start = reading.opened.pop(key)
        reading.out[start].text = ""
        reading.mark("em" if key == "_" else "strong", start)
        return
    if len(key) < 3 and after.strip() and not before.isalnum():
        reading.opened[key] = len(reading.out)
    reading.add(key)


def _take_closing(reading: _Reading, token: re.Match[str]) -> None:
    start = reading.brackets.pop() if reading.brackets else None
    target = "" if token["style"] else token["target"]
    if start is None or target is None:
        reading.add(token[0])
        return
    is_picture = reading.out[start].text == "!["
    reading.out[start].text = ""
    reading.brackets.clear()  # no link stands in a link
    if not is_picture:
        reading.link(start, target)
