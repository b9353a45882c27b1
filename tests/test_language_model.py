"""The played model, proved with the official client."""

import json
import time

import httpx
import openai
import pytest

from tests.language_model import Reply, playing

HELLO = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello there"}]


def client_of(model) -> openai.OpenAI:
    return openai.OpenAI(base_url=model.url, api_key="sk-played", max_retries=0, timeout=5)


def ask(model, **more):
    with client_of(model) as client:
        answer = client.chat.completions.create(model="small", messages=HELLO, **more)
        return list(answer) if more.get("stream") else answer


def test_words_come_back_with_the_tokens_counted():
    with playing(lambda asked: "Good day to you") as model:
        answer = ask(model, temperature=0)

    assert answer.choices[0].message.content == "Good day to you"
    assert answer.choices[0].finish_reason == "stop"
    assert (answer.model, answer.usage.prompt_tokens) == ("small", 4)
    assert (answer.usage.completion_tokens, answer.usage.total_tokens) == (4, 8)


def test_an_object_comes_back_as_json():
    with playing(lambda asked: {"candidates": [{"text": "I live in Köln."}]}) as model:
        answer = ask(model)

    assert json.loads(answer.choices[0].message.content)["candidates"][0]["text"].endswith("Köln.")


def test_the_reply_may_depend_on_what_was_asked():
    with playing(lambda asked: asked["messages"][-1]["content"].upper()) as model:
        assert ask(model).choices[0].message.content == "HELLO THERE"


def test_what_was_asked_is_noted():
    with playing(lambda asked: "ok") as model:
        ask(model, store=False)

    (asked,) = model.requests
    assert (asked.path, asked.body["store"]) == ("/v1/chat/completions", False)
    assert asked.headers["authorization"] == "Bearer sk-played"
    assert asked.text == "Be brief.\nHello there"


def test_a_stream_comes_in_pieces_and_ends():
    reply = Reply(chunks=["Good ", "day"], pause=0.15)
    arrived = []
    with playing(lambda asked: reply) as model, client_of(model) as client:
        options = {"stream": True, "stream_options": {"include_usage": True}}
        for event in client.chat.completions.create(model="small", messages=HELLO, **options):
            arrived.append((time.monotonic(), event))

    deltas = [event.choices[0].delta.content for _, event in arrived if event.choices]
    assert deltas == ["", "Good ", "day", None]
    assert arrived[-2][1].choices[0].finish_reason == "stop"
    assert arrived[-1][1].usage.completion_tokens == 2
    assert arrived[-1][0] - arrived[0][0] > 0.3  # sent one by one, not gathered


def test_a_stream_ends_with_done_and_has_no_usage_unasked():
    with playing(lambda asked: "one two") as model:
        asked = {"model": "small", "messages": HELLO, "stream": True}
        answer = httpx.post(f"{model.url}/chat/completions", json=asked)

    lines = [line for line in answer.text.splitlines() if line]
    assert answer.headers["content-type"] == "text/event-stream"
    assert lines[-1] == "data: [DONE]"
    assert all(line.startswith("data: ") for line in lines)
    assert "usage" not in answer.text


def test_a_stream_may_break_off():
    reply = Reply("one two three", breaks_off=True)
    with playing(lambda asked: reply) as model, pytest.raises(openai.APIConnectionError):
        ask(model, stream=True)


def test_tools_are_called_whole_and_streamed():
    call = {"id": "c1", "type": "function", "function": {"name": "find", "arguments": "{}"}}
    with playing(lambda asked: Reply(tool_calls=[call])) as model:
        whole = ask(model).choices[0]
        streamed = [event.choices[0] for event in ask(model, stream=True)]

    assert (whole.finish_reason, whole.message.tool_calls[0].function.name) == (
        "tool_calls",
        "find",
    )
    assert streamed[1].delta.tool_calls[0].function.name == "find"
    assert streamed[-1].finish_reason == "tool_calls"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(status=401), openai.AuthenticationError),
        (Reply(status=429, headers={"Retry-After": "3"}), openai.RateLimitError),
        (Reply(status=500), openai.InternalServerError),
        (Reply(delay=1.0), openai.APITimeoutError),
    ],
)
def test_failures_are_those_the_client_knows(reply, error):
    with playing(lambda asked: reply) as model, client_of(model) as client, pytest.raises(error):
        client.chat.completions.create(model="small", messages=HELLO, timeout=0.3)


def test_a_raw_body_goes_over_the_wire_as_it_is():
    with playing(lambda asked: Reply(body=b"<html>busy</html>", status=502)) as model:
        answer = httpx.post(f"{model.url}/chat/completions", json={"messages": HELLO})

    assert (answer.status_code, answer.text) == (502, "<html>busy</html>")


def test_unknown_paths_and_empty_questions_are_refused():
    with playing(lambda asked: "ok") as model:
        assert httpx.post(f"{model.url}/elsewhere", json={"messages": HELLO}).status_code == 404
        assert httpx.post(f"{model.url}/chat/completions", json={}).status_code == 400
        assert httpx.post(f"{model.url}/chat/completions", content=b"{").status_code == 400


def test_models_are_listed():
    with playing(lambda asked: "ok") as model, client_of(model) as client:
        assert [model.id for model in client.models.list()] == ["played-model"]


def test_a_model_that_is_down_refuses_and_comes_back_on_the_same_port():
    with playing(lambda asked: "ok") as model, client_of(model) as client:
        client.chat.completions.create(model="small", messages=HELLO)
        url = model.url
        model.down()
        with pytest.raises(openai.APIConnectionError):
            client.chat.completions.create(model="small", messages=HELLO)
        model.up()

        assert client.chat.completions.create(model="small", messages=HELLO).choices
        assert model.url == url
