"""The one way in which text enters a proposal."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from documents import prose
from documents.form import Kind
from documents.reader import read_in_its_language
from organisation.models import Office, User
from proposals.colleagues import let_in
from proposals.doubts import DoesNotFit, put_at_the_end
from proposals.models import Colleague, Doubt, EarlierText, Proposal
from proposals.policy import Role
from proposals.sections import TEMPLATE, Section, form, section_named

KEPT_EVERY = timedelta(minutes=10)
"""An earlier text is kept once per person in this time, and always before another person's text is overwritten."""


class NotWritable(Exception):
    """The proposal cannot be written in now; the message says why, to the person."""


@dataclass
class Conflict(Exception):
    """Somebody else saved this section in between; nothing was stored."""

    section: Section
    by: User | None = None
    at: datetime | None = None

    def __post_init__(self) -> None:
        self.by, self.at = self.by or self.section.saved_by, self.at or self.section.saved_at

    def __str__(self) -> str:
        return f"{self.by or 'Somebody'} saved this section after you opened it."


@transaction.atomic
def begin(
    author: User,
    office: Office,
    language: str = "en",
    answers: Mapping[str, str] | None = None,
    doubts: Iterable[tuple[str, str, str]] = (),
    follows: Proposal | None = None,
    same_post: bool = False,
    named_to_donors: bool = False,
) -> Proposal:
    """A new proposal with all its sections: blank, or with the answers of an earlier one or of an old file.

    Args:
        answers: by box; without any, the boxes hold what the form offers ("12 months, renewable").
        doubts: box, text and reason for each piece of an old file that found no place.
        follows: the proposal that it was copied from; `same_post` if it is that post, issued again.
        named_to_donors: whether the supervisor agrees to be named to donors.
    """
    given, unfit = _fitted(offered(office, language) if answers is None else answers)
    proposal = Proposal.objects.create(
        author=author,
        office=office,
        language=language,
        follows=follows,
        post=follows.post if follows and same_post else None,
        title=_title(language, given),
        named_to_donors=named_to_donors,
    )
    for section in TEMPLATE:
        texts = {field.name: given[field.name] for field in section.fields()}
        section.objects.create(proposal=proposal, saved_by=author, saved_at=timezone.now(), **texts)  # type: ignore[attr-defined]
    left_over = [(box, _plain(text), _plain(why)) for box, text, why in doubts] + unfit
    Doubt.objects.bulk_create(Doubt(proposal=proposal, box=box[:60], text=text, why=why) for box, text, why in left_over)
    return proposal


def begin_from_file(author: User, office: Office, data: bytes, name: str = "", language: str = "") -> Proposal:
    """A new proposal with what an old file says; what found no place is a doubt.

    Args:
        data: the bytes of the file.
        name: what the file is called, for sentences.
        language: in which the text is, where the file does not show it.

    Raises:
        NotAProposal: the file cannot be read as one; the message is a sentence to the person who brought it.
    """
    reading = read_in_its_language(data, [form(code) for code in dict(Proposal.LANGUAGES)], language, name)
    doubts = [(doubt.box, doubt.text, doubt.why) for doubt in reading.doubts]
    return begin(author, office, reading.language, reading.boxes, doubts)


def offered(office: Office, language: str) -> dict[str, str]:
    """What a blank form already says: the wording it offers, and what the office's register entry knows."""
    unit = office if office.kind == Office.Kind.UNIT else None
    department = office.parent if unit and office.parent else office
    return {name: box.default for name, box in form(language).boxes.items()} | {
        "duty_station": office.place,
        "department": department.printed_name(language),
        "unit": unit.printed_name(language) if unit else "",
    }


@transaction.atomic
def write(
    pk: int,
    section: type[Section],
    user: User,
    answers: Mapping[str, str],
    revision: int,
    opened: Mapping[str, str] | None = None,
    keep: bool = False,
) -> Section:
    """Saves one section.

    A box is written over only by somebody who has seen what others wrote in it:

    - A page made from the newest revision has seen everything.
    - So has an older page, if only its own writer has saved since: two tabs of one person never conflict with each other,
      nor does a save that is sent again because its answer was lost.
    - A page that says which text it was opened with may save the boxes in which nobody else has written since, whatever was
      written in the other boxes: two people who write in two boxes of a section are merged. The same box touched by two
      people is a conflict, and then nothing is stored.
    - A page that does not say so, and is older than what somebody else saved, is a conflict.

    What stood there is kept as an earlier text whenever the page did not show it.

    Args:
        answers: by box; boxes that are not given stay as they are.
        revision: the one up to which the writer's page shows what was written.
        opened: by box, the mark of the text that the writer's page shows as saved.
        keep: keep what stood there however little time has passed, so that this save can be undone.

    Returns:
        The saved section, with its new revision; unchanged text makes no new one.

    Raises:
        Proposal.DoesNotExist: there is none, or not for this writer.
        NotWritable: the proposal has left its author's hands.
        Conflict: somebody else saved in between.
    """
    proposal = _writable(pk, user)
    row: Section = getattr(proposal, section.accessor())
    tidy = {field.name: field.tidy(answers[field.name]) for field in section.fields() if field.name in answers}
    changed = {name: answer for name, answer in tidy.items() if getattr(row, name) != answer}
    if not changed:
        return row
    unseen = [name for name in changed if opened and opened.get(name) != mark(getattr(row, name))]
    if row.revision != revision and not _only_saved_by(row, user, revision):
        if not opened or revision > row.revision:
            raise Conflict(row)
        _refuse_what_others_wrote(row, user, revision, {name: opened.get(name, "") for name in unseen})
    _store(row, changed, user, keep or (bool(unseen) if opened else row.revision != revision))
    if "title" in changed and not proposal.version_id:  # lists show others what was submitted, never what is being written
        proposal.title = _title(proposal.language, row.answers())
        proposal.save(update_fields=["title"])
    return row


def mark(answer: str) -> str:
    """A short mark of an answer, by which a page says what it was made from."""
    return hashlib.sha256(answer.encode()).hexdigest()[:12]


def set_aside(row: Section, user: User, answers: Mapping[str, str]) -> None:
    """Keeps a text that could not be saved among the earlier texts of its section; the same one is kept once."""
    newest = _aside(row, user).order_by("-pk").first()
    if newest is None or newest.answers != answers:
        EarlierText.objects.create(
            proposal_id=row.proposal_id, section=row.name(), revision=row.revision, answers=dict(answers), written_by=user
        )


def take_up(row: Section, user: User, answers: Mapping[str, str]) -> None:
    """Forgets that a text was set aside: it stands in its section now."""
    _aside(row, user).filter(answers=dict(answers)).delete()


@transaction.atomic
def change_details(pk: int, user: User, language: str, named_to_donors: bool, office: Office | None = None) -> Proposal:
    """Changes what stands beside the sections; boxes that still hold what the form offered are offered anew.

    Args:
        office: only while the proposal was never submitted; later decisions hang on it, and it is left as it is.

    Raises:
        Proposal.DoesNotExist: there is none, or not for this writer.
        NotWritable: the proposal has left its author's hands.
    """
    proposal = _writable(pk, user)
    before = offered(proposal.office, proposal.language)
    proposal.language, proposal.named_to_donors = language, named_to_donors
    if office and not proposal.place:
        proposal.office = office
    after = offered(proposal.office, language)
    for row in proposal.sections:
        tidy = {field.name: (field.tidy(before[field.name]), field.tidy(after[field.name])) for field in row.fields()}
        if changed := {name: new for name, (old, new) in tidy.items() if old != new and getattr(row, name) == old}:
            _store(row, changed, user)
    if not proposal.version_id:
        proposal.title = _title(language, proposal.document().answers)
    proposal.save(update_fields=["language", "named_to_donors", "office", "title"])
    return proposal


@transaction.atomic
def settle(pk: int, doubt: int, user: User) -> None:
    """Notes that somebody has dealt with a doubt; done twice, it stays done.

    Raises:
        Proposal.DoesNotExist, Doubt.DoesNotExist: there is none, or not for this writer.
        NotWritable: the proposal has left its author's hands.
    """
    row = _writable(pk, user).doubts.get(pk=doubt)
    row.settled_at = row.settled_at or timezone.now()
    row.save(update_fields=["settled_at"])


@transaction.atomic
def place(
    pk: int, doubt: int, user: User, box: str, typed: Mapping[str, str] | None = None, revision: int | None = None
) -> Section:
    """Puts a doubt at the end of a box's text and settles it; what was typed beside it meanwhile is saved with it.

    Args:
        box: the name of the box.
        typed: the answers of its section that the writer has changed on the page, and `revision` the one it was made from.

    Returns:
        The saved section; a doubt that is settled already is not put in once more.

    Raises:
        Proposal.DoesNotExist, Doubt.DoesNotExist: there is none, or not for this writer.
        NotWritable: the proposal has left its author's hands.
        Conflict: somebody else saved the section in between.
        DoesNotFit: the box has no room for it, or does not exist; nothing was stored.
    """
    proposal = _writable(pk, user)
    found, paper_form = proposal.doubts.get(pk=doubt), form(proposal.language)
    if box not in paper_form.boxes:
        raise DoesNotFit("Choose the box into which it shall be put.")
    section = section_named(paper_form.section_of[box].name)
    row: Section = getattr(proposal, section.accessor())
    answers = dict(typed or {})
    made_from = revision if answers and revision is not None else row.revision
    if found.settled_at is None:
        field = next(field for field in section.fields() if field.name == box)
        answers[box] = put_at_the_end(field, paper_form.boxes[box], answers.get(box, getattr(row, box)), found.text)
    saved = write(pk, section, user, answers, made_from)
    settle(pk, doubt, user)
    return saved


@transaction.atomic
def bring_back(pk: int, doubt: int, user: User) -> None:
    """Opens a doubt again that somebody had dealt with; done twice, it stays open.

    Raises:
        Proposal.DoesNotExist, Doubt.DoesNotExist: there is none, or not for this writer.
        NotWritable: the proposal has left its author's hands.
    """
    row = _writable(pk, user).doubts.get(pk=doubt)
    row.settled_at = None
    row.save(update_fields=["settled_at"])


@transaction.atomic
def discard(pk: int, user: User) -> None:
    """Deletes a draft that was never submitted; its author alone may.

    Raises:
        Proposal.DoesNotExist: there is none, or it is not this author's.
        NotWritable: it was submitted once; what was decided on stays.
    """
    proposal = Proposal.objects.locked(pk, Q(author=user))
    if proposal.place:
        raise NotWritable("This proposal was submitted once; it cannot be deleted. You can withdraw it instead.")
    proposal.delete()


def invite(proposal: Proposal, user: User) -> Colleague:
    """Lets a colleague write in a proposal, as its author would; nobody is written to."""
    let_in(proposal, user, proposal.author)
    return proposal.colleagues.get(user=user)


def when(moment: object) -> str:
    """A moment as people say it: "22 November 2026, 14:02"."""
    local = timezone.localtime(moment)  # type: ignore[arg-type]
    return f"{local.day} {local:%B %Y, %H:%M}"


def closed(proposal: Proposal) -> str:
    """Why a proposal cannot be written in now, to the person; empty if it can."""
    if proposal.is_writable:
        return ""
    return f"This proposal is “{proposal.get_state_display()}” since {when(proposal.since)}; it cannot be written in."


def _writable(pk: int, user: User) -> Proposal:
    """A proposal held for writing by one of its authors."""
    proposal = Proposal.objects.locked(pk, Role.AUTHOR.where(user))
    if sentence := closed(proposal):
        raise NotWritable(sentence)
    return proposal


def _only_saved_by(row: Section, user: User, revision: int) -> bool:
    """Whether nobody but the user has saved a section since that revision."""
    return row.saved_by_id == user.pk and max(row.hand_since - 1, 0) <= revision <= row.revision


def _refuse_what_others_wrote(row: Section, user: User, revision: int, shown: Mapping[str, str]) -> None:
    """Goes through what stood in a section since a page was made, box by box.

    Between one earlier text and the next one person alone has saved, for another's text is always kept before it is
    written over: whoever wrote the next one made the difference.

    Args:
        shown: by box, the mark of the text on the page.

    Raises:
        Conflict: somebody else has written in one of the boxes.
    """
    if not shown:
        return
    stood = EarlierText.objects.filter(proposal=row.proposal_id, section=row.name(), written_at__isnull=False)
    later = stood.filter(revision__gt=revision).order_by("revision")
    texts = [(text.written_by_id, text.answers, text) for text in later.select_related("written_by")]
    for name, last in shown.items():
        for writer, answers, text in [*texts, (row.saved_by_id, row.answers(), None)]:
            now = mark(answers.get(name, ""))
            if now != last and writer != user.pk:
                raise Conflict(row, *((text.written_by, text.written_at) if text else ()))
            last = now


def _fitted(answers: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Answers as they are stored; one that is too long for its box leaves it empty and becomes a doubt."""
    stored: dict[str, str] = {}
    unfit: list[tuple[str, str, str]] = []
    for section in TEMPLATE:
        for field in section.fields():
            answer = field.tidy(answers.get(field.name, ""))
            if trouble := field.too_long(answer):
                unfit.append((field.name, prose.text(answer) if field.kind is Kind.PROSE else answer, trouble))
                answer = ""
            stored[field.name] = answer
    return stored, unfit


def _plain(text: str) -> str:
    """Plain text without the characters that no database holds."""
    return "\n".join(prose.clean_line(line) for line in text.splitlines())


def _aside(row: Section, user: User) -> QuerySet[EarlierText]:
    """What this person typed in a section and could not save."""
    return EarlierText.objects.filter(proposal=row.proposal_id, section=row.name(), written_by=user, written_at__isnull=True)


def _store(row: Section, changed: Mapping[str, str], user: User, keep: bool = False) -> None:
    """Writes tidy answers into a section, after what stood there is kept: now and then, or because it must be."""
    _keep(row, user, keep)
    for name, answer in changed.items():
        setattr(row, name, answer)
    if row.saved_by_id != user.pk:
        row.hand_since = row.revision + 1
    row.revision, row.saved_at, row.saved_by = row.revision + 1, timezone.now(), user
    row.save(update_fields=[*changed, "revision", "hand_since", "saved_at", "saved_by", "kept_at"])


def _title(language: str, answers: Mapping[str, str]) -> str:
    box = form(language).boxes["title"]
    title = answers.get("title", "").strip()
    return "" if box.is_empty(title) else f"{box.fixed} {title}"


def _keep(row: Section, user: User, always: bool) -> None:
    """Keeps what stands in a section before it is written over."""
    mine, now = row.saved_by_id == user.pk, timezone.now()
    if mine and not always and row.kept_at and now - row.kept_at < KEPT_EVERY:
        return
    EarlierText.objects.create(
        proposal_id=row.proposal_id,
        section=row.name(),
        revision=row.revision,
        answers=row.answers(),
        written_by_id=row.saved_by_id,
        written_at=row.saved_at,
    )
    row.kept_at = now
