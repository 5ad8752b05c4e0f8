"""Spacing: spaces too many or missing at commas, full stops, brackets, dashes and apostrophes, and marks typed twice (R22).

French puts a space before ; : ! ? and inside « », so there nothing is said of it, nor of its absence. Addresses of pages
and mail, and names of files, are left as they are.
"""

import re
from collections.abc import Iterator
from typing import Final

from readiness.finding import Mark
from readiness.passage import Passage
from readiness.registers import Registers
from readiness.slips import Slip, marks

_L: Final = r"[^\W\d_]"
_SUSPENDED: Final = "and|or|to|nor|but|than|as|et|ou|à|y|o|e|u|ni|que|und"
"""What follows a hyphen that stands for a word to come: "short- and long-term"."""


def _follows_word(found: re.Match[str]) -> bool:
    return bool(re.match(r"[\w)]", found.string[max(found.start() - 1, 0) : found.start()]))


def _one_stop(found: re.Match[str]) -> str | None:
    """One full stop, unless the sentence goes on."""
    return None if re.match(r"\s*[a-zà-ÿ]", found.string[found.end() : found.end() + 9]) else "."


_DASH: Final = "a dash has a space on both sides"
_NO_RAYA: Final = ("en", "fr")
"""Languages in which the long dash does not cling to what it encloses, as the Spanish raya does."""
SLIPS: Final = (
    Slip(re.compile(r" ,(?<=[^\s,;(] ,)(?=\s|$)"), ",", "no space before a comma"),
    Slip(re.compile(r" ,(?<=[^\s,;(] ,)(?=[^\W\d_])"), ", ", "a space after a comma, none before it"),
    Slip(re.compile(r" \.(?<=[^\s.,;:!?(…] \.)(?=\s|$)"), ".", "no space before a full stop"),
    Slip(re.compile(rf" (?P<mark>[;:!?])(?<={_L}{_L} .)(?=\s|$)"), lambda m: m["mark"], "no space before “{mark}”", ("en", "es")),
    Slip(re.compile(r"(?P<mark>[(\[])[ \u00a0](?=[^\s)\]])"), lambda m: m["mark"], "no space after an opening bracket"),
    Slip(re.compile(r"[ \u00a0](?P<mark>[)\]])(?<=[^\s(\[]..)"), lambda m: m["mark"], "no space before a closing bracket"),
    Slip(re.compile(r"“ (?=\w)"), "“", "no space after an opening quotation mark", ("en", "es")),
    Slip(re.compile(r" ”(?<=[\w.,] ”)"), "”", "no space before a closing quotation mark", ("en", "es")),
    Slip(re.compile(rf",(?<={_L}{_L},)(?={_L}{_L})"), ", ", "a space is missing after the comma"),
    Slip(re.compile(rf";(?<={_L}{_L};)(?={_L}{_L})"), "; ", "a space is missing after the semicolon"),
    Slip(re.compile(r"\.(?<=[a-zà-ÿ]{3}\.)(?=[A-ZÀ-Þ][a-zà-ÿ]{1,40}[ ,])"), ". ", "a space is missing after the full stop"),
    Slip(re.compile(r"\((?<=[a-zà-ÿ]{3}\()(?=[A-Z]{2,12}[/A-Z]{0,12}\))"), " (", "a space is missing before the bracket"),
    Slip(re.compile(r"\)(?<=[A-Z\d]\))(?=[a-zà-ÿ]{2})"), ") ", "a space is missing after the bracket"),
    Slip(re.compile(r" ?,(?: ?,)+"), ",", "a comma too many"),
    Slip(re.compile(r" ?;(?: ?;)+"), ";", "a semicolon too many"),
    Slip(re.compile(r" ?\. ?\.(?![./\w]| ?\.)"), _one_stop, "a full stop too many", when=_follows_word),
    Slip(re.compile(r" ?,\.(?=\s|$)"), ".", "a comma before a full stop"),
    Slip(re.compile(rf"– (?<={_L}{_L}{_L}– )(?=(?!(?:{_SUSPENDED})\b){_L}{_L})"), " – ", _DASH),
    Slip(re.compile(rf" –(?<={_L}{_L}{_L} .)(?={_L}{_L}{_L})"), " – ", _DASH),
    Slip(re.compile(rf"— (?<={_L}{_L}{_L}— )(?=(?!(?:{_SUSPENDED})\b){_L}{_L})"), " – ", _DASH, _NO_RAYA),
    Slip(re.compile(rf" —(?<={_L}{_L}{_L} .)(?={_L}{_L}{_L})"), " – ", _DASH, _NO_RAYA),
    Slip(re.compile(rf"- (?<={_L}{_L}{_L}- )(?=(?!(?:{_SUSPENDED})\b){_L}{_L})"), None,
         "a dash has a space on both sides, a hyphen on neither"),
    Slip(re.compile(rf" -(?<={_L}{_L}{_L} -)(?={_L}{_L}{_L})"), None,
         "a dash has a space on both sides, a hyphen on neither"),
    Slip(re.compile(r" (?P<mark>['’])s\b(?<=[^\W\d_] .s)(?! ?['’])"), lambda m: f"{m['mark']}s",
         "no space at the apostrophe", ("en",)),
    Slip(re.compile(r"(?P<mark>['’]) s\b(?<=[^\W\d_]. s)(?! ?['’])"), lambda m: f"{m['mark']}s",
         "no space at the apostrophe", ("en",)),
    Slip(re.compile(r"['’] (?<=[ldnsjmtcuLDNSJMTCU]. )(?=[^\W\d_])"), lambda m: m[0][0],
         "no space after the apostrophe", ("fr",),
         lambda m: bool(re.search(r"\b(?:[ldnsjmtc]|qu)$", m.string[max(m.start() - 3, 0) : m.start()], re.IGNORECASE))),
)  # fmt: skip


def uneven_spacing(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Spaces and marks that are too many or missing, with the stretch as it should be."""
    return marks(passage, SLIPS, around=True)
