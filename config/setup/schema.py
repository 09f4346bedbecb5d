"""``static/src/api/schema.d.ts``: the client's types of the HTTP API, made from ``openapi.json`` beside it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from .client import install_client_development, node_once
from .places import CLIENT, ROOT
from .terminal import Stop, run_quietly, step

_CONTRACT = CLIENT / "src" / "api" / "openapi.json"
_TYPES = CLIENT / "src" / "api" / "schema.d.ts"


def schema(arguments: Sequence[str]) -> int:
    """Writes the types; with ``--check`` only compares them."""
    install_client_development()
    made = _made_types()
    if "--check" not in arguments:
        _TYPES.write_text(made)
        step(f"Wrote {_TYPES.relative_to(ROOT)}")
    elif not _TYPES.exists() or _TYPES.read_text() != made:
        raise Stop(f"{_TYPES.relative_to(ROOT)} is out of date: run make generate, and commit it.")
    return 0


def _made_types() -> str:
    node = node_once()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "schema.d.ts"
        command = [*node.npm, "exec", "--no", "--", "openapi-typescript", str(_CONTRACT), "--output", str(made)]
        env = {**node.environment(), "NO_COLOR": "1"}
        run_quietly(command, doing="making the types of the API", remedy="mend what they name", cwd=CLIENT, env=env)
        return made.read_text()
