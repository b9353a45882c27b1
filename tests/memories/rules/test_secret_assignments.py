"""A name that says it is secret makes its value one."""

import pytest

from memories.rules import secret_assignments, spans


def found(text):
    places = spans.apart(secret_assignments.find(text))
    return [(span.kind, text[span.start : span.end]) for span in places]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("SECRET_KEY=abcDEF123456ghij", "api_key", "abcDEF123456ghij"),
        ('"password": "s3cret pass"', "password", "s3cret pass"),
        ("DB_PASSWORD=hunter22", "password", "hunter22"),
        ("token = '9f8e7d6c5b4a3f2e1d0c'", "token", "9f8e7d6c5b4a3f2e1d0c"),
        ("client_secret: 9f8e7d6c5b4a3f2e1d0c", "secret", "9f8e7d6c5b4a3f2e1d0c"),
        ("the API key is 9f8e7d6c5b4a3f2e1d0c.", "api_key", "9f8e7d6c5b4a3f2e1d0c"),
        ("secret key 9f8e7d6c5b4a3f2e1d0c", "api_key", "9f8e7d6c5b4a3f2e1d0c"),
        ("Der API-Schlüssel lautet 9f8e7d6c5b4a3f2e", "api_key", "9f8e7d6c5b4a3f2e"),
    ],
)
def test_the_value_is_found(text, kind, value):
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "SECRET_KEY=<your-key>",
        "password=${DB_PASSWORD}",
        "token = os.environ['TOKEN']",
        "primary_key=id",
        "sort_key: created_at",
        "the key is to relax",
        "the secret is patience",
        "Token: required",
        "the token is 2024-11-03",
        "api_key=[api_key]",
    ],
)
def test_what_tells_no_value_is_left(text):
    assert found(text) == []
