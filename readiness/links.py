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


SPOKEN_OF = ("link", "here", "site", "page", "ddress", "lien", "ici", "enlace", "aquí")
"""One of these stands in every promise of a link."""
FURTHEST = 60
"""So many characters behind its sentence a promised link may stand."""
PROMISED = re.compile(
    r"\b(?:following (?:web ?)?(?:link|address|url|website|web page)|this (?:web ?)?link(?! between)|link below"
    r"|web(?:site| page) below|click(?:ing)? (?:here|on the link))\b"
    r"|\b(?:(?:lien|adresse|site) suivante?s?|cliqu\w+ ici|lien ci-dessous|enlace siguiente|siguiente enlace|clic aquí"
    r"|(?:information|details|reports?|documents?|publications?)\b[^.;\n]{0,60} (?:available|found|accessed) here"
    r"|(?:informations?|renseignements|rapports?|documents?)\b[^.;\n]{0,60} (?:disponibles?|accessibles?|trouv\w+) ici"
    r"|(?:información|informes?|documentos?)\b[^.;\n]{0,60} (?:disponibles?|accesibles?|encuentra\w*) aquí)\b",
    re.IGNORECASE,
)


def promised_link(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """ "At the following link", and none follows."""
    is_spoken_of = passage.is_prose and any(word in passage.text for word in SPOKEN_OF)
    for found in PROMISED.finditer(passage.text) if is_spoken_of else ():
        sentence = passage.sentence_at(found.start())
        end = sentence.end if sentence else found.end()
        begin = sentence.start if sentence else found.start()
        linked = any(begin <= link.start < end + FURTHEST for link, _ in passage.links)
        if not linked and not ADDRESS.search(passage.text, begin, end + FURTHEST):
            yield Mark(*found.span(), f"“{found[0]}”: no link stands here. Add it, or leave the words out.")


def no_link(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A background without a single web link."""
    if passage.links or ADDRESS.search(passage.text) or not passage.sentences:
        return
    named = next((sentence for sentence in passage.sentences if A_PROJECT.search(sentence.text)), passage.sentences[0])
    yield Mark(
        named.start, named.end, "No web link: donors and candidates want to read more. Link the programme's or project's page."
    )
