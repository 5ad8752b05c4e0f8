"""Garbled characters: what some program made of a text on its way, brought back to the letters that were typed."""

import re

_LIGATURES = str.maketrans({0xFB00 + at: letters for at, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))})
_AFTER = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # how Windows reads the bytes after the first of a character
_TWICE = re.compile(f"[ÂÃÄÅ]{_AFTER}|â€{_AFTER}|â‚¬|â„¢")


def mended(text: str) -> str:
    """A text without printers' ligatures, and with what was encoded twice ("â€™") encoded once."""
    return _TWICE.sub(_encoded_once, text.translate(_LIGATURES))


def _encoded_once(found: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, found[0])).decode()
    except UnicodeError:
        return found[0]


def _byte(character: str) -> bytes:
    """The byte that Windows reads as a character; some bytes it reads as none, and they stand for themselves."""
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else "windows-1252")
