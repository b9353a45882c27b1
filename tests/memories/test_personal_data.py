"""Everything of a person can be shown, counted and erased; nothing of anybody else."""

import json

import pytest
from django.utils import timezone

from governance import access, personal_data
from governance.models import AuditEvent, Subject, SubjectIdentity
from governance.personal_data import Category
from memories import extraction, field_register, upkeep
from memories.models import (
    GoldenCase,
    Memory,
    MemoryFeedback,
    MemoryUse,
    NeverRemember,
    ReviewItem,
    TraceOutcome,
)
from memories.personal_data import MemoryStore
from tests.memories.api.talk import ask, listed, post, remember

pytestmark = pytest.mark.django_db
CANARIES = ("text", "data", "metadata", "categories", "speaker", "agent", "app", "run", "query",
            "message", "episode", "filter", "before", "answer", "answer_id", "golden",
            "never")  # fmt: skip


def live(bot, user):
    """Leave something of the person in every table, a word of its own in every field."""
    word = {name: f"{name}-of-{user}" for name in CANARIES}
    place = {"agent_id": word["agent"], "app_id": word["app"], "run_id": word["run"]}
    kept = remember(
        bot,
        word["before"],
        user_id=user,
        type="interaction",
        data={"value": word["data"]},
        metadata={"k": word["metadata"]},
        categories=[word["categories"]],
        speaker=word["speaker"],
        **place,
    )
    bot.patch(f"/api/v1/memories/{kept['id']}/", {"text": word["text"]}, format="json")
    ask(bot, word["query"], user_id=user, filters={"text": word["filter"]})
    recall = ask(bot, word["text"], user_id=user, threshold=0)
    told = {"answer": word["answer"], "answer_id": word["answer_id"], "used": [kept["id"]]}
    assert post(bot, f"traces/{recall['trace_id']}/outcome", told).status_code == 200
    # Wrong, so that it is put before a person.
    judged = post(bot, f"traces/{recall['trace_id']}/feedback", {"verdict": "wrong"})
    assert judged.status_code == 200
    episode = {
        "user_id": user,
        "messages": [{"role": "user", "content": word["message"]}],
        "metadata": {"k": word["episode"]},
    }
    post(bot, "episodes", episode, HTTP_IDEMPOTENCY_KEY=f"key-of-{user}")
    post(
        bot,
        "recall",
        {"user_id": user, "query": word["query"], "threshold": 0},
        HTTP_IDEMPOTENCY_KEY=f"recall-of-{user}",
    )
    rule_and_case(bot, user, word)
    return kept["id"]


def rule_and_case(bot, user, word):
    """What people set up about the person."""
    known = post(bot, "identities/resolve", {"user_id": user}).json()["subject_id"]
    namespace_id = bot.get("/api/v1/key/").json()["namespace"]["id"]
    made = {
        "namespace_id": namespace_id,
        "subject_id": known,
        "created_by_kind": "bot",
        "created_at": timezone.now(),
    }
    with access.scope(namespace_id):
        NeverRemember.objects.create(**made, kind="word", value=word["never"])
        GoldenCase.objects.create(**made, name=word["golden"], query=word["golden"])


def subject_of(namespace, user):
    with access.scope(namespace.pk):
        identity = SubjectIdentity.objects.get(external_id=user)
        return Subject.objects.get(pk=identity.subject_id)


@pytest.fixture
def ada(bot, namespace):
    live(bot, "bob")
    live(bot, "ada")
    upkeep.count_uses(namespace.pk)
    return subject_of(namespace, "ada")


def exported(subject):
    return list(MemoryStore().export(subject))


def as_text(rows):
    return json.dumps(rows, cls=MemoryStore.encoder)


def everything(namespace):
    """Every row of every table of the data plane, as text."""
    with access.scope(namespace.pk):
        rows = {model: list(model._base_manager.values()) for model in field_register.FIELDS}
    return "\n".join(str(row) for found in rows.values() for row in found)


def test_the_store_is_known_to_governance():
    assert "memories" in [store.name for store in personal_data.stores()]


@pytest.mark.parametrize("canary", CANARIES)
def test_every_word_of_the_person_is_in_the_export(ada, canary):
    assert f"{canary}-of-ada" in as_text(exported(ada))


def test_nothing_of_anybody_else_is_in_the_export(ada):
    assert "of-bob" not in as_text(exported(ada))


def test_every_table_with_content_is_in_the_export(ada):
    tables = {row["table"] for row in exported(ada)}

    assert tables == {model._meta.model_name for model in MemoryStore.models}


@pytest.mark.parametrize("model", [TraceOutcome, MemoryFeedback, MemoryUse, ReviewItem])
def test_what_became_of_recalls_is_exported_counted_and_erased(ada, namespace, model):
    def rows(**which):
        with access.scope(namespace.pk):
            return model.objects.filter(**which).count()

    mine, others = rows(subject=ada), rows() - rows(subject=ada)
    assert mine
    assert len([row for row in exported(ada) if row["table"] == model._meta.model_name]) == mine

    MemoryStore().erase(ada)

    assert (rows(subject=ada), rows()) == (0, others)


def test_each_row_has_its_id_and_no_derived_field(ada):
    for row in exported(ada):
        (fields,) = (
            known
            for model, known in field_register.FIELDS.items()
            if model._meta.model_name == row["table"]
        )
        expected = {name for name, kind in fields.items() if kind is not Category.DERIVED}
        assert set(row) == expected | {"table"}
        assert row["id"]


def test_the_count_is_that_of_the_export_and_of_the_erasure(ada):
    store = MemoryStore()
    count = store.count(ada)

    assert count == len(exported(ada))
    assert store.erase(ada) == count
    assert (store.count(ada), exported(ada)) == (0, [])


def test_erasure_leaves_no_word_of_the_person(ada, namespace):
    assert "of-ada" in everything(namespace)

    MemoryStore().erase(ada)

    assert "of-ada" not in everything(namespace)
    assert str(ada.pk) not in everything(namespace)


def test_erasure_leaves_everything_of_anybody_else(ada, bot, namespace):
    bob = subject_of(namespace, "bob")
    before = as_text(exported(bob))

    MemoryStore().erase(ada)

    assert as_text(exported(bob)) == before
    assert listed(bot, user_id="bob") == ["text-of-bob"]


def test_erasure_twice_is_erasure_once(ada):
    MemoryStore().erase(ada)

    assert MemoryStore().erase(ada) == 0


def test_erasure_touches_no_event(ada, namespace):
    with access.scope(namespace.pk):
        before = AuditEvent.objects.count()

    MemoryStore().erase(ada)

    with access.scope(namespace.pk):
        assert AuditEvent.objects.count() == before


def test_an_episode_that_was_erased_is_extracted_no_more(ada, bot, namespace):
    body = {"user_id": "ada", "messages": [{"role": "user", "content": "I live in Delft."}]}
    episode = post(bot, "episodes", body).json()

    MemoryStore().erase(ada)

    done = extraction.extract(episode["id"], namespace_id=namespace.pk, clock=timezone.now)
    assert done is False
    with access.scope(namespace.pk):
        assert not Memory.objects.filter(subject=ada).exists()


def test_the_audit_holds_no_word_of_anybody(ada, namespace):
    with access.scope(namespace.pk):
        events = str(list(AuditEvent.objects.values()))

    assert ada
    assert "of-ada" not in events
    assert "of-bob" not in events


def test_an_agents_own_memories_are_no_persons(ada, bot, namespace):
    remember(bot, "Answer in rhyme", user_id=None, agent_id="poet")

    MemoryStore().erase(ada)

    assert listed(bot, user_id=None, agent_id="poet") == ["Answer in rhyme"]
