"""Decisions as they are written: what is current, what is past, what waits, what is gone."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance import access, subjects
from governance.audit import SYSTEM
from governance.models import AuditEvent, MemoryType
from governance.subjects import IdentityRef
from memories import entries, search, vectors
from memories.drafts import Draft, Place
from memories.entries import Keeper
from memories.models import Memory, MemoryIndex, MemoryVersion, ReviewItem
from memories.rules import sameness
from memories.rules.candidates import Relation
from memories.rules.known import Policy
from memories.rules.owner import Owner

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


def day(number):
    return NOW - timedelta(days=100) + number * DAY


def keeper_of(namespace, who="ada", **given):
    identity = subjects.find_or_create(
        [IdentityRef("user_id", who)], namespace_id=namespace.pk, actor=SYSTEM, now=NOW
    )
    owner = Owner(namespace.pk, identity.subject_id)
    return Keeper(owner, identity.pk, SYSTEM, NOW, "m", **given)


@pytest.fixture
def keeper(namespace):
    with access.scope(namespace.pk):
        yield keeper_of(namespace)


def draft(text, *, slot="", type_name="profile", **given):
    return Draft(
        type=MemoryType.objects.get(name=type_name),
        text=text,
        trust=given.pop("trust", 40),
        valid_from=given.pop("valid_from", NOW),
        place=Place(),
        slot=slot,
        terms=vectors.sparse({1: 1.0}),
        **given,
    )


def city(name, at=0, **given):
    given.setdefault("data", {"value": name})
    return draft(f"Ada lives in {name}", slot="city", valid_from=day(at), **given)


def do(keeper, *drafts):
    return entries.apply(drafts, keeper)


def told(outcome):
    return outcome.resolution.decision.value, outcome.resolution.reason


def current(slot="city"):
    return list(Memory.objects.filter(state="ACTIVE", slot=slot).values_list("text", flat=True))


def as_of(number):
    held = Memory.objects.filter(search.visible(day(number), past=True))
    return sorted(held.values_list("text", flat=True))


def actions(memory):
    rows = AuditEvent.objects.filter(target_id=str(memory.pk)).order_by("pk")
    return [one.action for one in rows]


# Retracting


def test_what_is_no_longer_true_was_true_until_then(keeper):
    (kept,) = do(keeper, city("Berlin", 1))

    (ended,) = do(keeper, city("Berlin", 5, relation=Relation.ENDS))

    assert (told(ended), ended.memory, ended.closed) == (
        ("RETRACT", "no_longer_true"),
        None,
        [kept.memory.pk],
    )
    row = Memory.objects.get()
    assert (row.state, row.closed_because, row.valid_until) == (
        "RETRACTED",
        "no_longer_true",
        day(5),
    )
    assert (current(), as_of(3), as_of(6)) == ([], ["Ada lives in Berlin"], [])
    assert actions(row) == ["memory.added", "memory.retracted"]
    assert MemoryVersion.objects.get(version=2).after["state"] == "RETRACTED"


def test_what_is_to_be_forgotten_was_never_true(keeper):
    do(keeper, city("Berlin", 1))

    do(keeper, draft("forget that", relation=Relation.FORGETS, about=Memory.objects.get().pk))

    assert Memory.objects.get().closed_because == "asked_to_forget"
    assert [as_of(number) for number in (0, 1, 3, 100)] == [[], [], [], []]


def test_an_old_message_does_not_bring_back_what_was_retracted_and_a_new_one_does(keeper):
    do(keeper, city("Berlin", 1), city("Berlin", 5, relation=Relation.ENDS))

    late, again = do(keeper, city("Berlin", 3)), do(keeper, city("Berlin", 7))

    assert told(late[0]) == ("IGNORE", "retracted_later")
    assert told(again[0]) == ("ADD", "slot_was_empty")
    assert (as_of(3), as_of(6), as_of(8)) == (
        ["Ada lives in Berlin"],
        [],
        ["Ada lives in Berlin"],
    )


def test_words_without_a_slot_do_not_come_back_either(keeper):
    tea = {"type_name": "preference", "valid_from": day(1)}
    do(keeper, draft("I like tea", **tea))
    do(keeper, draft("I like tea", valid_from=day(5), relation=Relation.FORGETS))

    for number in (1, 5):
        (late,) = do(keeper, draft("I like tea", valid_from=day(number)))
        assert told(late) == ("IGNORE", "retracted_later")
    assert told(do(keeper, draft("I like tea", valid_from=day(6)))[0]) == ("ADD", "new")


def test_an_emptied_slot_takes_no_value_from_before_what_it_held(keeper):
    do(keeper, city("Berlin", 3), city("Berlin", 5, relation=Relation.ENDS))

    (late,) = do(keeper, city("Paris", 1))

    assert told(late) == ("KEEP_AS_PAST", "older_than_last_known")
    assert (current(), as_of(2), as_of(4), as_of(6)) == (
        [],
        ["Ada lives in Paris"],
        ["Ada lives in Berlin"],
        [],
    )


def test_a_value_between_leaves_one_value_at_each_moment(keeper):
    do(keeper, city("Berlin", 1), city("Berlin", 9, relation=Relation.ENDS))

    do(keeper, city("Paris", 5))

    assert current() == ["Ada lives in Paris"]
    assert (as_of(3), as_of(7)) == (["Ada lives in Berlin"], ["Ada lives in Paris"])
    assert Memory.objects.get(state="RETRACTED").closed_because == "no_longer_true"


def test_who_is_trusted_less_asks_instead_of_ending(keeper):
    (kept,) = do(keeper, city("Berlin", 1))
    ending = city("Berlin", 5, relation=Relation.ENDS, trust=30)

    first, second = do(keeper, ending), do(keeper, ending)

    assert told(first[0]) == ("QUARANTINE", "retraction_by_less_trusted")
    item = ReviewItem.objects.get()
    assert (item.memory_id, item.reason) == (kept.memory.pk, "retraction_by_less_trusted")
    assert first[0].review_id == second[0].review_id == item.pk
    assert current() == ["Ada lives in Berlin"]


def test_what_is_named_but_not_current_is_not_ended(keeper, namespace):
    do(keeper, city("Berlin", 1), city("Hamburg", 2))
    berlin = Memory.objects.get(text__contains="Berlin")
    (bobs,) = do(keeper_of(namespace, "bob"), city("Rome", 1))

    for about in (berlin.pk, bobs.memory.pk, uuid.uuid4()):
        (outcome,) = do(keeper, draft("no more", relation=Relation.ENDS, about=about))
        assert told(outcome) == ("IGNORE", "nothing_to_retract")
    bobs.memory.refresh_from_db()
    assert bobs.memory.state == "ACTIVE"


def test_said_and_taken_back_in_one_breath(keeper):
    outcomes = do(
        keeper,
        city("Berlin", 1),
        city("Berlin", 2, relation=Relation.ENDS),
        city("Berlin", 1),
        city("Hamburg", 3),
    )

    assert [told(one)[0] for one in outcomes] == ["ADD", "RETRACT", "IGNORE", "ADD"]
    assert current() == ["Ada lives in Hamburg"]


# Waiting


def test_what_waits_is_kept_apart_and_asked_about(keeper):
    do(keeper, city("Delft", 1))

    (waits,) = do(keeper, city("Lisbon", 2, trust=30))

    row, item = waits.memory, ReviewItem.objects.get()
    assert (row.state, row.closed_because) == ("QUARANTINED", "")
    assert (item.pk, item.memory_id, item.subject_id) == (
        waits.review_id,
        row.pk,
        keeper.owner.subject_id,
    )
    assert item.against == Memory.objects.get(text__contains="Delft").pk
    assert MemoryIndex.objects.filter(memory=row).count() == 1
    assert actions(row) == ["memory.quarantined"]
    assert actions(item) == ["review.opened"]
    assert MemoryVersion.objects.get(memory=row).change == "QUARANTINE"
    assert (as_of(3), current()) == (["Ada lives in Delft"], ["Ada lives in Delft"])


def test_the_queue_holds_a_question_once(keeper):
    do(keeper, city("Delft", 1))

    outcomes = do(keeper, *(city("Lisbon", number, trust=30) for number in (2, 3, 4)))
    (later,) = do(keeper, city("Lisbon", 5, trust=20))

    assert [told(one)[1] for one in (*outcomes, later)] == [
        "less_trusted_than_current", "already_waits", "already_waits", "already_waits",
    ]  # fmt: skip
    assert ReviewItem.objects.count() == 1


def test_the_namespace_says_how_sure_one_must_be(keeper, namespace):
    careful = keeper_of(namespace, policy=Policy(min_confidence=0.9))

    assert told(do(keeper, draft("a", confidence=0.5))[0])[0] == "ADD"
    assert told(do(careful, draft("b", confidence=0.5))[0]) == ("QUARANTINE", "low_confidence")


def test_what_made_it_stands_on_it(keeper):
    do(keeper, draft("I like tea", made_by="gpt/7"))

    assert Memory.objects.get().made_by == "gpt/7"


# More of the same


def test_details_are_added_and_what_was_there_stays(keeper):
    do(keeper, draft("I like tea", data={"a": 1}, metadata={"a": 1}, categories=["a"]))

    (more,) = do(
        keeper,
        draft("I like tea", data={"a": 2, "b": 2}, metadata={"b": 2}, categories=["a", "b"]),
    )

    row = Memory.objects.get()
    assert told(more) == ("UPDATE", "equal_text_new_details")
    assert (more.memory.pk, more.closed) == (row.pk, [])
    assert (row.data, row.metadata, row.categories) == (
        {"a": 1, "b": 2},
        {"a": 1, "b": 2},
        ["a", "b"],
    )
    assert (row.version, row.last_confirmed_at) == (2, NOW)
    assert actions(row) == ["memory.added", "memory.updated"]


def test_what_is_said_again_as_more_sensitive_is(keeper):
    do(keeper, draft("I like tea"), draft("I like tea", sensitivity="sensitive"))

    assert Memory.objects.get().sensitivity == "sensitive"


def test_an_elaboration_takes_the_place_of_what_it_elaborates(keeper):
    do(keeper, draft("I like tea", valid_from=day(1)))
    old = Memory.objects.get()

    (more,) = do(
        keeper,
        draft(
            "I like green tea with milk",
            valid_from=day(2),
            relation=Relation.CHANGES,
            about=old.pk,
        ),
    )

    old.refresh_from_db()
    assert (told(more), more.closed) == (("UPDATE", "elaborated"), [old.pk])
    assert (old.state, old.closed_because, old.superseded_by) == (
        "SUPERSEDED",
        "elaborated",
        more.memory.pk,
    )
    assert current("") == ["I like green tea with milk"]


def test_a_change_that_came_late_stands_behind_what_it_is_older_than(keeper):
    do(keeper, draft("I like tea", valid_from=day(5)), draft("I like wine", valid_from=day(5)))
    tea = Memory.objects.get(text__contains="tea")
    change = {"relation": Relation.CHANGES, "about": tea.pk}

    (late,) = do(keeper, draft("I like juice", valid_from=day(2), **change))

    assert told(late) == ("KEEP_AS_PAST", "older_than_current")
    assert (as_of(3), as_of(6)) == (["I like juice"], ["I like tea", "I like wine"])
    assert late.memory.superseded_by == tea.pk


def test_one_event_is_not_two_because_it_was_told_twice(keeper):
    undated = {"dated": False, "type_name": "preference"}

    first, second = do(
        keeper,
        draft("I like tea", occurred_at=day(1), **undated),
        draft("I like tea", occurred_at=day(2), **undated),
    )

    assert (told(first)[0], told(second)[0]) == ("ADD", "REINFORCE")


# Histories


NAMES = ("Berlin", "Berlin, Germany", "Hamburg", "Paris")
SAID = st.tuples(
    st.sampled_from(["say", "say", "say", "correct", "end", "forget"]),
    st.sampled_from(NAMES),
    st.sampled_from([10, 30, 40]),
    st.integers(0, 60),
    st.sampled_from(["profile", "preference"]),
)


def _play(keeper, deed, name, trust, at, type_name):
    given = {"type_name": type_name, "trust": trust}
    if deed == "correct":
        row = Memory.objects.filter(state="ACTIVE", subject_id=keeper.owner.subject_id).first()
        if row is None:
            return None
        given = {"type_name": row.type.name, "trust": 50, "about": row.pk}
        given["relation"] = Relation.CHANGES
        at = 100
    if deed in ("end", "forget"):
        given["relation"] = Relation.ENDS if deed == "end" else Relation.FORGETS
    (outcome,) = do(keeper, city(name, at, **given))
    return outcome


@given(st.lists(SAID, max_size=12))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_one_value_is_current_and_what_was_corrected_away_is_not(namespace, deeds):
    with access.scope(namespace.pk):
        keeper = keeper_of(namespace, uuid.uuid4().hex)
        mine = Memory.objects.filter(subject_id=keeper.owner.subject_id)
        wrong: set[str] = set()
        for deed in deeds:
            before = {one.pk: one for one in mine.filter(state="ACTIVE")}
            outcome = _play(keeper, *deed)
            now = {one.pk: one for one in mine.filter(state="ACTIVE")}

            _one_value_in_a_slot(now.values())
            if deed[0] == "correct":
                if outcome and outcome.closed:
                    wrong |= {before[pk].data["value"] for pk in outcome.closed}
                    wrong -= {deed[1]}
                continue
            for pk in now.keys() - before.keys():
                came = now[pk].data["value"]
                assert not any(sameness.same_value(came, value) for value in wrong)
            for pk in before.keys() - now.keys():
                assert deed[2] >= min(before[pk].trust, 40), "the less trusted close nothing"
        for moment in (0, 10, 30, 50, 99):
            held = mine.filter(search.visible(day(moment), past=True))
            types = list(held.values_list("type_id", flat=True))
            assert len(types) == len(set(types)), "one value at each moment"


def _one_value_in_a_slot(memories):
    types = [one.type_id for one in memories]
    assert len(types) == len(set(types))
    if any(one.trust >= 50 for one in memories):
        return  # a person's correction may stand beside a type of higher rank
    values = [one.data["value"] for one in memories]
    assert all(sameness.same_value(values[0], value) for value in values)
