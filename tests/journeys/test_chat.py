"""OpenAI's own client, pointed at a running site, has a memory."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count

import openai
import pytest
from openai import OpenAI

from governance import access
from memories.models import Episode
from tests.conftest import make_namespace
from tests.journeys import running
from tests.language_model import PlayedModel, Reply, playing

SITE_KEY = "the-site-s-key"
WITHOUT_MEMORY = {"remembrancer": {"temporary": True}}


@pytest.fixture(scope="module")
def model() -> Iterator[PlayedModel]:
    """The upstream."""
    with playing(lambda _asked: "Noted.") as played:
        yield played


@pytest.fixture(autouse=True)
def as_at_first(model) -> None:
    """Each test says itself what the upstream answers."""
    model.reply = lambda _asked: "Noted."
    model.requests.clear()
    model.up()


@pytest.fixture(scope="module")
def chatting(django_db_setup, logs, model) -> Iterator[str]:
    """The address of a site with an upstream; nobody works on episodes."""
    given = {"CHAT_BASE_URL": model.url, "CHAT_API_KEY": SITE_KEY, "CHAT_TIMEOUT": "20"}
    with running.server(logs / "chatting.log", **given) as url:
        yield url


@pytest.fixture
def talk(chatting, bots):
    """Makes a bot, and OpenAI's client with its key."""
    with ExitStack() as open_ones:

        def make(namespace=None, retries=0):
            bot = bots(chatting, namespace)
            client = OpenAI(base_url=f"{chatting}/v1", api_key=bot.key, max_retries=retries)
            return bot, open_ones.enter_context(client)

        yield make


def say(client, text, *, user="ada", **given):
    """One message as Ada, without the history."""
    messages = [{"role": "user", "content": text}]
    return client.chat.completions.create(model="gpt-x", messages=messages, user=user, **given)


def words(stream):
    """What a stream says."""
    return [one.choices[0].delta.content or "" for one in stream if one.choices]


def episodes(namespace, blocker):
    """The turns of each episode of a namespace."""
    with blocker.unblock(), access.scope(namespace.pk):
        found = Episode.objects.filter(namespace=namespace).order_by("pk")
        return [[(turn["role"], turn["content"]) for turn in one.messages] for one in found]


@pytest.fixture
def namespace(django_db_setup, django_db_blocker):
    """A namespace that is really committed."""
    with django_db_blocker.unblock():
        return make_namespace()


def told(model):
    """What the last request told the upstream in system messages."""
    messages = model.requests[-1].body["messages"]
    return "\n".join(one["content"] for one in messages if one["role"] == "system")


def test_an_answer_comes_back_unchanged(talk, model):
    raw = (
        b'{"id":"c-1", "object":"chat.completion","created":1,"model":"gpt-x", "choices":[{"index":'
    )
    raw += b'0,"message":{"role":"assistant","content":"B\\u00fccher"},"finish_reason":"stop"}]}'
    model.reply = lambda _asked: Reply(body=raw)
    _bot, client = talk()
    messages = [{"role": "user", "content": "Hi."}]

    found = client.chat.completions.with_raw_response.create(
        model="gpt-x", messages=messages, user="ada"
    )

    assert found.content == raw
    assert found.parse().choices[0].message.content == "Bücher"
    assert found.headers["x-remembrancer-trace"]
    assert found.headers["x-remembrancer-episode"]


def test_a_streamed_answer_comes_word_by_word(talk, model):
    model.reply = lambda _asked: Reply(chunks=["One ", "two ", "three."], pause=0.4)
    _bot, client = talk()
    began = time.monotonic()
    came = []

    for piece in say(client, "Count.", stream=True):
        if piece.choices and piece.choices[0].delta.content:
            came.append((piece.choices[0].delta.content, time.monotonic() - began))

    assert [word for word, _ in came] == ["One ", "two ", "three."]
    # The first was here before the last was sent.
    assert came[0][1] < 0.8
    assert came[2][1] - came[0][1] > 0.6


def test_what_is_said_in_one_chat_is_known_in_the_next(talk, model, logs):
    bot, client = talk()
    with running.worker(logs / "chat-worker.log"):
        assert "".join(words(say(client, "I live in Delft.", stream=True))) == "Noted."
        kept = running.eventually(
            lambda: bot.get("/api/v1/memories/?user_id=ada").body["results"], bool
        )

        words(say(client, "Where do I live?", stream=True))
        known = told(model)
        trace = client.chat.completions.with_raw_response.create(
            model="gpt-x", messages=[{"role": "user", "content": "In which town am I?"}], user="ada"
        ).headers["x-remembrancer-trace"]

    assert any("Delft" in one["memory"] for one in kept)
    assert "Delft" in known
    assert bot.get(f"/api/v1/traces/{trace}/").status == 200


def test_what_was_said_is_committed_before_the_stream_ends(talk, namespace, django_db_blocker):
    _bot, client = talk(namespace)

    for turn in range(5):
        words(say(client, f"This is turn {turn}.", stream=True))
        assert len(episodes(namespace, django_db_blocker)) == turn + 1


def test_a_temporary_chat_leaves_nothing(talk, model, namespace, django_db_blocker):
    bot, client = talk(namespace)
    say(client, "I live in Delft.", extra_body=WITHOUT_MEMORY)
    words(say(client, "I live in Delft.", stream=True, extra_body=WITHOUT_MEMORY))

    assert len(model.requests) == 2
    assert episodes(namespace, django_db_blocker) == []
    assert bot.post("/api/v1/identities/resolve/", {"user_id": "ada"}).status == 404


def test_an_upstream_that_is_down_is_a_502_and_nothing_is_kept(
    talk, model, namespace, django_db_blocker
):
    _bot, client = talk(namespace)
    model.down()

    with pytest.raises(openai.InternalServerError) as refused:
        say(client, "I live in Delft.")

    assert refused.value.status_code == 502
    assert refused.value.code == "upstream_unreachable"
    assert episodes(namespace, django_db_blocker) == []


def test_a_client_that_tries_again_is_remembered_once(talk, model, namespace, django_db_blocker):
    _bot, patient = talk(namespace, retries=3)
    number = count()
    model.reply = lambda _asked: Reply(status=503) if next(number) < 2 else "Noted."

    say(patient, "I live in Delft.")

    assert len(model.requests) == 3
    assert episodes(namespace, django_db_blocker) == [
        [("user", "I live in Delft."), ("assistant", "Noted.")]
    ]


def test_a_client_that_hangs_up_ends_the_upstreams_work(talk, model, namespace, django_db_blocker):
    _bot, client = talk(namespace)
    sent = []

    def chunks():
        for number in range(200):
            sent.append(number)
            yield f"word{number} "

    model.reply = lambda _asked: Reply(chunks=chunks(), pause=0.05)

    stream = say(client, "Tell me everything.", stream=True)
    while not (next(stream).choices[0].delta.content or ""):
        pass
    stream.close()

    (turns,) = running.eventually(lambda: episodes(namespace, django_db_blocker), bool)
    assert turns[0] == ("user", "Tell me everything.")
    assert turns[1][1].startswith("word0")
    assert "word199" not in turns[1][1]
    # Nobody listens any more, so the upstream does not go on either.
    so_far = len(sent)
    time.sleep(0.5)
    assert len(sent) <= so_far + 1 < 200


def test_errors_are_words_in_openais_client(talk, model):
    _bot, client = talk()

    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi."}])
    assert refused.value.param == "user"
    assert refused.value.code == "invalid_input"
    assert refused.value.type == "invalid_request_error"
    assert "Say whose memory this is" in str(refused.value)

    with pytest.raises(openai.AuthenticationError) as unknown:
        say(client.with_options(api_key="nonsense"), "Hi.")
    assert unknown.value.code == "key_refused"

    model.reply = lambda _asked: Reply(status=400)
    with pytest.raises(openai.BadRequestError) as passed:
        say(client, "Hi.")
    assert passed.value.body["message"] == "Bad Request"


def test_a_stream_that_breaks_off_is_an_error_in_openais_client(talk, model):
    _bot, client = talk()
    model.reply = lambda _asked: Reply(chunks=["Half ", "an"], breaks_off=True)

    with pytest.raises(openai.APIError, match="broke off"):
        words(say(client, "Tell me.", stream=True))


def test_calls_of_tools_pass_through(talk, model, namespace, django_db_blocker):
    call = {"id": "c1", "type": "function", "function": {"name": "rain", "arguments": '{"a":1}'}}
    tool = {"type": "function", "function": {"name": "rain", "parameters": {"type": "object"}}}
    model.reply = lambda _asked: Reply(tool_calls=[call])
    _bot, client = talk(namespace)

    whole = say(client, "Does it rain?", tools=[tool])
    pieces = list(say(client, "Does it rain now?", tools=[tool], stream=True))

    assert model.requests[0].body["tools"] == [tool]
    assert whole.choices[0].message.tool_calls[0].function.arguments == '{"a":1}'
    calls = [one.choices[0].delta.tool_calls for one in pieces if one.choices]
    assert next(one for one in calls if one)[0].function.name == "rain"
    assert episodes(namespace, django_db_blocker) == [
        [("user", "Does it rain?")],
        [("user", "Does it rain now?")],
    ]


def test_neither_the_person_nor_the_key_reaches_the_upstream(talk, model):
    bot, client = talk()

    say(client, "Hi.", user="ada@example.org")

    (request,) = model.requests
    assert "user" not in request.body
    assert "ada@example.org" not in str(request)
    assert bot.key not in str(request)
    assert request.headers["authorization"] == f"Bearer {SITE_KEY}"


def test_another_namespaces_key_has_another_memory(talk, model):
    bot, client = talk()
    _other, stranger = talk()
    body = {"user_id": "ada", "text": "Ada keeps bees in Delft"}
    assert bot.post("/api/v1/memories/", body).status == 201

    say(stranger, "Does she keep bees?")
    assert "bees in Delft" not in str(model.requests[-1].body)

    say(client, "Does she keep bees?")
    assert "bees in Delft" in told(model)


def test_a_slow_upstream_holds_up_nobody_else(talk, model):
    bot, client = talk()
    model.reply = lambda _asked: Reply("Late.", delay=4.0)
    waiting = [
        threading.Thread(target=say, args=(client, f"Wait {n}."), daemon=True) for n in range(20)
    ]
    for one in waiting:
        one.start()
    running.eventually(lambda: len(model.requests), lambda asked: asked == len(waiting))

    began = time.monotonic()
    answers = [bot.post("/api/v1/recall/", {"user_id": "ada", "query": "bees"}) for _ in range(5)]
    took = time.monotonic() - began

    assert [one.status for one in answers] == [200] * 5
    assert took < 2.5
    for one in waiting:
        one.join(30)


def test_the_upstreams_models_are_listed(talk):
    _bot, client = talk()

    assert [one.id for one in client.models.list()] == ["played-model"]
