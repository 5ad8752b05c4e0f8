"""The journeys of a proposal, as the people who make them see them: in a browser, from the first word to the issued PDF."""

import re
from collections import Counter
from collections.abc import Sequence

import pytest

from proposals.models import Event, Proposal
from proposals.states import State
from proposals.writing import invite
from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.documents import pdfs
from tests.mail.peer import Received
from tests.story import bring_to, draft
from workflow.demonstration.cast import address

pytestmark = pytest.mark.browser

MAILBOX = "jpo@ilo.org"
BY_HAND = {
    "General information": {"title": "on the future of tea growing"},
    "Supervision": {
        "supervisor_name": "Ines Halloran",
        "supervisor_title": "Senior Specialist, WORKSKILLS",
        "supervisor_email": "halloran@demo.example",
        "supervision_method": "The supervisor and the JPO agree a work plan in the first month.\n\nThey meet every Monday.",
    },
    "Introduction": {"introduction": "The unit advises tea growers, their workers and three ministries."},
    "Duties and responsibilities": {
        "duties": "- Visit the gardens.\n- Write down what was seen.",
        "key_outputs": "- A report on wages.\n- A register of gardens.",
    },
    "Qualifications and experience": {
        "education_minimum": "First university degree in agronomy.",
        "experience_minimum": "Two years of work with growers.",
        "skills_minimum": "A clear hand, and patience.",
        "languages_minimum": "Excellent command of English.",
    },
    "Training components and learning elements": {
        "training_components": "A course on labour inspection in the first half-year.",
        "learning_elements": "By the end of the first year the JPO writes a country note unaided.",
    },
    "Background information": {
        "programme_outline": "The programme has run since 2021 in four countries.",
        "outcomes": "Programme and Budget 2026–27, Outcome 5 (invented entry).",
    },
}
"""What Ana writes, section by section; the rest is offered by the form or taken from its examples."""


def write_by_hand(ana: Visitor, box_from_example: str = "competencies") -> None:
    """Every section from blank, one after another, with "Save and continue"; one box holds the form's own example."""
    ana.open("home")
    ana.follow("Write a new proposal")
    ana.follow("With a blank form")
    ana.page.get_by_label("Office", exact=True).select_option(label="WORKSKILLS – Department of Skills and Working Life")
    ana.press("Begin")
    ana.follow("Continue with General information")
    ana.type("unit", "Youth and Apprenticeships Unit")
    for section, boxes in BY_HAND.items():
        assert ana.heading == section
        for box, text in boxes.items():
            ana.type(box, text)
        if section == "Qualifications and experience":
            ana.page.locator(f"#div_id_{box_from_example} .jpo-example > summary").click()
            ana.press("Use this example for “ILO competencies”")
            assert "gender-sensitive behaviour" in ana.page.locator(f"#id_{box_from_example}").input_value()
        ana.press("Save and continue")
    assert "You have completed 7 of 7 sections." in ana.text


def submit(author: Visitor) -> None:
    """Checks the answers and submits, from the overview."""
    author.follow("Check and submit")
    author.press("Submit to the Director")


def change(ana: Visitor, outputs: str) -> None:
    """Writes new outputs into a returned proposal, from wherever its author is."""
    ana.open("section", proposal_of(ana).pk, "duties_and_responsibilities")
    ana.type("key_outputs", outputs)
    ana.press("Save and return to overview")


def proposal_of(visitor: Visitor) -> Proposal:
    """The proposal whose page they are on."""
    found = re.search(r"/proposals/(\d+)/", visitor.path)
    assert found
    return Proposal.objects.get(pk=found[1])


def who_got(letters: Sequence[Received]) -> list[str]:
    """To whom letters went and what about, sorted, each marked where it brings a PDF."""
    return sorted(
        f"{', '.join(letter.recipients)}: {letter.mail['Subject']}{' +PDF' if list(letter.mail.iter_attachments()) else ''}"
        for letter in letters
    )


def follow_letter(visitor: Visitor, letters: Sequence[Received]) -> None:
    """Opens the link of the last letter to this person, as they would."""
    (letter,) = [letter for letter in letters if letter.recipients == (address(visitor.name),)]
    (link,) = re.findall(r"^http\S+", letter.mail.get_body().get_content(), re.MULTILINE)  # type: ignore[union-attr]
    visitor.page.goto(link)


def steps_of(proposal: Proposal) -> list[str]:
    """Who took which steps, in order."""
    return [f"{event.actor.email.partition('@')[0]} {event.action}" for event in Event.objects.filter(proposal=proposal)]


def decide(visitor: Visitor, label: str, comment: str = "") -> None:
    """Takes a step from the proposal's page, with a word to go with it."""
    visitor.follow(label)
    if comment:
        visitor.type("comment", comment)
    visitor.press(label)


def test_headquarters_from_the_first_word_to_the_issued_pdf(house: House) -> None:
    ana, dina, june = house.visit("ana"), house.visit("dina", phone=True), house.visit("june")
    write_by_hand(ana)
    ana.follow("Check and submit")
    assert ana.heading == "Check your answers before you submit"
    assert "It is then with: Dina Haddad (Director, WORKSKILLS)." in ana.text
    ana.press("Submit to the Director")
    proposal = proposal_of(ana)
    assert "with Dina Haddad (Director, WORKSKILLS) since" in ana.text
    assert "btn-primary" not in str(ana.content.get_by_role("link", name="Take back").get_attribute("class"))  # not what is urged

    title = "Junior Professional Officer on the future of tea growing"
    letters = house.post()
    assert who_got(letters) == [f"dina@demo.example: For your endorsement: {title} (WORKSKILLS) +PDF"]
    follow_letter(dina, letters)
    decide(dina, "Endorse")
    assert "The proposal is now “With the JPO unit”." in dina.text

    letters = house.post()
    assert who_got(letters) == [
        f"{who}: Submitted: {title} (WORKSKILLS) +PDF" for who in (address("ana"), address("dina"), MAILBOX)
    ]
    (arrived,) = [letter.pdf for letter in letters if letter.recipients == (MAILBOX,)]
    assert arrived.startswith(b"%PDF-")
    for words in ("tea growers, their workers", "A register of gardens.", "gender-sensitive behaviour", "Endorsed"):
        assert words in " ".join(pdfs.text(arrived).split())

    june.open("home")
    june.follow(title)
    june.follow("Issue the post")
    june.page.get_by_label("Month of issue").select_option("March")
    june.type("year", "2027")
    june.press("Issue the post")
    proposal.refresh_from_db()
    assert (proposal.state, str(proposal.post)) == (
        State.ISSUED,
        june.page.get_by_text("Post number").locator("+ dd").inner_text(),
    )
    assert {letter.recipients for letter in house.post()} == {(address(n),) for n in ("ana", "dina", "june")} | {(MAILBOX,)}

    ana.page.reload()
    assert "Issued" in ana.text and "March 2027" in ana.text
    pdf = ana.context.request.get(house.site + str(ana.content.get_by_role("link", name="PDF").first.get_attribute("href")))
    assert pdf.body().startswith(b"%PDF-")
    assert f"Post number: {proposal.post}" in " ".join(pdfs.text(pdf.body()).split())
    assert steps_of(proposal) == ["ana submit", "dina endorse", "june issue"]


def test_pages_of_submitting_and_deciding_are_accessible(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], grade="")
    felix, ana, dina = house.visit("felix"), house.visit("ana"), house.visit("dina")
    felix.open("new_blank")
    with felix.expecting(422):
        felix.press("Begin")
        assert felix.page.title().startswith("Error: ")
        felix.inspect()
    ana.open("step", proposal.pk, "submit")
    assert "“Grade” is empty." in ana.text
    ana.inspect()
    ana.follow("“Grade” is empty.")
    ana.page.get_by_label("P2").check()
    ana.press("Save and return to overview")
    submit(ana)
    ana.inspect()
    dina.open("step", proposal.pk, "return")
    dina.inspect()
    with dina.expecting(422):
        dina.press("Return to the author")
        assert dina.page.title().startswith("Error: ")
        dina.inspect()


def test_the_field_journey_passes_director_and_hr_partner(house: House) -> None:
    proposal = draft(house.cast.felix, house.cast.offices["CO-Jakarta"])
    felix, diego, hugo = house.visit("felix"), house.visit("diego", phone=True), house.visit("hugo", phone=True)
    felix.open("overview", proposal.pk)
    assert "Field post: CO-Jakarta, Asia and the Pacific" in felix.page.locator("body").inner_text()
    submit(felix)
    title = "Junior Professional Officer on apprenticeship systems"

    letters = house.post()
    assert who_got(letters) == [f"diego@demo.example: For your endorsement: {title} (CO-Jakarta) +PDF"]
    follow_letter(diego, letters)
    decide(diego, "Endorse", "A post this office needs.")
    assert "with Hugo Marchetti (HR Partner, Asia and the Pacific) since" in diego.text

    letters = house.post()
    assert who_got(letters) == [
        f"felix@demo.example: {title}: Diego Santoso endorsed it",
        f"hugo@demo.example: For your approval: {title} (CO-Jakarta) +PDF",
    ]
    follow_letter(hugo, letters)
    assert "A post this office needs." in hugo.text
    decide(hugo, "Approve")

    assert who_got(house.post()) == [
        f"{who}: Submitted: {title} (CO-Jakarta) +PDF" for who in (*map(address, ("diego", "felix", "hugo")), MAILBOX)
    ]
    assert steps_of(proposal) == ["felix submit", "diego endorse", "hugo approve"]


@pytest.mark.slow
def test_a_proposal_returned_twice_is_changed_and_decided_on_anew(house: House) -> None:
    proposal = bring_to(State.ENDORSEMENT, house.cast)
    ana, dina, june = house.visit("ana"), house.visit("dina"), house.visit("june")
    title = "Junior Professional Officer on apprenticeship systems"
    first = house.post()
    assert who_got(first) == [f"dina@demo.example: For your endorsement: {title} (WORKSKILLS) +PDF"]

    follow_letter(dina, first)
    decide(dina, "Return to the author", "Please name the outputs.")
    letters = house.post()
    assert who_got(letters) == [f"ana@demo.example: {title}: Dina Haddad returned it"]
    follow_letter(ana, letters)
    assert "Please name the outputs." in ana.text
    change(ana, "Three tea leaflets.")
    submit(ana)
    second = house.post()
    assert who_got(second) == who_got(first)  # the text has changed: she is asked anew

    follow_letter(dina, second)
    decide(dina, "Endorse")
    assert who_got(house.post()) == [
        f"{who}: Submitted: {title} (WORKSKILLS) +PDF" for who in (*map(address, ("ana", "dina")), MAILBOX)
    ]
    june.open("proposal", proposal.pk)
    decide(june, "Return to the author", "Leaflets are no outputs.")
    assert who_got(house.post()) == [f"{address(name)}: {title}: June Okafor returned it" for name in ("ana", "dina")]

    ana.open("overview", proposal.pk)
    assert "June Okafor (JPO unit) returned it" in ana.text and "Leaflets are no outputs." in ana.text
    change(ana, "A handbook of three chapters.")
    submit(ana)
    third = house.post()
    assert who_got(third) == who_got(first)
    follow_letter(dina, third)
    decide(dina, "Endorse")
    last = house.post()
    assert who_got(last) == [f"{who}: Submitted: {title} (WORKSKILLS) +PDF" for who in (*map(address, ("ana", "dina")), MAILBOX)]

    texts = [" ".join(pdfs.text(letters[0].pdf).split()) for letters in (first, second, last)]
    outputs = ("Two country notes.", "Three tea leaflets.", "A handbook of three chapters.")
    assert [[output for output in outputs if output in text] for text in texts] == [[output] for output in outputs]
    assert steps_of(proposal) == [
        "ana submit", "dina return", "ana submit", "dina endorse", "june return", "ana submit", "dina endorse",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_withdrawn_proposal_can_be_reopened_and_submitted(house: House) -> None:
    proposal = bring_to(State.ENDORSEMENT, house.cast)
    ana, dina = house.visit("ana"), house.visit("dina")
    house.post()
    ana.open("proposal", proposal.pk)
    decide(ana, "Withdraw", "The project begins a year later.")
    title = "Junior Professional Officer on apprenticeship systems"
    assert who_got(house.post()) == [f"dina@demo.example: {title}: Ana Lindqvist withdrew it"]
    dina.open("step", proposal.pk, "endorse")
    assert dina.heading == "This cannot be done now"
    assert "Ana Lindqvist (author) withdrew it on" in dina.text
    dina.inspect()

    decide(ana, "Reopen")
    assert house.post() == []
    ana.follow("Go on writing")
    submit(ana)
    assert who_got(house.post()) == [f"dina@demo.example: For your endorsement: {title} (WORKSKILLS) +PDF"]
    assert steps_of(proposal) == ["ana submit", "ana withdraw", "ana reopen", "ana submit"]


def test_two_people_in_one_section_see_both_texts_and_lose_nothing(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    invite(proposal, house.cast.colin)
    one, other = house.visit("ana"), house.visit("colin")
    for writer in (one, other):
        writer.open("section", proposal.pk, "introduction")
    one.type("introduction", "The unit advises tea growers.")
    one.press("Save and stay")
    other.type("introduction", "The unit advises coffee growers.")
    with other.expecting(409):
        other.press("Save and continue")
        assert "Yours is not in the section yet" in other.text
        assert "tea" in other.text
        assert "coffee" in other.text
        other.inspect()
    other.page.get_by_label("Take parts of both").check()
    other.page.get_by_label("Both, mine first").check()
    other.press("Save what I chose")
    proposal.refresh_from_db()
    both = "<p>The unit advises coffee growers.</p><p>The unit advises tea growers.</p>"
    assert proposal.introduction.introduction == both
    kept = {row.answers["introduction"]: row.stood for row in proposal.earlier_texts.all()}
    assert kept == {
        "<p>The unit advises governments and social partners on apprenticeships.</p>": True,
        "<p>The unit advises coffee growers.</p>": False,
        "<p>The unit advises tea growers.</p>": True,
    }


def test_a_double_click_endorses_once(house: House) -> None:
    proposal = bring_to(State.ENDORSEMENT, house.cast)
    dina = house.visit("dina")
    dina.open("step", proposal.pk, "endorse")
    dina.page.get_by_role("button", name="Endorse", exact=True).dblclick()
    dina.page.locator("input[name=seen]").wait_for(state="detached")
    assert "With the JPO unit" in dina.text
    assert steps_of(proposal) == ["ana submit", "dina endorse"]
    copies = Counter(
        who for letter in house.post() for who in letter.recipients if letter.mail["Subject"].startswith("Submitted")
    )
    assert copies == {address("ana"): 1, address("dina"): 1, MAILBOX: 1}


FOCUSED = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);  // of what is in the window
  const above = document.elementFromPoint(box.x + box.width / 2, (top + bottom) / 2);
  return {
    what: it.id || it.innerText?.trim().split("\\n")[0] || it.getAttribute("aria-label") || it.name || it.tagName,
    visible: marked && bottom > top && it.contains(above),
  };
}"""
"""What has the focus, and whether one sees that: it is marked, in the window, and nothing lies over it."""


def test_a_section_can_be_written_with_the_keyboard_alone(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "duties_and_responsibilities")
    walk = []
    for _ in range(60):
        ana.page.keyboard.press("Tab")
        walk.append(ana.page.evaluate(FOCUSED))
        if walk[-1]["what"].startswith("jpo@"):  # the last link of the footer
            break
    assert [stop["what"] for stop in walk if not stop["visible"]] == []
    stops = [stop["what"] for stop in walk]
    assert stops[0] == "Skip to the content"
    inside = stops[stops.index("Examples and sentences") :]
    assert inside[: inside.index("Accessibility")] == [
        "Examples and sentences",
        "Bold",
        "id_duties_editor",
        "Add a note",
        "Examples and sentences",
        "Bold",
        "id_key_outputs_editor",
        "Add a note",
        "Save and continue",
        "Save and stay",
        "Save and return to overview",
        "Earlier texts",
        "The way ahead, step by step",
    ]

    ana.page.reload()
    ana.page.keyboard.press("Tab")
    ana.page.keyboard.press("Enter")  # skips to the content
    while ana.page.evaluate(FOCUSED)["what"] != "id_key_outputs_editor":
        ana.page.keyboard.press("Tab")
    ana.page.keyboard.press("Control+a")
    ana.page.keyboard.press("Delete")
    ana.page.keyboard.type("- One map.\nOne list.")
    ana.page.keyboard.press("Escape")
    while ana.page.evaluate(FOCUSED)["what"] != "Save and continue":
        ana.page.keyboard.press("Tab")
    ana.page.keyboard.press("Enter")
    ana.page.wait_for_url("**/qualifications_and_experience/")
    proposal.refresh_from_db()
    assert proposal.dutiesandresponsibilities.key_outputs == "<ul><li>One map.</li><li>One list.</li></ul>"


def test_everything_is_written_and_submitted_without_scripts(house: House) -> None:
    ana, dina = house.visit("ana", scripts=False), house.visit("dina", scripts=False)
    write_by_hand(ana)
    ana.follow("Check and submit")
    ana.press("Submit to the Director")
    proposal = proposal_of(ana)
    assert (
        proposal.version
        and proposal.version.document["duties"] == "<ul><li>Visit the gardens.</li><li>Write down what was seen.</li></ul>"
    )
    follow_letter(dina, house.post())
    decide(dina, "Endorse")
    assert steps_of(proposal) == ["ana submit", "dina endorse"]
