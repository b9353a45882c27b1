"""Whatever a chat client sends, and whatever its upstream answers, it is never our fault."""

import json
import string

import pytest
from django.db import transaction
from hypothesis import strategies as st

from tests.language_model import Reply, playing
from tests.memories.api.test_fuzz import JSON, damaged, fuzzed

pytestmark = pytest.mark.django_db
CHAT = "/v1/chat/completions"
WHOLE = {
    "model": "m",
    "user": "ada",
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "I keep bees."}], "name": "Ada"},
        {"role": "assistant", "content": None, "tool_calls": [{"id": "1", "type": "function"}]},
        {"role": "tool", "tool_call_id": "1", "content": "x"},
        {"role": "user", "content": "Where do I live?"},
    ],
    "temperature": 0.5,
    "stream_options": {"include_usage": True},
    "remembrancer": {
        "temporary": False,
        "recall": True,
        "remember": True,
        "agent_id": "a",
        "app_id": "b",
        "run_id": "c",
        "token_budget": 100,
        "strategy": "default",
        "purpose": "support",
    },
}
ANSWER = {
    "id": "c1",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "Bees."},
            "delta": {"content": "B"},
        }
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}


@pytest.fixture
def model(settings):
    """An upstream that takes anything for a request."""
    with playing(lambda _asked: "Noted.") as played:
        settings.CHAT_BASE_URL = played.url
        settings.CHAT_MODEL = "m"
        yield played


def answered(send):
    """The answer, all of a streamed one read; what it wrote is taken back."""
    with transaction.atomic():
        answer = send()
        raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer, raw


def is_told(answer, raw):
    """Answered, or told what is wrong in both shapes."""
    assert answer.status_code < 500, raw
    if answer.status_code >= 400 and answer["Content-Type"] == "application/problem+json":
        assert json.loads(raw)["error"]["message"]


@pytest.mark.usefixtures("model")
@fuzzed
def test_any_request_is_answered(bot, data):
    body = data.draw(damaged({**WHOLE, "stream": data.draw(st.booleans())}))

    is_told(*answered(lambda: bot.post(CHAT, body, format="json")))


@pytest.mark.usefixtures("model")
@fuzzed
def test_any_bytes_are_answered(bot, data):
    raw = data.draw(st.binary(max_size=60) | st.text(string.printable, max_size=60).map(str.encode))

    is_told(*answered(lambda: bot.post(CHAT, raw, content_type="application/json")))


@pytest.mark.usefixtures("model")
@fuzzed
def test_any_header_is_answered(bot, data):
    signs = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=80)
    headers = {
        name: data.draw(signs)
        for name in ("Idempotency-Key", "X-Remembrancer-Temporary", "Accept", "Content-Type")
    }

    is_told(*answered(lambda: bot.post(CHAT, WHOLE, format="json", headers=headers)))


@fuzzed
def test_any_answer_of_the_upstream_is_passed_on(bot, model, data):
    anything = data.draw(damaged(ANSWER) | JSON)
    raw = data.draw(st.sampled_from([json.dumps(anything).encode(), b"", b"{", b"\xff\x00"]))
    status = data.draw(st.sampled_from([200, 201, 400, 403, 404, 418, 429, 500, 503, 529]))
    model.reply = lambda _asked: Reply(body=raw, status=status)

    answer, came = answered(lambda: bot.post(CHAT, WHOLE, format="json"))

    assert (answer.status_code, came) == (status, raw)


@fuzzed
def test_any_stream_of_the_upstream_is_passed_on(bot, model, data):
    events = data.draw(st.lists(damaged(ANSWER) | JSON, max_size=4))
    lines = [f"data: {json.dumps(one)}\n\n".encode() for one in events]
    raw = b"".join([*lines, data.draw(st.sampled_from([b"data: [DONE]\n\n", b"", b"data: {"]))])
    kind = {
        "Content-Type": data.draw(st.sampled_from(["text/event-stream", "Text/Event-Stream;x"]))
    }
    model.reply = lambda _asked: Reply(body=raw, headers=kind)

    answer, came = answered(lambda: bot.post(CHAT, {**WHOLE, "stream": True}, format="json"))

    assert answer.streaming
    assert came == raw
