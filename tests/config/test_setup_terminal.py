"""Programs run quietly: their output is shown only when they fail."""

import os
import signal
import subprocess
import sys
import time

import pytest

from config.setup.places import ROOT
from config.setup.terminal import Stop, run_quietly


def test_a_program_that_succeeds_says_nothing(capfd, tmp_path):
    run_quietly([sys.executable, "-c", "print('chatter')"], doing="talking", cwd=tmp_path)
    assert capfd.readouterr() == ("", "")


def test_a_program_that_fails_shows_its_last_lines_and_one_sentence(capfd, tmp_path):
    code = "import sys; print('\\n'.join(map(str, range(100)))); sys.exit(7)"
    with pytest.raises(Stop, match=r"^Counting failed \(exit code 7; .*\): count slower\.$"):
        run_quietly([sys.executable, "-c", code], doing="counting", remedy="count slower", cwd=tmp_path)
    shown = capfd.readouterr().err.splitlines()
    assert shown[0] == "60"
    assert shown[-1] == "99"


def test_an_interruption_ends_the_program_too(tmp_path):
    alive = tmp_path / "alive"
    sleeper = f"import os, time; open({str(alive)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    code = (
        "import signal, sys; from config.setup.terminal import run_quietly\n"
        # Tests started in the background of a shell inherit an ignored SIGINT.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"run_quietly([sys.executable, '-c', {sleeper!r}], doing='sleeping')\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.PIPE)
    while not (alive.exists() and alive.read_text()):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert b"KeyboardInterrupt" in errors
    with pytest.raises(ProcessLookupError):
        os.kill(int(alive.read_text()), 0)
