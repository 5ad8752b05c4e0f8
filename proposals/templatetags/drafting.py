"""Filters of the drafting pages."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from documents import prose as documents_prose
from proposals import forms

register = template.Library()


@register.filter
def prose(markup: str) -> SafeString:
    """Prose, made safe once more in the moment in which it is shown."""
    return mark_safe(documents_prose.safe(markup))  # noqa: S308 - cleaned in this very line


@register.filter
def readable(markup: str) -> str:
    """Prose with a line for each paragraph and list item, as text areas show it."""
    return forms.readable(markup)
