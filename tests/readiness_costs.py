"""What the readiness check costs: `python -m tests.readiness_costs [--rounds 20]`.

A whole proposal of some 2,200 words, put together from those of the demonstration, one for each language; one box of 150
words; the real proposals where they lie beside the repository. In every round nothing is remembered of any text;
dictionaries and registers are loaded. Then the share of each rule in the whole proposal, the dearest first. Printed are
medians. Nothing of it is a test: a busy machine decides nothing.
"""

import argparse
import functools
import itertools
import json
import statistics
import time
from collections.abc import Callable, Iterator

import tests.conftest  # noqa: F401 - sets the environment and Django up

import readiness.check as checking  # isort: skip
from documents import prose
from documents.document import Document
from documents.form import Kind
from documents.reader import read_in_its_language
from proposals.sections import form
from readiness import dictionaries, spelling
from readiness.check import findings
from readiness.registers import Registers
from readiness.rule import Rule
from readiness.rules import RULES
from tests.readiness.registers import KNOWN
from tests.readiness.texts import DEMONSTRATION
from tests.seeds import seeds

WORDS = 2_200
LANGUAGES = ("en", "fr", "es")


def answers(language: str) -> Iterator[dict[str, str]]:
    """The answers of each proposal of the demonstration in a language, the longest first."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(DEMONSTRATION.glob("*.json"))]
    yield from sorted((data["boxes"] for data in files if data["language"] == language), key=lambda boxes: -len(str(boxes)))


def long_proposal(language: str) -> Document:
    """A proposal of so many words: one of the demonstration, its boxes filled up from the others (or from itself)."""
    paper_form = form(language)
    first, *others = answers(language)
    boxes = dict(first)
    for other in itertools.cycle(others or [first]):
        for name, box in paper_form.boxes.items():
            if box.kind is Kind.PROSE:
                boxes[name] = prose.appended(boxes.get(name, ""), other.get(name, ""))
            if words_of(Document(paper_form, boxes)) >= WORDS:
                return Document(paper_form, boxes)
    raise AssertionError("A circle has no end.")


def words_of(document: Document) -> int:
    """How many words a document holds."""
    return sum(len(box.words(document[name])) for name, box in document.form.boxes.items())


def forget() -> None:
    """Nothing is remembered of any text."""
    for cached in (checking._passage, checking._in_box, spelling._strange):
        cached.cache_clear()


def timed(act: Callable[[], object], rounds: int) -> str:
    """The median of what an act takes, each time as if it had never been done: by the clock, and of the processor."""
    clock, processor = [], []
    for _ in range(rounds):
        forget()
        begin, worked = time.perf_counter(), time.process_time()
        act()
        clock.append(time.perf_counter() - begin)
        processor.append(time.process_time() - worked)
    return f"{1000 * statistics.median(clock):.1f} ms ({1000 * statistics.median(processor):.1f} ms of the processor)"


def one_rule(rule: Rule, document: Document, registers: Registers) -> Callable[[], None]:
    """What one rule finds, everything else left out; the passages are made anew and not counted."""
    ready = checking.whole(document, document.form, registers)
    for passage in ready.passages.values():
        _ = passage.sentences, passage.words

    def asked() -> None:
        if rule.compares:
            list(rule.compares(ready))
        for passage in ready.passages.values():
            if not passage.is_empty:
                list(rule.marks_in(passage, registers))

    return asked


def shares(document: Document, registers: Registers, rounds: int) -> list[tuple[float, str, str]]:
    """What each rule takes alone of the processor, the dearest first."""
    found = []
    for rule in RULES:
        seen = rule.sees or rule.compares
        name = getattr(seen, "__name__", "?")
        took = []
        for _ in range(rounds):
            act = one_rule(rule, document, registers)
            forget()
            begin = time.process_time()
            act()
            took.append(time.process_time() - begin)
        found.append((1000 * statistics.median(took), rule.code, name))
    return sorted(found, reverse=True)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    registers = KNOWN
    for language in LANGUAGES:
        begin = time.perf_counter()
        dictionaries.is_word(language, "a")
        dictionaries.nearest(language, "xqzwv")
        print(f"dictionary {language} loaded in {1000 * (time.perf_counter() - begin):.0f} ms")
    print()
    for language in LANGUAGES:
        document = long_proposal(language)
        check = functools.partial(findings, document, document.form, registers)
        told = len(check())
        print(f"whole proposal {language}, {words_of(document)} words, {told} findings: {timed(check, rounds)}")
    for path in seeds():
        reading = read_in_its_language(path.read_bytes(), [form(language) for language in LANGUAGES])
        document = Document(form(reading.language), reading.boxes)
        check = functools.partial(findings, document, document.form, registers)
        print(f"{path.stem}, {words_of(document)} words, {len(check())} findings: {timed(check, rounds)}")
    document = long_proposal("en")
    longest = max(document.form.boxes, key=lambda name: len(document[name]))
    one = Document(document.form, {longest: document[longest]})
    check = functools.partial(findings, one, one.form, registers)
    print(f"one box of {words_of(one)} words: {timed(check, rounds)}\n")
    for took, code, name in shares(document, registers, rounds):
        print(f"{took:7.2f} ms  {code}  {name}")


if __name__ == "__main__":
    main()
