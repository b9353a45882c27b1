"""Card numbers pass Luhn, fit an issuer and are grouped as cards are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import payment_cards


def found(text):
    return [(span.kind, text[span.start : span.end]) for span in payment_cards.find(text)]


@pytest.mark.parametrize(
    "number",
    [
        "4111111111111111", "4111 1111 1111 1111", "5555-5555-5555-4444", "3782 822463 10005",
        "6011111111111117", "3530111333300000", "30569309025904", "2223003122003222",
        "4222222222222", "6200000000000005", "4111 11111111 1111", "41 11 11 11 11 11 11 11",
        "4111\n1111\n1111\n1111", "4111_1111_1111_1111", "4111/1111/1111/1111",
        "4111 - 1111 - 1111 - 1111",
    ],
)  # fmt: skip
def test_a_card_is_found(number):
    assert found(f"my card is {number}, thanks") == [("card_number", number)]


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112",  # Luhn
        "1234567812345670",  # no issuer
        "0000 0000 0000 0000",
        "411 1111 1111 11111",  # not grouped like a card
        "DE89 3704 0044 0532 0130 00",
        "+49 170 1234567890",
        "at 2024-11-03 12:30:45",
        "41111111111111111111",
    ],
)
def test_other_numbers_are_none(text):
    assert found(text) == []


def test_the_code_beside_a_card_is_found():
    assert found("4111 1111 1111 1111 12/27 123") == [
        ("card_number", "4111 1111 1111 1111"),
        ("cvv", "123"),
    ]


@pytest.mark.parametrize("text", ["CVV: 123", "the security code is 123", "Die Prüfziffer ist 123"])
def test_a_code_that_is_called_so_is_found(text):
    assert found(text) == [("cvv", "123")]


@given(st.integers(0, 10**15 - 1))
def test_one_check_digit_passes_and_nine_do_not(number):
    body = f"{number:015d}"

    assert sum(payment_cards.passes_luhn(f"{body}{digit}") for digit in range(10)) == 1
