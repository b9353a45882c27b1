"""Trying again over HTTP: for what failed and is still there."""

import uuid

import pytest
from django.utils import timezone

from governance import access
from governance.models import AuditEvent
from governance.rules.scopes import Scope
from memories.models import Episode
from tests.conftest import bot_of
from tests.memories.api.talk import post, refusal, refused_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(bot, namespace):
    """An episode that FAILED."""
    body = {"user_id": "ada", "messages": [{"role": "user", "content": "I live in Delft"}]}
    episode = post(bot, "episodes", body).json()
    change(namespace, state="FAILED", waiting_for="reply_malformed", done_at=timezone.now(),
           interruptions=3, attempts=4)  # fmt: skip
    return episode


def change(namespace, **fields):
    with access.scope(namespace.pk):
        Episode.objects.update(**fields)


def retry(bot, episode, body=None, **headers):
    return post(bot, f"episodes/{episode['id']}/retry", {} if body is None else body, **headers)


def test_a_failed_episode_waits_again_and_that_is_recorded(bot, namespace, failed):
    answer = retry(bot, failed)

    told = answer.json()
    assert (answer.status_code, told["status"], told["done_at"]) == (202, "RECEIVED", None)
    assert told["waiting_for"] == "retried"
    with access.scope(namespace.pk):
        event = AuditEvent.objects.get(action="episode.retried")
        row = Episode.objects.get()
    assert (event.target_id, event.details) == (failed["id"], {})
    assert (row.interruptions, row.attempts) == (0, 4), "a fence that never falls back"


def test_a_body_is_not_needed(bot, failed):
    assert bot.post(f"/api/v1/episodes/{failed['id']}/retry/").status_code == 202


def test_asked_twice_with_one_key_it_is_answered_once(bot, failed):
    first = retry(bot, failed, HTTP_IDEMPOTENCY_KEY="again")
    second = retry(bot, failed, HTTP_IDEMPOTENCY_KEY="again")

    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("state", ["RECEIVED", "EXTRACTING", "DONE"])
def test_what_did_not_fail_is_not_tried_again(bot, namespace, failed, state):
    change(namespace, state=state)

    problem = refusal(retry(bot, failed), 409, "episode_not_retriable")

    assert state in problem["detail"]


@pytest.mark.parametrize("messages", [[], [{"role": "user", "content": ""}]])
def test_nor_is_what_has_no_words_any_more(bot, namespace, failed, messages):
    change(namespace, messages=messages)

    problem = refusal(retry(bot, failed), 409, "episode_not_retriable")

    assert "Post them again" in problem["detail"]


def test_it_needs_the_right_to_write_the_namespace_and_the_episode(
    bot, namespace, failed, stranger
):
    refusal(retry(bot_of(namespace, [Scope.READ]), failed), 403, "scope_missing")
    refusal(retry(stranger, failed), 404, "not_found")
    refusal(retry(bot, {"id": uuid.uuid4()}), 404, "not_found")
    assert refused_fields(retry(bot, failed, {"force": True})) == ["force"]
    with access.scope(namespace.pk):
        assert Episode.objects.get().state == "FAILED"
