"""A few digits that open something."""

import pytest

from memories.rules import access_codes


def found(text):
    return [(span.kind, text[span.start : span.end]) for span in access_codes.find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("my PIN is 4821", "pin", "4821"),
        ("PIN 4821", "pin", "4821"),
        ("Meine PIN ist 6620", "pin", "6620"),
        ("mon code pin est 1945", "pin", "1945"),
        ("the alarm code is 4471", "access_code", "4471"),
        ("the safe combination is 12-34-56", "access_code", "12-34-56"),
        ("Der Türcode ist 7351", "access_code", "7351"),
        ("your verification code is 483920", "access_code", "483920"),
        ("recovery codes: 8f3k-2l9x, 77gh-21kd", "access_code", "8f3k-2l9x, 77gh-21kd"),
    ],
)
def test_the_code_is_found(text, kind, code):
    assert found(text) == [(kind, code)]


@pytest.mark.parametrize(
    "text",
    [
        "the pin on pin 13 of the board",
        "please pin the dependency to 3.2",
        "the error code is 503",
        "the area code is 030",
        "the postal pin code is 560001",
        "the verification code never arrived",
        "use the promo code SUMMER",
    ],
)
def test_other_codes_are_left(text):
    assert found(text) == []
