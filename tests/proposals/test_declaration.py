"""The checks that prove the form's declaration, tried on declarations with one slip each."""

from django.core.checks import run_checks
from django.test.utils import isolate_apps

from documents.form import Kind
from proposals.checks import faults
from proposals.fields import Choice, Line
from proposals.sections import TEMPLATE, Section


def test_the_template_as_it_is_has_no_fault():
    assert list(faults(TEMPLATE, TEMPLATE)) == []


def test_a_section_that_was_forgotten_is_named():
    assert list(faults(TEMPLATE, TEMPLATE[:-1])) == ["The section BackgroundInformation is not in TEMPLATE: nobody would see it."]


def test_sections_are_numbered_in_their_order():
    turned = (TEMPLATE[1], TEMPLATE[0], *TEMPLATE[2:])
    assert list(faults(TEMPLATE, turned)) == [
        "The sections of TEMPLATE are numbered [2, 1, 3, 4, 5, 6, 7], not one after the other from 1."
    ]


@isolate_apps("proposals")
def test_every_slip_of_a_new_section_is_said():
    class Slip(Section):
        """A section as somebody might add it in a hurry."""

        number, heading = 9, "Slip"
        introduction = Line("Introduction once more")
        opened = Line("When the office was opened")
        outlook = Choice("Outlook", answers=())

        class Meta:
            app_label = "proposals"

    assert list(faults([*TEMPLATE, Slip], [*TEMPLATE, Slip])) == [
        "The sections of TEMPLATE are numbered [1, 2, 3, 4, 5, 6, 7, 9], not one after the other from 1.",
        "Two boxes are called “introduction”; files and commands know a box by its name alone.",
        "A box cannot be called “opened”: the page of a section uses that name for itself.",
        "The box “outlook” is a choice without answers.",
    ]


def test_every_kind_of_answer_can_be_shown(settings):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    assert list(faults(TEMPLATE, TEMPLATE)) == [
        f"There is no template documents/box/{kind}.html to show an answer of the kind “{kind}”." for kind in Kind
    ]


def test_the_check_runs_at_every_start(settings):
    assert [error for error in run_checks() if error.id == "proposals.E001"] == []
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    assert len([error for error in run_checks() if error.id == "proposals.E001"]) == len(Kind)
