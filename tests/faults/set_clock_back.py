"""``python -m tests.faults.set_clock_back SECONDS``: rows as they would be if the clock had just gone back that far."""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main(seconds: int) -> None:
    django.setup()
    from django.utils import timezone

    from inbox.models import Channel, ChannelPace

    ahead = timezone.now() + timedelta(seconds=seconds)
    Channel.objects.for_system("the clock went back").update(drain_lease=ahead)
    for channel in Channel.objects.for_system("the clock went back"):
        ChannelPace.objects.update_or_create(
            channel=channel, defaults={"next_slot_us": int(ahead.timestamp() * 1_000_000)}
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
