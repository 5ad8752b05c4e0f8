"""What the form itself says, made ready to be found again in an author's text."""

import functools
import re
import unicodedata
from dataclasses import dataclass

from documents import prose
from documents.form import Form


def plain(text: str) -> str:
    """Words as they are compared: small letters without accents or punctuation, single spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join(re.findall(r"[a-z0-9]+", bare.replace("'", "")))


@dataclass(frozen=True, eq=False)
class Wording:
    """A form with its sentences made ready; one for each form, so that whatever is worked out from it is kept."""

    form: Form

    @functools.cached_property
    def examples(self) -> tuple[str, ...]:
        """The sentences of all examples, as prose without markup; "…" marks a gap."""
        return tuple(line for box in self.form.boxes.values() for line in prose.text(box.example).splitlines() if line)


@functools.lru_cache(maxsize=16)
def wording_of(form: Form) -> Wording:
    """The wording of a form."""
    return Wording(form)
