"""The files of this project as git would commit them."""

import subprocess
from functools import cache
from pathlib import Path

_MADE = {"node_modules", "dist", "var", "__pycache__"}
ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def committed_files() -> tuple[str, ...]:
    """Paths relative to the project: tracked ones, and new ones that are not ignored."""
    # CI often runs as another user than the one who checked out, which git refuses unless told.
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.split("\0") if listed.returncode == 0 else _unpacked_files()
    return tuple(name for name in names if name and (ROOT / name).is_file())


def _unpacked_files() -> list[str]:
    """Without git: everything but what the commands themselves make."""
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return [
        str(path)
        for path in paths
        if not _MADE.intersection(path.parts) and (path.parts[0] == ".ci" or not path.parts[0].startswith("."))
    ]
