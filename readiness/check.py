"""The check: every finding of a document, in the order of the form."""

import functools
from collections.abc import Iterator
from dataclasses import replace

from documents import prose
from documents.document import Document, Problem
from documents.form import FAR_TOO_LONG, Box, Form, Kind
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
    ready = whole(document, form, registers)
    found = [*_missing(ready)]
    for name, passage in ready.passages.items():
        found += _in_box(name, passage.answer, ready.wording, registers)
    for rule in RULES:
        if rule.compares:
            found += [_finding(rule, ready.passages[mark.box], mark) for mark in rule.compares(ready)]
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
    """What stands in the way of submission, as findings: the document's own list of problems, not a second one."""
    form = whole.wording.form
    document = replace(whole.document, form=form)
    for section in form.sections:
        problems = document.problems(section)
        if problems and all(box.is_empty(document[box.name]) for box in section.boxes):
            yield _absent("R01", problems[0], f"Nothing is written in “{section.heading}” yet.")
        for problem in problems:
            name = problem.box.name
            yield _absent(EMPTY.get(name, "R02") if problem.box.is_empty(document[name]) else "R00", problem, problem.sentence)


def _absent(code: str, problem: Problem, sentence: str) -> Finding:
    return Finding(code, Severity.BLOCKER, problem.section.name, problem.box.name, 0, 0, "", sentence, missing=True)


def _without_what_goes(found: list[Finding]) -> Iterator[Finding]:
    """The findings but those inside words that are to be deleted anyway: nobody mends what goes."""
    going = [finding for finding in found if finding.rule in ("R03", "R28")]
    for one in found:
        inside = any(g is not one and g.box == one.box and g.start <= one.start and one.end <= g.end for g in going if one.end)
        if one in going or not inside:
            yield one


EMPTY = {"outcomes": "R11", "key_outputs": "R13"}
"""The rule under which an empty box is told, where it has one of its own."""


def whole(document: Document, form: Form, registers: Registers) -> Whole:
    """A document made ready for the rules; of an answer that is far too long no word is read."""
    wording = wording_of(form)
    passages = {
        box.name: _passage(box.name, answer if len(answer := document[box.name]) <= FAR_TOO_LONG else "", wording)
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
