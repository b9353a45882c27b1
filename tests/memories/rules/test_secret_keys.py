"""Keys are known by their form."""

import random
import string
import uuid

import pytest

from governance.rules import key_format
from memories.rules import secret_keys

RNG = random.Random("keys")  # noqa: S311 - the same in every run


def made(size, signs=string.ascii_letters + string.digits):
    """Random signs, with a digit among them: no test holds what looks like a key."""
    return "".join(RNG.choice(signs) for _ in range(size - 1)) + "7"


FORMS = [
    "sk-" + made(48), "sk-proj-" + made(60), "sk-ant-api03-" + made(90), "ghp_" + made(36),
    "github_pat_" + made(22) + "_" + made(59), "glpat-" + made(20),
    "AKIA" + made(16, "ABCDEF234567"),
    "xoxb-" + made(12, string.digits) + "-" + made(24), "sk_" + "live_" + made(24),
    "AIza" + made(35),
    "SG." + made(22) + "." + made(43), "npm_" + made(36), "hf_" + made(34),
    "shpat_" + made(32, "0123456789abcdef"), made(9, string.digits) + ":AA" + made(33),
    made(9, string.digits) + ":AA" + made(32), "bot" + made(10, string.digits) + ":AA" + made(33),
]  # fmt: skip


@pytest.mark.parametrize("key", FORMS)
def test_a_vendors_key_is_found_whole(key):
    text = f"here it is: {key} keep it"

    (found,) = secret_keys.find(text)

    assert (found.kind, text[found.start : found.end]) == ("api_key", key)


def test_our_own_key_is_found_whole():
    _, key = key_format.make(uuid.uuid4())

    (found,) = secret_keys.find(f"use {key}")

    assert f"use {key}"[found.start : found.end] == key


def test_a_private_key_is_found_to_its_end():
    key = f"-----BEGIN RSA PRIVATE KEY-----\n{made(64)}\n-----END RSA PRIVATE KEY-----"

    (found,) = secret_keys.find(f"a\n{key}\nb")

    assert (found.kind, found.start, found.end) == ("private_key", 2, 2 + len(key))


def test_a_private_key_that_is_cut_off_is_found_to_the_end_of_the_text():
    text = f"-----BEGIN PRIVATE KEY-----\n{made(64)}"

    (found,) = secret_keys.find(text)

    assert found.end == len(text)


def test_of_an_address_only_the_password_is_secret():
    text = "postgres://app:s3cr3t@db.example.com:5432/prod"

    (found,) = secret_keys.find(text)

    assert text[found.start : found.end] == "s3cr3t"


@pytest.mark.parametrize(
    "text",
    [
        "postgres://app:<password>@host/db",
        "postgres://app:${DB_PASSWORD}@host/db",
        "https://example.com/a:b",
        "a token of appreciation",
        "commit 3f786850e387550fdab836ed7e6dc881de23001b",
        "550e8400-e29b-41d4-a716-446655440000",
        "sk-learn-has-a-very-long-name-of-a-module",
    ],
)
def test_what_only_looks_alike_is_none(text):
    assert list(secret_keys.find(text)) == []


@pytest.mark.parametrize(
    "word", ["<password>", "${X}", "[api_key]", "your-key-here", "changeme", "***"]
)
def test_a_placeholder_is_no_secret(word):
    assert secret_keys.is_placeholder(word)
