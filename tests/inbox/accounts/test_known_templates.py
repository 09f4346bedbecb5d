"""What webhooks told of templates: each value as last told, whatever comes last."""

from inbox.models import KnownTemplate
from tests.inbox.accounts.samples import TEMPLATE
from tests.inbox.accounts.test_reactions import known
from tests.inbox.outgoing.conftest import Desk, desk
from tests.worlds.channels import channel
from tests.worlds.webhooks import account_news, seconds

__all__ = ["desk"]  # the fixture


def test_what_was_told_of_a_template_is_known_by_account_and_language(desk: Desk):
    other = channel(desk.cast.asia)
    told = {**TEMPLATE, "message_template_category": "UTILITY"}
    account_news(desk.shop, "message_template_status_update", {**told, "event": "APPROVED"}, ago=60)
    account_news(desk.shop, "message_template_quality_update", {**TEMPLATE, "new_quality_score": "YELLOW"}, ago=30)
    account_news(desk.shop, "message_template_status_update", {**told, "event": "PAUSED"}, ago=90)
    account_news(other, "message_template_status_update", {**told, "event": "DISABLED"})
    mine = KnownTemplate.objects.get(waba_id=desk.shop.waba_id)
    assert (mine.name, mine.language) == ("order_update", "en_US")
    assert (mine.status, mine.category, mine.quality) == ("APPROVED", "UTILITY", "YELLOW")


def test_a_category_that_is_only_announced_is_not_yet_the_category(desk: Desk):
    known(desk, "UTILITY")
    told = {**TEMPLATE, **{"message_template_name": "hello_world", "message_template_language": "en_US"}}
    coming = {**told, "correct_category": "MARKETING", "new_category": "UTILITY"}
    account_news(desk.shop, "template_category_update", {**coming, "category_update_timestamp": int(seconds(-86400))})
    assert KnownTemplate.objects.get(waba_id=desk.shop.waba_id).category == "UTILITY"


def test_a_quality_that_came_first_does_not_drop_an_older_category(desk: Desk):
    account_news(desk.shop, "message_template_quality_update", {**TEMPLATE, "new_quality_score": "RED"}, ago=30)
    told = {**TEMPLATE, "previous_category": "UTILITY", "new_category": "MARKETING"}
    account_news(desk.shop, "template_category_update", told, ago=60)
    mine = KnownTemplate.objects.get(waba_id=desk.shop.waba_id)
    assert (mine.category, mine.quality) == ("MARKETING", "RED")
