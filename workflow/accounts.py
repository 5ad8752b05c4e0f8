"""Signing in: accounts are made by the JPO unit, strangers make none, and letters about accounts use the outbox."""

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from organisation.models import User
from workflow.models import Letter


class Accounts(DefaultAccountAdapter):
    """Where this portal differs from the library's own way with accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is wrong.",
        "enter_current_password": "This is not your current password.",
        "too_many_login_attempts": "There were too many tries. Please wait five minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Puts a letter of the library's (a password reset) into the outbox; the page never waits for a mail server."""
        message = self.render_mail(template_prefix, email, {"request": self.request, **context})
        _write(email, "", message.subject, str(message.body))

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _password_link(*key.split("-", 1))


def welcome(user: User) -> Letter:
    """Writes the welcome letter of a new account, with the link to set a password."""
    context = {
        "user": user,
        "link": password_link(user),
        "site": settings.SITE_URL,
        "mailbox": settings.JPO_MAILBOX,
    }
    subject, _, body = render_to_string("workflow/letters/welcome.txt", context).strip().partition("\n")
    return _write(user.email, user.name, subject, body)


def password_link(user: User) -> str:
    """Where this person sets a password; the link works once and for some days. It belongs into a letter to them alone."""
    return _password_link(user_pk_to_url_str(user), default_token_generator.make_token(user))


def _password_link(person: str, key: str) -> str:
    """Where a password is set; always at the configured site, never at the host a visitor named."""
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": person, "key": key})


def _write(address: str, name: str, subject: str, body: str) -> Letter:
    return Letter.objects.create(
        key=f"account {uuid.uuid4()}",
        to_name=name,
        to_address=address,
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
    )
