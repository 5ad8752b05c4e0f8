"""Readability: sentences that are too long, and boxes that are dense from end to end (R33)."""

from collections.abc import Iterator
from typing import Final

from readiness.finding import Mark
from readiness.passage import Passage, Stretch
from readiness.registers import Registers

LONG: Final = {"en": 50, "fr": 56, "es": 56}
"""Words of the longest sentence that is read without effort; French and Spanish say the same with more words."""
MOST: Final = 2
"""So many long sentences are told of one box: an author who has mended two sees the others."""
DENSE: Final = {"en": 78, "fr": 78, "es": 80}
"""From this index on a text is dense: words in a sentence, and percentage of words of more than six letters, added up."""
LONG_WORD: Final = 6
FEWEST_SENTENCES: Final = 4


def long_sentences(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """The sentences of more words than one reads at once; what is really a list is another rule's matter."""
    limit = LONG[passage.language]
    told = 0
    for sentence in passage.sentences:
        words = len(sentence.text.split())
        if words > limit and sentence.text.count(";") < 2:
            first = " ".join(sentence.text[:200].split()[:5])
            yield Mark(sentence.start, sentence.end, f"“{first} …” is a sentence of {words} words. Make two or three of it.")
            told += 1
            if told == MOST:
                return


def dense_text(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A box of several sentences that are long and full of long words throughout (the index called LIX)."""
    sentences = [sentence for part in passage.parts if not part.depth for sentence in passage.sentences_of(part)]
    if len(sentences) >= FEWEST_SENTENCES and index(sentences) >= DENSE[passage.language]:
        yield Mark(0, 0, f"“{passage.box.title}” is hard to read: long sentences of long words. Shorten some of them.")


def index(sentences: list[Stretch]) -> float:
    """How dense sentences are: their mean number of words, and the percentage of long ones among these."""
    words = [word.strip("()[]“”«»\"'.,;:!?…") for sentence in sentences for word in sentence.text.split()]
    return len(words) / len(sentences) + 100 * sum(len(word) > LONG_WORD for word in words) / max(len(words), 1)
