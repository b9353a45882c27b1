"""Cases that went wrong once."""

import threading
import time

import pytest
from django.db import connections
from django.utils import timezone
from rest_framework.test import APIClient

from governance import access
from governance.audit import SYSTEM
from governance.models import Subject, SubjectIdentity
from governance.subjects import IdentityRef
from memories import identities
from memories.models import RecallTrace
from memories.personal_data import MemoryStore
from tests.conftest import bot_of, make_namespace
from tests.memories.api.talk import ask, listed, post, recalled, remember


def city(bot, name, since):
    return remember(bot, f"lives in {name}", type="profile", slot="city", valid_from=since)


def test_what_is_answered_during_a_link_is_recalled(committed, committed_key):
    def client():
        bot = APIClient()
        bot.credentials(HTTP_AUTHORIZATION=f"Bearer {committed_key}")
        return bot

    for who in "ab":
        post(client(), "memories", {"user_id": who, "text": f"I am {who}"})
    go, told = threading.Event(), {}

    def write():
        go.wait()
        said = {"user_id": "a", "text": "said during the link"}
        told["status"] = post(client(), "memories", said).status_code
        connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    with access.scope(committed.pk):
        identities.link(
            IdentityRef("user_id", "a"),
            to=IdentityRef("user_id", "b"),
            evidence={"k": 1},
            namespace_id=committed.pk,
            actor=SYSTEM,
            now=timezone.now(),
        )
        go.set()
        time.sleep(0.5)
    thread.join()

    assert told["status"] == 201
    assert "said during the link" in listed(client(), user_id="a")


@pytest.mark.django_db
def test_the_past_holds_one_value_when_one_comes_late_between_two(bot):
    for name, since in (("Rome", "2025-01-01"), ("Oslo", "2025-09-01"), ("Bonn", "2025-05-01")):
        city(bot, name, since)

    at = {month: f"2025-{month}-15T00:00:00Z" for month in ("02", "06", "10")}
    found = {month: recalled(bot, "lives where?", as_of=moment) for month, moment in at.items()}

    assert found == {"02": ["lives in Rome"], "06": ["lives in Bonn"], "10": ["lives in Oslo"]}


@pytest.mark.django_db
def test_a_value_of_a_time_to_come_is_refused(bot):
    body = {"user_id": "ada", "text": "lives in Oslo", "valid_from": "2999-01-01"}

    answer = post(bot, "memories", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "memories[0].valid_from"


@pytest.mark.django_db
def test_erasing_a_linked_person_erases_their_questions(bot, namespace):
    for who in "ab":
        remember(bot, f"I am {who}", user_id=who)
    ask(bot, "secret of a", user_id="a")
    link = {"user_id": "a", "to": {"user_id": "b"}, "evidence": {"k": 1}}
    post(bot, "identities/link", link)
    with access.scope(namespace.pk):
        subject = Subject.objects.get(pk=SubjectIdentity.objects.get(external_id="b").subject_id)

    MemoryStore().erase(subject)

    with access.scope(namespace.pk):
        assert not RecallTrace.objects.filter(asked__query="secret of a").exists()


@pytest.mark.django_db
def test_a_provider_that_changes_its_dimensions_is_answered_by_full_text(endpoint, remote_model):
    bot = bot_of(make_namespace(embedding_model=remote_model))
    remember(bot, "Ada keeps bees")
    endpoint.says = (
        b'{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1,2,3]}],'
        b'"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}'
    )

    assert recalled(bot, "bees") == ["Ada keeps bees"]


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["local:nowhere", "openai:unconfigured"])
def test_a_namespace_whose_model_is_not_there_is_served_by_full_text(model):
    bot = bot_of(make_namespace(embedding_model=model))
    remember(bot, "Ada keeps bees")

    answer = ask(bot, "bees")

    assert [one["memory"] for one in answer["results"]] == ["Ada keeps bees"]
    assert answer["degraded"] == ["embedding_unavailable"]


@pytest.mark.django_db
def test_an_address_without_its_slash_has_the_shape_of_a_problem(bot):
    answer = bot.post("/api/v1/memories", {"user_id": "ada", "text": "x"}, format="json")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
