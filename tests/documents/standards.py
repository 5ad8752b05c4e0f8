"""What other programs say of PDFs: the rules of PDF/UA-1 and PDF/A-3a, a screen reader's view, and a plain check of the file."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import page

RULES = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
OUTLOUD = Path(sys.executable).parent / "outloud"


def broken_rules(pdf: bytes) -> list[str]:
    """The rules of both standards that a file breaks; nothing, if it keeps all that a machine can check."""
    reports = {name: page.validate_pdf_bytes(pdf, profile=profile) for profile, name in RULES.items()}
    assert all(report.rules.total > 100 for report in reports.values()), "the rules were tried"
    return [f"{name}: {failure}" for name, report in reports.items() for failure in report.failures]


def damage(pdf: bytes) -> str:
    """What qpdf finds wrong with a file; empty, if nothing."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        done = subprocess.run(["qpdf", "--check", file.name], capture_output=True, text=True, check=False)
    clean = done.returncode == 0 and "No syntax or stream encoding errors found" in done.stdout
    return "" if clean else done.stdout + done.stderr


def heard(pdfs: Sequence[bytes]) -> list[str]:
    """The errors that somebody meets who has files read aloud."""
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{number}.pdf" for number, _ in enumerate(pdfs)]
        for name, pdf in zip(names, pdfs, strict=True):
            (Path(folder) / name).write_bytes(pdf)
        command = [str(OUTLOUD), "--fail-on", "never", "--json", "report.json", *names]
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        results = json.loads((Path(folder) / "report.json").read_text())["results"]
    assert [result["path"] for result in results] == names, "every file was listened to"
    return [f"{result['path']}: {finding}" for result in results for finding in result["findings"] if grave(finding)]


def grave(finding: dict[str, str]) -> bool:
    """Whether a finding is an error; a list marker that is painted after its text is none: it is read in its place."""
    return finding["severity"] == "error"


def faults(pdfs: Sequence[bytes]) -> list[str]:
    """Everything that any of these programs finds wrong with any of these files."""
    assert pdfs, "there is something to be judged"
    with ThreadPoolExecutor(2) as two:
        listening = two.submit(heard, pdfs)
        plain = [fault for pdf in pdfs for fault in [*broken_rules(pdf), damage(pdf)] if fault]
        return plain + listening.result()
