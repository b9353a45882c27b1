"""While the model does not answer: full text recalls, writes wait visibly, nothing is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access
from memories import extraction, upkeep
from memories.models import MemoryIndex
from tests.conftest import bot_of, make_namespace
from tests.memories.api.talk import ask, page, post, recalled, refusal, remember, remember_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def namespace(db, remote_model):
    return make_namespace(embedding_model=remote_model)


@pytest.fixture
def bot(namespace):
    return bot_of(namespace)


def vectors(namespace):
    with access.scope(namespace.pk):
        rows = MemoryIndex.objects.order_by("pk")
        return [row.vector is not None for row in rows]


def test_with_its_model_recall_goes_by_meaning_and_words(bot, endpoint):
    remember(bot, "Ada keeps bees", speaker="Ada")

    answer = ask(bot, "bees", explain=True)

    assert (answer["degraded"], "dense" in answer["results"][0]["parts"]) == ([], True)
    assert endpoint.texts == ["Ada: Ada keeps bees", "bees"]


def test_a_request_that_comes_again_asks_no_model_again(bot, endpoint):
    for _ in range(3):
        post(bot, "memories", {"user_id": "ada", "text": "bees"}, HTTP_IDEMPOTENCY_KEY="k1")
        post(bot, "recall", {"user_id": "ada", "query": "bees"}, HTTP_IDEMPOTENCY_KEY="k2")

    assert endpoint.texts == ["bees", "bees"]


def test_without_its_model_recall_says_so_and_goes_by_words(bot, endpoint):
    remember_all(bot, [{"text": "Ada keeps bees"}, {"text": "The tax return is due"}])
    endpoint.status = 500

    answer = ask(bot, "bees", explain=True)

    assert answer["degraded"] == ["embedding_unavailable"]
    assert [one["memory"] for one in answer["results"]] == ["Ada keeps bees"]
    assert "dense" not in answer["results"][0]["parts"]
    trace = bot.get(f"/api/v1/traces/{answer['trace_id']}/").json()
    assert trace["degraded"] == ["embedding_unavailable"]


def test_what_is_kept_meanwhile_is_found_by_words_at_once_and_embedded_later(
    bot, namespace, endpoint
):
    endpoint.status = 503
    remember_all(bot, [{"text": "Ada keeps bees"}, {"text": "The tax return is due"}])
    assert vectors(namespace) == [False, False]
    assert recalled(bot, "bees") == ["Ada keeps bees"]

    endpoint.status = 200
    upkeep.embed_waiting(namespace.pk)

    assert vectors(namespace) == [True, True]
    answer = ask(bot, "bees", explain=True)
    assert (answer["degraded"], "dense" in answer["results"][0]["parts"]) == ([], True)


def test_while_the_model_is_away_upkeep_waits_too(bot, namespace, endpoint):
    endpoint.status = 503
    remember(bot, "Ada keeps bees")

    assert upkeep.embed_waiting(namespace.pk) == 0
    assert vectors(namespace) == [False]


def test_a_memory_with_and_one_without_a_vector_are_found_together(bot, namespace, endpoint):
    remember(bot, "Ada keeps bees")
    endpoint.status = 503
    remember(bot, "Ada sold her bees")
    endpoint.status = 200

    assert vectors(namespace) == [True, False]
    assert set(recalled(bot, "bees")) == {"Ada keeps bees", "Ada sold her bees"}


def test_a_changed_text_waits_for_its_vector_too(bot, namespace, endpoint):
    kept = remember(bot, "Ada keeps bees")
    endpoint.status = 503

    bot.patch(f"/api/v1/memories/{kept['id']}/", {"text": "Ada keeps wasps"}, format="json")

    assert vectors(namespace) == [False]
    assert recalled(bot, "wasps") == ["Ada keeps wasps"]
    endpoint.status = 200
    upkeep.embed_waiting(namespace.pk)
    assert vectors(namespace) == [True]


def test_an_episode_waits_visibly_and_is_extracted_later(bot, namespace, endpoint):
    endpoint.status = 503
    body = {"user_id": "ada", "messages": [{"role": "user", "content": "I live in Delft."}]}
    episode = post(bot, "episodes", body).json()

    assert extraction.extract(episode["id"], namespace_id=namespace.pk, clock=timezone.now) is False
    told = bot.get(episode["status_url"]).json()
    assert (told["status"], told["waiting_for"]) == ("RECEIVED", "embedding_unavailable")
    assert (told["attempts"], told["memories"]) == (1, [])
    assert told["next_attempt_at"] is not None

    endpoint.status = 200
    later = timezone.now() + timedelta(minutes=1)
    (waiting,) = upkeep.waiting_episodes(namespace.pk, now=later)
    assert str(waiting) == episode["id"]
    assert extraction.extract(episode["id"], namespace_id=namespace.pk, clock=lambda: later)
    assert bot.get(episode["status_url"]).json()["status"] == "DONE"
    assert any("Delft" in one["memory"] for one in page(bot)["results"])


def test_a_given_vector_needs_no_model(bot, namespace, endpoint):
    remember(bot, "learn the length")  # the endpoint is asked once how long its vectors are
    remember(bot, "Ada keeps bees", vector=[1.0] * 64)
    endpoint.status = 503

    remember(bot, "Ada keeps wasps", vector=[1.0] * 64)

    assert vectors(namespace) == [True, True, True]


def test_a_given_vector_whose_length_nobody_can_tell_now_is_asked_for_again_later(bot, endpoint):
    endpoint.status = 503

    answer = post(bot, "memories", {"user_id": "ada", "text": "x", "vector": [1.0] * 64})

    assert refusal(answer, 503)


def test_nothing_that_was_said_is_logged_while_the_model_is_away(bot, endpoint, caplog):
    endpoint.status = 503

    remember(bot, "Ada keeps xylocopa")
    ask(bot, "xylocopa")

    assert caplog.records
    assert "xylocopa" not in caplog.text
