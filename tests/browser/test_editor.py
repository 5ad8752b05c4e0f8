"""The editor of prose boxes: what is typed, pasted and put in is what is stored; nobody is trapped, and no word is lost."""

import gzip
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from playwright.sync_api import expect

from documents.prose import canonical
from proposals.models import Proposal
from proposals.sections import TEMPLATE
from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.documents.invented import ANSWERS
from tests.story import COMPLETE, draft

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
CLIPBOARD = Path(__file__).parent / "clipboard"
MOST_KILOBYTES = 300

ODD = """
<ul><li>a<ul><li>b<ol start="4"><li>c<ul><li>d</li></ul></li></ol>after</li></ul>then</li></ul>
<ul><li><ul><li>x</li></ul></li><li>y</li></ul>
<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol>d<br>e</li></ul>
<p><a href="https://x.example/?a=1&amp;b=%22">a <strong>b <em>c</em></strong><em> d</em></a><br>e</p>
<ol start="0"><li>z</li></ol><ol start="-3"><li>m</li></ol><ol><li>o</li></ol>
<p>Objectif\u00a0: x\u202f; «\u00a0y\u00a0»</p>
<p>a &lt;b&gt; &amp;amp; "q" 'r' … 😀 е́</p>
<p>- no list</p><p>1. nor this</p>
""".strip().split("\n")


def texts() -> list[str]:
    """Every prose of the invented proposals, of the demonstration and of the complete text, and odd shapes."""
    demonstration = [json.loads(file.read_text())["boxes"] for file in (ROOT / "workflow/demonstration").glob("*.json")]
    answers = [answer for boxes in (ANSWERS, COMPLETE, *demonstration) for answer in boxes.values()]
    return [canonical(text) for text in ["", *ODD, *answers] if text.startswith("<") or not text]


def keys(visitor: Visitor, *strokes: str) -> None:
    """Strikes keys by their names; "~abc" types letters."""
    for stroke in strokes:
        if stroke.startswith("~"):
            visitor.page.keyboard.type(stroke[1:])
        else:
            visitor.page.keyboard.press(stroke)
        # The cursor of a browser moves before it tells; hands are slower than that.
        visitor.page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def begin(visitor: Visitor, text: str, box: str = "introduction") -> None:
    """Sets the text of a box; the cursor stands at its end."""
    visitor.page.evaluate(
        "([box, text]) => { const editor = document.getElementById('id_' + box).jpoEditor; editor.replace(text); editor.focus(); }",
        [box, text],
    )
    keys(visitor, "Control+End")


def says(visitor: Visitor, box: str = "introduction") -> str:
    """What would be stored of a box."""
    return canonical(visitor.page.locator(f"#id_{box}").input_value())


def focused(visitor: Visitor) -> str:
    """What has the focus: its id or its name."""
    return str(
        visitor.page.evaluate(
            "it => it.id || it.getAttribute('aria-label') || it.innerText.split('\\n')[0]",
            visitor.page.evaluate_handle("document.activeElement"),
        )
    )


def weight(visitor: Visitor) -> Iterator[tuple[str, int]]:
    """The files that the page has fetched, each with its size as WhiteNoise sends it: compressed, where that is smaller."""
    for address in visitor.page.evaluate("performance.getEntriesByType('resource').map(one => one.name)"):
        _, static, name = urlsplit(address).path.partition(settings.STATIC_URL)
        if not static:
            continue  # who else is here, who will decide: a few hundred bytes
        content = Path(str(find(name))).read_bytes()
        yield address, min(len(content), len(gzip.compress(content)), len(brotli.compress(content)))


def test_every_text_comes_out_of_the_editor_as_it_went_in(house: House) -> None:
    lists = '<p>Lead:</p><ul><li>a<ol start="3"><li>b</li></ol>after</li></ul>'
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], duties=lists)
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "duties_and_responsibilities")
    sizes = dict(weight(ana)) | {"the page": len(ana.page.content().encode())}
    assert any("prosemirror" in address for address in sizes) and any(address.endswith(".woff2") for address in sizes)
    assert sum(sizes.values()) < MOST_KILOBYTES * 1000, sizes
    changed = [
        (text, arrived)
        for text in texts()
        if canonical(arrived := ana.page.evaluate(
            """text => {
              const area = document.getElementById("id_duties");
              area.jpoEditor.replace("<p>something else</p>");
              area.jpoEditor.replace(text);
              return area.value;
            }""",
            text,
        )) != text
    ]  # fmt: skip
    assert len(texts()) > 200 and changed == []

    ana.page.evaluate("text => document.getElementById('id_duties').jpoEditor.replace(text)", lists)
    ana.press("Save and stay")
    ana.page.reload()
    served = ana.page.evaluate("[...document.querySelectorAll('textarea')].map(area => area.defaultValue)")
    begin(ana, "<p>Typed and taken back</p>", "duties")
    assert says(ana, "duties") == "<p>Typed and taken back</p>"
    keys(ana, "Control+z")
    assert ana.page.evaluate("[...document.querySelectorAll('textarea')].map(area => area.value)") == served
    begin(ana, "<p>Typed and reset</p>", "duties")
    ana.page.evaluate("document.getElementById('section').reset()")
    expect(ana.page.locator("#id_duties_editor")).to_contain_text("after")
    assert ana.page.evaluate("[...document.querySelectorAll('textarea')].map(area => area.value)") == served
    ana.open("section", proposal.pk, "introduction")
    ana.press("Save and stay")
    assert Proposal.objects.whole().get(pk=proposal.pk).introduction.revision == 0, "what is not touched is not saved"


TYPED = [
    # what stands there, what is struck, what is stored
    ("", "~- one | Enter | ~two | Tab | ~x | Enter | Enter | Enter | ~end",
     "<ul><li>one<ul><li>twox</li></ul></li></ul><p>end</p>"),
    ("", "~1. a | Enter | ~b", "<ol><li>a</li><li>b</li></ol>"),
    ("", "~- | Space | Backspace | ~x", "<p>- x</p>"),
    ("<p>x</p>", "Enter | ~12. months", "<p>x</p><p>12. months</p>"),
    ("<ol><li>a</li></ol>", "Enter | Enter | ~2. b", "<ol><li>a</li><li>b</li></ol>"),
    ("<ol><li>a</li><li>b</li><li>c</li></ol>", "ArrowUp | Home | Backspace",
     '<ol><li>a</li></ol><p>b</p><ol start="2"><li>c</li></ol>'),
    ("<ol><li>a</li><li>b</li><li>c</li></ol>", "ArrowUp | Home | Backspace | Backspace", "<ol><li>ab</li><li>c</li></ol>"),
    ("<ul><li>a<ul><li>n</li></ul></li><li>b</li></ul>", "Home | Backspace | Backspace",
     "<ul><li>a<ul><li>nb</li></ul></li></ul>"),
    ("<ul><li>a</li></ul><p>p</p>", "Home | Backspace", "<ul><li>ap</li></ul>"),
    ("<ul><li>a</li><li>b</li></ul>", "Control+Home | End | Delete", "<ul><li>ab</li></ul>"),
    ("<ul><li>a</li><li>b</li></ul>", "ArrowLeft | Tab | Tab | Shift+Tab | Tab", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
    ("<ul><li>a</li></ul>", "Shift+Enter | ~b | Enter | ~c", "<ul><li>a<br>b</li><li>c</li></ul>"),
    ("<p>a</p><p>b</p>", "Control+a | Control+Shift+Digit8", "<ul><li>a</li><li>b</li></ul>"),
    ("<p>a</p><p>b</p>", "Control+a | Control+Shift+Digit8 | Control+Shift+Digit7", "<ol><li>a</li><li>b</li></ol>"),
    ("<p>a</p><p>b</p>", "Control+a | Control+Shift+Digit8 | Control+Shift+Digit8", "<p>a</p><p>b</p>"),
    ("<p>a</p><ul><li>b<ul><li>c</li></ul></li></ul><p>d</p>", "Control+a | Control+Shift+Digit7",
     "<ol><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ol>"),
    ('<ol start="3"><li>a</li></ol><p>b</p>', "Control+Shift+Digit7", '<ol start="3"><li>a</li><li>b</li></ol>'),
    ("", "Control+b | ~bold | Control+b | ~ plain | Control+i | ~it", "<p><strong>bold</strong> plain<em>it</em></p>"),
    ("", "~one | Control+z | Control+y", "<p>one</p>"),
    ("<p>a</p>", "Enter | Enter | ~b", "<p>a</p><p>b</p>"),
]  # fmt: skip


def test_lists_and_marks_are_typed_as_people_expect(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "introduction")
    told = []
    for before, struck, _after in TYPED:
        begin(ana, before)
        keys(ana, *struck.split(" | "))
        told.append((before, struck, says(ana)))
    assert told == TYPED

    begin(ana, "<p>Read the report.</p>")
    keys(ana, "Control+k", "~javascript:alert(1)", "Enter")
    expect(ana.page.get_by_role("alert")).to_contain_text("A link leads to a web address that begins with https://")
    assert focused(ana) == "jpo-link-address"
    ana.inspect()
    keys(ana, "Control+a", "~www.ilo.org", "Tab", "~ Here", "Enter", "~ it is.")
    assert says(ana) == '<p>Read the report.<a href="https://www.ilo.org">Here</a> it is.</p>'
    keys(ana, *["ArrowLeft"] * 8, "Control+k", "Control+a", "~ann@demo.example", "Enter")
    assert says(ana) == '<p>Read the report.<a href="mailto:ann@demo.example">Here</a> it is.</p>'
    keys(ana, "Control+k")
    ana.press("Remove link")
    assert (says(ana), focused(ana)) == ("<p>Read the report.Here it is.</p>", "id_introduction_editor")


def test_the_keyboard_leads_in_and_out_of_an_editor(house: House) -> None:
    text = "<ul><li>a</li><li>b</li></ul>"
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], duties=text)
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "duties_and_responsibilities")
    box = ana.page.get_by_role("textbox", name="Duties and responsibilities")
    expect(box).to_have_attribute("lang", "en")
    expect(box).to_have_accessible_description(re.compile("main tasks.*press Escape, then Tab, to leave the box"))
    ana.page.locator("label[for=id_duties]").click()
    expect(box).to_be_focused()
    keys(ana, "Tab")  # whoever only passes by changes nothing
    assert (says(ana, "duties"), focused(ana)) == (text, "Add a note")
    keys(ana, "Shift+Tab", "ArrowDown", "Tab")
    assert says(ana, "duties") == "<ul><li>a<ul><li>b</li></ul></li></ul>"
    keys(ana, "Shift+Tab")
    assert (says(ana, "duties"), focused(ana)) == (text, "id_duties_editor")
    keys(ana, "Escape", "Tab")
    assert (says(ana, "duties"), focused(ana)) == (text, "Add a note")

    keys(ana, "Shift+Tab", "Alt+F10")
    walk = []
    for key in ("ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home"):
        keys(ana, key)
        walk.append(focused(ana))
    assert walk == ["Italic", "Redo", "Bold", "Redo", "Bold"]
    bold = ana.page.get_by_role("toolbar").first.get_by_role("button", name="Bold")
    expect(bold).to_have_attribute("aria-pressed", "false")
    keys(ana, "Enter")
    expect(bold).to_have_attribute("aria-pressed", "true")
    expect(bold).to_be_focused()
    keys(ana, "Escape", "~!")
    assert "<strong>!</strong>" in says(ana, "duties")
    ana.page.goto(f"{ana.page.url.partition('#')[0]}#id_key_outputs")
    ana.page.reload()
    assert focused(ana) == "id_key_outputs_editor"


def test_the_gaps_of_an_example_are_filled_one_after_the_other(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], learning_elements="<p>Own words …</p>")
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "training_components_and_learning_elements")
    ana.page.locator("#div_id_learning_elements .jpo-example > summary").click()
    ana.press("Use this example for “Learning elements”", exact=False)
    gaps = ana.page.locator("#id_learning_elements_editor .jpo-gap")
    count = gaps.count()
    assert count > 3 and ana.page.evaluate("getSelection().toString()") == "…"
    assert focused(ana) == "id_learning_elements_editor"
    keys(ana, "~first", "Tab", "Tab", "Shift+Tab", "~second")
    assert gaps.count() == count - 2
    ana.inspect()
    ana.page.evaluate("document.getElementById('id_learning_elements').jpoEditor.focus()")
    for _ in range(count - 2):
        keys(ana, "Tab", "~more")
    assert (gaps.count(), says(ana, "learning_elements").count("…")) == (0, 1)  # that of the author's own words is no gap
    written = says(ana, "learning_elements")
    assert written.startswith("<p>Own words …</p>") and "first" in written and written.index("first") < written.index("second")
    keys(ana, "Tab")
    assert says(ana, "learning_elements") == written and focused(ana) != "id_learning_elements_editor"


PASTE = """([html, text, file]) => {
  const area = document.getElementById("id_introduction"), data = new DataTransfer();
  if (html) data.setData("text/html", html);
  if (text) data.setData("text/plain", text);
  if (file) data.items.add(new File(["x"], "logo.png", {type: "image/png"}));
  area.parentElement.querySelector("[role=textbox]").dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
  return area.value;
}"""
PUT = [
    # where the cursor stands, what is pasted, what is stored
    ("<ul><li>a</li></ul>", "Enter", "<ul><li>x<ul><li>y</li></ul></li><li>z</li></ul>",
     "<ul><li>a</li><li>x<ul><li>y</li></ul></li><li>z</li></ul>"),
    ("<p>a</p>", "End", "<ul><li>x</li><li>z</li></ul>", "<p>a</p><ul><li>x</li><li>z</li></ul>"),
    ("<p>ab</p>", "ArrowLeft", "<p>p</p>", "<p>apb</p>"),
    ("<p>ab</p>", "ArrowLeft", "<p>p</p><p>q</p>", "<p>ap</p><p>qb</p>"),
    ("<ul><li>a</li></ul>", "End", "<p>p</p><p>q</p>", "<ul><li>ap<br>q</li></ul>"),
    ("<p>a</p>", "Enter", '<ol start="3"><li>p</li></ol>', '<p>a</p><ol start="3"><li>p</li></ol>'),
]  # fmt: skip


def test_what_other_programs_put_on_the_clipboard_is_pasted_as_what_it_says(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "introduction")

    def pasted(html: str = "", text: str = "", file: bool = False) -> str:
        return canonical(ana.page.evaluate(PASTE, [html, text, file]))

    wanted, found = {}, {}
    for file in sorted(CLIPBOARD.iterdir()):
        if file.suffix != ".expected":
            begin(ana, "")
            content = file.read_text()
            found[file.name] = pasted(content) if file.suffix == ".html" else pasted(text=content)
            wanted[file.name] = canonical(file.with_suffix(".expected").read_text())
    assert len(wanted) == 11 and found == wanted
    told = []
    for before, struck, html, _after in PUT:
        begin(ana, before)
        keys(ana, struck)
        told.append((before, struck, html, pasted(html)))
    assert told == PUT

    begin(ana, "<p>the report</p>")
    keys(ana, "Control+a")
    assert pasted(text="https://report.example/1") == '<p><a href="https://report.example/1">the report</a></p>'

    begin(ana, "<p>Kept.</p>")
    said = ana.page.locator(".jpo-editor__said")
    for html, text, is_file, sentence in (
        ("", "", True, "Pictures and files cannot be put in here, only text."),
        ('<img src="https://elsewhere.example/x.png">', "", True, "There is no text in what you wanted to put in."),
        ("<p>" + "word " * 200_000, "", False, "characters; there is room for 30,000. Nothing was put in."),
        ("<ul><li>a" * 100_000, "", False, "This is too much for one box, and nothing was put in."),
        ("", "word\n" * 200_000, False, "This is too much for one box, and nothing was put in."),
    ):
        begun = time.monotonic()
        assert pasted(html, text, is_file) == "<p>Kept.</p>"
        assert time.monotonic() - begun < 10
        expect(said).to_contain_text(sentence)
    ana.inspect()
    keys(ana, "~x")
    expect(said).to_be_empty()


def test_an_editor_is_as_good_on_a_phone_on_paper_and_in_high_contrast(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana", phone=True)
    ana.open("section", proposal.pk, TEMPLATE[3].name())
    text = ana.page.locator("#id_duties_editor")
    toolbar = ana.page.get_by_role("toolbar").first
    ana.page.emulate_media(forced_colors="active")
    pressed = toolbar.get_by_role("button", name="Bulleted list")
    widths = [
        button.evaluate("one => getComputedStyle(one).borderTopWidth")
        for button in (pressed, toolbar.get_by_role("button").first)
    ]
    assert widths == ["2px", "1px"]
    ana.page.emulate_media(forced_colors="none", media="print")
    assert (text.is_visible(), toolbar.is_visible()) == (True, False)
