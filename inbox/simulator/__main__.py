"""`python -m inbox.simulator`: the simulator as a process of its own."""

import argparse
import logging
from pathlib import Path

import uvicorn

from inbox.simulator.app import create_app


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m inbox.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--state", type=Path, default=Path("var/simulator.sqlite3"), help="state file")
    parser.add_argument("--memory", action="store_true", help="keep no state file")
    parser.add_argument("--seed", type=int, help="repeat a run: ids, delays, disorder")
    parser.add_argument("--public-url", help="base of media addresses, when it differs from what callers use")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = create_app(None if given.memory else given.state, seed=given.seed, public_url=given.public_url)
    uvicorn.run(app, host=given.host, port=given.port, log_level="warning", timeout_graceful_shutdown=3)


if __name__ == "__main__":
    main()
