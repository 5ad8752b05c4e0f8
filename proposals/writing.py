"""The one way in which text enters a proposal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from organisation.models import Office, User
from proposals.models import Colleague, Doubt, EarlierText, Proposal
from proposals.policy import Role
from proposals.sections import TEMPLATE, Section, form

KEPT_EVERY = timedelta(minutes=10)
"""An earlier text is kept once per person in this time, and always before another person's text is overwritten."""


class NotWritable(Exception):
    """The proposal cannot be written in now; the message says why, to the person."""


@dataclass
class Conflict(Exception):
    """Somebody else saved this section in between; nothing was stored."""

    section: Section

    def __str__(self) -> str:
        return f"{self.section.saved_by or 'Somebody'} saved this section after you opened it."


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
    given = offered(office, language) if answers is None else dict(answers)
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
        texts = {field.name: field.tidy(given.get(field.name, "")) for field in section.fields()}
        section.objects.create(proposal=proposal, saved_by=author, saved_at=timezone.now(), **texts)  # type: ignore[attr-defined]
    Doubt.objects.bulk_create(Doubt(proposal=proposal, box=box, text=text, why=why) for box, text, why in doubts)
    return proposal


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
def write(pk: int, section: type[Section], user: User, answers: Mapping[str, str], revision: int) -> Section:
    """Saves one section.

    Args:
        answers: by box; boxes that are not given stay as they are.
        revision: the one the writer's page was made from.

    Returns:
        The saved section, with its new revision; unchanged text makes no new one.

    Raises:
        Proposal.DoesNotExist: there is none, or not for this writer.
        NotWritable: the proposal has left its author's hands.
        Conflict: somebody else saved in between.
    """
    proposal = Proposal.objects.locked(pk, Role.AUTHOR.where(user))
    if not proposal.is_writable:
        raise NotWritable(
            f"This proposal is “{proposal.get_state_display()}” since {when(proposal.since)}; it cannot be written in."
        )
    row: Section = getattr(proposal, section.accessor())
    tidy = {field.name: field.tidy(answers[field.name]) for field in section.fields() if field.name in answers}
    changed = {name: answer for name, answer in tidy.items() if getattr(row, name) != answer}
    if not changed:
        return row
    if row.revision != revision:
        raise Conflict(row)
    _keep(row, user)
    for name, answer in changed.items():
        setattr(row, name, answer)
    row.revision, row.saved_at, row.saved_by = row.revision + 1, timezone.now(), user
    row.save(update_fields=[*changed, "revision", "saved_at", "saved_by", "kept_at"])
    if "title" in changed:
        proposal.title = _title(proposal.language, row.answers())
        proposal.save(update_fields=["title"])
    return row


def invite(proposal: Proposal, user: User) -> Colleague:
    """Lets a colleague write in a proposal; a removed one may write again."""
    colleague, _made = Colleague.objects.update_or_create(proposal=proposal, user=user, defaults={"until": None})
    return colleague


def when(moment: object) -> str:
    """A moment as people say it: "22 November 2026, 14:02"."""
    local = timezone.localtime(moment)  # type: ignore[arg-type]
    return f"{local.day} {local:%B %Y, %H:%M}"


def _title(language: str, answers: Mapping[str, str]) -> str:
    box = form(language).boxes["title"]
    title = answers.get("title", "").strip()
    return "" if box.is_empty(title) else f"{box.fixed} {title}"


def _keep(row: Section, user: User) -> None:
    """Keeps what stands in a section before it is written over."""
    mine, now = row.saved_by_id == user.pk, timezone.now()
    if mine and row.kept_at and now - row.kept_at < KEPT_EVERY:
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
