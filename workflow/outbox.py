"""The outbox at work: letters leave in order, once, and again until the mail server has taken them."""

import hashlib
import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.utils import format_datetime, formataddr
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from documents.prose import clean_line
from proposals.models import Rendition
from workflow.leases import claim
from workflow.models import Heartbeat, Letter
from workflow.printing import file_name

WHOLE_LETTER, FAREWELL = 28, 2
"""Seconds that a letter may take, from the first word with the mail server to its "250", and then to part from it."""
LEASE = timedelta(seconds=90)
"""How long a worker has a letter to itself: longer than a letter may take."""
PAUSES = [timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 900, 1800, 3600)]
"""How long to wait after each try that failed; after the seventh it stays at an hour."""
MOST_TRIES = 30  # a day
LATE = timedelta(minutes=10)
"""When somebody should be told: a letter waits longer, or no worker has been seen for longer."""
NOBODY_SENDS = "django.core.mail.backends.dummy.EmailBackend"

_log = logging.getLogger(__name__)


class TookTooLong(Exception):
    """The mail server answers, but too slowly."""


def due() -> QuerySet[Letter]:
    """The letters that may leave now: their time has come, their PDF is printed, and no earlier one goes before them.

    What is written about one proposal to one person arrives in the order of the steps.
    """
    earlier = Letter.objects.filter(
        state=Letter.State.DUE, proposal=OuterRef("proposal"), to_address=OuterRef("to_address"), pk__lt=OuterRef("pk")
    )
    return Letter.objects.filter(
        ~Exists(earlier),
        Q(enclosure=None) | Q(enclosure__state=Rendition.State.DONE),
        state=Letter.State.DUE,
        due_at__lte=Now(),
    )


def send_due() -> bool:
    """Sends one letter that is due, in the main thread of a worker; whether there was one.

    It is marked after the mail server's "250" and before anything else, so that a second copy leaves only if the worker
    dies in between, and then with the same Message-ID.
    """
    pk = claim(due(), LEASE)
    if pk is None:
        return False
    letter = Letter.objects.select_related("enclosure__event__version", "enclosure__version").get(pk=pk)
    carrier = get_connection(NOBODY_SENDS if settings.DEMO else None)
    try:
        with at_most(WHOLE_LETTER):
            carrier.open()
            carrier.send_messages([message(letter)])
    except Exception as trouble:  # noqa: BLE001 - whatever is wrong with one letter, the next one is sent
        _note(letter, **_after(trouble, letter))
    else:
        _note(letter, state=Letter.State.SENT, sent_at=Now(), trouble="")
    finally:
        with suppress(Exception), at_most(FAREWELL):
            carrier.close()
    return True


def message(letter: Letter) -> EmailMessage:
    """A letter as it goes to the mail server: the same at every try, with the same Message-ID and date.

    Raises:
        ValidationError, ValueError: it cannot be written as a mail, for example because its address is none, or two.
    """
    validate_email(letter.to_address)
    mail = EmailMessage(
        subject=clean_line(letter.subject),
        body=letter.body,
        from_email=settings.FROM_ADDRESS,
        to=[formataddr((clean_line(letter.to_name), letter.to_address))],
        headers={
            "Message-ID": message_id(letter),
            "Date": format_datetime(letter.written_at),
            "Auto-Submitted": "auto-generated",
        },
    )
    if letter.enclosure:
        mail.attach(file_name(letter.enclosure), bytes(letter.enclosure.pdf or b""), "application/pdf")
    return mail


def message_id(letter: Letter) -> str:
    """The Message-ID of a letter; made of what never changes in it, and of when it was written, should ids begin anew."""
    what = f"{letter.key} {letter.written_at.isoformat()}"
    return f"<{hashlib.sha256(what.encode()).hexdigest()[:32]}@{urlsplit(settings.SITE_URL).hostname}>"


def try_again(letters: QuerySet[Letter]) -> int:
    """Puts those that could not be sent back into the queue, their PDFs too; how many."""
    failed = letters.filter(state=Letter.State.FAILED)
    Rendition.objects.filter(letters__in=failed, state=Rendition.State.FAILED).update(
        state=Rendition.State.DUE, attempts=0, leased_until=None
    )
    return failed.update(state=Letter.State.DUE, attempts=0, due_at=Now(), leased_until=None)


def beat() -> None:
    """Notes that a worker is at work."""
    Heartbeat.objects.update_or_create(pk=1, defaults={"seen_at": Now()})


def health() -> dict[str, int | None]:
    """How the post office is, for those who watch it: ages in whole seconds.

    Returns:
        oldest_unsent_s: since when the oldest letter waits (0 if none does); worker_seen_s: when a worker was last seen
        (None if never); failed_letters and failed_pdfs: how many were given up.
    """
    waiting = Letter.objects.filter(state=Letter.State.DUE).order_by("written_at").values_list("written_at", Now()).first()
    seen = Heartbeat.objects.values_list("seen_at", Now()).first()
    return {
        "oldest_unsent_s": _seconds(waiting) or 0,
        "worker_seen_s": _seconds(seen),
        "failed_letters": Letter.objects.filter(state=Letter.State.FAILED).count(),
        "failed_pdfs": Rendition.objects.filter(state=Rendition.State.FAILED).count(),
    }


def complaints(found: dict[str, int | None]) -> list[str]:
    """What in the health of the post office somebody should see to at once, as sentences."""
    limit, oldest, seen = LATE.total_seconds(), found["oldest_unsent_s"] or 0, found["worker_seen_s"]
    said = []
    if oldest > limit:
        said.append(f"A letter has been waiting for {oldest} seconds.")
    if seen is None or seen > limit:
        said.append("No worker has been seen yet." if seen is None else f"No worker has been seen for {seen} seconds.")
    return said


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Ends what takes longer, whatever it waits for; in the main thread only, where signals arrive.

    Raises:
        TookTooLong: it did.
    """

    def ring(*_: object) -> None:
        raise TookTooLong(f"The mail server took longer than {seconds} seconds.")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # and every second after: the way out may hang as well
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _after(trouble: Exception, letter: Letter) -> dict[str, Any]:
    """What becomes of a letter after a try that failed: a later try, or none."""
    _log.warning("Letter %s, try %s: %s", letter.pk, letter.attempts, _code(trouble) or type(trouble).__name__)
    noted: dict[str, Any] = {"trouble": _words(trouble)}
    if _is_final(trouble) or letter.attempts >= MOST_TRIES:
        return noted | {"state": Letter.State.FAILED}
    return noted | {"due_at": Now() + PAUSES[min(letter.attempts, len(PAUSES)) - 1]}


def _note(letter: Letter, **columns: Any) -> None:
    """Writes down what became of a letter; waits for a database that is away, for the letter may have left already."""
    row = Letter.objects.filter(pk=letter.pk, state=Letter.State.DUE)
    for _ in range(int(LEASE.total_seconds())):
        try:
            row.update(leased_until=None, **columns)
            return
        except (OperationalError, InterfaceError):
            _log.warning("Letter %s: the database does not take down what became of it.", letter.pk)
            connection.close()
            time.sleep(1)
    row.update(leased_until=None, **columns)


def _is_final(trouble: Exception) -> bool:
    """Whether another try is no use: the server refuses this person or this letter for good, or it is no letter at all.

    Not so where the server refuses us, or its certificate is wrong: that is for an administrator to put right meanwhile.
    """
    if isinstance(trouble, SMTPRecipientsRefused | SMTPDataError):
        return _code(trouble) >= 500
    return isinstance(trouble, ValidationError | ValueError) and not isinstance(trouble, OSError)


def _code(trouble: Exception) -> int:
    """The number of the mail server's answer; 0 if there was none."""
    match trouble:
        case SMTPRecipientsRefused(recipients=refused):
            return min(code for code, _ in refused.values())
        case SMTPResponseException(smtp_code=code):
            return int(code)
    return 0


def _words(trouble: Exception) -> str:
    """What the mail server said, or what kept it from saying anything, in one line."""
    match trouble:
        case SMTPRecipientsRefused(recipients=refused):
            said = "; ".join(f"{code} {_text(words)}" for code, words in refused.values())
        case SMTPResponseException(smtp_code=code, smtp_error=words):
            said = f"{code} {_text(words)}"
        case TookTooLong():
            said = str(trouble)
        case ValidationError():
            said = "This is no e-mail address."
        case _:
            said = f"{type(trouble).__name__}: {trouble}"
    return clean_line(said)[:500]


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


def _seconds(moments: tuple[Any, Any] | None) -> int | None:
    return max(0, int((moments[1] - moments[0]).total_seconds())) if moments else None
