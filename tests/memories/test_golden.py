"""Golden cases: kept, changed, removed; what a fixture says is nobody's memory."""

from uuid import uuid4

import pytest
from django.utils import timezone

from governance import access, memory_types
from governance.audit import SYSTEM, Actor, ActorKind
from governance.errors import InvalidInput, NotFound, SubjectNotAccepting
from governance.models import AuditEvent, Subject, SubjectIdentity
from memories import fixtures, golden, golden_cases, quality
from memories.models import GoldenCase, Memory, MemoryIndex, MemoryVersion, RecallTrace
from memories.personal_data import MemoryStore
from tests.conftest import make_namespace
from tests.memories.api.talk import ask, recalled, remember

pytestmark = pytest.mark.django_db

KEY = "AKIA" + "IOSFODNN7QXZPLMR"
STAFF = Actor(ActorKind.STAFF, "7")
BEES = {"type": "interaction", "text": "Ada keeps bees in Delft."}
DELFT = {"type": "profile", "text": "I live in Delft.", "slot": "city"}
LISBON = {"type": "profile", "text": "I live in Lisbon.", "slot": "city"}


def add(namespace, **fields):
    """A case about the bees, unless the fields say otherwise."""
    whole = {"name": "bees", "query": "Who keeps bees?", "must": ["bees"], "fixture": [BEES]}
    return golden_cases.add(namespace, {**whole, **fields}, actor=STAFF, now=timezone.now())


def change(case, **fields):
    return golden_cases.change(
        case.pk, fields, namespace_id=case.namespace_id, actor=STAFF, now=timezone.now()
    )


def remove(case):
    golden_cases.remove(case.pk, namespace_id=case.namespace_id, actor=STAFF, now=timezone.now())


def run(namespace):
    return quality.measure(namespace.pk, now=timezone.now())


def refused(deed, *args, **fields):
    with pytest.raises(InvalidInput) as refusal:
        deed(*args, **fields)
    return [error.field for error in refusal.value.fields]


def kept_for(case):
    """The texts that are kept for a case's fixture."""
    with access.scope(case.namespace_id):
        identity = SubjectIdentity.objects.filter(
            channel=golden.CHANNEL, external_id=str(case.pk)
        ).first()
        if identity is None:
            return []
        rows = Memory.objects.filter(subject_id=identity.subject_id, state="ACTIVE")
        return sorted(rows.values_list("text", flat=True))


def count(namespace, model, **which):
    with access.scope(namespace.pk):
        return model.objects.filter(namespace=namespace, **which).count()


def subject_of(namespace, user="ada"):
    with access.scope(namespace.pk):
        return SubjectIdentity.objects.get(external_id=user).subject_id


def close(namespace, subject_id):
    with access.scope(namespace.pk):
        Subject.objects.filter(pk=subject_id).update(state="RESTRICTED")


def events(namespace, action):
    with access.scope(namespace.pk):
        return list(AuditEvent.objects.filter(namespace=namespace, action=action).order_by("at"))


def test_a_case_is_kept_as_it_was_given(namespace):
    case = add(namespace, must_not=["wasps"], strategy="lexical_only")

    found = golden_cases.get(case.pk, namespace_id=namespace.pk)
    assert (found.name, found.query, found.strategy) == ("bees", "Who keeps bees?", "lexical_only")
    assert (found.must, found.must_not, found.fixture) == (["bees"], ["wasps"], [BEES])
    assert (found.created_by_kind, found.created_by, found.active) == ("staff", "7", True)


def test_every_deed_is_audited_without_a_word(namespace):
    case = add(namespace)
    change(case, query="Who has beehives?", active=False)
    remove(case)

    told = [
        (event.action, event.target_id, event.actor_kind, event.details)
        for action in ("added", "changed", "removed")
        for event in events(namespace, f"golden_case.{action}")
    ]
    pk = str(case.pk)
    assert told == [
        ("golden_case.added", pk, "staff", {}),
        ("golden_case.changed", pk, "staff", {"fields": ["active", "query"]}),
        ("golden_case.removed", pk, "staff", {}),
    ]


def test_a_change_that_changes_nothing_is_no_deed(namespace):
    case = add(namespace)

    change(case, query=case.query, active=True)

    assert events(namespace, "golden_case.changed") == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"fixture": [{**BEES, "type": "nothing"}]}, ["fixture[0].type"]),
        ({"strategy": "never_heard_of"}, ["strategy"]),
        ({"subject_id": uuid4(), "fixture": []}, ["subject"]),
        ({"must": [], "must_not": []}, ["must"]),
        ({"fixture": []}, ["fixture"]),
    ],
)
def test_a_case_that_could_not_be_asked_is_refused(namespace, fields, wrong):
    assert refused(add, namespace, **fields) == wrong
    assert count(namespace, GoldenCase) == 0


def test_a_statement_must_fit_its_type(namespace):
    fields = {
        "name": "pet",
        "description": "Their pets",
        "slots": ["dog"],
        "data_schema": {"type": "object", "required": ["value"]},
    }
    memory_types.define(namespace, fields=fields, actor=SYSTEM, now=timezone.now())
    rex = {"type": "pet", "text": "Rex is a dog", "slot": "dog", "data": {"value": "Rex"}}

    assert refused(add, namespace, fixture=[BEES, {**rex, "slot": "cat"}]) == ["fixture[1].slot"]
    assert refused(add, namespace, fixture=[{**rex, "data": {"name": 1}}]) == ["fixture[0].data"]
    add(namespace, fixture=[rex])


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"query": f"my key is {KEY}"}, ["query"]),
        ({"name": KEY}, ["name"]),
        ({"must": ["bees", KEY]}, ["must[1]"]),
        ({"fixture": [BEES, {**BEES, "text": f"My key is {KEY}"}]}, ["fixture[1].text"]),
        ({"fixture": [{**BEES, "data": {"value": KEY}}]}, ["fixture[0].data"]),
    ],
)
def test_no_secret_comes_in_by_a_case(namespace, fields, wrong):
    assert refused(add, namespace, **fields) == wrong
    case = add(namespace)
    assert refused(change, case, **fields) == wrong
    with access.scope(namespace.pk):
        assert KEY not in str(list(GoldenCase.objects.values()))


def test_a_change_is_judged_like_a_new_case(namespace):
    case = add(namespace)

    assert refused(change, case, must=[]) == ["must"]
    assert refused(change, case, fixture=[{**BEES, "type": "nothing"}]) == ["fixture[0].type"]
    assert golden_cases.get(case.pk, namespace_id=namespace.pk).must == ["bees"]


def test_two_cases_of_one_name_are_refused(namespace):
    add(namespace)
    other = add(namespace, name="other")

    assert refused(add, namespace) == ["name"]
    assert refused(change, other, name="bees") == ["name"]
    assert [case.name for case in golden_cases.every(namespace_id=namespace.pk)] == [
        "bees",
        "other",
    ]


def test_there_is_an_end_to_cases(namespace, monkeypatch):
    monkeypatch.setattr(golden, "MAX_CASES", 2)
    add(namespace, name="1")
    add(namespace, name="2")

    assert refused(add, namespace, name="3") == ["name"]


def test_a_fixture_is_kept_when_it_is_first_asked(namespace):
    case = add(namespace, fixture=[BEES, DELFT])
    assert kept_for(case) == []

    run(namespace)
    run(namespace)

    assert kept_for(case) == ["Ada keeps bees in Delft.", "I live in Delft."]
    assert count(namespace, Memory) == 2


def test_the_later_value_of_a_fixtures_slot_holds(namespace):
    case = add(namespace, fixture=[DELFT, LISBON], query="Where do I live?", must=["Lisbon"],
               must_not=["Delft"])  # fmt: skip

    assert run(namespace).passed == 1
    assert kept_for(case) == ["I live in Lisbon."]


def test_a_fixture_that_changed_is_renewed(namespace):
    case = add(namespace, fixture=[BEES, DELFT])
    run(namespace)

    change(case, fixture=[LISBON], must=["Lisbon"], query="Where do I live?")
    assert kept_for(case) == []
    assert run(namespace).passed == 1

    assert kept_for(case) == ["I live in Lisbon."]
    with access.scope(namespace.pk):
        assert "Delft" not in str(list(MemoryVersion.objects.values()))


def test_other_changes_leave_the_fixture_alone(namespace):
    case = add(namespace)
    run(namespace)
    with access.scope(namespace.pk):
        before = list(Memory.objects.values_list("pk", flat=True))

    change(case, query="Who has beehives?", active=False)
    change(case, active=True)
    run(namespace)

    with access.scope(namespace.pk):
        assert list(Memory.objects.values_list("pk", flat=True)) == before


def test_what_is_removed_leaves_no_statement(namespace):
    case = add(namespace)
    run(namespace)

    remove(case)

    assert [count(namespace, model) for model in (Memory, MemoryIndex, MemoryVersion)] == [0, 0, 0]
    with pytest.raises(NotFound):
        golden_cases.get(case.pk, namespace_id=namespace.pk)


def test_a_case_that_was_removed_meanwhile_writes_nothing(namespace):
    case = add(namespace)
    remove(case)

    with pytest.raises(NotFound):
        fixtures.ready(case, namespace=namespace, actor=SYSTEM, now=timezone.now())

    assert count(namespace, Memory) == 0


def test_a_fixtures_statements_come_to_nobody_else(namespace, bot):
    add(namespace)
    remember(bot, "Ada grows tulips")
    run(namespace)

    assert recalled(bot, "Who keeps bees?", threshold=0) == ["Ada grows tulips"]
    assert recalled(bot, "Who keeps bees?", user_id="bob", threshold=0) == []
    assert recalled(bot, "Who keeps bees?", user_id=None, agent_id="a", threshold=0) == []


def test_a_fixture_does_not_see_what_people_said(namespace, bot):
    remember(bot, "Ada keeps wasps")
    add(namespace, must=["bees"], must_not=["wasps"])

    assert run(namespace).passed == 1


def test_a_case_about_a_person_is_about_their_memories(namespace, bot):
    kept = remember(bot, "Ada keeps bees")
    other = remember(bot, "Bob keeps bees", user_id="bob")
    ada = subject_of(namespace)

    assert refused(add, namespace, fixture=[], subject_id=ada, must=[other["id"]]) == ["must"]
    case = add(namespace, fixture=[], subject_id=ada, must=[kept["id"]])

    assert (case.subject_id, case.must) == (ada, [kept["id"]])


def test_a_person_of_another_namespace_is_not_there(namespace, bot):
    remember(bot, "Ada keeps bees")

    assert refused(add, make_namespace(), fixture=[], subject_id=subject_of(namespace)) == [
        "subject"
    ]


def test_a_fixtures_subject_is_no_person(namespace):
    case = add(namespace)
    run(namespace)
    nobody = subject_of(namespace, str(case.pk))

    assert refused(add, namespace, name="x", fixture=[], subject_id=nobody) == ["subject"]


def test_nothing_new_is_asked_about_a_person_who_is_closed(namespace, bot):
    remember(bot, "Ada keeps bees")
    ada = subject_of(namespace)
    close(namespace, ada)

    with pytest.raises(SubjectNotAccepting):
        add(namespace, fixture=[], subject_id=ada)


def test_from_a_fixture_to_a_person_forgets_the_statements(namespace, bot):
    case = add(namespace)
    run(namespace)
    remember(bot, "Ada keeps bees")

    change(case, fixture=[], subject_id=subject_of(namespace))

    assert kept_for(case) == []
    assert run(namespace).passed == 1


def test_erasure_takes_the_cases_about_a_person(namespace, bot):
    remember(bot, "Ada keeps bees")
    with access.scope(namespace.pk):
        ada = Subject.objects.get(pk=subject_of(namespace))
    add(namespace, name="hers", query="Where are Ada's hives?", fixture=[], subject_id=ada.pk)
    left = add(namespace)

    exported = [row for row in MemoryStore().export(ada) if row["table"] == "goldencase"]
    MemoryStore().erase(ada)

    assert [row["query"] for row in exported] == ["Where are Ada's hives?"]
    assert [case.pk for case in golden_cases.every(namespace_id=namespace.pk)] == [left.pk]


def trace_of(bot, namespace, query="Who keeps bees?", **fields):
    answer = ask(bot, query, **fields)
    with access.scope(namespace.pk):
        return RecallTrace.objects.get(pk=answer["trace_id"])


def from_trace(namespace, trace, **chosen):
    return golden_cases.from_trace(
        trace.pk, chosen, namespace=namespace, actor=STAFF, now=timezone.now()
    )


def test_a_trace_becomes_a_case_that_asks_it_again(namespace, bot):
    kept = remember(bot, "Ada keeps bees")
    trace = trace_of(bot, namespace, strategy="lexical_only")

    case = from_trace(namespace, trace)

    assert (case.query, case.strategy) == ("Who keeps bees?", "lexical_only")
    assert (case.subject_id, case.trace_id) == (subject_of(namespace), trace.pk)
    assert (case.must, case.must_not, case.fixture) == ([kept["id"]], [], [])
    assert run(namespace).passed == 1


def test_what_a_trace_found_and_no_longer_holds_must_not_come_again(namespace, bot):
    old = remember(bot, "I live in Delft", type="profile", slot="city")
    stays = remember(bot, "I live by bees in Delft")
    trace = trace_of(bot, namespace, "Who lives in Delft?")
    remember(bot, "I live in Lisbon", type="profile", slot="city")

    case = from_trace(namespace, trace)

    assert old["id"] in [one["id"] for one in trace.found]
    assert case.must == [stays["id"]]


def test_whoever_makes_a_case_chooses_what_must_come(namespace, bot):
    bees, tulips = remember(bot, "Ada keeps bees"), remember(bot, "Ada grows tulips")
    trace = trace_of(bot, namespace)

    case = from_trace(
        namespace, trace, name="mine", must=[tulips["id"]], must_not=[bees["id"], "wasps"]
    )

    assert (case.name, case.must, case.must_not) == (
        "mine", [tulips["id"]], [bees["id"], "wasps"]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"as_of": "2020-01-01T00:00:00Z"}, ["trace"]),
        ({"user_id": "nobody"}, ["trace"]),
        ({"user_id": None, "agent_id": "poet"}, ["trace"]),
        ({"types": ["profile"]}, ["must"]),  # it found nothing
    ],
)
def test_a_trace_that_cannot_be_asked_again_is_refused(namespace, bot, fields, wrong):
    remember(bot, "Ada keeps bees")
    trace = trace_of(bot, namespace, **fields)

    assert refused(from_trace, namespace, trace) == wrong
    assert count(namespace, GoldenCase) == 0


def test_a_trace_of_another_namespace_is_not_there(namespace, bot):
    remember(bot, "Ada keeps bees")
    trace = trace_of(bot, namespace)

    with pytest.raises(NotFound):
        from_trace(make_namespace(), trace)


def test_a_case_follows_the_person_to_another_subject(namespace, bot):
    remember(bot, "Ada keeps bees")
    case = add(namespace, fixture=[], subject_id=subject_of(namespace))
    to = uuid4()
    with access.scope(namespace.pk):
        Subject.objects.create(pk=to, namespace=namespace)
        golden.follow(namespace.pk, left=case.subject_id, to=to)

    assert golden_cases.get(case.pk, namespace_id=namespace.pk).subject_id == to
