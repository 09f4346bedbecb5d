"""``python -m tests.bench.hold_drainer CHANNEL``: lets nobody apply a channel's webhooks while it runs."""

import os
import signal
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main(channel_id: str) -> None:
    django.setup()
    from django.utils import timezone

    from inbox.ingest.drainer import LEASE_SECONDS
    from inbox.models import Channel

    rows = Channel.objects.for_system("the bench measures acknowledgements alone").filter(pk=channel_id)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        while True:
            rows.update(drain_lease=timezone.now() + timedelta(seconds=LEASE_SECONDS))
            print("held", flush=True)
            time.sleep(LEASE_SECONDS / 3)
    finally:
        rows.update(drain_lease=None)


if __name__ == "__main__":
    main(sys.argv[1])
