"""A document as text, in the shape of the paper form: it reads back to the same boxes."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import prose
from documents.document import Document
from documents.form import Kind
from documents.plain import as_text
from documents.reader import read, stated_language
from proposals.sections import form

FORM = form("en")
OURS = Path(__file__).parent / "proposals_of_our_own"
DEMONSTRATION = Path(__file__).parents[2] / "workflow" / "demonstration"
HTML = re.compile(r"^<(?:p|ul|ol)\b", re.MULTILINE)

TAME = st.sampled_from(
    "work the JPO of Geneva, and plans reports; villages. boats: 12 2031 (ILO) e.g. No. 97 “quoted” Côte d’Ivoire $4.000 N/A a * b - c".split(
        " "
    )
)
WILD = st.sampled_from(
    """Minimum: Desirable: Title: INTRODUCTION Education Outcomes Page 2 | # ## > - 1. a) (b) o • – ** * _x_ [a](b) ![x](y) `c` \\ & &amp; &#65; < <b> <br> --- ___
    *** ~~~ === {#x} jane@example.org http://example.org www.example.org ... … \u00a0 \u202f 12 | 3/4 i.e. Year: 2031 The ILO has a smoke-free environment.
    International Labour Office During the period of assignment, the JPO will contribute to the following key outputs:""".replace(
        "\n", " "
    ).split(" ")
)


def texts(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Runs of words with marks and links, as HTML."""
    run = st.tuples(
        st.lists(words, min_size=1, max_size=6).map(" ".join).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
        st.sampled_from(
            [
                "{}",
                "{}",
                "{}",
                "<strong>{}</strong>",
                "<em>{}</em>",
                "<em><strong>{}</strong></em>",
                '<a href="https://example.org/a_(b)?c=*">{}</a>',
            ]
        ),
        st.sampled_from([" ", " ", " ", "", "<br>"]),
    ).map(lambda parts: parts[1].replace("{}", parts[0]) + parts[2])
    return st.lists(run, min_size=1, max_size=4).map("".join)


def proses(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Canonical prose: paragraphs and lists, nested."""
    text = texts(words)
    items = st.recursive(
        text,
        lambda inner: st.tuples(text, st.lists(inner, min_size=1, max_size=3), st.sampled_from(["ul", "ol", 'ol start="4"'])).map(
            lambda parts: f"{parts[0]}<{parts[2]}>{''.join(f'<li>{item}</li>' for item in parts[1])}</{parts[2][:2]}>"
        ),
        max_leaves=5,
    )
    lists = st.tuples(st.sampled_from(["ul", "ol"]), st.lists(items, min_size=1, max_size=4)).map(
        lambda parts: f"<{parts[0]}>{''.join(f'<li>{item}</li>' for item in parts[1])}</{parts[0]}>"
    )
    return st.lists(text.map(lambda one: f"<p>{one}</p>") | lists, max_size=4).map("".join).map(prose.canonical)


def documents(words: st.SearchStrategy[str]) -> st.SearchStrategy[Document]:
    """Documents with a few boxes filled."""
    line = st.lists(words, max_size=6).map(" ".join).map(prose.clean_line)
    boxes = {
        name: st.sampled_from(box.choices) if box.kind is Kind.CHOICE else proses(words) if box.kind is Kind.PROSE else line
        for name, box in FORM.boxes.items()
    }
    filled = st.sets(st.sampled_from(sorted(boxes)), min_size=1, max_size=8)
    return filled.flatmap(lambda names: st.fixed_dictionaries({name: boxes[name] for name in sorted(names)})).map(
        lambda answers: Document(FORM, {name: answers.get(name, "") for name in FORM.boxes})
    )


@settings(max_examples=25, deadline=None)
@given(documents(TAME))
def test_a_document_written_as_text_reads_back_the_same(document: Document) -> None:
    assert read(as_text(document).encode(), FORM).boxes == document.answers


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(documents(TAME | WILD))
def test_not_even_text_that_looks_like_labels_and_marks_is_misread(document: Document) -> None:
    assert read(as_text(document).encode(), FORM).boxes == document.answers


@pytest.mark.parametrize("path", sorted(OURS.glob("*.txt")), ids=lambda path: path.stem)
def test_our_own_proposals_read_back_without_a_doubt_and_without_tags(path: Path) -> None:
    document = Document(FORM, read(path.read_bytes(), FORM).boxes)
    text = as_text(document)
    again = read(text.encode(), FORM)
    assert (again.boxes, again.doubts) == (document.answers, ())
    assert not HTML.search(text)


@pytest.mark.parametrize("path", sorted(DEMONSTRATION.glob("*.json")), ids=lambda path: path.stem)
def test_the_demonstration_reads_back_in_its_language(path: Path) -> None:
    data = json.loads(path.read_text())
    worded = form(data["language"])
    document = Document(worded, {name: data["boxes"].get(name, "") for name in worded.boxes})
    text = as_text(document)
    assert not HTML.search(text)
    assert stated_language(text.encode()) == data["language"]
    again = read(text.encode(), worded)
    assert (again.boxes, again.doubts, again.language) == (document.answers, (), data["language"])


def test_a_mark_stands_first_and_is_no_doubt() -> None:
    document = Document(FORM, dict.fromkeys(FORM.boxes, "") | {"introduction": "<p>Words.</p>"})
    text = as_text(document, mark=FORM.words["draft_mark"])
    assert text.startswith("Draft – not for publication\n\n")
    assert read(text.encode(), FORM).doubts == ()


def test_the_text_has_the_shape_of_the_paper() -> None:
    boxes = read((OURS / "clean.txt").read_bytes(), FORM).boxes
    text = as_text(Document(FORM, boxes))
    assert "**Title:** Junior Professional Officer in village labour statistics\n" in text
    assert "Lena Fictive, Statistician, Village Data Unit, fictive@demo.example\n" in text
    assert (
        "Under the direct supervision of the supervisor, the JPO will perform the following duties and responsibilities:\n\n- Prepare"
        in text
    )
    assert "in particular:\n  - the list of households;\n  - the route of the boat;\n- Check" in text
    assert "1. Two rounds of interviews, documented.\n2. One booklet" in text
    assert "### Languages:\n\nMinimum:\n\nFluent English, spoken and written.\n\nDesirable:\n\nWorking" in text
    assert "See [the unit's page](https://example.org/villages) or write to [the unit](mailto:villages@demo.example)." in text


@pytest.mark.parametrize(
    "value",
    [
        "<p>first line</p><p>second line</p>",
        "<p>a line of more than sixty characters, which breaks where it was told<br>to break</p>",
        "<ul><li>one<br>two</li></ul><p>three</p>",
        "<p>Tasks:</p><ul><li>a:<ol><li>b</li><li>c</li></ol>after</li><li>d</li></ul>",
        "<p>12. months</p><p>- dash</p><p># hash</p><p>(a) letter</p><p>| pipe |</p><p>42</p>",
        "<p>2 * 3 * 4 _ &lt;b&gt; &amp;amp; [x](y) `c` \\</p>",
        '<p><strong>bo</strong>ld <em>a</em><strong><em>b</em></strong> <a href="mailto:a@b.example">write</a></p>',
        '<ol start="7"><li>seven</li><li>eight</li></ol>',
    ],
)
def test_prose_is_written_without_tags_wherever_marks_can_say_it(value: str) -> None:
    assert prose.canonical(value) == value
    document = Document(FORM, dict.fromkeys(FORM.boxes, "") | {"introduction": value})
    text = as_text(document)
    assert read(text.encode(), FORM).boxes == document.answers
    assert not HTML.search(text)


def test_an_empty_desirable_prints_nothing() -> None:
    text = as_text(Document(FORM, dict.fromkeys(FORM.boxes, "")))
    assert "Minimum:" in text
    assert "Desirable:" not in text


def test_a_document_as_long_as_the_form_allows_is_still_written() -> None:
    long = "".join(f"<p>{'word ' * 99}word.</p>" for _ in range(60))
    text = as_text(Document(FORM, {name: long if box.kind is Kind.PROSE else "" for name, box in FORM.boxes.items()}))
    assert text.count("word") == 60 * 100 * sum(box.kind is Kind.PROSE for box in FORM.boxes.values())
