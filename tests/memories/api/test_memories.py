"""Statements kept verbatim: one, many, with data, with vectors."""

import pytest

from governance import access
from memories.models import Memory, MemoryIndex, MemoryVersion
from memories.providers import embeddings
from tests.memories.api.talk import (
    listed,
    page,
    post,
    recalled,
    refusal,
    refused_fields,
    remember,
    remember_all,
)

pytestmark = pytest.mark.django_db
SOME_VECTOR = [1, *[0] * 383]


def rows(namespace, model):
    with access.scope(namespace.pk):
        return model.objects.count()


def test_a_statement_is_kept_as_it_stands(bot):
    kept = remember(
        bot,
        "  Ada keeps bees\nin Delft. ",
        type="profile",
        metadata={"source": "form"},
        categories=["animals"],
        importance=0.9,
        speaker="Ada",
        agent_id="helper",
        app_id="web",
        run_id="r1",
        occurred_at="2026-05-01T12:00:00+02:00",
    )

    memory = bot.get(f"/api/v1/memories/{kept['id']}/").json()
    assert memory["memory"] == "  Ada keeps bees\nin Delft. "
    assert (memory["type"], memory["metadata"]) == ("profile", {"source": "form"})
    assert (memory["categories"], memory["importance"]) == (["animals"], 0.9)
    assert (memory["agent_id"], memory["app_id"], memory["run_id"]) == ("helper", "web", "r1")
    assert memory["occurred_at"] == "2026-05-01T10:00:00Z"
    assert (memory["state"], memory["version"]) == ("ACTIVE", 1)


def test_what_became_of_a_statement_is_told_without_its_words(bot):
    answer = post(bot, "memories", {"user_id": "ada", "text": "Ada keeps bees"})

    (result,) = answer.json()["results"]
    assert (result["event"], result["reason"]) == ("ADD", "new")
    assert b"bees" not in answer.content


def test_each_memory_has_its_version_and_its_index_row(bot, namespace):
    remember_all(bot, [{"text": "one"}, {"text": "two"}])

    assert [rows(namespace, model) for model in (Memory, MemoryVersion, MemoryIndex)] == [2, 2, 2]


def test_the_sensitivity_of_a_type_is_the_least_a_memory_has(bot):
    low = remember(bot, "Ada is 36", type="profile", sensitivity="normal")
    high = remember(bot, "Ada has asthma", type="profile", sensitivity="special")

    told = [bot.get(f"/api/v1/memories/{one['id']}/").json() for one in (low, high)]
    assert [one["sensitivity"] for one in told] == ["personal", "special"]


def test_data_alone_is_put_into_words(bot):
    remember(bot, type="preference", slot="answer_language", data={"value": "Dutch"})

    (memory,) = page(bot)["results"]
    assert memory["memory"] == "answer language: Dutch"
    assert memory["data"] == {"value": "Dutch"}
    assert recalled(bot, "Which language does she want answers in?") == ["answer language: Dutch"]


def test_data_of_several_values_is_found_by_its_words(bot):
    remember(bot, type="interaction", data={"animal": "heron", "place": "canal"})

    assert "heron" in recalled(bot, "Was there a heron?")[0]


def test_a_thousand_are_kept_at_once(bot, namespace):
    body = [{"text": f"statement {n}", "vector": SOME_VECTOR} for n in range(1000)]

    results = remember_all(bot, body)

    assert len({result["id"] for result in results}) == 1000
    assert rows(namespace, Memory) == 1000


def test_more_than_a_thousand_are_refused_and_nothing_is_kept(bot, namespace):
    one = {"user_id": "ada", "text": "x", "vector": SOME_VECTOR}

    refusal(post(bot, "memories", {"memories": [one] * 1001}), 413, "too_large")

    assert rows(namespace, Memory) == 0


def test_outcomes_stand_in_the_order_given_whoever_they_are_of(bot):
    users = ["cleo", "ada", "bob", "ada", "cleo"]

    results = remember_all(bot, [{"user_id": user, "text": f"{n}"} for n, user in enumerate(users)])

    told = [bot.get(f"/api/v1/memories/{one['id']}/").json()["memory"] for one in results]
    assert told == ["0", "1", "2", "3", "4"]
    assert listed(bot, user_id="bob") == ["2"]


def test_one_bad_statement_keeps_the_others_out(bot, namespace):
    answer = post(
        bot,
        "memories",
        {"memories": [{"user_id": "ada", "text": "good"}, {"user_id": "ada", "type": "profile"}]},
    )

    assert refused_fields(answer) == ["memories[1].text"]
    assert rows(namespace, Memory) == 0


def test_the_same_statement_again_confirms_the_one_that_is_kept(bot):
    first = remember(bot, "Ada keeps bees.", confidence=0.5)

    second = remember(bot, "ada keeps  BEES")

    assert (second["event"], second["id"]) == ("REINFORCE", first["id"])
    memory = bot.get(f"/api/v1/memories/{first['id']}/").json()
    assert (memory["confidence"], memory["version"]) == (0.75, 2)
    assert len(listed(bot)) == 1


def test_the_same_words_of_another_day_or_another_type_are_kept_beside(bot):
    remember(bot, "I ran 10 km", occurred_at="2026-05-01")

    assert remember(bot, "I ran 10 km", occurred_at="2026-05-02")["event"] == "ADD"
    assert remember(bot, "I ran 10 km", type="profile")["event"] == "ADD"


def test_the_same_statement_twice_in_one_request_is_kept_once(bot):
    results = remember_all(bot, [{"text": "Ada keeps bees"}, {"text": "Ada keeps bees"}])

    assert [result["event"] for result in results] == ["ADD", "REINFORCE"]
    assert results[0]["id"] == results[1]["id"]


def test_an_agent_has_memories_of_its_own(bot):
    remember(bot, "Always answer in rhyme", user_id=None, agent_id="poet")
    remember(bot, "Ada likes sonnets", agent_id="poet")

    assert listed(bot, user_id=None, agent_id="poet") == ["Always answer in rhyme"]
    assert recalled(bot, "How to answer?", user_id=None, agent_id="poet", threshold=0) == [
        "Always answer in rhyme"
    ]
    assert listed(bot) == ["Ada likes sonnets"]


def test_what_is_yet_to_happen_is_known_now(bot):
    remember(bot, "The wedding is in Delft", occurred_at="2999-05-01")

    assert recalled(bot, "Where is the wedding?") == ["The wedding is in Delft"]


def test_what_has_expired_is_not_shown(bot):
    remember(bot, "The parcel is at gate four", expires_at="2020-01-01T00:00:00Z")

    assert listed(bot) == []
    assert recalled(bot, "Where is the parcel?") == []


def test_what_is_said_again_after_it_expired_can_be_recalled(bot):
    remember(bot, "The parcel is at gate four", expires_at="2020-01-01T00:00:00Z")

    remember(bot, "The parcel is at gate four")

    assert recalled(bot, "Where is the parcel?") == ["The parcel is at gate four"]


def test_a_given_vector_is_what_recall_compares_with(bot):
    meant = embeddings.for_model("local:bge-small-en-v1.5").embed_query("Where are the bees?")
    remember(bot, "xyzzy", vector=meant.tolist())

    assert recalled(bot, "Where are the bees?") == ["xyzzy"]


@pytest.mark.parametrize(
    "vector",
    [
        [],
        [1.0, 2.0],
        [0.0] * 384,
        [1.0] * 385,
        ["1"] * 384,
        [True] * 384,
        [None] * 384,
        [[1.0]] * 384,
        [10**400] * 384,
        [1e39] * 384,
    ],
    ids=["none", "short", "zero", "long", "text", "bool", "null", "nested", "huge", "infinite"],
)
def test_a_vector_that_does_not_fit_is_refused(bot, vector):
    answer = post(bot, "memories", {"user_id": "ada", "text": "x", "vector": vector})

    assert refused_fields(answer)[0].endswith("vector")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"type": "nonsense"}, "memories[0].type"),
        ({"type": "profile", "data": {"value": []}}, "memories[0].data.value"),
        ({"slot": "No Spaces"}, "slot"),
        ({"importance": 1.1}, "importance"),
        ({"importance": "nan"}, "importance"),
        ({"confidence": -1}, "confidence"),
        ({"role": "root"}, "role"),
        ({"sensitivity": "secret"}, "sensitivity"),
        ({"metadata": []}, "metadata"),
        ({"data": "x"}, "data"),
        ({"categories": "x"}, "categories"),
        ({"categories": ["x" * 65]}, "categories[0]"),
        ({"occurred_at": "yesterday"}, "occurred_at"),
        ({"occurred_at": "9999-12-31T23:59:59-23:00"}, "occurred_at"),
        ({"text": ""}, "text"),
        ({"text": " \n"}, "text"),
        ({"text": None}, "text"),
        ({"text": ["x"]}, "text"),
        ({"user_id": ""}, "user_id"),
        ({"user_id": "x" * 513}, "user_id"),
        ({"identity": {"channel": "email"}}, "identity.id"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(bot, fields, named):
    answer = post(bot, "memories", {"user_id": "ada", "text": "x", **fields})

    assert refused_fields(answer) == [named]


def test_it_must_be_said_whose_it_is(bot):
    assert refused_fields(post(bot, "memories", {"text": "x"})) == ["user_id"]


@pytest.mark.parametrize("field", ["namespace", "namespace_id", "subject_id", "trust", "id"])
def test_what_the_key_or_the_server_decides_cannot_be_sent(bot, field):
    answer = post(bot, "memories", {"user_id": "ada", "text": "x", field: "1"})

    assert refused_fields(answer) == [field]


@pytest.mark.parametrize("field", ["metadata", "data"])
def test_an_object_of_absurd_size_is_refused(bot, field):
    answer = post(bot, "memories", {"user_id": "ada", "text": "x", field: {"a": "x" * 16_000}})

    refusal(answer, 413, "too_large")


def test_a_text_of_absurd_length_is_refused(bot):
    remember(bot, "x" * 8000)

    refusal(post(bot, "memories", {"user_id": "ada", "text": "x" * 8001}), 413, "too_large")


def test_a_type_that_is_switched_off_keeps_nothing_new(bot):
    remember(bot, "x", type="task_state")
    bot.patch("/api/v1/memory-types/task_state/", {"active": False}, format="json")

    answer = post(bot, "memories", {"user_id": "ada", "text": "y", "type": "task_state"})

    assert refused_fields(answer) == ["memories[0].type"]
    assert listed(bot) == ["x"]
