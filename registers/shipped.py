"""What the registers hold from the beginning: the files of `registers/shipped`, entered where they are not yet there."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from registers.models import LANGUAGES as NAMED_LANGUAGES
from registers.models import Instrument, Term

FOLDER = Path(__file__).parent / "shipped"

TERM = ("language", "words", "instead", "reason", "rule", "severity")
FILES: tuple[tuple[str, str, Sequence[str], Sequence[str]], ...] = (
    # register, file, its columns, those that must be filled
    ("term", "terms.csv", TERM, ("language", "words", "reason", "rule", "severity")),
    ("term", "phrases.csv", TERM, ("language", "words", "reason", "rule", "severity")),
    ("term", "inclusive.csv", TERM, ("language", "words", "reason", "rule", "severity")),
    ("term", "offices.csv", TERM, ("language", "words", "reason", "rule", "severity")),
    ("word", "words.csv", ("language", "word"), ("word",)),
    ("acronym", "acronyms.csv", ("letters", "expansion", "known", "language"), ("letters",)),
    ("instrument", "instruments.csv", ("kind", "number", "year", "title", "language"), ("kind", "year", "title", "language")),
)
KEYS = {
    "term": ("language", "words"),
    "word": ("word", "language"),
    "acronym": ("letters",),
    "instrument": ("kind", "number", "year"),
}
"""What makes two rows one entry."""
FILLED = {
    "acronym": ("expansion", "expansion_fr", "expansion_es"),
    "instrument": ("title", "title_fr", "title_es"),
}
"""What an entry says in a language."""
LANGUAGES = {code for code, _ in NAMED_LANGUAGES}
RULES, SEVERITIES, KINDS = ({*choices.values} for choices in (Term.Rule, Term.Severity, Instrument.Kind))
YES = {"": False, "0": False, "no": False, "1": True, "yes": True}


class Malformed(Exception):
    """A shipped file is not as it must be; the message names file, line and what is wrong."""


def entries(register: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The shipped entries of a register, each as the values of its fields; a file that is absent or empty has none.

    Raises:
        Malformed: a row is not as it must be.
    """
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for name, file, columns, needed in FILES:
        if name == register:
            for where, row in _rows(folder / file, columns, needed):
                entry = READ[register](row, where)
                key = tuple(entry[field] for field in KEYS[register])
                found[key] = _joined(found[key], entry) if key in found else entry
    return list(found.values())


def load(model: Callable[[str], Any], folder: Path = FOLDER) -> None:
    """Enters what is shipped and not yet there; what the JPO unit has entered or changed stays as it is.

    So it may be called again, by a migration, whenever more is shipped. An entry that is there already is given what is
    shipped for a language in which it said nothing, unless somebody has changed it.

    Args:
        model: gives the model of a register by its name; a migration's own, or the one of today.
    """
    changed = set(model("change").objects.values_list("register", "entry"))
    for register, key in KEYS.items():
        table = model(register)
        there = {tuple(getattr(entry, field) for field in key): entry for entry in table.objects.all()}
        shipped = {tuple(entry[field] for field in key): entry for entry in entries(register, folder)}
        table.objects.bulk_create([table(**entry) for at, entry in shipped.items() if at not in there], batch_size=200)
        known = [(entry, shipped[at]) for at, entry in there.items() if at in shipped and (register, entry.pk) not in changed]
        fields = [field for field in FILLED.get(register, ()) if any(not getattr(e, field) and s[field] for e, s in known)]
        for entry, more in known if fields else ():
            for field in fields:
                setattr(entry, field, getattr(entry, field) or more[field])
        if fields:
            table.objects.bulk_update([entry for entry, _ in known], fields, batch_size=200)


def _rows(path: Path, columns: Sequence[str], needed: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, None)
        if header and header != [*columns]:
            raise Malformed(f"{path.name}, line 1: the columns must be {','.join(columns)}.")
        for cells in reader:
            where = f"{path.name}, line {reader.line_num}"
            if not any(cells):
                continue
            if len(cells) != len(columns):
                raise Malformed(f"{where}: {len(cells)} columns where {len(columns)} are needed; quote what holds a comma.")
            row = {column: " ".join(cell.split()) for column, cell in zip(columns, cells, strict=True)}
            if missing := [column for column in needed if not row[column]]:
                raise Malformed(f"{where}: {', '.join(missing)} must be filled.")
            yield where, row


def _one_of(allowed: set[str], value: str, where: str) -> str:
    if value not in allowed:
        raise Malformed(f"{where}: “{value}” must be one of {', '.join(sorted(allowed))}.")
    return value


def _term(row: dict[str, str], where: str) -> dict[str, Any]:
    _one_of(LANGUAGES, row["language"], where)
    _one_of(RULES, row["rule"], where)
    _one_of(SEVERITIES, row["severity"], where)
    if row["words"] == row["instead"]:
        raise Malformed(f"{where}: “{row['words']}” would be replaced by itself.")
    return dict(row)


def _word(row: dict[str, str], where: str) -> dict[str, Any]:
    _one_of(LANGUAGES | {""}, row["language"], where)
    if " " in row["word"]:
        raise Malformed(f"{where}: “{row['word']}” is more than one word.")
    return dict(row)


def _acronym(row: dict[str, str], where: str) -> dict[str, Any]:
    _one_of({*YES}, row["known"], where)
    _one_of(LANGUAGES | {""}, row["language"], where)
    entry = {"letters": row["letters"], "known": YES[row["known"]]}
    for language, field in _fields("expansion"):
        entry[field] = row["expansion"] if row["language"] in ("", language) else ""
    return entry


def _instrument(row: dict[str, str], where: str) -> dict[str, Any]:
    _one_of(KINDS, row["kind"], where)
    _one_of(LANGUAGES, row["language"], where)
    if not (row["number"] or "0").isdecimal() or not row["year"].isdecimal():
        raise Malformed(f"{where}: number and year are written in figures.")
    entry = {"kind": row["kind"], "number": int(row["number"] or 0), "year": int(row["year"])}
    return entry | {field: row["title"] if row["language"] == language else "" for language, field in _fields("title")}


def _fields(name: str) -> list[tuple[str, str]]:
    """The field of each language: title, title_fr, title_es."""
    return [("en", name), ("fr", f"{name}_fr"), ("es", f"{name}_es")]


def _joined(entry: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Two rows of one entry, in two languages."""
    return {field: entry[field] or more[field] for field in entry}


READ: dict[str, Callable[[dict[str, str], str], dict[str, Any]]] = {
    "term": _term,
    "word": _word,
    "acronym": _acronym,
    "instrument": _instrument,
}
