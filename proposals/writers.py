"""What writers alone may open: where a proposal cannot be written in, a page says why, and keeps what was typed."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from proposals import conflict, notes
from proposals.access import is_author, refuse, section_called, section_with, seen
from proposals.models import Doubt, Note, Proposal
from proposals.saving import asks_for_json, told_closed
from proposals.writing import NotWritable

Page = Callable[..., HttpResponse]


def writers_only(page: Page) -> Page:
    """Where a proposal cannot be written in, a page is answered by a sentence: why, and what was typed."""

    @functools.wraps(page)
    def answered(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        try:
            return page(request, pk, **more)
        except (Doubt.DoesNotExist, Note.DoesNotExist):
            raise Http404 from None
        except Proposal.DoesNotExist:
            refuse(request, pk)
        except NotWritable as trouble:
            return told_closed(trouble) if asks_for_json(request) else _not_writable(request, pk, str(trouble), **more)

    return answered


def _not_writable(request: HttpRequest, pk: int, sentence: str, name: str = "", **more: Any) -> HttpResponse:
    """Why nothing was saved, with the text that was typed; a page that was only asked for leads to the proposal."""
    if request.method != "POST":
        messages.info(request, sentence)
        return redirect("proposal", pk)
    proposal = seen(request, pk)
    if model := section_with(request.POST.get("box", "")):
        name = model.name()
    boxes = [field.box() for field in section_called(name).fields()] if name else []
    typed = [(box, request.POST[box.name]) for box in boxes if request.POST.get(box.name, "").strip()]
    typed += notes.as_boxes(boxes, request.POST)
    kept = bool(typed) and is_author(proposal) and conflict.keep_late(request, proposal, section_called(name))
    context = {"proposal": proposal, "sentence": sentence, "typed": typed, "kept": kept}
    return render(request, "proposals/not_writable.html", context, status=409)
