"""Lists: end marks (R15), lists typed as text (R24), outputs that are activities (R13)."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from readiness.finding import Fix, How, Mark
from readiness.passage import Part, Passage
from readiness.registers import Registers
from readiness.sentences import ends_openly

# R15

CLOSERS = "\"'”’»)]"
LONG_ENOUGH = 8
"""A paragraph of fewer words may be a heading or a catchword: it needs no full stop."""
LAST_WORDS = 4
NO_BREAK = "\u00a0\u202f"
AND = re.compile(r"[;,] (?:and|or|and/or|et|ou|y|o|e|u)$")
"""What joins the last item to the others; the mark before it is the item's."""


def uneven_end_marks(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An item that does not end as the others of its list do."""
    for items in passage.lists.values():
        ending = [item for item in items if not item.has_more and not item.text.rstrip().endswith(":") and item.text.strip()]
        for item, wanted in _uneven(ending):
            if ends_openly(item, passage.language):
                continue  # it is told as broken off
            start, end = _last_words(item)
            words = passage.text[start:end]
            if wanted:
                said = f"The other items of this list end in “{wanted}”; this one does not."
                space = "\u00a0" if wanted == ";" and passage.language == "fr" else ""
                yield Mark(start, end, said, Fix(f"{words.rstrip('.,; ' + NO_BREAK)}{space}{wanted}"))
            else:
                said = f"The other items of this list have no “{words[-1]}” at the end."
                yield Mark(start, end, said, Fix(words[:-1]))


def no_full_stop(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A paragraph of some length that ends without a full stop."""
    for place, part in enumerate(passage.parts):
        lead = place + 1 < len(passage.parts) and passage.parts[place + 1].list and not part.list
        if part.list or lead or "\n" in part.text or len(part.text.split()) < LONG_ENOUGH or _ends_in_address(passage, part):
            continue
        if ends_openly(part, passage.language):
            continue
        if _mark_of(part.text) == "" and part.text.rstrip()[-1:] not in tuple(":;,…–-"):
            start, end = _last_words(part)
            yield Mark(start, end, "This paragraph ends without a full stop.", Fix(f"{passage.text[start:end]}."))


def _uneven(items: Sequence[Part]) -> Iterator[tuple[Part, str]]:
    """The items that end otherwise than their list does, each with the mark it should end in."""
    if len(items) < 2:
        return
    marks = [_mark_of(item.text) for item in items]
    wanted = _wanted(marks)
    for place, (item, mark) in enumerate(zip(items, marks, strict=True)):
        last = place == len(items) - 1
        should = "." if wanted in (";", ",") and last else wanted
        nested = last and item.depth > 1 and mark in (wanted, ";", ".")  # it ends as the item around it does
        if mark == should or nested or mark in ("?", "!", "…"):
            continue
        if should == "" and ("." in item.text.rstrip()[:-1] or len(mark) != 1):
            continue  # it holds sentences, and rightly ends as they do
        yield item, should


def _wanted(marks: Sequence[str]) -> str:
    """The mark most items but the last end in; a full stop where as many end in one as in anything else."""
    counted = Counter(marks[:-1])
    most = max(counted.values())
    for mark in (";", ","):
        if counted[mark] == most and counted["."] != most:
            return mark  # and a full stop after the last
    counted["."] += marks[-1] == "."
    most = max(counted.values())
    return next(mark for mark in (".", ";", ",", "", *counted) if counted[mark] == most)


def _mark_of(text: str) -> str:
    """The mark a text ends in, within closing quotes or brackets or after them; "" if it ends in none."""
    bare = AND.sub(lambda found: found[0][0], text.rstrip())
    for ending in (bare, bare.rstrip(CLOSERS)):
        if ending and ending[-1] in ".;,?!…":
            return ending[-1]
    return ""


def _last_words(part: Part) -> tuple[int, int]:
    found = re.search(rf"(?:\S+\s+){{0,{LAST_WORDS - 1}}}\S+\s*$", part.text[-200:])
    text = found[0] if found else part.text[-200:]
    return part.end - len(text), part.start + len(part.text.rstrip())


def _ends_in_address(passage: Passage, part: Part) -> bool:
    last = part.text.rsplit(maxsplit=1)[-1]
    return bool(re.search(r"https?://|www\.|@|\w/\w|\.\w{2,4}$", last)) or passage.is_linked(part.end - 1, part.end)


# R24

FEWEST_PIECES = 3
WITHIN = re.compile(r"(?<![\w(])\(?(?:[1-9]|[a-h]|i{1,3}|iv|vi?)\) (?=\w)")
_SIGN = r"(?:\d{1,2}[.)]|(?:[a-z]|[ivx]{1,4})[.)]|\((?:[a-z0-9]{1,2}|[ivx]{1,4})\))\s+"
BULLET = re.compile(rf"(?:[-–•·*▪●○]\s+|{_SIGN})(?=\S)", re.IGNORECASE)
PIECE = re.compile(rf"\s*(?:{_SIGN})?(?P<words>[^;]+(?:;(?:\s(?:and|or|et|ou|y|o|e|u)(?=\s{_SIGN}))?)?)", re.IGNORECASE)
"""One of several things parted by semicolons, without the number typed before it."""


def typed_as_paragraph(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A list written as one paragraph with semicolons."""
    for part in passage.parts:
        if part.list or "\n" in part.text or part.text.count(";") < FEWEST_PIECES - 1:
            continue
        lead = re.match(r"[^;:]{0,200}:\s+", part.text)
        begin = lead.end() if lead else 0
        pieces = [piece["words"].strip() for piece in PIECE.finditer(part.text[begin:]) if piece["words"].strip()]
        if len(pieces) >= FEWEST_PIECES and all(len(piece) > 4 for piece in pieces):
            said = f"{len(pieces)} things in one paragraph, parted by semicolons. Make it a list."
            start = part.start + begin
            yield Mark(start, part.start + len(part.text.rstrip()), said, Fix("\n".join(pieces), How.LIST))


def numbered_in_a_sentence(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Three things and more numbered within a paragraph: "(1) drafting, (2) statistics, (3) …"."""
    for part in passage.parts:
        signs = list(WITHIN.finditer(part.text)) if part.text.count(")") >= FEWEST_PIECES else []
        if len(signs) >= FEWEST_PIECES:
            start, end = part.start + signs[0].start(), part.start + len(part.text.rstrip())
            yield Mark(start, end, f"{len(signs)} things numbered within a paragraph. Make them a list.")


def bare_lines(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Lines parted by line breaks where a list is meant."""
    for part in passage.parts:
        lines = [line.strip() for line in part.text.split("\n") if line.strip()]
        if not part.list and len(lines) >= FEWEST_PIECES and sum(len(line) < 160 for line in lines) == len(lines):
            yield Mark(
                part.start, part.end, f"{len(lines)} lines without bullets. Make them a list.", Fix("\n".join(lines), How.LIST)
            )


def bullet_typed(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Bullets or numbers typed by hand, beside a list's own or instead of one: told once for each list."""
    for run in _runs_of_bullets(passage):
        (first, bullet), (last, _) = run[0], run[-1]
        lines = "\n".join(part.text[sign.end() :].strip() for part, sign in run)
        if first.list and len(run) == 1:
            said = f"“{bullet[0].strip()}” stands beside the list's own sign. Delete it."
            yield Mark(first.start, first.start + bullet.end(), said, Fix(""))
        elif first.list:
            said = f"“{bullet[0].strip()}” and other signs stand beside the list's own. Make it a list without them."
            yield Mark(first.start, last.end, said, Fix(lines, How.LIST))
        elif len(run) > 1:
            yield Mark(first.start, last.end, "A list typed by hand. Make it a real list.", Fix(lines, How.LIST))


def _runs_of_bullets(passage: Passage) -> Iterator[list[tuple[Part, re.Match[str]]]]:
    """The items of one list, or neighbouring paragraphs, that begin with a sign typed by hand."""
    signed = [(part, None if "\n" in part.text and not part.list else BULLET.match(part.text)) for part in passage.parts]
    own: dict[int, list[tuple[Part, re.Match[str]]]] = {}
    for part, sign in signed:
        if sign and part.list:
            own.setdefault(part.list, []).append((part, sign))
    yield from own.values()
    for (is_signed, in_list), run in itertools.groupby(signed, key=lambda pair: (bool(pair[1]), pair[0].list > 0)):
        if is_signed and not in_list:
            yield [(part, sign) for part, sign in run if sign]


def gerund_among_verbs(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An item that begins with "-ing" where the others begin with a verb: "Drafting texts" among "Assist", "Support"."""
    if passage.language != "en":
        return
    for items in passage.lists.values():
        if items[0].depth > 1:
            continue
        firsts = [(item, re.match(r"[A-Za-z]+", item.text)) for item in items]
        odd = [(item, first) for item, first in firsts if first and first[0].endswith("ing") and len(first[0]) > 5]
        if len(items) >= 4 and 0 < len(odd) * 4 <= len(items):
            for item, first in odd:
                said = f"“{first[0]}” stands among items that begin with a plain verb. Begin this one so too."
                yield Mark(item.start, item.start + first.end(), said)


# R13

ACTIVITIES = {
    "en": re.compile(
        r"(?:the )?(?:JPO|incumbent) will (?:\w+ )?\w+"
        r"|(?:to )?(?:regular |monthly |weekly |frequent |periodic )?(?:meetings?|participation|attendance|assistance|involvement"
        r"|liaison)\b"
        r"|(?:to )?(?:assist|attend|participate|help|contribute|prepare|organi[sz]e|coordinate|provide|develop|produce|write"
        r"|conduct"
        r"|carry|collect|analy[sz]e"
        r"|ensure|facilitate|follow|maintain|manage|undertake|compile|identify|implement|liaise|perform|deliver|establish"
        r"|create|represent"
        r"|strengthen|improve|promote|monitor|assess|advise|engage|learn|gain|take|make|work)\b(?! (?:plans?|programmes?"
        r"|papers?|packages?)\b)"
        r"|(?:assisting|attending|participating|helping|contributing|preparing|organi[sz]ing|coordinating|providing"
        r"|developing|drafting|writing"
        r"|conducting|collecting|ensuring|facilitating|maintaining|liaising)\b"
        r"|(?:support|draft|review|research|study|design|update|map|report|brief|supporting|managing|monitoring|working)"
        r" (?:the|a|an|to|and|with)\b|to (?:support|draft|review|research|study|design|update|map|report|brief)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?:réunions?|participation|assistance|présence|collaboration)\b"
        r"|(?!(?:atelier|dossier|cahier|papier|chantier|calendrier|fichier|courrier|avenir|premier"
        r"|dernier)\b)[a-zà-ÿ]{3,20}(?:er|ir)\b"
        r"|(?:prendre|rendre|mettre|entreprendre|promouvoir|produire|suivre|conduire|construire|traduire|introduire)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"(?:reuniones|reunión|participación|asistencia|colaboración)\b"
        r"|(?!(?:taller|dossier|lugar|pilar|primer|tercer|hogar|seminar)\b)[a-zñáéíóú]{3,20}(?:ar|er|ir)\b",
        re.IGNORECASE,
    ),
}


def outputs_are_activities(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An output that is an activity: it begins with a verb, or is a meeting."""
    pattern = ACTIVITIES[passage.language]
    for part in passage.parts:
        if (part.list and part.depth == 1) or (
            not part.list and not part.text.rstrip().endswith(":") and len(passage.parts) == 1
        ):
            if found := pattern.match(part.text):
                said = f"“{found[0]}” is an activity. Name what will be there at the end: a brief, a study, a workshop report."
                yield Mark(part.start, part.start + found.end(), said)
