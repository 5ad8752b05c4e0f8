"""The rooms of the house: imports point down, every module says what it is, and nothing of a workshop is left behind."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from proposals.sections import TEMPLATE, form
from workflow.picture import diagram, table

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "jpo_portal": {"jpo_portal", "desk", "workflow", "proposals", "readiness", "documents", "organisation", "registers"},
    "desk": {"desk", "workflow", "proposals", "readiness", "documents", "organisation", "registers"},
    "workflow": {"workflow", "proposals", "readiness", "documents", "organisation", "registers"},
    "proposals": {"proposals", "readiness", "documents", "organisation", "registers"},
    "readiness": {"readiness", "documents"},
    "organisation": {"organisation", "documents.prose"},
    "registers": {"registers", "documents.prose"},
    "documents": {"documents"},
}
"""From the top of the house to its ground; what lies below never asks upward."""
NOT_IN_DOCUMENTS = ("django.db", "django.http", "django.conf", "django.urls", "django.shortcuts", "django.contrib", "django.apps")
NOWHERE = ("django.dispatch", "django.db.models.signals", "django.views.generic", "django.contrib.contenttypes.fields")


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """The Python files of some folders, read; migrations apart."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file, ast.parse(file.read_text())


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What a module imports, by line: "documents.prose", "django.db.models"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written in full"
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def within(name: str, packages: Iterator[str] | set[str] | tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_point_down(room):
    upward = [
        f"{file.relative_to(ROOT)}:{line} {name}"
        for file, tree in modules(room)
        for line, name in imported(tree)
        if within(name, (*MAY_IMPORT, "tests")) and not within(name, MAY_IMPORT[room])
    ]
    assert upward == []


def test_documents_and_readiness_know_neither_database_nor_request_nor_settings():
    impure = [
        f"{file.name}:{line} {name}"
        for file, tree in modules("documents", "readiness")
        for line, name in imported(tree)
        if within(name, NOT_IN_DOCUMENTS)
    ]
    assert impure == []


def test_documents_work_without_any_settings():
    """A process that knows no settings reads a document and lays it out for the press."""
    code = (
        "import documents.reader, documents.press\n"
        "from documents.document import Document\n"
        "from documents.form import Box, Form, Kind, Section\n"
        "from documents.paper import Edition, paper\n"
        "box = Box('duties', Kind.PROSE, label='Duties')\n"
        "form = Form('1', 'en', 'Office', 'T', 'S', '', (Section('a', 1, 'A', (box,)), Section('b', 2, 'B', (Box('title', Kind.LINE),))), ())\n"
        "html = paper(Document(form, {'duties': '<p>Read and write.</p>', 'title': 'x'}), kind=Edition.DRAFT)\n"
        "assert 'Read and write.' in html\n"
        "from django.conf import settings\n"
        "assert not settings.configured\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_no_signals_no_class_based_views_no_generic_keys():
    found = [
        f"{file.relative_to(ROOT)}:{line} {name}"
        for file, tree in modules(*MAY_IMPORT)
        for line, name in imported(tree)
        if within(name, NOWHERE)
    ]
    assert found == []


def test_an_import_inside_a_function_says_why():
    silent = []
    for file, tree in modules(*MAY_IMPORT, "tests"):
        lines = file.read_text().splitlines()
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    if not re.search(r"# noqa: PLC0415 - \w+", lines[node.lineno - 1]):
                        silent.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert silent == []


def test_every_module_says_in_a_sentence_what_it_is():
    silent = []
    for file, tree in modules(*MAY_IMPORT, "tests"):
        said = (ast.get_docstring(tree) or "").split("\n\n")[0]
        if tree.body and not said.endswith((".", "?")):
            silent.append(str(file.relative_to(ROOT)))
    assert silent == []


@pytest.mark.parametrize("room", ["documents", "proposals", "workflow"])
def test_public_functions_say_what_they_do(room):
    silent = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file, tree in modules(room)
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
        and not any(isinstance(base, ast.Name) and base.id == "Section" for base in getattr(node, "bases", ()))
    ]  # fmt: skip
    assert silent == [], "a section says what it is by its heading; everything else by a docstring"


# Wording is no part of the database


def test_rewording_the_form_makes_no_migration(monkeypatch):
    for section in TEMPLATE:
        for field in section.fields():
            for wording in ("label", "group", "guidance", "example", "fixed", "lead", "offered"):
                monkeypatch.setattr(field, wording, f"another {wording}")
            monkeypatch.setattr(field, "most_words", 7)
            monkeypatch.setattr(field, "required", "never")
    written = MigrationLoader(None).project_state()
    assert MigrationAutodetector(written, ProjectState.from_apps(apps)).changes(graph=MigrationLoader(None).graph) == {}


def test_no_migration_knows_a_sentence_of_the_form():
    text = "".join(file.read_text() for file in (ROOT / "proposals" / "migrations").glob("*.py"))
    boxes = form("en").boxes.values()
    sentences = {said for box in boxes for said in (box.guidance, box.example, box.lead, box.fixed) if len(said) > 12}
    assert [sentence for sentence in sentences if sentence in text] == []
    assert "proposals.fields" not in text


# What others read


def test_the_readme_shows_the_workflow_as_it_is():
    readme = (ROOT / "README.md").read_text()
    assert table() in readme
    assert diagram() in readme


# Nothing of the workshop

WORKSHOP = [
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/opt/" + "pypi",
    "/opt/" + "wheels",
    "pypi." + "org",
    "python" + "hosted",
    "registry." + "npmjs",
    "--" + "index-url",
    "--extra-" + "index-url",
    "--find-" + "links",
]


def committed() -> Iterator[Path]:
    """Every file that belongs to the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        yield from (ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())
        return
    left_out = {".venv", "var", ".git", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
    yield from (file for file in ROOT.rglob("*") if file.is_file() and not left_out & set(file.relative_to(ROOT).parts))


def test_no_path_of_a_machine_and_no_package_registry_is_left_in_the_repository():
    found = []
    for file in committed():
        text = file.read_bytes().decode(errors="ignore")
        found += [f"{file.relative_to(ROOT)}: {word}" for word in WORKSHOP if word in text]
    assert found == []


def test_what_runs_in_production_is_under_no_gpl():
    """LGPL is used as a library; a package under several licences may be used under the freer one."""
    bound = []
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if name := re.match(r"[A-Za-z0-9._-]+(?===)", re.sub(r"\[.*?\]", "", line)):
            about = distribution(name[0]).metadata
            licences = [c for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
            licences += [said for said in (about.get("License-Expression"), about.get("License")) if said and len(said) < 60]
            gpl = [said for said in licences if re.search(r"\bA?GPL|Affero|GNU General", said) and "Lesser" not in said]
            if licences and len(gpl) == len(licences):
                bound.append(f"{name[0]}: {licences}")
    assert bound == []
