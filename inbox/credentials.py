"""What the adapter needs to act as a channel."""

from inbox.models import Channel
from inbox.whatsapp.wire import Credentials


def credentials_of(channel: Channel) -> Credentials:
    return Credentials(
        base_url=channel.base_url,
        graph_version=channel.graph_version,
        phone_number_id=channel.phone_number_id,
        access_token=channel.credentials["access_token"],
        provider=channel.provider,
        waba_id=channel.waba_id,
    )
