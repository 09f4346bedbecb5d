"""Nobody applies a channel's webhooks meanwhile: somebody else's lease keeps the drainers away."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.row import Bench
from tests.house.house import ROOT


@contextmanager
def held_drainer(bench: Bench) -> Iterator[None]:
    """The lease is given back at the end."""
    command = (sys.executable, "-m", "tests.bench.hold_drainer", bench.channel["id"])
    with subprocess.Popen(command, env=bench.house.env, cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdout.readline(), "nobody could hold the drainer"
        try:
            yield
        finally:
            holder.terminate()
