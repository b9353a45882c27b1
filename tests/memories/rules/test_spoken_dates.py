"""Dates in digits, said in words."""

import pytest

from memories.rules import spoken_dates, wording


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1979-06-12", "I was born in 1979 on the 12th of June"),
        ("1979-06-02", "born 2 Jun 1979"),
        ("06-12", "My birthday is on June 12"),
        ("1990-03-05", "Ich bin am 5. März 1990 geboren"),
        ("1990-08-05", "né le 5 août 1990"),
        ("1990-01-05", "nací el 5 de enero de 1990"),
    ],
)
def test_a_date_that_was_said_is_found(written, said):
    assert spoken_dates.is_said(written, wording.words(said))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1980-06-12", "I was born in 1979 on the 12th of June"),
        ("1979-07-12", "I was born in 1979 on the 12th of June"),
        ("1979-06-13", "I was born in 1979 on the 12th of June"),
        ("1979-13-12", "1979 12 13"),
        ("June 12", "June 12"),
        ("", ""),
    ],
)
def test_another_is_not(written, said):
    assert not spoken_dates.is_said(written, wording.words(said))
