"""The door for the web server: `gunicorn jpo_portal.wsgi`."""

import os
import threading

from django.core import checks
from django.core.wsgi import get_wsgi_application

from readiness import dictionaries

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jpo_portal.settings")
application = get_wsgi_application()

# A web server asks no questions; the portal refuses by itself to be served where it must not be.
if serious := [str(trouble) for trouble in checks.run_checks() if trouble.is_serious()]:
    raise SystemExit("\n".join(serious))

threading.Thread(target=dictionaries.load, name="dictionaries", daemon=True).start()
