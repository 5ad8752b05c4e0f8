"""The same bytes from the same text: in another process, with another hash seed, language and time zone, in another checkout."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from documents.press import FONTS

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
import tests.conftest
from documents import printer
from documents.paper import Edition, paper
from proposals.sections import form
from tests.documents.invented import CHECK, DECISIONS, ISSUED, proposal
for language in ("en", "fr", "es"):
    document = proposal(form(language), unit="Ελλάδα, Україна, Việt Nam, القاهرة, ירושלים")
    html = paper(document, kind=Edition.ISSUED, version=2, decisions=DECISIONS, issued=ISSUED, check=CHECK, dated=DECISIONS[-1].on)
    sys.stdout.buffer.write(printer.pdf(html, document.text()))
"""
PRINTED = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    {"PYTHONHASHSEED": "4711", "LC_ALL": "fr_CH.UTF-8", "LANGUAGE": "fr", "TZ": "Asia/Bangkok"},
    {"PYTHONHASHSEED": "random", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/La_Paz", "SOURCE_DATE_EPOCH": "1"},
]


def digest_printed(root: Path, surroundings: dict[str, str]) -> str:
    """The digest of three papers, printed by a process in some checkout and surroundings."""
    fonts = {"FONTCONFIG_FILE": str(root / FONTS.relative_to(ROOT))}
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SUITE_DATABASE_URL")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=root, env=kept | fonts | surroundings, capture_output=True, check=True
    )
    assert done.stdout.count(b"%PDF-") == 3
    return hashlib.sha256(done.stdout).hexdigest()


@pytest.fixture(scope="module")
def expected() -> str:
    """The digest of the papers as the press prints them."""
    return digest_printed(ROOT, PRINTED[0])


@pytest.mark.parametrize("surroundings", PRINTED[1:], ids=lambda known: known["LC_ALL"])
def test_surroundings_change_nothing(expected: str, surroundings: dict[str, str]) -> None:
    assert digest_printed(ROOT, surroundings) == expected


def test_another_checkout_changes_nothing(expected: str, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "portal"
    left_out = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "pictures")
    shutil.copytree(ROOT, other, ignore=left_out)
    assert digest_printed(other, PRINTED[0]) == expected
