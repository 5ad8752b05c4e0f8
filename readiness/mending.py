"""Mending: the fix of a finding applied to the answer in which it stands."""

from documents import retouching
from documents.form import Box, Kind
from readiness.finding import Finding, How


def mended(box: Box, answer: str, finding: Finding) -> str:
    """An answer with the fix of a finding applied.

    Args:
        answer: the very one in which the finding was found, as it is stored.

    Raises:
        ValueError: the finding has no fix.
    """
    if not (fix := finding.fix):
        raise ValueError("This finding has no fix.")
    if box.kind is not Kind.PROSE:
        return " ".join(f"{answer[: finding.start]}{fix.text}{answer[finding.end :]}".split(" ")).strip()
    match fix.how:
        case How.LINK:
            return retouching.linked(answer, finding.start, finding.end, fix.text)
        case How.LIST:
            return retouching.listed(answer, finding.start, finding.end, fix.text.split("\n"))
    return retouching.replaced(answer, finding.start, finding.end, fix.text)
