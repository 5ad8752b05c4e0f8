"""An invented form and a full invented proposal on it, with every shape of prose, for tests of documents on paper."""

from typing import Any

from documents import prose
from documents.document import Document
from documents.form import Box, Form, Kind, OnPaper, Section
from documents.paper import Check, Decision, Issued


def _line(name: str, label: str, **more: Any) -> Box:
    return Box(name, Kind(more.pop("kind", Kind.LINE)), label, **more)


def _prose(name: str, label: str, on_paper: OnPaper = OnPaper.ALWAYS, **more: Any) -> Box:
    return Box(name, Kind.PROSE, label, label_on_paper=on_paper, **more)


def _pair(name: str, group: str) -> tuple[Box, Box]:
    return _prose(f"{name}_minimum", "Minimum", group=group), _prose(f"{name}_desirable", "Desirable", group=group)


SUPERVISOR = "Direct Supervision by"

FORM = Form(
    edition="test-1",
    language="en",
    letterhead="International Labour Office",
    title="Vacancy proposal for Junior Professional Officers (JPO)",
    subtitle="Job Description Template – Headquarters and field positions",
    note="Note for supervisors: this is never printed.",
    sections=(
        Section(
            "general_information",
            1,
            "General information",
            (
                _line("title", "Title", fixed="Junior Professional Officer", default="in "),
                _line("duty_station", "Duty station"),
                _line("duration", "Duration of the assignment"),
                _line("grade", "Grade", kind=Kind.CHOICE),
                _line("department", "Department/ Field Office"),
                _line("unit", "Organisational unit"),
            ),
        ),
        Section(
            "supervision",
            2,
            "Supervision",
            (
                _line("supervisor_name", "Name", group=SUPERVISOR),
                _line("supervisor_title", "Title and unit", group=SUPERVISOR),
                _line("supervisor_email", "E-mail address", group=SUPERVISOR, kind=Kind.EMAIL),
                _prose("supervision_note", "General supervision", OnPaper.NEVER),
                _prose("supervision_method", "Content and methodology of supervision", guidance="This is never printed."),
            ),
        ),
        Section("introduction", 3, "Introduction", (_prose("introduction", "Introduction", OnPaper.NEVER),)),
        Section(
            "duties_and_responsibilities",
            4,
            "Duties and responsibilities",
            (
                _prose("duties", "Duties", OnPaper.NEVER, lead="The JPO will perform the following duties:"),
                _prose("key_outputs", "Key outputs", OnPaper.NEVER, lead="The JPO will contribute to these key outputs:"),
            ),
        ),
        Section(
            "qualifications_and_experience",
            5,
            "Qualifications and experience",
            (
                *_pair("education", "Education"),
                *_pair("experience", "Work experience"),
                *_pair("skills", "Skills required for the assignment"),
                *_pair("languages", "Languages"),
                _prose("competencies", "ILO competencies", lead="The candidate is expected to demonstrate, specifically:"),
            ),
        ),
        Section(
            "training_components_and_learning_elements",
            6,
            "Training components and learning elements",
            (_prose("training_components", "Training components"), _prose("learning_elements", "Learning elements")),
        ),
        Section(
            "background_information",
            7,
            "Background information",
            (
                _prose("programme_outline", "Programme or project", OnPaper.IF_SEVERAL),
                _prose("planned_developments", "Planned developments", OnPaper.IF_SEVERAL),
                _prose("living_conditions", "Living conditions", OnPaper.IF_SEVERAL),
                _prose("outcomes", "Programme and Budget outcomes", OnPaper.IF_SEVERAL),
            ),
        ),
    ),
    closing=("The Office welcomes everybody who applies, whatever their background.", "Nobody smokes in this Office."),
    words={"text_digest": "Digest"},
)

ANSWERS = {
    "title": "in Skills Forecasting for the Maritime Trades",
    "duty_station": "Abidjan, Côte d'Ivoire",
    "duration": "12 months, renewable",
    "grade": "P2",
    "department": "Harbour and Shipping Department (HARBOUR)",
    "unit": "Unit for Skills Forecasting (HARBOUR/SKILLS)",
    "supervisor_name": "Marta Invented",
    "supervisor_title": "Head of Unit, HARBOUR/SKILLS",
    "supervisor_email": "marta.invented@harbour.example",
    "supervision_note": "<p>The Director of HARBOUR has the general supervision of the post.</p>",
    "supervision_method": (
        "<p>A plan of work for the first six months is agreed in the first fortnight and looked at again every quarter. "
        "It names for each task what is to be delivered, to whom, and by when.</p>"
        "<ul><li>Weekly meetings of an hour, on Mondays, with notes that the JPO writes.</li>"
        "<li>Drafts are read within three working days:"
        "<ul><li>short notes by the supervisor alone;</li><li>studies by a second reader as well, who may be"
        "<ul><li>a statistician for anything with figures,</li><li>a colleague in the field for the rest.</li></ul>"
        "</li></ul></li>"
        "<li>Joint missions, at least two in the year.</li></ul>"
    ),
    "introduction": (
        "<p>Harbours change faster than the people who work in them can be trained. "
        + (
            "Cranes that needed a crew of nine are driven from a screen three kilometres away; a ship that used to lie a "
            "week at the quay leaves after a day; and papers that filled a cabinet are a message between two machines. "
        )
        * 4
        + "The department counts what is lost and what is gained, and says what a young docker should learn today."
        "</p><p>It works with <strong>tripartite constituents</strong> in <em>forty-one</em> member States, among them "
        'Peru, Việt Nam, Ελλάδα and Україна, and its figures are used by <a href="https://statistics.example/ports">the '
        'network of port statisticians</a>. Questions go to <a href="mailto:ports@harbour.example">the unit\'s mailbox</a>. '
        "The “Blue Book” isn’t sold: it costs $4.000 to print – or nothing, on-line.</p>"
    ),
    "duties": (
        '<ol start="3"><li>Keep the <strong>register of harbour trades</strong> up to date.</li>'
        "<li>Write country notes of about ten pages, with<ul><li>a forecast of vacancies,</li>"
        "<li>a list of the courses that exist,</li></ul></li><li>Answer enquiries of constituents.</li></ol>"
    ),
    "key_outputs": (
        "<p>By the end of the assignment the JPO will have delivered:</p>"
        "<ul><li>Twelve country notes<br>in two languages each;</li><li>a training course of five days;</li>"
        "<li>a data set that can be read by machines, with its <em>code book</em>.</li></ul>"
    ),
    "education_minimum": "<p>First university degree in economics, statistics or a related field.</p>",
    "education_desirable": "<p>A second degree, in labour economics.</p>",
    "experience_minimum": "<p>At least one year of work with labour-market data, of which some in a developing country.</p>",
    "experience_desirable": "",
    "skills_minimum": (
        "<ul><li>Clear writing.</li><li>A statistical package, for instance R.</li>"
        "<li>Patience with administrative records, which were collected for other ends and say so nowhere.</li></ul>"
    ),
    "skills_desirable": "<p>Knowledge of the shipping trades.</p>",
    "languages_minimum": "<p>Excellent command of French.</p>",
    "languages_desirable": "<p>Good knowledge of English or Spanish.</p>",
    "competencies": (
        "<p><strong>Technical competencies:</strong></p><ol><li>Good drafting.</li><li>Care with figures.</li></ol>"
        "<p><strong>Behavioural competencies:</strong></p><ol><li>Works well with others.</li><li>Listens first.</li></ol>"
    ),
    "training_components": "<p>Two weeks with the statisticians at headquarters; a course on survey design.</p>",
    "learning_elements": "".join(
        [
            "<ul>",
            "<li>First year: the JPO can plan, run and write up a survey of a harbour with two hundred answers.</li>",
            "<li>First year: the JPO knows how a tripartite meeting is prepared, held and followed up.</li>",
            "<li>Second year: the JPO can train others to do the same.</li>",
            "</ul>",
        ]
    ),
    "programme_outline": (
        "<p>The programme began in three harbours and is now in nineteen. See "
        '<a href="https://programme.example/a/very/long/address/that/has/no/space/in/it/and/goes/on/and/on/until/the/line/is/full'
        '/and/a/little/further?year=2026&amp;language=en">its pages</a>.</p>'
    ),
    "planned_developments": "<p>Two more harbours join each year.</p>",
    "living_conditions": "<p>Housing is easy to find; the rainy season is from May to July.</p>",
    "outcomes": "<p>Biennium 2026-27, invented outcome 9, indicator 9.2.</p>",
}

DIGEST = "3f2a91c077de8b40aa51c6d2e0f913bb774c25d09e6f1a8243bd5c7e90f1a2b3"

DECISIONS = (
    Decision("Submission", "Ana Author", "Author", "Submitted", "2026-09-02T09:12:00+02:00", 2, DIGEST),
    Decision(
        "Endorsement",
        "Adele Deputy",
        "Director, HARBOUR",
        "Endorsed",
        "2026-09-05T16:40:00+02:00",
        2,
        DIGEST,
        acting_for="Dina Director",
    ),
    Decision("Approval", "Hana Partner", "HR Partner, Africa", "Approved", "2026-09-08T23:30:00-05:00", 2, DIGEST),
)
ISSUED = Issued("2131", "October", 2026)
CHECK = Check("K7QM2XRF9D", "https://jpo.example.org/verify/")


def proposal(form: Form = FORM, /, **answers: str) -> Document:
    """The invented proposal with some boxes answered otherwise: `proposal(duties="…")`; prose is made canonical."""
    given = ANSWERS | answers
    prosaic = {box.name for box in form.boxes.values() if box.kind is Kind.PROSE}
    return Document(form, {name: prose.canonical(text) if name in prosaic else text for name, text in given.items()})
