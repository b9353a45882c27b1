"""What beat sees to: content past its days goes, what still matters stays."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access, namespaces
from governance.models import Namespace
from memories import tasks, upkeep
from memories.models import Episode, Memory, RecallTrace, StoredAnswer
from tests.conftest import bot_of, make_namespace
from tests.memories.api.talk import ask, listed, post, refusal, remember

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MESSAGES = [{"role": "user", "content": "I live in Delft."}]


@pytest.fixture
def namespace(db):
    return make_namespace(message_days=7, trace_days=30)


@pytest.fixture
def bot(namespace):
    return bot_of(namespace)


def age(namespace, model, days, **changes):
    """Move the only row of a model into the past."""
    field = {Episode: "done_at", RecallTrace: "at", StoredAnswer: "at"}[model]
    with access.scope(namespace.pk):
        model.objects.update(**{field: timezone.now() - days * DAY}, **changes)


def clear(namespace):
    upkeep.clear_old(namespace.pk, now=timezone.now())


def only(namespace, model):
    with access.scope(namespace.pk):
        return model.objects.first()


@pytest.mark.parametrize("state", ["DONE", "FAILED"])
@pytest.mark.parametrize(("days", "left"), [(6.9, True), (7.1, False)])
def test_messages_stay_for_the_namespaces_days(bot, namespace, state, days, left):
    post(bot, "episodes", {"user_id": "ada", "messages": MESSAGES})
    age(namespace, Episode, days, state=state)

    clear(namespace)

    assert bool(only(namespace, Episode).messages) is left


@pytest.mark.parametrize("state", ["RECEIVED", "EXTRACTING"])
def test_messages_that_are_not_extracted_stay_however_old(bot, namespace, state):
    post(bot, "episodes", {"user_id": "ada", "messages": MESSAGES})
    age(namespace, Episode, 1000, state=state)

    clear(namespace)

    assert only(namespace, Episode).messages


@pytest.mark.parametrize(("days", "left"), [(29.9, True), (30.1, False)])
def test_traces_stay_for_the_namespaces_days(bot, namespace, days, left):
    ask(bot, "bees")
    age(namespace, RecallTrace, days)

    clear(namespace)

    assert (only(namespace, RecallTrace) is not None) is left


@pytest.mark.parametrize(("days", "left"), [(0.9, True), (1.1, False)])
def test_stored_answers_stay_for_a_day(bot, namespace, days, left):
    post(bot, "recall", {"user_id": "ada", "query": "x"}, HTTP_IDEMPOTENCY_KEY="k")
    age(namespace, StoredAnswer, days)

    clear(namespace)

    assert (only(namespace, StoredAnswer) is not None) is left


def test_memories_stay(bot, namespace):
    remember(bot, "Ada keeps bees")
    with access.scope(namespace.pk):
        Memory.objects.update(created_at=timezone.now() - 5000 * DAY)

    clear(namespace)

    assert listed(bot) == ["Ada keeps bees"]


def test_one_namespaces_days_are_not_anothers(bot, namespace):
    other = make_namespace(message_days=0)
    post(bot, "episodes", {"user_id": "ada", "messages": MESSAGES})
    age(namespace, Episode, 1, state="DONE")

    upkeep.clear_old(other.pk, now=timezone.now())

    assert only(namespace, Episode).messages


def test_more_than_one_batch_is_cleared_at_once(namespace, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 3)
    with access.scope(namespace.pk):
        for _ in range(7):
            Episode.objects.create(
                namespace=namespace,
                agent_id="a",
                state="DONE",
                messages=MESSAGES,
                received_at=timezone.now(),
                done_at=timezone.now() - 8 * DAY,
            )

    clear(namespace)

    with access.scope(namespace.pk):
        assert Episode.objects.exclude(messages=[]).count() == 0


def test_a_lost_wake_up_is_found_again(bot, namespace):
    episode = post(bot, "episodes", {"user_id": "ada", "messages": MESSAGES}).json()

    waiting = upkeep.waiting_episodes(namespace.pk, now=timezone.now())

    assert [str(one) for one in waiting] == [episode["id"]]


def test_the_tasks_run_over_every_namespace_and_may_run_twice(bot, namespace):
    post(bot, "episodes", {"user_id": "ada", "messages": MESSAGES})
    age(namespace, Episode, 8, state="DONE")

    for _ in range(2):
        tasks.clear_old_content()
        tasks.embed_what_waits()
        tasks.embed_what_was_missed()

    assert not only(namespace, Episode).messages


def test_a_namespace_that_fails_stops_no_other(bot, namespace, monkeypatch, caplog):
    post(bot, "episodes", {"user_id": "ada", "messages": MESSAGES})
    age(namespace, Episode, 8, state="DONE")
    broken = make_namespace()
    Namespace.objects.filter(pk=broken.pk).update(settings={"message_days": "soon"})
    monkeypatch.setattr(namespaces, "all_ids", lambda: [broken.pk, namespace.pk])

    with caplog.at_level(logging.ERROR):
        tasks.clear_old_content()

    assert not only(namespace, Episode).messages
    (told,) = [one for one in caplog.records if one.name == "remembrancer.tasks"]
    assert (told.namespace, told.error) == (str(broken.pk), "SettingsUnreadable")
    assert "soon" not in told.getMessage()


def test_a_namespace_with_settings_that_cannot_be_read_says_so(namespace, bot):
    Namespace.objects.filter(pk=namespace.pk).update(settings={"message_days": "soon"})

    problem = refusal(ask_for(bot), 503, "settings_unreadable")

    assert [one["field"] for one in problem["errors"]] == ["settings.message_days"]


def ask_for(bot):
    return post(bot, "recall", {"user_id": "ada", "query": "bees"})


def test_a_task_takes_what_a_later_version_may_send(bot, namespace):
    episode = post(bot, "episodes", {"user_id": "ada", "messages": MESSAGES}).json()

    tasks.extract_episode(episode=episode["id"], namespace=str(namespace.pk), priority="high")

    assert bot.get(episode["status_url"]).json()["status"] == "DONE"
