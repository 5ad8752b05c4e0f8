"""Promises: money, and what the donor decides (R19); an allowance told as something to learn (R25)."""

import re
from collections.abc import Iterator

from readiness.finding import Mark, Severity
from readiness.passage import Passage
from readiness.registers import Registers

CURRENCY = r"(?:US\$|CA\$|A\$|\$|€|£|¥|USD|EUR|CHF|GBP|JPY|NOK|SEK|DKK|XOF|XAF|F ?CFA|Sfr\.?|Fr\.)"
SO_MUCH = r"(?:million|billion|milliard|thousand|mille|mil|millones|mio|k)"
NUMBER = re.compile(r"(?<![\w.,])\d[\d.,'’ \u00a0]{0,15}")
MONEY_BEFORE = re.compile(rf"(?<![^\W\d_]){CURRENCY}[ \u00a0]?$", re.IGNORECASE)
MONEY_AFTER = re.compile(
    rf"[ \u00a0]?(?:{SO_MUCH}s?[ \u00a0](?:de |d['’])?)?(?:{CURRENCY}|(?:US )?dollars?|euros?|Swiss francs"
    r"|francs? (?:suisses?|CFA)|dólares|francos (?:suizos|CFA))(?!\w)",
    re.IGNORECASE,
)
HOW_MUCH = re.compile(rf"\s?{SO_MUCH}s?\b", re.IGNORECASE)
POINT_FOR_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}\.\d{3}(?![\d.])")
ALLOWANCE = re.compile(
    r"\bDTTA\b|\b(?:duty travel|training|travel|learning|housing|installation)(?: and (?:training|travel))? (?:allowance"
    r"|grant|budget|fund)s?\b|\ballowance\b"
    r"|\bindemnité\w*|\ballocation (?:de|pour) (?:formation|voyages?)\b|\bbudget de formation\b|\basignación (?:de"
    r"|para) (?:formación|viajes?)\b|\bsubsidio\b|\bviáticos\b",
    re.IGNORECASE,
)
WHO = (
    r"(?:the )?(?:JPO|incumbent|selected candidate|Junior Professional Officer|(?:le|la|le ou la) (?:JPO|titulaire)|(?:el|la"
    r"|el o la) (?:JPO|titular))"
)
PROMISE = re.compile(
    rf"\b{WHO} (?:will|is|shall|may|can)(?: \w+){{0,2}} (?:entitled|eligible|paid|promoted|retained|extended|hired|employed"
    rf"|offered|receive|granted)\b[^.;\n]{{0,60}}"
    rf"|\b{WHO} (?:sera|pourra être|a droit|touchera|recevra|percevra)(?: \w+)? ?(?:prolongée?|promue?|recrutée?|titularisée?"
    rf"|un salaire|une indemnité)?\b[^.;\n]{{0,60}}"
    rf"|\b{WHO} (?:será|podrá ser|tendrá derecho|recibirá|percibirá)(?: \w+)? ?(?:prorrogad[oa]|contratad[oa]|ascendid[oa]"
    rf"|un salario)?\b[^.;\n]{{0,60}}"
    r"|\b(?:contract|assignment|appointment) will be (?:extended|renewed)\b|\bguarantee[sd]? (?:a |an )?(?:post|position"
    r"|employment|extension|contract)\b",
    re.IGNORECASE,
)
IS_MONEY = re.compile(
    (
        r"entitled|paid|promoted|retained|hired|employed|offered a|salar|allowance|grant|extended|renewed|guarantee|prolong|promu"
        r"|recrut|titular|salaire|indemnit|droit|derecho|prorrog|contratad|ascend|subsidio"
    ),
    re.IGNORECASE,
)
FOR_THE_JPO = frozenset({"training_components", "learning_elements"})
"""Boxes in which money can only be the JPO's; elsewhere it may be a project's budget or the rent of a flat."""
OF_THE_HOUSE = "introduction"
"""The box in which budgets and allowances are those of ministries and workers, whom the work is for."""
OF_THE_PROGRAMME = frozenset({"introduction", "programme_outline", "planned_developments"})
"""Boxes in which an amount says how large a programme was on the day of writing; a rent or a budget to be kept may help."""


def money_promised(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An amount of money that the JPO would be given; or one that every reader reads otherwise: "$4.000"."""
    of_an_allowance = {sentence.start for sentence in passage.sentences if ALLOWANCE.search(sentence.text)}
    for start, end in _amounts(passage.text):
        amount = passage.text[start:end]
        wrong = passage.language == "en" and POINT_FOR_THOUSANDS.search(amount)
        unclear = f" “{amount}” reads otherwise in other countries: write the thousands with a comma or a space." if wrong else ""
        if passage.box.name in FOR_THE_JPO or _starts_at(passage, start) in of_an_allowance:
            yield Mark(start, end, f"“{amount}” is a promise; each donor sets what it pays. Leave the amount out.{unclear}")
        elif wrong:
            yield Mark(start, end, unclear.strip(), None, Severity.WARNING)
        elif passage.box.name in OF_THE_PROGRAMME:
            said = f"“{amount}”: an amount ages and is of no use to candidates. Leave it out unless they must know it."
            yield Mark(start, end, said, None, Severity.HINT)


def _amounts(text: str) -> Iterator[tuple[int, int]]:
    """Where amounts of money stand: numbers with a currency before or behind them."""
    for number in NUMBER.finditer(text):
        end = number.start() + len(number[0].rstrip(" ,.'’\u00a0"))
        before = MONEY_BEFORE.search(text, max(number.start() - 6, 0), number.start())
        after = MONEY_AFTER.match(text, end)
        if before or after:
            more = after or HOW_MUCH.match(text, end)
            yield (before or number).start(), more.end() if more else end


def _starts_at(passage: Passage, place: int) -> int | None:
    """Where the sentence of a character begins."""
    sentence = passage.sentence_at(place)
    return sentence.start if sentence else None


def allowance_as_learning(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An allowance among the learning elements (R25)."""
    for sentence in passage.sentences:
        if ALLOWANCE.search(sentence.text):
            yield Mark(
                sentence.start, sentence.end, "An allowance is nothing one learns, and each donor decides on it. Delete it here."
            )


ADVERTISING = re.compile(
    r"\b(?:springboard|stepping stone|once[- ]in[- ]a[- ]lifetime|dream (?:job|post)|not to be missed|(?:should"
    r"|must) not? (?:be )?miss(?:ed)?"
    r"|no one (?:should|can) miss|nobody (?:should|can) miss|unparalleled|(?:boost|launch) (?:a|your|their|his or her) career"
    r"|essential for (?:any |all )?future (?:\w+ ){0,2}(?:professionals?|careers?|leaders?)|exciting (?:opportunity|chance|time)"
    r"|open(?:s)? (?:many |all )?doors|unique (?:opportunity|chance|springboard)|tremplin|opportunité unique"
    r"|occasion (?:unique|à ne pas manquer)"
    r"|oportunidad única"
    r"|trampolín)\b",
    re.IGNORECASE,
)


def advertising(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A sentence that praises the post instead of saying what it is (R25)."""
    for sentence in passage.sentences:
        if found := ADVERTISING.search(sentence.text):
            yield Mark(
                sentence.start, sentence.end, f"“{found[0]}” advertises. Say what is done or learned instead, or delete it."
            )


def donor_decides(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A promise that is the donor's to make: an allowance, a salary, an extension."""
    patterns = (ALLOWANCE, PROMISE) if passage.box.name != OF_THE_HOUSE else (PROMISE,)
    for pattern in patterns:
        found = pattern.search(passage.text)
        if found and (pattern is ALLOWANCE or IS_MONEY.search(found[0])):
            yield Mark(*found.span(), f"“{found[0]}”: this is for the donor to decide. Do not promise it here.")
            return
