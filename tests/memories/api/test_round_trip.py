"""What is read back is what was sent, to the last sign that can be seen."""

import math

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from memories.api.bodies import MAX_SMALL_JSON
from memories.rules.plain_text import plain, plain_json
from tests.memories.api.talk import post

pytestmark = pytest.mark.django_db
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TEXT = st.text(SIGNS, min_size=1, max_size=40).filter(lambda text: plain(text).strip())
NUMBERS = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(SIGNS, max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(SIGNS, max_size=10), inner, max_size=3)
    ),
    max_leaves=8,
)
OBJECT = st.dictionaries(st.text(SIGNS, max_size=10), JSON, max_size=4).filter(
    lambda value: len(str(value)) < MAX_SMALL_JSON
)
CATEGORIES = st.lists(st.text(SIGNS, min_size=1, max_size=20).map(str.strip).filter(bool))
quiet = settings(max_examples=30, suppress_health_check=list(HealthCheck))


def equal(one, other):
    """Equal, but for the last digits of a float, and -0.0, which JSON in PostgreSQL has not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, float) or isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-300)
    return type(one) is type(other) and one == other


def kept(bot, **fields):
    with transaction.atomic():
        answer = post(bot, "memories", {"user_id": "ada", "text": "x", **fields})
        assert answer.status_code == 201, answer.content
        (result,) = answer.json()["results"]
        found = bot.get(f"/api/v1/memories/{result['id']}/").json()
        history = bot.get(f"/api/v1/memories/{result['id']}/history/").json()
        transaction.set_rollback(True)
    return found, history["results"][0]["after"]


@given(TEXT)
@example("write \\u0000 for NUL")
@example("a\\b\"c'd%s{}\t\r\n")
@example("🐝 \u202e \ufeff é e\u0301")
@quiet
def test_a_text_is_kept_as_it_stands(bot, text):
    found, version = kept(bot, text=text)

    assert found["memory"] == version["text"] == plain(text)


@given(OBJECT, OBJECT.filter(bool))
@example({"a\\u0000": "\\", "": None}, {"b": [1.0, 2, True, None, {}]})
@quiet
def test_metadata_and_data_are_kept_as_they_are(bot, metadata, data):
    found, version = kept(bot, metadata=metadata, data=data)

    for told in (found, version):
        assert equal(told["metadata"], plain_json(metadata))
        assert equal(told["data"], plain_json(data))


@given(CATEGORIES)
@example(["a,b", "{x}", '"q"', "NULL", "null", "\\", "é"])
@quiet
def test_categories_are_kept_as_they_are(bot, categories):
    found, _ = kept(bot, categories=categories)

    assert found["categories"] == categories


@given(st.floats(0, 1), st.floats(0, 1))
@quiet
def test_importance_and_confidence_are_kept_to_the_last_digit(bot, importance, confidence):
    found, _ = kept(bot, importance=importance, confidence=confidence)

    assert (found["importance"], found["confidence"]) == (importance, confidence)
