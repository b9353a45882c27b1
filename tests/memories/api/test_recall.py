"""Recall over HTTP."""

import pytest

pytestmark = pytest.mark.django_db


def remember(bot, text, **fields):
    answer = bot.post(
        "/api/v1/memories/", {"user_id": "ada", "text": text, **fields}, format="json"
    )
    assert answer.status_code == 201, answer.content
    return answer.json()["results"][0]


def ask(bot, query, **fields):
    answer = bot.post(
        "/api/v1/recall/", {"user_id": "ada", "query": query, **fields}, format="json"
    )
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_what_was_answered_is_recalled_by_the_next_request(bot):
    kept = remember(bot, "Ada keeps bees in Delft", type="profile")
    remember(bot, "Ada plays the cello on Tuesdays", type="interaction")

    answer = ask(bot, "Which animals does she keep?", explain=True)

    assert answer["results"][0]["id"] == kept["id"]
    assert set(answer["results"][0]["parts"]) >= {"dense", "lexical", "recency", "importance"}
