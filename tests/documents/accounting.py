"""Accounting for words: every word of a file is in a box, in a doubt, or the form's own."""

import html
import re
import unicodedata
from collections import Counter

from documents import prose
from documents.form import Form, Kind
from documents.reader import Reading

FIXED = """
International Labour Office
Post number
Month of issue
Year
Note for supervisors: Please complete the vacancy proposal form and submit it to the Director of the department/office for endorsement. For field positions additional approval is required by mail from the regional HR Partner before final submission to jpo@ilo.org.
VACANCY PROPOSAL FOR JUNIOR PROFESSIONAL OFFICERS (JPO)
Job Description Template – Headquarters and field positions
GENERAL INFORMATION
Title: Junior Professional Officer
Duty station
Duration of the assignment
Grade
Department/ Field Office
Organisational unit
SUPERVISION
Direct Supervision by
Content and methodology of supervision
INTRODUCTION
DUTIES AND RESPONSABILITIES
Under the direct supervision of the supervisor, the JPO will perform the following duties and responsibilities:
During the period of assignment, the JPO will contribute to the following key outputs:
QUALIFICATIONS AND EXPERIENCE
Education
Minimum
Desirable
Work experience
Minimum
Desirable
Skills required for the assignment
Minimum
Desirable
Languages
Minimum
Desirable
ILO competencies
The candidate is expected to demonstrate and be guided by ILO competencies, specifically:
TRAINING COMPONENTS AND LEARNING ELEMENTS
Training components
Learning elements
BACKGROUND INFORMATION
The ILO values diversity. We welcome applications from qualified women and men, particularly those with disabilities and from non – or under - represented member States. If needed, reasonable accommodation will be provided in the recruitment phase as well as during the JPO assignment to ensure equality of opportunities.
The ILO has a smoke-free environment.
"""
"""The wording of the paper form, written out by hand, each piece as often as it stands there."""
MISPRINTS = {"responsabilities": "responsibilities"}


def words(text: str) -> list[str]:
    """The words of a text, as they are counted."""
    found = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return [MISPRINTS.get(word, word) for word in found]


def words_of_file(text: str) -> Counter[str]:
    """The words of a file: no tags, no link targets, no marks of lists."""
    text = re.sub(r"\]\([^()]*(?:\([^()]*\))?[^()]*\)", "]", text)
    text = re.sub(r"</?[a-zA-Z][^<>]*>", lambda tag: "" if re.match(r"</?(?:b|i|em|strong|span|a)\b", tag[0]) else " ", text)
    text = re.sub(r"(?m)^[\s>]*(?:(?:\*\*|#+\s)?\d{1,3}[.)]\s|o\t)", "", text)
    return Counter(words(html.unescape(text).replace("\u00ad", "")))


def words_of_reading(reading: Reading, form: Form) -> Counter[str]:
    """The words of the boxes and the doubts."""
    counted = Counter(word for doubt in reading.doubts for word in words(doubt.text))
    for name, value in reading.boxes.items():
        counted.update(words(prose.text(value) if form.boxes[name].kind is Kind.PROSE else value))
    return counted


def unaccounted(text: str, reading: Reading, form: Form) -> tuple[Counter[str], Counter[str]]:
    """The words of a file that arrived nowhere and are not the form's, and the words that came from nowhere."""
    file, arrived = words_of_file(text), words_of_reading(reading, form)
    return file - arrived - Counter(words(FIXED)), arrived - file


def share_in_doubt(text: str, reading: Reading) -> float:
    """How much of a file is in doubt."""
    return sum(len(words(doubt.text)) for doubt in reading.doubts) / max(words_of_file(text).total(), 1)
