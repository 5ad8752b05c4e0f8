"""Anybody may have a PDF or a printed code checked: is it the endorsed text, unchanged, and of which post; nothing else."""

import json
import logging
import re
from typing import Any

import pikepdf
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.paper import Edition, paper
from documents.press import press
from proposals import guards
from proposals.models import Proposal, Rendition
from proposals.states import State
from proposals.writing import begin
from tests.documents.forgery import SAVED_ANEW, drawn_on, edited, noted_on, reworded, without_enclosure
from tests.story import COMPLETE, bring_to, step
from tests.workflow.browsing import text
from tests.workflow.test_engine import rewrite
from workflow.demonstration.cast import Cast
from workflow.engine import Issuing
from workflow.printing import print_due

PAGE = "/verify/"
MARCH = Issuing(month=3, year=2027)


def printed(proposal: Proposal, edition: Edition = Edition.SUBMISSION, version: int = 1) -> Rendition:
    """The first PDF of a version in an edition; the worker prints until it is there."""
    wanted = Rendition.objects.filter(version__proposal=proposal, version__number=version, edition=edition).order_by("pk")
    while wanted[0].state == Rendition.State.DUE:
        assert print_due()
    return wanted[0]


def bytes_of(rendition: Rendition) -> bytes:
    """The file as people got it."""
    return bytes(rendition.pdf or b"")


def checked(pdf: bytes, name: str = "proposal.pdf") -> Any:
    """What a stranger is answered who brings a file; each comes from an address of their own."""
    return Client(REMOTE_ADDR=next(ADDRESSES)).post(PAGE, {"file": SimpleUploadedFile(name, pdf)})


def asked(code: str) -> Any:
    """What a stranger is answered who types a code."""
    return Client(REMOTE_ADDR=next(ADDRESSES)).post(PAGE, {"code": code})


ADDRESSES = (f"10.0.{n // 250}.{n % 250 + 1}" for n in range(60_000))


def found(answer: Any) -> tuple[str, str]:
    """The heading of what was found, and what stands beneath it of post and decisions."""
    assert answer.status_code == 200, text(answer)
    page = answer.content.decode()
    heading = page.partition('id="verdict"')[2].partition(">")[2].partition("</h2>")[0]
    facts = page.partition('<dl class="jpo-facts">')[2].partition("</dl>")[0]
    return heading, " ".join(re.sub(r"<[^>]*>", "", facts).split())


ISSUED = "Post 1000, issued in March 2027 Decisions Endorsed"


def test_the_issued_file_is_known_byte_for_byte_and_nothing_else_is_told(cast: Cast) -> None:
    proposal = bring_to(State.ISSUED, cast)
    for edition in (Edition.ISSUED, Edition.PUBLIC, Edition.SUBMISSION):
        answer = checked(bytes_of(printed(proposal, edition)))
        assert found(answer) == ("Unchanged", ISSUED)
        secret = [*COMPLETE.values(), "Ana", "Dina", "June", "WORKSKILLS", "apprenticeship", f"/proposals/{proposal.pk}"]
        page = re.sub(r'(?<=value=")\w{64}(?=")', "", answer.content.decode())  # the form's token may hold any letters
        assert [word for word in secret if word and word in page] == []


def test_how_far_the_decisions_have_come_follows_from_the_events(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast, field=True)
    file = bytes_of(printed(proposal))
    assert found(checked(file)) == ("Unchanged, but not endorsed", "Post Not issued Decisions Submitted; not endorsed")
    step("endorse", proposal, cast.diego)
    assert found(checked(file))[1] == "Post Not issued Decisions Endorsed; not yet approved, as a post in the field must be"
    step("approve", proposal, cast.hugo)
    assert found(checked(file)) == ("Unchanged", "Post Not issued Decisions Endorsed and approved")
    step("issue", proposal, cast.june, issuing=MARCH)
    assert found(checked(file)) == ("Unchanged", f"{ISSUED} and approved"), "the first file says still the same text"


def test_a_text_that_was_replaced_says_so(cast: Cast) -> None:
    proposal = bring_to(State.SUBMITTED, cast)
    first = bytes_of(printed(proposal))
    step("return", proposal, cast.june, comment="Please shorten it.")
    rewrite(proposal, cast.ana, introduction="<p>Shorter.</p>")
    step("submit", proposal, cast.ana)
    assert found(checked(first)) == ("Unchanged", "Post Not issued Decisions Endorsed")
    second = bytes_of(printed(proposal, version=2))
    assert found(checked(second))[0] == "Unchanged, but not endorsed"
    step("endorse", proposal, cast.dina)
    replaced = "Post Not issued Decisions Endorsed Replaced Another text was endorsed in its place"
    assert found(checked(first)) == ("Unchanged, but replaced", replaced)
    step("issue", proposal, cast.june, issuing=MARCH)
    assert found(checked(first)) == ("Unchanged, but replaced", replaced), "no post is told of a text that was not issued"
    assert found(checked(second)) == ("Unchanged", ISSUED)


def test_the_same_text_issued_again_is_told_apart(cast: Cast) -> None:
    first = bring_to(State.ISSUED, cast)
    again = begin(cast.ana, first.office, answers=COMPLETE, follows=first, same_post=True)
    for action, user, more in (
        ("submit", cast.ana, {}),
        ("endorse", cast.dina, {}),
        ("issue", cast.june, {"issuing": Issuing(5, 2028)}),
    ):
        step(action, again, user, **more)  # type: ignore[arg-type]
    files = [printed(proposal, Edition.ISSUED) for proposal in (first, again)]
    assert files[0].source == files[1].source
    for how in (lambda pdf: pdf, SAVED_ANEW["packed"]):
        assert [found(checked(how(bytes_of(file))))[1] for file in files] == [
            f"{ISSUED} Replaced The post was issued again in May 2028",
            "Post 1000, issued in May 2028 Decisions Endorsed",
        ]


def test_a_file_that_another_program_saved_has_the_same_words(cast: Cast) -> None:
    file = bytes_of(printed(bring_to(State.SUBMITTED, cast)))
    for how, saved in SAVED_ANEW.items():
        assert saved(file) != file
        assert found(checked(saved(file))) == ("The same words, saved anew", "Post Not issued Decisions Endorsed"), how


def test_a_forger_who_keeps_the_enclosure_is_caught(cast: Cast) -> None:
    proposal = bring_to(State.SUBMITTED, cast)
    file = bytes_of(printed(proposal))
    changed = {
        "a word": reworded(file, "renewable", "renounced"),
        "a figure": reworded(file, "12 months", "21 months"),
        "words in the margin": drawn_on(file, b"/Artifact BMC BT /F1 12 Tf 100 700 Td (not) Tj ET EMC"),
        "words without a tag": drawn_on(file, b"BT /F1 12 Tf 100 700 Td (not) Tj ET"),
        "a note laid over it": noted_on(file, "not"),
        "a page less": edited(file, lambda pdf: pdf.pages.__delitem__(-1)),
        "a page more": edited(file, lambda pdf: pdf.pages.append(pdf.pages[0])),
        "another code": reworded(file, code := printed(proposal).code[:5], code[::-1]),
    }
    for how, forged in changed.items():
        assert found(checked(forged)) == ("NOT the endorsed text", ""), how


def test_a_forger_who_covers_words_is_not_vouched_for(cast: Cast) -> None:
    file = bytes_of(printed(bring_to(State.SUBMITTED, cast)))

    def lie(pdf: pikepdf.Pdf) -> None:
        """Other shapes for the letters, which still call themselves by their old names."""
        for font in pdf.pages[0].resources.Font.values():
            shapes = font.DescendantFonts[0].FontDescriptor.FontFile2
            shapes.write(bytes(shapes.read_bytes()) + b"\x00")

    covered = {
        "a white box": drawn_on(file, b"q 1 1 1 rg 80 300 400 200 re f Q"),
        "other letters": edited(file, lie),
        "a smaller window": edited(file, lambda pdf: pdf.pages[0].__setattr__("cropbox", [0, 400, 595, 841])),
        "a form instead of pages": edited(
            file, lambda pdf: pdf.Root.__setitem__("/AcroForm", pikepdf.Dictionary(XFA=pikepdf.String("x")))
        ),
    }
    for how, forged in covered.items():
        assert found(checked(forged)) == ("The same words, drawn otherwise", "Post Not issued Decisions Endorsed"), how


def test_what_is_not_the_portals_is_not_known(cast: Cast) -> None:
    proposal = bring_to(State.SUBMITTED, cast)
    file = bytes_of(printed(proposal))
    document = Proposal.objects.whole().get(pk=proposal.pk).document()
    source = document.text()

    def enclosing(*texts: str) -> bytes:
        def enclose(pdf: pikepdf.Pdf) -> None:
            for name in list(pdf.attachments):
                del pdf.attachments[name]
            for number, said in enumerate(texts):
                enclosed = pikepdf.AttachedFileSpec(pdf, said.encode(), relationship=pikepdf.Name.Source)
                pdf.attachments[f"{number}.json"] = enclosed

        return edited(file, enclose)

    strangers = {
        "a draft": press(paper(document, kind=Edition.DRAFT), attachment=source.replace("12 months", "13 months")),
        "another text enclosed": enclosing(source.replace("12 months", "13 months")),
        "two texts enclosed": enclosing(source, source.replace("12 months", "13 months")),
        "no text enclosed": without_enclosure(file),
        "half a file": file[: len(file) // 2],
        "no more than a beginning": b"%PDF-1.7\n",
    }
    for how, stranger in strangers.items():
        answer = checked(stranger)
        assert found(answer) == ("The portal does not know this file", ""), how
        assert "jpo@ilo.org" in text(answer)
    assert found(checked(enclosing(source)))[0] == "The same words, saved anew"
    assert json.loads(source)["boxes"]["duration"] == "12 months, renewable"


def test_the_code_of_a_printed_copy_is_taken_as_people_type_it(cast: Cast) -> None:
    rendition = printed(bring_to(State.SUBMITTED, cast))
    code = rendition.code
    mistaken = code.replace("0", "O").replace("1", "l")
    for typed in (
        code,
        code.lower(),
        f" {code[:5]}-{code[5:]} ",
        f"{code[:2]} {code[2:7]} – {code[7:]}",
        mistaken,
        mistaken.replace("l", "I"),
    ):
        answer = asked(typed)
        assert found(answer) == ("A paper of this portal", "Post Not issued Decisions Endorsed"), typed
        assert "only its file can be checked word by word" in text(answer)
    for typed in (code[:-1], code + "0", code[::-1], "1111111111", "é" * 10, "*" * 10, "U" * 10):
        assert found(asked(typed)) == ("The portal does not know this code", ""), typed


def test_older_papers_without_a_code_on_them_are_known_by_their_text(cast: Cast) -> None:
    proposal = bring_to(State.SUBMITTED, cast)
    file = bytes_of(printed(proposal))
    guards.remove(connection)
    Rendition.objects.update(code="")
    guards.install(connection)
    assert found(checked(SAVED_ANEW["packed"](file)))[0] == "The same words, saved anew"
    assert found(checked(reworded(file, "renewable", "renounced")))[0] == "NOT the endorsed text"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose the PDF that you want to have checked."),
        ({"file": (b"", "empty.pdf")}, "This file is empty."),
        ({"file": (b"Dear all", "letter.pdf")}, "This is not a PDF."),
        ({"file": (b"PK\x03\x04 %PDF-", "letter.docx")}, "This is not a PDF."),
        ({"file": (b"%PDF-" + b" " * 10_000_000, "large.pdf")}, "This file is larger than 10 MB;"),
        ({"file": (b"%PDF-" + b" " * 11_000_000, "larger.pdf")}, "This file is larger than 10 MB;"),
        ({"code": " "}, "Type the check code."),
        ({"code": "x" * 101}, "A check code has ten letters and digits."),
        ({"code": "K7QM2\x00"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_checked_is_told_in_a_sentence(cast: Cast, client: Client, sent: dict[str, Any], said: str) -> None:
    sent = {name: SimpleUploadedFile(value[1], value[0]) if name == "file" else value for name, value in sent.items()}
    answer = client.post(PAGE, sent)
    assert (answer.status_code, said in text(answer)) == (422, True), text(answer)
    assert "<title>Error: " in answer.content.decode()


def test_a_stranger_who_asks_too_often_is_asked_to_wait(cast: Cast) -> None:
    stranger, other = Client(REMOTE_ADDR="10.9.9.1"), Client(REMOTE_ADDR="10.9.9.2")
    answers = [stranger.post(PAGE, {"code": "1111111111"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert "Please wait a minute and check again." in text(answers[-1])
    assert [stranger.get(PAGE).status_code, other.post(PAGE, {"code": "1111111111"}).status_code] == [200, 200]


def test_behind_a_proxy_each_visitor_is_counted_by_themselves(cast: Cast, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sent = [f"10.8.8.{n % 2 + 1}" for n in range(20)]
    answers = [
        Client().post(PAGE, {"code": "1111111111"}, headers={"x-forwarded-for": f"{n}.1.1.1, {address}"})
        for n, address in enumerate(sent)
    ]
    assert [answer.status_code for answer in answers] == [200] * 20
    assert Client().post(PAGE, {"code": "1111111111"}, headers={"x-forwarded-for": sent[0]}).status_code == 429


def test_only_the_page_itself_may_send_a_file(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, {"code": "1111111111"}).status_code == 403
    token = strict.get(PAGE).cookies["csrf"].value
    assert strict.post(PAGE, {"code": "1111111111", "csrfmiddlewaretoken": token}).status_code == 200
    assert [strict.put(PAGE).status_code, strict.delete(PAGE).status_code] == [403, 403]


def test_nothing_of_a_file_is_kept_or_noted_and_the_check_asks_little(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    file = bytes_of(printed(bring_to(State.SUBMITTED, cast)))
    ours = [model for name in ("organisation", "proposals", "workflow") for model in apps.get_app_config(name).get_models()]
    before = [list(model._default_manager.values_list("pk", flat=True)) for model in ours]
    caplog.set_level(logging.DEBUG)
    for sent in (file, SAVED_ANEW["packed"](file), file[:2000], reworded(file, "renewable", "renounced")):
        with CaptureQueriesContext(connection) as queries:
            checked(sent, "Secret name.pdf")
        asked_for = [query["sql"] for query in queries if '"jpo_cache"' not in query["sql"] and "SAVEPOINT" not in query["sql"]]
        assert len(asked_for) <= 10, asked_for
        assert all(sql.startswith("SELECT") for sql in asked_for)
    assert [list(model._default_manager.values_list("pk", flat=True)) for model in ours] == before
    assert not [record for record in caplog.records if "Secret" in record.getMessage() or "renounced" in record.getMessage()]
