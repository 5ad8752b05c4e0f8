"""The registers are edited in the browser by the JPO unit: refused in words, kept with what was there before, never deleted."""

import datetime
import html

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.document import Document
from organisation.models import Office
from proposals.checking import check, registers
from registers.models import Acronym, Change, Instrument, Outcome, Term, Word
from tests.readiness.texts import planted
from workflow.demonstration.cast import Cast

WHO = "June Okafor (june@demo.example)"


@pytest.fixture
def desk(cast: Cast) -> Client:
    """June's browser, signed in."""
    client = Client()
    client.force_login(cast.june)
    return client


def page(register: str, action: str, *args: int) -> str:
    """The address of a page of a register."""
    return reverse(f"admin:registers_{register}_{action}", args=args)


TERM = {
    "language": "en",
    "words": "harbour master",
    "instead": "port captain",
    "reason": "So it is called.",
    "rule": "R23",
    "severity": "W",
}
OUTCOME = {"biennium": "2026-27", "code": "3", "title": "Invented harbours"}
INSTRUMENT = {"kind": "Convention", "number": "199", "year": "2026", "title": "Invented Harbours Convention"}
ACRONYM = {"letters": "QRX", "expansion": "Quarry Research Exchange"}


def told(document: Document, rule: str) -> list[str]:
    """The words on which a rule speaks in the introduction."""
    return [f.quote for f in check(document) if f.rule == rule and f.box == "introduction"]


def test_next_years_rules_need_no_programmer(desk: Client) -> None:
    document = planted("en", introduction="The harbour master of the QRX works for Convention No. 199 of 2025.")
    assert (told(document, "R23"), told(document, "R16"), told(document, "R17")) == ([], ["QRX"], [])
    assert desk.post(page("term", "add"), TERM).status_code == 302
    assert desk.post(page("acronym", "add"), ACRONYM | {"known": "on"}).status_code == 302
    assert desk.post(page("instrument", "add"), INSTRUMENT).status_code == 302
    assert (told(document, "R23"), told(document, "R16")) == (["harbour master"], [])
    assert told(document, "R17") == ["Convention No. 199 of 2025"]

    assert desk.post(page("outcome", "add"), OUTCOME).status_code == 302
    wrong = planted("en", outcomes="Programme and Budget 2026-27, Outcome 9: safety for swimmers.")
    assert [f.quote for f in check(wrong) if f.rule == "R11"] == ["Outcome 9"]


def test_what_is_changed_is_kept_and_told_below_the_entry(desk: Client) -> None:
    desk.post(page("term", "add"), TERM)
    term = Term.objects.get(words="harbour master")
    desk.post(page("term", "change", term.pk), TERM | {"instead": "harbour captain", "severity": "H"})
    desk.post(page("term", "change", term.pk), TERM | {"instead": "harbour captain", "severity": "H"})  # nothing is another
    assert [(change.by, change.lines) for change in Change.objects.filter(entry=term.pk, register="term")] == [
        (WHO, ["words to be written instead: “port captain” → “harbour captain”", "severity: “Warning” → “Hint”"]),
        (
            WHO,
            [
                "language: nothing → “English”",
                "words to find: nothing → “harbour master”",
                "words to be written instead: nothing → “port captain”",
                "reason: nothing → “So it is called.”",
                "told under: nothing → “Official name or current term”",
                "severity: nothing → “Warning”",
            ],
        ),
    ]
    shown = html.unescape(desk.get(page("term", "change", term.pk)).content.decode())
    assert f"{WHO}: words to be written instead: “port captain” → “harbour captain”; severity: “Warning” → “Hint”" in shown


def test_so_is_an_offices_name(desk: Client, cast: Cast) -> None:
    office = cast.offices["GREENJOBS"]
    new = {
        "code": office.code,
        "name": "Department of Green Work",
        "kind": "department",
        "parent": office.parent_id,
        "place": office.place,
    }
    new |= {"former_names": "Department of Just Transition", "name_fr": office.name_fr, "name_es": office.name_es}
    address = reverse("admin:organisation_office_change", args=[office.pk])
    assert desk.post(address, new).status_code == 302
    (change,) = Change.objects.filter(register="office", entry=office.pk)
    assert change.lines == [
        "name in English: “Department of Just Transition” → “Department of Green Work”",
        "former names: nothing → “Department of Just Transition”",
    ]
    former = planted("en", introduction="It works with the Department of Just Transition.")
    assert [f.fix.text for f in check(former) if f.rule == "R10" and f.box == "introduction" and f.fix] == [
        "Department of Green Work"
    ]
    assert html.escape("→ “Department of Green Work”") in desk.get(address).content.decode()


def test_a_change_is_told_when_its_author_has_another_name(desk: Client, cast: Cast) -> None:
    desk.post(page("word", "add"), {"word": "upbeating"})
    cast.june.name = "June Adeyemi"
    cast.june.save()
    assert Change.objects.get().by == WHO


REFUSED = [
    ("outcome", OUTCOME | {"biennium": "2027-28"}, "“2027-28” is no biennium: it begins in an even year and is written like 2026-27.", "an odd year"),
    ("outcome", OUTCOME | {"biennium": "2026"}, "“2026” is no biennium", "one year"),
    ("outcome", OUTCOME | {"biennium": "2026-28"}, "“2026-28” is no biennium", "three years"),
    ("outcome", OUTCOME | {"code": "III"}, "write 1 for an outcome, 1.2 for an output", "Roman figures"),
    ("outcome", OUTCOME | {"valid_from": "2026-05-01", "valid_until": "2026-04-01"}, "The entry ends before it begins.", "it ends too early"),
    ("outcome", OUTCOME | {"title": "Invented 港"}, "have no sign", "what the paper cannot print"),
    ("instrument", INSTRUMENT | {"year": "1818"}, "The ILO adopts instruments since 1919", "before the ILO"),
    ("instrument", INSTRUMENT | {"year": "2126"}, "and none yet in 2126", "in the future"),
    ("instrument", INSTRUMENT | {"number": "0"}, "A Convention has a number.", "no number"),
    ("instrument", INSTRUMENT | {"number": "190", "year": "2019"}, "This instrument is in the register already; change its entry.", "twice"),
    ("acronym", ACRONYM | {"letters": "Quarry Exchange"}, "is no acronym: write its letters without spaces", "words"),
    ("acronym", ACRONYM | {"expansion": ""}, "Say what the acronym stands for, or that every reader knows it.", "neither known nor expanded"),
    ("acronym", ACRONYM | {"letters": "UNDP"}, "This acronym is in the register already; change its entry.", "twice"),
    ("term", TERM | {"instead": "harbour  master"}, "These are the very words that are not to be used.", "replaced by itself, but for a space"),
    ("term", TERM | {"words": "→"}, "Write words; signs alone cannot be found.", "a sign"),
    ("term", TERM | {"words": "Swaziland"}, "These words are in the register already; change their entry.", "twice"),
    ("word", {"word": "two words"}, "One word to an entry.", "two words"),
    ("word", {"word": "fintech"}, "This word is in the register already.", "twice"),
]  # fmt: skip


@pytest.mark.parametrize(("register", "entry", "sentence", "why"), REFUSED, ids=[f"{row[0]}: {row[-1]}" for row in REFUSED])
def test_what_cannot_be_is_refused_in_words(desk: Client, register: str, entry: dict[str, str], sentence: str, why: str) -> None:
    answer = desk.post(page(register, "add"), entry)
    assert sentence in html.unescape(answer.content.decode())
    assert not Change.objects.exists()


def test_an_entry_is_ended_not_deleted(desk: Client) -> None:
    undp, fao = Acronym.objects.get(letters="UNDP"), Acronym.objects.get(letters="FAO")
    later = Word.objects.create(word="upbeating", valid_from=timezone.localdate() + datetime.timedelta(days=9))
    assert desk.post(page("acronym", "delete", undp.pk)).status_code == 403
    chosen = {"action": "end_today", "_selected_action": [undp.pk, fao.pk]}
    assert "2 used until today, then no longer." in desk.post(page("acronym", "changelist"), chosen, follow=True).content.decode()
    undp.refresh_from_db()
    assert undp.valid_until == timezone.localdate()
    assert [change.lines for change in Change.objects.filter(entry=undp.pk)] == [[f"valid until: nothing → “{undp.valid_until}”"]]
    assert "UNDP" in {a.letters for a in registers().acronyms}, "today is its last day"

    chosen = {"action": "end_today", "_selected_action": [later.pk]}
    answer = desk.post(page("word", "changelist"), chosen, follow=True).content.decode()
    assert "Not yet begun, so not ended: upbeating." in answer
    later.refresh_from_db()
    assert later.valid_until is None


def test_a_register_is_looked_through_by_words_language_and_day(desk: Client) -> None:
    Term.objects.filter(words="Swaziland", language="en").update(valid_until=datetime.date(2020, 1, 1))

    def shown(register: str, **query: str) -> list[str]:
        return [str(entry) for entry in desk.get(page(register, "changelist"), query).context["cl"].queryset]

    assert shown("term", q="Swaziland") == ["Swaziland → Eswatini", "Swazilandia → Eswatini", "Swaziland → Eswatini"]
    assert shown("term", q="Swaziland", in_force="yes", language="fr") == ["Swaziland → Eswatini"]
    assert shown("term", q="Swaziland", in_force="no") == ["Swaziland → Eswatini"]
    assert shown("term", q="Swaziland", in_force="yes", language="en") == []
    assert shown("instrument", q="190", kind="Convention") == [str(Instrument.objects.get(kind="Convention", number=190))]
    assert shown("acronym", q="Decent Work Team") == ["DWT"]
    assert shown("outcome") == [] == [*Outcome.objects.all()]
    assert Office.objects.exists()
