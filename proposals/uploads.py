"""Uploads: files that people bring stay in memory and go with the answer; one that is too large is never read at all."""

from django.conf import settings
from django.http import HttpRequest

from documents.reader import MOST_BYTES

__all__ = ["MOST_BYTES", "TOO_LARGE", "is_cut"]

TOO_LARGE = "This file is larger than 10 MB; a proposal is a fraction of that."


def is_cut(request: HttpRequest) -> bool:
    """Whether more was sent than is kept in memory, so that the file in it was left out."""
    sent = request.META.get("CONTENT_LENGTH") or "0"
    return sent.isdigit() and int(sent) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
