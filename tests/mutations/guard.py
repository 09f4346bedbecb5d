"""What a guard is, for the tables that name them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """``old`` is in ``file`` exactly once; ``profile`` is where its absence can show at all."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    profile: str = "embedded"
