"""``python -m tests.bench.reference.bulk_insert CHANNEL``: message rows a second when nothing else is done.

One INSERT per 200 rows with sealed contents, a commit each. Prints rows a second.
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
BATCHES, ROWS = 20, 200


def main(channel_id: str) -> None:
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from inbox.models import Conversation, Message
    from security.bulk import insert_many

    rows = Conversation.objects.for_system("the bench's reference").filter(channel_id=channel_id)
    threads = list(rows.select_related("contact"))
    now = timezone.now()
    batches = [
        [
            Message(
                conversation=thread,
                channel_id=channel_id,
                key_id=thread.contact.key_id,
                direction="in",
                kind="text",
                content={"text": f"Message {number}: is my order on its way?"},
                provider_ref=f"wamid.BULK{batch}x{number}",
                status="received",
                at=now,
                created_at=now,
            )
            for number, thread in ((number, threads[number % len(threads)]) for number in range(ROWS))
        ]
        for batch in range(BATCHES)
    ]
    began = time.perf_counter()
    for batch in batches:
        with transaction.atomic():
            insert_many(batch)
    print(BATCHES * ROWS / (time.perf_counter() - began))


if __name__ == "__main__":
    main(sys.argv[1])
