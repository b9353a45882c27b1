"""The demo conversations are told as a bot would tell them, and the same twice."""

from datetime import UTC, date, datetime

import pytest

from memorysite import demo, demo_conversations

TODAY = date(2026, 3, 1)


@pytest.fixture
def posted(monkeypatch):
    calls = []

    def call(self, path, body=None, headers=None):
        calls.append((path, body, headers))
        return {"status_url": f"/api/v1/episodes/{len(calls)}/", "status": "DONE"}

    monkeypatch.setattr(demo.Site, "call", call)
    return calls


def tell(today=TODAY):
    site = demo.Site(url="http://site", api_key="key")
    return demo.post_all(site, today=today, heed=lambda: None, step=lambda: None)


def test_three_people_have_several_conversations_each():
    sessions = demo_conversations.in_order()
    by_person = {session.user_id: 0 for session in sessions}
    for session in sessions:
        by_person[session.user_id] += 1

    assert len(by_person) == 3
    assert min(by_person.values()) >= 5
    assert len({session.run_id for session in sessions}) == len(sessions)


def test_conversations_come_oldest_first_with_times_in_the_past(posted):
    tell()

    first_words = [body["messages"][0] for _, body, _ in posted]
    times = [datetime.fromisoformat(message["time"]) for message in first_words]
    assert times == sorted(times)
    assert times[-1] < datetime(2026, 3, 1, tzinfo=UTC)


def test_roles_alternate_and_the_person_begins(posted):
    tell()

    for _, body, _ in posted:
        roles = [message["role"] for message in body["messages"]]
        assert roles == (["user", "assistant"] * len(roles))[: len(roles)]
        assert all(message["content"].strip() for message in body["messages"])


def test_telling_twice_on_the_same_day_is_the_same_request(posted):
    tell()
    once = list(posted)
    posted.clear()

    tell()

    assert posted == once
    assert posted[0][2] == {"Idempotency-Key": "demo-1"}


def test_failed_episode_is_not_called_remembered(monkeypatch):
    monkeypatch.setattr(demo.Site, "call", lambda *_: {"status": "FAILED"})

    remembered = demo.wait_until_done(
        demo.Site(url="http://site", api_key="key"),
        ["/api/v1/episodes/1/"],
        seconds=5,
        heed=lambda: None,
        step=lambda: None,
    )

    assert remembered is False
