"""The same of what belongs to learning: held replies, reviews, traineeships."""

from hypothesis import given
from hypothesis import strategies as st

from inbox.coaching.policies import held_scope, review_scope
from inbox.models import HeldComment, HeldReply, QaRemark, QaReview, QaScore
from security.models import Traineeship
from security.streams import sees
from security.trainees import traineeship_scope, visible_traineeships
from tests.contracts import test_visibility_mirrors as mirrors
from tests.contracts.mirror_world import World
from tests.contracts.test_visibility_mirrors import QUICK, seen, somebody

world = mirrors.world


@QUICK
@given(data=st.data())
def test_a_held_reply_and_what_is_said_of_it_is_visible_to_exactly_its_audience(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    rows = HeldReply.objects.for_system("the test compares").select_related("message__conversation")
    told = {row.pk for row in rows if sees("held", access, held_scope(row))}
    assert seen(HeldReply, access) == told
    comments = HeldComment.objects.for_system("the test compares")
    assert seen(HeldComment, access) == set(comments.filter(held__in=told).values_list("pk", flat=True))


@QUICK
@given(data=st.data())
def test_a_review_and_what_belongs_to_it_is_visible_to_exactly_its_audience(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    rows = QaReview.objects.for_system("the test compares").select_related("conversation")
    told = {row.pk for row in rows if sees("review", access, review_scope(row))}
    assert seen(QaReview, access) == told
    for model in (QaRemark, QaScore):
        parts = model.objects.for_system("the test compares")
        assert seen(model, access) == set(parts.filter(review__in=told).values_list("pk", flat=True))


@QUICK
@given(data=st.data())
def test_a_traineeship_is_visible_to_exactly_its_audience(world: World, data: st.DataObject):
    access = data.draw(somebody(world))
    told = {row.pk for row in Traineeship.objects.all() if sees("traineeship", access, traineeship_scope(row))}
    assert set(Traineeship.objects.filter(visible_traineeships(access)).values_list("pk", flat=True)) == told
