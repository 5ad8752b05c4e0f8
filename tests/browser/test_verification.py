"""A stranger has a PDF checked: with a mouse, by keyboard alone, on a phone and without scripts; each verdict accessible."""

from base64 import b64encode

import pytest
from playwright.sync_api import FilePayload

from proposals.models import Rendition
from proposals.states import State
from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.documents.forgery import drawn_on, reworded
from tests.story import bring_to

pytestmark = pytest.mark.browser

DROP = """([name, content]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))], name, { type: "application/pdf" }));
  const panel = document.querySelector("form[data-drop]");
  panel.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
  panel.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def a_file(pdf: bytes) -> FilePayload:
    """A file as somebody chooses it."""
    return {"name": "proposal.pdf", "mimeType": "application/pdf", "buffer": pdf}


def verdict(stranger: Visitor) -> str:
    """What was found: a heading, which has the focus."""
    stranger.page.wait_for_selector("#verdict:focus")
    return stranger.page.locator("#verdict").inner_text()


def test_a_stranger_has_a_pdf_and_a_printed_code_checked(house: House) -> None:
    bring_to(State.SUBMITTED, house.cast)
    house.post()
    rendition = Rendition.objects.order_by("pk")[0]
    pdf = bytes(rendition.pdf or b"")

    wide = house.visit()
    wide.open("help")
    wide.page.get_by_role("contentinfo").get_by_role("link", name="Check a PDF").click()
    wide.page.get_by_label("PDF", exact=True).set_input_files(a_file(pdf))
    wide.press("Check the file")
    assert verdict(wide) == "Unchanged"
    assert "Not issued" in wide.text
    assert wide.page.title().startswith("Unchanged – Check a PDF")
    wide.inspect()
    with wide.page.expect_navigation():
        wide.page.evaluate(DROP, ["changed.pdf", b64encode(reworded(pdf, "renewable", "renounced")).decode()])
    assert verdict(wide) == "NOT the endorsed text"
    wide.inspect()
    wide.page.get_by_label("PDF", exact=True).set_input_files(a_file(pdf + b" " * 10_000_000))
    wide.press("Check the file")
    assert "“proposal.pdf” is larger than 10 MB" in wide.page.locator(".jpo-drop__told").inner_text()

    phone = house.visit(phone=True)
    phone.open("verify")
    phone.page.get_by_label("PDF", exact=True).set_input_files(a_file(drawn_on(pdf, b"q 1 1 1 rg 80 300 400 200 re f Q")))
    phone.press("Check the file")
    assert verdict(phone) == "The same words, drawn otherwise"
    phone.inspect()

    plain = house.visit(scripts=False)
    plain.open("verify")
    plain.page.get_by_label("PDF", exact=True).set_input_files(a_file(b"%PDF-1.7 not one"))
    plain.press("Check the file")
    assert "The portal does not know this file" in plain.text
    assert "This PDF is damaged" in plain.text
    with plain.expecting(422):
        plain.press("Check the file")
        assert "Choose the PDF that you want to have checked." in plain.text

    keys = house.visit()
    keys.open("verify")
    keys.page.get_by_label("PDF", exact=True).focus()
    for key in ("Tab", "Tab", *rendition.code[:5].lower(), "Space", *rendition.code[5:].lower(), "Enter"):
        keys.page.keyboard.press(key)
    assert verdict(keys) == "A paper of this portal"
