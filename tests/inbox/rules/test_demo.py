"""The demo shop has the six rules on (CM-1)."""

from contacts.models import Rule
from inbox.demo.ruling import switch_rules_on
from tests.conftest import Cast
from tests.worlds.channels import channel


def test_the_six_rules_are_on_in_every_region_of_the_demo(cast: Cast):
    for region in (cast.asia, cast.europe):
        channel(region)
    switch_rules_on({"dee": cast.dee})
    rows = Rule.objects.for_system("the test").filter(is_on=True)
    assert [rows.filter(region=region).count() for region in (cast.asia, cast.europe)] == [6, 6]
