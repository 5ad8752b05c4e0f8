"""Background: paragraphs that stand without a label on the old form, put into the box of what they speak of.

The paper form has no labels in its last section. What names an outcome of the Programme and Budget, and what describes how
one lives at the duty station, is known by its words; everything else, and whatever is in doubt, stays in the first box.
"""

import re
from collections.abc import Callable, Sequence

from documents.form import Box, OnPaper, Section
from documents.reading.lines import Role
from documents.reading.repair import Piece

OUTCOMES, LIVING = "outcomes", "living_conditions"

# What names an outcome

_BUDGET = re.compile(
    r"\bprogram(?:me)? (?:and|&) budget\b|\bP ?& ?B\b|\bprogramme et budget\b|\bprograma y presupuesto\b", re.IGNORECASE
)
_RESULT = (
    r"(?i:outcomes?|indicators?|enablers?|résultats?|indicateurs?|catalyseurs?|resultados?|indicador(?:es)?|catalizador(?:es)?)"
)
_OUTPUT = r"(?i:outputs?|produits?|productos?)"
_NO = r"\s+(?:(?i:no\.?|n[°º]|núm\.)\s*)?"
_OUTCOME = re.compile(rf"\b(?:{_RESULT}|{_OUTPUT})\b")
_NUMBERED = re.compile(rf"\b(?:{_RESULT}{_NO}(?:[A-E]\b|[A-E]?\.?\d)|{_OUTPUT}{_NO}(?:[A-E]\.?\d|\d{{1,2}}\.\d))[\d.]*")
_TOWARDS = re.compile(
    r"\b(?:contribut\w+|serv(?:e|es|ing)|work(?:s|ing)? (?:for|towards?|under|on)|support(?:s|ing)?|linked|relat(?:es|ed)|falls?"
    r"|correspond\w*|relevant|pertains?|align\w*|feeds?|anchored"
    r"|contribu\w+|s['’]inscri\w+|relèv\w+|rattach\w+|liée?s?|au titre|répond\w*|participe\w*"
    r"|se inscrib\w+|se enmarc\w+|vincul\w+|relacion\w+|respond\w+|apoya\w*)",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:SDGs?|ODD|ODS|goals?|targets?|DWCP|country programmes?|UNSDCF|UNDAF|cooperation framework"
    r"|projects?|strategic plan|log ?frame"
    r"|PPTD|objectifs?|cibles?|programmes? par pays|cadre de coopération|projets?|cadre logique"
    r"|PTDP|objetivos?|metas?|programas? (?:de trabajo decente )?por país|marco de cooperación|proyectos?|marco lógico)\b",
    re.IGNORECASE,
)
_OF_THE_POST = re.compile(
    r"\W*(?:(?:the|this|le ou la|le|la|cette|ce|el o la|el|este|esta|el/la) )?"
    r"(?:JPO|junior professional officer|incumbent|assignment|post|position"
    r"|poste|affectation|titulaire|puesto|asignación|titular|persona)\b",
    re.IGNORECASE,
)
MOST_SENTENCES = 4
MOST_WORDS = 90
"""A longer paragraph speaks of more than the outcome; it stays whole where it is."""


def names_outcome(text: str) -> bool:
    """Whether a paragraph is about an outcome, output or indicator of the Programme and Budget, and about little else."""
    sentences = _sentences(text) if len(text) < 20 * MOST_WORDS and len(text.split()) <= MOST_WORDS else []
    if not sentences or not _is_outcome(sentences[0]):
        return False
    named = sum(bool(_NUMBERED.search(sentence) or _BUDGET.search(sentence)) for sentence in sentences)
    if len(sentences) > MOST_SENTENCES:
        return named == len(sentences)
    return 2 * named >= len(sentences) or bool(_OF_THE_POST.match(sentences[0]))


def begins_with_outcome(text: str) -> bool:
    """Whether a paragraph begins with the number of an outcome, which may be one of a project."""
    return bool(_NUMBERED.match(text)) and len(text.split()) <= MOST_WORDS and not _OF_SOMETHING_ELSE.search(text)


def _is_outcome(sentence: str) -> bool:
    """Whether a sentence says for which outcome somebody works, by its number or as one of the Programme and Budget."""
    budget, numbered = _BUDGET.search(sentence), _NUMBERED.search(sentence)
    if not budget and _OF_SOMETHING_ELSE.search(sentence):
        return False
    if numbered:
        return bool(budget or _TOWARDS.search(sentence[: numbered.start()]))
    return bool(budget and _OUTCOME.search(sentence) and (budget.start() == 0 or _TOWARDS.search(sentence)))


def _sentences(text: str) -> list[str]:
    return [said for said in re.split(r"(?<=[.!?])[”»\"]?\s+(?=[“«\"]?[A-ZÀ-Þ])|\n", text.strip()) if said.strip()]


# What describes a place to live in

_TOPICS = {
    "housing": (
        r"housing|accommodation|apartments?\b|flats?\b|rents?\b|rental|furnished|landlords?|residential (?:area|district)s?",
        r"logements?\b|se loge\b|se loger\b|loyers?\b|appartements?|meublée?s?\b|quartiers? résidentiel",
        r"viviendas?|alojamiento|alquiler\w*|apartamentos?|amueblad[oa]s?|barrios residenciales",
    ),
    "schools": (
        r"schools?\b|schooling|kindergartens?|day-?care",
        r"écoles?\b|lycées?\b|scolarité|crèches?\b",
        r"colegios?\b|escuelas?\b|guarderías?",
    ),
    "health": (
        r"hospitals?\b|clinics?\b|medical (?:care|facilit|service|evacuation)|health ?care|health (?:services|facilities)",
        r"pharmac",
        r"hôpita(?:l|ux)\b|cliniques?\b|soins (?:courants|médicaux|de santé)|services? de santé|évacuations? médicale",
        r"hospital(?:es)?\b|clínicas?|atención (?:médica|sanitaria)|servicios? (?:de salud|médicos|sanitarios)|asistencia médica",
    ),
    "climate": (
        r"climate (?:is|can|varies)|(?:tropical|mild|temperate|humid|hot|dry|pleasant|continental|arid) climate|rainy|humid\b",
        r"monsoon|winters?\b|summers?\b|temperatures?\b|cyclones?|typhoons?|hurricanes?|earthquakes?|altitude|dry season",
        r"le climat\b|climat (?:est|tropical|tempéré|doux|chaud)|saison (?:des pluies|sèche)|hivernage|humide\b|hivers?\b",
        r"chaleur|températures?|séismes?",
        r"el clima\b|clima (?:es|tropical|templado|cálido)|temporada de lluvias|estación (?:seca|lluviosa)",
        r"inviernos?\b|veranos?\b|humedad|temperaturas?|sismos?|terremotos?|huracanes",
    ),
    "security": (
        r"security (?:situation|rules|measures|phase|level|precautions)|UNDSS|crime\b|curfew",
        r"is (?:\w+ ){0,2}safe\b|safe (?:city|place)",
        r"(?:situation|consignes|mesures|règles) (?:de sécurité|sécuritaires?)|délinquance|criminalité|couvre-feu|la nuit\b",
        r"(?:situación|medidas|normas|condiciones) de seguridad|delincuencia|inseguridad|toque de queda",
    ),
    "cost": (
        r"cost of living|(?:un)?affordable|expensive|prices (?:are|of)",
        r"coût de la vie|abordables?|cost[eo] de (?:la )?vida|asequibles?",
    ),
    "tropical diseases": (
        r"malaria|dengue|vaccinat\w+|yellow fever|mosquito\w*|tap water|drinking water",
        r"paludisme|fièvre jaune|moustiques?|eau (?:potable|du robinet)|fiebre amarilla|vacun\w+|agua potable",
    ),
    "flights": (
        r"airports?\b|flights?\b|aéroports?|vols (?:directs|internationaux|réguliers)|liaisons aériennes|aeropuertos?|vuelos?\b",
    ),
    "supply": (
        r"power (?:cuts?|outages?)|electricity|generators?\b|internet (?:connection|access|is)|water supply|blackouts?",
        r"coupures? (?:d['’]eau|d['’]électricité|de courant)|électricité|groupe électrogène|connexion internet",
        r"cortes de (?:luz|agua|electricidad)|apagones|electricidad|conexión a internet",
    ),
    "traffic": (
        r"traffic\b|public transport|taxis?\b|commut\w+|air (?:quality|pollution)",
        r"circulation (?:est|y est)|embouteillages|transports? (?:publics?|en commun)|qualité de l['’]air",
        r"tráfico|transporte público|contaminación|atascos",
    ),
    "family": (
        r"family duty station|non-family|hardship|rest and recuperation|R&R\b",
        r"residence permits?|visas?\b|work permits?|spouses?\b",
        r"lieu d['’]affectation famille|titre de séjour|conjoint\w*|permiso de residencia|cédula de identidad|cónyuges?",
    ),
    "leisure": (
        r"restaurants?\b|supermarkets?|shops?\b|leisure|cultural life|sports? (?:clubs|facilities)|beach(?:es)?\b",
        r"supermarchés?|loisirs|vie culturelle|plages?\b",
        r"supermercados?|ocio\b|vida cultural|oferta cultural|gastronomía|playas?\b",
    ),
    "the city": (
        r"million (?:inhabitants|people)|(?:lively|friendly|green|bustling|small|quiet|modern) (?:capital|city|town)",
        r"millions? d['’]habitants|millones de habitantes|métropole",
    ),
}
_ABOUT = [re.compile("|".join(rf"\b(?:{pattern})" for pattern in patterns), re.IGNORECASE) for patterns in _TOPICS.values()]
_AT_HOME = re.compile(
    r"\b(?:furnished|(?:flats?|apartments?|housing|accommodation|rents?) (?:is|are|can|may|costs?|within)"
    r"|(?:easy|hard|difficult) to find|cost of living"
    r"|international schools?|international staff|family duty station|hardship|living (?:conditions|arrangements)"
    r"|expatriates?|good (?:housing|hospitals|schools)|health ?care is|medical evacuation"
    r"|se loge\b|se loger\b|meublée?s?|(?:les?|de) (?:logements?|loyers?)\b|écoles (?:françaises|francophones|internationales)"
    r"|coût de la vie|conditions de vie|expatriés|évacuations? médicale"
    r"|amueblad[oa]s?|(?:colegios|escuelas) internacionales|(?:las?|de) viviendas?\b|alquileres?|cost[eo] de (?:la )?vida"
    r"|condiciones de vida|alojamiento|expatriad[oa]s)",
    re.IGNORECASE,
)
"""What is said of one's own life there, and hardly of a programme for others."""
_OTHERS = re.compile(
    r"\b(?:constituents|beneficiar\w+|workers|employers|projects?|programmes?|trade unions?|migrants?|refugees"
    r"|mandants|bénéficiaires|travailleurs|employeurs|projets?|syndicats|réfugiés"
    r"|mandantes|trabajador\w*|empleador\w*|proyectos?|programas?|sindicatos|refugiad\w+)\b",
    re.IGNORECASE,
)
FEWEST_TOPICS = 3
FEWEST_BESIDE = 2
"""Topics in a paragraph that stands beside one on the same."""
MOST_OTHERS = 1
LONGEST = 5000  # characters
BEGINNING, FIRST_WORDS = 200, 5  # characters and words


def describes_living(text: str, fewest: int = FEWEST_TOPICS) -> bool:
    """Whether a text describes how one lives at a place: several of housing, schools, health, climate, security and so on."""
    if len(text) > LONGEST or not _AT_HOME.search(text) or len(_OTHERS.findall(text)) > MOST_OTHERS:
        return False
    return sum(bool(about.search(text)) for about in _ABOUT) >= fewest


def begins_with_living(text: str) -> bool:
    """Whether a paragraph begins with one of those things: "Housing: …", "The climate is …"."""
    beginning = " ".join(text[:BEGINNING].split()[:FIRST_WORDS])
    return any(about.search(beginning) for about in _ABOUT) and len(text) <= LONGEST and not _OTHERS.search(text)


# Paragraphs moved


def sorted_by_subject(section: Section, pieces: dict[str, list[Piece]], labelled: set[str]) -> dict[str, list[Piece]]:
    """The pieces of the section without labels, whole paragraphs put into the box of what they speak of.

    Args:
        labelled: the boxes that a label has opened; nothing is moved into them, and nothing out of the first, if it is one.
    """
    boxes = [box for box in section.boxes if box.label_on_paper is OnPaper.IF_SEVERAL]
    if not boxes:
        return pieces
    out = dict(pieces)
    if _may_hold(OUTCOMES, boxes, out, labelled):
        for box in boxes:
            if box.name != OUTCOMES and not (box is boxes[0] and box.name in labelled):
                out = _moved(out, box.name, OUTCOMES, _outcomes_in)
    first = boxes[0].name
    if _may_hold(LIVING, boxes, out, labelled) and first not in labelled:
        out = _moved(out, first, LIVING, _living_in)
    return out


def _may_hold(name: str, boxes: Sequence[Box], pieces: dict[str, list[Piece]], labelled: set[str]) -> bool:
    return any(box.name == name for box in boxes) and name not in labelled and not pieces[name]


def _moved(
    pieces: dict[str, list[Piece]], source: str, target: str, chosen: Callable[[list[str]], set[int]]
) -> dict[str, list[Piece]]:
    """The pieces with the chosen blocks of one box in another, in their order."""
    blocks = _blocks(pieces[source])
    going = chosen([_said(block) for block in blocks])
    for at in sorted(going, reverse=True):
        if not _stands_alone(blocks, at, going):
            going.discard(at)
    kept = [piece for at, block in enumerate(blocks) if at not in going for piece in block]
    taken = [piece for at, block in enumerate(blocks) if at in going for piece in block]
    return pieces | {source: kept, target: pieces[target] + taken}


def _blocks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Paragraphs, each with the heading above it and the list it leads to; a list of its own is one as well."""
    blocks: list[list[Piece]] = []
    for piece in pieces:
        if blocks and _belongs_below(blocks[-1][-1], piece):
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
    return blocks


def _belongs_below(last: Piece, piece: Piece) -> bool:
    if piece.is_item or piece.indent > last.indent:
        return last.is_item or _leads(last) or _is_heading(last)
    return _is_heading(last)


def _leads(piece: Piece) -> bool:
    return piece.words.rstrip(" *_").endswith(":")


def _is_heading(piece: Piece) -> bool:
    return piece.role is Role.HEADING or bool(re.fullmatch(r"(\*\*|__)[^*_]{1,100}\1:?", piece.text))


def _said(block: Sequence[Piece]) -> str:
    """The text of a block without its headings, a line each piece; nothing where it was typed as HTML."""
    if any(piece.role is Role.HTML for piece in block):
        return ""
    return "\n".join(piece.words for piece in block if not _is_heading(piece)).replace(":\n", ": ")


def _stands_alone(blocks: list[list[Piece]], at: int, going: set[int]) -> bool:
    """Whether nothing is torn apart if a block goes: no lead is left above it, nothing below the heading that goes with it."""
    headed = _is_heading(blocks[at][0])
    led = bool(at) and not headed and at - 1 not in going and _leads(blocks[at - 1][-1])
    end = at + 1 == len(blocks) or at + 1 in going or _is_heading(blocks[at + 1][0])
    return not led and (end or not headed)


def _outcomes_in(texts: list[str]) -> set[int]:
    """Which texts name an outcome; also one that begins with the number of one, below such a text or as the only one."""
    begun = [at for at, text in enumerate(texts) if begins_with_outcome(text)]
    going = {at for at, text in enumerate(texts) if names_outcome(text) or (begun == [at] and "\n" not in text)}
    for at in begun:
        going |= {at} & {before + 1 for before in going}
    return going


def _living_in(texts: list[str]) -> set[int]:
    """Which texts describe how one lives there; beside one also a weaker one, and a run of several that each begin with it."""
    going = {at for at, text in enumerate(texts) if describes_living(text)}
    begun = {at for at, text in enumerate(texts) if begins_with_living(text)}
    for run in _runs(begun):
        going |= set(run) if len(run) >= FEWEST_TOPICS and describes_living("\n".join(texts[at] for at in run)) else set()
    weaker = begun | {at for at, text in enumerate(texts) if describes_living(text, FEWEST_BESIDE)}
    for at in [*range(len(texts)), *reversed(range(len(texts)))]:
        going |= {at} & weaker if {at - 1, at + 1} & going else set()
    return going


def _runs(places: set[int]) -> list[list[int]]:
    """Places that follow each other, together."""
    runs: list[list[int]] = []
    for at in sorted(places):
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs
