"""The texts of the demo world, read once from ``data/``."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
# The C loader reads the scenarios in a tenth of the time, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def material(name: str) -> Any:
    """The content of ``data/{name}.yaml``; callers must not change it."""
    with (DATA / f"{name}.yaml").open(encoding="utf-8") as source:
        return yaml.load(source, Loader=_LOADER)


def scenario_files() -> list[str]:
    """Names for ``material``, in a fixed order."""
    return sorted(f"scenarios/{path.stem}" for path in (DATA / "scenarios").glob("*.yaml"))
