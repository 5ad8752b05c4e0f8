"""What a file says of itself in its metadata beyond what PDF/A knows: each property with the schema that explains it."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape


@dataclass(frozen=True)
class Property:
    """A property and its value; `meaning` is for people who find it in the file."""

    name: str
    value: str
    meaning: str
    kind: str = "Text"


@dataclass(frozen=True)
class Schema:
    """Properties under one name; the address of a schema is a name, nothing need be found there."""

    name: str
    address: str
    prefix: str
    properties: tuple[Property, ...]


ACCESSIBLE = Schema(
    "PDF/UA identification",
    "http://www.aiim.org/pdfua/ns/id/",
    "pdfuaid",
    (Property("part", "1", "The part of ISO 14289 that this file follows", "Integer"),),
)
"""This file is PDF/UA-1. WeasyPrint names one standard in a file's metadata; a paper keeps two."""

MEANING = {
    "postNumber": "The number of the post, once it is issued",
    "state": "Where the proposal stood when this file was made",
    "contentSha256": "The SHA-256 of the answers on the form, as canonical JSON",
}


def proposal(said: dict[str, str]) -> Schema:
    """What a paper says of the proposal in it; what is empty is left out.

    Args:
        said: the values by the names of `MEANING`, in small letters, as they come out of HTML.
    """
    found = ((name, said.get(name.lower(), ""), meaning) for name, meaning in MEANING.items())
    properties = tuple(Property(*each) for each in found if each[1])
    return Schema("JPO vacancy proposal", "https://www.ilo.org/ns/jpo/1.0/", "jpo", properties)


def described(schemas: Iterable[Schema]) -> bytes:
    """The RDF of some schemas and their properties, to stand in a file's `rdf:RDF`; PDF/A asks that each is explained."""
    schemas = [schema for schema in schemas if schema.properties]
    return f"""
{"".join(map(_values, schemas))}<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>{"".join(map(_explained, schemas))}</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
""".encode()


def _values(schema: Schema) -> str:
    values = "".join(f"<{schema.prefix}:{p.name}>{escape(p.value)}</{schema.prefix}:{p.name}>" for p in schema.properties)
    return f'<rdf:Description rdf:about="" xmlns:{schema.prefix}="{schema.address}">{values}</rdf:Description>\n'


def _explained(schema: Schema) -> str:
    return f"""<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{schema.name}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{schema.address}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{schema.prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{"".join(map(_property, schema.properties))}</rdf:Seq></pdfaSchema:property>
</rdf:li>"""


def _property(said: Property) -> str:
    return f"""<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{said.name}</pdfaProperty:name>
<pdfaProperty:valueType>{said.kind}</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{said.meaning}</pdfaProperty:description>
</rdf:li>"""
