"""Lists under a name: whose they are, what they hold, and how many (PM-11)."""

from typing import Any

import pytest

from inbox.actions.assignments import assign_conversation
from inbox.actions.payment_marks import mark_payment
from inbox.actions.priorities import set_priority
from inbox.actions.replies import send_text
from inbox.actions.saved_views import add_saved_view
from inbox.models import Channel, InboxPolicy, SavedView
from inbox.policies import sees_saved_view
from security.actions.duties import give_duty
from security.actions.traineeships import start_traineeship
from security.models import StreamEvent
from tests.conftest import BY, Cast
from tests.inbox.together.conftest import call, listed
from tests.worlds.channels import channel
from tests.worlds.threads import logged, thread

URGENT = {"name": "Urgent", "filters": {"priority": "urgent"}, "region_id": None}


def views(cast: Cast, name: str) -> list[dict[str, Any]]:
    return cast.browser(name).get("/api/v1/saved-views").json()["results"]


def counts(cast: Cast, name: str) -> list[int]:
    return [row["count"] for row in cast.browser(name).get("/api/v1/saved-views/counts").json()["results"]]


def shared(cast: Cast) -> dict[str, Any]:
    return {**URGENT, "region_id": cast.asia.pk}


def test_ones_own_is_ones_own(cast: Cast):
    saved = call(cast.browser("ben"), "post", "saved-views", URGENT).json()
    assert views(cast, "ben") == [saved] and saved["editable"] is True
    for name in ("fay", "dee", "ana", "cho"):
        assert views(cast, name) == []
        assert call(cast.browser(name), "put", f"saved-views/{saved['id']}", URGENT).status_code == 404
        assert call(cast.browser(name), "delete", f"saved-views/{saved['id']}").status_code == 404


def test_a_shared_one_is_its_regions_and_seniors_keep_it(cast: Cast):
    saved = call(cast.browser("fay"), "post", "saved-views", shared(cast)).json()
    assert [len(views(cast, name)) for name in ("ben", "eli", "dee", "cho")] == [1, 1, 1, 0]
    assert views(cast, "ben")[0]["editable"] is False
    path = f"saved-views/{saved['id']}"
    assert call(cast.browser("ben"), "put", path, {**shared(cast), "name": "Mine now"}).status_code == 403
    assert call(cast.browser("ben"), "delete", path).status_code == 403
    assert call(cast.browser("dee"), "put", path, {**shared(cast), "name": "Fires"}).json()["name"] == "Fires"
    assert call(cast.browser("dee"), "delete", path).status_code == 204
    actions = ("saved_view.added", "saved_view.changed", "saved_view.deleted")
    assert [len(logged(action)) for action in actions] == [1, 1, 1]


@pytest.mark.parametrize(
    ("name", "where", "status"), [("ben", "asia", 403), ("fay", "europe", 404), ("eli", "asia", 403)]
)
def test_nobody_shares_who_may_not_or_where_they_are_not(cast: Cast, name: str, where: str, status: int):
    body = {**URGENT, "region_id": getattr(cast, where).pk}
    assert call(cast.browser(name), "post", "saved-views", body).status_code == status
    own = call(cast.browser(name), "post", "saved-views", URGENT).json()
    assert call(cast.browser(name), "put", f"saved-views/{own['id']}", body).status_code == status
    assert not SavedView.objects.for_system("the test").exclude(region=None).exists()


def test_its_count_is_that_of_its_list_for_each_reader(cast: Cast, shop: Channel):
    """Trainees and finance see a part of their region; a shared view counts that part (PM-4, SE-5)."""
    fay = cast.access("fay")
    rows = [thread(shop, ago=ago) for ago in (400, 300, 200, 100)]
    for row in rows[:3]:
        set_priority(by=fay, conversation_id=row.pk, priority="urgent")
    assign_conversation(by=fay, conversation_id=rows[0].pk, to=cast.ben.pk)
    mark_payment(by=fay, conversation_id=rows[1].pk)
    mark_payment(by=fay, conversation_id=rows[2].pk)
    add_saved_view(by=fay, name="Urgent", filters={"priority": "urgent"}, region_id=cast.asia.pk)
    assert (counts(cast, "fay"), counts(cast, "ben"), counts(cast, "cho")) == ([3], [3], [])
    start_traineeship(by=BY, user=cast.ben)
    assert counts(cast, "ben") == [1]
    give_duty(by=BY, user=cast.eli, duty="finance")
    assert counts(cast, "eli") == [2]


def test_every_condition_narrows(cast: Cast, shop: Channel):
    fay, other = cast.access("fay"), channel(cast.asia)
    mine, urgent, answered, elsewhere = (thread(place, ago=ago) for ago, place in
                                         ((400, shop), (300, shop), (200, shop), (100, other)))  # fmt: skip
    assign_conversation(by=fay, conversation_id=mine.pk, to=cast.fay.pk)
    set_priority(by=fay, conversation_id=urgent.pk, priority="urgent")
    mark_payment(by=fay, conversation_id=urgent.pk)
    send_text(by=cast.access("ben"), conversation_id=answered.pk, client_ref="1", text="Yes")
    everything = [answered, elsewhere, urgent, mine]
    for query, expected in (
        ("assignee=me", [mine]),
        ("assignee=nobody", [elsewhere, urgent]),
        (f"assignee={cast.ben.pk}", [answered]),
        ("priority=urgent", [urgent]),
        ("payment=true", [urgent]),
        ("payment=false", [answered, elsewhere, mine]),
        ("waiting=true", [elsewhere, urgent, mine]),
        ("waiting=false", [answered]),
        (f"channel={other.pk}", [elsewhere]),
        (f"region={cast.asia.pk}", everything),
        (f"region={cast.europe.pk}", []),
        ("language=en", []),
        ("view=snoozed", []),
    ):
        assert listed(cast.browser("fay"), f"?{query}") == [str(row.pk) for row in expected], query
        filters = dict([query.split("=")])
        add_saved_view(by=fay, name=query, filters=filters, region_id=None)
        assert counts(cast, "fay")[-1] == len(expected), query


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"filters": {"colour": "red"}}, "filters.colour"),
        ({"filters": {"view": "everything"}}, "view"),
        ({"filters": {"priority": "huge"}}, "priority"),
        ({"filters": {"channel": "x"}}, "channel"),
        ({"filters": {"sort": "random"}}, "sort"),
    ],
    ids=str,
)
def test_what_no_list_takes_is_not_saved(cast: Cast, change: dict[str, Any], field: str):
    answer = call(cast.browser("ben"), "post", "saved-views", {**URGENT, **change})
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert not SavedView.objects.for_system("the test").exists()


def test_there_are_no_more_than_the_policy_allows(cast: Cast):
    InboxPolicy.objects.create(pk=1, saved_views_most=1)
    InboxPolicy.forget()
    assert call(cast.browser("fay"), "post", "saved-views", URGENT).status_code == 201
    assert call(cast.browser("fay"), "post", "saved-views", URGENT).json()["code"] == "too_many_views"
    assert call(cast.browser("fay"), "post", "saved-views", shared(cast)).status_code == 201
    assert call(cast.browser("ben"), "post", "saved-views", URGENT).status_code == 201


def test_they_are_put_in_order(cast: Cast):
    one, two = (call(cast.browser("ben"), "post", "saved-views", {**URGENT, "name": name}).json() for name in "ab")
    regions = call(cast.browser("fay"), "post", "saved-views", shared(cast)).json()
    ids = [two["id"], regions["id"], one["id"]]
    assert call(cast.browser("ben"), "put", "saved-views/order", {"ids": ids}).status_code == 204
    names = [row["name"] for row in views(cast, "ben")]
    assert names.index("b") < names.index("a")
    assert SavedView.objects.for_system("the test").get(pk=regions["id"]).position == 0, "it is not Ben's to move"


def test_they_are_told_to_those_who_see_them(cast: Cast):
    own = call(cast.browser("fay"), "post", "saved-views", URGENT).json()
    call(cast.browser("fay"), "put", f"saved-views/{own['id']}", shared(cast))
    told = StreamEvent.objects.filter(kind="saved_view.changed").order_by("pk")
    assert [event.stream for event in told] == [
        f"person:{cast.fay.pk}", *sorted((f"person:{cast.fay.pk}", f"region:{cast.asia.pk}"))
    ]  # fmt: skip


def test_who_sees_one_is_who_hears_of_it(cast: Cast):
    """The mirror: as SQL and over ids."""
    add_saved_view(by=cast.access("fay"), name="Mine", filters={}, region_id=None)
    add_saved_view(by=cast.access("fay"), name="Asia", filters={}, region_id=cast.asia.pk)
    add_saved_view(by=cast.access("dee"), name="Europe", filters={}, region_id=cast.europe.pk)
    rows = list(SavedView.objects.for_system("the test"))
    for name in ("ana", "ben", "cho", "dee", "eli", "fay"):
        access = cast.access(name)
        seen = set(SavedView.objects.visible_to(access).values_list("pk", flat=True))
        scopes = {row.pk: {"region_id": row.region_id, "owner_id": row.owner_id} for row in rows}
        assert seen == {pk for pk, scope in scopes.items() if sees_saved_view(access, scope)}, name
