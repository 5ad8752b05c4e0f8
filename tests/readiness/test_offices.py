"""Offices as the register and the house write them (R10): planted defects are found, their clean twins are silent."""

from dataclasses import dataclass, field

import pytest

from readiness.finding import Severity
from readiness.registers import Registers
from tests.readiness.registers import KNOWN, SHIPPED, mended_with, told
from tests.readiness.texts import planted

B, W, H = Severity.BLOCKER, Severity.WARNING, Severity.HINT


@dataclass(frozen=True)
class Row:
    """What stands in some boxes, what is found in the last of them, how grave, what it becomes, and why it is told."""

    boxes: dict[str, str]
    quote: str
    severity: Severity
    mended: str
    twin: str
    why: str
    language: str = "en"
    registers: Registers = field(default=SHIPPED, repr=False)

    def __str__(self) -> str:
        return self.why


ELSEWHERE = "The Lantern and Rope Department (ROPES) makes ropes. Its Knots Branch (KNOTS) ties them."
ROWS = [
    # A fresh installation knows no office
    Row({"department": "Lantern and Rope department (ROPES)"}, "department", W, "Lantern and Rope Department (ROPES)", "Lantern and Rope Department (ROPES)", "“department” without its capital"),
    Row({"unit": "Knots branch"}, "branch", W, "Knots Branch", "Knots Branch", "so with a branch"),
    Row({"department": "department of Ropes"}, "department", W, "Department of Ropes", "Department of Ropes", "the noun stands first"),
    Row({"department": "Regional office for Oceania"}, "office", W, "Regional Office for Oceania", "Regional Office for Oceania", "a field office"),
    Row({"department": "Lantern and Rope Department, HQ"}, ", HQ", W, "Lantern and Rope Department", "Lantern and Rope Department", "“, HQ” at the end"),
    Row({"department": "Lantern and Rope Department (HQ)"}, " (HQ)", W, "Lantern and Rope Department", "Lantern and Rope Department (ROPES)", "“(HQ)” where the acronym belongs"),
    Row({"department": "Lantern and Rope Department - ILO Headquarters"}, " - ILO Headquarters", W, "Lantern and Rope Department", "Headquarters", "in words, after a dash; alone it may stand"),
    Row({"department": "Lantern and Rope Department, ILO HQ, Geneva"}, ", ILO HQ, Geneva", W, "Lantern and Rope Department", "Lantern and Rope Department", "with the city behind it"),
    Row({"department": "Lantern and Rope Dept."}, "Dept.", H, "Lantern and Rope Department", "Lantern and Rope Department", "an abbreviation"),
    Row({"department": "DWT/CO Harare"}, "DWT/CO ", H, "DWT/CO-Harare", "DWT/CO-Harare", "a field office without its hyphen"),
    Row({"department": "ROPES"}, "ROPES", H, "", "CO-Harare", "an acronym alone; a field office is called by it"),
    Row({"department": "Lantern and Rope Department", "unit": "LANTERN AND ROPE DEPARTMENT"}, "LANTERN AND ROPE DEPARTMENT", W, "", "Knots Branch", "the unit repeats the department, in capitals"),
    Row({"department": "Department of Lanterns (ROPES)", "unit": "Lanterns Department"}, "Lanterns Department", W, "", "Lantern Wicks Branch", "in other order, without the acronym"),
    Row({"department": "Lantern and Rope Department (ROPES)", "unit": "ROPES"}, "ROPES", W, "", "Knots Branch (KNOTS)", "by its acronym alone"),
    Row({"introduction": ELSEWHERE, "department": "Lantern and Rope Department"}, "Lantern and Rope Department", H, "Lantern and Rope Department (ROPES)", "Lantern and Rope Department (ROPES)", "the text names it with its acronym"),
    Row({"introduction": ELSEWHERE, "unit": "Knots Branch"}, "Knots Branch", H, "Knots Branch (KNOTS)", "Knots Branch (KNOTS)", "so with a unit"),
    Row({"introduction": ELSEWHERE, "programme_outline": "The Ropes and Twine Department (ROPES) runs it."}, "Ropes and Twine Department (ROPES)", W, "", "The Lantern and Rope Department (ROPES) runs it.", "one acronym, two names"),
    Row({"introduction": "The Lantern and Rope Department (ROPES) is here.", "duties": "- Work with the Rope (ROPES) team.\n- Write."}, "Rope (ROPES)", W, "", "- Work with the Lantern and Rope Department (ROPES).\n- Write.", "the noun left out, in a list"),
    Row({"unit": "Knot Craft Branch (KNOTS)", "introduction": "The Knot Craft Unit ties knots."}, "Knot Craft Unit", W, "The Knot Craft Branch ties knots.", "The Knot Craft Branch ties knots.", "now a branch, now a unit"),
    Row({"duty_station": "ILO Headquarter in Geneva, Switzerland"}, "ILO Headquarter in Geneva, Switzerland", W, "Geneva, Switzerland", "Geneva, Switzerland", "a station in free text"),
    Row({"duty_station": "Geneva, Switzerland (HQ)"}, "Geneva, Switzerland (HQ)", W, "Geneva, Switzerland", "Geneva, Switzerland", "HQ in brackets behind"),
    Row({"duty_station": "ILO Country Office, Harare, Zimbabwe"}, "ILO Country Office, Harare, Zimbabwe", W, "Harare, Zimbabwe", "Harare, Zimbabwe", "the office before the city"),
    Row({"duty_station": "Headquarters"}, "Headquarters", W, "", "Port of Spain, Trinidad and Tobago", "no city at all"),
    Row({"duty_station": "Geneva"}, "Geneva", H, "", "Singapore", "no country; some cities are one"),
    Row({"department": "département du travail en mer"}, "département", W, "Département du travail en mer", "Département du travail en mer", "in French", "fr"),
    Row({"department": "Département du travail en mer, Siège"}, ", Siège", W, "Département du travail en mer", "Département du travail en mer", "the seat, in French", "fr"),
    Row({"unit": "unidad de Faros"}, "unidad", W, "Unidad de Faros", "Unidad de Faros", "in Spanish", "es"),
    Row({"duty_station": "Sede de la OIT en Ginebra, Suiza"}, "Sede de la OIT en Ginebra, Suiza", W, "Ginebra, Suiza", "Ginebra, Suiza", "a station in free text, in Spanish", "es"),
    Row({"introduction": "El Departamento de Faros (FAROS) trabaja.", "duties": "- Apoyar al Servicio de Faros y Boyas (FAROS).\n- Redactar."}, "Servicio de Faros y Boyas (FAROS)", W, "", "- Apoyar al Departamento de Faros (FAROS).\n- Redactar.", "two names, in Spanish", "es"),
    Row({"department": "Oar Office (OARS)", "unit": "Oar Office (OARS)"}, "Oar Office (OARS)", H, "", "Paddle Team", "an office that may have no units"),
    Row({"department": "DWT/CO-Harare", "unit": "DWT/CO-Harare"}, "DWT/CO-Harare", H, "", "Skills Team", "a field office by its acronym"),
    Row({"department": "ILO Office for Sea Countries (CO-Harare)", "unit": "ILO Office for Sea Countries (CO-Harare)"}, "ILO Office for Sea Countries (CO-Harare)", H, "", "Skills Team", "a field office by its name"),
    Row({"department": "Department of Lanterns (ROPES)", "introduction": "The Bureau of Lanterns makes lamps."}, "Bureau of Lanterns", W, "The Department of Lanterns makes lamps.", "The Bureau of Lanterns of Kenya makes lamps, and so does the National Bureau of Lanterns.", "now a department, now a bureau; another's is another"),
    # Former names that are shipped
    Row({"department": "Job Creation and Enterprise Development Department (EMP/ENT)"}, "Job Creation and Enterprise Development Department (EMP/ENT)", W, "", "Enterprises Department (ENTERPRISES)", "a former department with its acronym"),
    Row({"introduction": "It works with the Sectoral Activities Department and others."}, "Sectoral Activities Department", W, "It works with the Sectoral Policies Department and others.", "It works with the Sectoral Policies Department, formerly the Sectoral Activities Department.", "in a sentence; as a former one it may stand"),
    Row({"duties": "- Assist the Sectoral Activities Department (SECTOR).\n- Write."}, "Sectoral Activities Department (SECTOR)", W, "", "- Assist the Sectoral Policies Department (SECTOR).\n- Write.", "with an acronym that stayed, in a list"),
    Row({"programme_outline": "Its research goes back to the International Institute for Labour Studies."}, "International Institute for Labour Studies", W, "Its research goes back to the Research Department.", "Its research goes back to a book (International Institute for Labour Studies, 2011).", "merged; in an imprint it may stand"),
    Row({"programme_outline": "It began with the ILO Bureau of Statistics."}, "ILO Bureau of Statistics", W, "It began with the ILO Department of Statistics.", "See “A guide by the ILO Bureau of Statistics, revised”.", "in the title of a publication it may stand"),
    Row({"duties": "- Assist EMP/SKILLS.\n- Write."}, "EMP/SKILLS", W, "", "- Assist SKILLS, which was once EMP/SKILLS.\n- Write.", "a former acronym"),
    Row({"supervisor_title": "Head, Skills and Employability Department"}, "Skills and Employability Department", W, "Head, Skills and Employability Branch", "Head, Skills and Employability Branch", "in the supervisor's title"),
    Row({"introduction": "Le Département des activités sectorielles y contribue."}, "Département des activités sectorielles", W, "Le Département des politiques sectorielles y contribue.", "Le Département des politiques sectorielles (anciennement Département des activités sectorielles) y contribue.", "in French", "fr"),
    Row({"introduction": "L'Institut international d’études sociales y contribue."}, "Institut international d’études sociales", W, "", "L'ancien Institut international d’études sociales y contribua.", "in French, without a fix", "fr"),
    Row({"programme_outline": "Lo apoya la Oficina de Actividades Sectoriales."}, "Oficina de Actividades Sectoriales", W, "Lo apoya la Departamento de Políticas Sectoriales.", "Lo apoya el Departamento de Políticas Sectoriales.", "in Spanish", "es"),
    # Field offices of a kind that is no more
    Row({"department": "Subregional Office for North Africa (SRO-Cairo)"}, "Subregional Office for North Africa (SRO-Cairo)", W, "DWT/CO-Cairo", "DWT/CO-Cairo", "a Subregional Office with its acronym"),
    Row({"introduction": "The ILO Area Office in Harare runs it."}, "Area Office in Harare", W, "", "The FAO Subregional Office in Harare and an area office of the ministry run it.", "in a sentence; others have such offices"),
    Row({"programme_outline": "The team succeeds MDT-Harare, and SRO-Dakar helps."}, "SRO-Dakar", W, "The team succeeds MDT-Harare, and DWT/CO-Dakar helps.", "The team succeeds MDT-Harare, and DWT/CO-Dakar helps.", "by its acronym"),
    Row({"department": "Bureau sous-régional de l'OIT pour le Sahel (BSR-Dakar)"}, "Bureau sous-régional de l'OIT pour le Sahel (BSR-Dakar)", W, "DWT/CO-Dakar", "DWT/CO-Dakar", "in French", "fr"),
    Row({"unit": "Oficina Subregional de Santiago"}, "Oficina Subregional de Santiago", W, "DWT/CO-Santiago", "DWT/CO-Santiago", "in Spanish", "es"),
    # Nearly right, and in the wrong city
    Row({"introduction": "It works with the Sectorial Policies Department."}, "Sectorial Policies Department", W, "It works with the Sectoral Policies Department.", "It works with the Sectoral Policies Department and the sectorial policies of a department.", "a letter too many"),
    Row({"introduction": "It works with the Cooperative, Social and Solidarity Economic Unit."}, "Cooperative, Social and Solidarity Economic Unit", W, "It works with the Cooperative, Social and Solidarity Economy Unit.", "It works with the Cooperative, Social and Solidarity Economy Unit.", "another ending"),
    Row({"introduction": "Le Département des politiques sectorieles y contribue."}, "Département des politiques sectorieles", W, "Le Département des politiques sectorielles y contribue.", "Le Département des politiques sectorielles y contribue.", "in French", "fr"),
    Row({"unit": "Sail Makers and Sail Engagement Unit (SAILS)", "introduction": "The Sail Maker and Sail Engagement Unit sews."}, "Sail Maker and Sail Engagement Unit", W, "The Sail Makers and Sail Engagement Unit sews.", "The Sail Makers and Sail Engagement Unit sews.", "nearly the unit above, in the singular"),
    Row({"department": "Département des voiles marines", "introduction": "Le Département des voiles marine coud."}, "Département des voiles marine", W, "Le Département des voiles marines coud.", "Le Département des voiles marines coud, comme le Département des phares.", "nearly the department above, in French", "fr"),
    Row({"supervision_note": "Guidance comes from the Regional Office for the Arab States in Abidjan."}, "Regional Office for the Arab States in Abidjan", B, "", "Guidance comes from the ILO Regional Office for the Arab States in Beirut, the UNICEF Regional Office for the Arab States in Bangkok, and the Regional Office for Africa (RO-Africa), Abidjan.", "the seat of another region"),
    Row({"introduction": "The ILO Regional Office for Asia and the Pacific (ROAP), based in Geneva, leads it."}, "Regional Office for Asia and the Pacific (ROAP), based in Geneva", B, "", "The ILO Regional Office for Asia and the Pacific (ROAP), based in Bangkok, leads it with experts in Geneva.", "with its acronym and “based in”"),
    Row({"introduction": "Le Bureau régional pour l'Afrique à Beyrouth dirige le projet."}, "Bureau régional pour l'Afrique à Beyrouth", B, "", "Le Bureau régional pour l'Afrique à Abidjan dirige le projet.", "in French", "fr"),
    Row({"introduction": "La Oficina Regional para América Latina y el Caribe en Ginebra dirige el proyecto."}, "Oficina Regional para América Latina y el Caribe en Ginebra", B, "", "La Oficina Regional para América Latina y el Caribe en Lima dirige el proyecto.", "in Spanish", "es"),
    # Against the register
    Row({"department": "Harbour and Coast Department"}, "Harbour and Coast Department", W, "Department of Coastal Work (TIDEWORK)", "Department of Coastal Work (TIDEWORK)", "a former name", registers=KNOWN),
    Row({"introduction": "It works with the harbour and coast department in Geneva."}, "harbour and coast department", W, "It works with the Department of Coastal Work in Geneva.", "It works with the Department of Coastal Work (formerly Harbour and Coast Department) in Geneva.", "a former name in a sentence; as a former one it may stand", registers=KNOWN),
    Row({"duties": "- Support PORTWORK.\n- Write briefs."}, "PORTWORK", W, "", "- Support the ex-PORTWORK.\n- Write briefs.", "a former acronym, in a list", registers=KNOWN),
    Row({"introduction": "La branche est issue du Harbour and Coast Department."}, "Harbour and Coast Department", W, "La branche est issue du Département du travail côtier.", "La branche est issue de l'ancien Harbour and Coast Department.", "a former name in a French text", "fr", KNOWN),
    Row({"department": "Department of Coastal Work"}, "Department of Coastal Work", H, "Department of Coastal Work (TIDEWORK)", "Department of Coastal Work (TIDEWORK)", "the acronym is missing", registers=KNOWN),
    Row({"department": "TIDEWORK"}, "TIDEWORK", H, "Department of Coastal Work (TIDEWORK)", "Department of Coastal Work (TIDEWORK)", "only the acronym", registers=KNOWN),
    Row({"department": "Departement of Costal Work (TIDEWORK)"}, "Departement of Costal Work (TIDEWORK)", W, "Department of Coastal Work (TIDEWORK)", "Department of Coastal Works and Harbours (CWH)", "nearly the name; another office is another", registers=KNOWN),
    Row({"department": "Département du Travail côtier (TIDEWORK)"}, "Département du Travail côtier (TIDEWORK)", W, "Département du travail côtier (TIDEWORK)", "Département du travail côtier (TIDEWORK)", "other capitals, in French", "fr", KNOWN),
    Row({"duties": "- Support CO Jakarta.\n- Write briefs."}, "CO Jakarta", W, "", "- Support CO-Jakarta and CO-Harare.\n- Write briefs.", "an acronym without its hyphen", registers=KNOWN),
    Row({"department": "ILO Office in Jakarta"}, "ILO Office in Jakarta", W, "Country Office for Indonesia and Timor-Leste (CO-Jakarta)", "Country Office for Indonesia and Timor-Leste (CO-Jakarta)", "a field office by its city", registers=KNOWN),
    Row({"duty_station": "Dakar"}, "Dakar", H, "Dakar, Senegal", "Dakar, Senegal", "the register knows the country", registers=KNOWN),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_planted_defect_is_found_and_its_clean_twin_is_silent(row: Row) -> None:
    *_, box = row.boxes
    document = planted(row.language, **row.boxes)
    all_told = told(document, "R10", row.registers)
    found = [one for one in all_told if (one.box, one.quote, one.severity) == (box, row.quote, row.severity)]
    assert len(found) == 1, all_told
    if row.mended:
        after = planted(row.language, **{**row.boxes, box: mended_with(document, found[0])})
        assert after[box] in (row.mended, f"<p>{row.mended}</p>")
        left = {(one.box, one.quote) for one in told(after, "R10", row.registers)}
        assert left <= {(one.box, one.quote) for one in all_told} - {(box, row.quote)}
    twin = planted(row.language, **{**row.boxes, box: row.twin})
    assert [one for one in told(twin, "R10", row.registers) if one.box == box] == []


SILENT = [
    ("en", {"department": "ILO Country Office for Indonesia and Timor-Leste (CO-Jakarta)", "unit": "Fair Recruitment Team"}, "with “ILO” before it"),
    ("en", {"department": "The Department of Coastal Work (TIDEWORK)", "unit": "Lighthouse Crafts Branch (TIDEWORK/LANTERN)"}, "with an article"),
    ("en", {"department": "Département du travail côtier (TIDEWORK)"}, "its French name in an English text"),
    ("en", {"department": "Treasurer and Financial Comptroller (TR/CF)", "unit": "Procurement Bureau (PROCUREMENT)"}, "names without a noun of an office"),
    ("en", {"department": "DWT/CO-Dakar", "unit": "Skills and enterprises team"}, "a field office by its acronym"),
    ("en", {"introduction": "The World Health Organization (WHO), the International Organisation of Employers (IOE) and the Office of the High Commissioner for Human Rights (OHCHR) are partners.", "duties": "- Work with the Office of the High Commissioner for Human Rights (OHCHR).\n- Write."}, "other organizations"),
    ("en", {"introduction": "The Head of the Lighthouse Crafts Branch (TIDEWORK/LANTERN) leads it; the Lighthouse Crafts Branch (TIDEWORK/LANTERN) works."}, "more words before the name"),
    ("en", {"introduction": "Every department of the ministry has a unit for statistics, and each regional office a library."}, "offices in general"),
    ("en", {"introduction": "The ILO's multidisciplinary team and its area of work; the FAO Subregional Office for Eastern Africa; the Area Office of the ministry."}, "teams and offices of other kinds"),
    ("en", {"introduction": "The Australian Bureau of Statistics, the Social Security Department of Kenya and the Cooperatives Branch of the ministry are partners."}, "offices of others that bear a former name of ours"),
    ("en", {"department": "Department of Lights (LIGHTS)", "introduction": "The Kenya Bureau of Lights and the Bureau of Lights in Nairobi are partners of the Department of Lights."}, "a bureau of others"),
    ("en", {"introduction": "The Conditions of Work and Equality Department, the Sectoral Policies Department, the Enterprises Department and the Research Department work together with the Governance and Tripartism Department."}, "names of today"),
    ("es", {"duty_station": "San José, Costa Rica"}, "a station in Spanish"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "boxes", "why"), SILENT, ids=[why for *_, why in SILENT])
def test_what_is_right_is_left_in_peace(language: str, boxes: dict[str, str], why: str) -> None:
    assert told(planted(language, **boxes), "R10", KNOWN) == []
