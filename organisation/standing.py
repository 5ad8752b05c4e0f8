"""What a person may decide on a day, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """The offices a person directs (by path), the regions they are HR Partner of, and for whom they act."""

    directs: tuple[str, ...] = ()
    regions: tuple[int, ...] = ()
    jpo_unit: bool = False
    deputy_of: tuple[int, ...] = ()
