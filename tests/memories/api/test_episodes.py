"""Episodes over HTTP: received for good, visible while they wait, woken without a word of them."""

import uuid

import pytest
from celery.signals import before_task_publish

from governance import access
from governance.models import AuditEvent, Subject
from memories.models import Episode
from tests.memories.api.talk import post, refusal, refused_fields

pytestmark = pytest.mark.django_db
SAID = {"role": "user", "content": "I keep xylocopa in Delft."}


def receive(bot, **fields):
    return post(bot, "episodes", {"user_id": "ada", "messages": [SAID], **fields})


def rows(namespace):
    with access.scope(namespace.pk):
        return Episode.objects.count()


def test_an_episode_is_received_and_can_be_looked_after(bot):
    answer = receive(bot)

    told = answer.json()
    assert answer.status_code == 202
    assert set(told) == {"id", "status", "status_url", "subject_id"}
    assert told["status"] == "RECEIVED"
    found = bot.get(told["status_url"]).json()
    assert (found["id"], found["status"], found["memories"]) == (told["id"], "RECEIVED", [])
    assert (found["attempts"], found["waiting_for"], found["done_at"]) == (0, None, None)


def test_what_is_answered_is_kept_as_it_was_said(bot, namespace):
    messages = [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": " Hi\n", "name": "Ada", "time": "2026-05-01T12:00:00+02:00"},
        {"role": "assistant", "content": "Hello Ada"},
        {"role": "tool", "content": "{}"},
    ]

    receive(bot, messages=messages, metadata={"trip": "rome"}, agent_id="a", app_id="b", run_id="c")

    with access.scope(namespace.pk):
        row = Episode.objects.get()
    assert row.messages == [
        messages[0],
        {**messages[1], "time": "2026-05-01T10:00:00+00:00"},
        *messages[2:],
    ]
    assert (row.metadata, row.agent_id, row.app_id, row.run_id) == ({"trip": "rome"}, "a", "b", "c")


def test_the_status_repeats_nothing_that_was_said(bot):
    told = receive(bot)

    assert b"xylocopa" not in told.content
    assert b"xylocopa" not in bot.get(told.json()["status_url"]).content


def test_a_person_never_seen_before_is_met(bot, namespace):
    told = receive(bot).json()

    with access.scope(namespace.pk):
        assert str(Subject.objects.get().pk) == told["subject_id"]


def test_an_agents_episode_has_no_subject(bot):
    answer = post(bot, "episodes", {"agent_id": "poet", "messages": [SAID]})

    assert answer.json()["subject_id"] is None


@pytest.fixture
def published():
    """The arguments of each task that is sent to the broker."""
    sent = []

    def note(body, **_more):
        sent.append(body[1])

    before_task_publish.connect(note, weak=False)
    yield sent
    before_task_publish.disconnect(note)


def test_a_worker_is_woken_once_it_is_committed_and_not_before(
    bot, namespace, published, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        episode = receive(bot).json()["id"]
        assert published == []

    assert published == [{"episode": episode, "namespace": str(namespace.pk)}]


def test_a_received_episode_is_audited_without_a_word_of_it(bot, namespace):
    episode = receive(bot).json()["id"]

    with access.scope(namespace.pk):
        event = AuditEvent.objects.get(action="episode.received")
    assert (event.target_id, event.details) == (episode, {"messages": 1})


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"messages": []}, "messages"),
        ({"messages": None}, "messages"),
        ({"messages": "hello"}, "messages"),
        ({"messages": ["hello"]}, "messages[0]"),
        ({"messages": [{}]}, "messages[0].content"),
        ({"messages": [SAID, {**SAID, "role": "root"}]}, "messages[1].role"),
        ({"messages": [{**SAID, "content": " "}]}, "messages[0].content"),
        ({"messages": [{**SAID, "content": ["x"]}]}, "messages[0].content"),
        ({"messages": [{**SAID, "time": "noon"}]}, "messages[0].time"),
        ({"messages": [{**SAID, "name": "x" * 201}]}, "messages[0].name"),
        ({"metadata": "x"}, "metadata"),
        ({"text": "x"}, "text"),
        ({"user_id": None}, "user_id"),
        ({"identity": {"channel": "", "id": "x"}}, "identity.channel"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_kept(bot, namespace, fields, named):
    assert named in refused_fields(receive(bot, **fields))
    assert rows(namespace) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"messages": [SAID] * 501},
        {"messages": [{**SAID, "content": "x" * 8001}]},
        {"metadata": {"a": "x" * 16_000}},
    ],
    ids=["messages", "content", "metadata"],
)
def test_more_than_is_accepted_is_refused_and_nothing_is_kept(bot, namespace, fields):
    refusal(receive(bot, **fields), 413, "too_large")
    assert rows(namespace) == 0


def test_as_much_as_is_accepted_is_kept(bot, namespace):
    assert receive(bot, messages=[{**SAID, "content": "x" * 8000}]).status_code == 202
    assert receive(bot, messages=[SAID] * 500).status_code == 202
    assert rows(namespace) == 2


@pytest.mark.parametrize("state", ["RESTRICTED", "OPTED_OUT", "ERASING", "ERASED"])
def test_of_a_closed_subject_nothing_is_received(bot, namespace, state):
    receive(bot)
    with access.scope(namespace.pk):
        Subject.objects.update(state=state)

    refusal(receive(bot), 403, "subject_not_accepting")
    assert rows(namespace) == 1


def test_an_unknown_episode_is_not_found(bot):
    refusal(bot.get(f"/api/v1/episodes/{uuid.uuid4()}/"), 404, "not_found")
