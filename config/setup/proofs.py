"""The long proofs (``bench``, ``faults``, ``soak``, ``import-large``, ``mutations``), all set up for them first."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .chromium import ensure_chromium
from .packages import install_development
from .places import HERE, PYTHON, ROOT
from .suite import embedded_environment, services_environment, set_up_for_tests
from .terminal import step

REPORT = ROOT / "var" / "faults"


def bench(arguments: Sequence[str]) -> int:
    """The table of figures, on both profiles. Returns the exit code."""
    return _run_bench("tests.bench", arguments)


def bench_compare(arguments: Sequence[str]) -> int:
    """This version against another, in turn. Returns the exit code."""
    return _run_bench("tests.bench.compare", arguments)


def _run_bench(module: str, arguments: Sequence[str]) -> int:
    set_up_for_tests()
    env = services_environment(os.environ)
    env["KEFU_CHROMIUM"] = str(ensure_chromium(os.environ))
    del env["KEFU_TEST_PROFILE"]  # each row runs on both
    if not _services_answer(env):
        return 1
    return subprocess.run([PYTHON, "-m", module, *arguments], cwd=ROOT, env=env).returncode


def _services_answer(env: Mapping[str, str]) -> bool:
    return subprocess.run([PYTHON, HERE / "services.py"], cwd=ROOT, env=env).returncode == 0


def faults(arguments: Sequence[str]) -> int:
    """Every fault, the long ones too, on both profiles; then the table of what was lost. Returns the exit code."""
    install_development()
    services = services_environment(os.environ)
    if not _services_answer(services):
        return 1
    _forget(REPORT)
    codes = [_run(env, arguments) for env in (embedded_environment(os.environ), services)]
    subprocess.run([PYTHON, "-m", "tests.faults.report", str(REPORT)], cwd=ROOT)
    return next((code for code in codes if code != 0), 0)


def soak(arguments: Sequence[str]) -> int:
    """A whole day compressed into KEFU_SOAK_MINUTES (10), on each profile whose services answer. Returns the exit
    code."""
    install_development()
    services = services_environment(os.environ)
    environments = [embedded_environment(os.environ), *([services] if _services_answer(services) else [])]
    command = [str(PYTHON), "-m", "pytest", "tests/soak", "-m", "long", "-s", *arguments]
    codes = []
    for env in environments:
        step(f"Soak ({env['KEFU_TEST_PROFILE']})")
        report = {"KEFU_SOAK_REPORT": str(ROOT / "var" / "soak")}
        codes.append(subprocess.run(command, cwd=ROOT, env={**env, **report}).returncode)
    return next((code for code in codes if code != 0), 0)


def import_large(arguments: Sequence[str]) -> int:
    """The story of an import with KEFU_IMPORT_LINES (200,000) in a browser, on the embedded default, and what it took.
    Returns the exit code."""
    set_up_for_tests()
    env = {"KEFU_IMPORT_LINES": "200000", **embedded_environment(os.environ)}
    env["KEFU_CHROMIUM"] = str(ensure_chromium(os.environ))
    command = [str(PYTHON), "-m", "pytest", "tests/browser/test_a_large_import.py", "-s", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env).returncode


def mutations(arguments: Sequence[str]) -> int:
    """Each guard taken out once. Returns 1 when no test noticed one of them."""
    install_development()
    return subprocess.run([PYTHON, "-m", "tests.mutations", *arguments], cwd=ROOT).returncode


def _forget(folder: Path) -> None:
    for path in folder.glob("*.jsonl"):
        path.unlink()


def _run(env: Mapping[str, str], arguments: Sequence[str]) -> int:
    step(f"Faults ({env['KEFU_TEST_PROFILE']})")
    command = [str(PYTHON), "-m", "pytest", "tests/faults", "-m", "faults", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**env, "KEFU_FAULTS_REPORT": str(REPORT)}).returncode
