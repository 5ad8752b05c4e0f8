"""Checking: the readiness check of a proposal's text, with the form it is written on and the registers as they stand."""

from documents.document import Document
from proposals.sections import form
from readiness.check import findings
from readiness.finding import Finding
from readiness.registers import Registers

_NONE = Registers()


def registers() -> Registers:
    """The registers as they stand now."""
    return _NONE


def check(document: Document) -> tuple[Finding, ...]:
    """What a careful reader would find in a document, in the order of the form."""
    return findings(document, form(document.form.language), registers())
