"""A review of a case in the bin: as much out of everything as the case (PM-4, PM-9)."""

import pytest

from inbox.actions.bin import restore_conversation
from inbox.actions.qa_reviews import acknowledge_review, remark_on
from inbox.coaching.policies import review_scope
from inbox.models import QaReview, QaScore
from security.errors import NotFound
from security.streams import sees
from tests.conftest import Cast
from tests.inbox.coaching.cases import finished, reviewed
from tests.inbox.together.test_bin import bin_it
from tests.worlds.channels import channel
from tests.worlds.threads import messages


def test_it_is_gone_with_the_conversation_and_comes_back_with_it(cast: Cast):
    talk = finished(channel(cast.asia), cast.ben)
    row = reviewed(cast.access("dee"), talk)
    said = messages(talk)[0].pk
    deleted = bin_it(cast, talk)
    scope = review_scope(QaReview.objects.for_system("the test").select_related("conversation").get(pk=row.pk))
    for name in ("ana", "ben", "dee", "fay"):
        access = cast.access(name)
        assert not QaReview.objects.visible_to(access) and not QaScore.objects.visible_to(access)
        assert not sees("review", access, scope)
    assert cast.browser("ben").get("/api/v1/qa-reviews").json()["results"] == []
    with pytest.raises(NotFound):
        acknowledge_review(by=cast.access("ben"), review_id=row.pk)
    with pytest.raises(NotFound):
        remark_on(by=cast.access("dee"), review_id=row.pk, message_id=said, text="Hm")
    restore_conversation(by=cast.access("dee"), deletion_id=deleted.pk)
    assert [one.pk for one in QaReview.objects.visible_to(cast.access("ben"))] == [row.pk]
