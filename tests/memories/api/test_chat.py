"""Chat with a memory: what goes upstream, what comes back, what is kept."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.signals import request_finished
from django.db import close_old_connections
from django.utils import timezone

from governance import access
from governance.models import Subject
from governance.models.access import SubjectState
from governance.rules.scopes import Scope
from memories import extraction
from memories.models import Episode, RecallTrace, StoredAnswer, TraceOutcome
from tests.conftest import bot_of, make_namespace
from tests.language_model import Reply, playing
from tests.memories.api.talk import listed, remember

pytestmark = pytest.mark.django_db
CHAT = "/v1/chat/completions"
BEES = "Ada keeps bees in Delft"


@pytest.fixture
def model(settings):
    """An upstream that answers "Noted."; set `model.reply` for more."""
    with playing(lambda _asked: "Noted.") as played:
        settings.CHAT_BASE_URL = played.url
        settings.CHAT_API_KEY = "the-site-s-key"
        settings.CHAT_MODEL = "default-model"
        settings.CHAT_TIMEOUT = 5.0
        yield played


def said(text):
    return [{"role": "user", "content": text}]


def chat(bot, messages="Does she keep bees?", headers=None, **fields):
    """The answer to a chat as Ada."""
    messages = said(messages) if isinstance(messages, str) else messages
    body = {"user": "ada", "messages": messages, **fields}
    body = {name: value for name, value in body.items() if value is not None}
    return bot.post(CHAT, body, format="json", headers=headers or {})


def streamed(bot, *args, **fields):
    """A streamed answer, and all of it; the test client closes it at its end."""
    answer = chat(bot, *args, stream=True, **fields)
    return answer, b"".join(answer.streaming_content)


def hang_up(answer):
    """Close an answer as a server does when its client is gone."""
    answer._iterator.close()
    # The signal would close the connection that the test's transaction is on.
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)


def problem(answer, status, code):
    """The problem, which OpenAI's clients can read too."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["code"] == code
    assert told["status"] == status
    assert told["error"].keys() == {"message", "type", "param", "code"}
    assert told["error"]["code"] == code
    assert told["detail"] in told["error"]["message"]
    return told


def rows(namespace):
    """How many rows each table holds that a bot of the namespace can see."""
    with access.scope(namespace.pk):
        return {one._meta.label: one.objects.count() for one in apps.get_models()}


def episodes(namespace):
    with access.scope(namespace.pk):
        return list(Episode.objects.filter(namespace=namespace).order_by("pk"))


def kept(namespace):
    """The turns of every episode, in order."""
    return [
        [(turn["role"], turn["content"]) for turn in one.messages] for one in episodes(namespace)
    ]


def block(model):
    """What the upstream was told in system messages."""
    told = model.requests[-1].body["messages"]
    return "\n".join(one["content"] for one in told if one["role"] == "system")


def close(namespace, state):
    with access.scope(namespace.pk):
        Subject.objects.filter(namespace=namespace).update(state=state)


# What goes upstream.


def test_what_is_known_stands_in_a_system_message(bot, model):
    remember(bot, BEES)

    chat(bot, [{"role": "system", "content": "Be brief."}, *said("Does she keep bees?")])

    sent = model.requests[-1].body["messages"]
    assert [one["role"] for one in sent] == ["system", "system", "user"]
    assert sent[0]["content"] == "Be brief."
    assert BEES in sent[1]["content"]
    assert sent[2]["content"] == "Does she keep bees?"


def test_when_nothing_is_known_nothing_is_told(bot, model):
    chat(bot)

    assert model.requests[-1].body["messages"] == said("Does she keep bees?")


def test_what_is_pinned_is_told_even_to_a_picture(bot, model):
    remember(bot, "Her name is Ada", type="profile")
    picture = [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]

    chat(bot, [{"role": "user", "content": picture}])

    assert "Her name is Ada" in block(model)


def test_what_is_known_keeps_to_the_budget(bot, model):
    remember(bot, BEES)

    chat(bot, remembrancer={"token_budget": 1})
    assert BEES not in block(model)

    chat(bot, "Does she keep bees in Delft?", remembrancer={"token_budget": 200})
    assert BEES in block(model)


def test_what_is_sensitive_is_told_for_a_purpose_that_allows_it(model):
    bot = bot_of(make_namespace(sensitive_purposes=["care"]))
    remember(bot, "Ada dreads bee stings", sensitivity="sensitive")

    chat(bot, "What about bee stings?")
    assert "dreads" not in block(model)

    chat(bot, "And what about bee stings?", remembrancer={"purpose": "care"})
    assert "dreads" in block(model)


def test_everything_else_is_passed_on_as_it_came(bot, model):
    parts = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
    ]
    further = {
        "tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}],
        "response_format": {"type": "json_object"},
        "n": 2,
        "temperature": 0.25,
        "metadata": {"a": "b"},
        "x_unheard_of": [1, None, {"ü": "🐝"}],
    }

    chat(bot, [{"role": "user", "content": parts, "x": 1}], model="gpt-x", **further)

    sent = model.requests[-1].body
    assert {name: sent[name] for name in further} == further
    assert sent["messages"][-1] == {"role": "user", "content": parts, "x": 1}
    assert sent["model"] == "gpt-x"
    assert sent["store"] is False


def test_neither_the_person_nor_the_callers_key_goes_upstream(bot, model):
    chat(bot, "Hello.", user="ada@example.org", remembrancer={"run_id": "r1"})

    (request,) = model.requests
    assert "ada@example.org" not in json.dumps(request.body)
    assert not {"user", "remembrancer"} & request.body.keys()
    assert request.headers["authorization"] == "Bearer the-site-s-key"


def test_what_the_upstream_would_refuse_is_left_out(bot, model, settings):
    settings.CHAT_OMITS = ["store"]

    chat(bot)

    assert "store" not in model.requests[-1].body


def test_without_a_model_the_sites_is_asked_and_the_namespaces_wins(bot, model):
    chat(bot)
    assert model.requests[-1].body["model"] == "default-model"

    chat(bot_of(make_namespace(chat_model="own-model")), model="gpt-x")
    assert model.requests[-1].body["model"] == "own-model"


# What comes back.


def test_the_answer_comes_back_byte_for_byte(bot, model):
    raw = (
        b'{"id": "c1",  "x": 1.50, "choices": [{"index":0,"message":{"content":"Bees \\u00fc"}}]}\n'
    )
    model.reply = lambda _asked: Reply(
        body=raw, headers={"Set-Cookie": "a=b", "X-Request-Id": "u1"}
    )

    answer = chat(bot)

    assert answer.content == raw
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Upstream-Request-Id"] == "u1"
    assert answer["X-Request-ID"] != "u1"
    assert "Set-Cookie" not in answer


def test_a_stream_comes_back_byte_for_byte(bot, model, namespace):
    model.reply = lambda _asked: Reply(chunks=["Yes, ", "bees ", "🐝."])

    answer, raw = streamed(bot)

    assert answer["Content-Type"] == "text/event-stream"
    assert answer["X-Accel-Buffering"] == "no"
    assert answer["X-Remembrancer-Memory"] == "on"
    assert raw.endswith(b"data: [DONE]\n\n")
    assert kept(namespace) == [[("user", "Does she keep bees?"), ("assistant", "Yes, bees 🐝.")]]


def test_a_client_that_accepts_only_events_is_served(bot, model):
    answer = chat(bot, stream=True, headers={"Accept": "text/event-stream"})

    assert answer.status_code == 200
    hang_up(answer)


def test_an_upstream_that_does_not_stream_is_served_whole(bot, model, namespace):
    whole = {"id": "c", "choices": [{"index": 0, "message": {"content": "Whole."}}]}
    model.reply = lambda _asked: Reply(body=whole)

    answer = chat(bot, "Hi.", stream=True)

    assert answer.json() == whole
    assert kept(namespace) == [[("user", "Hi."), ("assistant", "Whole.")]]


def test_the_trace_and_the_episode_are_named_and_the_trace_tells_the_outcome(bot, model, namespace):
    remember(bot, BEES)

    answer = chat(bot)

    with access.scope(namespace.pk):
        trace = RecallTrace.objects.get(pk=answer["X-Remembrancer-Trace"])
        outcome = TraceOutcome.objects.get(trace=trace)
    (episode,) = episodes(namespace)
    assert trace.kind == "chat"
    assert str(episode.pk) == answer["X-Remembrancer-Episode"]
    assert outcome.answer_id == answer.json()["id"]
    assert outcome.tokens == {
        "prompt": answer.json()["usage"]["prompt_tokens"],
        "completion": answer.json()["usage"]["completion_tokens"],
    }
    assert outcome.latency_ms > 0


# What is remembered.


def test_what_was_said_is_remembered_and_known_in_the_next_chat(bot, model, namespace):
    chat(bot, "I live in Delft.")
    (episode,) = episodes(namespace)
    extraction.extract(episode.pk, namespace_id=namespace.pk, clock=timezone.now)

    chat(bot, "Where do I live?")

    assert "I live in Delft." in block(model)


def test_only_new_turns_are_remembered_and_never_what_we_told_the_model(bot, model, namespace):
    remember(bot, BEES)
    chat(bot, "I play chess.")
    history = [*said("I play chess."), {"role": "assistant", "content": "Noted."}]
    system = [{"role": "system", "content": "Secret prompt."}]

    chat(bot, [*system, *history, *said("Do I keep bees?")])

    assert kept(namespace) == [
        [("user", "I play chess."), ("assistant", "Noted.")],
        [("user", "Do I keep bees?"), ("assistant", "Noted.")],
    ]


def test_a_turn_is_dated_by_when_it_was_said(bot, model, namespace):
    before = timezone.now()
    chat(bot)

    (episode,) = episodes(namespace)

    spoken, answered = episode.messages
    assert before.isoformat() <= spoken["time"] <= episode.received_at.isoformat()
    assert "time" not in answered


def test_the_place_of_a_chat_is_kept(bot, model, namespace):
    chat(bot, remembrancer={"run_id": "r", "agent_id": "a", "app_id": "p"})

    (episode,) = episodes(namespace)
    assert (episode.run_id, episode.agent_id, episode.app_id) == ("r", "a", "p")


def test_another_conversation_of_the_same_person_is_known(bot, model):
    remember(bot, BEES, run_id="yesterday")

    chat(bot, remembrancer={"run_id": "today"})

    assert BEES in block(model)


def test_a_call_of_a_tool_passes_and_only_words_are_remembered(bot, model, namespace):
    call = {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    model.reply = lambda _asked: Reply(tool_calls=[call])
    first = chat(bot, "Weather in Delft, where I live?")
    model.reply = lambda _asked: "It rains."
    asked = said("Weather in Delft, where I live?")
    result = {"role": "tool", "tool_call_id": "1", "content": "rain"}

    chat(bot, [*asked, first.json()["choices"][0]["message"], result])

    assert first.json()["choices"][0]["message"]["tool_calls"] == [call]
    assert model.requests[-1].body["messages"][-1] == result
    assert kept(namespace) == [
        [("user", "Weather in Delft, where I live?")],
        [("assistant", "It rains.")],
    ]


@pytest.mark.parametrize("stream", [False, True])
def test_signs_that_no_column_holds_pass_and_are_left_out(bot, model, namespace, stream):
    half = {
        "index": 0,
        "message": {"content": "a\x00b\ud800"},
        "delta": {"content": "a\x00b\ud800"},
    }
    raw = json.dumps({"id": "c\x00", "choices": [half]}).encode()
    events = {"Content-Type": "text/event-stream"}
    model.reply = lambda _asked: (
        Reply(body=b"data: " + raw + b"\n\n", headers=events) if stream else Reply(body=raw)
    )

    came = streamed(bot, "Hi.")[1] if stream else chat(bot, "Hi.").content

    assert raw in came
    assert kept(namespace) == [[("user", "Hi."), ("assistant", "ab\N{REPLACEMENT CHARACTER}")]]


def test_a_secret_reaches_the_model_but_not_the_memory(bot, model, namespace):
    secret = "My card is 4111 1111 1111 1111."

    chat(bot, secret)

    assert secret in json.dumps(model.requests[-1].body)
    ((spoken, _answered),) = kept(namespace)
    assert spoken[1].startswith("My card is")
    with access.scope(namespace.pk):
        every = [one.objects.values_list() for one in apps.get_models()]
        written = str([list(rows) for rows in every])
    assert "My card is" in written
    assert "4111" not in written


def test_a_namespace_that_refuses_secrets_chats_on_and_remembers_nothing(model):
    namespace = make_namespace(secrets="refuse")
    bot = bot_of(namespace)

    answer = chat(bot, "My card is 4111 1111 1111 1111.")

    assert answer.status_code == 200
    assert "X-Remembrancer-Episode" not in answer
    assert episodes(namespace) == []


def test_an_agent_has_a_memory_of_its_own(bot, model, namespace):
    chat(bot, "Answer in rhyme.", user=None, remembrancer={"agent_id": "poet"})

    (episode,) = episodes(namespace)
    assert (episode.subject_id, episode.agent_id) == (None, "poet")


def test_recall_and_remembering_can_be_left_out_each_by_itself(bot, model, namespace):
    remember(bot, BEES)

    chat(bot, remembrancer={"recall": False})
    assert block(model) == ""
    assert len(episodes(namespace)) == 1

    chat(bot, "Are bees kept?", remembrancer={"remember": False})
    assert BEES in block(model)
    assert len(episodes(namespace)) == 1


# Once.


def test_the_same_request_again_is_answered_anew_and_remembered_once(bot, model, namespace):
    first, again = chat(bot), chat(bot)

    assert len(model.requests) == 2
    assert len(episodes(namespace)) == 1
    assert first["X-Remembrancer-Episode"] == again["X-Remembrancer-Episode"]


def test_the_same_words_later_or_elsewhere_are_another_turn(bot, model, namespace, monkeypatch):
    chat(bot)
    chat(bot, remembrancer={"run_id": "another"})
    chat(bot, user="bob")
    chat(bot, [*said("Hi."), {"role": "assistant", "content": "Hi."}, *said("Does she keep bees?")])
    later = timezone.now() + timedelta(minutes=21)
    monkeypatch.setattr(timezone, "now", lambda: later)
    chat(bot)

    assert len(episodes(namespace)) == 5


def test_an_idempotency_key_names_a_turn(bot, model, namespace):
    key = {"Idempotency-Key": "one"}
    chat(bot, "Hello.", headers=key)
    chat(bot, "Hello.", headers=key)
    other = chat(bot, "Goodbye.", headers=key)

    problem(other, 409, "idempotency_key_reused")
    assert len(episodes(namespace)) == 1
    assert len(model.requests) == 2


def test_no_words_are_kept_for_retries(bot, model, namespace):
    chat(bot, "I keep bees.", headers={"Idempotency-Key": "one"})

    with access.scope(namespace.pk):
        (answer,) = StoredAnswer.objects.filter(namespace=namespace)
    assert answer.body.keys() == {"episode"}
    assert answer.subject_id is not None


def test_a_retry_after_an_error_is_remembered_once(bot, model, namespace):
    model.reply = lambda _asked: Reply(status=503)
    assert chat(bot).status_code == 503
    assert episodes(namespace) == []

    model.reply = lambda _asked: "Yes."
    chat(bot)

    assert len(episodes(namespace)) == 1


# Nothing kept.


@pytest.mark.parametrize(
    "wish",
    [
        {"remembrancer": {"temporary": True}},
        {"headers": {"X-Remembrancer-Temporary": "true"}},
        {"remembrancer": {"recall": False, "remember": False}},
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_temporary_chat_reads_nothing_and_leaves_no_row(bot, model, namespace, wish, stream):
    remember(bot, BEES)
    before = rows(namespace)

    found = [streamed(bot, **wish)[0] if stream else chat(bot, **wish)]
    found += [streamed(bot, user="new", **wish)[0] if stream else chat(bot, user="new", **wish)]

    assert rows(namespace) == before
    assert [one["X-Remembrancer-Memory"] for one in found] == ["off", "off"]
    assert not any("X-Remembrancer-Trace" in one for one in found)
    assert block(model) == ""


def test_a_chat_that_is_not_temporary_leaves_rows(bot, model, namespace):
    before = rows(namespace)

    chat(bot, user="new")

    after = rows(namespace)
    grown = {name for name in after if after[name] > before[name]}
    assert grown >= {"governance.Subject", "memories.Episode", "memories.RecallTrace"}


def test_a_wish_that_cannot_be_read_is_refused_not_ignored(bot, model):
    told = problem(chat(bot, headers={"X-Remembrancer-Temporary": "yep"}), 400, "invalid_input")

    assert told["error"]["param"] == "X-Remembrancer-Temporary"
    assert model.requests == []


@pytest.mark.parametrize("state", [SubjectState.RESTRICTED, SubjectState.ERASED])
def test_a_closed_subject_chats_without_memory(bot, model, namespace, state):
    remember(bot, BEES)
    close(namespace, state)
    before = rows(namespace)

    answer = chat(bot)
    stream, _raw = streamed(bot)

    assert answer.status_code == 200
    assert (answer["X-Remembrancer-Memory"], stream["X-Remembrancer-Memory"]) == ("off", "off")
    assert BEES not in block(model)
    assert rows(namespace) == before


def test_a_subject_closed_while_the_model_thinks_is_not_remembered(bot, model, namespace):
    remember(bot, BEES)

    answer = chat(bot, stream=True)
    close(namespace, SubjectState.RESTRICTED)
    raw = b"".join(answer.streaming_content)

    assert raw.endswith(b"data: [DONE]\n\n")
    assert episodes(namespace) == []


# What goes wrong.


def test_without_an_upstream_the_setting_is_named(bot, settings):
    settings.CHAT_BASE_URL = ""

    told = problem(chat(bot), 503, "chat_not_configured")

    assert "CHAT_BASE_URL" in told["detail"]
    problem(bot.get("/v1/models"), 503, "chat_not_configured")


@pytest.mark.parametrize("status", [400, 404, 422, 429, 500, 503])
def test_the_upstreams_errors_pass_as_they_are(bot, model, namespace, status):
    raw = b'{"error":{"message":"no","type":"t","param":null,"code":"c"}}'
    model.reply = lambda _asked: Reply(status=status, body=raw, headers={"Retry-After": "7"})

    answer = chat(bot)

    assert (answer.status_code, answer.content, answer["Retry-After"]) == (status, raw, "7")
    assert chat(bot, stream=True).content == raw
    assert episodes(namespace) == []


def test_that_our_own_key_is_refused_is_not_told_as_if_it_were_the_callers(bot, model):
    model.reply = lambda _asked: Reply(status=401, body={"error": {"message": "bad key the-si***"}})

    answer = chat(bot)

    problem(answer, 502, "upstream_refuses_us")
    assert b"the-si" not in answer.content


def test_an_upstream_that_is_down_is_a_502_and_nothing_is_kept(bot, model, namespace):
    model.down()

    problem(chat(bot), 502, "upstream_unreachable")

    assert episodes(namespace) == []


def test_an_upstream_that_is_silent_is_a_504(bot, model, namespace, settings):
    settings.CHAT_TIMEOUT = 0.2
    model.reply = lambda _asked: Reply("late", delay=1.0)

    told = problem(chat(bot), 504, "upstream_timed_out")

    assert "0.2 seconds" in told["detail"]
    assert episodes(namespace) == []


def test_a_stream_that_breaks_off_says_so_and_what_was_said_is_remembered(bot, model, namespace):
    model.reply = lambda _asked: Reply(chunks=["Bees ", "live"], breaks_off=True)

    _answer, raw = streamed(bot)

    last = json.loads(raw.rstrip().rpartition(b"data: ")[2])
    assert last["error"]["code"] == "upstream_unreachable"
    assert kept(namespace) == [[("user", "Does she keep bees?"), ("assistant", "Bees live")]]


def test_a_client_that_goes_away_is_remembered_as_far_as_it_went(bot, model, namespace):
    model.reply = lambda _asked: Reply(chunks=["Bees ", "live ", "in Delft."], pause=0.2)
    answer = chat(bot, stream=True)
    pieces = answer.streaming_content
    while b"Bees" not in next(pieces):
        pass

    hang_up(answer)

    ((spoken, answered),) = kept(namespace)
    assert spoken == ("user", "Does she keep bees?")
    assert answered[1].startswith("Bees")
    assert "Delft" not in answered[1]


def test_an_answer_that_nobody_reads_gives_its_place_back(bot, model, settings):
    for _ in range(settings.CHAT_AT_ONCE + 1):
        answer = chat(bot, stream=True)
        assert answer.status_code == 200
        hang_up(answer)


def test_so_many_wait_at_once_and_no_more(bot, model, settings):
    waiting = [chat(bot, stream=True) for _ in range(settings.CHAT_AT_ONCE)]

    problem(chat(bot), 503, "chat_busy")

    for one in waiting:
        hang_up(one)
    assert chat(bot).status_code == 200


def test_a_model_for_embeddings_that_is_away_does_not_stop_a_chat(model, settings):
    settings.EMBEDDING_BASE_URL = "http://127.0.0.1:1"
    settings.EMBEDDING_API_KEY = "x"
    bot = bot_of(make_namespace(embedding_model="openai:away"))

    answer = chat(bot)

    assert answer.status_code == 200
    assert answer["X-Remembrancer-Memory"] == "on"


def test_somebody_must_be_named(bot, model):
    told = problem(chat(bot, user=None), 400, "invalid_input")

    assert [one["field"] for one in told["errors"]] == ["user"]
    assert told["error"]["param"] == "user"
    assert model.requests == []
    assert chat(bot, user=None, remembrancer={"temporary": True}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"messages": []}, "messages"),
        ({"messages": ["Hi."]}, "messages[0]"),
        ({"messages": [{"content": "Hi."}]}, "messages[0].role"),
        ({"user": ["ada"]}, "user"),
        ({"model": {}}, "model"),
        ({"remembrancer": {"tempory": True}}, "remembrancer.tempory"),
        ({"remembrancer": {"token_budget": 0}}, "remembrancer.token_budget"),
        ({"remembrancer": []}, "remembrancer"),
    ],
)
def test_what_cannot_be_used_is_named(bot, model, fields, named):
    body = {"user": "ada", "messages": said("Hi."), **fields}

    told = problem(bot.post(CHAT, body, format="json"), 400, "invalid_input")

    assert named in [one["field"] for one in told["errors"]]
    assert model.requests == []


def test_an_unknown_strategy_and_a_missing_model_are_named(bot, model, settings):
    problem(chat(bot, remembrancer={"strategy": "nope"}), 400, "invalid_input")
    settings.CHAT_MODEL = ""

    told = problem(chat(bot), 400, "invalid_input")

    assert told["error"]["param"] == "model"
    assert model.requests == []


def test_a_number_that_is_none_is_refused(bot, model):
    raw = b'{"user": "ada", "messages": [{"role": "user", "content": "x"}], "temperature": 1e999}'

    problem(bot.post(CHAT, raw, content_type="application/json"), 400, "invalid_input")


# Who may.


def test_it_needs_both_scopes_and_a_temporary_chat_only_one(namespace, model):
    reader, writer = bot_of(namespace, [Scope.RECALL]), bot_of(namespace, [Scope.REMEMBER])

    assert "memories:write" in problem(chat(reader), 403, "scope_missing")["detail"]
    assert "recall" in problem(chat(writer), 403, "scope_missing")["detail"]
    assert model.requests == []
    assert chat(reader, remembrancer={"temporary": True}).status_code == 200
    assert chat(reader, remembrancer={"remember": False}).status_code == 200
    assert bot_of(namespace, [Scope.RECALL]).get("/v1/models").status_code == 200
    problem(writer.get("/v1/models"), 403, "scope_missing")


def test_a_wrong_key_is_told_as_openai_does(bot, model):
    bot.credentials(HTTP_AUTHORIZATION="Bearer nonsense")

    told = problem(chat(bot), 401, "key_refused")

    assert told["error"]["type"] == "authentication_error"


def test_another_namespaces_key_knows_nothing(bot, stranger, model):
    remember(bot, BEES)

    chat(stranger)

    assert BEES not in json.dumps(model.requests[-1].body)
    assert listed(stranger) == []


def test_another_person_is_not_told(bot, model):
    remember(bot, BEES)

    chat(bot, user="bob")

    assert BEES not in json.dumps(model.requests[-1].body)


# Models.


def test_the_upstreams_models_are_listed_or_the_namespaces_one(bot, model):
    assert [one["id"] for one in bot.get("/v1/models").json()["data"]] == ["played-model"]

    own = bot_of(make_namespace(chat_model="own-model"))
    assert [one["id"] for one in own.get("/v1/models").json()["data"]] == ["own-model"]


def test_the_schema_tells_of_the_chat(bot):
    schema = bot.get("/api/schema/?format=json").json()

    operation = schema["paths"][CHAT]["post"]
    assert operation["responses"]["200"]["content"].keys() == {
        "application/json",
        "text/event-stream",
    }
    shapes = schema["components"]["schemas"]
    problem_shape = operation["responses"]["default"]["content"]["application/problem+json"]
    body = shapes["ChatBody"]
    assert {"messages", "user", "remembrancer"} <= body["properties"].keys()
    assert body["additionalProperties"] is True
    assert operation["tags"] == ["chat"]
    assert problem_shape["schema"]["$ref"].endswith("/ChatProblem")
    assert {"detail", "errors", "error"} <= shapes["ChatProblem"]["properties"].keys()


@pytest.mark.parametrize("stream", ["x", 1.5, [], {"a": 1}, "true"])
def test_the_form_of_an_answer_is_asked_for_plainly(bot, model, stream):
    answer = chat(bot, stream=stream)

    told = problem(answer, 400, "invalid_input")
    assert [one["field"] for one in told["errors"]] == ["stream"]
    assert model.requests == []
