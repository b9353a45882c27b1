"""Cursors come back as they were written, or not at all."""

import uuid

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from governance.errors import InvalidInput
from memories.rules import cursors


@given(st.uuids())
def test_a_cursor_comes_back_as_the_id_it_was_written_for(last):
    assert cursors.read(cursors.write(last)) == last


@given(st.uuids())
def test_a_cursor_fits_into_a_url_as_it_is(last):
    assert all(sign.isascii() and (sign.isalnum() or sign in "-_") for sign in cursors.write(last))


@given(st.text(max_size=40))
@example("")
@example("=")
@example("é")
@example("AAAAAAAAAAAAAAAAAAAAAB")
@example(cursors.write(uuid.UUID(int=7)) + "!")
@example(" " + cursors.write(uuid.UUID(int=7)))
def test_only_what_we_wrote_is_read(text):
    found = cursors.read(text)

    assert found is None or cursors.write(found) == text


@pytest.mark.parametrize("damage", [lambda c: c[:-1], lambda c: c + "AA", lambda c: c[::-1] * 2])
def test_a_damaged_cursor_is_none_of_ours(damage):
    assert cursors.read(damage(cursors.write(uuid.UUID(int=7)))) is None


def test_the_first_page_has_no_cursor_and_a_strange_one_is_refused():
    last = uuid.UUID(int=7)

    assert cursors.after("") is None
    assert cursors.after(cursors.write(last)) == last
    with pytest.raises(InvalidInput) as refusal:
        cursors.after("not ours")
    assert [one.field for one in refusal.value.fields] == ["cursor"]
