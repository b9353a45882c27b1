"""Row-level security alone: with the application's own filters taken out, the wall holds."""

import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from governance import access
from governance.errors import NestedNamespace
from governance.models import MemoryType, Namespace, Subject, SubjectIdentity
from memories import counts, upkeep, vectors
from memories.models import Episode, Memory, MemoryIndex, MemoryVersion, QualityRun
from tests.conftest import bot_of, make_namespace
from tests.memories.api.talk import ask, post, remember

pytestmark = pytest.mark.django_db
WALLED = [
    model
    for model in apps.get_models()
    if any(field.name == "namespace" for field in model._meta.fields)
]


@pytest.fixture
def other(db):
    return make_namespace()


@pytest.fixture
def filled(bot, namespace):
    """The namespace with at least one row in every table that has a namespace."""
    remember(bot, "Ada lives in Delft", type="profile", slot="city")
    remember(bot, "Ada may keep bees", confidence=0.1)
    trace = ask(bot, "Where does Ada live?")["trace_id"]
    post(bot, f"traces/{trace}/outcome", {"answer": "In Delft."})
    post(bot, f"traces/{trace}/feedback", {"verdict": "helpful"})
    post(bot, "never-remember", {"kind": "word", "value": "xylocopa"})
    post(bot, "golden-cases", {"user_id": "ada", "name": "x", "query": "x", "must": ["Delft"]})
    bot.put("/api/v1/strategies/mine/", {"config": {}}, format="json")
    body = {"user_id": "ada", "messages": [{"role": "user", "content": "x"}]}
    post(bot, "episodes", body, HTTP_IDEMPOTENCY_KEY="k")
    now = timezone.now()
    with access.scope(namespace.pk):
        counts.add({"model.calls": 1}, namespace_id=namespace.pk, now=now)
        QualityRun.objects.create(namespace=namespace, at=now)
    upkeep.count_uses(namespace.pk)
    return namespace


def counted():
    return {model.__name__: model._base_manager.count() for model in WALLED}


def test_every_table_has_rows_to_hide(filled):
    with access.scope(filled.pk):
        assert all(counted().values()), counted()


@pytest.mark.usefixtures("filled")
def test_without_a_scope_there_are_no_rows():
    assert set(counted().values()) == {0}


@pytest.mark.usefixtures("filled")
def test_another_scope_sees_only_its_own(other):
    with access.scope(other.pk):
        assert set(counted()) == {model.__name__ for model in WALLED}
        assert {name for name, count in counted().items() if count} == {
            "MemoryType",
            "AuditEvent",
        }
        assert set(MemoryType.objects.values_list("namespace_id", flat=True)) == {other.pk}


def test_another_scope_changes_and_deletes_nothing(filled, other):
    with access.scope(other.pk):
        assert Memory.objects.update(text="taken over") == 0
        assert Memory.objects.all().delete()[0] == 0
        assert Subject.objects.filter(namespace_id=filled.pk).update(state="ERASED") == 0

    with access.scope(filled.pk):
        assert set(Memory.objects.values_list("text", flat=True)) == {
            "Ada lives in Delft", "Ada may keep bees",
        }  # fmt: skip


def write_into(namespace):
    with transaction.atomic():
        Subject.objects.create(namespace=namespace)


def test_a_row_cannot_be_written_into_another_namespace_nor_without_a_scope(filled, other):
    with access.scope(other.pk), pytest.raises(ProgrammingError, match="row-level security"):
        write_into(filled)

    with pytest.raises(ProgrammingError, match="row-level security"):
        write_into(filled)


def test_a_row_cannot_be_moved_into_another_namespace(filled, other):
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        access.scope(filled.pk),
    ):
        Subject.objects.update(namespace_id=other.pk)


def rows_in(namespace):
    """A row of each kind, whose foreign keys stay in the namespace."""
    now = timezone.now()
    subject = Subject.objects.create(namespace=namespace)
    memory = Memory(
        namespace=namespace,
        subject=subject,
        type=MemoryType.objects.first(),
        text="x",
        trust=40,
        valid_from=now,
        created_at=now,
        updated_at=now,
    )
    rows = [
        memory,
        MemoryIndex(memory=memory, subject=subject, model="m", terms=vectors.sparse({})),
        MemoryVersion(memory=memory, version=1, change="ADD", at=now),
        Episode(subject=subject, received_at=now),
        SubjectIdentity(
            subject=subject, home_subject=subject, channel="c", external_id=uuid.uuid4().hex
        ),
    ]
    for row in rows:
        row.namespace = namespace
    return {type(row): row for row in rows}


def write(model, namespace, **changes):
    with access.scope(namespace.pk):
        rows = rows_in(namespace)
        for name, value in changes.items():
            setattr(rows[model], name, value)
        for row in rows.values():
            row.save(force_insert=True)
        connection.check_constraints()


@pytest.fixture
def theirs(bot, namespace):
    """Ids of rows in another namespace than the one that is written to."""
    kept = remember(bot, "Ada keeps bees")
    body = {"user_id": "ada", "messages": [{"role": "user", "content": "x"}]}
    episode = post(bot, "episodes", body).json()["id"]
    with access.scope(namespace.pk):
        identity = SubjectIdentity.objects.get()
        return {
            "memory_id": kept["id"],
            "episode_id": episode,
            "identity_id": identity.pk,
            "subject_id": identity.subject_id,
            "home_subject_id": identity.subject_id,
            "type_id": MemoryType.objects.get(name="profile").pk,
        }


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Memory, "subject_id"),
        (Memory, "identity_id"),
        (Memory, "type_id"),
        (Memory, "episode_id"),
        (MemoryIndex, "memory_id"),
        (MemoryIndex, "subject_id"),
        (MemoryVersion, "memory_id"),
        (Episode, "subject_id"),
        (Episode, "identity_id"),
        (SubjectIdentity, "subject_id"),
        (SubjectIdentity, "home_subject_id"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_foreign_key_cannot_lead_into_another_namespace(theirs, other, model, column):
    write(model, other)

    with pytest.raises(IntegrityError, match="same_namespace"):
        write(model, other, **{column: theirs[column]})


def test_one_namespace_is_not_opened_inside_another(namespace, other):
    with access.scope(namespace.pk):
        with pytest.raises(NestedNamespace), access.scope(other.pk):
            pytest.fail("it was opened")
        assert MemoryType.objects.first().namespace_id == namespace.pk


def fail_inside(namespace):
    with access.scope(namespace.pk):
        assert Memory.objects.exists()
        raise ZeroDivisionError


def test_an_error_inside_a_scope_leaves_nothing_open(filled):
    with pytest.raises(ZeroDivisionError):
        fail_inside(filled)

    assert set(counted().values()) == {0}


@pytest.mark.parametrize("name", ["x", "", "00000000", "'; RESET ROLE; --", None, 7])
def test_only_an_id_opens_a_namespace(name):
    with pytest.raises(ValueError, match="badly formed"), access.scope(name):
        pytest.fail("it was opened")


def test_a_namespace_that_is_not_there_shows_nothing(filled):
    with access.scope(uuid.uuid4()):
        assert set(counted().values()) == {0}
    assert Namespace.objects.filter(pk=filled.pk).exists()


def test_a_request_leaves_nothing_open_behind_it(filled):
    bot = bot_of(filled)

    ask(bot, "Where does Ada live?")

    assert set(counted().values()) == {0}
