"""Old proposals as text: each kind of damage repaired, every word kept, whatever is no proposal refused in a sentence."""

import io
import json
import time
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import prose
from documents.document import Document
from documents.form import Form, Kind
from documents.plain import as_text
from documents.reader import Doubt, NotAProposal, read, read_in_its_language, stated_language
from documents.reading.sorting import split_supervisor
from proposals.sections import form
from tests import seeds
from tests.documents.accounting import share_in_doubt, unaccounted

FORM = form("en")
OURS = Path(__file__).parent / "proposals_of_our_own"

CLEAN = dict.fromkeys(FORM.boxes, "") | {
    "title": "in village labour statistics",
    "duty_station": "Jakarta, Indonesia",
    "duration": "12 months, renewable",
    "grade": "P2",
    "department": "Invented Country Office (CO-Jakarta)",
    "unit": "Village Data Unit",
    "supervisor_name": "Lena Fictive",
    "supervisor_title": "Statistician, Village Data Unit",
    "supervisor_email": "fictive@demo.example",
    "supervision_method": "<p>The supervisor and the JPO agree on a work plan in the first month. They meet every Monday to go through it.</p>"
    "<p>At the end of each quarter they review what was learned.</p>",
    "introduction": "<p>The Village Data Unit counts who works in the hamlets that no census reaches. It was set up after the floods, and its "
    'figures are used by three ministries. See <a href="https://example.org/villages">the unit\'s page</a> or write to '
    '<a href="mailto:villages@demo.example">the unit</a>.</p><p>It has <em>four</em> interviewers and <strong>one</strong> boat.</p>',
    "duties": "<ul><li>Prepare the interviews in the northern hamlets, in particular:<ul><li>the list of households;</li>"
    "<li>the route of the boat;</li></ul></li><li>Check the answers for gaps and put questions back to the interviewers;</li>"
    "<li>Write the yearly booklet on work in the hamlets.</li></ul>",
    "key_outputs": "<ol><li>Two rounds of interviews, documented.</li><li>One booklet, printed in two languages.</li></ol>",
    "education_minimum": "<p>First university degree in statistics, geography or a related field.</p>",
    "education_desirable": "<p>An advanced university degree in survey methods.</p>",
    "experience_minimum": "<p>Two years of paid work with survey data.</p>",
    "experience_desirable": "<p>Interviews held in the field.</p>",
    "skills_minimum": "<p>Reads maps. Writes short, clear reports.</p>",
    "skills_desirable": "<p>Can repair an outboard engine.</p>",
    "languages_minimum": "<p>Fluent English, spoken and written.</p>",
    "languages_desirable": "<p>Working knowledge of Indonesian.</p>",
    "competencies": "<ul><li>Patience with people who have been asked too often.</li><li>Care with figures.</li></ul>",
    "training_components": "<p>A course on sampling in the first year; a study visit to a neighbouring office in the second.</p>",
    "learning_elements": "<p>By the end of the first year the JPO plans a round of interviews alone. By the end of the second year the JPO leads "
    "one.</p>",
    "programme_outline": "<p>The project began with eleven hamlets and now covers ninety.</p>",
}
"""What `clean.txt` says; the other files say the same but for what stands below, each damaged in its own way."""

PLAIN_INTRODUCTION = (
    "<p>The Village Data Unit counts who works in the hamlets that no census reaches. It was set up after the floods, and its figures are used by "
    "three ministries. See the unit's page or write to the unit.</p><p>It has four interviewers and one boat.</p>"
)

CHANGED: dict[str, dict[str, str]] = {
    "clean": {},
    "page_cuts": {
        "training_components": "<p>A course on sampling in the first year; a study visit to a neigh-bouring office in the second.</p>",
    },
    "page_numbers": {},
    "pushed_in_lists": {
        "duties": "<ul><li>Prepare the interviews in the northern hamlets, in particular:<ul><li>the list of households;</li>"
        "<li>the route of the boat;</li></ul></li><li>Check the answers for gaps and put questions back to the interviewers;</li>"
        "<li>Keep the log of the boat;</li><li>Pay the interviewers at the end of each week; and</li>"
        "<li>Write the yearly booklet on work in the hamlets.</li></ul>",
        "competencies": "<ul><li>Patience with people who have been asked too often</li><li>Good humour on water</li>"
        "<li>Care with figures</li><li>Care with engines</li></ul>",
    },
    "stray_marks": {
        "supervision_method": "<p>The supervisor and the JPO agree on a work plan in the first month. They meet every Monday to go through it.</p>"
        "<p>*At the end of each quarter they review what was learned.</p>",
        "programme_outline": "<p>The project began with <strong>eleven</strong> hamlets and now covers $4.000 [a season] and <em>ninety</em> more; "
        "see form_7 and form_8, items #1 &amp; 2 &amp; 3.</p>",
    },
    "uneven_headings": {},
    "labels_on_lines": {},
    "tables": {
        "duty_station": "Jakarta,\u00a0Indonesia",
        "programme_outline": "<p>The project began with eleven hamlets and now covers\u00a0ninety.</p>",
    },
    "wrapped_lines": {},
    "word_text": {"introduction": PLAIN_INTRODUCTION},
    "pdf_layout": {"introduction": PLAIN_INTRODUCTION},
    "pdf_text": {"introduction": PLAIN_INTRODUCTION},
    "hard_breaks": {
        "supervision_method": "<p>The supervisor and the JPO agree on a work plan in the first month of the assignment. They meet every Monday to go "
        "through it.</p><p>At the end of each quarter they review what was learned.</p>",
        "skills_minimum": "<p>Reads maps<br>Writes short, clear reports<br>keeps a diary<br>Rows<br>Swims</p>",
    },
    "numbered_lists": {
        "key_outputs": "<ol><li>Two rounds of interviews, documented;</li><li>One booklet, printed in two languages;</li>"
        "<li>A map of the hamlets:<br>a) on paper;<br>b) on the web;</li><li>A song.</li></ol>",
        "competencies": '<ol start="3"><li>Patience with people who have been asked too often.<ul><li>Young people<ol><li>Girls</li><li>Boys</li></ol>'
        "</li></ul></li><li>Care with figures.</li></ol>",
        "programme_outline": "<p>In the first year the project covered these:</p><p>(a) eleven hamlets;</p><p>(b) two islands.</p>"
        "<p>2031. That year it grew.</p><p>12. months later it covered ninety.</p>",
    },
    "other_bullets": {
        "key_outputs": "<ul><li>Two rounds of interviews, documented.</li><li>One booklet, printed in two languages.</li></ul>",
        "learning_elements": "<ul><li>By the end of the first year the JPO plans a round of interviews alone.</li>"
        "<li>By the end of the second year the JPO leads one.</li></ul>",
    },
    "left_in": {
        "title": "in ... village labour statistics",
        "supervision_method": "<p><em>Please describe the supervisory role exercised in terms of planning, guiding and reviewing the JPO. Example text "
        "follows below</em></p>" + CLEAN["supervision_method"],
        "duties": "<p>Under the direct supervision of the statistician, the JPO will perform the following duties and responsibilities:</p>"
        + CLEAN["duties"].replace(
            "<li>Write",
            "<li>Under the direct supervision of the supervisor, the JPO will perform the following duties and responsibilities: rowing.</li><li>Write",
        ),
        "experience_desirable": "<p>Interviews held in the field.</p><p><strong>Desirable:</strong></p><p>Interviews held on water.</p>",
        "skills_desirable": "<p>N/A</p>",
        "languages_minimum": "<p>Minimum: Fluent English, spoken and written.</p>",
        "training_components": "<p><em>Indicate which activities will be used to structure/manage learning</em></p><p>TBD … xxx</p>"
        + CLEAN["training_components"],
        "programme_outline": "<p>The ILO has a smoke-free environment. The project began with eleven hamlets and now covers ninety.</p>",
    },
    "missing_parts": {
        "grade": "",
        "supervisor_name": "",
        "supervisor_title": "",
        "supervisor_email": "",
        "supervision_note": "<p>The JPO works under the general supervision of the head of the office.</p><p>The unit reports to the country director.</p>",
        "key_outputs": "",
        "skills_desirable": "",
        "languages_minimum": "",
        "programme_outline": "",
    },
    "other_order": {},
    "background_parts": {
        "programme_outline": "<p><em>General outline of the programme/project (use web links)</em></p>"
        + CLEAN["programme_outline"],
        "planned_developments": "<p>A second boat comes next year.</p>",
        "living_conditions": "<p><strong>Living conditions in Jakarta:</strong></p><p>Flats are easy to find, quiet ones are not.</p>"
        "<ul><li>Schools: many.</li></ul>",
        "outcomes": "<p>Outcome 4, indicator 4.2 (2030-31).</p>",
    },
    "tags_and_split_closing": {},
    "other_tools": {},
    "no_blank_lines": {},
    "wrapped_closely": {},
    "garbled": {
        "programme_outline": "<p>The project – “Ninety Hamlets” – began with eleven hamlets and now covers ninety; it’s described at "
        "https://example.org/hamlets/ninety/reports, in Côte d’Ivoire too.</p>",
    },
    "guided_background": {
        "programme_outline": "<p><em>General outline of the programme/project (use web links):</em></p>"
        + CLEAN["programme_outline"],
        "planned_developments": "<p><em>Outline of planned developments concerning the programme/project:</em></p>"
        "<p>A second boat comes next year.</p>",
        "living_conditions": "<p><em>Information about living arrangements/conditions wherever possible</em></p>"
        "<p>Flats are easy to find, quiet ones are not.</p>",
        "outcomes": "<p><em>ILO outcome(s) from the Programme and Budget the JPO will work for, e.g. which outcome or indicator is relevant "
        "to the role:</em></p><p>Outcome 4, indicator 4.2 (2030-31).</p>",
    },
}

HEAD = [("", "7001"), ("", "March"), ("", "2031")]
DOUBTS: dict[str, list[tuple[str, str]]] = {
    "page_numbers": [
        *HEAD,
        (
            "",
            "Page 1 of 3 · JPO village labour statistics · 2 · JPO village labour statistics · - 3 - · JPO village labour statistics",
        ),
    ],
    "pdf_layout": [*HEAD, ("", "Page 1 of 2 · International Labour Office Post number 7001 · March 2031 · Page 2 of 2")],
    "pdf_text": [*HEAD, ("", "Page 1 of 2 · International Labour Office · Post number 7001 · March 2031 · Page 2 of 2")],
    "labels_on_lines": [*HEAD, ("skills_desirable", "Skills required for the assignment")],
    "other_order": [
        *HEAD,
        ("unit", "Organizational unit"),
        ("key_outputs", "Key outputs"),
        ("experience_minimum", "Experience"),
        ("competencies", "Competencies"),
    ],
    "background_parts": [*HEAD, ("planned_developments", "Planned developments"), ("outcomes", "Programme and Budget outcome")],
    "other_tools": [("", "v"), ("supervisor_email", "E-mail")],
}
"""What is in doubt beside the head, by file."""


def answers(text: str, worded: Form = FORM) -> dict[str, str]:
    """The filled boxes of a text."""
    return answers_of(text.encode(), worded)


def answers_of(data: bytes, worded: Form = FORM) -> dict[str, str]:
    """The filled boxes of a file."""
    return {name: value for name, value in read(data, worded).boxes.items() if value}


def doubted(doubts: tuple[Doubt, ...]) -> list[tuple[str, str]]:
    return [(doubt.box, doubt.text) for doubt in doubts]


# One file, one kind of damage


@pytest.mark.parametrize("damage", CHANGED)
def test_damage_is_repaired_and_nothing_else(damage: str) -> None:
    reading = read((OURS / f"{damage}.txt").read_bytes(), FORM)
    assert reading.boxes == CLEAN | CHANGED[damage]
    assert doubted(reading.doubts) == DOUBTS.get(damage, HEAD)
    assert reading.language == "en"


def test_every_file_has_its_expectation() -> None:
    assert {path.stem for path in OURS.glob("*.txt")} == set(CHANGED)


@pytest.mark.parametrize("damage", sorted(set(CHANGED) - {"uneven_headings", "other_tools", "garbled"}))
def test_every_word_of_our_own_proposals_arrives(damage: str) -> None:
    text = (OURS / f"{damage}.txt").read_text()
    reading = read(text.encode(), FORM)
    assert unaccounted(text, reading, FORM) == (Counter(), Counter())
    assert share_in_doubt(text, reading) <= 0.05


def test_every_word_of_the_seeds_arrives() -> None:
    found = seeds.seeds()
    if not found:
        pytest.skip("no seeds beside the repository")
    for path in found:
        reading = read(path.read_bytes(), FORM)
        assert unaccounted(path.read_text(), reading, FORM) == (Counter(), Counter())
        assert share_in_doubt(path.read_text(), reading) <= 0.05
        assert [doubt.box for doubt in reading.doubts] == ["", "", ""]


def test_the_doubts_of_the_head_say_who_gives_the_number() -> None:
    assert read((OURS / "clean.txt").read_bytes(), FORM).doubts == (
        Doubt("", "7001", "Post number: the JPO unit gives it when it issues the post."),
        Doubt("", "March", "Month of issue: the JPO unit gives it when it issues the post."),
        Doubt("", "2031", "Year: the JPO unit gives it when it issues the post."),
    )


# Bytes


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_encoding_does_not_matter(encoding: str, end: str) -> None:
    text = (OURS / "clean.txt").read_text().replace("sampling", "sampling – “Côte d’Ivoire”").replace("\n", end)
    reading = read(text.encode(encoding), FORM)
    changed = CLEAN["training_components"].replace("sampling", "sampling – “Côte d’Ivoire”")
    assert reading.boxes == CLEAN | {"training_components": changed}


def test_a_stray_byte_of_another_encoding_spoils_nothing_else() -> None:
    text = f"{MINIMAL}Côte d’Ivoire – “naïve” café".encode()
    assert answers_of(text + b" \x96 d\xe9j\xe0") == {"duties": "<p>Côte d’Ivoire – “naïve” café – déjà</p>"}
    assert answers_of(text[:-1]) == {"duties": "<p>Côte d’Ivoire – “naïve” cafÃ</p>"}


# Single shapes

MINIMAL = "## DUTIES AND RESPONSIBILITIES\n\n"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("in\nthe middle", "<p>in the middle</p>"),
        ("one half\n\nand the other", "<p>one half and the other</p>"),
        ("One sentence.\n\nand another", "<p>One sentence.</p><p>and another</p>"),
        ("One half\n\nAnd the other", "<p>One half</p><p>And the other</p>"),
        ("of rowers,\n\nboats and", "<p>of rowers, boats and</p>"),
        ("with **bold\n\nin the** middle", "<p>with <strong>bold in the</strong> middle</p>"),
        ("*all of it*\n\n*and on*", "<p><em>all of it and on</em></p>"),
        ("see\n\nwww.example.org", "<p>see</p><p>www.example.org</p>"),
        ("gender-\nresponsive", "<p>gender-responsive</p>"),
        ("non-\nor under-represented", "<p>non- or under-represented</p>"),
        ("- one\n- two\n\nof them\n- three", "<ul><li>one</li><li>two of them</li><li>three</li></ul>"),
        ("- one\n-\n- two\n- \n", "<ul><li>one</li><li>two</li></ul>"),
        ("- one\n\n\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("1. one\n1. two\n1. three", "<ol><li>one</li><li>two</li><li>three</li></ol>"),
        ("1. one\n\nbetween.\n\n2. two", "<ol><li>one between.</li><li>two</li></ol>"),
        ("1. one.\n\nBetween.\n\n2. two", '<ol><li>one.</li></ol><p>Between.</p><ol start="2"><li>two</li></ol>'),
        ("- a:\n    - b\n        - c\n- d", "<ul><li>a:<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("- a:\n\t- b\n- c", "<ul><li>a:<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a:\n   - b\n2. c", "<ol><li>a:<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1. a:\n- b\n- c\n2. d", "<ol><li>a:<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>"),
        ("• a\n- b\n- c\n• d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        ("•a\n•b", "<ul><li>a</li><li>b</li></ul>"),
        ("\uf0b7 a\n\uf0b7 b", "<ul><li>a</li><li>b</li></ul>"),
        ("- First.\n\n  More of the first.\n- Second.", "<ul><li>First.<br>More of the first.</li><li>Second.</li></ul>"),
        ("Tasks:\n- a\n- b\nThen this.", "<p>Tasks:</p><ul><li>a</li><li>b</li></ul><p>Then this.</p>"),
        ("### Own heading\n\ntext follows", "<p><strong>Own heading</strong></p><p>text follows</p>"),
        ("\\- not a list", "<p>- not a list</p>"),
        ("1\\. not a list", "<p>1. not a list</p>"),
        ("a \\* b 2*3*4", "<p>a * b 2*3*4</p>"),
        ("**half *open", "<p>half open</p>"),
        ("**Skills****More** and ***both***", "<p><strong>SkillsMore</strong> and <strong><em>both</em></strong></p>"),
        ("snake_case and _it_ ____", "<p>snake_case and <em>it</em> ____</p>"),
        ("[dead](#) [gone](#_Toc12) [empty]() [file](old.doc)", "<p>dead gone empty file</p>"),
        (
            "[live](https://example.org/a_(b)) <https://example.org> <a@example.org>",
            '<p><a href="https://example.org/a_(b)">live</a> '
            '<a href="https://example.org">https://example.org</a> <a href="mailto:a@example.org">a@example.org</a></p>',
        ),
        ("[page](www.example.org)", '<p><a href="https://www.example.org">page</a></p>'),
        ("[x](javascript:alert) <script>alert(1)</script>", "<p>x &lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a<br>b<br/>c", "<p>a<br>b<br>c</p>"),
        ("a  \nb\\\nc", "<p>a<br>b<br>c</p>"),
        ("&lt;5 &amp; more&hellip; &#8211; end", "<p>&lt;5 &amp; more… – end</p>"),
        ("> quoted\n> text", "<p>quoted text</p>"),
        ("```markdown\ntext\n```", "<p>text</p>"),
        ("soft\u00adhyphen\u200b", "<p>softhyphen</p>"),
        ("a \u00a0b", "<p>a b</p>"),
        ("[text]{.underline}", "<p>text</p>"),
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("| Year 1 | Learn |\n|---|---|\n| Year 2 | Lead |", "<p>Year 1</p><p>Learn</p><p>Year 2</p><p>Lead</p>"),
        ("first (i.e.\n\nthis)", "<p>first (i.e. this)</p>"),
        ("- Review:\n\n  - a;\n  - b.", "<ul><li>Review:<ul><li>a;</li><li>b.</li></ul></li></ul>"),
        ("- A;\n- B;\n\n  - C;\n  - D.", "<ul><li>A;</li><li>B;</li><li>C;</li><li>D.</li></ul>"),
        ("- A;\n- B, including\n\n  - c;\n  - d.", "<ul><li>A;</li><li>B, including<ul><li>c;</li><li>d.</li></ul></li></ul>"),
        ("- A;\n- B;\n  - C;\n  - D.", "<ul><li>A;</li><li>B;</li><li>C;</li><li>D.</li></ul>"),
        ("- A;\n- B;\n  - b;\n- C.", "<ul><li>A;</li><li>B;<ul><li>b;</li></ul></li><li>C.</li></ul>"),
        (
            "see https://example.org/a/\nb/c and\nwww.example.org/\nThere",
            "<p>see https://example.org/a/b/c and www.example.org/ There</p>",
        ),
        ("**1.** one\n\n**2.** two", "<ol><li>one</li><li>two</li></ol>"),
        ("Tasks:\ni. One\nii. Two", "<p>Tasks:</p><p>i. One</p><p>ii. Two</p>"),
        ("→ a\n→ b", "<ul><li>a</li><li>b</li></ul>"),
        ("- one\n**Lead:**\n- two", "<ul><li>one</li></ul><p><strong>Lead:</strong></p><ul><li>two</li></ul>"),
        ("*guidance left\nin*\nText that follows.", "<p><em>guidance left in</em></p><p>Text that follows.</p>"),
        ("[wrapped]{.mark} ::: text.\n\n::: {.box}\nMore.\n:::", "<p>wrapped ::: text.</p><p>More.</p>"),
        ("- A.\n  - a;\n  - b.\n- B.", "<ul><li>A.<ul><li>a;</li><li>b.</li></ul></li><li>B.</li></ul>"),
    ],
)
def test_prose_is_read_as_it_was_meant(typed: str, kept: str) -> None:
    assert answers(MINIMAL + typed) == {"duties": kept}


@pytest.mark.parametrize(
    ("typed", "boxes"),
    [
        ("Title: Junior Professional Officer in rivers", {"title": "in rivers"}),
        ("**Title:** JUNIOR PROFESSIONAL OFFICER, Rivers", {"title": "Rivers"}),
        ("Title:\n\nJunior Professional Officer in\n\n*Rivers and Lakes*", {"title": "in Rivers and Lakes"}),
        ("Title: Junior Professional Officer", {}),
        ("Title: Junior Professional Officer in...", {"title": "in..."}),
        (
            "Duty station: Geneva Duration of the assignment: 12 months Grade: P2",
            {"duty_station": "Geneva", "duration": "12 months", "grade": "P2"},
        ),
        ("Duty station   Geneva\nGrade   P1", {"duty_station": "Geneva", "grade": "P1"}),
        ("Duty station\n\nGeneva\n\nGrade\n\nP1", {"duty_station": "Geneva", "grade": "P1"}),
        ("DUTY STATION : Geneva", {"duty_station": "Geneva"}),
        ("Department/Field Office: SECTOR", {"department": "SECTOR"}),
        ("Department / Field office: SECTOR", {"department": "SECTOR"}),
        ("Duty sation: Geneva", {"duty_station": "Geneva"}),
        ("Grade: p2", {"grade": "P2"}),
    ],
)
def test_general_information_is_read_in_any_layout(typed: str, boxes: dict[str, str]) -> None:
    assert answers(f"GENERAL INFORMATION\n\n{typed}\n") == boxes


@pytest.mark.parametrize(
    ("typed", "doubt"),
    [
        ("Grade: P-2", ("grade", "P-2")),
        ("Grade: P2 or P1", ("grade", "or P1")),
        ("Duty station: Geneva.\n\nA second paragraph.", ("duty_station", "A second paragraph.")),
        ("Something else.\n\nGrade: P2", ("", "Something else.")),
        ("Organizational unit: SECTOR", ("unit", "Organizational unit")),
    ],
)
def test_what_does_not_fit_a_line_is_in_doubt(typed: str, doubt: tuple[str, str]) -> None:
    assert doubted(read(f"GENERAL INFORMATION\n\nDuration of the assignment: a\n\n{typed}\n".encode(), FORM).doubts)[-1:] == [
        doubt
    ] or doubted(read(f"GENERAL INFORMATION\n\n{typed}\n".encode(), FORM).doubts) == [doubt]


def test_the_end_of_a_page_in_the_head_is_no_month() -> None:
    reading = read(b"Post number: 1\nMonth of issue:\n\fPage 3 of 9\n\nMarch\n2031\n\nGENERAL INFORMATION\n\nGrade: P2", FORM)
    assert doubted(reading.doubts) == [("", "1"), ("", "March"), ("", "2031"), ("", "Page 3 of 9")]


def test_a_line_too_long_for_its_box_goes_on_in_a_doubt() -> None:
    reading = read(f"GENERAL INFORMATION\n\nDuty station: {'far ' * 100}".encode(), FORM)
    assert len(reading.boxes["duty_station"]) <= 300
    assert (reading.boxes["duty_station"] + " " + reading.doubts[0].text).split() == ["far"] * 100


@pytest.mark.parametrize(
    ("lines", "name", "title", "email"),
    [
        (["Lena Fictive, Head of Unit, SECTOR, lena@demo.example"], "Lena Fictive", "Head of Unit, SECTOR", "lena@demo.example"),
        (["Lena Fictive, Head of Unit (lena@demo.example)"], "Lena Fictive", "Head of Unit", "lena@demo.example"),
        (["Ms. Lena Fictive (Head of Unit, SECTOR)"], "Ms. Lena Fictive", "Head of Unit, SECTOR", ""),
        (["Lena Fictive (CO-Dakar), Head of Unit"], "Lena Fictive", "CO-Dakar, Head of Unit", ""),
        (["Lena Fictive; Head of Unit; lena@demo.example"], "Lena Fictive", "Head of Unit", "lena@demo.example"),
        (["Lena Fictive / Head of Unit / lena@demo.example"], "Lena Fictive", "Head of Unit", "lena@demo.example"),
        (["Lena Fictive – Head of Unit"], "Lena Fictive", "Head of Unit", ""),
        (
            ["Lena Fictive", "Head of Unit", "SECTOR", "<lena@demo.example>"],
            "Lena Fictive",
            "Head of Unit, SECTOR",
            "lena@demo.example",
        ),
        (["Lena Fictive"], "Lena Fictive", "", ""),
        (["Head of the Boat Unit"], "", "Head of the Boat Unit", ""),
        (["Chief, SECTOR"], "", "Chief, SECTOR", ""),
        (["To be determined"], "To be determined", "", ""),
        (
            ["the person who will be in charge of the new project at that time"],
            "",
            "the person who will be in charge of the new project at that time",
            "",
        ),
        ([], "", "", ""),
    ],
)
def test_the_supervisor_is_parted_into_three_boxes(lines: list[str], name: str, title: str, email: str) -> None:
    parts = split_supervisor(lines)
    assert (parts["supervisor_name"], parts["supervisor_title"], parts["supervisor_email"]) == (name, title, email)


@pytest.mark.parametrize(
    "typed",
    [
        "Direct Supervision by: Lena Fictive, Statistician, lena@demo.example",
        "**Direct Supervision by:**\n\nLena Fictive, Statistician\n\n[lena@demo.example](mailto:lena@demo.example)",
        "Direct Supervision by:\n\nName: Lena Fictive\nTitle and unit: Statistician\nE-mail address: lena@demo.example",
        "| Direct Supervision by: | Lena Fictive<br>Statistician<br>lena@demo.example |",
    ],
)
def test_the_supervisor_may_stand_on_several_lines(typed: str) -> None:
    assert answers(f"SUPERVISION\n\n{typed}\n") == {
        "supervisor_name": "Lena Fictive",
        "supervisor_title": "Statistician",
        "supervisor_email": "lena@demo.example",
    }


def test_paragraphs_below_the_supervisor_are_the_note() -> None:
    text = "SUPERVISION\n\nDirect Supervision by: Lena Fictive, Statistician\n\nThe head of the office has general supervision over the work of the JPO and the unit."
    assert (
        answers(text)["supervision_note"]
        == "<p>The head of the office has general supervision over the work of the JPO and the unit.</p>"
    )


def test_a_name_that_links_to_an_address_says_so() -> None:
    reading = read(b"SUPERVISION\n\nDirect Supervision by: [Lena Fictive](mailto:lena@demo.example), Statistician", FORM)
    assert reading.boxes["supervisor_name"] == "Lena Fictive"
    assert reading.doubts == (
        Doubt("supervisor_email", "", "“Lena Fictive” linked to mailto:lena@demo.example; a line holds no link."),
    )


@pytest.mark.parametrize(
    ("typed", "boxes"),
    [
        ("Education:\nFirst degree.", {"education_minimum": "<p>First degree.</p>"}),
        (
            "Education: Minimum: First degree. Desirable: Second degree.",
            {"education_minimum": "<p>First degree.</p>", "education_desirable": "<p>Second degree.</p>"},
        ),
        ("**Education:****Minimum:** First.", {"education_minimum": "<p>First.</p>"}),
        ("**Education**\n\n**Desirable:** Second.", {"education_desirable": "<p>Second.</p>"}),
        ("Education:\nMinimum: Minimum: First.", {"education_minimum": "<p>Minimum: First.</p>"}),
        ("Education:\nMinimum:\nEducation (minimum): First.", {"education_minimum": "<p>Education (minimum): First.</p>"}),
        ("Education:\nMinimum:\nA minimum of two degrees.", {"education_minimum": "<p>A minimum of two degrees.</p>"}),
        (
            "Education\nMinimum requirement: First.\nDesired: Second.",
            {"education_minimum": "<p>First.</p>", "education_desirable": "<p>Second.</p>"},
        ),
        (
            "Education\nFirst.\nWork experience\n• Minimum\nTwo years.\n• Desirable\nThree.",
            {
                "education_minimum": "<p>First.</p>",
                "experience_minimum": "<p>Two years.</p>",
                "experience_desirable": "<p>Three.</p>",
            },
        ),
        (
            "Skills required\nfor the assignment\n\nN/A\n\nLanguages:\nLao.",
            {"skills_minimum": "<p>N/A</p>", "languages_minimum": "<p>Lao.</p>"},
        ),
        ("Education – Minimum: First.", {"education_minimum": "<p>First.</p>"}),
        (
            "Minimum: First.\n\nDesirable: Second.",
            {"education_minimum": "<p>First.</p>", "education_desirable": "<p>Second.</p>"},
        ),
        ("First.", {"education_minimum": "<p>First.</p>"}),
        ("Languages\nMinimum\nEnglish.", {"languages_minimum": "<p>English.</p>"}),
        (
            "Languages:\nMinimum: English.\n\nILO competencies:\n\nTechnical competencies:\n\n- a\n\nBehavioural competencies:\n\n- Minimum: b",
            {
                "languages_minimum": "<p>English.</p>",
                "competencies": "<p>Technical competencies:</p><ul><li>a</li></ul><p>Behavioural competencies:</p><ul><li>Minimum: b</li></ul>",
            },
        ),
        (
            "Languages:\nDesirable: Lao.\n\nThe candidate is expected to demonstrate and be guided by ILO competencies, specifically:\n\n- a",
            {"languages_desirable": "<p>Lao.</p>", "competencies": "<ul><li>a</li></ul>"},
        ),
    ],
)
def test_minimum_and_desirable_are_told_apart(typed: str, boxes: dict[str, str]) -> None:
    assert answers(f"QUALIFICATIONS AND EXPERIENCE\n\n{typed}\n") == boxes


LEAD = "Under the direct supervision of the supervisor, the JPO will perform the following duties and responsibilities:"
OUTPUTS = "During the period of assignment, the JPO will contribute to the following key outputs:"


@pytest.mark.parametrize(
    ("typed", "boxes"),
    [
        (
            f"{LEAD}\n\n- a\n\nMore.\n\n{OUTPUTS}\n\n- b\n\nAnd more.",
            {"duties": "<ul><li>a</li></ul><p>More.</p>", "key_outputs": "<ul><li>b</li></ul><p>And more.</p>"},
        ),
        (f"Describe the tasks.\n\n{LEAD}\n\n- a", {"duties": f"<p>Describe the tasks.</p><p>{LEAD}</p><ul><li>a</li></ul>"}),
        (
            f"{LEAD}\n\n- a\n\nDuring the assignment the JPO shall contribute to the following outputs:\n\n- b",
            {
                "duties": "<ul><li>a</li></ul>",
                "key_outputs": "<p>During the assignment the JPO shall contribute to the following outputs:</p><ul><li>b</li></ul>",
            },
        ),
        (
            f"**{LEAD}**\n\n- a\n\n**Key outputs:**\n\n{OUTPUTS}\n\n- b",
            {"duties": "<ul><li>a</li></ul>", "key_outputs": "<ul><li>b</li></ul>"},
        ),
        (
            f"{LEAD}\n- a\n{OUTPUTS.replace('outputs', chr(10) * 2 + 'outputs')}\n- b",
            {"duties": "<ul><li>a</li></ul>", "key_outputs": "<ul><li>b</li></ul>"},
        ),
        (
            "- a\n\nThe JPO is to deliver the following outputs:\n\n- b",
            {
                "duties": "<ul><li>a</li></ul>",
                "key_outputs": "<p>The JPO is to deliver the following outputs:</p><ul><li>b</li></ul>",
            },
        ),
        (f"{OUTPUTS}\n\n- b\n\n{LEAD}\n\n- a", {"duties": "<ul><li>a</li></ul>", "key_outputs": "<ul><li>b</li></ul>"}),
        (f"{LEAD.replace('supervisor, ', 'supervisor,' + chr(10))}\n- a", {"duties": "<ul><li>a</li></ul>"}),
    ],
)
def test_duties_and_outputs_are_parted_by_their_leads(typed: str, boxes: dict[str, str]) -> None:
    assert answers(f"DUTIES AND RESPONSIBILITIES\n\n{typed}\n") == boxes


def test_a_word_in_the_text_is_no_label() -> None:
    text = (
        "INTRODUCTION\n\nEducation: the office has worked on it since 1950.\n\n**Background**\n\nIt began small.\n\n**Languages:** many are spoken.\n\n"
        "QUALIFICATIONS AND EXPERIENCE\n\nLanguages:\n\nEnglish.\n\nBACKGROUND INFORMATION\n\n**Introduction**\n\nDuties: none."
    )
    assert answers(text) == {
        "introduction": "<p>Education: the office has worked on it since 1950.</p><p><strong>Background</strong></p><p>It began small.</p>"
        "<p><strong>Languages:</strong> many are spoken.</p>",
        "languages_minimum": "<p>English.</p>",
        "programme_outline": "<p><strong>Introduction</strong></p><p>Duties: none.</p>",
    }


def test_the_forms_own_wording_goes_before_a_like_word() -> None:
    text = (
        "QUALIFICATIONS AND EXPERIENCE\n\nWork experience:\n\nTwo years.\n\nSkills: none yet.\n\nSkills required for the assignment:\n\n"
        "- Languages\n- Rowing\n\nLanguages:\n\nLao.\n\nBACKGROUND INFORMATION\n\nIt betters the working and living conditions of everybody who rows:\n\n- all"
    )
    assert answers(text) == {
        "experience_minimum": "<p>Two years.</p><p>Skills: none yet.</p>",
        "skills_minimum": "<ul><li>Languages</li><li>Rowing</li></ul>",
        "languages_minimum": "<p>Lao.</p>",
        "programme_outline": "<p>It betters the working and living conditions of everybody who rows:</p><ul><li>all</li></ul>",
    }


def test_a_table_of_contents_opens_no_section() -> None:
    contents = "GENERAL INFORMATION\nSUPERVISION\nINTRODUCTION\n\n"
    reading = read(contents.encode() + (OURS / "clean.txt").read_bytes(), FORM)
    assert reading.boxes == CLEAN
    assert [doubt.text for doubt in reading.doubts if doubt.why.startswith("It stands before")] == [
        "GENERAL INFORMATION",
        "SUPERVISION",
        "INTRODUCTION",
    ]


def test_the_form_itself_names_the_labels() -> None:
    """A form in another language is read by its own labels; nothing of it stands in the reader."""
    french = {
        "General information": "Informations générales",
        "Title": "Intitulé",
        "Junior Professional Officer": "Jeune expert associé",
        "Duty station": "Lieu d’affectation",
        "Supervision": "Encadrement",
        "Direct Supervision by": "Supervision directe assurée par",
        "Qualifications and experience": "Qualifications et expérience",
        "Languages": "Langues",
        "Minimum": "Minimum requis",
        "Desirable": "Souhaitable",
    }
    sections = tuple(
        replace(
            section,
            heading=french.get(section.heading, section.heading),
            boxes=tuple(
                replace(
                    box,
                    label=french.get(box.label, box.label),
                    group=french.get(box.group, box.group),
                    fixed=french.get(box.fixed, box.fixed),
                )
                for box in section.boxes
            ),
        )
        for section in FORM.sections
    )
    text = (
        "INFORMATIONS GENERALES\n\n**Intitulé\u00a0:** Jeune expert associé en statistiques\n\nLieu d'affectation : Dakar, Sénégal\n\nENCADREMENT\n\n"
        "Supervision directe assurée par\u00a0:\n\nLéa Fictive, Cheffe de l’unité\n\nQUALIFICATIONS ET EXPÉRIENCE\n\n### Langues\n\n"
        "Minimum requis : français.\n\nSouhaitable : wolof."
    )
    reading = read(text.encode(), replace(FORM, language="fr", sections=sections))
    assert reading.language == "fr"
    assert reading.doubts == ()
    assert {name: value for name, value in reading.boxes.items() if value} == {
        "title": "en statistiques",
        "duty_station": "Dakar, Sénégal",
        "supervisor_name": "Léa Fictive",
        "supervisor_title": "Cheffe de l’unité",
        "languages_minimum": "<p>français.</p>",
        "languages_desirable": "<p>wolof.</p>",
    }


FORMS = [form(language) for language in ("en", "fr", "es")]
FRENCH = (
    "INFORMATIONS GÉNÉRALES\n\nLieu d’affectation : Dakar\n\nSUPERVISION\n\nQUALIFICATIONS ET EXPÉRIENCE\n\nLangues :\n\nWolof."
)
ENGLISH = "GENERAL INFORMATION\n\nDuty station: Dakar\n\nSUPERVISION\n\nQUALIFICATIONS AND EXPERIENCE\n\nLanguages:\n\nWolof."


@pytest.mark.parametrize(
    ("text", "chosen", "language"),
    [
        (FRENCH, "", "fr"),
        (FRENCH, "en", "fr"),
        (FRENCH, "es", "fr"),
        (ENGLISH, "", "en"),
        (ENGLISH, "fr", "fr"),
        (ENGLISH, "en", "en"),
    ],
)
def test_a_file_is_read_by_the_form_in_whose_language_its_headings_stand(text: str, chosen: str, language: str) -> None:
    reading = read_in_its_language(text.encode(), FORMS, chosen)
    assert {name: value for name, value in reading.boxes.items() if value} == {
        "duty_station": "Dakar",
        "languages_minimum": "<p>Wolof.</p>",
    }
    assert (reading.language, reading.doubts) == (language, ())


def test_what_a_file_says_of_its_language_goes_before_all() -> None:
    exported = Document(FORMS[1], dict.fromkeys(FORM.boxes, "") | {"unit": "Cellule"})
    assert read_in_its_language(exported.text().encode(), FORMS, "es").language == "fr"
    assert read_in_its_language(as_text(exported).encode(), FORMS, "es").language == "fr"
    odd = {"format": "jpo-proposal/1", "language": "xx", "boxes": {"unit": "Unit"}}
    assert read_in_its_language(json.dumps(odd).encode(), FORMS, "").language == "en"


def test_headings_that_a_french_office_words_by_itself_are_known() -> None:
    text = (
        "SUPERVISION\n\nSupervision directe par : Léa Fictive, Cheffe\n\nTÂCHES & RESPONSABILITÉS\n\nPendant l’affectation, le JPO contribuera aux "
        "principaux résultats suivants :\n\n- Un livret.\n\nQUALIFICATIONS ET EXPÉRIENCE\n\nFormation :\n\nMinimum : licence.\n\nSouhaité : master."
    )
    reading = read(text.encode(), FORMS[1])
    assert {name: value for name, value in reading.boxes.items() if value} == {
        "supervisor_name": "Léa Fictive",
        "supervisor_title": "Cheffe",
        "key_outputs": "<p>Pendant l’affectation, le JPO contribuera aux principaux résultats suivants :</p><ul><li>Un livret.</li></ul>",
        "education_minimum": "<p>licence.</p>",
        "education_desirable": "<p>master.</p>",
    }
    assert doubted(reading.doubts) == [
        ("", "TÂCHES & RESPONSABILITÉS"),
        ("supervisor_name", "Supervision directe par"),
        ("education_minimum", "Formation"),
        ("education_desirable", "Souhaité"),
    ]


def test_fixed_wording_goes_as_often_as_it_is_printed() -> None:
    closing = "The ILO has a smoke-free environment."
    text = f"Post number: 1\n\nPost number: 2\n\nINTRODUCTION\n\n{closing}\n\nWords.\n\nBACKGROUND INFORMATION\n\n{closing}\n\nOutcomes:\n\nMore.\n\n- {closing}"
    assert answers(text) == {
        "introduction": f"<p>{closing}</p><p>Words.</p>",
        "programme_outline": f"<p>{closing}</p>",
        "outcomes": "<p>More.</p>",
    }
    assert doubted(read(text.encode(), FORM).doubts) == [("", "1"), ("", "Post number: 2"), ("outcomes", "Outcomes")]


# JSON of this portal


def test_the_portals_own_json_is_read_as_it_is() -> None:
    document = Document(FORM, CLEAN)
    reading = read(document.text().encode(), FORM)
    assert reading.boxes == CLEAN
    assert (reading.doubts, reading.language) == ((), "en")
    assert stated_language(document.text().encode()) == "en"


def test_json_is_brought_to_the_shape_the_boxes_hold() -> None:
    boxes = {
        "introduction": "<h1>Hello</h1><script>x</script>",
        "title": "in\n rivers ",
        "grade": "P9",
        "wishes": "<p>a boat</p>",
        "empty": " ",
    }
    reading = read(json.dumps({"format": "jpo-proposal/1", "language": "fr", "boxes": boxes}).encode(), FORM)
    assert {name: value for name, value in reading.boxes.items() if value} == {
        "introduction": "<p>Hello</p>",
        "title": "in rivers",
    }
    assert doubted(reading.doubts) == [("grade", "P9"), ("", "wishes: a boat")]
    assert reading.language == "fr"


# Refusals


def packed(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        ("\ufeff \u00a0".encode(), "is empty"),
        (b"%PDF-1.7 ...", "This PDF is damaged, or only a part of one."),
        (packed("word/document.xml"), "is a Word file (.docx)"),
        (packed("content.xml"), "is an OpenDocument file"),
        (packed("a.txt"), "is a packed file (.zip)"),
        (b"PK\x03\x04broken", "is a packed or damaged file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "is an old Word file (.doc)"),
        (b"{\\rtf1 x}", "is a rich text file"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"a" * 1_000_001, "is larger than 1 MB"),
        (b"INTRODUCTION\n\n" + b"word " * 100_000, "holds far more than a proposal does"),
        (bytes(range(256)) * 9, "is no text, or in an unknown encoding"),
        (b"\x81\x8d\x8f", "is no text, or in an unknown encoding"),
        (b"Dear colleague,\n\nplease find the figures below.", "has none of the form's headings and labels"),
        (b"# Introduction\n\nA thesis.", "has none of the form's headings and labels"),
        (b"LEAVE REQUEST\n\nName: Jane\n\nGrade: P2\n\nDuty station: Geneva\n", "has none of the form's headings and labels"),
        (b'{"a": 1}', "is not a proposal of this portal"),
        (b'{"a": ', "This is not a JSON file"),
        (b'{"format": "jpo-proposal/1", "boxes": {"title": 3}}', "no “boxes” with a text for each box"),
    ],
)
def test_what_is_no_proposal_is_refused_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(NotAProposal) as refused:
        read(data, FORM, "old.txt")
    assert says in str(refused.value)
    assert str(refused.value).endswith((".", ")"))


# Anything at all


def check_shape(boxes: Mapping[str, str]) -> None:
    assert list(boxes) == list(FORM.boxes)
    for name, value in boxes.items():
        box = FORM.boxes[name]
        assert value == (prose.canonical(value) if box.kind is Kind.PROSE else prose.clean_line(value))
        assert box.kind is Kind.PROSE or len(value) <= box.most_characters
        assert box.kind is not Kind.CHOICE or value in ("", *box.choices)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400)
    | st.text(max_size=200).map(lambda text: f"INTRODUCTION\n\n{text}\n\nEducation:\n{text}".encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        check_shape(read(data, FORM).boxes)
    except NotAProposal as refused:
        assert str(refused)


FRAGMENTS = st.sampled_from(
    """\n|\n\n|  \n|- |* |1. ||**|_|`|[|](#)|](http://a.b)|<br>|<ul><li>|</li></ul>|<p>|</p>|&#65;|&amp;|\\|Minimum:|Desirable:|Title: |\f|---|Page 2 of 3|12|o\t|•
    |a) |## |INTRODUCTION|\u00a0|e.g.|Year:|a@demo.example|<!-- -->|{|Education|SUPERVISION|Direct Supervision by:|  - """.split(
        "|"
    )
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3500), FRAGMENTS), max_size=12))
def test_a_proposal_torn_in_any_way_is_still_read(tears: list[tuple[int, str]]) -> None:
    text = (OURS / "clean.txt").read_text()
    for place, fragment in tears:
        text = text[:place] + fragment + text[place:]
    check_shape(read(text.encode(), FORM).boxes)


@pytest.mark.parametrize(
    "shape",
    [
        "word ",
        "Some words of it.\n\n",
        "- item\n\n",
        "Minimum: x\n\n",
        "*a ",
        "[a](http://x.org) ",
        "a",
        "# a" + " " * 60,
        "a@",
        "|",
        ": ",
        "A ",
        "<p>x</p>",
        "&#60;",
        "x\n\f",
        "1. ",
    ],
)
def test_a_large_file_takes_no_longer_than_a_second(shape: str) -> None:
    for size in (1_000_000, 200_000, 30_000):
        data = f"INTRODUCTION\n\nSUPERVISION\n\nDirect Supervision by: {shape * (size // len(shape))}".encode()[:1_000_000]
        begun = time.process_time()
        try:
            check_shape(read(data, FORM).boxes)
        except NotAProposal as refused:
            assert "far more" in str(refused)
        assert time.process_time() - begun < 2  # a second, and the checks
