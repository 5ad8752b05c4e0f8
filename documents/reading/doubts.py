"""Doubts: what a reader could not put into a box, and why, in sentences to the author."""

from dataclasses import dataclass

from documents.form import Box, Kind


@dataclass(frozen=True)
class Doubt:
    """Something a person must look at: the box it may belong to, its text, and why it is in doubt."""

    box: str
    text: str
    why: str
    aside: bool = False
    """Whether it is no text of the proposal: a label that was taken for what it is, or what stood at the ends of pages."""


WHY_HEAD = {
    "post_number": "Post number: the JPO unit gives it when it issues the post.",
    "month_of_issue": "Month of issue: the JPO unit gives it when it issues the post.",
    "year": "Year: the JPO unit gives it when it issues the post.",
}
WHY_LABEL = "A label that the form prints by itself, where it is needed."
WHY_WORDING = "A label that the form words otherwise: “{}”."
WHY_ADDRESS = "A label typed before the e-mail address."
WHY_OUTSIDE = "It stands before the first heading of the form."
WHY_UNLABELLED = "It stands under “{}” without a label."
WHY_BELOW = "It stands below “{}”, which holds one line."
WHY_LINK = "“{}” linked to {}; a line holds no link."
WHY_PAGES = "Page numbers and running heads of the file, left out."


def fitted(box: Box, line: str, doubts: list[Doubt]) -> str:
    """A line as its box holds it: one of its choices, no longer than it may be."""
    if box.kind is Kind.CHOICE:
        chosen, _, rest = line.partition(" ")
        choice = next((choice for choice in box.choices if choice.casefold() == chosen.rstrip(",;.").casefold()), "")
        line, over = choice, rest if choice else line
        why = f"“{box.title}” must be one of: {', '.join(box.choices)}."
    else:
        most = box.most_characters
        cut = len(line) if len(line) <= most else max(line.rfind(" ", 0, most + 1), 0) or most
        line, over = line[:cut].rstrip(), line[cut:].strip()
        why = f"“{box.title}” has room for {most} characters only."
    if over.strip():
        doubts.append(Doubt(box.name, over.strip(), why))
    return line
