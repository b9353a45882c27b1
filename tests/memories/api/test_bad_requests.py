"""Whatever is wrong with a request, the answer has one shape and says what mends it."""

import json
import uuid

import pytest
from django.db import connection
from rest_framework.test import APIClient

from tests.memories.api.talk import post, refusal, refused_fields, remember

pytestmark = pytest.mark.django_db
POSTS = [
    "episodes",
    "recall",
    "memories",
    "memories/list",
    "memory-types",
    "identities/resolve",
    "identities/link",
    "identities/unlink",
]
SOME_ID = uuid.UUID(int=7)


def send(bot, name, raw, content_type="application/json", **headers):
    return bot.post(f"/api/v1/{name}/", raw, content_type=content_type, **headers)


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize(
    "raw",
    ["[]", "[1]", '"text"', "7", "true", "null"],
    ids=["list", "items", "text", "n", "b", "0"],
)
def test_a_body_that_is_no_object_is_refused(bot, name, raw):
    refusal(send(bot, name, raw), 400, "invalid_input")


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"{'a': 1}",
        b"nonsense",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": "\\u0000"}',
        b'{"a\\u0000": 1}',
        b'{"a": "\x00"}',
        b'{"a": "\\ud800"}',
        b'{"a": "\xed\xa0\x80"}',
        b'{"a": "\xff"}',
        '{"a": 1}'.encode("utf-16"),
        b"[" * 100_000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b'{"a": 1' + b"0" * 5000 + b"}",
    ],
    ids=lambda raw: repr(raw[:14]),
)
def test_a_body_that_cannot_be_read_is_refused(bot, name, raw):
    problem = refusal(send(bot, name, raw), 400, "malformed_json")

    assert problem["errors"] == [{"field": "body", "message": problem["detail"]}]


def test_a_pair_of_surrogates_and_the_name_of_nul_are_texts_like_others(bot):
    for raw in (
        b'{"user_id": "ada", "text": "\\ud83d\\udc1d"}',
        b'{"user_id": "ada", "text": "write \\\\u0000 for NUL"}',
    ):
        assert send(bot, "memories", raw).status_code == 201


def test_nesting_up_to_the_limit_is_kept(bot):
    deep = {}
    for _ in range(29):
        deep = {"a": deep}

    kept = remember(bot, "x", metadata=deep)

    assert bot.get(f"/api/v1/memories/{kept['id']}/").json()["metadata"] == deep


@pytest.mark.parametrize("field", ["metadata", "data"])
@pytest.mark.parametrize("raw", ["1e400", "-1e400"])
def test_a_number_too_large_to_be_kept_is_refused(bot, field, raw):
    answer = send(bot, "memories", f'{{"user_id": "ada", "text": "x", "{field}": {{"a": {raw}}}}}')

    assert refused_fields(answer) == [field]


@pytest.mark.parametrize("name", POSTS)
def test_unknown_fields_are_named(bot, name):
    problem = refusal(post(bot, name, {"colour": "red", "size": 3}), 400, "invalid_input")

    assert [error["field"] for error in problem["errors"]] == ["colour", "size"]
    assert all("Use:" in error["message"] for error in problem["errors"])


def test_an_unknown_field_deep_inside_is_named_by_its_path(bot):
    answer = post(
        bot,
        "episodes",
        {"user_id": "ada", "messages": [{"role": "user", "content": "x", "mood": "good"}]},
    )

    assert refused_fields(answer) == ["messages[0].mood"]


@pytest.mark.parametrize("name", POSTS)
@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"],
)
def test_only_json_is_read(bot, name, content_type):
    refusal(send(bot, name, "{}", content_type), 415, "unsupported_media_type")


def test_json_with_a_charset_is_json(bot):
    raw = json.dumps({"user_id": "ada", "query": "x"})

    assert send(bot, "recall", raw, "application/json; charset=utf-8").status_code == 200


def test_an_empty_body_names_what_is_missing(bot):
    assert "query" in refused_fields(send(bot, "recall", ""))


def test_only_json_is_written(bot):
    refusal(bot.get("/api/v1/key/", HTTP_ACCEPT="text/html"), 406, "not_acceptable")


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("PUT", "memories/"),
        ("DELETE", "memories/"),
        ("GET", "recall/"),
        ("GET", "episodes/"),
        ("POST", f"memories/{SOME_ID}/"),
        ("PUT", f"memories/{SOME_ID}/"),
        ("PATCH", f"episodes/{SOME_ID}/"),
        ("DELETE", f"traces/{SOME_ID}/"),
        ("TRACE", "memories/"),
        ("SETUP", "memories/"),
    ],
)
def test_a_method_that_an_address_has_not_is_refused(bot, method, address):
    answer = bot.generic(method, f"/api/v1/{address}", "{}", content_type="application/json")

    assert answer.status_code in (403, 405)
    refusal(answer, answer.status_code)
    if method != "SETUP":
        assert answer.status_code == 405
        assert answer["Allow"]


@pytest.mark.parametrize(
    "address", ["/api/v1/", "/api/v1/nothing/", "/api/v2/recall/", "/nothing", "/api/v1/memories//"]
)
def test_an_unknown_address_leads_nowhere(bot, address):
    for client in (bot, APIClient()):
        refusal(client.get(address), 404, "not_found")


def test_a_body_above_the_sites_limit_is_refused_before_it_is_read(bot, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = {"user_id": "ada", "text": "x" * 1000}

    for headers in ({}, {"HTTP_IDEMPOTENCY_KEY": "k"}):
        problem = refusal(post(bot, "memories", body, **headers), 413, "too_large")
        assert problem["errors"] == [{"field": "body", "message": "Send at most 1000 bytes."}]


@pytest.mark.parametrize(
    ("name", "body", "field"),
    [
        ("memories", {"user_id": "ada", "text": "x" * 8001}, "text"),
        ("memories", {"user_id": "ada", "text": "x", "data": {"a": "x" * 16_000}}, "data"),
        ("memories", {"memories": [{"user_id": "ada", "text": "x"}] * 1001}, "memories"),
        ("memories", {"memories": [{"user_id": "ada", "text": "x" * 8001}]}, "memories[0].text"),
        ("recall", {"user_id": "ada", "query": "x" * 4001}, "query"),
        ("episodes", {"user_id": "ada", "messages": [{"role": "user", "content": "x"}] * 501},
         "messages"),
        ("episodes", {"user_id": "ada", "messages": [{"role": "user", "content": "x"},
                                                     {"role": "user", "content": "x" * 8001}]},
         "messages[1].content"),
    ],
)  # fmt: skip
def test_what_is_too_large_is_named_with_what_fits(bot, name, body, field):
    (told,) = refusal(post(bot, name, body), 413, "too_large")["errors"]

    assert told["field"] == field
    assert "fit" in told["message"]


def test_a_field_that_is_too_large_beside_one_that_is_wrong_is_a_bad_request(bot):
    body = {"user_id": "ada", "text": "x" * 8001, "importance": "high"}

    assert sorted(refused_fields(post(bot, "memories", body))) == ["importance", "text"]


def test_a_body_that_takes_no_field_says_what_to_send(bot):
    kept = remember(bot, "I live in Delft")

    (told,) = refusal(post(bot, f"memories/{kept['id']}/undo", {"x": 1}), 400)["errors"]

    assert told == {"field": "x", "message": "Unknown field. Use: no field; send {}."}


def test_many_errors_are_told_in_a_few(bot):
    problem = refusal(post(bot, "memories", {"memories": [{"x": 1}] * 900}), 400)

    assert len(problem["errors"]) == 50


def test_the_callers_request_id_is_taken_if_it_is_well_formed(bot):
    own = bot.get("/api/v1/nothing/", HTTP_X_REQUEST_ID="my-request-1")
    bad = bot.get("/api/v1/nothing/", HTTP_X_REQUEST_ID="short")

    assert refusal(own, 404)["request_id"] == "my-request-1"
    assert uuid.UUID(refusal(bad, 404)["request_id"])


def test_a_refusal_repeats_nothing_that_was_said(bot):
    for body in (
        {"user_id": "ada", "text": "xylocopa", "type": "nonsense"},
        {"user_id": "ada", "text": "xylocopa", "vector": [1]},
        {"user_id": "ada", "text": "xylocopa" * 1001},
    ):
        assert b"xylocopa" not in post(bot, "memories", body).content


def test_when_the_database_does_not_answer_it_is_said(bot, monkeypatch):
    def unreachable(*_args, **_kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1; SELECT pg_cancel_backend(pg_backend_pid())")

    monkeypatch.setattr("memories.browsing.page", unreachable)

    refusal(post(bot, "memories/list", {"user_id": "ada"}), 503, "database_unavailable")
