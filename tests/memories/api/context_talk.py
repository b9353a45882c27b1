"""What a bot asks for a context, and what it is told."""

from governance import access
from memories.models import Memory
from tests.memories.api.talk import post

LIFE = [
    {"text": "Ada keeps bees in Delft", "type": "profile", "importance": 0.9},
    {
        "text": "Call me Ada",
        "type": "preference",
        "slot": "preferred_name",
        "data": {"value": "Ada"},
    },
    {"text": "The hive swarmed", "type": "interaction", "occurred_at": "2026-05-03T10:00:00Z"},
    {"text": "Order new frames for the hive", "type": "task_state"},
]
QUESTION = "How are the bees in the hive?"


def context(bot, message=QUESTION, **fields):
    body = {"user_id": "ada", "message": message, **fields}
    answer = post(bot, "context", {key: value for key, value in body.items() if value is not None})
    assert answer.status_code == 200, answer.content
    return answer.json()


def texts(found):
    return [line["memory"] for section in found["sections"] for line in section["memories"]]


def why(found):
    return {one["id"]: one["why"] for one in found["left_out"]}


def set_memory(namespace, memory_id, **values):
    with access.scope(namespace.pk):
        Memory.objects.filter(namespace_id=namespace.pk, pk=memory_id).update(**values)
