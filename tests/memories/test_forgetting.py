"""A forgotten memory's words are nowhere, and nothing brings them back."""

import pytest
from django.db import connection

from governance import access
from memories import extraction
from memories.models import Episode
from tests.memories.api.talk import ask, remember

pytestmark = pytest.mark.django_db


def every_row_as_text():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_name LIKE 'memories_%'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608 - names from the catalog
            yield from (row for (row,) in cursor.fetchall())


def holds(namespace, word):
    with access.scope(namespace.pk):
        return [row for row in every_row_as_text() if word in row]


def test_no_table_holds_a_word_of_it(bot, namespace, django_capture_on_commit_callbacks):
    answer = bot.post(
        "/api/v1/episodes/",
        {"user_id": "ada", "messages": [{"role": "user", "content": "I keep zebus in Delft."}]},
        format="json",
    )
    with access.scope(namespace.pk):
        episode = Episode.objects.get(pk=answer.json()["id"])
    extraction.extract(episode.pk, namespace_id=namespace.pk, clock=lambda: episode.received_at)
    asked = {"user_id": "ada", "query": "livestock", "threshold": 0}
    told = bot.post("/api/v1/recall/", asked, format="json", headers={"Idempotency-Key": "a"})
    (kept,) = told.json()["results"]
    assert holds(namespace, "zebus")

    bot.delete(f"/api/v1/memories/{kept['id']}/")

    assert holds(namespace, "zebus") == []


def test_an_answer_that_told_of_it_says_that_it_was_forgotten(bot):
    kept = remember(bot, "Ada keeps zebus")
    asked = {"user_id": "ada", "query": "zebus"}
    bot.post("/api/v1/recall/", asked, format="json", headers={"Idempotency-Key": "a"})
    bot.delete(f"/api/v1/memories/{kept['id']}/")

    again = bot.post("/api/v1/recall/", asked, format="json", headers={"Idempotency-Key": "a"})

    assert again.status_code == 410
    assert again.json()["code"] == "forgotten"
    assert ask(bot, "zebus")["results"] == []
