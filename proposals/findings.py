"""Findings as the drafting pages tell them: beside each box, counted for each section; and their fixes put into a text."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from documents.document import Document
from proposals.checking import check
from proposals.models import Kept
from proposals.sections import form
from proposals.writing import mark
from readiness.finding import Finding, How, Severity
from readiness.mending import mended

MOST_SHOWN = 3
"""So many findings of one rule in a box are shown at once; the others are folded."""
GONE = "There is nothing to put right here any more: the words have changed."
NAMED = re.compile("“([^”]+)”")
LONGEST = 60
"""So many characters of the words of a finding are shown."""


def told(document: Document) -> tuple[Finding, ...]:
    """What is found in a document, but for what pages tell already, as missing in a box."""
    return tuple(found for found in check(document) if not found.missing)


def key(rule: str, box: str, quote: str) -> str:
    """What a reason hangs on: words in a box, as a rule finds them."""
    return f"{rule}:{box}:{mark(quote)}"


def counted(severities: Iterable[Severity]) -> str:
    """How many there are of each: "2 blockers, 1 warning, 4 hints"; nothing if there are none."""
    counts = Counter(severities)
    return ", ".join(_number(counts[severity], severity.word.lower()) for severity in Severity if counts[severity])


def place_of(value: str) -> str:
    """Where a finding that a button names stands on the page of its section."""
    return "finding-" + "-".join(value.split(":")[:3])


@dataclass(frozen=True)
class Told:
    """One finding, as a page tells it."""

    finding: Finding
    kept: Kept | None = None

    @property
    def id(self) -> str:
        """Its place on the page of its section, for links."""
        return place_of(self.value)

    @property
    def value(self) -> str:
        """By what a button names it."""
        return f"{self.finding.box}:{self.finding.rule}:{self.finding.start}:{mark(self.finding.quote)}"

    @property
    def key(self) -> str:
        """What a reason for it hangs on."""
        return key(self.finding.rule, self.finding.box, self.finding.quote)

    @property
    def words(self) -> str:
        """The words it stands on, the middle of many left out."""
        return short(self.finding.quote)

    @property
    def parts(self) -> tuple[str, str, str] | None:
        """The sentence before the words that it names, those words, and the rest; None if it names none of the finding's."""
        sentence, words = self.finding.sentence, self.finding.quote.casefold()
        for named in NAMED.finditer(sentence if words else ""):
            said = named[1].rstrip(" …").casefold()
            if said in words or words in said:
                return sentence[: named.start()], named[1], sentence[named.end() :]
        return None

    @property
    def fix(self) -> str:
        """What its fix does, on the button; empty if it has none."""
        fix, quote = self.finding.fix, self.finding.quote
        if fix is None:
            return ""
        match fix.how:
            case How.LINK:
                return f"Make it a link to {short(fix.text)}"
            case How.LIST:
                return "Make it a list"
        return f"Fix: {_change(quote, fix.text)}"


def _change(old: str, new: str) -> str:
    """What becomes of words, in few words."""
    if not new.strip():
        return f"take out “{short(old)}”" if len(old) <= LONGEST // 2 else "take these words out"
    if old.split() == new.split():
        return "the spaces"
    if new.startswith(old) and _is_mark(sign := new.removeprefix(old)):
        return f"add “{sign}” at the end"
    if old.startswith(new) and _is_mark(sign := old.removeprefix(new)):
        return f"take out “{sign}” at the end"
    return f"“{short(old)}” → “{short(new)}”"


def _is_mark(words: str) -> bool:
    """Whether this is but a mark of punctuation."""
    return not any(map(str.isalnum, words))


@dataclass(frozen=True)
class Group:
    """What one rule finds in one box, told together."""

    members: tuple[Told, ...]

    @property
    def severity(self) -> Severity:
        """How much they matter."""
        return self.members[0].finding.severity

    @property
    def sentence(self) -> str:
        """What is said of all of them; empty if each has a sentence of its own."""
        sentences = {member.finding.sentence for member in self.members}
        return "" if len(sentences) > 1 else sentences.pop()

    @property
    def stops(self) -> bool:
        """Whether any of them stops the submission."""
        return self.severity is Severity.BLOCKER and not all(member.kept for member in self.members)

    @property
    def shown(self) -> tuple[Told, ...]:
        """Those that are shown at once."""
        return self.members[:MOST_SHOWN]

    @property
    def folded(self) -> tuple[Told, ...]:
        """Those that are folded."""
        return self.members[MOST_SHOWN:]

    @property
    def value(self) -> str:
        """By what a button names all of them."""
        return f"{self.members[0].finding.box}:{self.members[0].finding.rule}"

    @property
    def fixes_all(self) -> str:
        """What the button says that fixes them all; empty unless each has a fix."""
        several = len(self.members) > 1 and all(member.finding.fix for member in self.members)
        return f"Fix all {len(self.members)}" if several else ""


@dataclass(frozen=True)
class Beside:
    """What is found in one box: the grave in the open, the hints folded."""

    box: str
    grave: tuple[Group, ...] = ()
    hints: tuple[Group, ...] = ()

    @property
    def said(self) -> str:
        """The grave in a sentence, for who does not see them."""
        found = [member.finding for group in self.grave for member in group.members]
        return f"{counted(finding.severity for finding in found)}: {found[0].sentence}" if found else ""

    @property
    def count_of_hints(self) -> str:
        """What stands on the fold: "3 hints"."""
        return counted(member.finding.severity for group in self.hints for member in group.members)


def beside(found: Iterable[Finding], kept: Mapping[str, Kept]) -> dict[str, Beside]:
    """What is found, by box; the gravest first, what one rule finds told together."""
    grouped: dict[str, dict[tuple[Severity, str], list[Told]]] = {}
    for finding in found:
        reason = kept.get(key(finding.rule, finding.box, finding.quote))
        groups = grouped.setdefault(finding.box, {})
        groups.setdefault((finding.severity, finding.rule), []).append(Told(finding, reason))
    return {box: _beside(box, [Group(tuple(members)) for members in groups.values()]) for box, groups in grouped.items()}


def mend(document: Document, value: str) -> str | None:
    """The answer of a box with a fix applied, or with all fixes of a rule.

    Args:
        value: what the button said: of one finding, or of a group.

    Returns:
        The box's new answer; None if what was to be fixed is no longer there.
    """
    box, _, rest = value.partition(":")
    rule, _, place = rest.partition(":")
    here = [found for found in told(document) if found.box == box and found.rule == rule and found.fix]
    if place:
        start, _, words = place.partition(":")
        at = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 0
        alike = [found for found in here if mark(found.quote) == words]
        here = sorted(alike, key=lambda found: abs(found.start - at))[:1]
    answer, until = document[box], len(document[box]) + 1
    for finding in sorted(here, key=lambda found: found.start, reverse=True):  # from the end: places before stay as they are
        if finding.end <= until:
            answer, until = mended(form(document.form.language).boxes[box], answer, finding), finding.start
    return answer if here else None


def short(words: str) -> str:
    """Words to be shown in little room: one line, the middle of many left out."""
    line = " ".join(words.split()) or words
    if len(line) <= LONGEST:
        return line
    first, last = line[: LONGEST * 2 // 3].rpartition(" ")[0], line[-LONGEST // 3 :].partition(" ")[2]
    return f"{first or line[: LONGEST * 2 // 3]} … {last}".rstrip()


def _beside(box: str, groups: list[Group]) -> Beside:
    grave = [group for group in groups if group.severity is not Severity.HINT]
    ordered = sorted(grave, key=lambda group: list(Severity).index(group.severity))
    return Beside(box, tuple(ordered), tuple(group for group in groups if group.severity is Severity.HINT))


def _number(count: int, word: str) -> str:
    return f"1 {word}" if count == 1 else f"{count} {word}s"
