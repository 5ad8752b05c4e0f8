"""What is mended in WeasyPrint and pydyf; `tests/documents/test_mending.py` tells when a mend is needed no longer."""

import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint import css, draw
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.pdf import fonts, tags

from documents.glyphs import let_all_speak

LEVEL = 6  # the last tenth of a per cent of size costs more time than all before it


def end_streams_clearly() -> None:
    """A stream whose last byte is a carriage return reads as if it were shorter (1 in 256): a full line end parts them."""

    def data(stream: Any) -> bytes:
        content = b"\n".join(pydyf._to_bytes(item) for item in stream.stream)
        extra = pydyf.Dictionary(stream.extra.copy())
        if stream.compress:
            extra["Filter"] = "/FlateDecode"
            content = zlib.compress(content, LEVEL)
        extra["Length"] = len(content)
        return b"\n".join((extra.data, b"stream", content)) + b"\r\nendstream"

    pydyf.Stream.data = property(data)


class Written(pydyf.Object):
    """An object of a file that changes no more: pydyf asks twice what it says, and would compress every stream twice."""

    data = b""
    compressible = False

    def __init__(self, thing: Any) -> None:
        super().__init__()
        self.number, self.generation = thing.number, thing.generation
        self.data, self.compressible = thing.data, thing.compressible


def keep_margins_silent() -> None:
    """Running heads and feet are marked as furniture of the page, so that they are not read aloud on every page."""
    paint, build = draw.draw_stacking_context, tags._build_box_tree

    def draw_stacking_context(stream: Any, context: Any) -> None:
        if not isinstance(context.box, MarginBox) or stream._tags is None:
            return paint(stream, context)
        kept, stream._tags = stream._tags, None
        stream.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
        paint(stream, context)
        stream.end_marked_content()
        stream._tags = kept

    def build_box_tree(box: Any, *rest: Any) -> Iterator[Any]:
        return iter(()) if isinstance(box, MarginBox) else build(box, *rest)

    draw.draw_stacking_context, tags._build_box_tree = draw_stacking_context, build_box_tree


def remember_pages() -> None:
    """The references of all pages are made anew for every tag, so that a long document takes the square of its length."""
    fresh = pydyf.PDF.page_references.fget

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        number = len(pdf.pages["Kids"])
        known: tuple[int, tuple[bytes, ...]] = vars(pdf).get("_known", (0, ()))
        if known[0] != number:
            known = pdf._known = (number, fresh(pdf))
        return known[1]

    pydyf.PDF.page_references = property(page_references)


def declare_arrays_once() -> None:
    """An array of every length is a new type, for which the declarations of a whole library are read again."""
    declared = fonts.ffi

    class Ffi:
        def __getattr__(self, name: str) -> Any:
            return getattr(declared, name)

        def new(self, type_name: str, content: Any = None) -> Any:
            return declared.new(type_name if content is None else re.sub(r"\[\d+\]$", "[]", type_name), content)

    fonts.ffi = Ffi()


def _logical(key: str) -> tuple[str, ...]:
    """The logical properties that may stand for a physical one ("margin_inline_start" for "margin_left")."""
    if not (function := PHYSICAL_FUNCTIONS.get(key)):
        return ()
    return tuple({function(block="ttb", inline=direction) for direction in ("ltr", "rtl")})


PECULIAR = {"float", "display", "position", "page"}
PLAIN = {key: _logical(key) for key in INITIAL_VALUES if key not in PECULIAR and not key.startswith(("text_decoration_", "__"))}


def take_plain_styles_straight() -> None:
    """Of hundreds of properties a box sets a few; those that nothing sets are inherited or initial, and no more is asked."""
    asked = css.ComputedStyle.__missing__

    def missing(style: Any, key: str) -> Any:
        logical = PLAIN.get(key)
        if logical is None or key in style.cascaded or not style.cascaded.keys().isdisjoint(logical):
            return asked(style, key)
        if key in INHERITED and style.parent_style is not None:
            value = style[key] = style.parent_style[key]
        elif key in INITIAL_NOT_COMPUTED:
            return asked(style, key)
        else:
            value = style[key] = INITIAL_VALUES[key]
        return value

    css.ComputedStyle.__missing__ = missing


MENDS: list[Callable[[], None]] = [
    end_streams_clearly,
    keep_margins_silent,
    let_all_speak,
    remember_pages,
    declare_arrays_once,
    take_plain_styles_straight,
]


def mend() -> None:
    """Mends everything; once in a process."""
    for each in MENDS:
        each()
