"""Keys come back as they were made; anything else is no key."""

import base64
import uuid

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from governance.rules import key_format

HERE = uuid.UUID("01234567-89ab-7def-8123-456789abcdef")
PREFIX, KEY = key_format.make(HERE)


@given(st.uuids())
def test_a_key_tells_its_namespace_and_prefix(namespace_id):
    prefix, text = key_format.make(namespace_id)

    assert key_format.parse(text) == key_format.KeyParts(namespace_id, prefix)
    assert text.startswith("rmb_")


def test_a_secret_has_256_bits_and_is_never_made_twice():
    secrets = {key_format.make(HERE)[1][-43:] for _ in range(200)}

    assert len(secrets) == 200
    assert all(len(base64.urlsafe_b64decode(secret + "=")) == 32 for secret in secrets)


def test_a_key_can_be_sent_in_a_header_as_it_is():
    assert KEY.isascii()
    assert KEY.isprintable()
    assert " " not in KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rmb_",
        KEY[:-1],
        KEY + "A",
        KEY + "\n",
        " " + KEY,
        KEY.replace("rmb_", "RMB_"),
        KEY.upper(),
        KEY.replace("_", "-", 1),
        "sk_" + KEY[4:],
        KEY[:-1] + "é",
        KEY[:-1] + "=",
        "rmb_" + "1" * 26 + KEY[30:],
        "rmb_" + KEY[5:],
        f"{KEY}_{KEY}",
    ],
)
def test_what_is_malformed_is_no_key(text):
    assert key_format.parse(text) is None


@given(st.text())
@example("rmb_" + "a" * 26 + "_" + "a" * 8 + "_" + "a" * 43)
def test_any_text_is_a_key_or_none(text):
    found = key_format.parse(text)

    assert found is None or f"_{found.prefix}_" in text
