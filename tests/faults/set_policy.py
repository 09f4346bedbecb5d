"""``python -m tests.faults.set_policy '{"pace_after": 60}'``: change the inbox's policy of a running place."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main(numbers: str) -> None:
    django.setup()
    from tests.house.furnish import set_policy

    set_policy(json.loads(numbers))


if __name__ == "__main__":
    main(sys.argv[1])
