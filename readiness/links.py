"""Links: addresses that are no links (R21), a background without any."""

import re
from collections.abc import Iterator

from readiness.finding import Fix, How, Mark
from readiness.passage import Passage
from readiness.registers import Registers

ADDRESS = re.compile(r"(?<![\w@/.])(?:https?://|www\.)[^\s<>\"“”«»]{3,500}", re.IGNORECASE)
A_PROJECT = re.compile(r"\b(?:project|programme|projet|proyecto|programa)\b", re.IGNORECASE)


def bare_address(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An address typed as text: it is made a link with one click."""
    for found in ADDRESS.finditer(passage.text) if passage.is_prose else ():
        address = found[0].rstrip(".,;:!?)]'’")
        end = found.start() + len(address)
        if address.count("(") > address.count(")") and passage.text[end : end + 1] == ")":
            address, end = address + ")", end + 1
        if not passage.is_linked(found.start(), end) and re.search(r"\w\.\w", address):
            href = address if address.lower().startswith("http") else f"https://{address}"
            yield Mark(found.start(), end, f"“{address[:60]}” is text, not a link. Make it one.", Fix(href, How.LINK))


def no_link(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A background without a single web link."""
    if passage.links or ADDRESS.search(passage.text) or not passage.sentences:
        return
    named = next((sentence for sentence in passage.sentences if A_PROJECT.search(sentence.text)), passage.sentences[0])
    yield Mark(
        named.start, named.end, "No web link: donors and candidates want to read more. Link the programme's or project's page."
    )
