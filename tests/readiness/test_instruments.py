"""Instruments of the ILO under a wrong year or number, and skills at two levels (R17): found, and their clean twins silent."""

from dataclasses import dataclass

import pytest

from readiness.finding import Severity
from tests.readiness.registers import SHIPPED, mended_with, told
from tests.readiness.texts import planted

B, W = Severity.BLOCKER, Severity.WARNING


@dataclass(frozen=True)
class Row:
    """A citation, what is marked of it, what it becomes, and why it is wrong."""

    language: str
    box: str
    text: str
    quote: str
    mended: str
    why: str

    def __str__(self) -> str:
        return f"{self.language}: {self.why}"


ROWS = [
    Row("en", "introduction", "It applies the Migration for Employment Recommendation (Revised), 1975 (No. 86), widely.", "Migration for Employment Recommendation (Revised), 1975 (No. 86)", "Migration for Employment Recommendation (Revised), 1949 (No. 86)", "year before the number"),
    Row("en", "programme_outline", "It applies the Domestic Workers Convention (No. 189), 2001.", "Domestic Workers Convention (No. 189), 2001", "Domestic Workers Convention (No. 189), 2011", "year after the number"),
    Row("en", "duties", "- Promote the Violence and Harassment Convention, 2018 (No. 190).\n- Write.", "Violence and Harassment Convention, 2018 (No. 190)", "Violence and Harassment Convention, 2019 (No. 190)", "in a list"),
    Row("en", "introduction", "It promotes the Domestic Workers Convention, 2011 (No. 198).", "Domestic Workers Convention, 2011 (No. 198)", "Domestic Workers Convention, 2011 (No. 189)", "another number than the title's"),
    Row("en", "introduction", "It promotes Convention No. 189 on violence and harassment in the world of work.", "Convention No. 189", "Convention No. 190", "a number, and what another is about"),
    Row("en", "introduction", "It promotes the Forced Labour Convention of 1957.", "Forced Labour Convention of 1957", "Forced Labour Convention of 1930", "a year, no number"),
    Row("en", "introduction", "It promotes the Maritime Labour Convention, 2008, as amended.", "Maritime Labour Convention, 2008", "Maritime Labour Convention, 2006", "one that is cited by its year"),
    Row("en", "introduction", "ILO Conventions Nos. 97 (1949) and 143 (1974) are the basis.", "143 (1974)", "143 (1975)", "in a list of Conventions"),
    Row("en", "introduction", "See C190 (2018) and R206.", "C190 (2018", "C190 (2019", "in short"),
    Row("en", "introduction", "It promotes Convention No. 182 of 1998 in Asia.", "Convention No. 182 of 1998", "Convention No. 182 of 1999", "without a title"),
    Row("en", "introduction", "The Migration for Employment Convention (Revised), 1949 (No. 97), and the Migrant Workers (Supplementary Provisions) Convention, 1978 (No. 143), apply.", "Migrant Workers (Supplementary Provisions) Convention, 1978 (No. 143)", "Migrant Workers (Supplementary Provisions) Convention, 1975 (No. 143)", "the second of two"),
    Row("en", "programme_outline", "It follows the ILO Tripartite Declaration of Principles concerning Multinational Enterprises and Social Policy (1979).", "Tripartite Declaration of Principles concerning Multinational Enterprises and Social Policy (1979", "Tripartite Declaration of Principles concerning Multinational Enterprises and Social Policy (1977", "a Declaration"),
    Row("en", "programme_outline", "It follows the MNE Declaration, which was adopted in 2017.", "MNE Declaration, which was adopted in 2017", "MNE Declaration, which was adopted in 1977", "amended in that year, not adopted"),
    Row("en", "introduction", "The 2018 Centenary Declaration for the Future of Work guides it.", "2018 Centenary Declaration for the Future of Work", "2019 Centenary Declaration for the Future of Work", "the year before a Declaration"),
    Row("en", "introduction", "It rests on the ILO Declaration on Fundamental Principles and Rights at Work, adopted in 1999.", "Declaration on Fundamental Principles and Rights at Work, adopted in 1999", "Declaration on Fundamental Principles and Rights at Work, adopted in 1998", "another Declaration"),
    Row("en", "introduction", "It promotes Convention No. 155 concerning Occupational Safety and Health, 1983.", "Convention No. 155 concerning Occupational Safety and Health, 1983", "Convention No. 155 concerning Occupational Safety and Health, 1981", "a title after the number, and then the year"),
    Row("en", "introduction", "It promotes Convention 155 of 1983 in Asia.", "Convention 155 of 1983", "Convention 155 of 1981", "a number without “No.”"),
    Row("en", "introduction", "It follows the Declaration on Social Justice for a Fair Globalisation (2009).", "Declaration on Social Justice for a Fair Globalisation (2009", "Declaration on Social Justice for a Fair Globalisation (2008", "a Declaration, spelt with s"),
    Row("en", "introduction", "It follows the ILO Centenary Declaration (2018).", "Centenary Declaration (2018", "Centenary Declaration (2019", "a Declaration in short"),
    Row("en", "introduction", "It promotes C155, 1983, and C-187.", "C155, 1983", "C155, 1981", "in short, after a comma"),
    Row("en", "introduction", "It promotes R.204 (2014).", "R.204 (2014", "R.204 (2015", "in short, a Recommendation"),
    Row("en", "introduction", "It promotes P029 (2013).", "P029 (2013", "P029 (2014", "in short, a Protocol"),
    Row("en", "introduction", "It promotes the MLC, 2008, as amended.", "MLC, 2008", "MLC, 2006", "the Maritime Labour Convention in short"),
    Row("en", "introduction", "It promotes the Protocol of 2013 to the Forced Labour Convention, 1930.", "Protocol of 2013 to the Forced Labour Convention", "Protocol of 2014 to the Forced Labour Convention", "a Protocol by its year"),
    Row("en", "introduction", "It promotes the Maternity Protection Convention, 1952 (No. 183).", "Maternity Protection Convention, 1952 (No. 183)", "", "the year of one, the number of another of the same name"),
    Row("en", "introduction", "It promotes the Maternity Protection Convention, 1990.", "Maternity Protection Convention, 1990", "", "a year of none of that name"),
    Row("en", "introduction", "It promotes the Promotion of Cooperatives Convention, 2002 (No. 193).", "Promotion of Cooperatives Convention, 2002 (No. 193)", "", "a Recommendation that is called a Convention"),
    Row("en", "introduction", "It promotes Recommendation No. 190, 2019.", "Recommendation No. 190, 2019", "Recommendation No. 190, 1999", "a Convention's year under a Recommendation"),
    Row("en", "introduction", "The country ratified the Labour Inspection (Agriculture) Convention, 1969 (No. 129), in 1962.", "1962", "", "ratified before it was there"),
    Row("fr", "introduction", "Le pays a ratifié la convention (n° 129) sur l'inspection du travail (agriculture) en 1962.", "1962", "", "ratified before it was there"),
    Row("fr", "introduction", "Le bureau applique le protocole de 2012 relatif à la convention sur le travail forcé, 1930.", "protocole de 2012 relatif à la convention sur le travail forcé", "protocole de 2014 relatif à la convention sur le travail forcé", "a Protocol"),
    Row("fr", "introduction", "Le bureau applique la convention n° 155 de l'OIT de 1983.", "convention n° 155 de l'OIT de 1983", "convention n° 155 de l'OIT de 1981", "with “de l'OIT”"),
    Row("es", "introduction", "Se aplica el Convenio núm. 155 de la OIT, 1983.", "Convenio núm. 155 de la OIT, 1983", "Convenio núm. 155 de la OIT, 1981", "with “de la OIT”"),
    Row("fr", "introduction", "Le bureau applique la convention (n° 97) sur les travailleurs migrants (révisée), 1975.", "convention (n° 97) sur les travailleurs migrants (révisée), 1975", "convention (n° 97) sur les travailleurs migrants (révisée), 1949", "the French way"),
    Row("fr", "duties", "- Promouvoir la recommandation (n° 208) sur les apprentissages de qualité, 2022.\n- Rédiger.", "recommandation (n° 208) sur les apprentissages de qualité, 2022", "recommandation (n° 208) sur les apprentissages de qualité, 2023", "a Recommendation, in a list"),
    Row("fr", "introduction", "La convention n° 189 sur la violence et le harcèlement, 2019, s'applique.", "convention n° 189 sur la violence et le harcèlement, 2019", "convention n° 190 sur la violence et le harcèlement, 2019", "number and title of two"),
    Row("fr", "introduction", "La Déclaration de Philadelphie (1946 et non 1919) reste actuelle ; la Déclaration du centenaire pour l’avenir du travail, 2018, la suit.", "Déclaration du centenaire pour l’avenir du travail, 2018", "Déclaration du centenaire pour l’avenir du travail, 2019", "a Declaration"),
    Row("es", "introduction", "Se aplica el Convenio sobre los trabajadores migrantes (revisado), 1975 (núm. 97).", "Convenio sobre los trabajadores migrantes (revisado), 1975 (núm. 97)", "Convenio sobre los trabajadores migrantes (revisado), 1949 (núm. 97)", "the Spanish way"),
    Row("es", "duties", "- Promover la Recomendación sobre la transición de la economía informal a la economía formal, 2014 (núm. 204).\n- Redactar.", "Recomendación sobre la transición de la economía informal a la economía formal, 2014 (núm. 204)", "Recomendación sobre la transición de la economía informal a la economía formal, 2015 (núm. 204)", "a Recommendation, in a list"),
    Row("es", "introduction", "La Declaración tripartita de principios sobre las empresas multinacionales y la política social (1987) es la base.", "Declaración tripartita de principios sobre las empresas multinacionales y la política social (1987", "Declaración tripartita de principios sobre las empresas multinacionales y la política social (1977", "a Declaration"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_wrong_year_or_number_is_found_and_silent_once_it_is_mended(row: Row) -> None:
    document = planted(row.language, **{row.box: row.text})
    found = told(document, "R17", SHIPPED)
    assert [(one.box, one.quote, one.severity) for one in found] == [(row.box, row.quote, B)]
    if not row.mended:
        assert found[0].mark.fix is None
        return
    after = planted(row.language, **{row.box: mended_with(document, found[0])})
    assert after[row.box] == document[row.box].replace(row.quote, row.mended)
    assert told(after, "R17", SHIPPED) == []


SILENT = [
    ("en", "Convention No. 97 and Recommendation No. 86 apply; so do Conventions Nos. 97, 143 and 189.", "numbers alone"),
    ("en", "The Migration for Employment Convention (Revised), 1949 (No. 97), the Migrant Workers Convention, 1975 (No. 143), and the Migrant Workers Recommendation, 1975 (No. 151).", "in a list, without what stands in brackets"),
    ("en", "The MNE Declaration was adopted in 1977 and amended in 2000, 2006, 2017 and 2022.", "adopted and amended"),
    ("en", "The MNE Declaration (2022) and the OECD Guidelines (1976); the MNE Declaration, as revised in 2017.", "a later edition"),
    ("en", "In 2023 the Convention was ratified by ten countries; the Convention of 2011 has been ratified since.", "no instrument is named"),
    ("en", "The Maternity Protection Convention, 1919 (No. 3), was revised by that of 1952 (No. 103) and by the Maternity Protection Convention, 2000 (No. 183).", "three of one name"),
    ("en", "The Convention on the Rights of the Child, 1989, and the Refugee Convention of 1951.", "Conventions of others"),
    ("en", "The Employment Policy Recommendation, 1964 (No. 122), the Abolition of Forced Labour Convention, 1957 (No. 105).", "names within names"),
    ("en", "The Protocol of 2014 to the Forced Labour Convention, 1930, and the Promotional Framework for Occupational Safety and Health Convention, 2006 (No. 187).", "a Protocol"),
    ("en", "Ratification of the Domestic Workers Convention, 2011 (No. 189) in 2024.", "another year in the sentence"),
    ("en", "The ILO Declaration on Fundamental Principles and Rights at Work (1998), as amended in 2022.", "a Declaration that was amended"),
    ("en", "The 2008 ILO Declaration on Social Justice for a Fair Globalization and the 2019 Centenary Declaration for the Future of Work.", "the year before"),
    ("en", "The Declaration of Philadelphia of 1944 is a part of the Constitution of 1919.", "the Declaration of Philadelphia"),
    ("en", "Since 1998 the Declaration on Fundamental Principles and Rights at Work has guided it; in 2010 it was reviewed.", "years around a Declaration"),
    ("en", "The Domestic Workers Convention 10 years after; Convention 155 and Recommendation 164; C155 (1981), R204, the MLC, 2006, and P155 (2002).", "short forms, and a number of years"),
    ("en", "Convention No. 155 concerning Occupational Safety and Health, 1981, and Recommendation No. 193 on cooperatives, 2002; the Protocol of 2002 to it and the Protocol of 1995 to the Labour Inspection Convention, 1947.", "titles after numbers, Protocols"),
    ("en", "It ratified the Labour Inspection Convention, 1947 (No. 81), in 1962, and Convention No. 129 in 1971; the law of 1962 came before Convention No. 155.", "ratified afterwards"),
    ("en", "Convention No. 105 on forced labour, Convention No. 187 on occupational safety and health, Convention No. 176 on occupational safety and health in mines, Convention No. 129 on labour inspection.", "what they are about, in other words than their titles"),
    ("fr", "La convention n° 105 sur le travail forcé et la convention n° 129 sur l'inspection du travail s'appliquent.", "so in French"),
    ("en", "The unit has promoted the MNE Declaration since 2018; training on the MNE Declaration in 2023 and work on the Centenary Declaration from 2020 went well.", "years of work on a Declaration"),
    ("en", "The Declaration on Fundamental Principles and Rights at Work and its Follow-up (1998, as amended in 2022); the MNE Declaration, last revised in 2022.", "amended in these years"),
    ("en", "The Chemical Weapons Convention, 1993; the Convention on Biological Diversity, 1992; Recommendation 3 of the evaluation, 2024.", "those of others"),
    ("fr", "Le protocole de 2014 relatif à la convention sur le travail forcé, 1930 ; la convention n° 155 de l'OIT de 1981 ; la recommandation 3 de l'audit de 2024.", "short forms in French"),
    ("es", "El Protocolo de 2014 relativo al Convenio sobre el trabajo forzoso, 1930; el Convenio núm. 155 de la OIT, 1981.", "short forms in Spanish"),
    ("fr", "La convention (n° 97) sur les travailleurs migrants (révisée), 1949, et la convention (n° 143) sur les travailleurs migrants (dispositions complémentaires), 1975.", "the French way"),
    ("fr", "La convention n° 189, ratifiée en 2015 par le pays, et la convention de 2019.", "ratified in another year"),
    ("fr", "La Déclaration de principes tripartite sur les entreprises multinationales et la politique sociale (1977, mise à jour en 2022).", "brought up to date"),
    ("es", "El Convenio sobre los trabajadores migrantes (revisado), 1949 (núm. 97) y el Convenio sobre la violencia y el acoso, 2019 (núm. 190).", "the Spanish way"),
    ("es", "El Convenio núm. 189 fue ratificado en 2013; el convenio de cooperación de 2020 sigue vigente.", "ratified in another year"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "why"), SILENT, ids=[why for *_, why in SILENT])
def test_what_is_right_or_not_known_is_left_in_peace(language: str, text: str, why: str) -> None:
    assert told(planted(language, introduction=text), "R17", SHIPPED) == []


def test_a_number_that_only_a_recommendation_bears_is_a_warning() -> None:
    one = told(planted("en", introduction="It rests on Convention No. 193 and on Convention No. 190."), "R17", SHIPPED)
    assert [(each.quote, each.severity) for each in one] == [("Convention No. 193", W)]


def test_a_declaration_amended_in_another_year_is_a_warning() -> None:
    one = told(planted("en", introduction="The MNE Declaration (1977, last amended in 2019) guides it."), "R17", SHIPPED)
    assert [(each.quote, each.severity) for each in one] == [("2019", W)]
    assert told(planted("en", introduction="The MNE Declaration (1977, amended in 2022) guides it."), "R17", SHIPPED) == []


LEVELS = [
    ("en", {"skills_minimum": "Excellent computer skills.", "competencies": "- Good computer skills.\n- Team spirit."}, "Excellent computer skills", "a skill and a competency"),
    ("en", {"skills_minimum": "- Advanced analytical skills;\n- Tact.", "skills_desirable": "Basic analytical skills."}, "Advanced analytical skills", "the desirable asks for less"),
    ("en", {"languages_minimum": "Excellent command of English.", "languages_desirable": "Good knowledge of English and Arabic."}, "Excellent command of English", "a language"),
    ("fr", {"languages_minimum": "Excellente maîtrise de l'anglais.", "languages_desirable": "Une bonne connaissance de l’anglais."}, "Excellente maîtrise de l'anglais", "in French"),
    ("es", {"languages_minimum": "Excelente dominio del inglés.", "competencies": "- Buen dominio del inglés.\n- Tacto."}, "Excelente dominio del inglés", "in Spanish"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "boxes", "quote", "why"), LEVELS, ids=[row[-1] for row in LEVELS])
def test_two_levels_of_one_skill_are_told_at_the_higher_one(language: str, boxes: dict[str, str], quote: str, why: str) -> None:
    box = next(iter(boxes))
    assert [(one.box, one.quote, one.severity) for one in told(planted(language, **boxes), "R17", SHIPPED)] == [(box, quote, W)]
    assert told(planted(language, **{box: boxes[box]}), "R17", SHIPPED) == []


NO_CONTRADICTION = [
    ({"languages_minimum": "Good knowledge of English.", "languages_desirable": "Excellent command of English."}, "the desirable asks for more"),
    ({"skills_minimum": "Excellent communication skills.", "competencies": "- Good communication skills, both written and verbal.\n- Tact."}, "the form's own example"),
    ({"skills_minimum": "Excellent drafting skills.", "competencies": "- Strong drafting skills.\n- Tact."}, "not plainly less"),
    ({"skills_minimum": "Excellent drafting skills.", "competencies": "- Good organizational skills.\n- Tact."}, "two skills"),
    ({"skills_minimum": "Good knowledge of statistics and excellent knowledge of survey design."}, "within one box"),
]  # fmt: skip


@pytest.mark.parametrize(("boxes", "why"), NO_CONTRADICTION, ids=[why for _, why in NO_CONTRADICTION])
def test_what_does_not_contradict_itself_is_left_in_peace(boxes: dict[str, str], why: str) -> None:
    assert told(planted("en", **boxes), "R17", SHIPPED) == []
