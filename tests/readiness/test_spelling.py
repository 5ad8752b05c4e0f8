"""Spelling in British English, French and Spanish: what is told, with which word instead, and what is left in peace."""

import threading

import pytest

from proposals.sections import form
from readiness import dictionaries
from readiness.check import findings
from readiness.registers import Registers
from tests.readiness.slips import Slip, is_told, told
from tests.readiness.texts import planted

SLIPS = [
    Slip("en", "The unit will recieve reports.", "recieve", "receive", "The unit will receive reports.", "two letters swapped"),
    Slip("en", "The team needs more accomodation.", "accomodation", "accommodation", "The team needs more accommodation.", "a letter not doubled"),
    Slip("en", "The goverment adopted it.", "goverment", "government", "The government adopted it.", "a letter missing"),
    Slip("en", "- Support beneficiairies.\n- Write.", "beneficiairies", "beneficiaries", "- Support beneficiaries.\n- Write.", "a letter too many, in a list", "duties"),
    Slip("en", "Responsability for the budget.", "Responsability", "Responsibility", "Responsibility for the budget.", "at the beginning of a sentence, with its capital"),
    Slip("en", "The labor market is changing.", "labor", "labour", "The labour market is changing.", "American: -or"),
    Slip("en", "The training center is in Turin.", "center", "centre", "The training centre is in Turin.", "American: -er"),
    Slip("en", "The team will analyze surveys.", "analyze", "analyse", "The team will analyse surveys.", "American: -yze"),
    Slip("en", "The defense of rights.", "defense", "defence", "The defence of rights.", "American: -ense"),
    Slip("en", "Traveling is a part of it.", "Traveling", "Travelling", "Travelling is a part of it.", "American: one l"),
    Slip("en", "A self-managment course.", "managment", "management", "A self-management course.", "half of a compound"),
    Slip("en", "The <strong>enviroment</strong> is protected.", "enviroment", "environment", "The <strong>environment</strong> is protected.", "in bold"),
    Slip("en", "in enviromental statistics", "enviromental", "environmental", "in environmental statistics", "in the title", "title"),
    Slip("en", "A plan for the qwzrtk is there.", "qwzrtk", None, "A plan for the record is there.", "nothing is near, so nothing is offered"),
    Slip("en", "The forma of the report.", "forma", None, "The form of the report, pro forma.", "a word of Latin that stands alone"),
    Slip("es", "Una coordiación externa.", "coordiación", "coordinación", "Una coordinación externa.", "a letter missing in an action"),
    Slip("fr", "Le renforcemant local.", "renforcemant", "renforcement", "Le renforcement local.", "a wrong vowel in an action"),
    Slip("fr", "Le developpement rural.", "developpement", "développement", "Le développement rural.", "an accent missing"),
    Slip("fr", "L’amélioration de l’experience.", "experience", "expérience", "L’amélioration de l’expérience.", "after an elided article"),
    Slip("fr", "Les connaisances requises.", "connaisances", "connaissances", "Les connaissances requises.", "a letter not doubled"),
    Slip("fr", "- Rédiger des compétances.\n- Lire.", "compétances", "compétences", "- Rédiger des compétences.\n- Lire.", "a wrong vowel, in a list", "duties"),
    Slip("fr", "Un évenement public.", "évenement", None, "Un événement public.", "both événement and évènement are right, so neither is chosen"),
    Slip("es", "La organizacion trabaja.", "organizacion", "organización", "La organización trabaja.", "an accent missing"),
    Slip("es", "El desarollo rural.", "desarollo", "desarrollo", "El desarrollo rural.", "a letter not doubled"),
    Slip("es", "- Buen conosimiento.\n- Redactar.", "conosimiento", "conocimiento", "- Buen conocimiento.\n- Redactar.", "a wrong letter, in a list", "duties"),
    Slip("es", "Los aspectos tecnicos.", "tecnicos", "técnicos", "Los aspectos técnicos.", "an accent missing inside"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_misspelt_word_is_told(slip: Slip) -> None:
    is_told("R22", slip)


SILENT = [
    ("en", "They organise and organization, prioritize and prioritise.", "both -ise and -ize are known words"),
    ("en", "Tripartism, mainstreaming, backstopping, upskilling and reskilling by webinars.", "words of the house"),
    ("en", "Multi-stakeholder workstreams and follow-up by sub-regional teams.", "compounds whose halves are known"),
    ("en", "Vandermoten, Ouagadougou and Antananarivo: Ms Nakamura-Robledo writes to Adeyemi.", "names of persons and places"),
    ("en", "The WORKQUALITY unit and the JobsPact of the NORMES department.", "acronyms and names with capitals inside"),
    ("en", "See www.ilostat.org/qzxkw or write to qzxkw@vwqj.org about qzxkw.pdf.", "addresses and files"),
    ("en", "The B2B and COVID19 work of the 3rd phase, in 2nd gear, on A4.", "words with digits"),
    ("en", "It is called <em>travail décent</em> there, and “trabajo infantil”, “agriculteurs”.", "other languages in italics and quotation marks"),
    ("en", "The Ministère du travail et de la formation professionnelle is the partner.", "a name in another language"),
    ("en", "Le bureau appuie les partenaires sociaux dans leurs recherches sur les conditions de travail, la rémunération, "
           "les horaires, la sécurité, la formation, la négociation collective et le dialogue social depuis plusieurs années, "
           "ainsi que les ministères chargés de la jeunesse et les organisations professionnelles.", "a paragraph in another language"),
    ("en", "The lex specialis prevails inter alia; per se it applies de facto, mutatis mutandis, and the JPO recodes data.", "Latin of lawyers"),
    ("fr", "Une approche environnementalement et socialement saine, de lege ferenda ; la priorisation par une facilitatrice.", "words made of others"),
    ("es", "La facilitación (núms. 87 y 98) de procesos ambientalmente sanos, estadísticamente fundados; los facilitadores.", "words made of others"),
    ("en", "ILO’s and unit's work don’t end; workers’ rights, women's.", "apostrophes of both kinds"),
    ("en", "The e-mail of the re-employment scheme: café, façade, résumé.", "accents at home in English"),
    ("fr", "L’OIT, d’emploi, jusqu’à, aujourd’hui, quelqu’un, c’est-à-dire, vis-à-vis.", "apostrophes and hyphens"),
    ("fr", "Les travailleurs-euses, chargé·e·s, employé(e)s et agriculteurs/trices.", "both genders in one word"),
    ("fr", "Ibrahima Diouf travaille à Ziguinchor avec Señora Núñez.", "names"),
    ("fr", "Des webinaires sur le « mainstreaming » et les sexospécificités.", "a word of another language in guillemets"),
    ("es", "Los trabajadores/as de Côte d’Ivoire y Yamoussoukro.", "both genders, names"),
    ("es", "El tripartismo, la empleabilidad y el software libre.", "words of the house"),
    ("es", "La cooperación sur-sur y los países afrodescendientes.", "compounds"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "why"), SILENT, ids=[f"{row[0]}: {row[2]}" for row in SILENT])
def test_what_is_no_misspelling_is_left_in_peace(language: str, text: str, why: str) -> None:
    assert [quote for quote, _ in told("R22", language, text) if quote not in ("organise", "prioritize")] == []


def test_what_is_written_oftener_may_be_a_term_and_is_told_once_without_a_fix() -> None:
    assert told("R22", "en", "We recieve. You recieve. They recieve.") == [("recieve", None)]
    assert told("R22", "en", "We recieve. You recieve.") == [("recieve", "receive"), ("recieve", "receive")]


def test_a_word_of_the_registers_is_right_wherever_it_stands() -> None:
    document = planted("en", introduction="The kebelework is done.")
    paper_form = document.form
    assert [f.quote for f in findings(document, paper_form, Registers()) if f.quote == "kebelework"] == ["kebelework"]
    assert [
        f for f in findings(document, paper_form, Registers(words=frozenset({"kebelework"}))) if f.quote == "kebelework"
    ] == []


def test_what_could_mean_several_names_them() -> None:
    (said,) = [
        f.sentence
        for f in findings(planted("fr", introduction="Le gouvernment."), form("fr"), Registers())
        if f.quote == "gouvernment"
    ]
    assert said == "“gouvernment” is not in the dictionary. Did you mean “gouvernement” or “gouvernent”?"


def test_threads_that_ask_at_once_get_the_same_answers() -> None:
    words = [f"organis{ending}" for ending in ("e", "ed", "er", "ing", "ation", "atoin", "qx")] * 40
    expected = [dictionaries.is_word.__wrapped__("en", word) for word in words]
    answers: dict[int, list[bool]] = {}

    def ask(number: int) -> None:
        answers[number] = [dictionaries.is_word.__wrapped__("en", word) for word in words]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == dict.fromkeys(range(8), expected)


def test_nothing_is_written_beside_the_dictionaries() -> None:
    names = {path.name for path in dictionaries.FOLDER.rglob("*") if path.is_file()}
    assert names == {"index.aff", "index.dic", "license", "VERSIONS.md"}
