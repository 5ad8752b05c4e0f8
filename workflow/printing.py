"""Printing: the PDF that a step made due, printed once by the worker and kept byte for byte."""

import hashlib
import logging
import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from documents.document import digest
from documents.paper import Check, Decision, Edition, Issued, paper
from documents.press import CannotPrint, press, renderer
from proposals.models import Event, Rendition, Version
from proposals.policy import Role
from workflow.leases import claim
from workflow.models import Letter

LEASE = timedelta(minutes=2)
"""How long a worker has a PDF to itself; printing one takes at most half a minute, and a minute in a queue of three."""
PAUSES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30))
"""How long to wait after each try that failed; after one more it is given up."""

TABLE = {"submit": ("supervisor", "submitted"), "endorse": ("director", "endorsed"), "approve": ("hr_partner", "approved")}
"""The steps that stand in the table of decisions, each with the form's words for its stage and for what was decided."""

LONGEST_NAME = 100
CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U: nothing in it is taken for something else
LONGEST_CODE = 10
PATIENCE = 30
"""Seconds the worker gives a paper; nobody waits before a page for it."""

_log = logging.getLogger(__name__)


def decisions_of(events: Sequence[Event], version: Version) -> list[Decision]:
    """The lines of the table of decisions: who last submitted, endorsed and approved this very text.

    Args:
        events: of the proposal, in order, each with its version.
        version: the text; a decision on an earlier version of the same answers stands for it too.
    """
    words = version.document.form.words
    last = {event.action: event for event in events if event.action in TABLE and _same_text(event.version, version)}
    return [_decision(last[action], words[stage], words[decided]) for action, (stage, decided) in TABLE.items() if action in last]


def issued_of(event: Event) -> Issued | None:
    """What the JPO unit gave with this step: number, month and year as printed; None if it issued nothing."""
    given = event.said["given"]
    if not given or not event.version:
        return None
    months = event.version.document.form.words["months"].split(",")
    return Issued(f"{given['number']:04d}", months[given["month"] - 1].strip(), given["year"])


def print_rendition(rendition: Rendition) -> bytes:
    """Prints a PDF from its version, its step and those before it; the same rows give the same bytes.

    Raises:
        CannotPrint: the press cannot; the message says why.
    """
    event, version = rendition.event, rendition.version
    past = Event.objects.filter(proposal=event.proposal_id, place__lte=event.place).select_related("version").order_by("place")
    html = paper(
        version.document,
        kind=Edition(rendition.edition),
        version=version.number,
        decisions=decisions_of(list(past), version),
        issued=issued_of(event),
        check=Check(check_code(rendition), settings.SITE_URL + reverse("verify")),
        state=event.said["to"],
        dated=_moment(event),
    )
    return press(html, attachment=enclosed(rendition), seconds=PATIENCE)


def enclosed(rendition: Rendition) -> str:
    """The JSON text that a PDF encloses: its version's, to the byte; for donors without what is not for them."""
    version = rendition.version
    return version.document.for_donors().text() if rendition.edition == Edition.PUBLIC else version.text


def check_code(rendition: Rendition) -> str:
    """The short code on a PDF, by which its paper is known again; the same for the same step, edition and text."""
    said = f"{rendition.event.hash}\n{rendition.edition}\n{digest(enclosed(rendition))}"
    number = int(digest(said), 16)
    return "".join(CODE_SIGNS[number >> 5 * place & 31] for place in range(LONGEST_CODE))


WITH_DECISIONS = (Edition.SUBMISSION, Edition.ISSUED)


def newest(renditions: QuerySet[Rendition], editions: Collection[Edition] = WITH_DECISIONS) -> Rendition | None:
    """The PDF to be handed out of some: the newest one printed, or, while none is, the newest; without its bytes yet."""
    found = renditions.filter(edition__in=editions).select_related("event", "version").defer("pdf", "trouble")
    return found.alias(printed=Q(state=Rendition.State.DONE)).order_by("-printed", "-pk").first()


def pdf(rendition: Rendition) -> bytes:
    """A PDF's bytes, as they are kept; while it waits to be printed, printed now and not kept.

    Raises:
        CannotPrint: it is not printed yet, and the press cannot.
    """
    return bytes(rendition.pdf or b"") or print_rendition(rendition)


def file_name(rendition: Rendition) -> str:
    """What the PDF is called where people keep it, in letters that every mail program knows.

    "JPO proposal 2131 - on apprenticeship systems.pdf"; without the number as long as there is none.
    For donors: "JPO post 2131 - on apprenticeship systems.pdf".
    """
    issued = issued_of(rendition.event)
    what = "JPO post" if rendition.edition == Edition.PUBLIC else "JPO proposal"
    return named(f"{what} {issued.number}" if issued else what, rendition.version.document["title"])


def named(*parts: str) -> str:
    """The name of a PDF's file: its parts, a dash between them, in letters that every program knows."""
    plain = (unicodedata.normalize("NFKD", part.replace("’", "'")).encode("ascii", "ignore").decode() for part in parts)
    words = (" ".join(re.sub(r"[^\w,'()-]+", " ", part).split()) for part in plain)
    return f"{' - '.join(filter(None, words))[:LONGEST_NAME].rstrip(' -,')}.pdf"


def print_due() -> bool:
    """Prints one PDF that is due, and keeps it; whether there was one."""
    pk = claim(Rendition.objects.filter(state=Rendition.State.DUE), LEASE)
    if pk is None:
        return False
    rendition = Rendition.objects.select_related("event", "version").get(pk=pk)
    try:
        printed, printed_with = print_rendition(rendition), renderer()
    except DatabaseError:
        raise
    except Exception as trouble:  # noqa: BLE001 - whatever is wrong with one paper, the next one is printed
        _note_trouble(rendition, trouble)
    else:
        Rendition.objects.filter(pk=pk, state=Rendition.State.DUE).update(
            state=Rendition.State.DONE,
            pdf=printed,
            sha256=hashlib.sha256(printed).hexdigest(),
            source=digest(enclosed(rendition)),
            code=check_code(rendition),
            printed_with=printed_with,
            printed_at=Now(),
            leased_until=None,
            trouble="",
        )
    return True


def _note_trouble(rendition: Rendition, trouble: Exception) -> None:
    """A later try, or after the last one: failed, and with it the letters that were to bring the PDF."""
    said = str(trouble) if isinstance(trouble, CannotPrint) else f"The portal could not lay it out ({type(trouble).__name__})."
    _log.warning("PDF %s, try %s: %s", rendition.pk, rendition.attempts, type(trouble).__name__)
    row = Rendition.objects.filter(pk=rendition.pk, state=Rendition.State.DUE)
    if rendition.attempts <= len(PAUSES):
        row.update(leased_until=Now() + PAUSES[rendition.attempts - 1], trouble=said)
        return
    with transaction.atomic():
        row.update(state=Rendition.State.FAILED, leased_until=None, trouble=said)
        Letter.objects.filter(enclosure=rendition, state=Letter.State.DUE).update(
            state=Letter.State.FAILED, trouble=f"Its PDF could not be printed: {said}"
        )


def _same_text(one: Version | None, other: Version) -> bool:
    return one is not None and (one.answers, one.office_id) == (other.answers, other.office_id)


def _decision(event: Event, stage: str, decided: str) -> Decision:
    said = event.said
    return Decision(
        stage=stage,
        name=said["actor"]["name"],
        office_role="" if said["role"] == Role.AUTHOR else said["role"],  # the stage says it
        decision=decided,
        on=_moment(event),
        version=said["version"],
        digest=said["digests"]["answers"],
        acting_for=said["acting_for"],
    )


def _moment(event: Event) -> str:
    """When a step was taken, in the site's time zone: that is the day people know."""
    return timezone.localtime(datetime.fromisoformat(event.said["at"])).isoformat()
