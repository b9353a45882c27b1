"""What was refused is in no table, no log, no task, no trace."""

import logging

import pytest
from django.db import connection
from django.utils import timezone

from governance import access
from governance.audit import SYSTEM
from memories import extraction, never_rules
from memories.models import Episode
from memories.never_rules import Wanted
from tests.conftest import bot_of, make_namespace
from tests.memories.api.talk import post, remember

pytestmark = pytest.mark.django_db
SECRETS = {
    "password": "Zq7canary-pass",
    "key": "sk-" + "c4N4ry" * 8,
    "card": "4111 1111 1111 1111",
}
SAID = (
    f"My password is {SECRETS['password']}. The key is {SECRETS['key']}. "
    f"My card is {SECRETS['card']}."
)
NEVER = "Voldemort"
FORBIDDEN = f"I met {NEVER} in Delft."


def every_row_as_text():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            # The rule itself says what it forbids.
            " AND table_name <> 'memories_neverremember'"
            " AND has_table_privilege(quote_ident(table_name), 'SELECT')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608 - names from the catalog
            yield from ((table, row) for (row,) in cursor.fetchall())


def leaks(namespace, *words):
    with access.scope(namespace.pk):
        return [
            (table, word)
            for table, row in every_row_as_text()
            for word in words
            if word in row or word.lower() in row
        ]


@pytest.fixture
def talked(namespace, bot, caplog, monkeypatch):
    """Everything a bot can do with words, each with what must not be kept; the tasks it sent."""
    sent = []
    monkeypatch.setattr(
        "memories.tasks.extract_episode.apply_async", lambda *a, **k: sent.append((a, k))
    )
    never_rules.add(
        Wanted("word", NEVER), namespace_id=namespace.pk, actor=SYSTEM, now=timezone.now()
    )
    caplog.set_level(logging.DEBUG)
    said = f"I keep bees. {SAID} {FORBIDDEN}"
    body = {
        "user_id": "ada",
        "messages": [
            {"role": "user", "content": said, "name": "Ada"},
            {"role": "assistant", "content": f"Noted: {said}"},
        ],
        "metadata": {"note": said, "password": SECRETS["password"]},
    }
    post(bot, "episodes", body, HTTP_IDEMPOTENCY_KEY="e")
    with access.scope(namespace.pk):
        episode = Episode.objects.get()
    extraction.extract(episode.pk, namespace_id=namespace.pk, clock=timezone.now)
    kept = remember(bot, f"I like tea. {SAID}", metadata={"s": SAID}, data={"value": SAID})
    remember(bot, f"{FORBIDDEN} {SAID}")
    bot.patch(f"/api/v1/memories/{kept['id']}/", {"text": f"I like mate. {SAID}"}, format="json")
    bot.patch(f"/api/v1/memories/{kept['id']}/", {"text": FORBIDDEN}, format="json")
    asked = {"user_id": "ada", "query": f"What of this? {SAID}", "filters": {"text": SAID}}
    trace = post(bot, "recall", asked, HTTP_IDEMPOTENCY_KEY="r").json()["trace_id"]
    post(bot, f"traces/{trace}/outcome", {"answer": f"{SAID} {FORBIDDEN}", "used": []})
    return sent


def test_the_sweep_would_find_it(namespace, bot):
    remember(bot, "I met nobody in Delft")

    assert leaks(namespace, "nobody in Delft")


def test_no_table_holds_a_secret(namespace, talked):
    assert leaks(namespace, *SECRETS.values(), "4111111111111111") == []


def test_no_table_holds_a_forbidden_word(namespace, talked):
    assert leaks(namespace, NEVER) == []


def test_what_stood_beside_it_is_kept(namespace, talked):
    assert leaks(namespace, "I keep bees")
    assert leaks(namespace, "[password]")


def test_no_log_holds_it(talked, caplog):
    told = "\n".join(str(vars(record)) for record in caplog.records if "sql" not in vars(record))

    assert not [word for word in (*SECRETS.values(), NEVER) if word in told]


def test_no_task_holds_it(talked):
    assert not [word for word in (*SECRETS.values(), NEVER) if word in str(talked)]


def test_a_refusal_leaves_nothing_behind(db):
    strict = make_namespace(secrets="refuse")
    bot = bot_of(strict)
    for name, body in (
        ("episodes", {"user_id": "ada", "messages": [{"role": "user", "content": SAID}]}),
        ("memories", {"user_id": "ada", "text": SAID}),
    ):
        answer = post(bot, name, body, HTTP_IDEMPOTENCY_KEY=name)
        assert answer.status_code == 400
        assert not [word for word in SECRETS.values() if word in answer.content.decode()]

    assert leaks(strict, *SECRETS.values()) == []
