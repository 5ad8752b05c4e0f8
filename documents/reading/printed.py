"""Printed: the fixed texts of the form, found again where they stand alone, also as another translator worded them."""

import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from documents.reading.labels import SMALL, stem, words
from documents.reading.lines import Role
from documents.reading.repair import Piece
from documents.reading.wordings import OTHERWISE


class Printed:
    """Fixed texts that follow each other and are printed once; what an author typed once more is the author's."""

    def __init__(self, texts: Sequence[str], named: Mapping[str, str], language: str) -> None:
        """Take the texts in their order, and by name those that other translations are known of."""
        keys = [words(text) for text in texts]
        self.named = named
        self.is_translation = language != "en"
        self.left = Counter(word for key in keys for word in key)
        self.runs = {sum(keys[begin:end], ()) for begin in range(len(keys)) for end in range(begin + 1, len(keys) + 1)}

    def taken_from(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Pieces without those texts, where they stand alone, also where one was split over several; the last ones go."""
        longest = max(map(len, self.runs))
        keys = [key_of(piece) for piece in pieces]
        out = list(pieces)
        for at in reversed(range(len(pieces))):
            end = end_of_fixed(keys[: len(out)], at, self.runs, longest)
            typed = Counter(word for key in keys[at:end] for word in key)
            if end > at and typed <= self.left:
                self.left -= typed
                del out[at:end]
                del keys[at:end]
        return [piece for piece in reversed(out) if not self._is_taken(piece)][::-1]

    def _is_taken(self, piece: Piece) -> bool:
        """Whether a piece is one of the texts in another translation, which then is not left any more."""
        said = piece.words if key_of(piece) else ""
        for name, own in self.named.items():
            versions = (own, *OTHERWISE[name]) if self.is_translation else OTHERWISE[name]
            if said and Counter(words(own)) <= self.left and any(_is_version(said, version) for version in versions):
                self.left -= Counter(words(own))
                return True
        return False


ALIKE = 0.65
"""How much two versions of a text share of the words that tell something; each sentence has at least half of them."""
FEWEST = 8  # such words: a shorter text must have them all


def _is_version(said: str, text: str) -> bool:
    """Whether a text says the same as another in nearly the same words, and nothing else."""
    if len(_telling(text)) < FEWEST:
        return _telling(said) == _telling(text)
    if _likeness(said, text) < ALIKE:
        return False
    sentences = _sentences(text)
    return all(max(_likeness(sentence, other) for other in sentences) >= 0.5 for sentence in _sentences(said))


def _likeness(one: str, other: str) -> float:
    return 2 * len(_telling(one) & _telling(other)) / max(len(_telling(one)) + len(_telling(other)), 1)


@functools.lru_cache(512)
def _telling(text: str) -> frozenset[str]:
    """The words that tell something, as stems."""
    return frozenset(stem(word)[:7] for word in words(text) if len(word) > 2 and word not in SMALL)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=\.)\s+", text) if words(sentence)]


LONGEST_FIXED = 2000  # characters


def key_of(piece: Piece) -> tuple[str, ...]:
    """The words by which a piece is known for a fixed text; none where it cannot be one."""
    return words(piece.words) if piece.role is not Role.HTML and len(piece.text) < LONGEST_FIXED else ()


def end_of_fixed(keys: Sequence[tuple[str, ...]], at: int, fixed: set[tuple[str, ...]], longest: int) -> int:
    """Where a fixed text ends that begins with the piece at a place; the same place if none does."""
    run: tuple[str, ...] = ()
    end = at
    for place in range(at, len(keys)):
        run += keys[place]
        if len(run) > longest or not keys[place]:
            break
        if run in fixed:
            end = place + 1
    return end
