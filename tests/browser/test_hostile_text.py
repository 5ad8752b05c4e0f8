"""Hostile text, stored through the form, pasted, and in names and titles: every page that shows it runs nothing of it."""

import pytest
from playwright.sync_api import BrowserContext

from documents.prose import canonical
from proposals.findings import told
from proposals.models import Proposal
from proposals.reasons import blockers, keep
from proposals.sections import TEMPLATE
from proposals.writing import invite
from tests.browser.conftest import House
from tests.browser.test_editor import PASTE
from tests.browser.visitor import Visitor
from tests.documents.test_prose import what_is_wrong
from tests.story import draft, step

pytestmark = pytest.mark.browser

HOSTILE = r"""
<script>window.__x=1</script>
<script src="https://evil.example/x.js"></script>
<img src=x onerror=window.__x=1>
<img src="https://evil.example/x.png">
<svg onload=window.__x=1><script>window.__x=1</script></svg>
<svg><a xlink:href="javascript:window.__x=1"><text y=20>x</text></a></svg>
<svg><style><img src=x onerror=window.__x=1></style></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.__x=1&gt;">
<math><mtext><table><mglyph><style><math><img src=x onerror=window.__x=1></style>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=window.__x=1>
<math href="javascript:window.__x=1">x</math>
<a href="javascript:window.__x=1">x</a>
<a href=" java&#10;script:window.__x=1">x</a>
<a href="&#106;avascript&colon;window.__x=1">x</a>
<a href="data:text/html,<script>window.__x=1</script>">x</a>
<a href="https://x.example/&quot; onmouseover=&quot;window.__x=1">x</a>
<iframe srcdoc="<script>parent.__x=1</script>"></iframe>
<iframe src="javascript:parent.__x=1"></iframe>
<object data="javascript:window.__x=1"></object><embed src="https://evil.example/x.swf">
<details open ontoggle=window.__x=1>x</details>
<p onpointerover=window.__x=1 onfocus=window.__x=1 autofocus tabindex=0>x</p>
<p style="background:url(https://evil.example/x)">x</p>
<style>@import 'https://evil.example/x.css'; * {background: url(https://evil.example/y)}</style>
<link rel=stylesheet href=https://evil.example/x.css><base href="https://evil.example/">
<meta http-equiv=refresh content="0;url=https://evil.example/">
<video><source onerror=window.__x=1></video><audio src=x onerror=window.__x=1></audio>
<noscript><p title="</noscript><img src=x onerror=window.__x=1>">
<template><img src=x onerror=window.__x=1></template>
</textarea><script>window.__x=1</script>
</title></style></script><script>window.__x=1</script>
"><img src=x onerror=window.__x=1>
'-window.__x-' `${window.__x=1}` {{7*7}} {% now %}
<!--><img src=x onerror=window.__x=1>-->
<![CDATA[><img src=x onerror=window.__x=1>]]>
<p data-pm-slice='0 0 ["paragraph",{}]'>x<img src=x onerror=window.__x=1></p>
<a href="javascript:window.__x=1" data-pm-slice="1 1 []">x</a>
<select><option><script>window.__x=1</script></option></select>
<xmp><img src=x onerror=window.__x=1></xmp>
""".strip().split("\n")
ALL = "\n".join(HOSTILE)

WATCHING = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""


def watched(visitor: Visitor) -> Visitor:
    """The visitor, whose browser says every refusal by the content security policy aloud; what it says is a trouble."""
    context: BrowserContext = visitor.context
    context.add_init_script(WATCHING)
    return visitor


def look(visitor: Visitor, *page: object) -> None:
    """Opens a page that shows hostile text, moves over it, and sees that nothing has run."""
    visitor.open(*page)  # type: ignore[arg-type]
    assert "window.__x" in visitor.page.content(), f"{page} shows none of it"
    visitor.page.mouse.move(500, 400)
    assert visitor.page.evaluate("[typeof window.__x, document.querySelectorAll('iframe, object, embed, base').length]") == [
        "undefined", 0,
    ], page  # fmt: skip


def test_a_hostile_text_runs_on_no_page(house: House) -> None:
    cast, name = house.cast, "Ana <img src=x onerror=window.__x=1> “'\"><script>window.__x=1</script>"
    for person in (cast.ana, cast.colin, cast.dina):
        person.name = name
        person.save()
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    invite(proposal, cast.colin)
    # Typed without scripts: the form is the only thing that stands before the database then.
    plain = house.visit("ana", scripts=False)
    attacks = iter(HOSTILE * 2)
    for section in TEMPLATE:
        plain.open("section", proposal.pk, section.name())
        for field in section.fields():
            if field.kind == "prose":
                plain.type(field.name, f"<p>before</p>{next(attacks)}<p>between</p>{next(attacks)}")
            elif field.kind == "line":
                plain.type(field.name, f"in {HOSTILE[0]} {HOSTILE[2]}")
        plain.press("Save and stay")
        assert "Saved:" in plain.text
    stored = [text for text in Proposal.objects.whole().get(pk=proposal.pk).document().answers.values() if "before" in text]
    assert len(stored) > 15 and [what_is_wrong(text) for text in stored] == [[]] * len(stored)

    ana, dina = watched(house.visit("ana")), watched(house.visit("dina"))
    for section in TEMPLATE:
        look(ana, "section", proposal.pk, section.name())
    for page in (
        ("overview",),
        ("details",),
        ("delete",),
        ("step", "submit"),
        ("step", "withdraw"),
        ("proposal",),
        ("new_copy",),
    ):
        look(ana, page[0], proposal.pk, *page[1:])
    # The editor lets nothing through either: the text is changed in it and saved, while a colleague saves the same box.
    ana.open("section", proposal.pk, "introduction")
    theirs = house.visit("colin", scripts=False)
    theirs.open("section", proposal.pk, "introduction")
    theirs.type("introduction", f"<p>Theirs.</p>{ALL}")
    theirs.press("Save and stay")
    with ana.expecting(409):
        ana.type("introduction", f"Mine. {HOSTILE[2]}")
        ana.press("Save and stay")
        assert "Two texts: choose which one stands" in ana.text and ana.page.evaluate("typeof window.__x") == "undefined"
    found = blockers(told(Proposal.objects.whole().get(pk=proposal.pk).document()))
    keep(proposal.pk, cast.ana, dict.fromkeys(found, f"Why not? {HOSTILE[0]} {HOSTILE[2]}"))
    step("submit", proposal, cast.ana)
    with ana.expecting(409):
        ana.press("Save what I chose")
        assert "What you had typed" in ana.text and ana.page.evaluate("typeof window.__x") == "undefined"
    for visitor in (ana, dina):
        look(visitor, "home")
        look(visitor, "proposals")
        look(visitor, "proposal", proposal.pk)
        look(visitor, "version", proposal.pk, 1)
    for action in ("endorse", "return"):
        look(dina, "step", proposal.pk, action)


def test_a_hostile_text_is_pasted_as_its_words(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = watched(house.visit("ana"))
    ana.open("section", proposal.pk, "introduction")
    ana.page.evaluate("document.getElementById('id_introduction').jpoEditor.replace('')")
    for hostile in [*HOSTILE, ALL]:
        ana.page.evaluate("document.getElementById('id_introduction').jpoEditor.focus()")
        value = ana.page.evaluate(PASTE, [f"<p>before</p>{hostile}<p>after</p>", "", False])
        assert what_is_wrong(value) == [] and what_is_wrong(canonical(value)) == []  # in the browser already, not only in the end
    assert "before" in ana.page.locator("#id_introduction_editor").inner_text()
    ana.page.mouse.move(500, 400)
    tags = ana.page.evaluate(
        "[...new Set([...document.querySelectorAll('#id_introduction_editor *')].map(one => one.localName))]"
    )
    assert set(tags) <= {"p", "br", "ul", "ol", "li", "strong", "em", "a"}
    assert ana.page.evaluate("typeof window.__x") == "undefined"
