"""Writers that meet: nobody deadlocks, a slot holds one value, a person is met once."""

import pytest
from django.db import connection
from rest_framework.test import APIClient

from governance import access
from governance.models import MemoryType, Subject
from memories.models import Memory, MemoryVersion
from tests.memories.api.talk import post
from tests.memories.conftest import at_once

SOME_VECTOR = [1, *[0] * 383]


@pytest.fixture
def send(committed_key):
    def sent(name, body):
        bot = APIClient()
        bot.credentials(HTTP_AUTHORIZATION=f"Bearer {committed_key}")
        return post(bot, name, body)

    return sent


def about(users):
    return {"memories": [{"user_id": u, "text": "hello", "vector": SOME_VECTOR} for u in users]}


def test_two_writers_who_meet_the_same_new_people_wait_and_do_not_deadlock(committed, send):
    users = [f"user{number}" for number in range(60)]

    answers = at_once(
        lambda: send("memories", about(users)), lambda: send("memories", about(users[::-1]))
    )

    assert [answer.status_code for answer in answers] == [201, 201]
    with access.scope(committed.pk):
        assert (Subject.objects.count(), Memory.objects.count()) == (60, 60)


def test_two_writers_about_the_same_known_people_do_not_deadlock(committed, send):
    users = [f"user{number}" for number in range(30)]
    send("memories", about(users))

    answers = at_once(
        *(lambda: send("memories", about(users)), lambda: send("memories", about(users[::-1]))) * 2
    )

    assert {answer.status_code for answer in answers} == {201}
    with access.scope(committed.pk):
        assert set(Memory.objects.values_list("version", flat=True)) == {5}


def test_two_writers_who_know_the_same_people_by_other_names_do_not_deadlock(committed, send):
    numbers = range(20)
    for number in numbers:
        send("memories", about([f"a{number:02}"]))
        body = {"user_id": f"b{99 - number}", "to": {"user_id": f"a{number:02}"}}
        assert send("identities/link", {**body, "evidence": {"kind": "x"}}).status_code == 200

    answers = at_once(
        *(
            lambda: send("memories", about([f"a{number:02}" for number in numbers])),
            lambda: send("memories", about([f"b{99 - number}" for number in numbers])),
        )
        * 2
    )

    assert {answer.status_code for answer in answers} == {201}


def test_values_for_one_slot_at_once_leave_one_current(committed, send):
    def say(name):
        body = {"user_id": "ada", "text": f"lives in {name}", "type": "profile", "slot": "city"}
        return lambda: send("memories", body)

    answers = at_once(*(say(name) for name in ("Delft", "Lisbon", "Oslo", "Rome")))

    assert {answer.status_code for answer in answers} == {201}
    with access.scope(committed.pk):
        assert Memory.objects.filter(state="ACTIVE").count() == 1
        assert Memory.objects.count() == 4
        assert Subject.objects.count() == 1


def test_the_same_words_at_once_are_kept_once(committed, send):
    body = {"user_id": "ada", "text": "Ada keeps bees"}

    answers = at_once(*[lambda: send("memories", body)] * 4)

    ids = {answer.json()["results"][0]["id"] for answer in answers}
    assert len(ids) == 1
    with access.scope(committed.pk):
        versions = list(MemoryVersion.objects.order_by("version").values_list("version", flat=True))
    assert versions == [1, 2, 3, 4]


def test_an_agents_writers_queue_too(committed, send):
    body = {"agent_id": "poet", "text": "Answer in rhyme"}

    answers = at_once(*[lambda: send("memories", body)] * 3)

    assert len({answer.json()["results"][0]["id"] for answer in answers}) == 1


def test_links_both_ways_at_once_make_one_person(committed, send):
    for who in ("a", "b"):
        send("memories", {"user_id": who, "text": f"said by {who}"})

    def link(who, to):
        body = {"user_id": who, "to": {"user_id": to}, "evidence": {"kind": "x"}}
        return lambda: send("identities/link", body)

    answers = at_once(link("a", "b"), link("b", "a"))

    assert {answer.status_code for answer in answers} <= {200, 409}
    pages = [send("memories/list", {"user_id": who}).json()["results"] for who in ("a", "b")]
    assert pages[0] == pages[1]
    assert {one["memory"] for one in pages[0]} == {"said by a", "said by b"}


def test_a_connection_comes_back_from_the_pool_with_nothing_open(committed):
    for _ in range(5):
        with access.scope(committed.pk):
            assert MemoryType.objects.count() == 4
        assert MemoryType.objects.count() == 0
        connection.close()
