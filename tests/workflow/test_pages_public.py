"""What everybody may read, what a machine asks of the portal's health, and the demonstration's own pages."""

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.db.utils import OperationalError
from django.template.loader import render_to_string
from django.test import Client

from proposals.sections import NOTE, form
from proposals.states import State
from tests.story import bring_to
from tests.workflow.browsing import cost, signed_in, text
from workflow.accounts import welcome
from workflow.checks import demonstration_errors
from workflow.demonstration.cast import DOES, PEOPLE, Cast
from workflow.models import Letter
from workflow.outbox import beat


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("/help/", "Help Note for supervisors:"),
        ("/accessibility/", "Accessibility"),
        ("/privacy/", "Privacy"),
        ("/verify/", "Check a PDF"),
    ],
)
def test_public_pages_open_for_everybody(cast: Cast, client: Client, path: str, begins: str) -> None:
    for browser in (client, signed_in(cast.otto)):
        answer = browser.get(path)
        assert (answer.status_code, text(answer).startswith(begins)) == (200, True)


def test_the_help_page_has_the_note_and_the_guidance_of_every_box(client: Client, db: None) -> None:
    said = text(client.get("/help/"))
    assert str(NOTE) in said
    assert [box.name for box in form("en").boxes.values() if box.title not in said or box.guidance not in said] == []


def test_all_other_pages_ask_a_stranger_to_sign_in(cast: Cast, client: Client) -> None:
    for path in (
        "/",
        "/proposals/",
        "/proposals/1/",
        "/proposals/1/steps/submit/",
        "/proposals/1/versions/1.pdf",
        "/account/password/change/",
    ):
        assert client.get(path)["Location"].startswith("/account/login/?next=/")


def test_health_is_good_while_a_worker_is_at_work(cast: Cast, client: Client) -> None:
    beat()
    answer = client.get("/healthz")
    said = answer.json()
    assert (answer.status_code, said["ok"], said["database"], said["complaints"]) == (200, True, True, [])
    assert set(said) == {
        "ok", "database", "disk_free_mb", "oldest_unsent_s", "worker_seen_s", "failed_letters", "failed_pdfs", "complaints",
    }  # fmt: skip


def test_health_is_bad_when_no_worker_has_been_seen(cast: Cast, client: Client) -> None:
    bring_to(State.ENDORSEMENT, cast)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["complaints"]) == (503, ["No worker has been seen yet."])
    assert not any(word in answer.content.decode() for word in ("Dina", "demo.example", "apprenticeship"))


def test_health_says_when_the_database_does_not_answer(db: None, client: Client) -> None:
    def broken(*_: object) -> None:
        raise OperationalError("connection to server at 10.0.0.1 failed: password of jpo")

    with connection.execute_wrapper(broken):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"ok": False, "database": False, "complaints": ["The database does not answer."]},
    )


def test_the_page_of_a_failure_says_nothing_of_the_failure() -> None:
    page = render_to_string("500.html")
    assert "Something went wrong on our side" in page
    assert "Traceback" not in page


def test_outside_the_demonstration_its_pages_do_not_exist(cast: Cast) -> None:
    letter = welcome(cast.otto)
    browser = signed_in(cast.june)
    answers = [browser.get("/mailbox/"), browser.get(f"/mailbox/{letter.pk}/"), browser.post("/demo/sign-in/", {"name": "june"})]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "demo" not in Client().get("/account/login/").content.decode().lower()


@pytest.fixture
def demonstration(settings, cast: Cast) -> Cast:
    """The same site as the demonstration."""
    settings.DEMO = True
    return cast


def test_in_the_demonstration_one_click_signs_in_as_any_of_the_cast(demonstration: Cast, client: Client) -> None:
    page = text(client.get("/account/login/"))
    assert [name for name in PEOPLE if f"{PEOPLE[name]} {DOES[name]}" not in page] == []
    for name, person in PEOPLE.items():
        assert client.post("/demo/sign-in/", {"name": name})["Location"] == "/"
        assert person in client.get("/").content.decode()
    assert [
        client.post("/demo/sign-in/", {"name": name}).status_code for name in ("", "nobody", "june@demo.example", "\x00")
    ] == [404] * 4
    assert client.get("/demo/sign-in/").status_code == 405


def test_in_the_demonstration_everybody_reads_every_letter(demonstration: Cast, client: Client) -> None:
    welcome(demonstration.otto)
    proposal = bring_to(State.ENDORSEMENT, demonstration)
    page = text(client.get("/mailbox/"))
    assert page.index("For your endorsement") < page.index("Welcome to the JPO Portal")  # the newest first
    letter = Letter.objects.get(proposal=proposal)
    answer = client.get(f"/mailbox/{letter.pk}/")
    assert "Dear Dina Haddad," in text(answer)
    assert f'href="/proposals/{proposal.pk}/versions/1.pdf"' in answer.content.decode()
    assert [client.get(f"/mailbox/{pk}/").status_code for pk in (999_999, 10**30)] == [404, 404]


def test_the_mailbox_goes_page_by_page_at_one_cost(demonstration: Cast, client: Client) -> None:
    Letter.objects.bulk_create(
        Letter(key=f"{n}", to_address="x@demo.example", subject=f"Letter {n}", body="x") for n in range(1, 111)
    )
    first = client.get("/mailbox/").content.decode()
    assert ("Letter 110<" in first, "Letter 61<" in first, "Letter 60<" in first) == (True, True, False)
    older = first.partition('href="?before=')[2].partition('"')[0]
    second = client.get(f"/mailbox/?before={older}").content.decode()
    assert ("Letter 60<" in second, "Letter 11<" in second, "Letter 10<" in second) == (True, True, False)
    assert cost(client, "/mailbox/") == cost(client, f"/mailbox/?before={older}") <= 2
    assert [client.get("/mailbox/", {"before": bad}).status_code for bad in ("x", "-1", "9" * 40, "²", "\x00")] == [200] * 5


def test_the_demonstration_is_refused_wherever_others_could_reach_it() -> None:
    real = {"DATABASE_URL": "postgres://x", "EMAIL_URL": "smtp://x"}
    found = {
        "at home": demonstration_errors(True, "http://127.0.0.1:8000", {}),
        "by its name": demonstration_errors(True, "http://localhost:8000", {"EMAIL_URL": ""}),
        "a real site": demonstration_errors(False, "https://jpo.example.org", real),
        "a foreign host": demonstration_errors(True, "https://jpo.example.org", {}),
        "a lookalike": demonstration_errors(True, "http://127.0.0.1.example.org", {}),
        "real data and letters": demonstration_errors(True, "http://localhost", real),
    }
    assert {where: [error.msg for error in errors] for where, errors in found.items()} == {
        "at home": [],
        "by its name": [],
        "a real site": [],
        "a foreign host": ["JPO_DEMO is set, and SITE_URL names a host other than 127.0.0.1 or localhost."],
        "a lookalike": ["JPO_DEMO is set, and SITE_URL names a host other than 127.0.0.1 or localhost."],
        "real data and letters": ["JPO_DEMO is set, and DATABASE_URL is set.", "JPO_DEMO is set, and EMAIL_URL is set."],
    }


def test_the_check_of_the_demonstration_is_among_those_that_run(settings) -> None:
    settings.DEMO = True  # the suite's environment names a database and a mail server
    assert {error.id for error in run_checks()} >= {"jpo.E001"}
