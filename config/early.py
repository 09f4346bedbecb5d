"""What ``manage.py`` looks at before the settings are loaded: loading them makes the data folder and its keys."""

import sys
from collections.abc import Sequence

from config.env import env

# Commands that look after an installation; the others may begin one.
_FOR_WHAT_IS_THERE = {"demo_info", "channel", "add_channel", "add_person", "set_level", "allow_address"}


def stop_where_nothing_is(arguments: Sequence[str]) -> None:
    """End with one sentence, and without leaving a file behind, where such a command finds no database."""
    if not _FOR_WHAT_IS_THERE & set(arguments[1:2]) or env.database_url or {"-h", "--help"} & set(arguments):
        return
    database = env.data / "kefu.sqlite3"
    if not database.exists():
        sys.exit(
            f"There is no Kefu in {env.data}: start one with `make run` (or `manage.py prepare`), "
            "or name its folder with KEFU_DATA."
        )
