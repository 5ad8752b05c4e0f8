"""Old proposals as other people wrote them: no labels in the background, labels in their own words, lists typed by hand."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import prose
from documents.reader import Reading, read
from proposals.sections import form
from tests.documents.accounting import unaccounted

EN, FR, ES = form("en"), form("fr"), form("es")
FORMS = {"en": EN, "fr": FR, "es": ES}


def filled(reading: Reading) -> dict[str, str]:
    return {name: value for name, value in reading.boxes.items() if value}


def of_section(name: str, typed: str, language: str = "en") -> dict[str, str]:
    """The filled boxes of a text that stands under one heading of the form."""
    return filled(read(f"{FORMS[language].section(name).heading.upper()}\n\n{typed}\n".encode(), FORMS[language]))


# Background: what the old form has no labels for

OUTLINE = {
    "en": "The programme repairs boats in eleven harbours and trains those who row them.",
    "fr": "Le programme répare des bateaux dans onze ports et forme les rameurs.",
    "es": "El programa repara barcas en once puertos y forma a quienes reman.",
}
OUTCOME = {
    "en": "This post contributes to outcome 4 of the Programme and Budget for 2030-31 (Safe boats for all).",
    "fr": "Ce poste contribue au résultat 4 du programme et budget pour 2030-31 (Des bateaux sûrs).",
    "es": "El puesto contribuye al resultado 4 del Programa y Presupuesto para 2030-31 (Barcas seguras).",
}
LIFE = {
    "en": "Furnished flats are easy to find by the harbour. The only hospital is good, schools teach in English, and winters are mild.",
    "fr": "On se loge facilement près du port. L’hôpital est bon, les écoles françaises sont proches et les hivers sont doux.",
    "es": "Hay viviendas amuebladas cerca del puerto. El hospital es bueno, los colegios internacionales también, y el clima es templado.",
}

ELSEWHERE = {  # a paragraph, and the box it belongs to
    "an outcome of the budget opens the sentence": (
        "en",
        "Outcome 4 of the Programme and Budget for 2030-31: Safe boats.",
        "outcomes",
    ),
    "the budget opens it": ("en", "Programme and Budget for 2030-31, Outcome 4: Safe boats.", "outcomes"),
    "the post serves it": ("en", OUTCOME["en"], "outcomes"),
    "the post serves an output, by its number alone": ("en", "The assignment contributes to output 4.2.", "outcomes"),
    "in the words of the house": ("en", "The JPO’s work falls under Output A.3 of the ILO P&B 2030-31.", "outcomes"),
    "no number, but the budget": (
        "en",
        "The unit’s work relates to the outcome on safe boats of the Programme and Budget.",
        "outcomes",
    ),
    "the post first, then its work": (
        "en",
        "The JPO will work towards Outcome 4 of the Programme and Budget. The work is done in harbours. Missions are rare.",
        "outcomes",
    ),
    "in words like the form’s guidance": ("en", "The JPO will work for outcome 4 of the Programme and Budget.", "outcomes"),
    "the only outcome named, by its number and title": ("en", "Outcome 7: Safe boats for everybody who rows.", "outcomes"),
    "French": ("fr", OUTCOME["fr"], "outcomes"),
    "French, the budget first": ("fr", "Programme et budget pour 2030-31, résultat 4 : des bateaux sûrs.", "outcomes"),
    "French, a product": ("fr", "Le ou la JPO contribuera au produit 4.2.", "outcomes"),
    "Spanish": ("es", OUTCOME["es"], "outcomes"),
    "Spanish, the result first": ("es", "Resultado 4 del Programa y Presupuesto para 2030-31: barcas seguras.", "outcomes"),
    "a list with its lead": (
        "en",
        "The JPO will contribute to these outcomes of the Programme and Budget for 2030-31:\n\n- Outcome 4: boats;\n- Outcome 6: oars.",
        "outcomes",
    ),
    "life at the duty station": ("en", LIFE["en"], "living_conditions"),
    "French, life there": ("fr", LIFE["fr"], "living_conditions"),
    "Spanish, life there": ("es", LIFE["es"], "living_conditions"),
    "cost, power, diseases": (
        "en",
        "The cost of living is high. Malaria occurs all year round, power cuts are frequent and the airport is an hour away.",
        "living_conditions",
    ),
    "one thing a paragraph, each named at its beginning": (
        "en",
        "Housing: flats are easy to find.\n\nSchools: two teach in English.\n\nClimate: humid, with a long dry season.",
        "living_conditions",
    ),
    "a shorter paragraph beside a full one": (
        "en",
        f"{LIFE['en']}\n\nThe cost of living is moderate, and public transport reaches every pier.",
        "living_conditions",
    ),
}
HERE = {  # what stays in the outline
    "an outcome in passing": (
        "en",
        "The programme began in 1999 and trains rowers in many places. It has four parts. It contributes to outcome 7 of the "
        "Programme and Budget.",
    ),
    "an outcome first, then everything else": (
        "en",
        "The programme corresponds to outcome 4 of the Programme and Budget. It owns six boats. It has a pier. It trains rowers. "
        "It runs a school.",
    ),
    "the outcomes of a project": (
        "en",
        "The project has two outcomes.\n\nOutcome 1: Boats are built.\n\nOutcome 2: Boats are sold.",
    ),
    "a goal": ("en", "The programme contributes to SDG indicator 8.5.2."),
    "another programme’s outcome": ("en", "The post contributes to outcome 2 of the Decent Work Country Programme."),
    "a French verb": ("fr", "Le projet a produit 2 rapports et contribue à la paix."),
    "the budget itself": ("en", "The Programme and Budget for 2030-31 was adopted by the Conference."),
    "housing as a subject": (
        "en",
        "The programme builds schools, clinics and housing for workers and refugees in a hot climate.",
    ),
    "housing for others": (
        "en",
        "The project finds furnished flats for migrant workers and refugees, who live far from schools and hospitals in hard winters.",
    ),
    "working conditions": ("en", "In hospitals and schools working conditions are poor; in summer the heat is unbearable."),
    "one thing of one’s life": ("en", "Furnished flats are easy to find."),
    "below a heading that has more below it": ("en", f"**Where we work**\n\n{LIFE['en']}\n\nThere the first boat was built."),
}


@pytest.mark.parametrize(("language", "typed", "box"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_paragraph_without_a_label_goes_to_the_box_of_what_it_speaks_of(language: str, typed: str, box: str) -> None:
    more = {"en": "Later it grew.", "fr": "Puis il a grandi.", "es": "Luego creció."}[language]
    alone = prose.text(of_section("training_components_and_learning_elements", typed, language)["training_components"])
    boxes = of_section("background_information", f"{OUTLINE[language]}\n\n{typed}\n\n{more}", language)
    assert {name: prose.text(value) for name, value in boxes.items()} == {
        "programme_outline": f"{OUTLINE[language]}\n{more}",
        box: alone,
    }


@pytest.mark.parametrize(("language", "typed"), HERE.values(), ids=HERE)
def test_whatever_is_in_doubt_stays_in_the_outline(language: str, typed: str) -> None:
    boxes = of_section("background_information", f"{OUTLINE[language]}\n\n{typed}", language)
    assert list(boxes) == ["programme_outline"]


@pytest.mark.parametrize(
    ("typed", "boxes"),
    [
        (
            f"{OUTLINE['en']}\n\n{OUTCOME['en']}\n\n**Programme and Budget outcomes**\n\nThose of the biennium.",
            {"programme_outline": f"{OUTLINE['en']}\n{OUTCOME['en']}", "outcomes": "Those of the biennium."},
        ),
        (
            f"{OUTLINE['en']}\n\n{OUTCOME['en']}\n\n**Programme and Budget outcomes**",
            {"programme_outline": f"{OUTLINE['en']}\n{OUTCOME['en']}"},
        ),
        (
            f"Programme outline\n\n{OUTLINE['en']}\n\n{OUTCOME['en']}\n\n{LIFE['en']}",
            {"programme_outline": f"{OUTLINE['en']}\n{OUTCOME['en']}\n{LIFE['en']}"},
        ),
        (
            f"{OUTLINE['en']}\n\nLiving conditions: Quiet.\n\n{OUTCOME['en']}",
            {"programme_outline": OUTLINE["en"], "living_conditions": "Quiet.", "outcomes": OUTCOME["en"]},
        ),
        (
            f"{OUTLINE['en']}\n\n**Where one lives**\n\n{LIFE['en']}",
            {"programme_outline": OUTLINE["en"], "living_conditions": f"Where one lives\n{LIFE['en']}"},
        ),
    ],
    ids=[
        "the box has a label",
        "an empty one",
        "the outline has one",
        "a label holds for what follows, but for an outcome",
        "the author’s own",
    ],
)
def test_where_the_author_wrote_a_label_it_counts(typed: str, boxes: dict[str, str]) -> None:
    said = {name: prose.text(value) for name, value in of_section("background_information", typed).items()}
    assert said == boxes


def test_in_a_file_of_this_portal_every_paragraph_is_where_its_author_put_it() -> None:
    typed = f"{OUTLINE['en']}\n\n{OUTCOME['en']}\n\n{LIFE['en']}"
    text = f"TRAINING COMPONENTS AND LEARNING ELEMENTS\n\nBACKGROUND INFORMATION\n\n{typed}\n\n<!-- jpo-proposal/1 en -->\n"
    assert prose.text(read(text.encode(), EN).boxes["programme_outline"]) == typed.replace("\n\n", "\n")


PIECES = [
    *(
        OUTLINE["en"],
        OUTCOME["en"],
        LIFE["en"],
        "Output 4.2: Oars.",
        "The boats are these:",
        "- one;\n- two;\n- three.",
        "### Boats",
    ),
    *(
        "Schools are near.",
        "**Living there**",
        "Later it grew.",
        "The JPO serves outcome 6.",
        "1. oars\n2. sails",
        "- Outcome 9: rope.",
    ),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_no_word_is_lost_and_each_box_keeps_the_order(typed: list[str]) -> None:
    numbered = [
        f"{piece} So says piece {at}x." if piece[0] not in "#*-1" and piece[-1] != ":" else piece
        for at, piece in enumerate(typed)
    ]
    text = "INTRODUCTION\n\nBoats.\n\nBACKGROUND INFORMATION\n\n" + "\n\n".join(numbered)
    reading = read(text.encode(), EN)
    assert unaccounted(text, reading, EN) == (Counter(), Counter())
    for value in reading.boxes.values():
        order = [word for word in prose.text(value).split() if word.endswith("x.")]
        assert order == sorted(order)


# Labels and headings in other words

LABELS = {  # how a label was typed, and what it opens
    "articles do not count": (
        "fr",
        "training_components_and_learning_elements",
        "### Composantes de la formation :",
        "training_components",
    ),
    "one or many": ("en", "training_components_and_learning_elements", "**Learning element:**", "learning_elements"),
    "one of several words": ("en", "qualifications_and_experience", "**ILO competency:**", "competencies"),
    "for the assignment, for this post": (
        "es",
        "qualifications_and_experience",
        "### Competencias requeridas para el puesto:",
        "skills_minimum",
    ),
    "supervision in French": ("fr", "supervision", "#### Méthodologie de la supervision :", "supervision_method"),
    "supervision in Spanish": ("es", "supervision", "**Método de supervisión:**", "supervision_method"),
    "schooling in Spanish": ("es", "qualifications_and_experience", "### Educación:", "education_minimum"),
    "a bare line": ("en", "background_information", "Planned developments", "planned_developments"),
    "a bare line, life there": ("en", "background_information", "Living conditions", "living_conditions"),
    "a bare line, the outline": ("en", "background_information", "Programme outline", "programme_outline"),
    "a bare line in French": ("fr", "background_information", "Évolutions prévues", "planned_developments"),
    "a bare line in Spanish": ("es", "background_information", "Condiciones de vida", "living_conditions"),
    "the outline, in bold": ("fr", "background_information", "**Présentation du programme**", "programme_outline"),
}


@pytest.mark.parametrize(("language", "section", "label", "box"), LABELS.values(), ids=LABELS)
def test_a_label_in_other_words_opens_its_box_and_is_no_text(language: str, section: str, label: str, box: str) -> None:
    reading = read(f"{FORMS[language].section(section).heading.upper()}\n\n{label}\n\nWords.\n".encode(), FORMS[language])
    assert filled(reading) == {box: "<p>Words.</p>"}
    assert all(doubt.aside for doubt in reading.doubts)


@pytest.mark.parametrize("label", ["Conveniente", "Ventajas", "Preferible", "Deseables"])
def test_what_is_only_desirable_has_many_names(label: str) -> None:
    typed = f"### Idiomas\n\n**Mínimo:**\n\nEspañol.\n\n**{label}:**\n\nQuechua."
    assert of_section("qualifications_and_experience", typed, "es") == {
        "languages_minimum": "<p>Español.</p>",
        "languages_desirable": "<p>Quechua.</p>",
    }


@pytest.mark.parametrize(
    ("language", "heading", "box"),
    [
        ("fr", "## CONTEXTE", "programme_outline"),
        ("fr", "## INFORMATIONS SUR LE CONTEXTE", "programme_outline"),
        ("es", "## **ANTECEDENTES**", "programme_outline"),
        ("es", "## Información sobre el contexto", "programme_outline"),
        ("fr", "## ÉLÉMENTS DE FORMATION ET D’APPRENTISSAGE", None),
        ("es", "## Calificaciones y experiencia", None),
    ],
)
def test_a_heading_in_other_words_ends_what_stands_above_it(language: str, heading: str, box: str | None) -> None:
    paper_form = FORMS[language]
    text = f"{paper_form.section('introduction').heading.upper()}\n\nA.\n\n{heading}\n\n{'B.' if box else ''}"
    assert filled(read(text.encode(), paper_form)) == {"introduction": "<p>A.</p>"} | ({box: "<p>B.</p>"} if box else {})


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("es", "Durante la asignación, la persona contribuirá a los siguientes productos principales:"),
        ("fr", "Au cours de l’affectation, le ou la JPO contribuera aux principaux résultats attendus suivants :"),
        ("es", "La persona titular contribuirá a los siguientes resultados:"),
        ("fr", "Le JPO contribuera aux produits suivants :"),
        ("en", "The incumbent will contribute to the following main outputs:"),
        ("en", "The JPO is expected to deliver the following outputs below:"),
    ],
)
def test_a_lead_to_the_outputs_is_known_by_what_it_speaks_of(language: str, lead: str) -> None:
    boxes = of_section("duties_and_responsibilities", f"- Ramer.\n\n{lead}\n\n- X.", language)
    assert list(boxes) == ["duties", "key_outputs"]


# Fixed texts in another translation

DIVERSITY = {
    "fr": "L’OIT valorise la diversité. Nous encourageons les candidatures de femmes et d’hommes qualifiés, en particulier de personnes "
    "handicapées et de ressortissants d’États Membres non représentés ou sous-représentés. Au besoin, des aménagements raisonnables "
    "seront prévus lors du recrutement et pendant l’affectation du JPO, afin de garantir l’égalité des chances.",
    "es": "La OIT valora la diversidad. Se invita a mujeres y hombres cualificados a presentar su candidatura, en particular a personas "
    "con discapacidad y a nacionales de Estados Miembros no representados o subrepresentados. En caso necesario se realizarán ajustes "
    "razonables en la fase de contratación y durante la asignación del JPO, a fin de garantizar la igualdad de oportunidades.",
}
SMOKE = {"fr": "L’OIT est un environnement sans tabac.", "es": "La OIT es un espacio libre de humo."}
NOTE = {
    "fr": "*Note à l’intention des superviseurs : veuillez remplir le formulaire de proposition de poste et le soumettre pour aval au "
    "Directeur du département ou du bureau. Pour les postes sur le terrain, l’approbation du partenaire régional des ressources "
    "humaines est également requise par courriel avant l’envoi définitif à jpo@ilo.org.*",
    "es": "*Nota para los supervisores: sírvase completar el formulario de propuesta de vacante y presentarlo al Director del "
    "departamento o de la oficina para su aval. Para los puestos sobre el terreno se requiere además la aprobación por correo "
    "electrónico del socio regional de recursos humanos antes del envío definitivo a jpo@ilo.org.*",
}


@pytest.mark.parametrize("language", ["fr", "es"])
def test_fixed_texts_go_in_whichever_translation(language: str) -> None:
    heading = FORMS[language].section("background_information").heading.upper()
    text = f"{NOTE[language]}\n\n{heading}\n\n{OUTLINE[language]}\n\n{DIVERSITY[language]}\n\n{SMOKE[language]}\n"
    reading = read(text.encode(), FORMS[language])
    assert (filled(reading), reading.doubts) == ({"programme_outline": f"<p>{OUTLINE[language]}</p>"}, ())


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        (
            "fr",
            "Le bureau encourage les candidatures de femmes et d’hommes qualifiés, en particulier celles de personnes handicapées.",
        ),
        ("fr", f"{DIVERSITY['fr']} Les rameuses sont les bienvenues."),
        ("fr", "L’OIT est un environnement agréable."),
        ("es", f"{DIVERSITY['es']} Escríbannos."),
        (
            "en",
            "The ILO values diversity. We welcome applications from qualified women and men, particularly those with disabilities and "
            "from under-represented member States. If needed, accommodation will be provided in the recruitment phase as well as "
            "during the JPO assignment to ensure equality of opportunities.",
        ),
    ],
    ids=["an author’s own", "a sentence more", "of something else", "a sentence more in Spanish", "English has one wording"],
)
def test_what_an_author_says_in_words_like_the_forms_stays(language: str, typed: str) -> None:
    boxes = of_section("background_information", f"{OUTLINE[language]}\n\n{typed}", language)
    assert prose.text(boxes["programme_outline"]) == f"{OUTLINE[language]}\n{typed}"


def test_a_fixed_text_in_another_translation_goes_once() -> None:
    boxes = of_section("background_information", f"{DIVERSITY['fr']}\n\n{DIVERSITY['fr']}", "fr")
    assert prose.text(boxes["programme_outline"]) == DIVERSITY["fr"]


def test_the_english_words_before_a_title_go_in_every_language() -> None:
    assert of_section("general_information", "**Titre :** Junior Professional Officer en batellerie", "fr") == {
        "title": "en batellerie"
    }


# Lists typed by hand

LISTS: Mapping[str, tuple[str, str]] = {
    "letters": ("a) one;\n\nb) two;\n\nc) three.", "<ol><li>one;</li><li>two;</li><li>three.</li></ol>"),
    "letters in brackets": ("(a) one;\n(b) two;\n(c) three.", "<ol><li>one;</li><li>two;</li><li>three.</li></ol>"),
    "capitals": ("A. One\n\nB. Two\n\nC. Three", "<ol><li>One</li><li>Two</li><li>Three</li></ol>"),
    "numbers without a space": ("1)One\n\n2)Two\n\n3)Three", "<ol><li>One</li><li>Two</li><li>Three</li></ol>"),
    "numbers in brackets": ("(1) x\n\n(2) y\n\n(3) z\n\nTail.", "<ol><li>x</li><li>y</li><li>z</li></ol><p>Tail.</p>"),
    "Roman numerals": ("i) one\n\nii) two\n\niii) three", "<ol><li>one</li><li>two</li><li>three</li></ol>"),
    "letters below numbers": (
        "1. This:\n\na) x;\n\nb) y;\n\nc) z.\n\n2. That.",
        "<ol><li>This:<ol><li>x;</li><li>y;</li><li>z.</li></ol></li><li>That.</li></ol>",
    ),
    "two letters may be anything": ("a) one\n\nb) two", "<p>a) one</p><p>b) two</p>"),
    "letters that do not begin with the first": ("h) a\n\ni) b\n\nj) c", "<p>h) a</p><p>i) b</p><p>j) c</p>"),
    "letters out of order": ("a) x\n\nc) y\n\nb) z", "<p>a) x</p><p>c) y</p><p>b) z</p>"),
    "all in one paragraph": ("1) this; 2) that; 3) more.", "<p>1) this; 2) that; 3) more.</p>"),
    "a bullet and a number": ("- 1. x\n- 2. y\n- 3. z", "<ul><li>1. x</li><li>2. y</li><li>3. z</li></ul>"),
}


@pytest.mark.parametrize(("typed", "kept"), LISTS.values(), ids=LISTS)
def test_a_list_typed_by_hand_is_a_list(typed: str, kept: str) -> None:
    assert of_section("duties_and_responsibilities", typed) == {"duties": kept}
