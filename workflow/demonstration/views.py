"""What only the demonstration has: signing in as one of the cast by one click, and reading every letter."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from organisation.models import User
from proposals.writing import when
from workflow.demonstration.cast import PEOPLE, address
from workflow.models import Letter

PAGE = 50

View = Callable[..., HttpResponse]


def in_the_demonstration(view: View) -> View:
    """Lets a page exist in the demonstration alone."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(answer)


@in_the_demonstration
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the cast."""
    name = request.POST.get("name", "")
    if name not in PEOPLE:
        raise Http404
    user = get_object_or_404(User, email=address(name), is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")


@in_the_demonstration
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every letter, the newest first."""
    before = request.GET.get("before", "")
    letters = Letter.objects.order_by("-pk").only("to_name", "to_address", "subject", "state", "written_at", "enclosure_id")
    if before.isascii() and before.isdigit() and len(before) < 18:
        letters = letters.filter(pk__lt=int(before))
    found = list(letters[: PAGE + 1])
    rows = [
        {
            "pk": letter.pk,
            "to": f"{letter.to_name} <{letter.to_address}>" if letter.to_name else letter.to_address,
            "subject": letter.subject,
            "at": when(letter.written_at),
            "enclosed": "PDF enclosed" if letter.enclosure_id else "",
        }
        for letter in found[:PAGE]
    ]
    return render(request, "workflow/mailbox.html", {"rows": rows, "older": rows[-1]["pk"] if len(found) > PAGE else ""})


@in_the_demonstration
@require_safe
def mailbox_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter, as its reader gets it."""
    letter = get_object_or_404(Letter.objects.select_related("enclosure__version"), pk=pk)
    return render(request, "workflow/mailbox_letter.html", {"letter": letter, "written": when(letter.written_at)})
