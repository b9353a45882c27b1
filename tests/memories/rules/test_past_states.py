"""What a memory was is what it is, with the later changes taken back."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from memories.rules import past_states
from memories.rules.past_states import Change

START = datetime(2026, 5, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def made(hours=0):
    return Change(1, "ADD", START + hours * HOUR, {}, {"text": "a", "state": "ACTIVE"})


def changed(version, hours, name="memory.updated", **fields):
    before = {field: was for field, (was, _) in fields.items()}
    after = {field: becomes for field, (_, becomes) in fields.items()}
    return Change(version, name, START + hours * HOUR, before, after)


def at(hours, *changes):
    version = max(change.version for change in changes)
    return past_states.at(START + hours * HOUR, version=version, changes=changes)


def test_before_it_was_made_there_was_none():
    assert at(0, made(hours=1)) is None


def test_at_the_moment_it_was_made_it_was_there():
    assert at(0, made()).version == 1


def test_what_has_not_changed_since_is_not_told():
    state = at(2, made(), changed(2, 1, text=("a", "b")))

    assert (state.version, state.fields, state.reworded) == (2, {}, False)


def test_a_later_change_is_taken_back():
    state = at(0.5, made(), changed(2, 1, text=("a", "b"), importance=(0.5, 0.9)))

    assert state.version == 1
    assert state.fields["text"] == "a"
    assert state.fields["importance"] == 0.5
    assert state.fields["updated_at"] == START.isoformat()


def test_of_several_later_changes_the_first_tells_what_was():
    changes = (changed(3, 3, text=("b", "c")), made(), changed(2, 2, text=("a", "b")))

    assert at(1, *changes).fields["text"] == "a"
    assert at(2.5, *changes).fields["text"] == "b"


def test_words_that_changed_later_must_be_indexed_anew():
    assert at(0, made(), changed(2, 1, text=("a", "b"))).reworded
    assert at(0, made(), changed(2, 1, occurred_at=(None, "2026-05-01"))).reworded
    assert not at(0, made(), changed(2, 1, state=("ACTIVE", "SUPERSEDED"))).reworded


def test_an_earlier_edit_of_the_words_is_told():
    words, weight = changed(2, 1, text=("a", "b")), changed(2, 1, importance=(0.5, 0.9))

    assert at(1, made(), words).edited
    assert not at(1, made(), weight).edited
    assert not at(0.5, made(), words).edited


def test_a_correction_is_an_edit_from_the_beginning():
    corrected = Change(1, "ADD", START, {}, {"text": "a", "trust": 50})
    said = Change(1, "ADD", START, {}, {"text": "a", "trust": 40})

    assert at(0, corrected, changed(2, 1, text=("a", "b"))).edited
    assert not at(0, said, changed(2, 1, text=("a", "b"))).edited


def test_a_later_change_of_nothing_recorded_is_no_beginning():
    assert at(0, made(), changed(2, 1, "memory.reinforced")).version == 1


def test_a_later_confirmation_is_taken_back():
    first = changed(2, 1, "memory.reinforced", confidence=(0.5, 0.75))
    second = changed(3, 2, "memory.reinforced", confidence=(0.75, 0.9))

    assert at(0.5, made(), first, second).fields["last_confirmed_at"] is None
    assert at(1.5, made(), first, second).fields["last_confirmed_at"] == first.at.isoformat()
    assert "last_confirmed_at" not in at(2, made(), first, second).fields


def test_a_confirmation_that_was_recorded_is_believed():
    confirmed = changed(2, 1, "memory.reinforced", last_confirmed_at=("then", "now"))

    assert at(0, made(), confirmed).fields["last_confirmed_at"] == "then"


def test_it_came_into_its_state_with_the_last_change_to_it():
    closed = changed(2, 1, state=("ACTIVE", "SUPERSEDED"))
    back = changed(3, 2, state=("SUPERSEDED", "ACTIVE"))
    again = changed(4, 3, state=("ACTIVE", "SUPERSEDED"))

    assert past_states.became("SUPERSEDED", [made(), closed, back, again]) == again.at
    assert past_states.became("ACTIVE", [made(), closed, back, again]) == back.at
    assert past_states.became("ARCHIVED", [made(), closed]) is None


FIELDS = st.dictionaries(st.sampled_from(["text", "state", "importance"]), st.integers(0, 9),
                         min_size=1)  # fmt: skip


@given(st.lists(FIELDS, max_size=8), st.integers(0, 8))
def test_every_state_that_there_was_is_found_again(updates, hours):
    state = {"text": 0, "state": 0, "importance": 0}
    states, changes = [dict(state)], [made()]
    for number, update in enumerate(updates, 1):
        fields = {name: (state[name], value) for name, value in update.items()}
        changes.append(changed(number + 1, number, **fields))
        state |= update
        states.append(dict(state))

    found = at(hours, *changes)

    wanted = min(hours, len(updates))
    assert {name: found.fields.get(name, state[name]) for name in state} == states[wanted]
    assert found.version == wanted + 1
