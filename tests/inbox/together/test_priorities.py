"""How much a conversation presses: its sign, its filter, and the order of a list (PM-11)."""

import pytest
from django.db import connection

from inbox.actions.assignments import assign_conversation
from inbox.actions.priorities import set_priority
from inbox.actions.resolutions import resolve_conversation
from inbox.models import Channel, Conversation
from inbox.queries import in_view
from security.errors import NotAllowed, NotFound
from tests.conftest import Cast
from tests.inbox.together.conftest import call, listed
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, logged, thread


def several(cast: Cast, shop: Channel) -> dict[str, str]:
    """One of each priority, the least pressing one the newest; ids by priority."""
    found = {}
    for age, name in enumerate(("low", "normal", "high", "urgent")):
        talk = thread(shop, ago=100 * (age + 1))
        set_priority(by=cast.access("ben"), conversation_id=talk.pk, priority=name)
        found[name] = str(talk.pk)
    return found


def test_it_is_set_and_shown(cast: Cast, talk: Conversation):
    ben = cast.browser("ben")
    assert ben.get(f"/api/v1/conversations/{talk.pk}").json()["priority"] == "normal"
    assert call(ben, "post", f"conversations/{talk.pk}/priority", {"priority": "urgent"}).json()["priority"] == "urgent"
    before = fresh(talk).version
    call(ben, "post", f"conversations/{talk.pk}/priority", {"priority": "urgent"})
    assert fresh(talk).version == before and len(logged("conversation.priority_set")) == 1


def test_what_presses_most_comes_first_where_one_likes_that(cast: Cast, shop: Channel):
    ids = several(cast, shop)
    ben = cast.browser("ben")
    assert listed(ben) == [ids[name] for name in ("low", "normal", "high", "urgent")]
    assert listed(ben, "?sort=pressing") == [ids[name] for name in ("urgent", "high", "normal", "low")]


def test_pages_of_the_pressing_order_neither_skip_nor_repeat(cast: Cast, shop: Channel):
    dee, europe = cast.browser("dee"), channel(cast.europe)
    for number in range(9):
        talk = thread((shop, europe)[number % 2], ago=number)
        set_priority(by=cast.access("dee"), conversation_id=talk.pk, priority=("low", "high", "urgent")[number % 3])
    whole = listed(dee, "?sort=pressing")
    pages: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = dee.get(f"/api/v1/conversations?sort=pressing&limit=2&cursor={cursor}").json()
        pages += [row["id"] for row in page["results"]]
        cursor = page["next"]
    assert pages == whole and len(set(whole)) == 9


def test_it_is_a_filter_of_one_or_several(cast: Cast, shop: Channel):
    ids = several(cast, shop)
    ben = cast.browser("ben")
    assert listed(ben, "?priority=urgent") == [ids["urgent"]]
    assert listed(ben, "?priority=low,high") == [ids["low"], ids["high"]]


@pytest.mark.parametrize("query", ["?priority=huge", "?priority=", "?sort=oldest", "?sort=due", "?assignee=x",
                                   "?assignee=0", "?assignee=99999999999999"])  # fmt: skip
def test_nonsense_is_refused_by_its_name(cast: Cast, talk: Conversation, query: str):
    answer = cast.browser("ben").get(f"/api/v1/conversations{query}")
    if query == "?priority=":
        assert answer.status_code == 200, "an empty filter does not narrow"
        return
    assert (answer.status_code, answer.json()["field"]) == (400, query[1:].partition("=")[0])


def test_a_cursor_of_another_order_is_refused(cast: Cast, shop: Channel):
    several(cast, shop)
    ben = cast.browser("ben")
    for one, other in (("newest", "pressing"), ("pressing", "newest")):
        cursor = ben.get(f"/api/v1/conversations?sort={one}&limit=1").json()["next"]
        assert ben.get(f"/api/v1/conversations?sort={other}&cursor={cursor}").status_code == 400


def test_only_who_may_answer_it_sets_it(cast: Cast, talk: Conversation):
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.fay.pk)
    for name, refusal in (("ben", NotAllowed), ("eli", NotAllowed), ("cho", NotFound)):
        with pytest.raises(refusal):
            set_priority(by=cast.access(name), conversation_id=talk.pk, priority="low")


def test_what_is_done_is_listed_newest_first_whatever_one_likes(cast: Cast, shop: Channel):
    ids = several(cast, shop)
    for pk in ids.values():
        resolve_conversation(by=cast.access("fay"), conversation_id=pk)
    newest = listed(cast.browser("ben"), "?view=resolved")
    assert listed(cast.browser("ben"), "?view=resolved&sort=pressing") == newest == list(ids.values())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not use the index")
def test_the_pressing_order_reads_its_own_index(cast: Cast, talk: Conversation):
    order = ("-priority", "-last_activity_at", "-pk")
    rows = in_view(cast.access("ben"), "all").filter(region_id=cast.asia.pk).order_by(*order)[:50]
    with connection.cursor() as cursor:
        # A test's few rows are sorted sooner than anything: only whether the index can give the order is asked.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        plan = rows.explain()
    assert "conversation_pressing" in plan and "Sort" not in plan
