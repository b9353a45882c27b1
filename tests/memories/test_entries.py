"""The writer of memories: a version and an event for each deed, one current value for a slot."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from governance import access, subjects
from governance.audit import SYSTEM, Action
from governance.errors import SubjectNotAccepting
from governance.models import AuditEvent, MemoryType, Subject
from governance.subjects import IdentityRef
from memories import entries, vectors
from memories.drafts import Draft, Place
from memories.entries import Keeper
from memories.models import Memory, MemoryIndex, MemoryVersion
from memories.rules.owner import Owner
from memories.rules.resolution import Decision

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def keeper(namespace):
    with access.scope(namespace.pk):
        identity = subjects.find_or_create(
            [IdentityRef("user_id", "ada")], namespace_id=namespace.pk, actor=SYSTEM, now=NOW
        )
        owner = Owner(namespace.pk, identity.subject_id)
        yield Keeper(owner, identity.pk, SYSTEM, NOW, "local:bge-small-en-v1.5")


def draft(text, *, slot="", trust=40, type_name="profile", **given):
    return Draft(
        type=MemoryType.objects.get(name=type_name),
        text=text,
        trust=trust,
        valid_from=given.pop("valid_from", NOW),
        place=Place(),
        slot=slot,
        terms=vectors.sparse({1: 1.0}),
        **given,
    )


def deeds(memory_id):
    """What the audit and the versions say of a memory."""
    events = AuditEvent.objects.filter(target_id=str(memory_id)).order_by("pk")
    versions = MemoryVersion.objects.filter(memory_id=memory_id).order_by("version")
    return [one.action for one in events], [one.change for one in versions]


def test_a_kept_draft_has_one_row_of_each_kind(keeper):
    (outcome,) = entries.apply([draft("Ada keeps bees")], keeper)

    assert outcome.resolution.decision is Decision.ADD
    assert deeds(outcome.memory.pk) == (["memory.added"], ["ADD"])
    assert MemoryIndex.objects.get().memory_id == outcome.memory.pk
    assert MemoryVersion.objects.get().after["text"] == "Ada keeps bees"


def test_each_deed_leaves_its_event_and_its_version(keeper):
    (first,) = entries.apply([draft("Delft", slot="city")], keeper)
    entries.apply([draft("DELFT", slot="city")], keeper)
    (second,) = entries.apply([draft("Lisbon", slot="city")], keeper)

    assert deeds(first.memory.pk) == (
        ["memory.added", "memory.reinforced", "memory.superseded"],
        ["ADD", "memory.reinforced", "memory.superseded"],
    )
    assert second.closed == [first.memory.pk]
    first.memory.refresh_from_db()
    assert (first.memory.version, first.memory.superseded_by) == (3, second.memory.pk)


def test_a_version_records_only_what_differs(keeper):
    entries.apply([draft("Ada keeps bees")], keeper)
    memory = Memory.objects.get()

    entries.change(memory, {"importance": 0.9}, action=Action.MEMORY_UPDATED, actor=SYSTEM, now=NOW)

    version = MemoryVersion.objects.get(version=2)
    assert (version.before, version.after) == ({"importance": 0.5}, {"importance": 0.9})


def test_an_event_holds_no_content(keeper):
    entries.apply([draft("xylocopa", slot="pet", data={"value": "xylocopa"})], keeper)
    entries.apply([draft("xylocopa two", slot="pet")], keeper)
    entries.forget(list(Memory.objects.all()), actor=SYSTEM, now=NOW)

    assert "xylocopa" not in str(list(AuditEvent.objects.values()))


def test_what_is_ignored_leaves_nothing(keeper):
    entries.apply([draft("Delft", slot="city")], keeper)
    before = (Memory.objects.count(), MemoryVersion.objects.count(), AuditEvent.objects.count())

    (outcome,) = entries.apply([draft("delft", slot="city", confidence=0.1)], keeper)

    assert (outcome.memory, outcome.closed) == (None, [])
    after = (Memory.objects.count(), MemoryVersion.objects.count(), AuditEvent.objects.count())
    assert after == before


@pytest.mark.parametrize("owned_by", ["subject", "agent"])
def test_the_table_itself_keeps_one_current_value_for_a_slot(keeper, owned_by):
    namespace_id = keeper.owner.namespace_id
    owner = keeper.owner if owned_by == "subject" else Owner(namespace_id, None, "poet")
    entries.apply([draft("Delft", slot="city")], Keeper(owner, None, SYSTEM, NOW, "m"))
    row = Memory.objects.get()

    with pytest.raises(IntegrityError, match=r"one_value_in_an?_"), transaction.atomic():
        Memory.objects.bulk_create([Memory(**{**_columns(row), "text": "Lisbon"})])

    past = {**_columns(row), "text": "Lisbon", "state": "SUPERSEDED"}
    Memory.objects.bulk_create([Memory(**past)])
    assert Memory.objects.count() == 2


def _columns(row):
    return {
        field.attname: getattr(row, field.attname)
        for field in Memory._meta.concrete_fields
        if not field.primary_key
    }


def test_a_memory_of_nobody_cannot_be_written(keeper):
    entries.apply([draft("x")], keeper)
    row = Memory.objects.get()

    nobody = {**_columns(row), "subject_id": None, "agent_id": ""}
    with pytest.raises(IntegrityError, match="memory_has_an_owner"), transaction.atomic():
        Memory.objects.bulk_create([Memory(**nobody)])


def test_an_interval_never_ends_before_it_began(keeper):
    entries.apply([draft(name, slot="city") for name in ("Delft", "Lisbon", "Oslo")], keeper)

    for memory in Memory.objects.exclude(valid_until=None):
        assert memory.valid_from <= memory.valid_until


def test_a_closed_subject_is_refused_under_the_lock(keeper):
    Subject.objects.update(state="ERASING")

    with pytest.raises(SubjectNotAccepting):
        entries.apply([draft("x")], keeper)

    assert Memory.objects.count() == 0


def test_forgetting_takes_rows_of_every_kind_and_leaves_the_event(keeper):
    first, second = entries.apply([draft("one"), draft("two")], keeper)

    entries.forget([first.memory], actor=SYSTEM, now=NOW)

    assert list(Memory.objects.values_list("pk", flat=True)) == [second.memory.pk]
    assert MemoryIndex.objects.filter(memory_id=first.memory.pk).count() == 0
    assert deeds(first.memory.pk) == (["memory.added", "memory.forgotten"], [])


def test_forgetting_nothing_is_nothing(keeper):
    before = AuditEvent.objects.count()

    entries.forget([], actor=SYSTEM, now=NOW)

    assert AuditEvent.objects.count() == before


def test_many_drafts_cost_no_more_statements_than_one(keeper, django_assert_max_num_queries):
    drafts = [draft(f"statement {number}") for number in range(100)]

    with django_assert_max_num_queries(12):
        entries.apply(drafts, keeper)
