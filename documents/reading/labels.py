"""Labels: the headings and labels a form prints, and how a line of somebody's file is recognised as one of them."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from documents.form import Box, Form, OnPaper, Section
from documents.reading import inline
from documents.reading.lines import Line, Role
from documents.reading.repair import unmarked
from documents.reading.wordings import MISPRINTS, PARTS, SYNONYMS

HEAD = ("post_number", "month_of_issue", "year")
CONJUNCTIONS = ("and", "et", "y")  # what "&" stands for
LONGEST = 160  # no label is longer, with all its marks


class Means(Enum):
    """What a label stands for."""

    HEAD = "a word of the head"
    SECTION = "a section"
    GROUP = "boxes that share a label"
    BOX = "a box"
    PART = "a box, where its group is already named"


@dataclass(frozen=True)
class Sign:
    """A heading or label of the form: what it stands for, and how the form words it."""

    means: Means
    name: str  # of the box (the first of a group), of the section, or of the word in the head
    wording: str
    section: Section | None = None
    box: Box | None = None
    own: bool = True  # the form's own wording, no synonym


@dataclass(frozen=True)
class Typed:
    """How a label was typed, and what follows it on the line."""

    label: str
    rest: str
    heading: bool = False
    bold: bool = False
    colon: bool = False
    bullet: bool = False

    @property
    def alone(self) -> bool:
        """Whether nothing follows it on the line."""
        return not self.rest

    @property
    def prominent(self) -> bool:
        """Whether it was made to stand out."""
        return self.heading or self.bold or (self.colon and self.alone) or (self.label.isupper() and len(self.label) > 3)


@functools.lru_cache(4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: no capitals, no accents, no marks."""
    folded = "".join(character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))
    return tuple(MISPRINTS.get(word, word) for word in re.findall(r"[^\W_]+", folded.casefold()))


SMALL = frozenset("the of for a an de du des d la le les l un une au aux pour del los las el al lo para su sus".split())
"""Words that do not tell two labels apart."""
FEWEST_LETTERS = 6  # of what is left without them


def stem(word: str) -> str:
    """A word without what tells one from many: "competency" and "competencies", "condición" and "condiciones"."""
    bare = word.removesuffix("s").removesuffix("x").removesuffix("e") if len(word) > 3 else word
    return f"{bare[:-1]}i" if bare.endswith("y") else bare


def core(key: tuple[str, ...]) -> tuple[str, ...]:
    """The words that tell a label from others, as stems: no small words, and one and many alike."""
    kept = tuple(stem(word) for word in key if word not in SMALL)
    return kept if sum(map(len, kept)) >= FEWEST_LETTERS else ()


def holds(typed: tuple[str, ...], wording: tuple[str, ...]) -> bool:
    """Whether words hold a wording, word for word."""
    return any(typed[at : at + len(wording)] == wording for at in range(len(typed) - len(wording) + 1))


class Labels:
    """All headings and labels of one form, found by their words."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.signs: dict[tuple[str, ...], list[Sign]] = {}
        self.near: dict[int, list[tuple[tuple[str, ...], Sign]]] = {}  # by the number of letters
        self.cores: dict[tuple[str, ...], list[Sign]] = {}  # by the words that tell them from others
        for name in HEAD:
            self._add(form.words.get(name, ""), Sign(Means.HEAD, name, form.words.get(name, "")))
        for section in form.sections:
            sign = Sign(Means.SECTION, section.name, section.heading, section)
            self._add(section.heading, sign, *SYNONYMS.get(section.name, ()))
            for box in section.boxes:
                self._add_box(section, box)

    def _add_box(self, section: Section, box: Box) -> None:
        if words(box.label) == words(section.heading):
            return
        if not box.group:
            self._add(box.label, Sign(Means.BOX, box.name, box.label, section, box), *SYNONYMS.get(box.name, ()))
            return
        first = next(other for other in section.boxes if other.group == box.group)
        if first is box:
            self._add(box.group, Sign(Means.GROUP, box.name, box.group, section, box), *SYNONYMS.get(box.name, ()))
        parts = PARTS.get(box.name.rpartition("_")[2], SYNONYMS.get(box.name, ()) if first is not box else ())
        self._add(box.label, Sign(Means.PART, box.name, box.label, section, box), *parts)
        sign = Sign(Means.BOX, box.name, box.title, section, box)
        self._add(f"{box.group} {box.label}", sign)
        self._add(f"{box.label} {box.group}", sign)

    def _add(self, wording: str, sign: Sign, *synonyms: str) -> None:
        if not (key := words(wording)):
            return
        self.signs.setdefault(key, []).append(sign)
        if len("".join(key)) >= 8 and sign.means in (Means.SECTION, Means.GROUP, Means.BOX):
            self.near.setdefault(len("".join(key)), []).append((key, sign))
        for synonym in synonyms:
            if words(synonym) != key:
                self.signs.setdefault(words(synonym), []).append(replace(sign, own=False))
        for loose in {core(words(spelt)) for spelt in (wording, *synonyms)}:
            self.cores.setdefault(loose, []).append(replace(sign, own=False))

    def find(self, line: Line, prefixes: bool) -> Iterator[tuple[Typed, Sign]]:
        """The labels a line may begin with, the likeliest first; with prefixes, also those that nothing sets apart."""
        for typed in _ways_to_read(line):
            for sign in self.meant(typed.label):
                yield typed, sign
        if prefixes:
            yield from self._prefixes(line)

    def meant(self, label: str) -> list[Sign]:
        """What a label may stand for: by its words, with one misprint in it, or by the words that tell it from others."""
        key = words(inline.plain(label))
        if found := self.signs.get(key):
            return found
        if found := next(filter(None, map(self.signs.get, _with_conjunctions(label))), None):
            return found
        if len(key) > 1 and _NUMBERING.match(label.lstrip("*_ ")) and (found := self.signs.get(key[1:])):
            return found
        letters = len("".join(key))
        likely = [pair for length in range(letters - 2, letters + 3) for pair in self.near.get(length, ())]
        if found := [sign for other, sign in likely if _is_near(key, other)]:
            return found
        return self.cores.get(loose, []) if (loose := core(key)) else []

    def _prefixes(self, line: Line) -> Iterator[tuple[Typed, Sign]]:
        """Labels of the first section at the beginning of a line, where a table has lost what set them apart."""
        _, text = unmarked(line.text)
        for box in self.form.sections[0].boxes:
            if text.startswith(f"{box.label} "):
                sign = Sign(Means.BOX, box.name, box.label, self.form.sections[0], box)
                yield Typed(box.label, text[len(box.label) :].strip()), sign


def wordings_in(lines: Sequence[Line], form: Form) -> int:
    """How many headings and labels of a form stand in a file, each at the beginning of a line."""
    own = {section.heading for section in form.sections}
    own |= {wording for box in form.boxes.values() for wording in (box.group, box.label)}
    begun = {words(_NUMBERING.sub("", inline.plain(line.text[:LONGEST]).partition(":")[0].strip(), count=1)) for line in lines}
    return len({words(wording) for wording in own} & begun)


def _with_conjunctions(label: str) -> list[tuple[str, ...]]:
    """The words of a label with what its "&" may stand for; nothing if it has none."""
    return [words(inline.plain(label).replace("&", f" {word} ")) for word in CONJUNCTIONS if "&" in label]


def left_over(label: str, sign: Sign) -> str:
    """What the author typed as a label beyond the form's own words; all of it, if the form words it differently."""
    typed, own = words(inline.plain(label)), words(sign.wording)
    if own in _with_conjunctions(label):
        return ""
    if sign.box and sign.box.label_on_paper is not OnPaper.ALWAYS and sign.means is Means.BOX:
        return inline.plain(label).strip(" :")
    for at in range(len(typed) - len(own) + 1):
        if typed[at : at + len(own)] == own:
            number = tuple(word for word in typed[:at] if not word.isdigit())
            return " ".join(number + typed[at + len(own) :])
    return inline.plain(label).strip(" :\u00a0\u202f")


_NUMBERING = re.compile(r"(?:\d{1,2}|[IVXivx]{1,4}|[A-Za-z])[.):]?\s+")
_COLON = re.compile(r"(?P<label>[^:\uff1a\n]{1,120})[:\uff1a](?P<after>[*_]*)\s*(?P<rest>.*)", re.DOTALL)
_BOLD = re.compile(r"(?P<label>(?P<mark>\*\*|__)[^*_\n]{1,120}(?P=mark))\s*[-–—]?\s*(?P<rest>\S.*)", re.DOTALL)
_GAP = re.compile(r"(?P<label>[^\t\n]{1,120}?)(?:\t+| {3,}| [-–—] )\s*(?P<rest>\S.*)", re.DOTALL)
_BOLD_TAG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_EMPTY_TAG = re.compile(r"</?(?:span|a|u|font|p|div)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CAPITALS = re.compile(r"(?P<label>(?:[A-ZÀ-Þ][A-ZÀ-Þ/&,’'-]*\s+)+)(?P<rest>[*_(]*[A-ZÀ-Þ]?[a-zà-þ].*)", re.DOTALL)
_DEAD_LINK = re.compile(r"\[([^\[\]]*)\]\(#[^()]*\)")


def _ways_to_read(line: Line) -> Iterator[Typed]:
    """The ways to part a line into a label and what follows it."""
    bullet, text = unmarked(line.text)
    if "<" in text:
        text = _EMPTY_TAG.sub("", _BOLD_TAG.sub("**", text)).strip()
    if text.startswith(("[", "**[")):
        text = _DEAD_LINK.sub(r"\1", text, count=1)
    heading = line.role is Role.HEADING
    bold = text.startswith(("**", "__"))
    bare = text.strip("*_ ")
    if len(text) <= LONGEST and not re.search(r"[:\uff1a].*[^\s:\uff1a*_]", bare):
        colon = bare.endswith((":", "\uff1a"))
        yield Typed(bare.rstrip(" :\uff1a*_"), "", heading, bold and text.endswith(("**", "__", ":")), colon, bool(bullet))
    if found := _COLON.match(text):
        yield Typed(found["label"].strip("*_ "), _rest_after_colon(found), heading, bold, True, bool(bullet))
    if found := _BOLD.match(text):
        yield Typed(found["label"].strip("*_ "), found["rest"], heading, True, False, bool(bullet))
    if (found := _CAPITALS.match(text)) and len(found["label"]) < LONGEST:
        yield Typed(found["label"].strip(), found["rest"], heading, bold, False, bool(bullet))
    if found := _GAP.match(text[:LONGEST]):
        yield Typed(found["label"].strip("*_ "), text[found.start("rest") :], heading, bold, True, bool(bullet))


def _rest_after_colon(found: re.Match[str]) -> str:
    """What follows a label, with the marks that belong to it and without those that belong to the label."""
    opening = re.match(r"[*_]*", found["label"])
    closing = re.search(r"[*_]*\s*$", found["label"])
    rest = found["rest"]
    surplus = len(opening[0] if opening else "") - len((closing[0] if closing else "").strip()) - len(found["after"])
    if surplus > 0 and re.match(rf"[*_]{{{surplus}}}(?:\s|$)", rest):
        return rest[surplus:].lstrip()
    if surplus > 0 and opening:
        rest = opening[0][:surplus] + rest
    if surplus < 0:
        rest = found["after"][surplus:] + rest
    return rest if rest.strip("*_ ") else ""


def _is_near(typed: tuple[str, ...], wording: tuple[str, ...]) -> bool:
    """Whether words differ by one misprint: a stretch of at most two letters, or where one ends and the next begins."""
    one, other = "".join(typed), "".join(wording)
    if len(typed) != len(wording):
        return one == other
    if len(one) < 8 or (one[:2] != other[:2] and one[-2:] != other[-2:]) or re.search(r"\d", one):
        return False
    same = min(len(one), len(other))
    begin = next((at for at in range(same) if one[at] != other[at]), same)
    end = next((at for at in range(same - begin) if one[-1 - at] != other[-1 - at]), same - begin)
    return max(len(one), len(other)) - begin - end <= 2
