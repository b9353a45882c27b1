"""The estimate is on the safe side of what real tokenizers counted, and not absurdly so.

token_counts.json holds texts with the tokens that o200k_base and cl100k_base make of them, counted
with tiktoken.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules.token_estimate import estimate

COUNTED = json.loads(Path(__file__).with_name("token_counts.json").read_text("utf-8"))


@pytest.mark.parametrize("counted", COUNTED, ids=[one["name"] for one in COUNTED])
def test_no_text_comes_out_too_low_nor_many_times_too_high(counted):
    real = max(counted["o200k_base"], counted["cl100k_base"])

    assert real <= estimate(counted["text"]) <= 3.5 * real


def test_prose_comes_out_little_too_high():
    for counted in COUNTED[:4]:
        assert estimate(counted["text"]) <= 1.25 * counted["cl100k_base"]


def test_nothing_costs_nothing():
    assert estimate("") == 0


@given(st.text())
def test_no_text_has_more_tokens_than_bytes(text):
    assert 0 <= estimate(text) <= len(text.encode(errors="surrogatepass"))


@given(st.text(min_size=1))
def test_a_text_has_a_token_at_least(text):
    assert estimate(text) >= 1
