"""The paper as HTML: what it says, in which order, and what it leaves out."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

from documents.document import Document
from documents.paper import Edition, Part, Shown, day, paper, parts, shown
from tests.documents.invented import ANSWERS, DECISIONS, DIGEST, FORM, ISSUED, proposal

ROOT = Path(__file__).resolve().parents[2]


def lines(html: str) -> list[str]:
    """What a paper says, a line for each element."""
    body = re.sub(r"</?(a|em|strong|span)\b[^>]*>", "", html.partition("<body>")[2])
    said = (" ".join(unescape(text).split()) for text in re.split(r"<[^>]*>", body))
    return [line for line in said if line]


def test_a_section_shows_its_boxes_in_the_order_of_the_form():
    assert list(parts(FORM.section("supervision"), proposal())) == [
        Part(
            "documents/part/together.html",
            "Direct Supervision by",
            (
                Shown("supervisor_name", "Name", "", "documents/box/line.html", ANSWERS["supervisor_name"]),
                Shown("supervisor_title", "Title and unit", "", "documents/box/line.html", ANSWERS["supervisor_title"]),
                Shown("supervisor_email", "E-mail address", "", "documents/box/email.html", ANSWERS["supervisor_email"]),
            ),
        ),
        Part(
            "documents/part/prose.html",
            "",
            (
                Shown("supervision_note", "", "", "documents/box/prose.html", ANSWERS["supervision_note"]),
                Shown(
                    "supervision_method",
                    "Content and methodology of supervision",
                    "",
                    "documents/box/prose.html",
                    ANSWERS["supervision_method"],
                ),
            ),
        ),
    ]


def test_the_paper_says_what_the_form_says_and_nothing_else():
    few = dict.fromkeys(ANSWERS, "") | {
        "title": "in Tides",
        "grade": "P2",
        "supervisor_name": "Marta Invented",
        "supervisor_email": "marta@harbour.example",
        "supervision_note": "<p>Somebody watches.</p>",
        "duties": "<ul><li>Watch.</li></ul>",
        "key_outputs": "<p>There will be:</p><ul><li>A log.</li></ul>",
        "education_minimum": "<p>School.</p>",
        "education_desirable": "",
        "languages_desirable": "<p>Latin.</p>",
        "outcomes": "<p>None.</p>",
    }
    assert lines(paper(proposal(**few), kind=Edition.ISSUED, version=2, decisions=DECISIONS[:2], issued=ISSUED)) == [
        *("International", "Labour", "Office", "Post number:", "2131", "Month of issue:", "October", "Year:", "2026"),
        "Vacancy proposal for Junior Professional Officers (JPO)",
        "Job Description Template – Headquarters and field positions",
        *("General information", "Title:", "Junior Professional Officer in Tides", "Grade:", "P2"),
        *("Supervision", "Direct Supervision by:", "Marta Invented, marta@harbour.example", "Somebody watches."),
        "Introduction",
        *("Duties and responsibilities", "The JPO will perform the following duties:", "Watch."),
        *("There will be:", "A log."),
        *("Qualifications and experience", "Education:", "Minimum:", "School.", "Languages:", "Desirable:", "Latin."),
        "Training components and learning elements",
        *("Background information", "None."),
        "The Office welcomes everybody who applies, whatever their background.",
        "Nobody smokes in this Office.",
        *("Decisions", "Stage", "Name", "Decision", "Date", "Version", "Digest"),
        *("Submission", "Ana Author", "Author", "Submitted", "2 September 2026", "2", DIGEST[:12]),
        *("Endorsement", "Adele Deputy", "Director, HARBOUR, acting for Dina Director", "Endorsed", "5 September 2026"),
        *("2", DIGEST[:12]),
    ]


def test_an_empty_proposal_still_has_the_headings_of_the_form():
    blank = Document(FORM, {"title": "in "})
    assert lines(paper(blank, kind=Edition.DRAFT)) == [
        *("International", "Labour", "Office", "Draft – not for publication"),
        "Vacancy proposal for Junior Professional Officers (JPO)",
        "Job Description Template – Headquarters and field positions",
        *(section.heading for section in FORM.sections),
        *FORM.closing,
    ]


def test_a_lead_is_left_out_where_the_value_has_its_own():
    box = FORM.boxes["key_outputs"]
    assert shown(box, "<ul><li>A log.</li></ul>").lead == box.lead
    assert shown(box, "<p>These are:</p><ul><li>A log.</li></ul>").lead == ""


def test_background_boxes_have_labels_only_where_several_are_filled():
    section = FORM.section("background_information")
    alone = dict.fromkeys(("planned_developments", "living_conditions", "outcomes"), "")
    labels = [[box.label for part in parts(section, proposal(**given)) for box in part.boxes] for given in (alone, {})]
    assert labels == [
        [""],
        ["Programme or project", "Planned developments", "Living conditions", "Programme and Budget outcomes"],
    ]


def test_what_is_typed_stays_text():
    hostile = {
        "title": 'in <script>x</script> & "y"',
        "introduction": '<p onclick="x">A<script>b</script></p><img src=c>',
    }
    html = paper(Document(FORM, hostile), kind=Edition.SUBMISSION)
    assert "Junior Professional Officer in &lt;script&gt;x&lt;/script&gt; &amp; &quot;y&quot;" in html
    assert '<div class="jpo-prose" data-box="introduction"><p>A</p></div>' in html
    assert not re.search(r"<script|<img|onclick", html)


def test_a_frozen_document_prints_with_its_frozen_wording():
    document = proposal()
    frozen = Document.from_text(document.text())
    given: dict[str, Any] = {"kind": Edition.ISSUED, "version": 2, "decisions": DECISIONS, "issued": ISSUED}
    assert paper(frozen, **given) == paper(document, **given)


def test_days_are_written_as_the_language_writes_them():
    english, spanish = "January,February,March,April,May", "enero, febrero, marzo, abril, mayo"
    assert day("2026-05-31T23:30:00-05:00", "en", english) == "31 May 2026"
    assert day("2026-05-31T23:30:00-05:00", "es", spanish) == "31 de mayo de 2026"


def test_the_paper_needs_no_settings():
    program = (
        "from tests.documents.invented import *; from documents.paper import *;"
        "print(len(paper(proposal(), kind=Edition.ISSUED, decisions=DECISIONS, issued=ISSUED)))"
    )
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert int(run.stdout) > 5000
