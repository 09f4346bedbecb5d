"""What the demo's people hold besides their level, so that the pages about rights have something to show."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from inbox.demo.accounts import BY
from security.access import access_of
from security.actions.access_requests import ask_for_access
from security.actions.duties import give_duty
from security.actions.grants import give_grant
from security.models import User


def arrange_rights(people: Mapping[str, User]) -> None:
    """Duties, one of them with its seat, a permission that ends within days, and a request that waits for an admin."""
    give_duty(by=BY, user=people["hal"], duty="marketing_sender")
    give_duty(by=BY, user=people["joy"], duty="finance")
    give_grant(
        by=BY,
        user=people["gus"],
        permission="inbox.read_history",
        ends_at=timezone.now() + timedelta(days=5),
        reason="Looks through older orders for the annual sale",
    )
    ask_for_access(
        by=access_of(people["gus"]),
        permission="inbox.share_view",
        reason="The team wants one list of the orders from the fair",
        hours=72,
    )
