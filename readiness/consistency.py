"""Consistency: one document, one way of writing: -ise or -ize, compounds with a hyphen or without (R22)."""

import re
from collections.abc import Iterator
from typing import Final

from readiness.finding import Fix, Mark, Severity
from readiness.nouns import alternatives
from readiness.rule import Whole

_FAMILIES: Final = (
    "apolog author capital categor central character collectiv conceptual critic custom decentral digital emphas external "
    "familiar final formal general global harmon ideal incentiv industrial informal institutional international item local "
    "marginal maxim minim mobil modern monet neutral normal operational optim organ penal personal polit popular priorit "
    "privat professional public ration real recogn regular reorgan revital scrutin sensit social special stabil standard "
    "stigmat strateg subsid summar symbol synthes systemat union util valor visual"
).split()
"""Stems that take either; "advise", "exercise", "supervise" take one alone."""
# "Organization" is written with z in the names of the ILO and of its sisters, whatever else a text does.
_ISE: Final = re.compile(
    rf"\b(?!organizations?\b|organizational)(?:{alternatives(_FAMILIES)})i(?P<letter>[sz])(?:e[sdr]?|ers|ing|ations?|ational|able)\b"
)
_SECOND: Final = (
    "based|centred|driven|focused|focussed|friendly|inclusive|led|neutral|oriented|related|responsive|sensitive|specific|"
    "transformative"
)
_HYPHENATED: Final = re.compile(rf"\b[a-z]{{3,20}}-(?:{_SECOND})\b")
_APART: Final = re.compile(rf"\b(?P<first>[a-z]{{3,20}}) (?P<second>{_SECOND}) (?P<next>[a-z][a-z-]{{1,30}})\b")
_NO_NOUNS: Final = frozenset(
    "a an and are as at be been because but by can for from had has have if in into is it its may must not of on only or "
    "over "
    "should so such than that the their through to under upon was were when where which while who will with within".split()
)


def mixed_spelling(whole: Whole) -> Iterator[Mark]:
    """Both -ise and -ize in one English document, at the first of those that are fewer."""
    if whole.language != "en":
        return
    ise = _places(whole, _ISE)
    few, many = sorted(([place for place in ise if place[1]["letter"] == letter] for letter in "zs"), key=len)
    if few:
        box, found = few[0]
        at, other = found.start("letter") - found.start(), many[0][1]
        instead = f"{found[0][:at]}{other['letter']}{found[0][at + 1 :]}"
        said = f"“{found[0]}” here, “{other[0]}” elsewhere. Both are right; keep to one."
        yield _mark(whole, box, found.span(), said, instead if len(few) == 1 else None)


def hyphenated_elsewhere(whole: Whole) -> Iterator[Mark]:
    """A compound with a hyphen in one place and without in another: "gender-responsive", "gender responsive policies"."""
    if whole.language != "en":
        return
    written = {found[0] for _, found in _places(whole, _HYPHENATED)}
    for box, found in _places(whole, _APART) if written else ():
        compound = f"{found['first']}-{found['second']}"
        if compound in written and _describes(found):
            said = f"“{found['first']} {found['second']}” here, “{compound}” elsewhere. Write it one way."
            yield _mark(whole, box, (found.start("first"), found.end("second")), said, compound)


def _describes(found: re.Match[str]) -> bool:
    """Whether a noun follows, or a second compound and then a noun."""
    if found["next"] in ("and", "or"):
        return bool(re.match(r" [a-z]{1,20}-[a-z]{1,20} [a-z]", found.string[found.end() : found.end() + 50]))
    return found["next"] not in _NO_NOUNS


def _places(whole: Whole, pattern: re.Pattern[str]) -> list[tuple[str, re.Match[str]]]:
    """Where a pattern stands, box by box; names of offices and addresses apart."""
    return [
        (box, found)
        for box, passage in whole.passages.items()
        if passage.is_prose or box == "title"
        for found in pattern.finditer(passage.text)
        if not passage.is_address(*found.span())
    ]


def _mark(whole: Whole, box: str, span: tuple[int, int], said: str, instead: str | None) -> Mark:
    fix = Fix(instead) if instead and whole.passages[box].is_even(*span) else None
    return Mark(*span, said, fix, Severity.HINT, box)
