"""Checks of the form's declaration: they run before every start, so that a slip in the template is said at once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from documents.form import Kind
from proposals.forms import BESIDE_THE_BOXES
from proposals.sections import TEMPLATE, Section


@register
def the_template_is_whole(app_configs: Any = None, **more: Any) -> list[Error]:
    """Every section stands in TEMPLATE, numbered in order; box names are unique; every kind of answer can be shown."""
    models = [model for model in apps.get_models() if issubclass(model, Section)]
    return [Error(sentence, id="proposals.E001") for sentence in faults(models, TEMPLATE)]


def faults(models: Sequence[type[Section]], template: Sequence[type[Section]]) -> Iterator[str]:
    """What is wrong with a declaration, given the section models there are and those that the template names."""
    for model in models:
        if model not in template:
            yield f"The section {model.__name__} is not in TEMPLATE: nobody would see it."
    numbers = [section.number for section in template]
    if numbers != list(range(1, len(template) + 1)):
        yield f"The sections of TEMPLATE are numbered {numbers}, not one after the other from 1."
    boxes = [field.name for section in template for field in section.fields()]
    for name, times in Counter(boxes).items():
        if times > 1:
            yield f"Two boxes are called “{name}”; files and commands know a box by its name alone."
        if name in BESIDE_THE_BOXES:
            yield f"A box cannot be called “{name}”: the page of a section uses that name for itself."
    for section in template:
        if not list(section.fields()):
            yield f"The section {section.__name__} has no box."
        for field in section.fields():
            if field.kind is Kind.CHOICE and not field.answers:
                yield f"The box “{field.name}” is a choice without answers."
    for kind in Kind:
        if not _has_partial(kind):
            yield f"There is no template documents/box/{kind}.html to show an answer of the kind “{kind}”."


def _has_partial(kind: Kind) -> bool:
    try:
        get_template(f"documents/box/{kind}.html")
    except TemplateDoesNotExist:
        return False
    return True
