"""The three real proposals kept beside the repository, where there are any; nothing of them may stand in it."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "seeds"
HOW_MANY = 3


def seeds() -> list[Path]:
    """The files of the real proposals."""
    return sorted(FOLDER.glob("*.txt"))[:HOW_MANY]


def how_many_seen() -> str:
    """How many of them these tests see, for the summary of a run."""
    return f"seeds: {len(seeds())} of {HOW_MANY} seen"
