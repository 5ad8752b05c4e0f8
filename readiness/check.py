"""The check: every finding of a document, in the order of the form."""

import functools
from collections.abc import Iterator
from dataclasses import replace

from documents import prose
from documents.document import Document
from documents.form import Box, Form, Kind
from readiness.finding import Finding, Mark, Severity
from readiness.passage import Passage
from readiness.registers import Registers
from readiness.rule import Rule, Whole
from readiness.rules import RULES
from readiness.wording import Wording, wording_of

_ORDER = list(Severity)


def findings(document: Document, form: Form, registers: Registers) -> tuple[Finding, ...]:
    """What a careful reader would find in a document.

    Args:
        form: the form it is written on, with its guidance and examples; a frozen document's own form has none.
        registers: what is known of offices, outcomes, instruments, acronyms and terms.

    Returns:
        The findings in the order of the form; within a box by their place, the graver first. The same document, form
        and registers always give the same.
    """
    whole = _whole(document, wording_of(form), registers)
    found = [*_missing(whole)]
    for name, passage in whole.passages.items():
        found += _in_box(name, passage.answer, whole.wording, registers)
    for rule in RULES:
        if rule.compares:
            found += [_finding(rule, whole.passages[mark.box], mark) for mark in rule.compares(whole)]
    found = list(_without_what_goes(found))
    place = {name: number for number, name in enumerate(form.boxes)}
    ordered = sorted(found, key=lambda f: (place[f.box], f.start, _ORDER.index(f.severity), f.end, f.rule))
    return tuple({(f.rule, f.box, f.start, f.end): f for f in reversed(ordered)}.values())[::-1]


def findings_beside(text: str, box: str, form: Form, registers: Registers) -> tuple[Finding, ...]:
    """What is found in a text that stands in no box, as a doubt of the reader does: by the rules that look at any text.

    Args:
        text: plain text.
        box: the name of the box to which it may belong, if any; findings bear it.
    """
    wording = wording_of(form)
    known = form.boxes.get(box) or Box(box, Kind.PROSE)
    section = form.section_of[box].name if box in form.boxes else ""
    passage = Passage(replace(known, kind=Kind.PROSE), section, prose.from_plain(text), wording)
    return tuple(_finding(rule, passage, mark) for rule in RULES for mark in rule.marks_in(passage, registers))


def _missing(whole: Whole) -> Iterator[Finding]:
    """What stands in the way of submission, as findings (R01, R02): the document's own list of problems, not a second one."""
    document, form = whole.document, whole.wording.form
    for section in form.sections:
        problems = [(box, said) for box in section.boxes if (said := _problem(box, document[box.name], document.field_post))]
        if problems and all(box.is_empty(document[box.name]) for box in section.boxes):
            said = f"Nothing is written in “{section.heading}” yet."
            yield Finding("R01", Severity.BLOCKER, section.name, problems[0][0].name, 0, 0, "", said)
        for box, said in problems:
            code = EMPTY.get(box.name, "R02") if box.is_empty(document[box.name]) else "R00"
            yield Finding(code, Severity.BLOCKER, section.name, box.name, 0, 0, "", said)


def _problem(box: Box, answer: str, field_post: bool) -> str | None:
    """What the form itself says of an answer; one that is far too long is not even counted, which would take seconds."""
    if len(answer) > LONGEST:
        return f"“{box.title}” is far too long; there is room for {box.most_words} words."
    return box.problem(answer, field_post)


def _without_what_goes(found: list[Finding]) -> Iterator[Finding]:
    """The findings but those inside words that are to be deleted anyway: nobody mends what goes."""
    going = [finding for finding in found if finding.rule in ("R03", "R28")]
    for one in found:
        inside = any(g is not one and g.box == one.box and g.start <= one.start and one.end <= g.end for g in going if one.end)
        if one in going or not inside:
            yield one


EMPTY = {"outcomes": "R11", "key_outputs": "R13"}
"""The rule under which an empty box is told, where it has one of its own."""


LONGEST = 60_000
"""Characters of the longest answer that is read. None has room for a quarter of it: of more, only that is told."""


def _whole(document: Document, wording: Wording, registers: Registers) -> Whole:
    passages = {
        box.name: _passage(box.name, answer if len(answer := document[box.name]) <= LONGEST else "", wording)
        for section in wording.form.sections
        for box in section.boxes
        if box.kind is not Kind.CHOICE
    }
    return Whole(document, wording, registers, passages)


@functools.lru_cache(maxsize=256)  # a passage of a thousand words takes some 300 kB
def _passage(name: str, answer: str, wording: Wording) -> Passage:
    return Passage(wording.form.boxes[name], wording.form.section_of[name].name, answer, wording)


@functools.lru_cache(maxsize=1024)
def _in_box(name: str, answer: str, wording: Wording, registers: Registers) -> tuple[Finding, ...]:
    """What is found in one box alone; remembered while its text stays, so that a save checks what was changed."""
    passage = _passage(name, answer, wording)
    if passage.is_empty:
        return ()
    return tuple(_finding(rule, passage, mark) for rule in RULES for mark in rule.marks_in(passage, registers))


def _finding(rule: Rule, passage: Passage, mark: Mark) -> Finding:
    return Finding(
        rule=rule.code,
        severity=mark.severity or rule.severity,
        section=passage.section,
        box=passage.box.name,
        start=mark.start,
        end=mark.end,
        quote=passage.text[mark.start : mark.end],
        sentence=rule.sentence(mark),
        fix=mark.fix,
    )
