"""Chromium for the browser tests: found, else installed, else a sentence that says how."""

import glob
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .places import PYTHON
from .terminal import Stop, run_quietly, step

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PLACES = (
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/.cache/ms-playwright/chromium-*/chrome-linux*/chrome",
    "~/Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
# The client is set in Chinese and uses emoji; without fonts for them pictures show empty boxes.
_DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk", "fonts-noto-color-emoji")
_HOW = (
    "The browser tests need Chromium and none was found: install it (Debian: apt-get install chromium; elsewhere: "
    ".venv/bin/python -m playwright install --with-deps chromium), or name one with KEFU_CHROMIUM=/path/to/chromium."
)


def ensure_chromium(environ: Mapping[str, str]) -> Path:
    """The path of a Chromium that starts. Raises ``Stop``."""
    named = environ.get("KEFU_CHROMIUM")
    if named:
        if not starts(named):
            raise Stop(f"KEFU_CHROMIUM={named} does not start: name a Chromium or Chrome that does, or unset it.")
        return Path(named)
    found = find_chromium()
    for install in (_install_by_apt, _install_by_playwright):
        if found:
            break
        if install():
            found = find_chromium()
    if not found:
        raise Stop(_HOW)
    return found


def find_chromium() -> Path | None:
    candidates = [path for name in _NAMES if (path := shutil.which(name))]
    for place in _PLACES:
        candidates += sorted(glob.glob(os.path.expanduser(place)), reverse=True)
    return next((Path(path) for path in candidates if starts(path)), None)


def starts(path: str) -> bool:
    """Ubuntu's ``chromium-browser`` is only a script that asks for a snap: being there is not enough."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install_by_apt() -> bool:
    as_root = _root_prefix()
    if as_root is None or shutil.which("apt-get") is None:
        return False
    step("Installing Chromium with apt-get")
    quiet = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    try:
        run_quietly([*quiet, "update"], doing="reading the package lists")
        run_quietly([*quiet, "install", "--no-install-recommends", *_DEBIAN_PACKAGES], doing="installing Chromium")
    except Stop:
        return False
    return True


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None


def _install_by_playwright() -> bool:
    step("Downloading Chromium with Playwright")
    try:
        run_quietly([PYTHON, "-m", "playwright", "install", "chromium"], doing="downloading Chromium")
    except Stop:
        return False
    return True
