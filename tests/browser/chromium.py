"""Which browser the tests and pictures use, and how it is started."""

import os
import shutil

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
"""No sandbox, for tests may run as root; and nothing is fetched by the browser itself."""


def find_chromium() -> str | None:
    """The system's own Chromium; script/test may have named another."""
    names = (os.environ.get("JPO_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = (shutil.which(name) for name in names if name)
    # Ubuntu's own package is only a door to snap, which hides the tests' files from it.
    return next((path for path in found if path and not os.path.realpath(path).endswith("/snap")), None)
