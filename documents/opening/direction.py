"""Direction: Arabic and Hebrew are drawn from the left as everything else; here their letters come in reading order again."""

import re
import unicodedata

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # letters and marks written from the right; figures among them apart
_LETTER = re.compile(f"[{_RIGHT}]")
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")  # shapes of letters, each of which says one or two
_LATIN = r"[^\W\d_]"
_FROM_LEFT = rf"(?:(?![{_RIGHT}])(?:{_LATIN}|\d))(?:[^{_RIGHT}]*(?:(?![{_RIGHT}])(?:{_LATIN}|\d)))?|[٠-٩۰-۹][٠-٩۰-۹.,٫٬/:-]*"
_PART = re.compile(rf"(?:{_FROM_LEFT})|[\s\S]")  # what stays together when a line is turned round
_STRETCH = re.compile(rf"[{_RIGHT}](?:[^A-Za-z\u00c0-\u058f]*[{_RIGHT}])?")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def in_reading_order(drawn: str) -> str:
    """A line as it is read, from a line as it is drawn from the left."""
    if not _LETTER.search(drawn):
        return drawn
    right, left = len(_LETTER.findall(drawn)), len(re.findall(rf"(?![{_RIGHT}]){_LATIN}", drawn))
    if right >= left:
        return _turned(drawn)
    return _STRETCH.sub(lambda found: _turned(found[0]), drawn)


def _turned(drawn: str) -> str:
    """Text from the right turned round; what runs from the left in it, words and figures, stays as it is."""
    parts = _PART.findall(drawn.translate(_MIRRORED))
    turned = "".join(reversed(parts))
    return _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), turned)
