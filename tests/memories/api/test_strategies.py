"""Strategies over HTTP: named, versioned, used."""

import pytest

from tests.memories.api.talk import ask, refusal, refused_fields, remember_all

pytestmark = pytest.mark.django_db


def put(bot, name, **config):
    return bot.put(f"/api/v1/strategies/{name}/", {"config": config}, format="json")


def listed(bot):
    return {one["name"]: one for one in bot.get("/api/v1/strategies/").json()["results"]}


def test_every_namespace_has_those_that_are_built_in(bot):
    found = listed(bot)

    assert set(found) == {"default", "dense_only", "lexical_only", "reranked"}
    assert {one["version"] for one in found.values()} == {0}
    assert found["default"]["config"]["top_k"] == 10


def test_a_change_is_a_new_version_with_the_rest_as_in_the_default(bot):
    first, second = put(bot, "short", top_k=2).json(), put(bot, "short", top_k=3).json()

    assert (first["version"], second["version"]) == (1, 2)
    assert (second["config"]["top_k"], second["config"]["threshold"]) == (3, 0.08)
    assert listed(bot)["short"] == second


def test_a_recall_uses_the_newest_version_and_its_trace_keeps_which(bot):
    remember_all(bot, [{"text": f"bees, hive number {n}"} for n in range(5)])
    put(bot, "short", top_k=2)
    early = ask(bot, "bees", strategy="short")
    put(bot, "short", top_k=3, threshold=0)

    late = ask(bot, "bees", strategy="short")

    assert (len(early["results"]), len(late["results"])) == (2, 3)
    assert late["strategy"] == {"name": "short", "version": 2}
    trace = bot.get(f"/api/v1/traces/{early['trace_id']}/").json()
    assert (trace["strategy"]["version"], trace["strategy"]["top_k"]) == (1, 2)


def test_what_the_question_says_goes_before_the_strategy(bot):
    remember_all(bot, [{"text": f"bees, hive number {n}"} for n in range(5)])
    put(bot, "short", top_k=2, types=["profile"])

    assert ask(bot, "bees", strategy="short")["results"] == []
    assert len(ask(bot, "bees", strategy="short", top_k=4, types=["interaction"])["results"]) == 4


def test_the_default_itself_can_be_changed(bot):
    remember_all(bot, [{"text": f"bees, hive number {n}"} for n in range(5)])

    put(bot, "default", top_k=1)

    answer = ask(bot, "bees")
    assert (len(answer["results"]), answer["strategy"]["version"]) == (1, 1)


def test_a_whole_number_written_with_a_point_works(bot):
    remember_all(bot, [{"text": f"bees, hive number {n}"} for n in range(5)])
    put(bot, "short", top_k=2.0, rerank_candidates=3.0)

    assert len(ask(bot, "bees", strategy="short")["results"]) == 2


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ({"tok_k": 3}, "config"),
        ({"top_k": 0}, "config.top_k"),
        ({"recency_weight": 0.3}, "config.recency_weight"),
        ({"types": [7]}, "config.types.0"),
    ],
)
def test_what_cannot_be_used_is_named(bot, config, named):
    assert refused_fields(put(bot, "mine", **config)) == [named]


@pytest.mark.parametrize("name", ["Mine", "a" * 49, "a" * 300])
def test_a_name_must_be_one_that_a_namespace_can_choose(bot, name):
    assert refused_fields(put(bot, name)) == ["name"]


def test_a_config_is_needed(bot):
    answer = bot.put("/api/v1/strategies/mine/", {}, format="json")

    assert refused_fields(answer) == ["config"]


def test_another_namespace_has_its_own(bot, stranger):
    put(bot, "short", top_k=2)

    assert "short" not in listed(stranger)
    assert put(stranger, "short", top_k=4).json()["version"] == 1
    refusal(
        stranger.post(
            "/api/v1/recall/", {"user_id": "a", "query": "x", "strategy": "shorter"}, format="json"
        ),
        400,
    )
