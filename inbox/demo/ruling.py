"""The six rules Kefu brings, on in every region of the demo shop (CM-1); and what one of them sends is approved."""

from collections.abc import Mapping

from django.utils import timezone

from contacts.actions.rules import switch_rule
from contacts.actions.shipped_rules import lay_rules
from contacts.models import Rule
from inbox.accounts.known_templates import learn_templates
from inbox.demo.accounts import BY
from inbox.models import Channel
from security.access import access_of
from security.models import User
from security.writing import write

_WHY = "the demo's rules"
_COME_BACK = {("come_back", "zh_TW"): {"category": "MARKETING", "status": "APPROVED"}}


def switch_rules_on(people: Mapping[str, User]) -> None:
    lay_rules()
    accounts = set(Channel.objects.for_system(_WHY).values_list("waba_id", flat=True))
    with write(by=BY):
        for account in sorted(accounts):
            learn_templates(account, _COME_BACK, timezone.now())
    accesses = [access for person in people.values() if (access := access_of(person)).can("contacts.manage_rule")]
    rows = Rule.objects.for_system(_WHY).exclude(shipped="").order_by("region_id", "position")
    for rule_id, region_id in list(rows.values_list("pk", "region_id")):
        by = next((access for access in accesses if region_id in access.region_ids), None)
        if by is not None:
            switch_rule(by=by, rule_id=rule_id, to="on")
