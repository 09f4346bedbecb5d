"""Telephone numbers as people, shops and spreadsheets write them."""

import pytest

from contacts.hygiene.numbers import OddNumber, read_number


@pytest.mark.parametrize(
    ("raw", "country", "e164"),
    [
        ("0912 345 678", "TW", "+886912345678"),
        ("0912-345-678", "tw", "+886912345678"),
        ("912345678", "TW", "+886912345678"),  # a spreadsheet took the zero
        ("886912345678", "TW", "+886912345678"),
        ("+886 (0)912 345 678", "", "+886912345678"),
        ("＋８８６ ９１２ ３４５ ６７８", "", "+886912345678"),
        ("00886912345678", "", "+886912345678"),
        ("886912345678.0", "", "+886912345678"),
        ("'+886912345678", "", "+886912345678"),
        ("whatsapp:+886912345678", "", "+886912345678"),
        ("\u202d+886912345678\u202c", "", "+886912345678"),
        ("(02) 2345-6789", "TW", "+886223456789"),
        ("447400123456", "TW", "+447400123456"),
        ("5521987654321", "", "+5521987654321"),
    ],
)
def test_one_form_for_every_way_to_write_it(raw, country, e164):
    found = read_number(raw, country=country)
    assert (found.e164, found.wa_id) == (e164, e164[1:])


@pytest.mark.parametrize(
    ("raw", "country", "code"),
    [
        ("8.86912E+11", "TW", "number_rounded"),
        ("0912345678", "", "number_without_country"),
        ("+886 12", "TW", "number_invalid"),
        ("09123", "TW", "number_invalid"),
        ("Mei Lin", "TW", "number_invalid"),
        ("", "", "number_invalid"),
        ("0912345678 / 0987654321", "TW", "number_invalid"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(raw, country, code):
    with pytest.raises(OddNumber) as refused:
        read_number(raw, country=country)
    assert refused.value.code == code
