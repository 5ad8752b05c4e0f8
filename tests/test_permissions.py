"""Who gets which answer at which address: written by hand for families of addresses, tried on every address there is.

An address that belongs to no family fails the test: whoever adds one decides here who may come.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from documents.press import press
from organisation.models import Appointment, Office, User
from proposals.models import Doubt, EarlierText, Note, Proposal, Rendition
from proposals.sections import TEMPLATE
from proposals.states import State
from proposals.writing import invite, set_aside
from registers.models import Outcome
from tests.story import bring_to, step
from workflow.demonstration.cast import ACTING_AFTER
from workflow.models import Letter

# The relations in which somebody may stand to Felix's proposal for CO-Jakarta. A line is one column of the tables below.
RELATIONS = {
    "author": ["felix"],
    "colleague": ["colin"],
    "director": ["diego", "greta"],  # of the office, and of the one above it
    "hr": ["hugo"],
    "jpo": ["june"],
    # once a colleague; acting Director, on other days; Director elsewhere; HR Partner elsewhere; nobody; administrator
    "others": ["ana", "adele", "sofia", "hana", "otto", "root"],
    "anonymous": [None],
}

# "sign in": to the sign-in page. "there": to the proposal's page, which says why. "405": not by this method, for nobody.
TABLE = """
family    state        | author  colleague director hr      jpo     others  anonymous
read      draft        | 200     200       404      404     404     404     sign in
read      taken back   | 200     200       404      404     404     404     sign in
read      endorsement  | 200     200       200      200     200     404     sign in
read      returned     | 200     200       200      200     200     404     sign in
read      approval     | 200     200       200      200     200     404     sign in
read      submitted    | 200     200       200      200     200     404     sign in
read      issued       | 200     200       200      200     200     404     sign in
read      withdrawn    | 200     200       200      200     200     404     sign in
version   draft        | 404     404       404      404     404     404     sign in
version   taken back   | 200     200       404      404     404     404     sign in
version   endorsement  | 200     200       200      200     200     404     sign in
version   returned     | 200     200       200      200     200     404     sign in
version   approval     | 200     200       200      200     200     404     sign in
version   submitted    | 200     200       200      200     200     404     sign in
version   issued       | 200     200       200      200     200     404     sign in
version   withdrawn    | 200     200       200      200     200     404     sign in
donors    draft        | 404     404       404      404     404     404     sign in
donors    taken back   | 404     404       404      404     404     404     sign in
donors    endorsement  | 404     404       404      404     404     404     sign in
donors    returned     | 404     404       404      404     404     404     sign in
donors    approval     | 404     404       404      404     404     404     sign in
donors    submitted    | 404     404       404      404     404     404     sign in
donors    withdrawn    | 404     404       404      404     404     404     sign in
donors    issued       | 200     200       200      200     200     404     sign in
write     draft        | 200     200       404      404     404     404     sign in
write     taken back   | 200     200       404      404     404     404     sign in
write     endorsement  | there   there     403      403     403     404     sign in
write     returned     | 200     200       403      403     403     404     sign in
write     approval     | there   there     403      403     403     404     sign in
write     submitted    | there   there     403      403     403     404     sign in
write     issued       | there   there     403      403     403     404     sign in
write     withdrawn    | there   there     403      403     403     404     sign in
preview   draft        | 200     200       404      404     404     404     sign in
preview   taken back   | 200     200       404      404     404     404     sign in
preview   endorsement  | there   there     404      404     404     404     sign in
preview   returned     | 200     200       404      404     404     404     sign in
preview   approval     | there   there     404      404     404     404     sign in
preview   submitted    | there   there     404      404     404     404     sign in
preview   issued       | there   there     404      404     404     404     sign in
preview   withdrawn    | there   there     404      404     404     404     sign in
delete    draft        | 200     403       404      404     404     404     sign in
delete    taken back   | there   403       404      404     404     404     sign in
delete    endorsement  | there   there     403      403     403     404     sign in
delete    returned     | there   403       403      403     403     404     sign in
delete    approval     | there   there     403      403     403     404     sign in
delete    submitted    | there   there     403      403     403     404     sign in
delete    issued       | there   there     403      403     403     404     sign in
delete    withdrawn    | there   there     403      403     403     404     sign in
ahead     draft        | 200     200       404      404     404     404     sign in
ahead     taken back   | 200     200       404      404     404     404     sign in
ahead     endorsement  | 200     200       403      403     403     404     sign in
ahead     returned     | 200     200       403      403     403     404     sign in
ahead     approval     | 200     200       403      403     403     404     sign in
ahead     submitted    | 200     200       403      403     403     404     sign in
ahead     issued       | 200     200       403      403     403     404     sign in
ahead     withdrawn    | 200     200       403      403     403     404     sign in
together  draft        | 200     200       404        404     404     404     sign in
together  taken back   | 200     200       404        404     404     404     sign in
together  endorsement  | 200     200       403        403     200     404     sign in
together  returned     | 200     200       403        403     200     404     sign in
together  approval     | 200     200       403        403     200     404     sign in
together  submitted    | 200     200       403        403     200     404     sign in
together  issued       | 200     200       403        403     200     404     sign in
together  withdrawn    | 200     200       403        403     200     404     sign in
handing   draft        | 200     403       404        404     404     404     sign in
handing   taken back   | 200     403       404        404     404     404     sign in
handing   endorsement  | 200     403       403        403     200     404     sign in
handing   returned     | 200     403       403        403     200     404     sign in
handing   approval     | 200     403       403        403     200     404     sign in
handing   submitted    | 200     403       403        403     200     404     sign in
handing   issued       | there   403       403        403     there   404     sign in
handing   withdrawn    | 200     403       403        403     200     404     sign in
remove    draft        | 200     200       404        404     404     404     sign in
remove    taken back   | 200     200       404        404     404     404     sign in
remove    endorsement  | 200     200       403        403     403     404     sign in
remove    returned     | 200     200       403        403     403     404     sign in
remove    approval     | 200     200       403        403     403     404     sign in
remove    submitted    | 200     200       403        403     403     404     sign in
remove    issued       | there   there     403        403     403     404     sign in
remove    withdrawn    | 200     200       403        403     403     404     sign in
settle    *            | 405     405       405      405     405     405     sign in
desk      *            | 403     403       403      403     200     403     sign in
own       *            | 200     200       200      200     200     200     sign in
public    *            | 200     200       200      200     200     200     200
"""

OF_A_PROPOSAL = sorted({line.split()[0] for line in TABLE.strip().splitlines()[1:]} - {"desk", "own", "public"})

# The page of a step: 200 where the truth table offers it; 403 where it is somebody else's; "not now" (200, a page that says
# what has happened instead) where nobody may take it in this state. Here: to whom each step is offered, by state.
OFFERED = """
draft       | submit: author colleague · withdraw: author colleague
taken back  | submit: author colleague · withdraw: author colleague
endorsement | recall: author colleague · return: director · endorse: director · withdraw: author colleague jpo
returned    | submit: author colleague · withdraw: author colleague jpo
approval    | recall: author colleague · return: hr · approve: hr · withdraw: author colleague jpo
submitted   | return: jpo · issue: jpo · withdraw: author colleague jpo
issued      |
withdrawn   | reopen: author colleague
"""
ACTIONS = ("submit", "recall", "return", "endorse", "approve", "issue", "withdraw", "reopen")

FAMILIES = {
    "read": "proposal new_copy",
    "version": "version version_pdf version_changes",
    "donors": "donors_pdf",
    "write": "overview section details earlier_texts earlier_text",
    "preview": "preview sheet_preview section_preview",
    "delete": "delete",
    "ahead": "ahead",
    "settle": "settle_doubt place_doubt bring_back_doubt here add_note settle_note",
    "together": "colleagues",
    "handing": "hand_over",
    "remove": "remove_colleague",
    "step": "step",
    "desk": "issues issues_zip issues_catalogue",
    "own": "home proposals new new_ahead new_blank choose_copy new_file account_change_password",
    "public": "help accessibility privacy healthz verify",
    "account": "account_login account_logout account_inactive account_signup account_set_password account_reset_password "
    "account_reset_password_done account_reset_password_from_key account_reset_password_from_key_done",
    "demonstration": "mailbox mailbox_letter demo_sign_in",
    "administration": "admin:*",
}

# Signing in and the demonstration, which is closed in every real site: the same for every relation.
ELSEWHERE = """
family         address                              | signed in       anonymous
account        account_login                        | home            200
account        account_logout                       | 200             home
account        account_inactive                     | 200             200
account        account_signup                       | home            200
account        account_set_password                 | change          sign in
account        account_reset_password               | 200             200
account        account_reset_password_done          | 200             200
account        account_reset_password_from_key      | 200             200
account        account_reset_password_from_key_done | 200             200
demonstration  mailbox                              | 404             404
demonstration  mailbox_letter                       | 404             404
demonstration  demo_sign_in                         | 404             404
"""

# The administration. "·" after a model's page: offices, people, appointments, regions, letters and registers are the JPO unit's too.
ADMINISTRATION = """
page                                      | root     june     everybody else  anonymous
index                                     | 200      200      403             sign in
login                                     | 403      403      403             sign in
logout                                    | 405      405      403             sign in
password_change                           | change   change   403             sign in
password_change_done                      | 200      200      403             sign in
autocomplete                              | 403      403      403             sign in
jsi18n                                    | 200      200      403             sign in
view_on_site                              | 404      404      403             sign in
app_list organisation                     | 200      200      403             sign in
app_list registers                        | 200      200      403             sign in
app_list workflow                         | 200      200      403             sign in
app_list auth                             | 200      404      403             sign in
app_list account                          | 200      404      403             sign in
changelist organisation registers workflow| 200      200      403             sign in
changelist auth account                   | 200      403      403             sign in
add organisation registers                | 200      200      403             sign in
add workflow                              | 403      403      403             sign in
add auth account                          | 200      403      403             sign in
change organisation registers workflow    | 200      200      403             sign in
change auth account                       | 200      403      403             sign in
history organisation registers workflow   | 200      200      403             sign in
history auth account                      | 200      403      403             sign in
delete organisation registers workflow    | 403      403      403             sign in
delete auth account                       | 200      403      403             sign in
any                                       | there    there    403             sign in
catch-all                                 | 404      404      403             sign in
"""


def addresses(resolver: URLResolver | None = None, space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the portal: its name ("" if it has none) and its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield (f"{space}{entry.name}" if entry.name else ""), pattern
        else:
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space, pattern)


def families_of(name: str, pattern: str) -> list[str]:
    """The families an address belongs to; it must be one."""
    found = [family for family, names in FAMILIES.items() if name in names.split()]
    return found + (["administration"] if pattern.startswith("admin/") else [])


def test_every_address_belongs_to_one_family():
    lost = {(name, pattern) for name, pattern in addresses() if len(families_of(name, pattern)) != 1}
    assert lost == set(), "an address that nobody decided about: enter it in FAMILIES"
    known = {name for name, _ in addresses()}
    assert {name for names in FAMILIES.values() for name in names.split()} - {"admin:*"} <= known


@dataclass
class Scene:
    """Felix's proposal in a state, everybody who may stand in some relation to it, each signed in."""

    proposal: Proposal
    browsers: dict[str, list[Client]]

    @property
    def colleague(self) -> int:
        """Colin's row, who writes in it."""
        return self.proposal.colleagues.get(user__email="colin@demo.example").pk

    def of(self, family: str) -> list[str]:
        """The addresses of a family, for this proposal."""
        number = self.proposal.version.number if self.proposal.version else 1
        doubt = Doubt.objects.filter(proposal=self.proposal).first()
        given = {
            "proposal": [[self.proposal.pk]], "new_copy": [[self.proposal.pk]], "preview": [[self.proposal.pk]],
            "sheet_preview": [[self.proposal.pk]],
            "section_preview": [[self.proposal.pk, section.name()] for section in TEMPLATE],
            "version": [[self.proposal.pk, number]], "version_pdf": [[self.proposal.pk, number]], "donors_pdf": [[self.proposal.pk, number]],
            "version_changes": [[self.proposal.pk, number, number]],
            "earlier_texts": [[self.proposal.pk, section.name()] for section in TEMPLATE],
            "earlier_text": [[self.proposal.pk, text.section, text.pk] for text in self.proposal.earlier_texts.all()],
            "overview": [[self.proposal.pk]], "details": [[self.proposal.pk]], "ahead": [[self.proposal.pk]], "delete": [[self.proposal.pk]],
            "section": [[self.proposal.pk, section.name()] for section in TEMPLATE],
            **dict.fromkeys(FAMILIES["settle"].split(), [[self.proposal.pk, doubt.pk if doubt else 1]]),
            "colleagues": [[self.proposal.pk]], "hand_over": [[self.proposal.pk]],
            "remove_colleague": [[self.proposal.pk, self.colleague]],
            "here": [[self.proposal.pk, section.name()] for section in TEMPLATE],
            "add_note": [[self.proposal.pk]], "settle_note": [[self.proposal.pk, 1]],
            "settle_doubt": [[self.proposal.pk, doubt.pk if doubt else 1]],
            "step": [[self.proposal.pk, action] for action in ACTIONS],
        }  # fmt: skip
        return [reverse(name, args=args) for name in FAMILIES[family].split() for args in given.get(name, [[]])]


def signed_in(user: User | None) -> Client:
    """A browser of this person's, or of a visitor's."""
    browser = Client()
    if user:
        browser.force_login(User.objects.get(pk=user.pk))
    return browser


def scene(cast, state: str) -> Scene:
    """The scene of the tables, reached by real steps."""
    office = cast.offices["CO-Jakarta"]
    Appointment.objects.create(user=cast.greta, role="director", office=Office.objects.get(code="RO-Asia"))
    starts = timezone.localdate() + ACTING_AFTER
    Appointment.objects.create(
        user=cast.adele, role="director", office=office, acting_for=cast.diego, starts=starts, ends=starts + timedelta(days=9)
    )
    if state == "taken back":
        proposal = bring_to(State.ENDORSEMENT, cast, field=True)
        step("recall", proposal, cast.felix)
    else:
        proposal = bring_to(State(state), cast, field=True)
    invite(proposal, cast.colin)
    invite(proposal, cast.ana)
    proposal.colleagues.filter(user=cast.ana).update(until=timezone.now())
    Doubt.objects.create(proposal=proposal, box="duties", text="Also this.", why="No box fits.")
    set_aside(proposal.introduction, cast.colin, {"introduction": "<p>Not taken over.</p>"})
    _print_all()
    people = {relation: [cast.people.get(name or "") for name in names] for relation, names in RELATIONS.items()}
    browsers = {relation: [signed_in(user) for user in users] for relation, users in people.items()}
    return Scene(Proposal.objects.select_related("version").get(pk=proposal.pk), browsers)


def _print_all() -> None:
    """Every PDF is printed: what it says does not matter here."""
    pdf = press('<!DOCTYPE html><html lang="en"><title>A paper</title><h1>A paper</h1>')
    for rendition in Rendition.objects.filter(state=Rendition.State.DUE):
        rendition.state, rendition.pdf, rendition.sha256 = Rendition.State.DONE, pdf, hashlib.sha256(pdf).hexdigest()
        rendition.save()


def outcome(answer, pk: int = 0) -> str:
    """An answer as the tables say it."""
    if answer.status_code not in (301, 302, 303):
        return str(answer.status_code)
    where = answer.headers["Location"].partition("?")[0]
    named = {reverse("account_login"): "sign in", reverse("home"): "home", reverse("account_change_password"): "change"}
    return "there" if where == f"/proposals/{pk}/" else named.get(where, where)


def read(table: str, columns: int) -> list[tuple[list[str], list[str]]]:
    """The lines of a table: what stands before the bar, and the cells behind it; two spaces part cells."""
    lines = [line.split("|") for line in table.strip().splitlines()[1:]]
    found = [(re.split(r"\s{2,}", head.strip()), re.split(r"\s{2,}", cells.strip())) for head, cells in lines]
    assert all(len(cells) == columns for _, cells in found)
    return found


STATES = ["draft", "taken back", "endorsement", "returned", "approval", "submitted", "issued", "withdrawn"]
LIKE_ANOTHER = ("taken back", "returned", "approval", "submitted", "withdrawn")
"""States whose pages hardly differ from another's: looked at with the slow tests. The truth table tries every step in every state."""
PAGES_OF = [pytest.param(state, marks=pytest.mark.slow) if state in LIKE_ANOTHER else state for state in STATES]
EXPECTED = {
    (family, state): dict(zip(RELATIONS, cells, strict=True))
    for (family, said), cells in read(TABLE, len(RELATIONS))
    for state in (STATES if said == "*" else [said])
}


@pytest.mark.parametrize("state", PAGES_OF)
def test_every_page_of_a_proposal_answers_as_the_table_says(cast, state):
    there = scene(cast, state)
    wrong = []
    everywhere = ("desk", "own", "public") if state == "issued" else ()
    for family in (*OF_A_PROPOSAL, *everywhere):
        for address in there.of(family):
            for relation, browsers in there.browsers.items():
                for browser in browsers:
                    found = outcome(browser.get(address), there.proposal.pk)
                    if found != EXPECTED[family, state][relation] and not (address == "/healthz" and found == "503"):
                        wrong.append((relation, address, found))
    assert wrong == [], "\n".join(map(str, wrong))


def offered(state: str) -> dict[str, list[str]]:
    """The steps that are offered in a state, each with the relations it is offered to."""
    lines = dict(re.split(r"\s+\| ?", line, maxsplit=1) for line in OFFERED.strip().splitlines())
    steps = [part.split(": ") for part in lines[state].split(" · ") if part]
    return {action: relations.split() for action, relations in steps}


def sees(state: str, relation: str) -> bool:
    return EXPECTED["read", state][relation] == "200"


@pytest.mark.parametrize("state", PAGES_OF)
def test_every_step_is_announced_to_those_it_is_offered_to(cast, state):
    there, steps, wrong = scene(cast, state), offered(state), []
    for action in ACTIONS:
        for relation, browsers in there.browsers.items():
            expected = (
                "sign in" if relation == "anonymous" else "404" if not sees(state, relation)
                else "200 with a button" if relation in steps.get(action, []) else "403" if action in steps else "200"
            )  # fmt: skip
            for browser in browsers:
                answer = browser.get(reverse("step", args=[there.proposal.pk, action]))
                found = outcome(answer) + (" with a button" if b'name="seen"' in answer.content else "")
                if found != expected:
                    wrong.append((relation, action, found, expected))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("state", PAGES_OF)
def test_every_step_is_taken_by_those_alone_it_is_offered_to(cast, state):
    there, steps, wrong = scene(cast, state), offered(state), []
    proposal = Proposal.objects.whole().get(pk=there.proposal.pk)
    for action in ACTIONS:
        for relation, browsers in there.browsers.items():
            expected = (
                "sign in" if relation == "anonymous" else "404" if not sees(state, relation)
                else "there" if relation in steps.get(action, []) else "403" if action in steps else "409"
            )  # fmt: skip
            sent = {
                "seen": proposal.seen(for_author=relation in ("author", "colleague")),
                "comment": "For a reason.", "month": "3", "year": "2027",
            }  # fmt: skip
            for browser in browsers:
                with transaction.atomic():
                    found = outcome(browser.post(reverse("step", args=[proposal.pk, action]), sent), proposal.pk)
                    moved = Proposal.objects.get(pk=proposal.pk).place - proposal.place
                    transaction.set_rollback(True)
                if (found, moved) != (expected, int(expected == "there")):
                    wrong.append((relation, action, found, moved, expected))
    assert wrong == [], "\n".join(map(str, wrong))


# What is sent to the drafting pages. "done": stored, or shown again with what is missing.
SENT = """
family    state        | author  colleague director hr      jpo     others  anonymous
write     draft        | done    done      404      404     404     404     sign in
write     taken back   | done    done      404      404     404     404     sign in
write     endorsement  | 409     409       403      403     403     404     sign in
write     returned     | done    done      403      403     403     404     sign in
write     approval     | 409     409       403      403     403     404     sign in
write     submitted    | 409     409       403      403     403     404     sign in
write     issued       | 409     409       403      403     403     404     sign in
write     withdrawn    | 409     409       403      403     403     404     sign in
delete    draft        | done    403       404      404     404     404     sign in
delete    taken back   | 409     403       404      404     404     404     sign in
delete    endorsement  | 409     403       403      403     403     404     sign in
delete    returned     | 409     403       403      403     403     404     sign in
delete    approval     | 409     403       403      403     403     404     sign in
delete    submitted    | 409     403       403      403     403     404     sign in
delete    issued       | 409     403       403      403     403     404     sign in
delete    withdrawn    | 409     403       403      403     403     404     sign in
together  draft        | done    403       404        404     404     404     sign in
together  taken back   | done    403       404        404     404     404     sign in
together  endorsement  | done    403       403        403     403     404     sign in
together  returned     | done    403       403        403     403     404     sign in
together  approval     | done    403       403        403     403     404     sign in
together  submitted    | done    403       403        403     403     404     sign in
together  issued       | 422     403       403        403     403     404     sign in
together  withdrawn    | done    403       403        403     403     404     sign in
handing   draft        | done    403       404        404     404     404     sign in
handing   taken back   | done    403       404        404     404     404     sign in
handing   endorsement  | done    403       403        403     done    404     sign in
handing   returned     | done    403       403        403     done    404     sign in
handing   approval     | done    403       403        403     done    404     sign in
handing   submitted    | done    403       403        403     done    404     sign in
handing   issued       | there   403       403        403     there   404     sign in
handing   withdrawn    | done    403       403        403     done    404     sign in
remove    draft        | done    done      404        404     404     404     sign in
remove    taken back   | done    done      404        404     404     404     sign in
remove    endorsement  | done    done      403        403     403     404     sign in
remove    returned     | done    done      403        403     403     404     sign in
remove    approval     | done    done      403        403     403     404     sign in
remove    submitted    | done    done      403        403     403     404     sign in
remove    issued       | there   there     403        403     403     404     sign in
remove    withdrawn    | done    done      403        403     403     404     sign in
"""
SEND = {(family, state): dict(zip(RELATIONS, cells, strict=True)) for (family, state), cells in read(SENT, len(RELATIONS))}


@pytest.mark.parametrize("state", PAGES_OF)
def test_whatever_is_sent_is_stored_for_its_authors_alone(cast, state):
    there, wrong = scene(cast, state), []
    office, pk = there.proposal.office_id, there.proposal.pk
    note = Note.objects.create(proposal=there.proposal, box="duties", author=cast.colin, text="Sentence two?")
    section = {"introduction": "<p>Sent.</p>", "revision": "0", "go": "stay"}
    aside = EarlierText.objects.get()
    doubt = Doubt.objects.get()
    settled = Doubt.objects.create(proposal=there.proposal, text="Done.", why="?", settled_at=timezone.now()).pk
    posts = [
        ("write", reverse("section", args=[pk, "introduction"]), section),
        ("write", reverse("here", args=[pk, "introduction"]), {}),
        ("write", reverse("earlier_text", args=[pk, "introduction", aside.pk]), {"revision": "0"}),
        ("write", reverse("details", args=[pk]), {"language": "fr", "office": office}),
        ("write", reverse("settle_doubt", args=[pk, doubt.pk]), {}),
        ("write", reverse("place_doubt", args=[pk, doubt.pk]), {"box": "key_outputs"}),
        ("write", reverse("bring_back_doubt", args=[pk, settled]), {}),
        ("write", reverse("add_note", args=[pk]), {"box": "duties", "text": "Which laws?"}),
        ("write", reverse("settle_note", args=[pk, note.pk]), {}),
        ("delete", reverse("delete", args=[pk]), {}),
        ("together", reverse("colleagues", args=[pk]), {"address": "vera@ilo.org"}),
        ("handing", reverse("hand_over", args=[pk]), {"to": "somebody else", "address": "vera@ilo.org", "confirmed": "yes"}),
        ("remove", reverse("remove_colleague", args=[pk, there.colleague]), {}),
    ]
    for family, address, sent in posts:
        for relation, browsers in there.browsers.items():
            for browser in browsers:
                with transaction.atomic():
                    before = rows_of_the_database()
                    found = outcome(browser.post(address, sent), pk)
                    after = rows_of_the_database()
                    changed = {table for table in after if after[table] != before[table]}
                    transaction.set_rollback(True)
                expected = SEND[family, state][relation]
                if found == "409" and relation in ("author", "colleague"):
                    changed -= {"proposals_earliertext"}  # what an author sends too late is set aside
                found = "done" if changed else found
                if found != expected:
                    wrong.append((relation, address, found, expected))
    assert wrong == [], "\n".join(map(str, wrong))


# What one may not see does not exist


def told(answer) -> tuple[int, bytes, dict[str, str]]:
    """All that an answer says."""
    return answer.status_code, answer.content, dict(answer.headers)


@pytest.mark.parametrize("state", ["draft", pytest.param("issued", marks=pytest.mark.slow)])
def test_what_one_may_not_see_answers_as_what_does_not_exist(cast, state):
    there = scene(cast, state)
    strangers = [browsers[0] for relation, browsers in there.browsers.items() if EXPECTED["read", state][relation] == "404"]
    pk, different = there.proposal.pk, []
    for family in (*OF_A_PROPOSAL, "step"):
        for address in there.of(family):
            nowhere = address.replace(f"/{pk}/", "/987654/")
            assert nowhere != address
            for browser in strangers:
                for ask in (browser.get, browser.post):
                    seen, none = ask(address), ask(nowhere)
                    if told(seen) != told(none):
                        different.append((ask.__name__, address))
                    assert seen.status_code in (404, 405), address
    assert different == [], "\n".join(map(str, different))


# The rest of the house


@pytest.mark.parametrize("line", read(ELSEWHERE, 2), ids=lambda line: line[0][1])
def test_signing_in_and_the_demonstration(cast, line):
    (_family, name), (signed, visitor) = line
    given = {"mailbox_letter": [1], "account_reset_password_from_key": ["x", "never-given"]}.get(name, [])
    address = reverse(name, args=given)
    ask = "post" if name == "demo_sign_in" else "get"
    found = [outcome(getattr(signed_in(user), ask)(address)) for user in (cast.otto, cast.june, cast.root, None)]
    assert found == [signed, signed, signed, visitor]


def test_every_page_of_signing_in_and_of_the_demonstration_is_decided_about():
    decided = {name for (_family, name), _ in read(ELSEWHERE, 2)}
    assert decided == {*FAMILIES["account"].split(), *FAMILIES["demonstration"].split()}


MODEL_PAGE = re.compile(r"admin:(auth|account|organisation|registers|workflow)_(\w+)_(changelist|add|change|history|delete)$")


def pages_of_the_administration(cast) -> Iterator[tuple[str, str, str]]:
    """Every address of the administration: its line in the table, the address, and where "there" is."""
    proposal = bring_to(State.ENDORSEMENT, cast)
    objects = {"user": cast.otto.pk, "letter": proposal.letters.first().pk}
    for name, pattern in addresses():
        if not pattern.startswith("admin/"):
            continue
        if found := MODEL_PAGE.match(name):
            app, model, page = found.groups()
            one = objects.get(model) or _first(app, model)
            yield f"{page} {app}", reverse(name, args=[one] if "object_id" in pattern else []), ""
        elif name == "admin:app_list":
            yield from (
                (f"app_list {app}", reverse(name, args=[app]), "")
                for app in ("organisation", "registers", "workflow", "auth", "account")
            )
        elif name == "admin:view_on_site":
            yield "view_on_site", reverse(name, args=[1, 1]), ""
        elif name:
            yield name.removeprefix("admin:"), reverse(name), ""
        elif "object_id" in pattern:
            address = "/" + pattern.replace("<path:object_id>", "1")
            yield "any", address, f"{address}change/"
        else:
            yield "catch-all", "/admin/no/such/page/", ""


def arrival(browser: Client, address: str, there: str) -> str:
    """Where one arrives who is led on as far as it goes; the administration's own door sends everybody on."""
    answer = browser.get(address, follow=True)
    where = answer.redirect_chain[-1][0].partition("?")[0] if answer.redirect_chain else ""
    named = {reverse("account_login"): "sign in", reverse("account_change_password"): "change", there: "there"}
    return named.get(where or "nowhere", str(answer.status_code))


def _first(app: str, model: str) -> int:
    """The id of some row; of the tables the portal itself leaves empty, one is made."""
    Group.objects.get_or_create(name="Nobody's")
    EmailAddress.objects.get_or_create(user=User.objects.earliest("pk"), email="any@demo.example")
    Outcome.objects.get_or_create(biennium="2026-27", code="1", title="Any")
    return apps.get_model(app, model).objects.first().pk


def test_the_administration_lets_in_the_jpo_unit_and_administrators_alone(cast):
    table = {
        f"{page} {app}".strip(): cells
        for (head,), cells in read(ADMINISTRATION, 4)
        for page, _, named in [head.partition(" ")]
        for app in (named.split() or [""])
    }
    wrong, visited = [], set()
    people = {"root": [cast.root], "june": [cast.june], "everybody else": [cast.otto, cast.dina], "anonymous": [None]}
    browsers = [[signed_in(user) for user in users] for users in people.values()]
    for line, address, there in pages_of_the_administration(cast):
        visited.add(line)
        for expected, here in zip(table[line], browsers, strict=True):
            found = [arrival(browser, address, there) for browser in here]
            if found != [expected] * len(here):
                wrong.append((line, address, found, expected))
    assert wrong == [], "\n".join(map(str, wrong))
    assert visited == set(table)


def test_nothing_is_sent_without_the_token_of_a_form(cast):
    """CSRF: at every address, whoever is signed in."""
    there = scene(cast, "endorsement")
    targets = [address for family in FAMILIES if family not in ("administration", "account", "demonstration")
               for address in there.of(family)] + [address for _, address, _ in pages_of_the_administration(cast)]  # fmt: skip
    for user in (cast.felix, cast.root):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(user)
        before = rows_of_the_database()
        assert {address: browser.post(address).status_code for address in targets} == dict.fromkeys(targets, 403)
        assert rows_of_the_database() == before


# No GET changes anything

APART = {"django_session", "jpo_cache", "django_migrations", "sqlite_sequence"}
REGISTERS = ("registers_edition", "registers_change")
"""What changes with every change in a register: its thousands of entries need not be read each time."""


def rows_of_the_database() -> dict[str, tuple[int, str]]:
    """How many rows each table has, and the digest of what stands in them."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in APART and (not table.startswith("registers_") or table in REGISTERS):
                cursor.execute(f'SELECT * FROM "{table}"')
                lines = sorted(repr(row) for row in cursor.fetchall())
                found[table] = (len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest())
    return found


@pytest.mark.parametrize("state", [pytest.param("returned", marks=pytest.mark.slow), "submitted"])
def test_no_get_and_no_head_changes_a_row_anywhere(cast, settings, state):
    there = scene(cast, state)
    letter, (uid, key) = Letter.objects.first(), password_link(cast.otto)
    pages = [address for family in FAMILIES if family not in ("administration", "account", "demonstration")
             for address in there.of(family)]  # fmt: skip
    pages += [
        f"{reverse(name)}?{query}" for name in ("proposals", "choose_copy") for query in ("q=apprentice&before=9", "tab=mine")
    ]
    pages += [reverse(name) for name in FAMILIES["account"].split() if name != "account_reset_password_from_key"]
    pages += [reverse("account_reset_password_from_key", args=[uid, key]), reverse("demo_sign_in"), reverse("mailbox")]
    pages += [reverse("mailbox_letter", args=[letter.pk])] if letter else []
    administration = [address for _, address, _ in pages_of_the_administration(cast)]
    assert len(pages) > 45
    assert len(administration) > 50
    settings.DEMO = True  # its pages exist too
    visits = {there.browsers[relation][0]: pages for relation in ("author", "director", "anonymous")}
    visits |= {signed_in(user): [*pages, *administration] for user in (cast.june, cast.root)}
    before = rows_of_the_database()
    for browser, visited in visits.items():
        for address in visited:
            for ask in (browser.get, browser.head):
                answer = ask(address)
                assert answer.status_code < 500 or address == "/healthz", address
            assert rows_of_the_database() == before, f"GET or HEAD {address} changes something"


def password_link(user: User) -> tuple[str, str]:
    """The two parts of a link with which this person may set a password."""
    return user_pk_to_url_str(user), default_token_generator.make_token(user)
