"""`python -m inbox.simulator.scenarios FILE --number ID`: play a scenario to whoever owns the number."""

import argparse
import sys
from pathlib import Path

from inbox.simulator.errors import BadRequest
from inbox.simulator.scenarios.remote import control_plane
from inbox.simulator.scenarios.runner import Runner
from inbox.simulator.scenarios.script import read


def main() -> int:
    """Returns 0 when everything came true."""
    parser = argparse.ArgumentParser(prog="python -m inbox.simulator.scenarios", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--number", required=True, help="phone_number_id of the business")
    parser.add_argument("--simulator", default="http://127.0.0.1:8001", help="base address of the simulator")
    given = parser.parse_args()
    try:
        script = read(given.file.read_text(encoding="utf-8"))
    except BadRequest as error:
        print(error.message, file=sys.stderr)
        return 2
    report = Runner(script, control_plane(given.simulator), given.number).run()
    for row in report.results:
        print(f"{'  ' if row.ok else 'x '}{row.place:>3}  {row.who}{'' if row.ok else f': {row.why}'}")
    print(f"{report.title}: {report.state}")
    return 0 if report.state == "passed" else 1


if __name__ == "__main__":
    sys.exit(main())
