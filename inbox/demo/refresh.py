"""A demo world started again, perhaps on other ports: its channels and the simulator find each other."""

from django.conf import settings

from inbox.demo.accounts import BY, follow_secrets, is_demo_world
from inbox.demo.phone import put_flow, put_number, state_file
from inbox.models import Channel
from inbox.simulator.world import open_world
from security.writing import write


def follow_settings() -> None:
    """What a start may have changed: ports, the demo password, the secret key. Nothing outside a demo world.

    Call it before the simulator starts.
    """
    if is_demo_world():
        follow_secrets()
        follow_addresses()


def follow_addresses() -> None:
    """Point every simulator channel at ``KEFU_SIMULATOR_URL`` and the simulator's webhooks at ``KEFU_PUBLIC_URL``.

    Only for demo worlds: elsewhere somebody chose these addresses.
    """
    if not is_demo_world():
        return
    rows = Channel.objects.for_system("the simulator's address may have changed").filter(provider="simulator")
    with write(by=BY) as change:
        for channel in rows.locked().exclude(base_url=settings.KEFU_SIMULATOR_URL).order_by("id"):
            channel.base_url = settings.KEFU_SIMULATOR_URL
            channel.save(update_fields=["base_url"])
            change.record("channel.address_set", channel, base_url=channel.base_url)
    with open_world(state_file()) as world, world.bulk():
        for channel in rows.order_by("id"):
            put_number(world, channel)
            put_flow(world, channel)
