"""Prose: whatever is pasted or typed becomes small, canonical HTML that says the same."""

import re
import time
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import prose

TAGS = """<p> </p> <ul> </ul> <ol> <ol\u00a0start="4"> </ol> <li> </li> <b> </b> <strong> </strong> <i> </i> <em> </em> <br> <br/>
<a\u00a0href="https://www.ilo.org/a?b=1&amp;c=2"> <a\u00a0href="mailto:jane@example.org"> <a\u00a0href="#"> <a\u00a0href="/inside"> </a>
<div> </div> <h2> </h2> <td> <table> </table> <span> </span> <u> <blockquote> </blockquote>""".replace("\n", " ").split(" ")
TAGS = [tag.replace("\u00a0", " ") for tag in TAGS]
TEXTS = [
    "work",
    "Côte d’Ivoire",
    " ",
    "  ",
    "\n",
    "\u00a0",
    "\u202f",
    "\u2009",
    "e\u0301",
    "&amp;",
    "&lt;b&gt;",
    "&",
    "<",
    "1 < 2",
    "\u200b",
    "\x0b",
    "12. months",
    "- x",
]
soup = st.lists(st.sampled_from(TAGS + TEXTS) | st.text(max_size=6), max_size=40).map("".join)


class Checker(HTMLParser):
    """Walks canonical prose and notes whatever is not allowed there."""

    PARENTS = {
        "p": {""},
        "ul": {"", "li"},
        "ol": {"", "li"},
        "li": {"ul", "ol"},
        "a": {"p", "li"},
        "strong": {"p", "li", "a"},
        "em": {"p", "li", "a", "strong"},
        "br": {"p", "li"},
    }

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [""]
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.open[-1] not in self.PARENTS.get(tag, set()):
            self.wrong.append(f"<{tag}> in <{self.open[-1]}>")
        for name, value in attrs:
            link = (tag, name) == ("a", "href") and re.match(r"(https?|mailto):", value or "", re.IGNORECASE)
            if not link and (tag, name) != ("ol", "start"):
                self.wrong.append(f"{name}={value}")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.open[-1] in ("", "ul", "ol"):
            self.wrong.append(f"bare text {data!r}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data!r}")


def what_is_wrong(markup: str) -> list[str]:
    checker = Checker()
    checker.feed(markup)
    checker.close()
    return checker.wrong + [f"<{tag}> left open" for tag in checker.open[1:]]


@settings(max_examples=400, deadline=None)
@given(soup)
def test_canonical_prose_stays_what_it_is_and_holds_nothing_else(markup: str) -> None:
    once = prose.canonical(markup)
    assert prose.canonical(once) == once
    assert prose.from_typed(once) == once
    assert prose.canonical(prose.safe(once)) == once
    assert what_is_wrong(once) == []


words = st.text("abcdefghijklmnopqrstuvwxyzéüñÀ0123456789", min_size=1, max_size=8)
block_tags = st.sampled_from(["<p>", "</p>", "<ul><li>", "<ol><li>", "<li>", "<br>", "<div>", "<h1>", " ", "\n"])
mark_tags = st.lists(
    st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<em>", "<u>", "</u>", "<a href='http://x.org/'>", "</a>"]), max_size=2
).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(words, mark_tags, block_tags, mark_tags), max_size=25))
def test_every_word_stays_and_stays_in_its_place(parts: list[tuple[str, str, str, str]]) -> None:
    markup = "".join("".join(part) for part in parts)
    assert prose.words(prose.canonical(markup)) == [unicodedata.normalize("NFC", part[0]) for part in parts]


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=80) | st.lists(st.sampled_from(["- a", "• b", "word", "", "  ", "2 < 3", "– c"]), max_size=12).map("\n".join)
)
def test_plain_text_keeps_its_words(text: str) -> None:
    markup = prose.from_plain(text)
    assert prose.canonical(markup) == markup
    typed = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))
    if not re.search(
        r"[\ud800-\udfff\u00ad\u200b\u2060\ufeff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f-\x9f]",
        text,
    ):
        assert re.findall(r"[^\W_]+", prose.text(markup)) == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>One</p><p>Two</p>", "<p>One</p><p>Two</p>"),
        ("One<br><br>Two", "<p>One</p><p>Two</p>"),
        ("<b>a</b>\n<b>b</b>", "<p><strong>a b</strong></p>"),
        ("<p>a<b> b</b> c</p>", "<p>a <strong>b</strong> c</p>"),
        ("<i><b>a</b></i>", "<p><strong><em>a</em></strong></p>"),
        ("<h2>Head</h2>text", "<p>Head</p><p>text</p>"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ol><li>a</li></ol><p></p><ol start='2'><li>b</li></ol>", "<ol><li>a</li><li>b</li></ol>"),
        ("<ol><li>a</li></ol><p>x</p><ol start='2'><li>b</li></ol>", '<ol><li>a</li></ol><p>x</p><ol start="2"><li>b</li></ol>'),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<ul><li></li><li>a</li></ul><p> </p>", "<ul><li>a</li></ul>"),
        ("<p>\u2009</p><p>a\u2009b\u202f: c</p>", "<p>a b\u202f: c</p>"),
        ("<a href='#'>x</a> <a href='/in'>y</a> <a href='file:///etc'>z</a>", "<p>x y z</p>"),
        ("<a href='https://ilo.org'>x</a>", '<p><a href="https://ilo.org">x</a></p>'),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a</p><p>b</p>"),
        ("e\u0301", "<p>é</p>"),
    ],
)
def test_what_is_pasted_becomes_what_it_says(typed: str, kept: str) -> None:
    assert prose.canonical(typed) == kept


EVIL = """<script>alert(1)</script>
<img src=x onerror=alert(1)>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<a href="javascript:alert(1)">x</a>
<a href=" java\tscript:alert(1)">x</a>
<a href="JaVaScRiPt:alert(1)">x</a>
<a href="&#106;avascript:alert(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="vbscript:x">x</a>
<a href="//evil.example">x</a>
<a href="http://ok.example" onclick="alert(1)" style="x" target="_blank">x</a>
<p onmouseover=alert(1)>x</p>
<iframe src="https://evil.example"></iframe>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<style>@import 'https://evil.example'</style>
<link rel=stylesheet href=https://evil.example>
<meta http-equiv=refresh content="0;url=https://evil.example">
<form action=https://evil.example><input name=x><button>go</button></form>
<object data=x></object><embed src=x>
<body onload=alert(1)>
<base href="https://evil.example/">
<!--[if IE]><script>alert(1)</script><![endif]-->
<scr<script>ipt>alert(1)</scr</script>ipt>
<<script>alert(1);//<</script>
&lt;script&gt;alert(1)&lt;/script&gt;
<p style="background:url(javascript:alert(1))">x
<ol start="1 onclick=alert(1)"><li>x</ol>
<a href="http://x&quot; onmouseover=&quot;alert(1)">x</a>
<textarea></textarea><script>alert(1)</script>
<xmp><script>alert(1)</script></xmp>
<template><script>alert(1)</script></template>""".split("\n")


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_dangerous_is_stored(evil: str) -> None:
    stored = prose.canonical(evil)
    assert what_is_wrong(stored) == []
    assert what_is_wrong(prose.canonical(f"<p>before</p>{evil}<p>after</p>")) == []
    assert prose.canonical(prose.safe(stored)) == stored


@pytest.mark.parametrize(
    "markup",
    [
        "<ul><li>a" * 8_000,
        "<div>a" * 4_000,
        "<b>x</p>" * 8_000,
        "<b>" * 30_000,
        "<a" * 50_000,
        "<p>" + "<b>a</b> <i>b</i> " * 4_000,
        "<p>" + "word " * 40_000,
        "<p>" + "a<br>" * 10_000,
    ],
)
def test_absurd_markup_costs_no_absurd_time(markup: str) -> None:
    begun = time.process_time()
    once = prose.canonical(markup)
    assert time.process_time() - begun < 5
    assert prose.canonical(once) == once


def test_deep_nesting_loses_no_word() -> None:
    deep = "".join(f"<div>w{number}" for number in range(500))
    assert prose.words(prose.canonical(deep)) == [f"w{number}" for number in range(500)]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("Tasks:\n- a\n- b\nend", "<p>Tasks:</p><ul><li>a</li><li>b</li></ul><p>end</p>"),
        ("2 < 3 & 4", "<p>2 &lt; 3 &amp; 4</p>"),
        ("<em>kept</em>", "<p><em>kept</em></p>"),
        ("12. months", "<p>12. months</p>"),
    ],
)
def test_a_plain_text_area_is_read_as_paragraphs_and_lists(typed: str, stored: str) -> None:
    assert prose.from_typed(typed) == stored


def test_a_lead_is_a_paragraph_that_ends_in_a_colon_before_the_first_list() -> None:
    assert prose.has_lead("<p>The JPO will:</p><ul><li>a</li></ul>")
    assert prose.has_lead("<p>First.</p><p>The JPO will:</p><ul><li>a</li></ul>")
    assert not prose.has_lead("<ul><li>a</li></ul><p>And:</p><ul><li>b</li></ul>")
    assert not prose.has_lead("<p>The JPO will:</p><p>work.</p>")


def test_a_line_is_one_line() -> None:
    assert prose.clean_line("  Geneva,\n\tSwitzerland\u00a0 \u200b") == "Geneva, Switzerland"
