"""Idempotency-Key: the same request twice is one deed and one answer."""

from functools import partial

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from governance import access
from governance.models import AuditEvent, SubjectIdentity
from memories import upkeep
from memories.models import Episode, Memory, RecallTrace, StoredAnswer
from tests.conftest import bot_of
from tests.memories.api.talk import post, refusal, remember
from tests.memories.conftest import at_once

MESSAGES = [{"role": "user", "content": "I keep bees in Delft."}]
STATEMENT = {"user_id": "ada", "text": "Ada keeps bees"}
DEEDS = {
    "memories": STATEMENT,
    "episodes": {"user_id": "ada", "messages": MESSAGES},
    "recall": {"user_id": "ada", "query": "bees"},
    "memories/list": {"user_id": "ada"},
    "memory-types": {"name": "allergy", "description": "What they cannot eat."},
    "identities/link": {"user_id": "a", "to": {"user_id": "b"}, "evidence": {"kind": "x"}},
}


def keyed(bot, name, body, key="k1"):
    return post(bot, name, body, HTTP_IDEMPOTENCY_KEY=key)


def events(namespace):
    with access.scope(namespace.pk):
        return AuditEvent.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize("name", DEEDS)
def test_the_same_request_has_the_same_answer_and_is_done_once(bot, namespace, name):
    remember(bot, "Ada keeps bees in Delft")
    first = keyed(bot, name, DEEDS[name])
    after_the_first = events(namespace)

    second = keyed(bot, name, DEEDS[name])

    assert first.status_code < 300, first.content
    assert (second.status_code, second.json()) == (first.status_code, first.json())
    assert events(namespace) == after_the_first
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused(bot, namespace):
    keyed(bot, "memories", STATEMENT)

    for name, body in (
        ("memories", {**STATEMENT, "text": "Ada keeps wasps"}),
        ("recall", DEEDS["recall"]),
    ):
        refusal(keyed(bot, name, body), 409, "idempotency_key_reused")
    with access.scope(namespace.pk):
        assert Memory.objects.count() == 1


@pytest.mark.django_db
def test_another_key_is_another_request(bot, namespace):
    first = keyed(bot, "episodes", DEEDS["episodes"], "k1").json()
    second = keyed(bot, "episodes", DEEDS["episodes"], "k2").json()

    assert first["id"] != second["id"]


@pytest.mark.django_db
def test_each_bot_has_its_own_keys(bot, namespace, stranger):
    keyed(bot, "memories", STATEMENT)

    for other in (bot_of(namespace), stranger):
        answer = keyed(other, "memories", {**STATEMENT, "text": "something else"})
        assert answer.status_code == 201


@pytest.mark.django_db
def test_a_refused_request_may_be_mended_and_sent_again(bot):
    refusal(keyed(bot, "memories", {**STATEMENT, "type": "nonsense"}), 400)
    refusal(keyed(bot, "memory-types", {"name": "profile", "description": "x"}, "k2"), 400)

    assert keyed(bot, "memories", STATEMENT).status_code == 201
    assert keyed(bot, "memory-types", DEEDS["memory-types"], "k2").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 256, "ключ", "a\tb"])
def test_a_key_that_cannot_be_used_is_refused(bot, key):
    answer = keyed(bot, "memories", STATEMENT, key)

    assert refusal(answer, 400)["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.django_db
def test_an_answer_about_statements_repeats_none_of_their_words(bot, namespace):
    keyed(bot, "memories", {**STATEMENT, "text": "Ada keeps xylocopa"})

    with access.scope(namespace.pk):
        row = StoredAnswer.objects.get()
    assert "xylocopa" not in str(row.body)
    assert "xylocopa" not in row.request_digest


@pytest.mark.django_db
def test_an_answer_is_kept_for_a_day(bot, namespace):
    keyed(bot, "episodes", DEEDS["episodes"])

    upkeep.clear_old(namespace.pk, now=timezone.now() + upkeep.ANSWERS_KEPT * 0.9)
    assert keyed(bot, "episodes", DEEDS["episodes"]).headers["Idempotency-Replayed"]

    upkeep.clear_old(namespace.pk, now=timezone.now() + upkeep.ANSWERS_KEPT * 1.1)
    assert "Idempotency-Replayed" not in keyed(bot, "episodes", DEEDS["episodes"]).headers


@pytest.mark.parametrize(
    ("name", "table", "rows"),
    [
        ("memories", Memory, 1),
        ("episodes", Episode, 1),
        ("recall", RecallTrace, 1),
        ("identities/link", SubjectIdentity, 2),
    ],
)
def test_the_same_request_many_times_at_once_is_done_once(
    committed, committed_key, name, table, rows
):
    def send():
        bot = APIClient()
        bot.credentials(HTTP_AUTHORIZATION=f"Bearer {committed_key}")
        return keyed(bot, name, DEEDS[name])

    answers = at_once(*[send] * 4)

    assert all(answer.status_code == answers[0].status_code < 300 for answer in answers)
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert sum("Idempotency-Replayed" not in answer.headers for answer in answers) == 1
    with access.scope(committed.pk):
        assert table.objects.count() == rows


def test_different_requests_with_one_key_at_once_are_one_deed_and_one_refusal(
    committed, committed_key
):
    def send(text):
        bot = APIClient()
        bot.credentials(HTTP_AUTHORIZATION=f"Bearer {committed_key}")
        return keyed(bot, "memories", {**STATEMENT, "text": text})

    answers = at_once(partial(send, "one"), partial(send, "two"))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    with access.scope(committed.pk):
        assert Memory.objects.count() == 1
