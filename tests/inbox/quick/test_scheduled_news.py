"""Who is told of a reply for later that did not leave when its author cannot decide on it (PM-11)."""

from inbox.actions.assignments import assign_conversation
from inbox.models import Conversation, Notification
from security.actions.traineeships import start_traineeship
from security.models import User
from tests.conftest import BY, Cast
from tests.inbox.quick import test_scheduled as scheduled
from tests.inbox.quick.test_scheduled import at_its_time, later, row, said

mei, talk = scheduled.mei, scheduled.talk


def test_whoever_has_it_hears_of_what_somebody_who_left_had_scheduled(cast: Cast, talk: Conversation):
    later(cast, talk)
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.fay.pk)
    Notification.objects.for_system("the test").delete()
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    with at_its_time():
        (told,) = Notification.objects.for_system("the test")
        assert (told.to_id, told.kind, told.data["reason"]) == (cast.fay.pk, "scheduled.failed", "author_gone")


def test_an_author_who_does_not_see_it_any_more_hears_of_it_and_so_does_whoever_has_it(cast: Cast, talk: Conversation):
    start_traineeship(by=BY, user=cast.ben, mentors=[cast.fay], holds_replies=False)
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.ben.pk)
    assert later(cast, talk).status_code == 201
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.fay.pk)
    Notification.objects.for_system("the test").delete()
    with at_its_time():
        assert (row().state, row().error_code, said(talk)) == ("failed", "not_found", [])
        (mine,) = Notification.objects.visible_to(cast.access("ben"))
        assert (mine.kind, mine.conversation_id, mine.data["reason"]) == ("scheduled.failed", None, "not_found")
        (told,) = Notification.objects.visible_to(cast.access("fay"))
        assert (told.conversation_id, told.data["colleague"]) == (talk.pk, cast.ben.pk)
        assert not Notification.objects.visible_to(cast.access("dee"))
