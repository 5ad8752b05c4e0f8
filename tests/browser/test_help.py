"""What helps an author beside the boxes: who will decide, sentences to take, pieces of an old file, the count of words."""

import pytest
from playwright.sync_api import expect

from documents.prose import canonical, from_typed, words
from proposals.models import Doubt, Proposal
from proposals.writing import begin
from tests.browser.conftest import House
from tests.story import COMPLETE

pytestmark = pytest.mark.browser

DUTIES = "duties_and_responsibilities"
DECIDE = "CO-Jakarta: Director Diego Santoso, then HR Partner Hugo Marchetti for Asia and the Pacific, then the JPO unit."

SPACES = "\t\n\x0b\x0c\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2005\u200a\u2028\u2029\u202f\u205f\u3000"
TEXTS = [
    "", " ", "\n", "one", "one two", "It’s “curly”, isn't \"it\"?", "a – b — c - d", "non\xa0breaking\u202fspaces here",
    "-", "- one\n- two three", "• one\n  – two\n-three", "a\n\n- b\nc\r\nd\re", "\u200b- x", "- ", "日本語 の テキスト", "日本語",
    "👩\u200d👩\u200d👧 family 🇨🇭", "zero\u200bwidth soft\xadhyphen\ufeff word\u2060joiner", "\u202eright\u2066left\u2069",
    *(f"a{space}b" for space in SPACES), "a\x00b \x01 c\x7fd", "\ud83d alone", "a < b & c > d", "1 <2 3> 4", "<3", "&amp; &nbsp; x",
    "<p></p>", "<p>one</p><p>two</p>", "<p>one<br>two</p>", "<p>wo<strong>rd</strong> <em>an</em>d</p>", "<p>a</p>\n<p>b</p>",
    "<ul><li>a<ul><li>b</li><li>c d</li></ul></li><li>e</li></ul>", '<ol start="3"><li>x</li></ol>', "<p>a&nbsp;b&#8203;c &amp; d&lt;p&gt;</p>",
    '<p>See <a href="https://www.ilo.org/?a=1&amp;b=2">the site</a>.</p>', '<p title="a > b">x y</p>', "<p onclick='a'>x</p>",
    "<p>x<span>y</span> <font color=red>z</font></p>", "<div>a</div>b<p>c</p>", "<p>a<td>b</td>c</p>", "<table><tr><td>a</td><td>b</td></tr></table><p>c</p>",
    "<p>a<!-- not this --> b</p>", "<p>a<script>var b = 1</script>c</p><style>p {}</style>", "<P>BIG <STRONG>tags</STRONG></P>",
    "<p>never closed", "a <b>b</b> c", "<strong>only</strong> a mark", "<li>alone</li>", "<p>a < b</p>", "<p>a <b</p>", "<em", "x <br/> y",
    "<p>\u200bzero</p><p>\x85</p>", "<p>fin\u2028de\u2029ligne\x0btab</p>", "</p>", "<h1>a</h1><p>b</p>", "<p>1.500,00 € – “q”…</p>", "…",
]  # fmt: skip


def stored(proposal: Proposal, box: str) -> str:
    """What stands in a box now."""
    return Proposal.objects.whole().get(pk=proposal.pk).document()[box]


def test_the_browser_counts_words_as_the_server_does(house: House) -> None:
    proposal = begin(house.cast.ana, house.cast.offices["WORKSKILLS"], answers=COMPLETE)
    ana = house.visit("ana")
    ana.open("section", proposal.pk, DUTIES)
    found = ana.page.evaluate("texts => texts.map(window.jpoWords)", TEXTS)
    different = [(text, mine, n) for text, n in zip(TEXTS, found, strict=True) if (mine := len(words(from_typed(text)))) != n]
    assert different == []
    count = ana.page.locator("#id_key_outputs_words")
    ana.type("key_outputs", "one two\n- three")
    expect(count).to_have_text("3 words")
    ana.type("key_outputs", "word " * 640)
    expect(count).to_have_text("640 of at most 800 words")
    ana.type("key_outputs", "word " * 801)
    expect(ana.page.locator("#id_key_outputs_words.jpo-words--over")).to_have_text("801 of at most 800 words")
    expect(ana.page.locator("main > [role=status]")).to_have_text("801 of at most 800 words")
    ana.page.evaluate("document.dispatchEvent(new CustomEvent('jpo:saved', {detail: {words: {key_outputs: 7, gone: 1}}}))")
    expect(count).to_have_text("7 words")


def test_an_author_is_helped_from_the_choice_of_the_office_to_the_last_box(house: House) -> None:
    felix = house.visit("felix")
    felix.open("new_blank")
    felix.page.get_by_label("Type to shorten the list").fill("jakarta")
    expect(felix.page.get_by_text(DECIDE)).to_be_visible()
    felix.page.get_by_label("Type to shorten the list").fill("")
    felix.page.get_by_label("Office", exact=True).select_option(label="CO-Dakar – Country Office for Senegal")
    expect(felix.page.get_by_text("Director Sofia Ndiaye")).to_be_visible()
    felix.inspect()
    doubts = [
        ("duties", "Also this:\n- one", "No label."),
        ("duties", "Not that.", "?"),
        ("department", "of Asia", "?"),
        ("", "Somewhere.", "?"),
    ]
    proposal = begin(house.cast.felix, house.cast.offices["CO-Jakarta"], doubts=doubts)
    felix.open("overview", proposal.pk)
    expect(felix.page.get_by_text(DECIDE)).to_be_visible()
    felix.inspect()
    felix.page.locator(".jpo-aside").get_by_role("link", name="The way ahead, step by step").click()
    assert felix.heading == "The way ahead"
    assert "Supervision\n3 things missing" in felix.text
    felix.inspect()

    felix.open("section", proposal.pk, DUTIES)
    expect(felix.page.get_by_text(DECIDE)).to_be_visible()
    felix.page.locator("#div_id_key_outputs .jpo-example > summary").click()
    felix.inspect()
    felix.press("Use “… country notes on …”")
    assert canonical(felix.page.locator("#id_key_outputs").input_value()) == "<ul><li>… country notes on …</li></ul>"
    expect(felix.page.locator("#id_key_outputs_words")).to_have_text("5 words")
    felix.press("Put at the end of this text “Also this: - one”")
    felix.press("Not needed “Not that.”")
    expect(felix.page.get_by_text("It is left out;")).to_be_visible()
    assert felix.page.locator(".jpo-doubt").count() == 0
    felix.press("Save and stay")
    assert stored(proposal, "duties") == "<p>Also this:</p><ul><li>one</li></ul>"
    assert stored(proposal, "key_outputs") == "<ul><li>… country notes on …</li></ul>"
    expect(felix.page.locator(".jpo-doubt")).to_have_count(0)
    while Doubt.objects.filter(text__startswith="Also", settled_at=None).exists():  # the save settles it, a moment later
        felix.page.wait_for_timeout(100)
    assert [doubt.text for doubt in Doubt.objects.filter(settled_at=None)] == ["of Asia", "Somewhere."]

    felix.open("section", proposal.pk, "general_information")
    felix.inspect()
    felix.press("Put at the end of this text “of Asia”")
    line = felix.page.locator("#id_department")
    assert line.input_value().endswith("(CO-Jakarta) of Asia")
    line.press("Control+z")
    assert line.input_value().endswith("(CO-Jakarta)"), "as if it had been typed"


def test_the_same_help_without_scripts_on_a_phone(house: House) -> None:
    doubts = [("duties", "Also this:\n- one", "No label."), ("", "Somewhere.", "?")]
    proposal = begin(house.cast.felix, house.cast.offices["CO-Jakarta"], doubts=doubts)
    felix = house.visit("felix", phone=True, scripts=False)
    felix.open("section", proposal.pk, DUTIES)
    felix.type("duties", "Mine.")
    felix.page.locator("#div_id_key_outputs .jpo-example > summary").click()
    felix.press("Use “… country notes on …”")
    assert "Nothing is saved yet." in felix.text
    felix.press("Put at the end of this text “Also this: - one”")
    assert stored(proposal, "duties") == "<p>Mine.</p><p>Also this:</p><ul><li>one</li></ul>"
    assert stored(proposal, "key_outputs") == "<ul><li>… country notes on …</li></ul>"
    felix.follow("Who will decide: the way ahead")
    assert DECIDE in felix.text
    felix.follow("Back to overview")
    felix.page.get_by_label("Box for “Somewhere.”").select_option(label="Living conditions")
    felix.press("Put it there “Somewhere.”")
    assert stored(proposal, "living_conditions") == "<p>Somewhere.</p>"
    felix.page.get_by_text("Dealt with (2)").click()
    felix.press("Bring back “Somewhere.”")
    assert "Dealt with (1)" in felix.text
