"""Grammar: slips that need more than a list of words: articles, numbers and possessives that do not agree (R22).

Only what is wrong wherever it stands is told; where a reader would have to think, nothing is.
"""

import re
from collections.abc import Iterator
from typing import Final

from readiness import dictionaries
from readiness.finding import Mark, Severity
from readiness.nouns import EITHER, MANY, ONE, alternatives
from readiness.passage import Passage
from readiness.registers import Registers
from readiness.slips import Slip, marks

ENGLISH: Final = ("en",)
FRENCH: Final = ("fr",)
SPANISH: Final = ("es",)
WRITE: Final = "write “{instead}”"


def _thing(words: object) -> str:
    return f"(?P<thing>{alternatives(words)})"


def _many(found: re.Match[str], language: str) -> str:
    return MANY[language].get(found["thing"], found["thing"])


def _like(model: str, word: str) -> str:
    """A word with a capital where its model has one."""
    return word[0].upper() + word[1:] if model[:1].isupper() else word


# English: "a" and "an"

_YOU: Final = re.compile(
    r"eu(?!ch)|ewe|one(?:$|-|s)|once|uni(?:[cfltv]|que|on|so|sex)|unanim|"
    r"u(?:biq|ganda|kr|rani|rin|rug|sa[bg]|se|su|surp|tensil|terus|tili|topi)"
)
"""Words that begin with the sound of "you" or "won", though with a vowel's letter."""
_DUMB_H: Final = re.compile(r"hour|honest|honou?r|heir")
_HEARD_H: Final = re.compile(r"h(?:igh|uman|ealth|elp|ome|ost|ousehold|alf|ard|and|ead|ybrid|uge|appy)")
_AN: Final = frozenset("NGO NGOs MBA MSc MA MoU HR SDG HQ FAQ LLM SME MP RFP".split())
_A: Final = frozenset("UN UNDP UNSDCF US UK USD UNICEF UNESCO UNHCR".split())
"""Acronyms by the sound with which they begin."""


def _wants_an(word: str) -> bool | None:
    """Whether "an" stands before a word; None where one cannot say."""
    head = re.split("[-/’']", word)[0]
    if head in _AN or head in _A:
        return head in _AN
    if len(head) < 2:
        return None
    if head.isupper():
        return False if head[0] in "BCDGJKPQTVWYZ" else True if head[0] in "AEIO" and len(head) <= 4 else None
    small = word.lower()
    if _YOU.match(small) or _HEARD_H.match(small):
        return False
    if _DUMB_H.match(small):
        return True
    if small[0] in "aeiou":
        return None if len(small) < 3 or re.match(r"u[^n][aeiou]|uni", small) else True
    return False if small[0] != "h" and len(small) > 2 and re.search("[aeiouy]", small[1:]) else None


def _is_wrong_article(found: re.Match[str]) -> bool:
    article, word = found["article"], found["word"]
    is_acronym = word.isupper() or re.split("[-/’']", word)[0] in _AN | _A
    if word[0].isupper() and not is_acronym:
        return False  # a name is pronounced as it pleases
    if article == "A" and found.string[max(found.start() - 2, 0) : found.start()].strip() not in (
        "",
        ".",
        "?",
        "!",
        "–",
        "“",
        ":",
    ):
        return False  # "Annex A includes"
    wanted = _wants_an(word)
    if wanted is None or wanted == (len(article) == 2):
        return False
    return is_acronym or dictionaries.is_word("en", re.split("[-/’']", word)[0])


# English: number

_ENDS: Final = r"(?=[.,;:)\n]|$| (?:in|to|for|that|which|on|at|by|from|is|are|as|within|with|during)\b)"
"""What follows a noun that describes no other noun."""
_VERBS_TOO: Final = frozenset("challenges documents fields issues partners positions processes programmes projects tools".split())
"""Plurals that after "this" are verbs: "this documents the methods"."""
_NUMBER: Final = r"(?<![\w-])(?:two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|[2-9]|[1-9]\d)"
_NUMBERS: Final = "two three four five six seven eight nine ten twelve eighteen " + " ".join(map(str, range(2, 100)))
_KINDS: Final = "(?:relevant |professional |work |working |proven |practical )"
_VERBS: Final = (
    "acquires assists becomes collaborates contributes coordinates develops ensures establishes facilitates gains identifies "
    "implements learns liaises maintains organises organizes participates performs prepares provides receives undertakes"
).split()
_DEGREES: Final = "better|broader|clearer|closer|deeper|easier|faster|greater|higher|larger|lower|newer|stronger|wider"


def _without_s(verb: str) -> str:
    return f"{verb[:-3]}y" if verb.endswith("ies") else verb[:-2] if verb.endswith("shes") else verb[:-1]


SEVERAL_DO: Final = {"is": "are", "was": "were", "has": "have"}
_ENGLISH: Final = (
    Slip(
        re.compile(r"(?<![\w’'.(/&-])(?P<article>[aA]n?) (?P<word>[A-Za-z][A-Za-z’'-]{1,40})(?!\w|\.\w)"),
        lambda m: f"{_like(m['article'], 'a' if len(m['article']) == 2 else 'an')} {m['word']}",
        "“an” stands before a vowel that is heard, “a” before any other sound",
        ENGLISH,
        heads="a an",
        when=_is_wrong_article,
    ),
    Slip(
        re.compile(rf"\b(?P<o>[Oo])thers {_thing(EITHER['en'])}\b"),
        lambda m: f"{m['o']}ther {_many(m, 'en')}",
        f"“other” takes no s before a noun; {WRITE}",
        ENGLISH,
        heads="others",
        severity=Severity.WARNING,
    ),
    Slip(
        re.compile(
            r"\b(?P<words>(?:behaviou?rs?|skills?) and (?:attitudes?|skills|values|competencies)|attitudes|skills) (?P<is>is"
            r"|was|has)\b"
        ),
        lambda m: f"{m['words']} {SEVERAL_DO[m['is']]}",
        WRITE,
        ENGLISH,
        heads="behaviour behaviours behavior behaviors attitudes skills skill",
        when=lambda m: not re.search(r"\b(?:of|in|and|for|with|on) $", m.string[max(0, m.start() - 5) : m.start()]),
    ),
    Slip(
        re.compile(rf"\b(?P<t>[Tt])his {_thing(MANY['en'].values())}\b"),
        lambda m: f"{m['t']}hese {m['thing']}",
        f"“this” is one, “{{thing}}” are several; {WRITE}",
        ENGLISH,
        heads="this",
        when=lambda m: m["thing"] not in _VERBS_TOO,
    ),
    Slip(
        re.compile(rf"\b(?P<several>(?i:these|those|several|various|numerous|many|both)) {_thing(ONE['en'])}{_ENDS}"),
        lambda m: f"{m['several']} {_many(m, 'en')}",
        f"several are meant; {WRITE}",
        ENGLISH,
        heads="these those several various numerous many both",
    ),
    Slip(
        re.compile(rf"\b(?i:an?) {_thing(MANY['en'].values())}{_ENDS}"),
        None,
        "the article stands for one, the noun for several",
        ENGLISH,
        heads="a an",
    ),
    Slip(
        re.compile(
            r"\b(?i:an?) (?:[A-Za-z-]{3,20} ){0,2}?(?:behaviou?rs?|attitudes?|conduct) and (?:attitude|behaviou?r|manner)s\b"
        ),
        None,
        "“a” stands for one thing, here are several; leave it out",
        ENGLISH,
        heads="a an",
    ),
    Slip(
        re.compile(
            r"\b(?P<a>(?i:an?)) (?:(?:sound|good|relevant|detailed|useful|specific|important|new|regular|solid) )?"
            rf"(?P<thing>information|advice|equipment|evidence|progress|homework|furniture){_ENDS}"
        ),
        None,
        "“{thing}” is not counted; leave out “{a}”",
        ENGLISH,
        heads="a an",
    ),
    Slip(
        re.compile(rf"(?P<number>{_NUMBER})[ -](?P<unit>year|month)s (?P<what>{_KINDS}*experience)\b"),
        lambda m: f"{m['number']} {m['unit']}s of {m['what']}",
        WRITE,
        ENGLISH,
        heads=_NUMBERS,
    ),
    Slip(
        re.compile(rf"(?P<number>{_NUMBER})[ -](?P<unit>year|month) of (?P<what>{_KINDS}*experience)\b"),
        lambda m: f"{m['number']} {m['unit']}s of {m['what']}",
        WRITE,
        ENGLISH,
        heads=_NUMBERS,
    ),
    Slip(
        re.compile(rf"\b(?P<will>will|shall|must|should|would|could|can|may|to) (?P<verb>{alternatives(_VERBS)})\b"),
        lambda m: f"{m['will']} {_without_s(m['verb'])}",
        f"no s after “{{will}}”; {WRITE}",
        ENGLISH,
        heads="will shall must should would could can may to",
    ),
    Slip(
        re.compile(r"\b(?P<verb>(?i:allow|permit|enable))(?P<s>s|ed|ing)? to (?P<what>[a-z]{3,20})\b"),
        None,
        "say whom: “allows countries to …”, or “makes it possible to …”",
        ENGLISH,
        heads="allow allows allowed allowing permit permits enable enables",
        when=lambda m: not re.search(r"\b(?:be|is|are|was|were|been|not) $", m.string[max(0, m.start() - 6) : m.start()]),
    ),
    Slip(
        re.compile(
            r"\b(?P<done>translated|translating|translation|translate) in (?P<tongue>(?:the )?(?:English|French|Spanish"
            r"|Arabic|Portuguese"
            r"|Russian|Chinese|German|local languages?|national languages?))\b"
        ),
        lambda m: f"{m['done']} into {m['tongue']}",
        WRITE,
        ENGLISH,
        heads="translated translating translation translate",
    ),
    Slip(
        re.compile(rf"\b(?P<more>[Mm]ore) (?P<degree>{_DEGREES})\b"),
        lambda m: _like(m["more"], m["degree"]),
        f"“{{degree}}” says “more” already; {WRITE}",
        ENGLISH,
        heads="more",
    ),
    Slip(
        re.compile(
            r"\b(?P<to>[Tt]o|will|can|should|must|may) better (?P<how>effectively|efficiently|clearly|actively|closely)\b"
        ),
        lambda m: f"{m['to']} more {m['how']}",
        WRITE,
        ENGLISH,
        heads="to will can should must may",
        severity=Severity.WARNING,
    ),
)

# English: possessives

_GROUPS: Final = (
    "children|constituents|donors|employees|employers|governments|members|men|migrants|"
    "partners|students|trainees|trainers|women|workers"
)
_GROUP_WORDS: Final = _GROUPS.replace("|", " ")
_OWNED: Final = (
    "activities|associations?|bodies|capacit(?:y|ies)|concerns|confederations?|delegates|education|federations?|groups?|"
    "institutions|interests|members|needs|networks|organi[sz]ations?|perspectives?|priorities|representatives?|rights|"
    "unions?|views"
)
_NOTHING_OWNED: Final = (
    r"(?=[.,;:)\n]|$| (?:alike|are|as|at|by|can|for|from|have|has|in|is|on|that|through|to|under|which|who|will|with)\b)"
)
_BODIES: Final = r"(?P<owned>organi[sz]ations?|associations?)"
_POSSESSIVES: Final = (
    Slip(
        re.compile(rf"\b(?P<one>(?i:{_GROUPS}))['’],? (?P<and>and|or) (?P<other>{_GROUPS}){_NOTHING_OWNED}"),
        lambda m: f"{m['one']} {m['and']} {m['other']}",
        f"an apostrophe, and nothing that is owned; {WRITE}",
        ENGLISH,
        heads=_GROUP_WORDS,
        severity=Severity.WARNING,
    ),
    Slip(
        re.compile(
            rf"\b(?P<one>(?i:{_GROUPS}))(?P<mark>['’]) (?P<and>and|or) (?P<other>employers|workers) (?P<owned>{_OWNED})\b"
        ),
        lambda m: f"{m['one']}{m['mark']} {m['and']} {m['other']}{m['mark']} {m['owned']}",
        f"an apostrophe is missing; {WRITE}",
        ENGLISH,
        heads=_GROUP_WORDS,
    ),
    Slip(
        re.compile(rf"\b(?P<one>(?i:employers|workers)) (?P<and>and|or) (?P<other>employers|workers)(?P<mark>['’]?) {_BODIES}\b"),
        lambda m: f"{m['one']}{m['mark'] or '’'} {m['and']} {m['other']}{m['mark'] or '’'} {m['owned']}",
        f"apostrophes are missing; {WRITE}",
        ENGLISH,
        heads="employers workers",
    ),
    Slip(
        re.compile(
            r"\b(?P<one>(?i:employer|worker))(?P<mark>['’])s (?P<owned>organi[sz]ations|associations|federations|unions)\b"
        ),
        lambda m: f"{m['one']}s{m['mark']} {m['owned']}",
        f"organizations of many; {WRITE}",
        ENGLISH,
        heads="employer worker",
    ),
    Slip(
        re.compile(rf"(?<!and )(?<!or )(?<![/&’'] )\b(?P<one>(?i:employers|workers)) {_BODIES}\b"),
        lambda m: f"{m['one']}’ {m['owned']}",
        f"an apostrophe is missing; {WRITE}",
        ENGLISH,
        heads="employers workers",
    ),
)

# French and Spanish

_AU_DU: Final = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
_NOT_ELIDED: Final = re.compile(r"onz|oui\b|une?\b|ouate|uhlan|ululer|ouistiti|où")
_FRENCH: Final = (
    Slip(
        re.compile(
            r"\b(?P<les>(?i:les|des|ces|ses|mes|aux|plusieurs|quelques|certaine?s|différente?s|divers|diverses|nos|vos|leurs)) "
            rf"{_thing(ONE['fr'])}\b(?!-)"
        ),
        lambda m: f"{m['les']} {_many(m, 'fr')}",
        f"several are meant; {WRITE}",
        FRENCH,
        heads="les des ces ses mes aux plusieurs quelques certains certaines différents différentes divers diverses "
        "nos vos leurs",
    ),
    Slip(
        re.compile(rf"\b(?i:une?|le|la|ce|cette|chaque|au) {_thing(MANY['fr'].values())}\b(?!-)"),
        None,
        "the article stands for one, the noun for several",
        FRENCH,
        heads="un une le la ce cette chaque au",
    ),
    Slip(
        re.compile(
            r"\b(?P<de>de|à) (?P<le>les?) "
            + _thing([*EITHER["fr"], *"bureau département développement pays programme superviseur travail".split()])
            + r"\b"
        ),
        lambda m: f"{_AU_DU[m['de'], m['le']]} {m['thing']}",
        WRITE,
        FRENCH,
        heads="de à",
    ),
    Slip(
        re.compile(
            r"(?<![\w’'-])(?P<head>(?i:[dljnsm]e|que|la|lorsque|puisque|jusque)) "
            r"(?P<word>[aeiouàâéèêîôœ][a-zà-ÿœ]{2,40})(?![\w’'])"
        ),
        lambda m: f"{m['head'][:-1]}’{m['word']}",
        WRITE,
        FRENCH,
        heads="de le je ne se me que la lorsque puisque jusque",
        when=lambda m: not _NOT_ELIDED.match(m["word"]) and dictionaries.is_word("fr", m["word"]),
    ),
    Slip(re.compile(r"\b(?P<s>[Ss])i (?P<il>ils?)\b"), lambda m: f"{m['s']}’{m['il']}", WRITE, FRENCH, heads="si"),
)
_SPANISH: Final = (
    Slip(
        re.compile(
            r"\b(?P<los>(?i:l[oa]s|un[oa]s|est[oa]s|es[oa]s|divers[oa]s|vari[oa]s|much[oa]s|algun[oa]s|otr[oa]s|nuestr[oa]s)) "
            rf"{_thing(ONE['es'])}\b"
        ),
        lambda m: f"{m['los']} {_many(m, 'es')}",
        f"several are meant; {WRITE}",
        SPANISH,
        heads="los las unos unas estos estas esos esas diversos diversas varios varias muchos muchas algunos algunas "
        "otros otras nuestros nuestras",
    ),
    Slip(
        re.compile(rf"\b(?i:el|la|una?|este|esta|cada|del|al) {_thing(MANY['es'].values())}\b"),
        None,
        "the article stands for one, the noun for several",
        SPANISH,
        heads="el la un una este esta cada del al",
    ),
    Slip(
        re.compile(r"\b(?P<de>(?i:de|a)) el (?P<word>[a-záéíóúñü]{2,40})\b"),
        lambda m: f"{m['de']}l {m['word']}",
        WRITE,
        SPANISH,
        heads="de a",
        when=lambda m: dictionaries.is_word("es", m["word"]),
    ),
    Slip(
        re.compile(r"(?<![\w/])(?P<y>[yY]) (?P<word>h?i[b-df-hj-np-tv-xz]\w{1,40})"),
        lambda m: f"{_like(m['y'], 'e')} {m['word']}",
        f"“e” stands before the sound i; {WRITE}",
        SPANISH,
        heads="y",
        when=lambda m: dictionaries.is_word("es", m["word"]),
    ),
    Slip(
        re.compile(r"(?<![\w/])(?P<o>[oO]) (?P<word>h?o[a-záéíóúñ]\w{1,40})"),
        lambda m: f"{_like(m['o'], 'u')} {m['word']}",
        f"“u” stands before the sound o; {WRITE}",
        SPANISH,
        heads="o",
        when=lambda m: dictionaries.is_word("es", m["word"]),
    ),
)

SLIPS: Final = (*_ENGLISH, *_POSSESSIVES, *_FRENCH, *_SPANISH)


def wrong_grammar(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Articles, numbers and possessives that do not agree."""
    return marks(passage, SLIPS)
