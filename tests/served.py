"""The portal as a web server of its own, `gunicorn tests.served`: with its style sheets, and the quick passwords of the tests."""

import os

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jpo_portal.settings")
application = StaticFilesHandler(get_wsgi_application())

from django.conf import settings  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
