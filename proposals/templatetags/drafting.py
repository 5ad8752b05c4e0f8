"""Filters of the drafting pages."""

import re

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

from documents import prose as documents_prose
from proposals import doubts, forms, notes
from proposals.models import Note

register = template.Library()


@register.filter
def prose(markup: str) -> SafeString:
    """Prose, made safe once more in the moment in which it is shown."""
    return mark_safe(documents_prose.safe(markup))  # noqa: S308 - cleaned in this very line


@register.filter
def readable(markup: str) -> str:
    """Prose with a line for each paragraph and list item, as text areas show it."""
    return forms.readable(markup)


@register.filter
def as_prose(text: str) -> str:
    """The text of a doubt as text areas show prose."""
    return forms.readable(doubts.as_prose(text))


@register.filter
def gaps(markup: SafeString) -> SafeString:
    """Safe prose with its gaps to be seen: each "…" that an author must fill, marked."""
    return mark_safe(re.sub("…(?![^<]*>)", '<mark class="jpo-gap">…</mark>', markup))  # noqa: S308 - safe before, a tag added


@register.filter
def word_count(field: BoundField) -> forms.WordCount | None:
    """How many words stand in the input of a box, as it is shown."""
    return forms.word_count(field)


@register.filter
def note_said(note: Note) -> str:
    """Who wrote a note and when; and who settled it."""
    return notes.said(note)
