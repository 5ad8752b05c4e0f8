"""Sentences: broken off, brackets left open, small letters after a stop (R14), no subject (R22); paragraphs too long (R26)."""

import re
from collections.abc import Iterator

from readiness.finding import Mark, Severity
from readiness.passage import ABBREVIATIONS, Part, Passage, Stretch
from readiness.registers import Registers

LABEL = re.compile(r"(?<![\w(])(?:[ivx]{1,4}|[a-z]|\d{1,2})\)", re.IGNORECASE)
"""An enumeration's "a)", "ii)", "3)": a bracket that was never opened, and rightly."""
SMALL_AFTER_STOP = re.compile(r"(?P<before>[^\s.]{1,40}(?:\.[^\s.]{1,10}){0,4}[)\"”’»]?)\. (?P<after>[^\W\d_][\w-]{0,40})")
_NO_END = {
    "en": (
        "a an the and or of to in on with for by from at as into including such between its their his her that which who our "
        "this these"
    ),
    "fr": (
        "un une le la les l' d' et ou de des du à au aux en dans avec pour par sur sans comme dont qui que leur leurs son sa "
        "ses ce cette ces"
    ),
    "es": "un una el la los las y e o u de del a al en con para por sin sobre como que su sus este esta estos estas",
}
NO_END = {language: frozenset(words.split()) for language, words in _NO_END.items()}
"""Words after which something must come."""
MOST_WORDS_IN_A_PARAGRAPH = 150

BARE_VERBS = {
    "en": frozenset(
        "acquire attend become benefit deepen develop follow gain get join learn obtain participate receive take".split()
    ),
    "fr": frozenset("acquérir apprendre approfondir assister bénéficier développer obtenir participer recevoir suivre".split()),
    "es": frozenset("adquirir aprender asistir beneficiarse desarrollar obtener participar profundizar recibir".split()),
}
"""Verbs that need somebody who does it, where they open a paragraph of their own."""
_HEADED = re.compile(r"(?:Through|By|Via|During|With|Thanks to|Alongside|Under) ")
_FINITE = re.compile(
    r"\b(?:will|would|shall|is|are|was|were|can|may|must|should|could|has|have|had|does|do|jpo|incumbent|she|he|they|we|you|it|"
    r"candidate|officer|there)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<!\bto)(?<!\band)(?<!\bor)(?<![,–-]) (?:get|be|become|gain|receive|learn|acquire|obtain|deepen) ")
_LONGEST_SENTENCE = 600


def bracket_never_closed(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A bracket that is opened and not closed in its paragraph, or closed and never opened."""
    for part in passage.parts:
        if not any(sign in part.text for sign in "()[]"):
            continue
        labels = {found.end() - 1 for found in LABEL.finditer(part.text)}
        opened: list[int] = []
        for place, sign in enumerate(part.text):
            if sign in "([":
                opened.append(place)
            elif sign in ")]" and opened:
                opened.pop()
            elif sign in ")]" and place not in labels:
                yield _at(part.start + place, "A bracket is closed here that was never opened.", passage, Severity.WARNING)
        if opened:
            yield _at(part.start + opened[0], "This bracket is never closed. Close it, or finish the sentence.", passage)


def _at(place: int, said: str, passage: Passage, severity: Severity | None = None) -> Mark:
    """A mark on the bracket with the words around it."""
    text = passage.text
    start = max(text.rfind(" ", 0, max(place - 1, 0)) + 1, text.rfind("\n", 0, place) + 1, place - 40)
    ends = [end for end in (text.find(" ", place + 2), text.find("\n", place)) if end > 0]
    return Mark(start, min([*ends, place + 40, len(text)]), said, None, severity)


def small_after_stop(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A sentence that begins with a small letter after a full stop: two texts were put together."""
    for part in passage.parts:
        for found in SMALL_AFTER_STOP.finditer(part.text):
            if found["after"][0].islower() and not _rightly_small(found["before"], found["after"], part.text[found.end() :]):
                said = (
                    f"A small letter after a full stop: “{found['before']}. {found['after']}”. Join the sentences, or begin anew."
                )
                yield Mark(part.start + found.start(), part.start + found.end(), said)


def _rightly_small(before: str, after: str, rest: str) -> bool:
    word = before.strip('()[]"“”’»«').casefold()
    return (
        word in ABBREVIATIONS
        or "." in word
        or len(word) < 2
        or word.isdigit()
        or not word[-1:].isalpha()
        or any(sign.isupper() for sign in after)
        or rest[:1] in (".", "@", "/")
        or word.endswith(("ltd", "inc", "corp", "dept", "govt", "univ", "ref", "tel"))
    )


def broken_off(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A paragraph or item that ends in a word after which something must come."""
    parts = passage.parts
    for place, part in enumerate(parts):
        following = parts[place + 1] if place + 1 < len(parts) else None
        if not passage.is_prose or part.has_more or (following and following.list and following.depth > part.depth):
            continue
        if found := ends_openly(part, passage.language):
            start = part.end - len(part.text[-90:]) + found.start()
            yield Mark(start, part.end, f"The text breaks off after “{found['last']}”. Finish the sentence.")


def ends_openly(part: Part, language: str) -> re.Match[str] | None:
    """Whether a paragraph ends in a word after which something must come; the match has the word as `last`."""
    found = re.search(r"(?P<before>\S{0,40}) (?P<last>[^\W\d_]{1,12}['’]?)\s*$", part.text[-90:])
    if found and found["last"] in NO_END[language] and found["before"][-1:] not in (";", ","):
        return found
    return None


def no_subject(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Paragraphs without somebody who acts: "Benefit from training." between full sentences, "Through the work get trained"."""
    paragraphs = [part for part in passage.parts if part.text and not part.depth]
    verbs = BARE_VERBS[passage.language]
    bare = [part for part in paragraphs if part.text.split(None, 1)[0].lower() in verbs]
    if any(part.text.rstrip().endswith(":") for part in passage.parts):
        bare = []  # a lead says who
    if bare and len(bare) < len(paragraphs):
        yield _without_subject(next(passage.sentences_of(bare[0])), "The JPO will …")
    for part in paragraphs:
        said = [*passage.sentences_of(part)]
        begun = [sentence.text.split(None, 1)[0].lower() in verbs for sentence in said]
        if True in begun and not begun[0]:
            yield _without_subject(said[begun.index(True)], "The JPO will …")
    if passage.language == "en":
        headed = next(
            (sentence for part in paragraphs for sentence in passage.sentences_of(part) if _is_headed(sentence.text)), None
        )
        if headed:
            yield _without_subject(headed, "… the JPO will …")


def _is_headed(sentence: str) -> bool:
    """Whether a sentence has a head, "Through the work", and a verb, but nobody who acts."""
    is_open = _HEADED.match(sentence) and len(sentence) <= _LONGEST_SENTENCE and not _FINITE.search(sentence)
    return bool(is_open and _BARE.search(sentence))


def _without_subject(sentence: Stretch, instead: str) -> Mark:
    opening = " ".join(sentence.text[:200].split()[:4]).rstrip(".,;:")
    return Mark(sentence.start, sentence.end, f"“{opening} …” has no subject. Say who acts: “{instead}”.")


def long_paragraph(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A paragraph of more than about 150 words."""
    for part in passage.parts:
        if len(part.text) > MOST_WORDS_IN_A_PARAGRAPH * 3 and (words := len(part.text.split())) > MOST_WORDS_IN_A_PARAGRAPH:
            said = f"One paragraph of {words} words. Part it in two or three, each with one thought."
            yield Mark(part.start, part.end, said)
