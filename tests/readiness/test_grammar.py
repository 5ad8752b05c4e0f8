"""Slips of grammar and spacing in three languages: each is told with what is right, and silent once it is right."""

import pytest

from tests.readiness.slips import Slip, is_told, told

SLIPS = [
    # Articles
    Slip("en", "It is a effective tool.", "a effective", "an effective", "It is an effective tool.", "“a” before a vowel"),
    Slip("en", "It is an useful tool.", "an useful", "a useful", "It is a useful tool.", "“an” before the sound of “you”"),
    Slip("en", "An university degree.", "An university", "A university", "A university degree.", "with a capital"),
    Slip("en", "It is a ILO tool.", "a ILO", "an ILO", "It is an ILO tool.", "before an acronym"),
    Slip("en", "It took a hour.", "a hour", "an hour", "It took an hour.", "before an h that is not heard"),
    Slip("en", "It is an high-level meeting.", "an high-level", "a high-level", "It is a high-level meeting.", "before an h that is heard"),
    Slip("en", "A gender-aware behaviour and attitudes are needed.", "A gender-aware behaviour and attitudes", None, "Gender-aware behaviour and attitudes are needed.", "an article before several things"),
    Slip("en", "It is a new information for all.", "a new information", None, "It is new information for all.", "an article before what is not counted"),
    Slip("en", "It is a skills.", "a skills", None, "It is a skills strategy.", "an article before a plural; a noun before another may be one"),
    # Number
    Slip("en", "Perform others tasks as needed.", "others tasks", "other tasks", "Perform other tasks as needed, as others do.", "“others” before a noun"),
    Slip("en", "Perform others duty.", "others duty", "other duties", "Perform another duty.", "“others” before a singular"),
    Slip("en", "Carry out this activities.", "this activities", "these activities", "Carry out these activities.", "“this” before a plural"),
    Slip("en", "It supports several country.", "several country", "several countries", "It supports several country offices.", "a singular after “several”; not where it describes a noun"),
    Slip("en", "At least two years relevant experience.", "two years relevant experience", "two years of relevant experience", "At least two years of relevant experience.", "“of” missing"),
    Slip("en", "At least 3 year of experience.", "3 year of experience", "3 years of experience", "At least 3 years of experience.", "no s after a number", "experience_minimum"),
    Slip("en", "The JPO will contributes to it.", "will contributes", "will contribute", "The JPO contributes to it.", "an s after “will”"),
    Slip("en", "It helps to identifies gaps.", "to identifies", "to identify", "It helps to identify gaps.", "-ies after “to”"),
    Slip("en", "It is more easier now.", "more easier", "easier", "It is easier now.", "a degree twice"),
    Slip("en", "They meet to better effectively plan.", "to better effectively", "to more effectively", "They meet to plan more effectively.", "“better” before an adverb"),
    # Possessives
    Slip("en", "It brings governments, employers' and workers on an equal footing.", "employers' and workers", "employers and workers", "It brings governments, employers and workers together.", "an apostrophe and nothing that is owned"),
    Slip("en", "It supports workers’ and employers organizations.", "workers’ and employers organizations", "workers’ and employers’ organizations", "It supports workers’ and employers’ organizations.", "the second apostrophe missing"),
    Slip("en", "It supports employers and workers organisations.", "employers and workers organisations", "employers’ and workers’ organisations", "It supports employers and workers.", "both missing"),
    Slip("en", "It supports workers organizations.", "workers organizations", "workers’ organizations", "It supports workers’ organizations.", "the only one missing"),
    # No subject
    Slip("en", "The JPO will learn. \n\nBenefit from individual training.", "Benefit from individual training.", None, "The JPO will learn. \n\nThe JPO will benefit from training.", "an infinitive between sentences", "training_components"),
    Slip("en", "Through the work on wages get trained in statistics.", "Through the work on wages get trained in statistics.", None, "Through the work on wages the JPO will get trained in statistics.", "a head and nobody who acts", "training_components"),
    # Phrases of the list
    Slip("en", "The board meets once year.", "once year", "once a year", "The board meets once a year.", "an article missing in a set phrase"),
    Slip("en", "Apply human right due diligence.", "human right due diligence", "human rights due diligence", "Apply human rights due diligence.", "a plural missing"),
    Slip("en", "Collect informations.", "informations", "information", "Collect information.", "a plural that is none"),
    Slip("en", "They discuss about wages.", "discuss about", "discuss", "They discuss wages.", "a preposition too many"),
    Slip("en", "It has less people.", "less people", "fewer people", "It has fewer people.", "what is counted is fewer"),
    Slip("en", "She is in charge to write.", "in charge to", None, "She is in charge of writing.", "no one way to mend it"),
    Slip("fr", "Malgré que le projet dure.", "Malgré que", "Bien que", "Bien que le projet dure.", "a conjunction that is none"),
    Slip("fr", "Pallier à ce manque.", "Pallier à", "Pallier", "Pallier ce manque.", "a preposition too many"),
    Slip("fr", "Une fois par ans.", "Une fois par ans", "Une fois par an", "Une fois par an.", "a plural too many"),
    Slip("es", "Habían muchos socios.", "Habían muchos", "Había muchos", "Había muchos socios.", "an impersonal verb"),
    Slip("es", "A pesar que llueve.", "A pesar que", "A pesar de que", "A pesar de que llueve.", "“de” missing"),
    # French
    Slip("fr", "Il soutient les participant.", "les participant", "les participants", "Il soutient les participants.", "an s missing"),
    Slip("fr", "Il suit un projets.", "un projets", None, "Il suit un projet.", "an s too many"),
    Slip("fr", "La suite de le projet.", "de le projet", "du projet", "La suite du projet, et le plaisir de le mener.", "de le; before a verb it is right"),
    Slip("fr", "Il contribue à les réunions.", "à les réunions", "aux réunions", "Il contribue aux réunions.", "à les"),
    Slip("fr", "Le accès est libre.", "Le accès", "L’accès", "L’accès au onzième étage, de un à dix.", "no elision"),
    Slip("fr", "On verra si il vient.", "si il", "s’il", "On verra s’il vient.", "si il"),
    # Spanish
    Slip("es", "Apoya a los participante.", "los participante", "los participantes", "Apoya a los participantes.", "an s missing"),
    Slip("es", "Es un proyectos.", "un proyectos", None, "Es un proyecto.", "an s too many"),
    Slip("es", "El plan de el equipo.", "de el equipo", "del equipo", "El plan del equipo, de él y de El Salvador.", "de el"),
    Slip("es", "Notas y informes.", "y informes", "e informes", "Notas e informes, y hielo, y ahí.", "y before the sound i"),
    Slip("es", "Seis o ocho.", "o ocho", "u ocho", "Seis u ocho.", "o before the sound o"),
    # Spacing
    Slip("en", "Plans ,notes and reports.", "Plans ,notes", "Plans, notes", "Plans, notes and reports.", "a space before a comma, none after"),
    Slip("en", "The work is done .", "done .", "done.", "The work is done.", "a space before a full stop"),
    Slip("en", "The bodies ( treaty bodies) meet.", "( treaty", "(treaty", "The bodies (treaty bodies) meet.", "a space in a bracket"),
    Slip("en", "The bodies (treaty ) meet.", "treaty )", "treaty)", "The bodies (treaty) meet.", "a space before a bracket closes"),
    Slip("en", "Plans,notes and reports.", "Plans,notes", "Plans, notes", "Some 1,000 plans.", "no space after a comma; numbers have none"),
    Slip("en", "The work is done.The team rests.", "done.The", "done. The", "The work is done. The team rests, e.g. at home.", "no space after a full stop"),
    Slip("en", "It covers: plans,, notes.", "plans,,", "plans,", "It covers: plans, notes...", "a comma twice; three dots are right"),
    Slip("en", "The work is done.. The team rests.", "done..", "done.", "The work is done. The team rests.", "a full stop twice"),
    Slip("en", "Recommendations- covering all.", "Recommendations- covering", None, "Short- and long-term plans – covering all.", "a dash glued on one side; not where a word is to come"),
    Slip("en", "Recommendations – covering –all.", "covering –all", "covering – all", "Recommendations – covering – all.", "a dash glued on the other"),
    Slip("en", "The ILO 's work.", "ILO 's", "ILO's", "The ILO's work.", "a space at the apostrophe"),
    Slip("en", "The plan : a list.", "plan :", "plan:", "The plan: a list.", "a space before a colon"),
    Slip("fr", "Des plans ,des notes.", "plans ,des", "plans, des", "Des plans, des notes\u00a0: « deux » ; trois !", "a comma; the spaces of French are right"),
    Slip("fr", "L’ emploi rural.", "L’ emploi", "L’emploi", "L’emploi rural.", "a space after an elision"),
    Slip("es", "Planes ; notas.", "Planes ;", "Planes;", "Planes; notas.", "a space before a semicolon"),
    # One document, one way of writing
    Slip("en", "They organize and finalise; they recognize.", "finalise", "finalize", "They organize, finalize and advise; they supervise.", "-ise among -ize; “advise” takes -ise alone"),
    Slip("en", "A gender-responsive plan and gender responsive budgets.", "gender responsive", "gender-responsive", "A gender-responsive plan, and the budget is gender responsive.", "a hyphen missing before a noun; after it there is none"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_slip_is_told_and_its_twin_is_not(slip: Slip) -> None:
    is_told("R22", slip)


SILENT = [
    ("en", "A European, a one-year, a useful, a unit, a UN, a US, a union and a unique plan.", "“a” before the sound of “you” or “won”"),
    ("en", "An hour, an honest view, an MBA, an NGO, an SDG, an MoU, an e-mail, an X-ray.", "“an” before a vowel that is heard"),
    ("en", "Annex A is long, group A includes two, and vitamin A is there.", "A as a name"),
    ("en", "The others plan, as others do; this means, this requires and this documents it.", "verbs after “others” and “this”"),
    ("en", "A skills strategy, a needs assessment, a works council, a human rights approach, a means.", "plurals that describe a noun"),
    ("en", "Several project proposals, various partner organizations and these training courses.", "singulars that describe a noun"),
    ("en", "Employers’ and workers’ organizations; the employers’ and workers’ views.", "apostrophes in order"),
    ("en", "Two-year projects, two years’ experience, and over 20 years of experience.", "years in order"),
    ("en", "Pre- and post-training; micro- and small enterprises; short- to medium-term.", "hyphens for words to come"),
    ("en", "See Node.js, e.g. U.S. data, 10:30, 3–5 days, 1.5 or 1,5; and so on ... until then.", "stops that end nothing"),
    ("en", "An evidence-based plan is based on evidence; plans are evidence based on data.", "a compound taken apart with reason"),
    ("en", "Organizations harmonise data; organizational work is summarised and modernised.", "“organization” with z, whatever else a text does"),
    ("en", "Organization of the World Health Organization: organized work and exercises supervised.", "-ise that takes no z"),
    ("fr", "Le plaisir de le faire, à les aider ; la une, le onze, le oui, le huit, le héros.", "no contraction, no elision"),
    ("fr", "Il les forme, des pays, les Nations Unies : « oui » ; « non » ! Vraiment ?", "verbs after “les”, spaces of French"),
    ("es", "Agua y hielo, uno y otro, siete u ocho, padre e hijo, el agua y las aguas.", "conjunctions in order"),
    ("es", "Viene de El Salvador; lo hizo él y de él depende; ¿qué? ¡bien!", "“de El” in a name"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "why"), SILENT, ids=[f"{row[0]}: {row[2]}" for row in SILENT])
def test_what_is_right_is_left_in_peace(language: str, text: str, why: str) -> None:
    assert told("R22", language, text) == []


def test_infinitives_after_a_lead_or_in_a_list_have_their_subject_there() -> None:
    lead = "The JPO will:\n\nBenefit from training.\n\nAttend two courses."
    items = "The JPO learns by doing.\n\n- Benefit from training.\n- Attend two courses."
    assert told("R22", "en", lead, "training_components") == []
    assert told("R22", "en", items, "training_components") == []


def test_a_fix_does_not_take_the_bold_from_a_word() -> None:
    assert told("R22", "en", "<p>It is a <strong>effective</strong> tool.</p>") == [("a effective", None)]
    assert told("R22", "en", "<p>It is <strong>a effective</strong> tool.</p>") == [("a effective", "an effective")]
