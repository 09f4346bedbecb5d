"""Where things are, relative to the project's folder."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "config" / "setup"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / ".stamps"
CLIENT = ROOT / "static"
DIST = CLIENT / "dist"
NODE_MODULES = CLIENT / "node_modules"

RUNTIME_LOCK = ROOT / "requirements.lock"
DEVELOPMENT_LOCK = ROOT / "requirements-dev.lock"
INSTALLER_LOCK = HERE / "requirements-installer.lock"
NODE_LOCK = HERE / "requirements-node.lock"
