"""The browser client: npm packages and the Vite build, each only when its input changed."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from . import stamps
from .node import Node, find_node
from .places import CLIENT, DIST, NODE_MODULES
from .preflight import require_writable
from .terminal import NETWORK_OR_DISK, run_quietly, step

_STAMPS = NODE_MODULES / ".stamps"  # inside, so that `npm ci` and a deleted folder take them along
_PACKAGE_FILES = [CLIENT / name for name in ("package.json", "package-lock.json", ".npmrc")]
_NOT_SOURCE = {"node_modules", "dist", "coverage"}
_RIGHTS = "use a copy of the project in a folder of your own, or change its rights"
_NPM_FLAGS = ["--no-audit", "--no-fund", "--loglevel=error"]


def build_client() -> None:
    """Makes ``static/dist`` current; 0.05 s when nothing changed. Needs no development packages."""
    source = stamps.digest(_PACKAGE_FILES + sorted(source_files(CLIENT)))
    if _is_built() and stamps.holds("build", source, folder=_STAMPS):
        return
    if not _has_packages("all") and not _has_packages("serving"):
        _install_packages("serving")
    require_writable(DIST, remedy=_RIGHTS)
    with stamps.stamped("build", source, folder=_STAMPS):
        step("Building the client")
        _run_npm("run", "build", doing="building the client", remedy="mend what they name")


def _is_built() -> bool:
    return any((DIST / manifest).exists() for manifest in ("manifest.json", ".vite/manifest.json"))


def install_client_development() -> None:
    """The npm packages for tests, lint and types as well."""
    if not _has_packages("all"):
        _install_packages("all")


def source_files(folder: Path) -> Iterator[Path]:
    """Every file that a build may read; tests are left out, so that writing one costs no build."""
    for child in folder.iterdir():
        if child.name in _NOT_SOURCE or ".test." in child.name:
            continue
        if child.is_dir():
            yield from source_files(child)
        else:
            yield child


def _run_npm(*arguments: str, doing: str, remedy: str = NETWORK_OR_DISK) -> None:
    node = node_once()
    run_quietly(
        [*node.npm, *arguments], doing=doing, remedy=remedy, cwd=CLIENT, env=node.environment() | {"NO_COLOR": "1"}
    )


@cache
def node_once() -> Node:
    return find_node()


def _has_packages(scope: str) -> bool:
    return stamps.holds(f"packages-{scope}", stamps.digest(_PACKAGE_FILES), folder=_STAMPS)


def _install_packages(scope: str) -> None:
    require_writable(CLIENT, remedy=_RIGHTS)
    count = sum(scope == "all" or not package.get("dev") for package in _locked_packages())
    wanted = stamps.digest(_PACKAGE_FILES)
    for name in ("packages-serving", "packages-all", "build"):
        stamps.remove(name, folder=_STAMPS)
    with stamps.stamped(f"packages-{scope}", wanted, folder=_STAMPS):
        node_once()
        step(f"Installing about {count} client packages (static/package-lock.json)")
        omitted = "--include=dev" if scope == "all" else "--omit=dev"
        _run_npm("ci", omitted, *_NPM_FLAGS, doing="installing client packages")


def _locked_packages() -> list[dict[str, object]]:
    lock = json.loads((CLIENT / "package-lock.json").read_text())
    return [package for path, package in lock["packages"].items() if path]
