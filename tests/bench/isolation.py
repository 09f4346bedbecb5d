"""What keeping regions apart costs the list query: ``python -m tests.bench.isolation USER_ID``, in a house's world.

The newest page of a view is read in turn as somebody of one region sees it, and as if there were no regions: without
the filter, and with an index made for just that. Prints ``{view: {"with": [seconds, …], "without": […]}}``.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

_ROUNDS, _WARM_UP, _PAGE = 300, 20, 51
_INDEX = "CREATE INDEX bench_as_if_one_region ON inbox_conversation (state, last_activity_at DESC, id DESC)"


def measure(user_id: int) -> dict[str, dict[str, list[float]]]:
    from django.db import connection

    from inbox.listing import ORDERS
    from inbox.models import Conversation
    from inbox.queries import conversation_page, in_view
    from security.access import access_of
    from security.models import User

    access = access_of(User.objects.get(pk=user_id))
    with connection.cursor() as cursor:
        cursor.execute(_INDEX)
        cursor.execute("ANALYZE")

    def isolated(state: str) -> object:
        view = "all" if state == "open" else state
        rows = in_view(access, view)
        return conversation_page(access=access, rows=rows, order=ORDERS["newest"], after=None, limit=_PAGE - 1)

    def open_to_all(state: str) -> object:
        rows = Conversation.objects.for_system("the bench: as if there were one region").filter(state=state)
        page = rows.order_by("-last_activity_at", "-pk")[:_PAGE]
        return list(page.select_related("contact").prefetch_related("channel"))

    return {state: _in_turn(isolated, open_to_all, state) for state in ("open", "resolved")}


def _in_turn(isolated: Callable[[str], object], bare: Callable[[str], object], state: str) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {"with": [], "without": []}
    for number in range(-_WARM_UP, _ROUNDS):
        both: list[tuple[str, Callable[[str], object]]] = [("with", isolated), ("without", bare)]
        for name, read in both if number % 2 else reversed(both):
            began = time.perf_counter()
            rows: Any = read(state)
            spent = time.perf_counter() - began
            assert len(rows) == _PAGE, "the world is too small for a full page"
            if number >= 0:
                took[name].append(spent)
    return took


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]))))
