"""What the registers begin with: files that are read whole or refused in words, and entered once."""

import importlib
from pathlib import Path

import pytest
from django.apps import apps

from registers import shipped
from registers.models import Acronym, Edition, Instrument, Outcome, Term, Word, keep_change
from registers.shipped import FILES, FOLDER, Malformed, entries, load


def model(register: str):
    return apps.get_model("registers", register)


@pytest.mark.django_db
def test_the_registers_begin_with_what_is_shipped_and_no_outcome():
    assert {table.__name__: table.objects.count() for table in (Acronym, Instrument, Term, Word)} == {
        "Acronym": len(entries("acronym")),
        "Instrument": len(entries("instrument")),
        "Term": len(entries("term")),
        "Word": len(entries("word")),
    }
    assert (Outcome.objects.count(), Edition.objects.count()) == (0, 1)
    assert (
        str(Instrument.objects.get(kind="Recommendation", number=86))
        == "Migration for Employment Recommendation (Revised), 1949 (No. 86)"
    )
    assert Instrument.objects.get(kind="Convention", number=97).title_fr == "Convention sur les travailleurs migrants (révisée)"
    oit = Acronym.objects.get(letters="OIT")
    assert (oit.expansion, oit.expansion_fr, oit.known) == ("", "Organisation internationale du Travail", True)


@pytest.mark.django_db
def test_every_shipped_entry_is_one_the_jpo_unit_could_have_entered():
    for register in ("acronym", "instrument", "term", "word"):
        for entry in model(register).objects.all():
            entry.full_clean(validate_unique=False, validate_constraints=False)  # the database sees to these


@pytest.mark.django_db
def test_what_is_loaded_again_leaves_alone_what_was_changed():
    term = Term.objects.get(language="en", words="Swaziland")
    term.instead = "Eswatini (the Kingdom of)"
    term.save()
    Term.objects.get(language="en", words="Burma").delete()
    load(model)
    assert Term.objects.get(language="en", words="Swaziland").instead == "Eswatini (the Kingdom of)"
    assert Term.objects.get(language="en", words="Burma").instead == "Myanmar"
    assert Term.objects.count() == len(entries("term"))


@pytest.mark.django_db
def test_what_an_entry_did_not_say_in_a_language_is_filled_unless_somebody_has_changed_it():
    domestic, mining = (Instrument.objects.get(kind="Convention", number=number) for number in (189, 176))
    for entry in (domestic, mining):
        entry.title_es = ""
        entry.save()
    keep_change(mining, {"title in Spanish": "Convenio de minas"}, "June Okafor")
    load(model)
    domestic.refresh_from_db()
    mining.refresh_from_db()
    assert (domestic.title_es, mining.title_es) == ("Convenio sobre las trabajadoras y los trabajadores domésticos", "")


@pytest.mark.django_db
def test_a_term_that_is_no_longer_shipped_ends_in_an_installed_portal_unless_somebody_has_changed_it():
    migration = importlib.import_module("registers.migrations.0003_more_is_shipped")
    words = {"language": "fr", "words": "Agenda 2030", "instead": "Programme 2030", "reason": "C'est ainsi.", "severity": "H"}
    term = Term.objects.create(**words)
    Term.objects.get(language="en", words="Sectoral Activities Department").delete()
    token = Edition.objects.get().token
    migration.enter(apps, None)
    term.refresh_from_db()
    assert (term.valid_until, Term.objects.in_force().filter(pk=term.pk).exists()) == (migration.LAST_DAY, False)
    assert Term.objects.get(language="en", words="Sectoral Activities Department").rule == "R10"
    assert Edition.objects.get().token != token
    term.valid_until = None
    term.save()
    keep_change(term, {"valid until": "2026-11-25"}, "June Okafor")
    migration.enter(apps, None)
    term.refresh_from_db()
    assert term.valid_until is None


def test_all_files_are_there():
    assert [file for _, file, *_ in FILES if not (FOLDER / file).exists()] == []


def test_a_file_that_is_absent_or_empty_or_only_a_header_has_no_entries(tmp_path: Path):
    assert entries("term", tmp_path) == []
    (tmp_path / "terms.csv").write_text("")
    (tmp_path / "phrases.csv").write_text("language,words,instead,reason,rule,severity\n\n")
    assert entries("term", tmp_path) == []


TERM = "language,words,instead,reason,rule,severity\n"
MALFORMED = [
    ("term", "terms.csv", "words,instead\n", "terms.csv, line 1: the columns must be language,words,instead,reason,rule,severity.", "other columns"),
    ("term", "terms.csv", TERM + "en,a,b,c,R23\n", "terms.csv, line 2: 5 columns where 6 are needed; quote what holds a comma.", "a column missing"),
    ("term", "terms.csv", TERM + "en,a,b,Why, indeed,R23,W\n", "terms.csv, line 2: 7 columns where 6 are needed; quote what holds a comma.", "a comma without quotes"),
    ("term", "inclusive.csv", TERM + "en,a,b,,R34,W\n", "inclusive.csv, line 2: reason must be filled.", "no reason"),
    ("term", "phrases.csv", TERM + "en,a,b,c,R22,W\nde,a,b,c,R22,W\n", "phrases.csv, line 3: “de” must be one of en, es, fr.", "a fourth language"),
    ("term", "terms.csv", TERM + "en,a,b,c,R99,W\n", "terms.csv, line 2: “R99” must be one of R10, R19, R22, R23, R34.", "no such rule"),
    ("term", "terms.csv", TERM + "en,a,b,c,R23,grave\n", "terms.csv, line 2: “grave” must be one of B, H, W.", "no such severity"),
    ("term", "terms.csv", TERM + "en,a,a,c,R23,W\n", "terms.csv, line 2: “a” would be replaced by itself.", "nothing changes"),
    ("word", "words.csv", "language,word\n,two words\n", "words.csv, line 2: “two words” is more than one word.", "two words"),
    ("acronym", "acronyms.csv", "letters,expansion,known,language\nABC,A B C,perhaps,en\n", "acronyms.csv, line 2: “perhaps” must be one of , 0, 1, no, yes.", "known or not"),
    ("instrument", "instruments.csv", "kind,number,year,title,language\nConvention,97,1949?,Migration,en\n", "instruments.csv, line 2: number and year are written in figures.", "a doubtful year"),
    ("instrument", "instruments.csv", "kind,number,year,title,language\nTreaty,97,1949,Migration,en\n", "instruments.csv, line 2: “Treaty” must be one of Convention, Declaration, Protocol, Recommendation.", "another kind"),
]  # fmt: skip


@pytest.mark.parametrize(("register", "file", "text", "sentence", "why"), MALFORMED, ids=[why for *_, why in MALFORMED])
def test_a_malformed_row_is_refused_in_words(tmp_path: Path, register: str, file: str, text: str, sentence: str, why: str):
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(Malformed) as refused:
        shipped.entries(register, tmp_path)
    assert str(refused.value) == sentence
