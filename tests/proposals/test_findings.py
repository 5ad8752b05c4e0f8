"""What the readiness check finds, as the drafting pages tell it: beside boxes, after a save, in counts; and fixes without scripts."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.document import Document
from proposals.findings import Told, beside, counted, mend, short, told
from proposals.models import Proposal
from proposals.reasons import keep
from proposals.sections import DutiesAndResponsibilities, GeneralInformation, form
from proposals.writing import begin, invite, mark
from readiness.finding import Finding, Fix, How, Severity
from tests.proposals.pages import answers, form_of, page, signed_in, text
from tests.story import COMPLETE, draft

pytestmark = pytest.mark.django_db  # the registers are asked

B, W, H = Severity.BLOCKER, Severity.WARNING, Severity.HINT
DOUBLED = "in in apprenticeship systems"


@pytest.fixture
def proposal(cast) -> Proposal:
    """Ana's draft, with a blocker in its title and a warning, twice, in its duties."""
    return draft(
        cast.ana, cast.offices["WORKSKILLS"], title=DOUBLED,
        duties="<ul><li>Draft the the notes.</li><li>Review the the laws of <strong>of</strong> two countries.</li></ul>",
    )  # fmt: skip


@pytest.fixture
def ana(cast):
    """Ana's browser."""
    return signed_in(cast.ana)


def document(**boxes: str) -> Document:
    return Document(form("en"), COMPLETE | boxes, "WORKSKILLS")


def finding(sentence: str = "Look.", quote: str = "", fix: Fix | None = None, rule: str = "R99", severity=W, start: int = 0):
    return Finding(rule, severity, "general_information", "title", start, start + len(quote), quote, sentence, fix)


def said(response) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


# What is told


def test_what_is_missing_is_told_once_and_not_as_a_finding_too():
    empty = Document(form("en"), {})
    assert (len(empty.problems()) > 10, told(empty)) == (True, ())
    unprintable = document(title="in 李", duties="")
    assert [problem.box.name for problem in unprintable.problems()] == ["title", "duties"]
    assert [found for found in told(unprintable) if found.box in ("title", "duties")] == []


def test_a_finding_that_stands_on_no_words_is_told_all_the_same():
    both = document(education_minimum="<p>A Bachelor's degree in law; a Master's degree in law would be an advantage.</p>")
    assert "education_desirable" in {found.box for found in told(both) if not found.quote}


@pytest.mark.parametrize(
    ("severities", "words"),
    [("", ""), ("B", "1 blocker"), ("WHWH", "2 warnings, 2 hints"), ("HBBW", "2 blockers, 1 warning, 1 hint")],
)
def test_counts_are_words_the_gravest_first(severities, words):
    assert counted(map(Severity, severities)) == words


BUTTONS = [
    ("in in", Fix("in"), "Fix: “in in” → “in”"),
    ("the end", Fix("the end."), "Fix: add “.” at the end"),
    ("the end;", Fix("the end"), "Fix: take out “;” at the end"),
    ("Please describe.", Fix(""), "Fix: take out “Please describe.”"),
    ("( a", Fix("(a"), "Fix: “( a” → “(a”"),
    ("a  b", Fix("a b"), "Fix: the spaces"),
    ("www.ilo.org", Fix("https://www.ilo.org", How.LINK), "Make it a link to https://www.ilo.org"),
    ("a; b", Fix("a\nb", How.LIST), "Make it a list"),
    ("word", None, ""),
]


@pytest.mark.parametrize(("quote", "fix", "words"), BUTTONS)
def test_a_button_says_what_its_fix_does(quote, fix, words):
    assert Told(finding(quote=quote, fix=fix)).fix == words


LINKED = [
    ("in in", "“in in”: said twice.", ("", "in in", ": said twice.")),
    ("In 2019, both of them met.", "“In 2019, both …” is long.", ("", "In 2019, both …", " is long.")),
    ("A minimum of", "Write “At least”, for “Minimum” is printed.", ("Write “At least”, for ", "Minimum", " is printed.")),
    ("- ", "“Recommendations- covering”: a dash.", ("", "Recommendations- covering", ": a dash.")),
    ("the end", "No full stop.", None),
    ("", "“Desirable” is empty.", None),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "sentence", "parts"), LINKED)
def test_the_words_that_a_sentence_names_are_its_link(quote, sentence, parts):
    assert Told(finding(sentence, quote)).parts == parts


def test_many_words_are_shown_by_their_beginning_and_end():
    shown = short("one two three " * 20 + "end")
    assert (shown.startswith("one two"), shown.endswith("end"), " … " in shown, len(shown) < 60) == (True, True, True, True)
    assert short(" two\nlines ") == "two lines"


def test_what_one_rule_finds_in_a_box_is_told_together_the_gravest_first():
    same = [finding("Twice.", "a a", Fix("a"), "R05", start=place) for place in (3, 9)]
    others = [finding("“x y” is …", "x y", rule="R10"), finding("“u v” is …", "u v", rule="R10")]
    here = beside([*same, *others, finding(rule="R04", severity=B), finding(rule="R33", severity=H)], {})["title"]
    assert [(group.severity, group.sentence, len(group.members), group.fixes_all) for group in (*here.grave, *here.hints)] == [
        (B, "Look.", 1, ""),
        (W, "Twice.", 2, "Fix all 2"),
        (W, "", 2, ""),
        (H, "Look.", 1, ""),
    ]
    assert (here.said, here.count_of_hints) == ("1 blocker, 4 warnings: Look.", "1 hint")


def test_hints_are_quiet():
    here = beside([finding(severity=H)], {})["title"]
    assert (here.said, here.count_of_hints) == ("", "1 hint")


# What is put right


MENDED = [
    ("the nearest", "<p>of of it, in in it, in in it</p>", "duties:R05:{0}:{1}", 20, "<p>of of it, in in it, in it</p>"),
    ("the other", "<p>of of it, in in it, in in it</p>", "duties:R05:{0}:{1}", 5, "<p>of of it, in it, in in it</p>"),
    ("all of the rule", "<p>of of it, in in it, in in it</p>", "duties:R05", 0, "<p>of it, in it, in it</p>"),
    ("marks stay", "<p>a <em>in</em> in it</p>", "duties:R05:{0}:{1}", 2, "<p>a <em>in</em> it</p>"),
    ("gone", "<p>in it</p>", "duties:R05:{0}:{1}", 0, None),
    ("another rule", "<p>in in it</p>", "duties:R04:{0}:{1}", 0, None),
    ("no place at all", "<p>in in it</p>", "duties:R05:x:{1}", 0, "<p>in it</p>"),
    ("nonsense", "<p>in in it</p>", "::::", 0, None),
    ("no such box", "<p>in in it</p>", "salary:R05", 0, None),
]


@pytest.mark.parametrize(("name", "before", "value", "at", "after"), MENDED, ids=[row[0] for row in MENDED])
def test_a_fix_is_put_where_its_words_stand_now(name, before, value, at, after):
    assert mend(document(duties=before), value.format(at, mark("in in"))) == after


def test_without_scripts_the_page_comes_back_with_the_fix_and_all_that_was_typed(ana, proposal):
    opened = form_of(ana.get(page(proposal, GeneralInformation)))
    sent = opened | {"title": "at at the ILO", "unit": "Not saved yet", "mend": f"title:R05:0:{mark('at at')}"}
    answer = ana.post(page(proposal, GeneralInformation), sent)
    assert answer.status_code == 200
    assert (form_of(answer)["title"], form_of(answer)["unit"]) == ("at the ILO", "Not saved yet")
    assert "It is put right. Nothing is saved yet." in said(answer)
    assert (answers(proposal)["title"], answers(proposal)["unit"]) == (DOUBLED, COMPLETE["unit"])
    assert "There is nothing to put right here any more: the words have changed." in said(
        ana.post(page(proposal, GeneralInformation), sent | {"title": "at the ILO"})
    )


def test_a_script_gets_the_text_alone_and_nothing_is_stored(ana, proposal):
    address, opened = page(proposal, DutiesAndResponsibilities), form_of(ana.get(page(proposal, DutiesAndResponsibilities)))
    sent = opened | {"duties": "<p>Draft in in time</p><p></p>", "mend": f"duties:R05:6:{mark('in in')}"}
    asked = ana.post(address, sent, headers={"accept": "application/json"})
    assert (asked.status_code, asked.json()) == (200, {"text": "<p>Draft in time</p>"})
    gone = ana.post(address, sent | {"duties": "<p>Draft in time</p>"}, headers={"accept": "application/json"}).json()
    assert gone == {"gone": "There is nothing to put right here any more: the words have changed."}
    elsewhere = ana.post(address, sent | {"mend": "title:R05"}, headers={"accept": "application/json"}).json()
    assert elsewhere == gone, "only what is on the page is put right"
    assert answers(proposal)["duties"].startswith("<ul>")


def test_a_text_that_is_refused_unread_is_not_checked_either(ana, proposal):
    huge = "in in " * 60_000
    sent = {"revision": 0, "duties": huge, "mend": "duties:R05"}
    assert ana.post(page(proposal, DutiesAndResponsibilities), sent).status_code == 200


# Where it is told


def test_beside_the_box_with_words_link_and_fix(ana, proposal):
    shown = text(ana.get(page(proposal, GeneralInformation)))
    for part in (
        'id="id_title_findings" role="status">1 blocker: ',
        'id="finding-title-R05-0"',
        'data-box="title" data-start="0" data-quote="in in"',
        f'name="mend" value="title:R05:0:{mark("in in")}">Fix: “in in” → “in”</button>',
        "It stops the submission, unless you say why it stays when you submit.",
    ):
        assert part in shown
    twice = said(ana.get(page(proposal, DutiesAndResponsibilities)))
    assert "Fix all 3" in twice


def test_a_reason_that_was_given_stands_beside_its_words(ana, cast, proposal):
    keep(proposal.pk, cast.ana, {f"R05:title:{mark('in in')}": "It is a name."})
    shown = said(ana.get(page(proposal, GeneralInformation)))
    assert "It stays, says Ana Lindqvist: It is a name." in shown
    assert "It stops the submission" not in shown
    assert "1 blocker" not in said(ana.get(page(proposal, DutiesAndResponsibilities))), "the list of sections counts what stops"


def test_a_save_brings_what_is_found_and_how_far_each_section_has_come(ana, proposal):
    address, opened = page(proposal, GeneralInformation), form_of(ana.get(page(proposal, GeneralInformation)))
    answer = ana.post(address, opened | {"unit": "Unit Unit"}, headers={"accept": "application/json"}).json()
    assert sorted(answer["findings"]) == ["title", "unit"]
    assert "Unit Unit" in answer["findings"]["unit"]["said"]
    assert " ".join(answer["findings"]["title"]["list"].split()) in text(ana.get(address)), "one template, one telling"
    assert (answer["tag"], "2 blockers" in answer["sections"]) == ("2 blockers", True)
    opened |= {"opened": answer["opened"], "revision": answer["revision"]}
    answer = ana.post(address, opened | {"title": "on tea", "unit": "Tea"}, headers={"accept": "application/json"}).json()
    assert (answer["findings"], answer["tag"], answer["tone"]) == ({}, "Completed", "done")
    assert ana.get(address).content.decode().count("jpo-nav-sections__done") == answer["sections"].count("jpo-nav-sections__done")


def test_the_overview_counts_it_section_by_section(ana, cast, proposal):
    shown = said(ana.get(f"/proposals/{proposal.pk}/edit/"))
    for words in ("General information 1 blocker Supervision", "Duties and responsibilities Completed 3 warnings"):
        assert words in shown
    clean = draft(cast.ana, cast.offices["WORKSKILLS"], title="on tea")
    assert "You have completed 7 of 7 sections." in said(ana.get(f"/proposals/{clean.pk}/edit/"))


def test_a_page_asks_the_database_no_more_than_ten_questions_and_a_save_no_more_than_eleven(ana, cast):
    proposal = begin(
        cast.ana, cast.offices["WORKSKILLS/YOUTH"], answers=COMPLETE | {"title": DOUBLED}, doubts=[("title", "x", "?")]
    )
    keep(proposal.pk, cast.ana, {f"R05:title:{mark('in in')}": "It is a name."})
    invite(proposal, cast.colin)
    opened = form_of(ana.get(page(proposal, GeneralInformation)))
    costs = {}
    for name, ask in {
        "overview": lambda: ana.get(f"/proposals/{proposal.pk}/edit/"),
        "section": lambda: ana.get(page(proposal, GeneralInformation)),
        "save": lambda: ana.post(
            page(proposal, GeneralInformation), opened | {"unit": "x"}, headers={"accept": "application/json"}
        ),
        "mend": lambda: ana.post(page(proposal, GeneralInformation), opened | {"mend": "title:R05"}),
    }.items():
        with CaptureQueriesContext(connection) as asked:
            assert ask().status_code == 200
        costs[name] = len(asked)
    assert max(costs.values()) <= 11, costs
    assert max(costs["overview"], costs["section"]) <= 10, costs
