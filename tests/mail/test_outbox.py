"""Letters: how they look, in which order they leave, and what becomes of them when the mail server will not have them."""

import ssl
import subprocess
import time
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now
from django.utils import timezone

from proposals.models import Proposal, Rendition
from proposals.states import State
from tests.mail.conftest import no_room_for_events, time_passes
from tests.mail.peer import Mood, Peer
from tests.story import bring_to, draft, step
from workflow import outbox
from workflow.models import Heartbeat, Letter
from workflow.outbox import complaints, health, message_id, send_due, try_again
from workflow.printing import file_name, print_due

pytestmark = pytest.mark.django_db


def write(name: str, about: Proposal | None = None, **more: Any) -> Letter:
    """A letter in the outbox, to somebody of that name."""
    known = {"subject": f"To {name}", "body": "Good day.\n", "to_name": name.title(), "to_address": f"{name}@demo.example"}
    letter = Letter.objects.create(key=f"test {Letter.objects.count()}", proposal=about, **known | more)
    letter.refresh_from_db()
    return letter


def send_all() -> int:
    """Sends whatever is due; how many tries that were."""
    tries = 0
    while send_due():
        tries += 1
    return tries


def states() -> dict[str, str]:
    """What has become of the letters, by the person they go to."""
    return dict(Letter.objects.order_by("pk").values_list("to_name", "state"))


def head(mail: EmailMessage) -> dict[str, str]:
    """The headers of a letter, as they are read."""
    return {name: str(value) for name, value in mail.items()}


def test_a_letter_looks_as_people_and_machines_expect(by_hand: Peer, settings: Any) -> None:
    settings.FROM_ADDRESS = "JPO Portal <no-reply@jpo.example>"
    letter = write(
        "ana", to_name="Ana Núñez, Dr", subject="À signer – “on data”", body="Ça va\n.\nFrom here\n" + "x" * 2000 + "\n"
    )

    assert send_due()

    (received,) = by_hand.letters
    assert (received.sender, received.recipients) == ("no-reply@jpo.example", ("ana@demo.example",))
    assert head(received.mail) == {
        "Content-Type": 'text/plain; charset="utf-8"',
        "MIME-Version": "1.0",
        "Content-Transfer-Encoding": "quoted-printable",
        "Subject": "À signer – “on data”",
        "From": "JPO Portal <no-reply@jpo.example>",
        "To": '"Ana Núñez, Dr" <ana@demo.example>',
        "Message-ID": message_id(letter),
        "Date": letter.written_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "Auto-Submitted": "auto-generated",
    }
    assert received.mail.get_content().replace("\r\n", "\n") == letter.body
    assert message_id(letter).endswith("@testserver>")
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.trouble, letter.leased_until) == ("sent", 1, "", None)
    assert letter.sent_at and timezone.now() - letter.sent_at < timedelta(minutes=1)


def test_no_title_and_no_name_adds_a_header_or_a_recipient(by_hand: Peer) -> None:
    write("ana", subject="Issued\r\nBcc: eve@evil.example\u2028Cc: eve@evil.example", to_name="Ana\r\nBcc: eve@evil.example")
    write("dina", subject="=?utf-8?q?x?= " + "long " * 50, to_name='Dina <eve@evil.example>, "Eve')

    assert send_all() == 2

    first, second = by_hand.letters
    assert [letter.recipients for letter in (first, second)] == [("ana@demo.example",), ("dina@demo.example",)]
    assert first.mail["Subject"] == "Issued Bcc: eve@evil.example Cc: eve@evil.example"
    assert [address.addr_spec for letter in (first, second) for address in letter.mail["To"].addresses] == [
        "ana@demo.example",
        "dina@demo.example",
    ]
    assert not [name for letter in (first, second) for name in letter.mail if name.lower() in ("bcc", "cc")]


def test_a_letter_that_is_none_fails_at_once_and_keeps_nobody_waiting(by_hand: Peer) -> None:
    write("ana", to_address="ana at home")
    write("eve", to_address="ana@demo.example, eve@evil.example")
    write("otto", to_address="otto@demo.example\r\nBcc: eve@evil.example")
    write("dina")
    assert send_all() == 4
    assert states() == {"Ana": "failed", "Eve": "failed", "Otto": "failed", "Dina": "sent"}
    assert [letter.recipients for letter in by_hand.letters] == [("dina@demo.example",)]


def test_letters_about_one_proposal_reach_a_person_in_the_order_of_the_steps(by_hand: Peer, cast: Any) -> None:
    one, other = (draft(cast.ana, cast.offices["WORKSKILLS"]) for _ in range(2))
    write("ana", one, subject="1 one")
    write("ana", one, subject="2 one")
    write("ana", other, subject="3 other")
    write("dina", one, subject="4 one")
    by_hand.mood = Mood.LATER
    assert send_due()
    by_hand.mood = Mood.ACCEPT

    assert send_all() == 2
    assert [str(letter.mail["Subject"]) for letter in by_hand.letters] == ["3 other", "4 one"]

    time_passes()
    assert send_all() == 2
    assert [str(letter.mail["Subject"]) for letter in by_hand.letters[2:]] == ["1 one", "2 one"]


def test_a_letter_waits_for_its_pdf_and_brings_it(by_hand: Peer, cast: Any) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast, title="on “Œuvre & data”/Québec: a 2nd look")
    assert send_all() == 0

    assert (print_due(), print_due()) == (True, False)
    assert send_all() == 1

    (received,) = by_hand.letters
    rendition = Rendition.objects.get()
    assert received.recipients == (cast.dina.email,)
    assert received.pdf == bytes(rendition.pdf or b"")
    (attachment,) = received.mail.iter_attachments()
    assert attachment.get_filename() == "JPO proposal - on uvre data Quebec a 2nd look.pdf"
    assert str(received.mail["Subject"]).strip().startswith(f"For your endorsement: {proposal.title}")


def test_the_issued_pdf_bears_the_number_in_its_name(cast: Any) -> None:
    proposal = bring_to(State.ISSUED, cast)
    assert [file_name(rendition) for rendition in Rendition.objects.order_by("pk")] == [
        "JPO proposal - on apprenticeship systems.pdf",
        "JPO proposal - on apprenticeship systems.pdf",
        f"JPO proposal {proposal.post} - on apprenticeship systems.pdf",
        f"JPO post {proposal.post} - on apprenticeship systems.pdf",
    ]


@pytest.mark.parametrize(
    ("mood", "state", "said"),
    [
        (Mood.BUSY, "due", "421 4.3.2 Too many visitors"),
        (Mood.LATER, "due", "451 4.3.0 Not now"),
        (Mood.NO, "failed", "554 5.7.1 Not this letter"),
        (Mood.REFUSE_SENDER, "due", "550 5.7.1 This server does not know you"),
        (Mood.HANG, "due", "SMTPServerDisconnected: Connection unexpectedly closed: timed out"),
        (Mood.DROP, "due", "SMTPServerDisconnected: "),
        (Mood.BROKEN_TLS, "due", "SSLError: "),
    ],
)
def test_what_a_bad_mood_of_the_server_makes_of_a_letter(
    by_hand: Peer, settings: Any, caplog: Any, mood: Mood, state: str, said: str
) -> None:
    letter = write("ana")
    by_hand.mood, settings.EMAIL_USE_TLS = mood, mood is Mood.BROKEN_TLS

    assert send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.leased_until) == (state, 1, None)
    assert letter.trouble.startswith(said)
    (line,) = [record for record in caplog.records if record.name.startswith("workflow")]
    assert line.getMessage().startswith(f"Letter {letter.pk}, try 1: ")
    assert "demo.example" not in line.getMessage() and "Ana" not in line.getMessage()
    assert send_all() == 0, "it is not tried again at once"

    by_hand.mood, settings.EMAIL_USE_TLS = Mood.ACCEPT, False
    time_passes()
    assert send_all() == (1 if state == "due" else 0)
    assert set(by_hand.ids()) == ({message_id(letter)} if state == "due" else set())
    assert len(by_hand.ids()) == {Mood.DROP: 2, Mood.NO: 0}.get(mood, 1), "only the dropped line makes a second copy"


def test_letters_go_through_tls_and_only_to_a_server_whose_certificate_is_trusted(
    by_hand: Peer, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = str(tmp_path / "key"), str(tmp_path / "certificate")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", certificate]
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(command + subject, check=True, capture_output=True)
    by_hand.close()
    by_hand.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    by_hand.tls.load_cert_chain(certificate, key)
    by_hand.open()
    settings.EMAIL_USE_TLS = True
    letter = write("ana")

    assert send_due()
    letter.refresh_from_db()
    assert letter.state == "due", "for an administrator to put right"
    assert letter.trouble.startswith("SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED]")

    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    time_passes()
    assert send_all() == 1
    assert (states(), by_hand.ids()) == ({"Ana": "sent"}, [message_id(letter)])


def test_who_is_refused_for_good_is_not_written_to_again_and_the_others_are_once(by_hand: Peer) -> None:
    for name in ("ana", "dina", "hugo"):
        write(name)
    by_hand.refused = {"dina@demo.example"}

    assert send_all() == 3
    assert states() == {"Ana": "sent", "Dina": "failed", "Hugo": "sent"}
    assert Letter.objects.get(state="failed").trouble == "550 5.1.1 No such user here"
    assert health()["failed_letters"] == 1

    time_passes()
    assert send_all() == 0
    assert [letter.recipients for letter in by_hand.letters] == [("ana@demo.example",), ("hugo@demo.example",)]

    by_hand.refused = set()
    assert try_again(Letter.objects.all()) == 1
    assert send_all() == 1
    assert set(states().values()) == {"sent"}


def test_pauses_grow_to_an_hour_and_after_a_day_a_letter_is_given_up(by_hand: Peer) -> None:
    letter = write("ana")
    by_hand.close()
    pauses = []
    while letter.state == "due":
        assert send_due()
        letter.refresh_from_db()
        pauses.append(round((letter.due_at - timezone.now()).total_seconds()))
        time_passes()

    expected = [30, 60, 120, 300, 900, 1800] + [3600] * 23
    assert all(abs(paused - meant) <= 2 for paused, meant in zip(pauses, expected, strict=False))
    assert len(pauses) == letter.attempts == 30
    assert (letter.state, letter.trouble) == ("failed", "ConnectionRefusedError: [Errno 111] Connection refused")


def test_a_server_that_answers_too_slowly_keeps_a_letter_no_longer_than_its_time(by_hand: Peer, monkeypatch: Any) -> None:
    letter = write("ana")
    monkeypatch.setattr(outbox, "WHOLE_LETTER", 1)
    by_hand.mood, by_hand.thinks = Mood.SLOW, 0.6
    began = time.monotonic()

    assert send_due()

    assert time.monotonic() - began < 4, "a second for the letter, two to part from the server"
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == ("due", "The mail server took longer than 1 seconds.")


def test_the_demonstration_sends_nothing(by_hand: Peer, settings: Any) -> None:
    write("ana")
    settings.DEMO = True
    assert send_all() == 1
    assert (states(), by_hand.visits) == ({"Ana": "sent"}, 0)


def test_whoever_watches_is_told_when_letters_wait_or_no_worker_works(by_hand: Peer, capsys: Any) -> None:
    assert complaints(health()) == ["No worker has been seen yet."]
    call_command("worker", once=True)
    assert (health()["worker_seen_s"] or 0) < 60 and complaints(health()) == []
    call_command("check_outbox")

    write("ana")
    by_hand.close()
    call_command("worker", once=True)
    an_hour = timedelta(hours=1)
    Letter.objects.update(written_at=Now() - an_hour)
    Heartbeat.objects.update(seen_at=Now() - an_hour)
    assert health() == {"oldest_unsent_s": 3600, "worker_seen_s": 3600, "failed_letters": 0, "failed_pdfs": 0}
    with pytest.raises(
        CommandError, match=r"A letter has been waiting for 360\d seconds. No worker has been seen for 360\d seconds."
    ):
        call_command("check_outbox")
    assert '"oldest_unsent_s": 360' in capsys.readouterr().out


def test_a_failed_pdf_and_its_letters_are_tried_again_together(by_hand: Peer, cast: Any) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    Rendition.objects.update(state="failed", attempts=5, trouble="No paper.")
    Letter.objects.update(state="failed", trouble="Its PDF could not be printed: No paper.")
    assert health()["failed_pdfs"] == 1

    assert try_again(Letter.objects.filter(proposal=proposal)) == 1
    call_command("worker", once=True)

    assert (Rendition.objects.get().state, Letter.objects.get().state) == ("done", "sent")
    assert len(by_hand.letters) == 1


def test_a_step_that_is_not_recorded_writes_no_letter(by_hand: Peer, cast: Any, transactional_db: None) -> None:
    """If the event cannot be written, nothing else is."""
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    with pytest.raises(Exception, match="no room for events"), no_room_for_events():
        step("submit", proposal, cast.ana)
    call_command("worker", once=True)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.place, proposal.version) == (State.DRAFT, 0, None)
    assert (Letter.objects.count(), Rendition.objects.count(), by_hand.visits) == (0, 0, 0)
