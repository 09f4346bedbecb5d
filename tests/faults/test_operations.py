"""What operators do and machines suffer: a dead beat, two beats, a deploy under load, a full disk, a clock set back."""

import contextlib
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.conftest import Report, long, services_only
from tests.faults.count import count_incoming, count_outgoing, settled, together
from tests.faults.desk import desk
from tests.faults.line import Line
from tests.faults.meta import meta, steady
from tests.faults.patience import until
from tests.faults.place import Place
from tests.faults.tab import tabs
from tests.house.house import free_port

pytestmark = long


@services_only
def test_a_dead_beat_delays_only_what_waits_for_the_sweeper(standing: Place, report: Report):
    settled(standing)
    sending, answers = meta(standing), desk(standing)
    with tabs(standing) as (tab,):
        until(lambda: tab.loaded)
        with steady(sending), answers.answering():
            standing.house.kill("beat")
            sending.until_sent(100)
            standing.restart("beat")
        found = together(count_incoming(standing, sending, tab), count_outgoing(standing, answers))
    report("beat killed", "hints go on; what needs the sweeper waits until it is back", found)


@services_only
def test_two_beats_by_mistake_sweep_twice_and_do_nothing_twice(standing: Place, report: Report):
    settled(standing)
    sending, answers = meta(standing), desk(standing)
    house = standing.house
    *command, _schedule = [part for part in house.parts()["beat"] if part not in ("-l", "warning")]
    second = [*command, str(house.data / "beat-2")]
    with house.log.open("ab") as log, subprocess.Popen(second, cwd=Path.cwd(), env=house.env, stderr=log) as beat:
        try:
            with tabs(standing) as (tab,):
                until(lambda: tab.loaded)
                standing.sim("POST", "faults", {"kind": "send_error", "code": 131056, "status": 400, "count": 5})
                with steady(sending), answers.answering():
                    sending.until_sent(200)
                found = together(count_incoming(standing, sending, tab), count_outgoing(standing, answers))
            assert beat.poll() is None and [*house.data.glob("beat-2*")], "the second beat beat all the time"
        finally:
            beat.kill()
    report("two beats", "claims and leases let one through", found)


@services_only
def test_a_deploy_under_load_old_and_new_side_by_side_loses_nothing(standing: Place, report: Report):
    """As behind a load balancer: the new web serves, then the old one is told to stop; workers likewise."""
    settled(standing)
    old = standing.house
    door = Line("127.0.0.1", int(old.env["PORT"]))
    url = f"http://127.0.0.1:{door.port}"
    new = replace(
        old, env={**old.env, "PORT": str(free_port())}, workers={"worker-new": old.workers["worker"]}, processes={}
    )
    sending, answers = meta(standing, url=lambda: url), desk(standing)
    with tabs(standing, url=lambda: url) as (tab,):
        until(lambda: tab.loaded)
        with steady(sending), answers.answering():
            sending.until_sent(50)
            new.start("web", "worker-new")
            new.wait_until_ready(within=180)
            door.target = ("127.0.0.1", int(new.env["PORT"]))
            old.stop("worker")
            old.stop("web")
            sending.until_sent(50)
            old.start("web", "worker")
            old.wait_until_ready(within=180)
            door.target = ("127.0.0.1", int(old.env["PORT"]))
            new.stop()
        found = together(count_incoming(standing, sending, tab), count_outgoing(standing, answers))
    door.close()
    report("deploy under load, and back", "new beside old, then SIGTERM to the old", found)


def test_a_restart_under_load_loses_nothing(standing: Place, report: Report):
    settled(standing)
    sending, answers = meta(standing), desk(standing)
    with tabs(standing) as (tab,):
        until(lambda: tab.loaded)
        with steady(sending), answers.answering():
            sending.until_sent(50)
            standing.house.stop(standing.web)
            standing.restart(standing.web)
        found = together(count_incoming(standing, sending, tab), count_outgoing(standing, answers))
    report("web restarted under load (SIGTERM)", "WhatsApp repeats, browsers connect again", found)


@contextlib.contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """A real file system of 64 kB over ``folder`` that holds 64 kB already."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if done.returncode != 0:
        pytest.skip(f"a file system of its own cannot be mounted here: {done.stderr.strip()}")
    try:
        with contextlib.suppress(OSError):
            (folder / "full").write_bytes(b"x" * 128 * 1024)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_delays_files_and_nothing_else(standing: Place, report: Report):
    settled(standing)
    person = standing.world["customers"][0]
    customer = standing.sim("GET", f"customers?q={person['wa_id']}")["results"][0]
    number = standing.channel["phone_number_id"]
    ready = "SELECT count(*) FROM inbox_media WHERE state = 'ready'"
    before = standing.count(ready)
    sending = meta(standing)
    with tabs(standing) as (tab,):
        until(lambda: tab.loaded)
        with full_disk(standing.house.data / "media"), steady(sending):
            standing.sim(
                "POST",
                f"customers/{customer['id']}/messages",
                {"number": number, "type": "image", "sample": "receipt.jpg"},
            )
            until(lambda: standing.count("SELECT count(*) FROM inbox_media WHERE state = 'fetching' AND attempts > 1"))
            assert standing.count(ready) == before
        until(lambda: standing.count(ready) == before + 1)
        found = count_incoming(standing, sending, tab)
    report("disk of the files full", "the file is fetched again, later and later, until there is room", found)


def test_a_clock_that_was_set_back_by_an_hour_holds_nothing_up(standing: Place, report: Report):
    """What rows say as if they had been written before the clock went back: a lease, and the pacer's next slot."""
    settled(standing)
    sending, answers = meta(standing), desk(standing)
    with tabs(standing) as (tab,):
        until(lambda: tab.loaded)
        standing.inside.python("-m", "tests.faults.set_clock_back", "3600")
        with steady(sending), answers.answering():
            sending.until_sent(40)
        found = together(count_incoming(standing, sending, tab), count_outgoing(standing, answers))
    report("clock set back by an hour", "a lease or slot further ahead than any can be is none", found)
