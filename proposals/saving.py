"""Saving while somebody writes: what the page's script is answered, and who else has the section open."""

from datetime import datetime, timedelta

from django.db.models.functions import Lower
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from documents import prose
from documents.document import Document
from documents.form import Kind
from organisation.models import User
from proposals.access import person, written
from proposals.findings import Beside, beside
from proposals.forms import SectionForm, readable
from proposals.models import EarlierText, Presence, Proposal
from proposals.progress import frame, progress
from proposals.reasons import found_in
from proposals.sections import Section
from proposals.writing import Conflict, NotWritable, mark, when, write

HERE_FOR = timedelta(seconds=60)
"""Somebody whose page has said nothing for so long has left."""
FORGOTTEN_AFTER = timedelta(hours=1)


def asks_for_json(request: HttpRequest) -> bool:
    """Whether a page's script is asking, not a person."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def told_closed(trouble: NotWritable) -> JsonResponse:
    """The answer to a script whose proposal has left its authors' hands meanwhile."""
    return JsonResponse({"closed": str(trouble)}, status=409)


def save(request: HttpRequest, pk: int, section: type[Section]) -> JsonResponse:
    """Saves the boxes that were sent; one that is refused keeps no other from being saved.

    Raises:
        Proposal.DoesNotExist, NotWritable: as `write` does.
    """
    form = SectionForm(section, data=request.POST)
    errors = {box: " ".join(map(str, sentences)) for box, sentences in form.errors.items()}
    writer, changed, marks = person(request), form.changed(), form.marks()
    try:
        row = write(pk, section, writer, changed, form.cleaned_data["revision"], marks)
    except Conflict as conflict:
        return JsonResponse({"conflict": _who_and_when(conflict)}, status=409)
    document = row.proposal.document()
    untouched = marks.keys() - changed.keys() - errors.keys()
    newer = [box for box, answer in row.answers().items() if box in untouched and marks[box] != mark(answer)]
    answer = _as_saved(row, document)
    if newer:
        answer |= _news(row, document, newer, writer, form.cleaned_data["revision"])
    return JsonResponse(answer | {"errors": errors}, status=422) if errors else JsonResponse(answer)


def present(request: HttpRequest, pk: int, section: type[Section]) -> JsonResponse:
    """Notes that this person has a section open; who else has, and which revision of it is the newest.

    Raises:
        Http404, PermissionDenied, NotWritable: as `written` does.
    """
    proposal, now = written(request, pk), timezone.now()
    row: Section = getattr(proposal, section.accessor())
    _note(proposal, section, person(request), now=now)
    there = Presence.objects.filter(proposal=proposal, section=section.name(), at__gt=now - HERE_FOR)
    others = there.exclude(user=person(request)).select_related("user").order_by(Lower("user__name"))
    return JsonResponse({"others": [str(other.user) for other in others], "revision": row.revision})


def _note(proposal: Proposal, section: type[Section], user: User, now: datetime) -> None:
    """One row for each person and section, brought up to date in its place; a new one sweeps old ones away."""
    mine = {"proposal": proposal, "section": section.name(), "user": user}
    if not Presence.objects.filter(**mine).update(at=now):
        Presence.objects.filter(at__lt=now - FORGOTTEN_AFTER).delete()
        Presence.objects.bulk_create([Presence(**mine, at=now)], ignore_conflicts=True)


def _as_saved(row: Section, document: Document) -> dict[str, object]:
    """What is saved now: when, which revision, how far the section has come, and what is found in it."""
    boxes, found = document.form.boxes, found_in(row.proposal, document)
    sections = progress(row.proposal, document, found)
    part = next(part for part in sections if part.section.name == row.name())
    aside = frame(row.proposal, document) | {"sections": sections, "section": part.section}
    places, lang = beside(part.found, found.kept), document.form.language
    return {
        "saved": f"{timezone.localtime():%H:%M}",
        "revision": row.revision,
        "opened": " ".join(map(mark, row.answers().values())),
        "words": {f.name: len(prose.words(getattr(row, f.name))) for f in row.fields() if f.kind is Kind.PROSE},
        "unprintable": {f.name: sentence for f in row.fields() if (sentence := boxes[f.name].unprintable(document[f.name]))},
        "findings": {box: _as_told(here, lang) for box, here in places.items()},
        "tag": part.tag,
        "tone": part.tone,
        "sections": render_to_string("proposals/sections.html", aside),
    }


def _as_told(here: Beside, lang: str) -> dict[str, str]:
    """What is found in a box: in a sentence, and as its page lists it."""
    return {"said": here.said, "list": render_to_string("proposals/findings_list.html", {"found": here, "lang": lang})}


def _news(row: Section, document: Document, newer: list[str], writer: User, since: int) -> dict[str, object]:
    """What stands now in boxes that the page shows as they were, and who has changed them since that revision."""
    boxes = document.form.boxes
    who = _last_other(row, writer, since)
    titles = " and ".join(f"“{boxes[box].title}”" for box in newer)
    texts = {box: readable(getattr(row, box)) if boxes[box].kind is Kind.PROSE else getattr(row, box) for box in newer}
    return {"newer": texts, "news": f"{who} changed {titles}." if who else f"You changed {titles} on another page."}


def _last_other(row: Section, writer: User, since: int) -> User | None:
    """The last one but the writer who has saved a section since that revision."""
    if row.saved_by_id != writer.pk:
        return row.saved_by
    stood = EarlierText.objects.filter(proposal=row.proposal_id, section=row.name(), written_at__isnull=False)
    last = stood.filter(revision__gt=since).exclude(written_by=writer).select_related("written_by").order_by("-pk").first()
    return last.written_by if last else None


def _who_and_when(conflict: Conflict) -> dict[str, str]:
    """Who wrote what stands in the way, and when."""
    return {"who": str(conflict.by or "Somebody"), "when": when(conflict.at) if conflict.at else ""}
