"""What changed between two texts: each kind of change by hand, and that no word is invented or lost, whatever the texts."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.comparison import Change, Sign, Take, changes, compare, compose, stretches, words_between
from documents.document import Document
from documents.form import Box, Form, Kind, Section
from documents.lines import joined, lines
from documents.prose import canonical, text, words
from proposals.sections import form
from tests.story import COMPLETE

MARKS = {Sign.SAME: "{}", Sign.REMOVED: "[-{}-]", Sign.ADDED: "[+{}+]"}


def told(change: Change) -> str:
    """A line as a test can read it: "1• Changed: an [-old-][+new+] word"."""
    said = "".join(MARKS[piece.sign].format(piece.text) for piece in change.pieces)
    links = "".join(f" <{'+' if sign is Sign.ADDED else '-'}{address}>" for sign, address in change.links)
    return f"{change.line.depth}{change.line.marker} {f'{change.tag}: ' if change.tag else ''}{said}{links}"


# What is read between two texts; a line of a list begins with its depth and marker
CASES = {
    "nothing": ("<p>One.</p><ul><li>two</li></ul>", "<p>One.</p><ul><li>two</li></ul>", ["0 One.", "1• two"]),
    "both empty": ("", "", []),
    "first words": ("", "<p>New.</p>", ["0 Added: [+New.+]"]),
    "last words": ("<p>Old.</p>", "", ["0 Removed: [-Old.-]"]),
    "a word changed": (
        "<p>The JPO will draft the programs of work.</p>",
        "<p>The JPO will draft the programmes of work.</p>",
        ["0 The JPO will draft the [-programs-][+programmes+] of work."],
    ),
    "words added and removed": (
        "<p>Establish and/or maintain a database for monitoring.</p>",
        "<p>Establish and maintain a public database for monitoring.</p>",
        ["0 Establish and[-/or-] maintain a[+ public+] database for monitoring."],
    ),
    "crumbs between changes are part of the change": (
        "<p>The report is due in spring of next year at the latest.</p>",
        "<p>The report is due within autumn of this month at the latest.</p>",
        ["0 The report is due [-in spring of next year-][+within autumn of this month+] at the latest."],
    ),
    "a block added": (
        "<p>First.</p><p>Last.</p>", "<p>First.</p><p>In between.</p><p>Last.</p>",
        ["0 First.", "0 Added: [+In between.+]", "0 Last."],
    ),
    "a block removed": (
        "<p>First.</p><p>In between.</p><p>Last.</p>", "<p>First.</p><p>Last.</p>",
        ["0 First.", "0 Removed: [-In between.-]", "0 Last."],
    ),
    "what went stands before what came": (
        "<p>A.</p><p>Quite another matter.</p><p>Z.</p>", "<p>A.</p><p>Something new.</p><p>Z.</p>",
        ["0 A.", "0 Removed: [-Quite another matter.-]", "0 Added: [+Something new.+]", "0 Z."],
    ),
    "what goes on with a list stands first": (
        "<ul><li>one</li></ul><p>Quite another matter.</p>", "<ul><li>one</li><li>two</li></ul><p>In the end.</p>",
        ["1• one", "1• Added: [+two+]", "0 Removed: [-Quite another matter.-]", "0 Added: [+In the end.+]"],
    ),
    "a line moved": (
        "<ul><li>one</li><li>two</li><li>three</li><li>four</li></ul>",
        "<ul><li>two</li><li>three</li><li>four</li><li>one</li></ul>",
        ["1• two", "1• three", "1• four", "1• Moved: one"],
    ),
    "the same line twice, one of them moved": (
        "<p>x</p><p>a b c</p><p>x</p><p>d e f</p>", "<p>a b c</p><p>x</p><p>d e f</p><p>x</p>",
        ["0 a b c", "0 x", "0 d e f", "0 Moved: x"],
    ),
    "an item nested": (
        "<ul><li>Prepare notes:</li><li>for Africa</li></ul>", "<ul><li>Prepare notes:<ul><li>for Africa</li></ul></li></ul>",
        ["1• Prepare notes:", "2• Formatting: for Africa"],
    ),
    "a nested item added": (
        "<ul><li>Prepare notes:<ul><li>for Africa</li></ul></li><li>Other</li></ul>",
        "<ul><li>Prepare notes:<ul><li>for Africa</li><li>for Asia</li></ul></li><li>Other</li></ul>",
        ["1• Prepare notes:", "2• for Africa", "2• Added: [+for Asia+]", "1• Other"],
    ),
    "a numbered item put in between changes no other": (
        "<ol><li>one</li><li>three</li></ol>", "<ol><li>one</li><li>two</li><li>three</li></ol>",
        ["11. one", "12. Added: [+two+]", "13. three"],
    ),
    "bold": ("<p>Ask first.</p>", "<p>Ask <strong>first</strong>.</p>", ["0 Formatting: Ask first."]),
    "bullets become numbers": (
        "<ul><li>one</li><li>two</li></ul>", "<ol><li>one</li><li>two</li></ol>",
        ["11. Formatting: one", "12. Formatting: two"],
    ),
    "a list begins with another number": (
        "<ol><li>one</li></ol>", '<ol start="3"><li>one</li></ol>', ["13. Formatting: one"],
    ),
    "one list becomes two": (
        "<ol><li>one</li><li>two</li></ol>", "<ol><li>one</li></ol><ol><li>two</li></ol>", ["11. one", "11. Formatting: two"],
    ),
    "a paragraph becomes an item": ("<p>one</p>", "<ul><li>one</li></ul>", ["1• Formatting: one"]),
    "a link's target": (
        '<p>See <a href="https://old.example/">the page</a>.</p>', '<p>See <a href="https://new.example/">the page</a>.</p>',
        ["0 Link: See the page. <-https://old.example/> <+https://new.example/>"],
    ),
    "a link added with its words": (
        "<p>See the page of the unit.</p>", '<p>See the page of the unit <a href="https://new.example/">here</a>.</p>',
        ["0 See the page of the unit[+ here+]. <+https://new.example/>"],
    ),
    "a line break": ("<p>one two</p>", "<p>one<br>two</p>", ["0 one[- -][+\n+]two"]),
    "everything": (
        "<p>The unit advises governments.</p><ul><li>old duty</li></ul>",
        "<p>Nous conseillons les ministères.</p><ul><li>tâche nouvelle</li></ul>",
        ["0 Removed: [-The unit advises governments.-]", "1• Removed: [-old duty-]",
         "0 Added: [+Nous conseillons les ministères.+]", "1• Added: [+tâche nouvelle+]"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_read_as_what_it_is(case):
    earlier, later, expected = CASES[case]
    assert canonical(earlier) == earlier
    assert canonical(later) == later
    assert [told(change) for change in changes(earlier, later)] == expected


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("in labour law", "in labour law", ["0 in labour law"]),
        ("in labour law", "in tax law", ["0 in [-labour-][+tax+] law"]),
        ("P1", "P2", ["0 [-P1-][+P2+]"]),
        ("", "P2", ["0 Added: [+P2+]"]),
        ("P1", "", ["0 Removed: [-P1-]"]),
        ("", "", []),
        ("<b>x</b>", "<i>x</i>", ["0 <[-b-][+i+]>x</[-b-][+i+]>"]),
    ],
)
def test_a_box_of_one_line_is_compared_word_by_word(earlier, later, expected):
    assert [told(change) for change in changes(earlier, later, Kind.LINE)] == expected


def test_words_keep_their_marks_and_nothing_of_a_text_becomes_a_tag():
    earlier, later = (
        "<p>a <strong>bold</strong> 1 &lt; 2 word</p>",
        '<p>a <strong>bo<em>l</em>d</strong> 1 &lt; 3 <a href="mailto:x@y.z">word</a></p>',
    )
    assert [piece.html for change in changes(earlier, later) for piece in change.pieces] == [
        "a <strong>bo<em>l</em>d</strong> 1 &lt; ",
        "2",
        "3",
        ' <a href="mailto:x@y.z">word</a>',
    ]
    assert [piece.html for piece in changes(earlier, later)[0].was] == ["a <strong>bold</strong> 1 &lt; ", "2", " word"]
    [line] = changes("x", "<script>y</script>", Kind.LINE)
    assert [piece.html for piece in line.pieces] == ["x", "&lt;script&gt;y&lt;/script&gt;"]


def test_lines_that_stay_together_are_one_stretch():
    compared = changes("<p>a</p><p>b</p><p>c</p><p>d</p>", "<p>a</p><p>b</p><p>new words</p><p>d</p>")
    assert [(differ, [told(change) for change in group]) for differ, group in stretches(compared)] == [
        (False, ["0 a", "0 b"]),
        (True, ["0 Removed: [-c-]", "0 Added: [+new words+]"]),
        (False, ["0 d"]),
    ]


# Whole documents


def test_documents_are_compared_section_by_section_and_box_by_box():
    earlier = Document(form("en"), COMPLETE)
    later = Document(form("en"), COMPLETE | {"grade": "P1", "key_outputs": "<ul><li>Two country notes.</li></ul>", "unit": ""})
    found = compare(earlier, later)
    assert [part.section.name for part in found] == [section.name for section in form("en").sections]
    assert {box.box.name: [told(c) for c in box.changes] for part in found for box in part.differing} == {
        "grade": ["0 [-P2-][+P1+]"],
        "unit": ["0 Removed: [-Youth and Apprenticeships Unit (WORKSKILLS/YOUTH)-]"],
        "key_outputs": ["1• Two country notes.", "1• Removed: [-One annotated list of sources.-]"],
    }
    assert [box.box.name for box in found[0].staying] == ["title", "duty_station", "duration", "department"]


def test_a_box_that_only_one_edition_of_the_form_knows_is_shown_too():
    def document(*boxes: str, more: str = "") -> Document:
        sections = [Section("one", 1, "One", tuple(Box(name, Kind.LINE) for name in boxes))]
        sections += [Section(more, 2, more, (Box(more, Kind.LINE),))] if more else []
        return Document(Form("1", "en", "", "", "", "", tuple(sections), ()), {name: f"in {name}" for name in (*boxes, more)})

    found = compare(document("a", "b", more="gone"), document("c", "a"))
    assert [[box.box.name, *map(told, box.changes)] for part in found for box in part.boxes] == [
        ["c", "0 Added: [+in c+]"],
        ["a", "0 in a"],
        ["b", "0 Removed: [-in b-]"],
        ["gone", "0 Removed: [-in gone-]"],
    ]


def test_words_are_counted_wherever_they_stand():
    line, prose = Box("a", Kind.LINE), Box("b", Kind.PROSE)
    before = {line: "in labour law", prose: "<p>one two two</p>"}
    after = {line: "in tax law", prose: "<ul><li>two</li><li>one</li><li>six seven</li></ul>"}
    assert words_between(before, after) == (3, 2)
    assert words_between(before, before) == (0, 0)


# One text of two

MINE = "<p>Mine to begin.</p><ul><li>shared one</li><li>only mine</li><li>a duty that both wrote, mine</li></ul>"
THEIRS = "<ul><li>shared one</li><li>a duty that both wrote, theirs</li><li>only theirs</li></ul><p>Theirs to end.</p>"


def composed(*choices: Take) -> str:
    """Of their text and mine, in this order: the first paragraph, mine, both's duty, theirs, the last paragraph."""
    return compose(changes(THEIRS, MINE, moves=False), choices)


def test_parts_of_two_texts_make_one():
    mine, theirs, both = Take.LATER, Take.EARLIER, Take.BOTH
    assert [told(c) for c in changes(THEIRS, MINE, moves=False) if c.differs] == [
        "0 Added: [+Mine to begin.+]",
        "1• Added: [+only mine+]",
        "1• a duty that both wrote, [-theirs-][+mine+]",
        "1• Removed: [-only theirs-]",
        "0 Removed: [-Theirs to end.-]",
    ]
    assert composed(mine, mine, mine, mine, mine) == MINE
    assert composed(theirs, theirs, theirs, theirs, theirs) == THEIRS
    assert composed(theirs, mine, both, theirs, mine) == (
        "<ul><li>shared one</li><li>only mine</li><li>a duty that both wrote, mine</li>"
        "<li>a duty that both wrote, theirs</li><li>only theirs</li></ul>"
    )
    assert composed(both, both, both, both, both) == (
        "<p>Mine to begin.</p><ul><li>shared one</li><li>only mine</li><li>a duty that both wrote, mine</li>"
        "<li>a duty that both wrote, theirs</li><li>only theirs</li></ul><p>Theirs to end.</p>"
    )


def test_numbered_items_of_two_texts_share_one_list():
    compared = changes("<ol><li>one</li><li>theirs</li></ol>", "<ol><li>mine so far</li><li>one</li></ol>", moves=False)
    assert compose(compared, [Take.BOTH] * 2) == "<ol><li>mine so far</li><li>one</li><li>theirs</li></ol>"


def test_two_lists_of_one_text_stay_two():
    earlier, later = "<ol><li>one</li></ol><ol><li>two</li></ol>", "<ol><li>one</li></ol><ol><li>two</li><li>three</li></ol>"
    compared = changes(earlier, later, moves=False)
    assert [compose(compared, [take]) for take in (Take.EARLIER, Take.LATER)] == [earlier, later]


def test_a_nested_item_whose_own_item_is_left_out_stays():
    compared = changes("<ul><li>x</li></ul>", "<ul><li>x</li><li>parent<ol><li>child</li></ol></li></ul>", moves=False)
    assert compose(compared, [Take.EARLIER, Take.LATER]) == "<ul><li>x<ol><li>child</li></ol></li></ul>"


# Whatever the texts

FRAGMENTS = ["<p>", "</p>", "<ul>", "</ul>", "<ol>", '<ol start="3">', "</ol>", "<li>", "</li>", "<strong>", "</strong>", "<em>"]
FRAGMENTS += [
    "</em>",
    "<br>",
    '<a href="https://x.example/">',
    '<a href="mailto:a@b.c">',
    "</a>",
    "a ",
    "b",
    "c, ",
    " d",
    "é",
    "&lt;",
]
PROSE = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=40).map(lambda parts: canonical("".join(parts)))


def said(compared: tuple[Change, ...], was: bool) -> list[str]:
    """The lines of the earlier or of the later text, read back from the marks."""
    kept = [change for change in compared if (change.earlier if was else change.later)]
    return ["".join(piece.text for piece in (change.was if was else change.now)) for change in kept]


@settings(max_examples=200)
@given(PROSE, PROSE)
def test_no_word_is_invented_or_lost(earlier, later):
    compared, straight = changes(earlier, later), changes(earlier, later, moves=False)
    was, now = [line.text for line in lines(earlier)], [line.text for line in lines(later)]
    assert (said(straight, was=True), said(straight, was=False)) == (was, now)
    assert (sorted(said(compared, was=True)), said(compared, was=False)) == (sorted(was), now)
    assert " ".join(now).split() == words(later)
    assert any(change.differs for change in compared) == (earlier != later) == any(change.differs for change in straight)


@settings(max_examples=150)
@given(PROSE, PROSE, st.randoms(use_true_random=False))
def test_one_text_of_two_is_each_of_them_or_a_canonical_one(earlier, later, dice):
    compared = changes(earlier, later, moves=False)
    differing = sum(change.differs for change in compared)
    assert compose(compared, [Take.EARLIER] * differing) == earlier
    assert compose(compared, [Take.LATER] * differing) == later
    some = [dice.choice(list(Take)) for _ in range(differing)]
    mixed = compose(compared, some)
    assert canonical(mixed) == mixed
    kept = [change for change in compared if not change.differs]
    assert set(words(mixed)) <= set(words(earlier)) | set(words(later))
    assert len(lines(mixed)) <= len(compared) + differing
    assert all(change.line.text.split("\n")[0] in text(mixed) for change in kept)


@settings(max_examples=100)
@given(PROSE)
def test_lines_are_the_text_they_were_made_of(markup):
    assert joined((line, True) for line in lines(markup)) == markup


# How long it takes


def seconds(earlier: str, later: str) -> float:
    """How long two texts take to be compared."""
    begun = time.process_time()
    compared = changes(earlier, later)
    taken = time.process_time() - begun
    assert " ".join(said(compared, was=False)).split() == words(later)
    return taken


def many(pattern: str, most: int = 30_000) -> str:
    return canonical(pattern * (most // len(pattern)))


def shuffled(words: int, seed: int, ground: int, each: str = "<p>{}</p>") -> str:
    """Words drawn from a small vocabulary, a paragraph for every twelve: nothing compares worse."""
    dice = random.Random(seed)
    drawn = [f"w{dice.randrange(ground)}" for _ in range(words)]
    return canonical("".join(each.format(" ".join(drawn[at : at + 12])) for at in range(0, words, 12)))


HARD = {
    "one word": (many("a "), many("a b ")),
    "one letter a line": (many("<p>a</p>"), many("<p>b</p><p>a</p>")),
    "lines of one letter": (many("<p>a</p><p>b</p>"), many("<p>b</p><p>c</p><p>a</p>")),
    "few words": (shuffled(8000, 1, 5), shuffled(8000, 2, 5)),
    "many words": (shuffled(6000, 1, 400), shuffled(6000, 2, 400)),
    "as many lines as are paired": (shuffled(2880, 1, 400), shuffled(2880, 2, 400)),
    "one paragraph": (shuffled(6000, 1, 400, "{} "), shuffled(6000, 2, 400, "{} ")),
    "few words in one paragraph": (shuffled(8000, 1, 7, "{} "), shuffled(8000, 2, 7, "{} ")),
    "commas": (many(", . "), many(". , ; ")),
    "no spaces": (many("a.b,"), many("b.a,c")),
}


@pytest.mark.parametrize("case", HARD)
def test_the_hardest_texts_take_no_second(case):
    assert seconds(*HARD[case]) < 1


def test_whole_proposals_are_compared_at_once():
    dice = random.Random(7)
    vocabulary = [f"word{n}" for n in range(900)]

    def text_of(number: int) -> str:
        return "".join(f"<li>{' '.join(dice.choices(vocabulary, k=30))}.</li>" for _ in range(number))

    before = {name: f"<ul>{text_of(5)}</ul>" for name, box in form("en").boxes.items() if box.kind is Kind.PROSE}
    after = {name: answer.replace("word1", "term1").replace("word7", "term7 or so") for name, answer in before.items()}
    one, other = Document(form("en"), before), Document(form("en"), after)
    assert sum(len(words(answer)) for answer in before.values()) > 2_200
    begun = time.process_time()
    found = compare(one, other)
    assert time.process_time() - begun < 1  # a tenth of that where nothing else is at work
    assert all(box.differs for part in found for box in part.boxes if box.box.kind is Kind.PROSE)
