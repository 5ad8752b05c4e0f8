"""Reading a PDF back with the tools that others read it with: Poppler and qpdf."""

import functools
import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any


def text(pdf: bytes) -> str:
    """The text layer."""
    return _run(["pdftotext", "-", "-"], pdf).decode()


@functools.cache
def read_aloud(pdf: bytes) -> str:
    """The text in the order of the tags, as a screen reader says it."""
    tree = _on_file(["pdfinfo", "-struct-text"], pdf).decode()
    return "\n".join(re.findall(r'^ *"(.*?)"$', tree, re.MULTILINE | re.DOTALL))


def bounds(pdf: bytes) -> str:
    """Where every word stands, as Poppler's HTML says it."""
    return _run(["pdftotext", "-bbox", "-", "-"], pdf).decode()


def info(pdf: bytes) -> dict[str, str]:
    """What `pdfinfo` says: Title, Pages, Tagged…"""
    said = _on_file(["pdfinfo", "-isodates"], pdf).decode()
    return {key: value.strip() for key, _, value in (line.partition(":") for line in said.splitlines())}


def pages(pdf: bytes) -> list[str]:
    """The text of every page."""
    return text(pdf).split("\f")[:-1]


def colours(pdf: bytes) -> list[set[bytes]]:
    """The colours that each page shows, as red, green and blue."""
    with tempfile.TemporaryDirectory() as folder:
        _on_file(["pdftoppm", "-r", "20"], pdf, f"{folder}/page")
        pictures = [path.read_bytes() for path in sorted(Path(folder).iterdir())]
    dots = [picture.split(b"\n", 3)[3] for picture in pictures]
    return [{dot[place : place + 3] for place in range(0, len(dot), 3)} for dot in dots]


def objects(pdf: bytes) -> dict[str, Any]:
    """Every object of the file, as qpdf's JSON has them."""
    whole = json.loads(_on_file(["qpdf", "--json"], pdf))
    return dict(whole["qpdf"][1])


def catalog(pdf: bytes) -> dict[str, Any]:
    """The file's catalog: language, metadata, bookmarks…"""
    return next(
        thing["value"]
        for thing in objects(pdf).values()
        if isinstance(thing.get("value"), dict) and thing["value"].get("/Type") == "/Catalog"
    )


def links(pdf: bytes) -> list[str]:
    """The addresses that links lead to."""
    things = [thing.get("value") for thing in objects(pdf).values()]
    notes = [thing for thing in things if isinstance(thing, dict) and thing.get("/Subtype") == "/Link"]
    return sorted({note["/A"]["/URI"].removeprefix("u:") for note in notes})


def bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    """The bookmarks, each with its level."""
    found: list[tuple[int, str]] = []

    def walk(marks: list[dict[str, Any]], level: int) -> None:
        for mark in marks:
            found.append((level, mark["title"]))
            walk(mark["kids"], level + 1)

    walk(outlines(pdf), 1)
    return found


def outlines(pdf: bytes) -> list[dict[str, Any]]:
    """The bookmarks with all that qpdf says of them: title, open, destpageposfrom1, kids."""
    return list(json.loads(_on_file(["qpdf", "--json", "--json-key=outlines"], pdf))["outlines"])


def enclosures(pdf: bytes) -> dict[str, str]:
    """The files enclosed in the PDF, by name."""
    with tempfile.TemporaryDirectory() as folder:
        _on_file(["pdfdetach", "-saveall", "-o", folder], pdf)
        return {path.name: path.read_text() for path in Path(folder).iterdir()}


def drawn(pdf: bytes) -> str:
    """What draws the pages: the operators of every stream, in the clear."""
    return _on_file(["qpdf", "--qdf", "--object-streams=disable"], pdf, "-").decode("latin-1")


def fonts(pdf: bytes) -> list[str]:
    """The fonts embedded in the file, without the mark of their subset."""
    rows = _on_file(["pdffonts"], pdf).decode().splitlines()[2:]
    return sorted(row.split()[0].partition("+")[2] for row in rows)


def _run(command: list[str], pdf: bytes) -> bytes:
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout


def _on_file(command: list[str], pdf: bytes, *after: str) -> bytes:
    """What a command says that wants the name of a file."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return _run([*command, file.name, *after], b"")
