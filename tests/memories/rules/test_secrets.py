"""Secrets are found and masked; prose is left alone; nothing takes long."""

# ruff: noqa: RUF001 - signs that only look like others are what is tested

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import secrets

SLOW = 8_000
# Texts that make a careless pattern look at the same signs again and again.
HOSTILE = [
    "a.", "4111 1111 ", "password is ", "password for ", "://", "a://a:",
    "-----BEGIN PRIVATE KEY-----",
    "_key_key", "secret=", "a", "A_", "abandon ", "use x as ", "user ", "login: a/", "pin 1 ",
    "door code is 1-1-", "-", "eyJ", "curl -u ", "x-", "äpasswort", "sk-", "password is '", "1a",
    "mysql -p", "security code of ", "seed phrase ", "recovery codes: 1a1a-1a1a, ", " ", "\n", "[",
    "passphrase is a ", "--password ", "bearer ", "aws ", "token token ",
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "my password manager is Bitwarden",
        "the key is to relax",
        "I forgot my password",
        "the secret ingredient is love",
        "The password policy is strict: 12 characters",
        "the token is expired",
        "Order number 88120934 arrives tomorrow",
        "",
    ],
)
def test_prose_stays(text):
    assert secrets.mask(text) == (text, {})


def test_the_words_around_a_secret_stay():
    assert secrets.mask("my password is hunter2, and I like bees") == (
        "my password is [password], and I like bees",
        {"password": 1},
    )


def test_several_are_masked_each_by_its_kind():
    masked, kinds = secrets.mask("PIN is 4821, password: tr0ub4dor&3, CVV 123")

    assert masked == "PIN is [pin], password: [password], CVV [cvv]"
    assert kinds == {"pin": 1, "password": 1, "cvv": 1}


@pytest.mark.parametrize(
    "text", ["my password is hunter2", "SECRET_KEY=abcDEF123456ghij", "PIN 4821"]
)
def test_what_is_masked_is_not_masked_again(text):
    once, _ = secrets.mask(text)

    assert secrets.mask(once) == (once, {})
    assert secrets.rests_on_a_mask(once)


def test_only_our_own_masks_are_masks():
    assert not secrets.rests_on_a_mask("see [1] and [password reset]")


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece):
    text = (piece * SLOW)[:SLOW]
    started = time.thread_time()

    secrets.find(text)

    assert time.thread_time() - started < 0.25


@given(st.text(max_size=300))
def test_any_text_can_be_masked(text):
    masked, kinds = secrets.mask(text)

    assert bool(kinds) == (masked != text)


@pytest.mark.parametrize(
    "text",
    [
        "AKIA\u200bIOSFODNN7ABCDEFG",
        "AKIA\u200dIOSF\u00adODNN7ABCDEFG",
        "ＡＫＩＡＩＯＳＦＯＤＮＮ７ＡＢＣＤＥＦＧ",
        "4111\u200b 1111\u200b 1111\u200b 1111",
        "4111\u200d1111\u200d1111\u200d1111",
        "４１１１ １１１１ １１１１ １１１１",
        "pass\u200dword: tr0ub4dor&3",
    ],
)
def test_what_cannot_be_seen_hides_no_secret(text):
    masked, kinds = secrets.mask(f"so it is {text} today")

    assert sum(kinds.values()) == 1
    assert not set(masked) & set("0123456789０１２３４５６７８９７４１")
    assert masked.startswith("so it is ")
    assert masked.endswith(" today")


def test_joiners_in_prose_stay():
    text = "می\u200cخواهم 👩\u200d👧 and ｆｕｌｌ width"

    assert secrets.mask(text) == (text, {})
