"""What must never be committed: a machine's paths, a registry's address, a secret, a file named for no subject."""

import re
from pathlib import Path

from tests.contracts.committed import ROOT, committed_files

_TEXT = {".py", ".ts", ".tsx", ".css", ".json", ".toml", ".yaml", ".yml", ".md", ".sh", ".lock", ".html", ".txt", ""}
_HOME_OF_SOMEBODY = re.compile(r"(?<![\w./])/(home|Users|root)/[\w.-]+")
_REGISTRY = re.compile(r"https?://[^\s\"']*(pypi|pythonhosted|npmjs|yarnpkg|registry)[^\s\"']*", re.IGNORECASE)
_INDEX_LINE = re.compile(r"^\s*--?(i|index-url|extra-index-url|find-links|trusted-host)\b", re.MULTILINE)
_SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "an AWS key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "a GitHub token": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    "a Meta access token": re.compile(r"\bEAA[A-Za-z0-9]{60,}\b"),
    "a live payment key": re.compile(r"\b[rs]k_live_[A-Za-z0-9]{16,}\b"),
    "a Slack token": re.compile(r"\bxox[abpr]-[A-Za-z0-9-]{20,}\b"),
}
_BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "misc", "common"}
_LOCKS = ("requirements.lock", "requirements-dev.lock", "static/package-lock.json")


def texts() -> dict[str, str]:
    own = str(Path(__file__).relative_to(ROOT))
    names = [name for name in committed_files() if Path(name).suffix in _TEXT and name != own]
    return {name: (ROOT / name).read_text(errors="replace") for name in names}


def test_no_file_names_a_folder_of_somebodys_machine():
    found = {name: match.group() for name, text in texts().items() if (match := _HOME_OF_SOMEBODY.search(text))}
    assert found == {}


def test_no_lock_names_a_registry():
    locks = [name for name in committed_files() if name.endswith((".lock", "package-lock.json"))]
    assert set(_LOCKS) <= set(locks)
    for name in locks:
        text = (ROOT / name).read_text()
        assert (name, _REGISTRY.findall(text)) == (name, [])
        assert (name, _INDEX_LINE.findall(text)) == (name, [])


def test_every_python_package_in_a_lock_is_hashed():
    for name in (name for name in committed_files() if name.endswith(".lock")):
        pinned = re.split(r"\n(?=[a-zA-Z0-9])", (ROOT / name).read_text())
        unhashed = [block.split()[0] for block in pinned if "==" in block and "--hash=sha256:" not in block]
        assert (name, unhashed) == (name, [])


def test_both_python_locks_agree():
    runtime, development = (
        dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert len(runtime) > 30
    assert {name: development.get(name) for name in runtime} == runtime


def test_no_file_holds_a_secret():
    found = {(name, kind) for name, text in texts().items() for kind, shape in _SECRETS.items() if shape.search(text)}
    assert found == set()


def test_every_module_is_named_for_its_subject():
    code = [name for name in committed_files() if name.endswith((".py", ".ts", ".tsx"))]
    parts = {name: {Path(name).stem.lower(), *(part.lower() for part in Path(name).parent.parts)} for name in code}
    assert {name: words & _BANNED_NAMES for name, words in parts.items() if words & _BANNED_NAMES} == {}


def test_the_check_can_be_run():
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100, "chmod +x .ci/run"
