"""How stories begin: a complete text, and proposals brought to a state by the real steps."""

from documents.prose import canonical
from organisation.models import Office, User
from proposals.models import Event, Proposal
from proposals.policy import Role, roles_held, visible_to, with_roles
from proposals.states import State
from proposals.writing import begin
from workflow.demonstration.cast import Cast
from workflow.engine import Issuing, take

COMPLETE = {
    "title": "on apprenticeship systems",
    "duty_station": "Geneva, Switzerland",
    "duration": "12 months, renewable",
    "grade": "P2",
    "department": "Department of Skills and Working Life (WORKSKILLS)",
    "unit": "Youth and Apprenticeships Unit (WORKSKILLS/YOUTH)",
    "supervisor_name": "Ines Halloran",
    "supervisor_title": "Senior Specialist, WORKSKILLS/YOUTH",
    "supervisor_email": "halloran@demo.example",
    "supervision_note": "",
    "supervision_method": "<p>The supervisor agrees a work plan with the JPO in the first month and reviews it every quarter.</p>",
    "introduction": "<p>The unit advises governments and social partners on apprenticeships.</p>",
    "duties": "<ul><li>Review apprenticeship laws.</li><li>Prepare country notes:<ul><li>for Africa;</li><li>for Asia.</li></ul></li></ul>",
    "key_outputs": "<ul><li>Two country notes.</li><li>One annotated list of sources.</li></ul>",
    "education_minimum": "<p>First university degree in economics or law.</p>",
    "education_desirable": "",
    "experience_minimum": "<p>Two years of experience in skills policy.</p>",
    "experience_desirable": "",
    "skills_minimum": "<p>Clear writing and sound analysis.</p>",
    "skills_desirable": "",
    "languages_minimum": "<p>Excellent command of English.</p>",
    "languages_desirable": "",
    "competencies": "<ol><li>Communication.</li><li>Team work.</li></ol>",
    "training_components": "<p>A course on standards in the first half-year.</p>",
    "learning_elements": "<p>By the end of the first year the JPO drafts a country note unaided.</p>",
    "programme_outline": '<p>See <a href="https://www.ilo.org/">the programme</a>.</p>',
    "planned_developments": "",
    "living_conditions": "<p>Housing is available near the office.</p>",
    "outcomes": "<p>Programme and Budget 2026–27, Outcome 5 (invented entry).</p>",
}
assert all(canonical(text) == text for text in COMPLETE.values() if text.startswith("<"))


def draft(author: User, office: Office, **answers: str) -> Proposal:
    """A complete draft; answers given by box replace those of the complete text."""
    return begin(author, office, answers=COMPLETE | answers)


def step(action: str, proposal: Proposal, user: User, **more: object) -> Event:
    """The step, taken by a person who has just looked at the proposal's page."""
    looked = with_roles(visible_to(user).whole(), user).get(pk=proposal.pk)
    return take(action, proposal.pk, user, seen=looked.seen(Role.AUTHOR in roles_held(looked)), **more)


def bring_to(state: State, cast: Cast, *, field: bool = False, **answers: str) -> Proposal:
    """A proposal in that state, brought there by real steps: Ana's at headquarters, or Felix's in the field."""
    author, office, director = (
        (cast.felix, cast.offices["CO-Jakarta"], cast.diego) if field else (cast.ana, cast.offices["WORKSKILLS"], cast.dina)
    )
    proposal = draft(author, office, **answers)
    path: dict[State, list[tuple[str, User, dict[str, object]]]] = {
        State.DRAFT: [],
        State.ENDORSEMENT: [("submit", author, {})],
        State.RETURNED: [("submit", author, {}), ("return", director, {"comment": "Please name the outputs."})],
        State.APPROVAL: [("submit", author, {}), ("endorse", director, {})],
        State.SUBMITTED: [("submit", author, {}), ("endorse", director, {})] + ([("approve", cast.hugo, {})] if field else []),
        State.WITHDRAWN: [("submit", author, {}), ("withdraw", author, {"comment": "The post is no longer needed."})],
    }
    path[State.ISSUED] = [*path[State.SUBMITTED], ("issue", cast.june, {"issuing": Issuing(month=3, year=2027)})]
    for action, user, more in path[state]:
        step(action, proposal, user, **more)
    proposal.refresh_from_db()
    return proposal
