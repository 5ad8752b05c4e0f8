"""PDFs that somebody made to do harm, or that are merely broken: each a few bytes that ask for far too much."""

import zlib
from io import BytesIO
from typing import Any

import pikepdf

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]%b>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def file_of(*objects: bytes) -> bytes:
    """A file with these objects, the first of which is its catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, thing)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def stream(head: bytes, data: bytes) -> bytes:
    """A stream, as an object."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (head, len(data), data)


def bomb(size: int = 1_000_000_000) -> bytes:
    """Far more than fits into the memory that a file is given, packed into a thousandth."""
    packer = zlib.compressobj(9)
    begin = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH)  # stands alone, and so may be repeated
    return begin + again * (size // 10_000_000) + packer.flush()


def with_one_page(page: bytes = b"", *more: bytes, catalog: bytes = b"") -> bytes:
    """A file of one page; what it says of itself, and further objects from the fourth on."""
    return file_of(b"<</Type/Catalog/Pages 2 0 R%b>>" % catalog, ONE_PAGE, PAGE % page, *more)


def blank(**how: Any) -> bytes:
    """A file of one empty page that would run a script when it is opened."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("while (true) {}"))
        pdf.save(out, **how)
    return out.getvalue()


def ring_of_pages() -> bytes:
    """Pages that stand in themselves."""
    return file_of(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"
    )


def deep_tree_of_pages() -> bytes:
    """A page under thousands of others."""
    tree = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 1) for number in range(2, 3000)]
    return file_of(b"<</Type/Catalog/Pages 2 0 R>>", *tree, b"<</Type/Page/MediaBox[0 0 9 9]>>")


def many_pages() -> bytes:
    """A hundred thousand pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 100_003))
    return file_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 100000/Kids[%b]>>" % kids, *[PAGE % b""] * 100_000)


def ring_of_drawings() -> bytes:
    """A drawing that draws itself a hundred times, each time."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>"
    page = b"/Contents 5 0 R/Resources<</XObject<</A 4 0 R>>>>"
    return with_one_page(page, stream(form, b"/A Do " * 100), stream(b"", b"/A Do " * 100))


def endless_alphabet() -> bytes:
    """A font whose codes stand for letters again and again."""
    table = b"begincmap 1 beginbfrange " + b"<0000> <ffff> <0041> " * 20_000 + b"endbfrange"
    font = b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
    text = stream(b"", b"BT /F 1 Tf <0001> Tj ET")
    return with_one_page(font, text, b"<</Type/Font/Subtype/Type0/ToUnicode 6 0 R>>", stream(b"", table))


def deep_tags() -> bytes:
    """A paragraph tagged as standing in thousands of sections."""
    tags = [b"<</S/Sect/K %d 0 R>>" % (number + 1) for number in range(5, 5000)]
    return with_one_page(b"", b"<</Type/StructTreeRoot/K 5 0 R>>", *tags, b"<</S/P>>", catalog=b"/StructTreeRoot 4 0 R")


def ring_of_tags() -> bytes:
    """A paragraph in itself."""
    return with_one_page(b"", b"<</K 5 0 R>>", b"<</S/P/K[5 0 R 4 0 R]>>", catalog=b"/StructTreeRoot 4 0 R")


def ring_of_enclosures() -> bytes:
    """A list of enclosures that is its own part."""
    return with_one_page(b"", b"<</Kids[4 0 R]>>", catalog=b"/Names<</EmbeddedFiles 4 0 R>>")


def large_enclosure() -> bytes:
    """A source of a gigabyte."""
    listed = b"/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>"
    told = b"<</Type/Filespec/F(a)/UF(a)/AFRelationship/Source/EF<</F 5 0 R>>>>"
    return with_one_page(b"", told, stream(b"/Type/EmbeddedFile/Filter/FlateDecode", bomb()), catalog=listed)


def large_drawing() -> bytes:
    """A page of a gigabyte."""
    return with_one_page(b"/Contents 4 0 R", stream(b"/Filter/FlateDecode", bomb()))


def long_text() -> bytes:
    """A page with twelve million words."""
    words = zlib.compress(b"BT (far too many) Tj ET " * 4_000_000, 1)
    return with_one_page(b"/Contents 4 0 R", stream(b"/Filter/FlateDecode", words))


def large_table_of_objects() -> bytes:
    """A table of a hundred million objects."""
    catalog = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    head = b"/Type/XRef/Size 100000000/W[1 2 1]/Index[0 100000000]/Root 1 0 R/Filter/FlateDecode"
    return catalog + b"9 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF" % (stream(head, bomb(400_000_000)), len(catalog))


def large_stream_of_objects() -> bytes:
    """A million objects in one stream of a gigabyte."""
    return with_one_page(b"", stream(b"/Type/ObjStm/N 1000000/First 10/Filter/FlateDecode", bomb()))


def nested() -> bytes:
    """A page with lists in lists in lists."""
    return with_one_page(b"/Contents 4 0 R", stream(b"", b"[" * 300_000 + b"]" * 300_000 + b" TJ"))
