"""Measures of a round trip: does every word arrive, and do the words arrive in their order?"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

ALIKE = str.maketrans("‘’‚‛“”„«»‐‑‒–—−", '\'\'\'\'"""""------')


def words_of(text: str) -> list[str]:
    """The words of a text, comparable: NFKC, no capitals, soft hyphens gone, words parted by a hyphen joined.

    A hyphen between two letters goes, with the line end behind it: a page may break "high-level" after its hyphen.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u00ad", "").translate(ALIKE)
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)-\s*(?=\w)", "", plain))


def recall(reference: Sequence[str], extracted: Sequence[str]) -> float:
    """The share of the reference's words, each counted as often as it stands there, that the extracted text has."""
    return sum((Counter(reference) & Counter(extracted)).values()) / len(reference) if reference else 1.0


def order(reference: Sequence[str], extracted: Sequence[str]) -> float:
    """The share of the reference's words that the extracted text has in the same order (longest common subsequence)."""
    return common(list(reference), list(extracted)) / len(reference) if reference else 1.0


def common(one: list[str], other: list[str]) -> int:
    """The length of the longest common subsequence of two lists of words."""
    # Bits instead of a table: row by row, a set bit marks where the subsequence does not grow (Hyyrö 2004).
    places: dict[str, int] = {}
    for place, word in enumerate(one):
        places[word] = places.get(word, 0) | 1 << place
    every = (1 << len(one)) - 1
    row = every
    for word in other:
        found = row & places.get(word, 0)
        row = (row + found | row - found) & every
    return len(one) - row.bit_count()
