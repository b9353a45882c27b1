"""The conversation in a context: its last turns, as a section or as messages ready to send."""

import pytest

from governance import access
from memories.models import RecallTrace
from tests.memories.api.context_talk import LIFE, QUESTION, context, set_memory
from tests.memories.api.talk import post, refused_fields, remember, remember_all

pytestmark = pytest.mark.django_db
TURNS = (
    {"role": "user", "content": "hello"},
    {"role": "assistant", "content": "hello Ada\nhow are you?"},
    {"role": "tool", "content": "sunny"},
    {"role": "system", "content": "be nice"},
    {"role": "user", "content": QUESTION},
)


def talked(bot, *messages, run_id="r1", user_id="ada"):
    body = {"user_id": user_id, "run_id": run_id, "messages": list(messages)}
    answer = post(bot, "episodes", body)
    assert answer.status_code == 202, answer.content
    return answer.json()["id"]


def test_given_turns_stand_at_the_end_without_what_is_said_now(bot):
    found = context(bot, history={"messages": TURNS})

    assert found["context"].split("## Recent turns\n")[1] == (
        "- User: hello\n- You: hello Ada how are you?\n- A tool said: <quote>sunny</quote>"
    )


def test_only_the_last_are_taken(bot):
    found = context(bot, history={"messages": TURNS, "last": 2})

    assert [turn["role"] for turn in found["history"]["turns"]] == ["assistant", "tool"]


def test_the_turns_of_a_run_come_from_its_episodes(bot):
    first = talked(bot, *TURNS[:2])
    second = talked(bot, {"role": "user", "content": "nice weather"}, TURNS[-1])
    talked(bot, {"role": "user", "content": "elsewhere"}, run_id="r2")
    talked(bot, {"role": "user", "content": "somebody else"}, user_id="bob")

    turns = context(bot, run_id="r1", history={"from_run": True, "last": 2})["history"]["turns"]

    assert [(turn["content"], turn["from_episode"]) for turn in turns] == [
        ("hello Ada\nhow are you?", first),
        ("nice weather", second),
    ]


def test_a_run_has_to_be_named(bot):
    body = {"user_id": "ada", "message": "hi", "history": {"from_run": True}}

    assert refused_fields(post(bot, "context", body)) == ["run_id"]


def test_the_oldest_turns_make_way_and_are_counted(bot):
    said = [{"role": "user", "content": f"turn {n} about the bees"} for n in range(40)]

    found = context(bot, history={"messages": said, "last": 40}, token_budget=100)

    kept = [turn["content"] for turn in found["history"]["turns"]]
    assert 0 < len(kept) < 40
    assert kept == [one["content"] for one in said[-len(kept) :]]
    assert found["history"]["left_out"] == 40 - len(kept)


def test_messages_are_ready_to_send(bot):
    remember_all(bot, LIFE)

    found = context(bot, format="messages", history={"messages": TURNS})

    system, *said = found["messages"]
    assert system == {"role": "system", "content": found["context"]}
    assert "Recent turns" not in found["context"]
    assert said == [
        {"role": "user", "content": "hello"},
        {"role": "assistant", "content": "hello Ada\nhow are you?"},
        {"role": "user", "content": QUESTION},
    ]


def test_without_memories_there_is_no_system_message(bot):
    assert context(bot, format="messages")["messages"] == [{"role": "user", "content": QUESTION}]


def test_a_long_message_is_sent_whole_and_searched_in_part(bot, namespace):
    long = "bees " * 2_000

    found = context(bot, long, format="messages")

    assert found["messages"][-1]["content"] == long
    with access.scope(namespace.pk):
        assert len(RecallTrace.objects.get().asked["query"]) == 4_000


def test_a_kept_answer_with_the_turns_of_a_forgotten_memory_is_emptied(bot, namespace):
    episode = talked(bot, {"role": "user", "content": "The hive swarmed"})
    kept = remember(bot, "The hive swarmed", type="task_state")["id"]
    set_memory(namespace, kept, episode_id=episode)
    asked = {
        "user_id": "ada",
        "message": "hello",
        "run_id": "r1",
        "include": ["history"],
        "history": {"from_run": True},
    }
    told = post(bot, "context", asked, HTTP_IDEMPOTENCY_KEY="k1").content.decode()
    assert "swarmed" in told
    assert kept not in told

    bot.delete(f"/api/v1/memories/{kept}/")

    gone = post(bot, "context", asked, HTTP_IDEMPOTENCY_KEY="k1")
    assert gone.status_code == 410
    assert "swarmed" not in gone.content.decode()
