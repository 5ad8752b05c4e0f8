"""Readability: long sentences and dense boxes are told as hints; what is long for a reason is not."""

import pytest

from proposals.sections import form
from readiness.check import findings
from readiness.finding import Severity
from tests.readiness.registers import SHIPPED
from tests.readiness.slips import told
from tests.readiness.texts import DEMONSTRATION, planted

WORDS = {
    "en": "the unit helps ministries and unions to plan fair work for all who need it most in towns and villages near the coast",
    "fr": "le bureau aide les ministères et les syndicats à prévoir un travail juste pour tous ceux qui en ont besoin dans les villes",
    "es": "la oficina ayuda a los ministerios y a los sindicatos a prever un trabajo justo para todos los que lo piden en las ciudades",
}
DENSE = {
    "en": "Organizational transformation requires interdisciplinary collaboration between governmental institutions, intergovernmental "
    "organizations, specialized departments, professional associations, international federations, national confederations and "
    "administrative authorities responsible for implementing comprehensive employment strategies.",
    "fr": "L’accompagnement institutionnel nécessite une collaboration interdisciplinaire entre administrations publiques, organisations "
    "intergouvernementales, départements spécialisés, associations professionnelles, fédérations internationales, confédérations "
    "nationales et autorités administratives responsables des stratégies.",
    "es": "La transformación organizacional requiere colaboración interdisciplinaria entre administraciones públicas, organizaciones "
    "intergubernamentales, departamentos especializados, asociaciones profesionales, federaciones internacionales, confederaciones "
    "nacionales, autoridades administrativas responsables de estrategias integrales.",
}


def sentence(language: str, length: int) -> str:
    """A sentence of so many words."""
    words = WORDS[language].split()
    text = " ".join((words * (length // len(words) + 1))[:length])
    return text[0].upper() + text[1:] + "."


@pytest.mark.parametrize(("language", "longest"), [("en", 50), ("fr", 56), ("es", 56)])
def test_a_long_sentence_is_told_and_one_at_the_limit_is_not(language: str, longest: int) -> None:
    long = sentence(language, longest + 1)
    assert told("R33", language, long) == [(long, None)]
    assert told("R33", language, sentence(language, longest)) == []


def test_the_author_reads_where_it_is_and_how_long() -> None:
    document = planted("en", introduction=sentence("en", 60))
    said = [f.sentence for f in findings(document, form("en"), SHIPPED) if f.rule == "R33" and f.box == "introduction"]
    assert said == ["“The unit helps ministries and …” is a sentence of 60 words. Make two or three of it."]


def test_two_of_a_box_are_told_and_the_others_when_these_are_mended() -> None:
    long = [sentence("en", length) for length in (51, 52, 53)]
    assert [quote for quote, _ in told("R33", "en", " ".join(long))] == long[:2]


def test_what_semicolons_part_is_a_list_and_told_by_another_rule() -> None:
    assert told("R33", "en", "; ".join(sentence("en", 18).rstrip(".") for _ in range(3)) + ".") == []


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_box_that_is_dense_throughout_is_told_once_and_as_a_hint(language: str) -> None:
    text = " ".join([DENSE[language]] * 4)
    found = [
        f
        for f in findings(planted(language, introduction=text), form(language), SHIPPED)
        if f.rule == "R33" and f.box == "introduction"
    ]
    assert [(f.severity, f.quote) for f in found] == [(Severity.HINT, "")]
    assert told("R33", language, " ".join(sentence(language, 20) for _ in range(6))) == []


def test_lists_are_not_dense() -> None:
    assert told("R33", "en", "\n".join(f"- {DENSE['en']}" for _ in range(4)), "duties") == []


def test_the_proposals_of_the_demonstration_are_readable() -> None:
    assert len([*DEMONSTRATION.glob("*.json")]) > 5
    for language in ("en", "fr", "es"):
        assert [f for f in findings(planted(language), form(language), SHIPPED) if f.rule == "R33"] == []
