"""Numbers on the phone page are grouped as their country does."""

import pytest

from inbox.simulator.written_numbers import written
from tests.inbox.simulator.running import Running


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("886900000123", "+886 900 000 123"),
        ("12125550105", "+1 212-555-0105"),
        ("447700900362", "+44 7700 900362"),
        ("85200000007", "+852 0000 0007"),
        ("33639980900", "+33 6 39 98 09 00"),
        ("81900000001", "+81 9 0000 0001"),
        ("999123456789", "+999123456789"),
    ],
)
def test_a_number_is_written_as_its_country_does(digits: str, shown: str) -> None:
    assert written(digits) == shown


def test_a_customer_is_told_with_the_number_to_show(bare: Running) -> None:
    made = bare.sim("POST", "customers", {"name": "Amy", "phone": "+447700900362"})
    assert (made["phone"], made["phone_written"]) == ("+447700900362", "+44 7700 900362")
