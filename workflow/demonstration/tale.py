"""What has happened before the curtain rises: each text, and the steps that brought it to where it stands."""

import json
from pathlib import Path

from organisation.models import User
from proposals.models import Proposal
from proposals.policy import Role, roles_held, visible_to, with_roles
from proposals.writing import begin, invite
from registers.models import Outcome
from workflow.demonstration.cast import Cast, make_cast
from workflow.engine import Issuing, take

TEXTS = Path(__file__).parent

TALE: list[tuple[str, list[tuple[str, str, *tuple[str | Issuing, ...]]]]] = [
    # text, then the steps: action, who, and what they say (or what is given at the issue)
    ("01", [("submit", "ana"), ("endorse", "dina"), ("issue", "june", Issuing(month=3, year=2027, number=2401))]),
    ("02", [("submit", "felix"), ("endorse", "diego", "A post this office needs."), ("approve", "hugo")]),
    ("03", [("submit", "ana", "As discussed on Tuesday.")]),
    ("04", [("submit", "ana"), ("return", "greta", "Please say which outputs are expected in the first year.")]),
    ("05", [("submit", "felix"), ("endorse", "sofia")]),
    ("06", [("submit", "felix")]),
    ("07", [("submit", "ana"), ("endorse", "dina"), ("return", "june", "Please say where the training takes place.")]),
    ("08", [("submit", "ana"), ("withdraw", "ana", "The project begins a year later.")]),
    ("09", [("submit", "felix"), ("endorse", "sofia"), ("approve", "hana"), ("issue", "june", Issuing(month=4, year=2027))]),
    ("10", [("submit", "ana"), ("endorse", "greta")]),
    ("11", [("submit", "ana"), ("recall", "ana")]),
    ("12", []),
]
COLLEAGUES = {"01": "colin", "12": "colin"}

OUTCOMES = [
    # of the biennium 2026-27; all invented, and marked so
    ("2", "Labour data that countries trust and use", "Des données sur le travail auxquelles les pays se fient",
     "Datos laborales en los que los países confían y que utilizan"),
    ("4", "A just transition shared by workers, enterprises and communities", "Une transition juste et partagée",
     "Una transición justa y compartida"),
    ("5", "Skills and learning that open the way to a first decent job",
     "Des compétences et des apprentissages qui ouvrent la voie à un premier emploi décent",
     "Competencias y aprendizajes que abren el camino a un primer empleo decente"),
    ("6", "Safe, healthy and well-organized work in every sector", "Un travail sûr, sain et bien organisé partout",
     "Un trabajo seguro, sano y bien organizado en todos los sectores"),
]  # fmt: skip
MARKS = {"title": "(demonstration entry)", "title_fr": "(entrée de démonstration)", "title_es": "(entrada de demostración)"}


def tell() -> int:
    """Makes the cast and carries each proposal through its steps, by `take` alone; the number of proposals made."""
    cast = make_cast()
    for code, *titles in OUTCOMES:
        marked = {field: f"{title} {mark}" for title, (field, mark) in zip(titles, MARKS.items(), strict=True)}
        Outcome.objects.create(biennium="2026-27", code=code, **marked)
    for number, steps in TALE:
        proposal = _begun(cast, next(TEXTS.glob(f"{number}-*.json")))
        if number in COLLEAGUES:
            invite(proposal, cast.people[COLLEAGUES[number]])
        for action, who, *said in steps:
            _step(proposal, action, cast.people[who], *said)
    return len(TALE)


def _begun(cast: Cast, path: Path) -> Proposal:
    text = json.loads(path.read_text())
    author = cast.people[text["author"]]
    office, named = cast.offices[text["office"]], text["named_to_donors"]
    return begin(author, office, text["language"], text["boxes"], named_to_donors=named)


def _step(proposal: Proposal, action: str, user: User, said: str | Issuing = "") -> None:
    looked = with_roles(visible_to(user).whole(), user).get(pk=proposal.pk)
    seen = looked.seen(for_author=Role.AUTHOR in roles_held(looked))
    if isinstance(said, Issuing):
        take(action, proposal.pk, user, seen=seen, issuing=said)
    else:
        take(action, proposal.pk, user, seen=seen, comment=said)
