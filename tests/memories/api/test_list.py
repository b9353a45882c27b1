"""Pages of memories: everything once, in order, by GET and by POST."""

import json

import pytest

from tests.memories.api.talk import (
    listed,
    page,
    post,
    refusal,
    refused_fields,
    remember,
    remember_all,
)

pytestmark = pytest.mark.django_db


def walk(bot, limit, **fields):
    seen, cursor = [], None
    while len(seen) < 20:
        found = page(bot, limit=limit, cursor=cursor, **fields)
        seen.append([one["memory"] for one in found["results"]])
        cursor = found["next_cursor"]
        if cursor is None:
            break
    return seen


@pytest.mark.parametrize("limit", [1, 3, 7, 8, 200])
def test_pages_show_everything_once_newest_first(bot, limit):
    remember_all(bot, [{"text": str(number)} for number in range(7)])

    pages = walk(bot, limit)

    assert [text for texts in pages for text in texts] == ["6", "5", "4", "3", "2", "1", "0"]
    assert all(len(texts) == limit for texts in pages[:-1])
    assert pages[-1]


def test_what_comes_or_goes_meanwhile_moves_nothing(bot):
    kept = remember_all(bot, [{"text": str(number)} for number in range(6)])
    first = page(bot, limit=2)

    remember(bot, "new")
    bot.delete(f"/api/v1/memories/{kept[4]['id']}/")

    second = page(bot, limit=2, cursor=first["next_cursor"])
    assert [one["memory"] for one in second["results"]] == ["3", "2"]


def test_nobody_known_has_an_empty_page(bot):
    assert page(bot, user_id="nobody") == {"results": [], "next_cursor": None}


def test_get_and_post_show_the_same(bot):
    remember_all(
        bot,
        [
            {"text": "one", "type": "profile", "metadata": {"trip": "rome"}},
            {"text": "two", "type": "preference", "metadata": {"trip": "rome"}},
            {"text": "three", "type": "profile"},
        ],
    )
    filters = {"metadata.trip": "rome"}

    by_get = bot.get(
        "/api/v1/memories/",
        {
            "user_id": "ada",
            "types": ["profile", "preference"],
            "filters": json.dumps(filters),
            "limit": 1,
        },
    ).json()
    by_post = page(bot, types=["profile", "preference"], filters=filters, limit=1)

    assert by_get == by_post
    assert [one["memory"] for one in by_get["results"]] == ["two"]
    following = bot.get(
        "/api/v1/memories/",
        {"user_id": "ada", "filters": json.dumps(filters), "cursor": by_get["next_cursor"]},
    ).json()
    assert [one["memory"] for one in following["results"]] == ["one"]


def test_only_what_holds_now_is_shown_unless_asked(bot):
    remember(bot, "Delft", type="profile", slot="city")
    remember(bot, "Lisbon", type="profile", slot="city")

    assert listed(bot) == ["Lisbon"]
    assert listed(bot, states=["ACTIVE"]) == ["Lisbon"]
    assert listed(bot, states=["SUPERSEDED"]) == ["Delft"]
    assert listed(bot, states=["ACTIVE", "SUPERSEDED"]) == ["Lisbon", "Delft"]
    assert listed(bot, states=["ARCHIVED"]) == []


def test_app_and_run_narrow_a_page(bot):
    remember(bot, "one", app_id="web", run_id="r1")
    remember(bot, "two", app_id="tv", run_id="r1", agent_id="a")

    assert listed(bot, app_id="web") == ["one"]
    assert listed(bot, run_id="r1") == ["two", "one"]
    assert listed(bot, agent_id="a") == ["two"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"cursor": "not-ours"}, "cursor"),
        ({"cursor": "x" * 65}, "cursor"),
        ({"states": ["GONE"]}, "states[0]"),
        ({"query": "x"}, "query"),
        ({"filters": {"x": 1}}, "filters.x"),
        ({"filters": None}, "filters"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(bot, fields, named):
    assert refused_fields(post(bot, "memories/list", {"user_id": "ada", **fields})) == [named]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("filters", "{"),
        ("filters", "[" * 3000),
        ("filters", '{"text": "\\u0000"}'),
        ("filters", '{"text": "\\ud800"}'),
        ("filters", '{"metadata.x": NaN}'),
        ("filters", '{"metadata.x": 1e400}'),
        ("filters", '"type"'),
        ("limit", "many"),
        ("colour", "red"),
        ("user_id", "\x00"),
        ("cursor", "\x00"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(bot, name, value):
    answer = bot.get("/api/v1/memories/", {"user_id": "ada", name: value})

    assert refused_fields(answer) == [name]


def test_it_must_be_said_whose(bot):
    refusal(bot.get("/api/v1/memories/"), 400, "invalid_input")
