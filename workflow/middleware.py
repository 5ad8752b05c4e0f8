"""What every answer has in common: pages are personal, and a script that asks for JSON is refused in JSON too."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url

from proposals.saving import asks_for_json

Answering = Callable[[HttpRequest], HttpResponse]

REFUSED = {
    400: "Your browser sent something that the portal cannot read.",
    403: "You may not write here any more.",
    404: "There is nothing here for you any more.",
    405: "This cannot be done here.",
    413: "This is more than the portal takes at once.",
}
"""What a script tells its person, by status."""


def private_pages(get_response: Answering) -> Answering:
    """Marks every answer that does not say otherwise as private and not to be stored.

    No shared proxy keeps them, and the Back button after signing out shows none.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


def scripts_are_told_in_json(get_response: Answering) -> Answering:
    """Tells a script in JSON what a person is shown as a page: to sign in, what is refused, or to try again later.

    401 {"sign_in": address}, the refusal's own status {"refused": sentence}, or 503 {"retry": true} for whatever is broken:
    a database that is away, or so busy that it answers too late.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not asks_for_json(request) or isinstance(response, JsonResponse):
            return response
        if response.status_code >= 500:
            return JsonResponse({"retry": True}, status=503)
        if response.status_code in REFUSED:
            return JsonResponse({"refused": REFUSED[response.status_code]}, status=response.status_code)
        if response.headers.get("Location", "").partition("?")[0] == resolve_url(settings.LOGIN_URL):
            return JsonResponse({"sign_in": response.headers["Location"]}, status=401)
        return response

    return answer
