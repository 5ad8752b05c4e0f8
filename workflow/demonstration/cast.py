"""The cast and its offices, all invented; demonstration and tests play with the same people."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from organisation.models import Appointment, Office, Region, User

PASSWORD = "demo"

REGIONS = {
    "africa": "Africa",
    "latin-america": "Latin America and the Caribbean",
    "arab-states": "Arab States",
    "asia": "Asia and the Pacific",
    "europe": "Europe and Central Asia",
}

KIND = Office.Kind
OFFICES = [
    # code, kind, belongs to, region, place, English, French, Spanish
    ("ILO-HQ", KIND.HEADQUARTERS, None, None, "Geneva, Switzerland", "Headquarters", "Siège", "Sede"),
    ("WORKSKILLS", KIND.DEPARTMENT, "ILO-HQ", None, "Geneva, Switzerland", "Department of Skills and Working Life",
     "Département des compétences et de la vie au travail", "Departamento de Competencias y Vida Laboral"),
    ("WORKSKILLS/YOUTH", KIND.UNIT, "WORKSKILLS", None, "Geneva, Switzerland", "Youth and Apprenticeships Unit",
     "Unité Jeunesse et apprentissages", "Unidad de Juventud y Aprendizajes"),
    ("DATAHUB", KIND.DEPARTMENT, "ILO-HQ", None, "Geneva, Switzerland", "Department of Labour Data and Evidence",
     "Département des données et des connaissances sur le travail", "Departamento de Datos y Evidencias Laborales"),
    ("GREENJOBS", KIND.DEPARTMENT, "ILO-HQ", None, "Geneva, Switzerland", "Department of Just Transition",
     "Département de la transition juste", "Departamento de Transición Justa"),
    ("RO-Africa", KIND.REGIONAL, None, "africa", "Abidjan, Côte d'Ivoire", "Regional Office for Africa",
     "Bureau régional pour l'Afrique", "Oficina Regional para África"),
    ("CO-Dakar", KIND.COUNTRY, "RO-Africa", "africa", "Dakar, Senegal", "Country Office for Senegal",
     "Bureau de pays pour le Sénégal", "Oficina de País para el Senegal"),
    ("RO-Asia", KIND.REGIONAL, None, "asia", "Bangkok, Thailand", "Regional Office for Asia and the Pacific",
     "Bureau régional pour l'Asie et le Pacifique", "Oficina Regional para Asia y el Pacífico"),
    ("CO-Jakarta", KIND.COUNTRY, "RO-Asia", "asia", "Jakarta, Indonesia", "Country Office for Indonesia and Timor-Leste",
     "Bureau de pays pour l'Indonésie et le Timor-Leste", "Oficina de País para Indonesia y Timor-Leste"),
    ("RO-Europe", KIND.REGIONAL, None, "europe", "Geneva, Switzerland", "Regional Office for Europe and Central Asia",
     "Bureau régional pour l'Europe et l'Asie centrale", "Oficina Regional para Europa y Asia Central"),
]  # fmt: skip

PEOPLE = {
    "ana": "Ana Lindqvist",
    "felix": "Felix Tanoto",
    "colin": "Colin Mbeki",
    "dina": "Dina Haddad",
    "diego": "Diego Santoso",
    "adele": "Adele Fontaine",
    "hugo": "Hugo Marchetti",
    "hana": "Hana Kovac",
    "june": "June Okafor",
    "otto": "Otto Berg",
    "root": "Root Administrator",
    "maya": "Maya Ferreira",
    "sofia": "Sofia Ndiaye",
    "greta": "Greta Olsen",
}

DOES = {
    "ana": "writes, at headquarters",
    "felix": "writes, in the field",
    "colin": "is a colleague",
    "dina": "directs WORKSKILLS",
    "diego": "directs CO-Jakarta",
    "adele": "is acting Director of WORKSKILLS for some weeks",
    "hugo": "is HR Partner of Asia and the Pacific",
    "hana": "is HR Partner of Africa",
    "june": "is the JPO unit",
    "otto": "is nobody in particular",
    "root": "administers",
    "maya": "directs headquarters as a whole",
    "sofia": "directs CO-Dakar",
    "greta": "directs DATAHUB and GREENJOBS",
}

APPOINTMENTS = [
    # who, as, office, region
    ("maya", Appointment.DIRECTOR, "ILO-HQ", None),
    ("dina", Appointment.DIRECTOR, "WORKSKILLS", None),
    ("greta", Appointment.DIRECTOR, "DATAHUB", None),
    ("greta", Appointment.DIRECTOR, "GREENJOBS", None),
    ("diego", Appointment.DIRECTOR, "CO-Jakarta", None),
    ("sofia", Appointment.DIRECTOR, "CO-Dakar", None),
    ("hugo", Appointment.HR_PARTNER, None, "asia"),
    ("hana", Appointment.HR_PARTNER, None, "africa"),
    ("june", Appointment.JPO_UNIT, None, None),
]

ACTING_AFTER, ACTING_FOR = timedelta(days=21), timedelta(days=14)
"""When Adele begins to act for Dina, from the day the cast is made, and for how long."""


@dataclass(frozen=True)
class Cast:
    """Who and what there is, by short name and by acronym."""

    people: dict[str, User]
    offices: dict[str, Office]

    def __getattr__(self, name: str) -> User:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def address(name: str) -> str:
    """The e-mail address of one of the cast."""
    return f"{name}@demo.example"


@transaction.atomic
def make_cast(today: date | None = None) -> Cast:
    """Makes regions, offices, people and appointments; whoever signs in has the password `demo`."""
    today = today or timezone.localdate()
    regions = {code: Region.objects.create(code=code, name=name) for code, name in REGIONS.items()}
    offices: dict[str, Office] = {}
    for code, kind, parent, region, place, name, name_fr, name_es in OFFICES:
        offices[code] = Office.objects.create(
            code=code, kind=kind, parent=offices.get(parent or ""), region=regions.get(region or ""),
            place=place, name=name, name_fr=name_fr, name_es=name_es,
        )  # fmt: skip
    some = User(email="any@demo.example", name="Any")
    some.set_password(PASSWORD)  # hashed once: argon2 is slow on purpose
    people = {
        short: User.objects.create(email=address(short), name=name, password=some.password, is_superuser=short == "root")
        for short, name in PEOPLE.items()
    }
    for who, role, office, where in APPOINTMENTS:
        Appointment.objects.create(
            user=people[who], role=role, office=offices.get(office or ""), region=regions.get(where or ""),
            starts=today - timedelta(days=400),
        )  # fmt: skip
    Appointment.objects.create(
        user=people["adele"], role=Appointment.DIRECTOR, office=offices["WORKSKILLS"], acting_for=people["dina"],
        starts=today + ACTING_AFTER, ends=today + ACTING_AFTER + ACTING_FOR,
    )  # fmt: skip
    return Cast(people, offices)
