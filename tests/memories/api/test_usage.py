"""What a namespace's extraction cost, over HTTP."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access
from governance.rules.scopes import Scope
from memories import counts
from tests.conftest import bot_of
from tests.memories.api.talk import refusal, refused_fields

pytestmark = pytest.mark.django_db


def count(namespace, days_ago=0, **counted):
    names = {name.replace("__", "."): value for name, value in counted.items()}
    with access.scope(namespace.pk):
        counts.add(names, namespace_id=namespace.pk, now=timezone.now() - timedelta(days=days_ago))


def usage(bot, **query):
    return bot.get("/api/v1/usage/", query)


def test_nothing_was_used_at_first(bot):
    told = usage(bot).json()

    assert told["days"] == 30
    assert told["since"] == str(timezone.now().date() - timedelta(days=29))
    assert {name for name, value in told.items() if value == {}} == {
        "tokens", "model", "extraction", "rejected", "decisions", "screening", "never",
    }  # fmt: skip


def test_sums_are_of_the_days_asked_for_and_of_this_namespace(bot, namespace, stranger):
    count(namespace, tokens__prompt=100, model__calls=1, decision__add=2, screen__api_key=1)
    count(namespace, 1, tokens__prompt=10, extraction__rejected__echo=3, extraction__episodes=4)
    count(namespace, 2, tokens__prompt=1, never__word=5)

    told = usage(bot, days=2).json()

    assert told["tokens"] == {"prompt": 110}
    assert (told["model"], told["decisions"]) == ({"calls": 1}, {"add": 2})
    assert (told["extraction"], told["rejected"]) == ({"episodes": 4}, {"echo": 3})
    assert (told["screening"], told["never"]) == ({"api_key": 1}, {})
    assert usage(bot, days=3).json()["never"] == {"word": 5}
    assert usage(stranger, days=3).json()["tokens"] == {}


@pytest.mark.parametrize("days", ["0", "-1", "367", "x", "", "1.5", "9" * 5000])
def test_days_that_cannot_be_are_refused(bot, days):
    assert refused_fields(usage(bot, days=days)) == ["days"]


def test_another_question_is_refused(bot):
    assert refused_fields(usage(bot, weeks=3)) == ["weeks"]


def test_it_needs_the_right_to_read_settings(namespace):
    refusal(usage(bot_of(namespace, [Scope.READ])), 403, "scope_missing")
