"""Runs this folder as a package of its own: ``python config/setup <command>``.

Importing it as ``config.setup`` would run ``config/__init__.py``, which needs Celery, which is what is about to
be installed.
"""

import importlib.util
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_NAME = "kefu_setup"


def _load() -> None:
    spec = importlib.util.spec_from_file_location(_NAME, _HERE / "__init__.py", submodule_search_locations=[str(_HERE)])
    assert spec is not None and spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    _load()
    sys.exit(importlib.import_module(f"{_NAME}.commands").main(sys.argv[1:]))
