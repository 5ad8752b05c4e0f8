"""The door for the web server: `gunicorn jpo_portal.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jpo_portal.settings")
application = get_wsgi_application()
