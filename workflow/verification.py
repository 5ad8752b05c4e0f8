"""Verification: what anybody may know of a PDF or a printed paper: whether it is the endorsed text, and of which post.

Nothing else is told: no title, no name, no office; of what is not issued only how far its decisions have come. Nothing of
a file that is brought is kept or noted.
"""

import enum
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from documents.document import digest
from documents.opened import CannotPrint, Compared, compared
from documents.paper import Check
from documents.press import BUSY
from proposals.models import Event, Issue, Rendition, Version
from proposals.sections import WORDS
from workflow.printing import CODE_SIGNS, LONGEST_CODE

SECONDS = 6
"""How long a stranger's file may be looked at; two of them at once leave the press to others for most of a minute."""
MOST_ALIKE = 3
"""How many stored files without a check code on them a stranger's file is compared with."""
MISTAKEN = str.maketrans("OIL", "011")
"""Letters that no check code has, and the digits that they are mistaken for."""


class Verdict(enum.Enum):
    """What can be said of a file or a code."""

    UNCHANGED = enum.auto()  # byte for byte
    SAVED_ANEW = enum.auto()  # by another program; its pages are drawn as they were
    DRAWN_ANEW = enum.auto()  # the same words, but drawn otherwise
    CHANGED = enum.auto()  # it encloses the text, and its pages say something else
    UNKNOWN = enum.auto()
    CODE = enum.auto()
    UNKNOWN_CODE = enum.auto()


@dataclass(frozen=True)
class Standing:
    """Where the text of a stored PDF stands today.

    Attributes:
        post, issued: "2131" and "May 2026", if it is the text of an issue.
        lacks_approval: whether it is for a post in the field, and only endorsed.
        is_replaced: whether another text of the same proposal was endorsed later.
        again: "March 2028", if the post was issued again since.
    """

    endorsed: bool
    approved: bool
    lacks_approval: bool
    is_replaced: bool
    post: str = ""
    issued: str = ""
    again: str = ""


@dataclass(frozen=True)
class Finding:
    """A verdict; the standing of the text, where there is one to tell; why a file could not be opened."""

    verdict: Verdict
    standing: Standing | None = None
    trouble: str = ""

    @property
    def heading(self) -> str:
        """What was found, in a few words: "Unchanged, but not endorsed"."""
        return HEADINGS[self.verdict] + (f", but {self.reserve}" if self.reserve else "")

    @property
    def tone(self) -> str:
        """Whether that is "good", or "bad", or a reason for "care"."""
        if self.verdict in (Verdict.CHANGED, Verdict.UNKNOWN_CODE):
            return "bad"
        return "care" if self.reserve or self.verdict in (Verdict.DRAWN_ANEW, Verdict.UNKNOWN) else "good"

    @property
    def reserve(self) -> str:
        """What keeps a known text from being the last word, if anything does."""
        if self.standing is None:
            return ""
        if not self.standing.endorsed:
            return "not endorsed"
        return "replaced" if self.standing.is_replaced or self.standing.again else ""


HEADINGS = {
    Verdict.UNCHANGED: "Unchanged",
    Verdict.SAVED_ANEW: "The same words, saved anew",
    Verdict.DRAWN_ANEW: "The same words, drawn otherwise",
    Verdict.CHANGED: "NOT the endorsed text",
    Verdict.UNKNOWN: "The portal does not know this file",
    Verdict.CODE: "A paper of this portal",
    Verdict.UNKNOWN_CODE: "The portal does not know this code",
}


def of_file(pdf: bytes) -> Finding:
    """What can be said of a PDF.

    Raises:
        CannotPrint: the press has no room now; the message says so.
    """
    if same := _stored(sha256=hashlib.sha256(pdf).hexdigest()).first():
        return Finding(Verdict.UNCHANGED, _standing(same.version))
    try:
        brought = compared(pdf, seconds=SECONDS)
    except CannotPrint as trouble:
        if str(trouble) == BUSY:
            raise
        return Finding(Verdict.UNKNOWN, trouble=str(trouble))
    if len(brought.sources) != 1:
        return Finding(Verdict.UNKNOWN)
    found = list(_stored(source=digest(brought.sources[0])).order_by("-pk"))
    if not found:
        return Finding(Verdict.UNKNOWN)
    return _likened(brought, _likely(found, brought.letters))


def of_code(typed: str) -> Finding:
    """What can be said of a printed paper by the check code on it, typed in as people type."""
    code = re.sub(r"[\W_]", "", typed).upper().translate(MISTAKEN)
    if len(code) == LONGEST_CODE and set(code) <= set(CODE_SIGNS) and (found := _stored(code=code).first()):
        return Finding(Verdict.CODE, _standing(found.version))
    return Finding(Verdict.UNKNOWN_CODE)


def _stored(**known: str) -> QuerySet[Rendition]:
    """The PDFs that the portal has made and that are known by a digest or a code; without their bytes."""
    return Rendition.objects.filter(state=Rendition.State.DONE, **known).select_related("version").only("code", "version")


def _likely(found: Sequence[Rendition], letters: str) -> list[Rendition]:
    """Those of some stored PDFs that a file may have been: the one whose code stands on it, or those that bear none."""
    coded = [rendition for rendition in found if rendition.code and Check(rendition.code, "").spaced in letters]
    return coded[:1] or [rendition for rendition in found if not rendition.code][:MOST_ALIKE]


def _likened(brought: Compared, likely: Sequence[Rendition]) -> Finding:
    """What can be said of a file that encloses a known text, held against the stored files that it may have been."""
    for rendition in likely:
        pdf = Rendition.objects.values_list("pdf", flat=True).get(pk=rendition.pk)
        stored = compared(bytes(pdf or b""))
        if stored.letters == brought.letters:
            alike = stored.drawing == brought.drawing
            return Finding(Verdict.SAVED_ANEW if alike else Verdict.DRAWN_ANEW, _standing(rendition.version))
    return Finding(Verdict.CHANGED)


def _standing(version: Version) -> Standing:
    """Where a text stands today: the decisions on it, as the events have them, and its issue."""
    text = (version.answers, version.office_id)
    events = Event.objects.filter(proposal=version.proposal_id, action__in=("endorse", "approve")).order_by("place")
    taken = events.values_list("action", "version__answers", "version__office", "version__number")
    decisions = [(action, (answers, office), number) for action, answers, office, number in taken]
    endorsed, approved = (any((a, on) == (action, text) for a, on, _ in decisions) for action in ("endorse", "approve"))
    last = [(on, number) for action, on, number in decisions if action == "endorse"][-1:]
    standing = Standing(
        endorsed=endorsed,
        approved=approved,
        lacks_approval=endorsed and not approved and version.document.field_post,
        is_replaced=any(on != text and number > version.number for on, number in last),
    )
    issue = Issue.objects.filter(proposal=version.proposal_id).select_related("post", "event__version").first()
    issued_text = issue and issue.event.version and (issue.event.version.answers, issue.event.version.office_id)
    return _as_issued(standing, issue) if issue and issued_text == text else standing


def _as_issued(standing: Standing, issue: Issue) -> Standing:
    """The standing of a text that was issued."""
    later = Q(year__gt=issue.year) | Q(year=issue.year, month__gt=issue.month)
    again = Issue.objects.filter(later, post=issue.post_id).order_by("-year", "-month").first()
    return replace(standing, post=str(issue.post), issued=_month(issue), again=_month(again) if again else "")


def _month(issue: Issue) -> str:
    return f"{str(WORDS['months']).split(',')[issue.month - 1].strip()} {issue.year}"
