"""Contacts that have certain rows, as SQL that stays fast among hundreds of thousands: each database gets the form it
plans well. PostgreSQL would go through a long ``NOT IN`` once for every contact; SQLite builds an ``IN`` list once."""

from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q


def having(rows: Any, *, contact: str = "contact") -> Q:
    """``rows`` are open for the system; ``contact`` is the column that names whose each is."""
    if connection.vendor == "postgresql" and not rows.query.group_by:  # sums are made once, not for every contact
        return Q(Exists(rows.filter(**{contact: OuterRef("pk")})))
    return Q(pk__in=rows.filter(**{f"{contact}__isnull": False}).values(contact))
