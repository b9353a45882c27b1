"""Cities and countries are told from all else that one moves to."""

import pytest

from memories.rules import places


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Hamburg", "Hamburg"),
        ("The Hague", "The Hague"),
        ("Rio de Janeiro.", "Rio de Janeiro"),
        ("Berlin Monday to Friday", "Berlin"),
        ("new york since", "new york"),
        ("Singapore", "Singapore"),
        ("Spain", ""),
        ("the Netherlands", ""),
        ("Linux", ""),
        ("Marketing", ""),
        ("fear of spiders", ""),
    ],
)
def test_a_city_is_read(raw, expected):
    assert places.city(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Spain", "Spain"),
        ("the Netherlands", "Netherlands"),
        ("UK", "UK"),
        ("us", ""),
        ("Rome", ""),
    ],
)
def test_a_country_is_read(raw, expected):
    assert places.country(raw) == expected


def test_a_country_is_known_in_small_letters():
    assert places.is_country("belgium")
    assert not places.is_country("brussels")


def test_a_day_is_no_part_of_a_place():
    assert places.without_time("Graz Friday night") == "Graz"
