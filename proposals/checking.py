"""Checking: the readiness check of a proposal's text, with the form it is written on and the registers as they stand."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Count, Max, Subquery, Value
from django.utils import timezone

from documents.document import Document
from organisation.models import Office
from proposals.sections import form
from readiness import registers as values
from readiness.check import findings
from readiness.finding import Finding, Severity
from readiness.registers import Entries, Registers
from registers.models import Acronym, Edition, Instrument, Outcome, Term, Word
from registers.shipped import entries

Stamp = tuple[Any, ...]
_kept: tuple[Stamp, Registers] = (), Registers()


def registers() -> Registers:
    """The registers as they stand now: the same object until something that counts in them is changed, or the day.

    One statement asks whether what this process keeps is still what is there; only when it is not, what has changed is read
    anew: offices alone, or everything.
    """
    global _kept
    today = timezone.localdate()
    stamp = (today, *_stamp())
    kept = _kept
    if kept[0] != stamp:
        read = kept[1] if kept[0][:2] == stamp[:2] else _read(today)
        offices = _offices(today)
        _kept = kept = stamp, read if read.offices == offices else replace(read, offices=offices)
    return kept[1]


def check(document: Document) -> tuple[Finding, ...]:
    """What a careful reader would find in a document, in the order of the form."""
    return findings(document, form(document.form.language), registers())


def _stamp() -> Stamp:
    """What is another after every change: the edition of the registers; how many offices there are, the last one changed."""
    offices = Office.objects.order_by().annotate(all=Value(1)).values("all")
    many, last = offices.annotate(many=Count("pk")).values("many"), offices.annotate(last=Max("changed_at")).values("last")
    return Edition.objects.values_list("token", Subquery(many), Subquery(last)).first() or ()


def _read(today: datetime.date) -> Registers:
    """Everything but the offices."""
    tables = (Outcome, Instrument, Acronym, Term, Word)
    return _assembled(today, *(table.objects.in_force(today) for table in tables))


def _offices(today: datetime.date) -> tuple[values.OfficeEntry, ...]:
    known = Office.objects.exclude(valid_until__lt=today).exclude(valid_from__gt=today).defer("path")
    return tuple(map(_office, known))


def as_shipped(today: datetime.date) -> Registers:
    """The registers as they are shipped, without a database: no office and no outcome is known.

    Args:
        today: the day on which the check is made.
    """
    tables: tuple[Any, ...] = (Instrument, Acronym, Term, Word)
    return _assembled(today, (), *([table(**entry) for entry in entries(table._meta.model_name)] for table in tables))


def _assembled(
    today: datetime.date,
    outcomes: Iterable[Outcome],
    instruments: Iterable[Instrument],
    acronyms: Iterable[Acronym],
    terms: Iterable[Term],
    words: Iterable[Word],
) -> Registers:
    begun = today.year - today.year % 2
    return Registers(
        outcomes=Entries(
            values.Outcome(outcome.biennium, outcome.code, title, language)
            for outcome in outcomes
            for language, title in _in_languages(outcome, "title")
        ),
        instruments=Entries(
            values.Instrument(instrument.kind, instrument.number, instrument.year, title, language)
            for instrument in instruments
            for language, title in _in_languages(instrument, "title")
        ),
        acronyms=Entries(
            values.Acronym(acronym.letters, expansion, acronym.known, language)
            for acronym in acronyms
            for language, expansion in [*_in_languages(acronym, "expansion")] or [("en", "")]
        ),
        terms=Entries(
            values.Term(term.words, term.instead, term.reason, term.language, term.rule, Severity(term.severity))
            for term in terms
        ),
        biennium=f"{begun}-{(begun + 1) % 100:02}",
        words=frozenset(word.word for word in words),
    )


def _office(office: Office) -> values.OfficeEntry:
    former = tuple(name.strip() for name in office.former_names.splitlines() if name.strip())
    return values.OfficeEntry(office.code, (office.name, office.name_fr, office.name_es), former, office.place)


def _in_languages(entry: Any, field: str) -> Iterator[tuple[str, str]]:
    """What an entry says in each language in which it says something."""
    for language, name in (("en", field), ("fr", f"{field}_fr"), ("es", f"{field}_es")):
        if said := getattr(entry, name):
            yield language, said
