"""Recall over HTTP: what matters, why, and nothing where nothing is known."""

import uuid

import pytest

from governance import access
from memories.models import RecallTrace
from tests.memories.api.talk import (
    ask,
    post,
    recalled,
    refusal,
    refused_fields,
    remember,
    remember_all,
)

pytestmark = pytest.mark.django_db
LIFE = [
    {"text": "Ada keeps bees in Delft", "type": "profile"},
    {"text": "Ada plays the cello on Tuesdays", "type": "interaction"},
    {"text": "Her sister Mia lives in Oslo", "type": "profile"},
    {"text": "The tax return is due in April", "type": "task_state"},
    {"text": "She drinks her coffee black", "type": "preference"},
]


@pytest.fixture
def life(bot):
    return remember_all(bot, LIFE)


def test_what_was_answered_is_recalled_by_the_next_request(bot):
    kept = remember(bot, "Ada keeps bees in Delft", type="profile")
    remember(bot, "Ada plays the cello on Tuesdays", type="interaction")

    answer = ask(bot, "Which animals does she keep?", explain=True)

    assert answer["results"][0]["id"] == kept["id"]
    assert set(answer["results"][0]["parts"]) >= {"dense", "lexical", "recency", "importance"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Which animals does she keep?", LIFE[0]),
        ("Does she make music?", LIFE[1]),
        ("Where does her sibling live?", LIFE[2]),
        ("tax", LIFE[3]),
        ("How does she take her coffee?", LIFE[4]),
    ],
)
@pytest.mark.usefixtures("life")
def test_a_question_finds_its_answer_first(bot, query, found):
    assert recalled(bot, query)[0] == found["text"]


@pytest.mark.parametrize(
    "query",
    [
        "What is the capital of Mongolia?",
        "python list comprehension syntax",
        "qwertz uiop asdf",
        "How do rockets reach orbit?",
    ],
)
@pytest.mark.usefixtures("life")
def test_nothing_is_answered_where_nothing_is_known(bot, query):
    answer = ask(bot, query)

    assert answer["results"] == []
    trace = bot.get(f"/api/v1/traces/{answer['trace_id']}/").json()
    assert {one["why"] for one in trace["left_out"]} == {"below_threshold"}
    assert trace["scanned"] == len(LIFE)


def test_nobody_known_is_an_empty_answer_with_a_trace(bot, namespace):
    answer = ask(bot, "Who am I?", user_id="nobody")

    assert (answer["results"], answer["degraded"]) == ([], [])
    assert bot.get(f"/api/v1/traces/{answer['trace_id']}/").json()["found"] == []
    with access.scope(namespace.pk):
        assert RecallTrace.objects.get().subject_id is None
    assert refusal(post(bot, "identities/resolve", {"user_id": "nobody"}), 404)


@pytest.mark.usefixtures("life")
def test_a_score_is_explained_only_when_asked(bot):
    plain, explained = ask(bot, "bees")["results"][0], ask(bot, "bees", explain=True)["results"][0]

    assert "parts" not in plain
    parts = explained["parts"]
    assert 0 < explained["score"] <= 1
    assert explained["score"] == pytest.approx(
        min(1, parts["relevance"] * parts["recency"] * parts["importance"]), abs=1e-3
    )


@pytest.mark.usefixtures("life")
def test_an_answer_has_as_many_as_are_asked_for(bot):
    assert len(recalled(bot, "Ada", top_k=2, threshold=0)) == 2
    assert len(recalled(bot, "Ada", top_k=200, threshold=0)) == len(LIFE)


@pytest.mark.usefixtures("life")
def test_scores_fall_and_stay_above_the_threshold(bot):
    scores = [one["score"] for one in ask(bot, "Where does Ada live?", threshold=0.2)["results"]]

    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0.2
    assert recalled(bot, "Where does Ada live?", threshold=1) == []


@pytest.mark.usefixtures("life")
def test_types_narrow_an_answer(bot):
    assert set(recalled(bot, "Ada", threshold=0, types=["profile", "preference"])) == {
        LIFE[0]["text"],
        LIFE[2]["text"],
        LIFE[4]["text"],
    }
    assert recalled(bot, "Ada", threshold=0, types=["nonsense"]) == []


@pytest.mark.usefixtures("life")
def test_filters_narrow_an_answer(bot):
    assert recalled(bot, "Ada", threshold=0, filters={"text": {"icontains": "CELLO"}}) == [
        LIFE[1]["text"]
    ]


def test_a_filter_that_nothing_can_meet_is_an_empty_answer(bot):
    remember(bot, "Ada keeps bees")

    assert recalled(bot, "bees", filters={"type": {"in": []}}) == []
    assert recalled(bot, "bees", filters={"NOT": {"type": {"in": []}}}) == ["Ada keeps bees"]


def test_agent_app_and_run_narrow_a_persons_memories(bot):
    remember(bot, "bees one", agent_id="a", app_id="web", run_id="r1")
    remember(bot, "bees two", agent_id="b", app_id="web", run_id="r2")
    remember(bot, "bees three", agent_id="b", app_id="tv", run_id="r1")

    assert set(recalled(bot, "bees")) == {"bees one", "bees two", "bees three"}
    assert recalled(bot, "bees", agent_id="a") == ["bees one"]
    assert set(recalled(bot, "bees", app_id="web")) == {"bees one", "bees two"}
    assert set(recalled(bot, "bees", run_id="r1")) == {"bees one", "bees three"}
    assert recalled(bot, "bees", run_id="r1", app_id="tv") == ["bees three"]


def test_near_copies_step_back(bot):
    remember_all(
        bot,
        [
            {"text": "Ada keeps bees in Delft by the river", "occurred_at": f"2026-05-0{day}"}
            for day in (1, 2, 3)
        ],
    )
    remember(bot, "Her bees are carnica bees")

    first_two = recalled(bot, "bees", top_k=2)

    assert len(set(first_two)) == 2
    assert len(recalled(bot, "bees")) == 4


def test_what_was_confirmed_lately_comes_before_what_is_old(bot):
    old = {"type": "task_state", "occurred_at": "2020-01-01"}
    remember(bot, "Call the plumber about the sink", **old)
    remember(bot, "Call the plumber about the bath", type="task_state")

    assert recalled(bot, "Call the plumber")[0].endswith("bath")


def test_what_is_important_comes_first_among_equals(bot):
    remember(bot, "Call the plumber about the sink", importance=0.1)
    remember(bot, "Call the plumber about the bath", importance=0.9)

    assert recalled(bot, "Call the plumber")[0].endswith("bath")


@pytest.mark.usefixtures("life")
def test_a_strategy_is_named_in_the_answer(bot):
    assert ask(bot, "bees")["strategy"] == {"name": "default", "version": 0}
    assert ask(bot, "bees", strategy="lexical_only")["strategy"]["name"] == "lexical_only"


@pytest.mark.usefixtures("life")
def test_by_words_alone_or_by_meaning_alone(bot):
    question = "Does she make music?"

    assert recalled(bot, question, strategy="lexical_only") == []
    assert recalled(bot, question, strategy="dense_only")[0] == LIFE[1]["text"]
    parts = ask(bot, "cello", strategy="lexical_only", explain=True)["results"][0]["parts"]
    assert "dense" not in parts


@pytest.mark.usefixtures("life")
def test_a_second_opinion_is_asked_where_the_strategy_says_so(bot):
    answer = ask(bot, "Does she make music?", strategy="reranked", explain=True)

    assert answer["results"][0]["memory"] == LIFE[1]["text"]
    assert "reranker" in answer["results"][0]["parts"]


def test_an_unknown_strategy_is_refused_with_those_that_are(bot):
    problem = refusal(
        post(bot, "recall", {"user_id": "ada", "query": "x", "strategy": "magic"}), 400
    )

    (error,) = problem["errors"]
    assert error["field"] == "strategy"
    assert "default" in error["message"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"query": ""}, "query"),
        ({"query": "  "}, "query"),
        ({"query": None}, "query"),
        ({"top_k": 0}, "top_k"),
        ({"top_k": 201}, "top_k"),
        ({"top_k": "many"}, "top_k"),
        ({"threshold": 1.1}, "threshold"),
        ({"threshold": "NaN"}, "threshold"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"types": "profile"}, "types"),
        ({"filters": "type"}, "filters"),
        ({"filters": {"colour": 1}}, "filters.colour"),
        ({"explain": "maybe"}, "explain"),
        ({"limit": 3}, "limit"),
        ({"subject_id": str(uuid.UUID(int=1))}, "subject_id"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(bot, fields, named):
    answer = post(bot, "recall", {"user_id": "ada", "query": "x", **fields})

    assert refused_fields(answer) == [named]


def test_a_question_of_absurd_length_is_refused(bot):
    ask(bot, "x " * 2000)

    refusal(post(bot, "recall", {"user_id": "ada", "query": "x" * 4001}), 413, "too_large")


def test_a_question_of_stop_words_alone_is_answered_by_meaning(bot):
    remember(bot, "Ada keeps bees")

    assert ask(bot, "who is it and what is that?")["degraded"] == []


@pytest.mark.parametrize("query", ["'; DROP TABLE x; --", "%_\\", "🐝", "a:b & c | !d", "ﷺ"])
def test_any_signs_may_be_asked(bot, query):
    remember(bot, f"It was about {query} all along")

    assert recalled(bot, query, threshold=0) == [f"It was about {query} all along"]
