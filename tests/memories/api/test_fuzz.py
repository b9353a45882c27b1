"""Whatever is sent, it is never our fault: no request is answered with 500."""

import copy
import json
import string

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memories.rules.filters import FIELDS, Operator
from tests.memories.api.talk import remember

pytestmark = pytest.mark.django_db
WHOLE = {
    "episodes": {
        "user_id": "ada",
        "identity": {"channel": "email", "id": "a@b"},
        "agent_id": "a",
        "messages": [
            {"role": "user", "content": "I live in Delft.", "name": "Ada", "time": "2026-05-01"}
        ],
        "metadata": {"trip": "rome"},
    },
    "recall": {
        "user_id": "ada",
        "query": "bees",
        "top_k": 3,
        "threshold": 0.1,
        "as_of": "2026-05-01T00:00:00Z",
        "strategy": "default",
        "types": ["profile"],
        "filters": {"type": {"in": ["profile"]}, "OR": [{"importance": {"gt": 0.5}}]},
        "explain": True,
    },
    "memories": {
        "user_id": "ada",
        "text": "x",
        "type": "profile",
        "slot": "city",
        "data": {"value": "Delft"},
        "role": "user",
        "speaker": "Ada",
        "metadata": {"trip": "rome"},
        "categories": ["a"],
        "importance": 0.5,
        "confidence": 0.5,
        "sensitivity": "normal",
        "occurred_at": "2026-05-01",
        "valid_from": "2026-05-01",
        "expires_at": "2999-05-01",
        "vector": [0.1, 0.2],
    },
    "memories/list": {
        "user_id": "ada",
        "states": ["ACTIVE"],
        "limit": 3,
        "cursor": "x",
        "filters": {"metadata.trip": {"contains": "rome"}},
    },
    "memory-types": {
        "name": "allergy",
        "description": "x",
        "data_schema": {"type": "object", "properties": {"a": {"type": "string"}}},
        "slots": ["a"],
        "pinned": True,
        "precedence": 3,
        "half_life_days": 3.5,
        "sensitivity": "special",
        "active": True,
    },
    "identities/resolve": {"identity": {"channel": "email", "id": "a@b"}},
    "identities/link": {"user_id": "a", "to": {"user_id": "b"}, "evidence": {"kind": "x"}},
    "identities/unlink": {"user_id": "ada"},
}
BULK = {"memories": [WHOLE["memories"], {"user_id": "bob", "text": "y"}]}
CHANGES = {
    key: WHOLE["memories"][key]
    for key in ("text", "data", "metadata", "categories", "importance", "occurred_at", "expires_at")
}
STRATEGY = {"config": {"top_k": 3, "threshold": 0.1, "types": ["profile"], "diversity": 0.5}}

NUMBERS = (
    st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([10**400, -(10**40), 2**63, 1e308, 1e-320, -0.0])
)
SIGNS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
TEXTS = SIGNS | st.sampled_from(
    ["", " ", "x" * 9000, "nan", "inf", "2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31",
     "-1", "true", "null", "%s", "{}", "$ref", "🐝", "\u202e", "\ufdfa" * 30]
)  # fmt: skip
NAMES = TEXTS | st.sampled_from(
    ["AND", "OR", "NOT", *FIELDS, *Operator, "metadata.x", "metadata.2024", "user_id", "identity"]
)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=10,
)


def places(value, path=()):
    """The path of every value inside a value."""
    yield path
    if isinstance(value, dict | list):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(child, (*path, key))


@st.composite
def damaged(draw, whole):
    """A good body with something else in one or two places."""
    body = copy.deepcopy(whole)
    for path in draw(st.lists(st.sampled_from(list(places(whole))), min_size=1, max_size=2)):
        if not path:
            return draw(JSON)
        node = body
        try:
            for key in path[:-1]:
                node = node[key]
            node[path[-1]] = draw(JSON)
        except (TypeError, KeyError, IndexError):
            continue  # its place was in what the first damage took away
    return body


def is_answered(send):
    with transaction.atomic():
        answer = send()
        transaction.set_rollback(True)
    assert answer.status_code < 500, answer.content
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"


def fuzzed(test):
    quiet = settings(max_examples=60, suppress_health_check=list(HealthCheck))
    return quiet(given(data=st.data())(test))


@pytest.mark.parametrize("name", sorted(WHOLE))
@fuzzed
def test_any_post_is_answered(bot, name, data):
    body = data.draw(damaged(WHOLE[name]))

    is_answered(lambda: bot.post(f"/api/v1/{name}/", body, format="json"))


@fuzzed
def test_any_bulk_post_is_answered(bot, data):
    body = data.draw(damaged(BULK))

    is_answered(lambda: bot.post("/api/v1/memories/", body, format="json"))


@fuzzed
def test_any_change_is_answered(bot, data):
    kept = remember(bot, "Ada keeps bees", type="profile")
    body = data.draw(damaged(CHANGES))

    is_answered(lambda: bot.patch(f"/api/v1/memories/{kept['id']}/", body, format="json"))


@fuzzed
def test_any_change_of_a_type_is_answered(bot, data):
    changes = {key: value for key, value in WHOLE["memory-types"].items() if key != "name"}
    body = data.draw(damaged(changes))

    is_answered(lambda: bot.patch("/api/v1/memory-types/profile/", body, format="json"))


@fuzzed
def test_any_strategy_is_answered_and_can_be_used(bot, data):
    body = data.draw(damaged(STRATEGY))

    def put_and_use():
        made = bot.put("/api/v1/strategies/mine/", body, format="json")
        if made.status_code == 200:
            question = {"user_id": "ada", "query": "bees", "strategy": "mine"}
            return bot.post("/api/v1/recall/", question, format="json")
        return made

    remember(bot, "Ada keeps bees")
    is_answered(put_and_use)


@fuzzed
def test_any_schema_of_a_type_can_be_used_once_it_is_kept(bot, data):
    words = st.sampled_from(
        ["type", "properties", "items", "pattern", "enum", "const", "multipleOf", "minimum",
         "required", "if", "then", "not", "allOf", "anyOf", "$ref", "$id", "$anchor", "$defs",
         "format", "maxLength", "uniqueItems", "dependentRequired", "unevaluatedProperties"]
    )  # fmt: skip
    schema = data.draw(st.dictionaries(words, JSON | st.just({"type": "object"}), max_size=3))
    given_data = data.draw(st.dictionaries(TEXTS, JSON, max_size=3))

    def define_and_use():
        body = {"name": "made", "description": "x", "data_schema": schema}
        made = bot.post("/api/v1/memory-types/", body, format="json")
        if made.status_code == 201:
            kept = {"user_id": "ada", "type": "made", "data": given_data or {"a": 1}}
            return bot.post("/api/v1/memories/", kept, format="json")
        return made

    is_answered(define_and_use)


@fuzzed
def test_any_page_is_answered(bot, data):
    names = st.sampled_from(["user_id", "types", "states", "limit", "cursor", "filters", "x"])
    asked = data.draw(st.dictionaries(names, TEXTS | JSON.map(json.dumps), max_size=4))

    is_answered(lambda: bot.get("/api/v1/memories/", {"user_id": "ada", **asked}))


@fuzzed
def test_any_bytes_are_answered(bot, data):
    raw = data.draw(st.binary(max_size=60) | st.text(string.printable, max_size=60).map(str.encode))

    is_answered(lambda: bot.post("/api/v1/recall/", raw, content_type="application/json"))


@fuzzed
def test_any_header_is_answered(bot, data):
    signs = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=80)
    body = {"user_id": "ada", "query": "bees"}

    is_answered(
        lambda: bot.post(
            "/api/v1/recall/",
            body,
            format="json",
            HTTP_IDEMPOTENCY_KEY=data.draw(signs),
            HTTP_X_REQUEST_ID=data.draw(signs),
        )
    )
