"""From a reply to candidates: each is checked against what was said, or falls."""

import json
import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import proposals
from memories.rules.candidates import Relation, Turn
from memories.rules.readings import Guide, Neighbour, Reading
from memories.rules.replies import MAX_CANDIDATES, Malformed
from tests.memories.reading_model import candidate, found

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
VALUE = {"properties": {"value": {"type": ["string", "number", "boolean"]}}}
GUIDES = {
    "profile": Guide("profile", data_schema=VALUE),
    "preference": Guide("preference", slots=("language", "tone"), data_schema=VALUE),
    "interaction": Guide("interaction"),
    "trip": Guide(
        "trip",
        data_schema={
            "properties": {"place": {"type": "string"}, "days": {"type": "integer"}},
            "additionalProperties": False,
        },
    ),
}
BERLIN = Neighbour(uuid.uuid4(), "profile", "I live in Berlin", slot="city", value="Berlin")


def turns(*contents):
    return [
        Turn(index, "assistant" if content.startswith("A:") else "user", content.removeprefix("A:"),
             NOW)
        for index, content in enumerate(contents)
    ]  # fmt: skip


def reading(*contents, **given):
    return Reading(turns(*contents), GUIDES, NOW, **given)


def parsed(asked, *candidates):
    return proposals.parse(json.dumps(found(*candidates)), asked)


def one(asked, *candidates):
    result = parsed(asked, *candidates)
    assert result.rejected == [], result.rejected
    (candidate_,) = result.candidates
    return candidate_


def why(asked, *candidates):
    result = parsed(asked, *candidates)
    assert list(result.candidates) == [], result.candidates
    return [fallen.code for fallen in result.rejected]


def test_what_was_said_becomes_a_candidate():
    got = one(
        reading("Hello", "I live in Delft"),
        candidate(
            " I live  in Delft ",
            message=2,
            slot="city",
            value="Delft",
            confidence=0.8,
            importance=0.7,
            sensitivity="personal",
            occurred_at="2026-04-30",
        ),
    )

    assert (got.type, got.text, got.message_index) == ("profile", "I live in Delft", 1)
    assert (got.slot, got.data, got.speaker) == ("city", {"value": "Delft"}, "user")
    assert (got.confidence, got.importance, got.sensitivity) == (0.8, 0.7, "personal")
    assert got.occurred_at == datetime(2026, 4, 30, tzinfo=UTC)
    assert (got.relation, got.about) == (Relation.NEW, None)


def test_a_bare_candidate_is_enough():
    bare = {"message": 1, "type": "profile", "text": "I live in Delft"}

    got = one(reading("I live in Delft"), bare)

    assert (got.slot, dict(got.data), got.sensitivity) == (None, {}, "normal")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"message": 2}, "no_such_message"),
        ({"message": 0}, "no_such_message"),
        ({"message": -1}, "no_such_message"),
        ({"message": 10**40}, "no_such_message"),
        ({"about": 2, "relation": "changes"}, "no_such_neighbour"),
        ({"about": 0, "relation": "new"}, "no_such_neighbour"),
        ({"about": -1, "relation": "forgets"}, "no_such_neighbour"),
        ({"type": "secret"}, "unknown_type"),
        ({"text": " "}, "empty_text"),
        ({"text": "I live in Delft " * 60}, "too_long"),
        ({"text": "I live in\x00 Delft"}, "bad_text"),
        ({"text": "I live in Delft \ud800"}, "bad_text"),
        ({"text": "Nice, thanks."}, "says_nothing"),
        ({"text": "I live in Delhi"}, "not_grounded"),
        ({"text": "I don't live in Delft"}, "denied_or_affirmed_otherwise"),
        ({"slot": "home city", "value": "Delft"}, "bad_slot"),
        ({"slot": "City", "value": "Delft"}, "bad_slot"),
        ({"slot": "x" * 65, "value": "Delft"}, "bad_slot"),
        ({"slot": "city"}, "no_value"),
        ({"slot": "city", "value": ""}, "no_value"),
        ({"slot": "city", "value": "Delhi"}, "not_grounded"),
        ({"slot": "city", "value": "D" * 301}, "bad_data"),
        ({"type": "preference", "slot": "city", "value": "Delft"}, "bad_slot"),
        ({"occurred_at": "soon"}, "bad_date"),
        ({"occurred_at": "2026-02-30"}, "bad_date"),
        ({"occurred_at": "1066-01-01"}, "bad_date"),
        ({"occurred_at": "2066-01-01"}, "future_date"),
        ({"relation": "forgets", "about": 1}, "nobody_asked_to_forget"),
    ],
)
def test_one_that_does_not_hold_falls_for_a_reason(given, code):
    asked = reading("I live in Delft", neighbours=[BERLIN])

    assert why(asked, candidate("I live in Delft") | given) == [code]


def test_the_turn_it_named_is_told():
    result = parsed(reading("Hello", "Hi"), candidate("I live in Delft", message=2))

    assert [(fallen.code, fallen.turn) for fallen in result.rejected] == [("not_grounded", 1)]


def test_one_that_falls_takes_no_other_with_it():
    result = parsed(
        reading("I live in Delft"),
        {"message": 1},
        candidate("I live in Delhi"),
        candidate("I live in Delft"),
        candidate("I live in Delft"),
    )

    assert [kept.text for kept in result.candidates] == ["I live in Delft"]
    assert sorted(fallen.code for fallen in result.rejected) == [
        "bad_shape",
        "not_grounded",
        "repeated",
    ]


def test_more_than_a_conversation_gives_are_not_looked_at():
    asked = reading("I like " + " ".join(f"item{n}" for n in range(120)))
    many = [candidate(f"I like item{n}", type="preference") for n in range(MAX_CANDIDATES + 5)]

    result = parsed(asked, *many)

    assert len(result.candidates) == proposals.MOST_OF_A_TURN
    assert [fallen.code for fallen in result.rejected] == ["too_many"] * (
        len(many) - proposals.MOST_OF_A_TURN
    )


def test_each_turn_has_room_of_its_own():
    listed = " ".join(f"item{n}" for n in range(20))
    asked = reading(f"I like {listed}", f"I hate {listed}")
    many = [
        candidate(f"I {verb} item{n}", type="preference", message=turn)
        for n in range(20)
        for turn, verb in ((1, "like"), (2, "hate"))
    ]

    kept = parsed(asked, *many).candidates

    assert [sum(one.message_index == at for one in kept) for at in (0, 1)] == [
        proposals.MOST_OF_A_TURN
    ] * 2


def test_a_bag_of_words_that_were_said_is_no_statement():
    asked = reading("I live in Delft and I love tea")

    assert why(asked, candidate("I love Delft and tea live in I")) == ["words_put_together"]


def test_true_is_a_value_where_the_type_says_so_and_never_a_slots_name():
    flag = {"properties": {"value": {"type": "boolean"}, "own": {"type": "boolean"}}}
    guides = {**GUIDES, "flag": Guide("flag", data_schema=flag)}
    asked = Reading(turns("I have a dog"), guides, NOW)
    told = candidate("I have a dog", slot="city", value=True)
    own = {"fields": [{"name": "own", "value": True}]}

    assert why(asked, told) == ["bad_data"]
    assert why(asked, told | {"slot": None, "type": "interaction"}) == ["bad_data"]
    assert why(asked, candidate("I have a dog", **own)) == ["bad_data"]
    assert one(asked, told | {"type": "flag", "slot": "dog"}).data == {"value": True}
    assert one(asked, candidate("I have a dog", type="flag", **own)).data == {"own": True}


def test_an_end_by_another_value_of_the_slot_is_a_change():
    got = one(
        reading("I moved to Hamburg", neighbours=[BERLIN]),
        candidate("I moved to Hamburg", slot="city", value="Hamburg", relation="ends", about=1),
    )

    assert (got.relation, got.about) == (Relation.CHANGES, BERLIN.id)


def test_an_end_that_the_statement_does_not_speak_of_reaches_no_memory():
    asked = reading("I live in Delft and I love tea.", neighbours=[BERLIN])
    tea = candidate("I love tea", type="preference", about=1)

    assert why(asked, tea | {"relation": "ends"}) == ["not_about_it"]
    got = one(asked, tea | {"relation": "changes"})
    assert (got.relation, got.about) == (Relation.NEW, None)


@pytest.mark.parametrize("reply", ["no", '{"candidates": [1, {"text": "x"}]}'])
def test_a_reply_without_one_candidate_of_the_shape_is_malformed(reply):
    with pytest.raises(Malformed):
        proposals.parse(reply, reading("Hello"))


def test_an_empty_list_is_an_answer():
    assert list(parsed(reading("Hello")).candidates) == []


def test_opinions_beyond_their_bounds_are_brought_back():
    got = one(reading("I live in Delft"),
              candidate("I live in Delft", confidence=95, importance=-1e300))  # fmt: skip

    assert (got.confidence, got.importance) == (1.0, 0.0)


def test_a_value_is_kept_in_its_slots_spelling():
    got = one(
        reading("Responde siempre en español, por favor"),
        candidate("Responde siempre en español", type="preference", slot="language",
                  value="español"),
    )  # fmt: skip

    assert got.data == {"value": "es"}


def test_fields_become_data_that_fits_the_type():
    asked = reading("I was in Rome for 3 days")
    fields = [{"name": "place", "value": "Rome"}, {"name": "days", "value": 3}]

    got = one(asked, candidate("I was in Rome for 3 days", type="trip", fields=fields))

    assert got.data == {"place": "Rome", "days": 3}
    for wrong, code in (
        ([{"name": "place", "value": "Oslo"}], "not_grounded"),
        ([{"name": "days", "value": "3"}], "bad_data"),
        ([{"name": "admin", "value": "Rome"}], "bad_data"),
    ):
        assert why(asked, candidate("I was in Rome", type="trip", fields=wrong)) == [code]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-04", datetime(2026, 4, 1, tzinfo=UTC)),
        ("2025", datetime(2025, 1, 1, tzinfo=UTC)),
        ("2026-04-30T10:00:00+02:00", datetime(2026, 4, 30, 8, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_a_date_may_be_part_of_one(written, read):
    got = one(reading("I was in Rome"),
              candidate("I was in Rome", type="interaction", occurred_at=written))  # fmt: skip

    assert got.occurred_at == read


def test_a_neighbour_is_meant_by_its_number():
    got = one(
        reading("I moved to Hamburg", neighbours=[BERLIN]),
        candidate("I moved to Hamburg", slot="city", value="Hamburg", relation="changes", about=1),
    )

    assert (got.relation, got.about) == (Relation.CHANGES, BERLIN.id)


def test_what_ends_needs_no_value_that_was_said_again():
    got = one(
        reading("I moved away from there", "I left Berlin for good", neighbours=[BERLIN]),
        candidate("I left Berlin for good", message=2, slot="city", value="Berlin",
                  relation="ends", about=1),
    )  # fmt: skip

    assert (got.relation, got.about) == (Relation.ENDS, BERLIN.id)


def test_a_confirmation_with_another_value_is_news():
    got = one(
        reading("I live in Hamburg", neighbours=[BERLIN]),
        candidate("I live in Hamburg", slot="city", value="Hamburg", relation="confirms", about=1),
    )

    assert (got.relation, got.about) == (Relation.NEW, None)


def test_system_and_tool_turns_are_no_source():
    said = [Turn(0, "system", "I live in Delft", NOW), Turn(1, "tool", "I live in Delft", NOW)]
    asked = Reading(said, GUIDES, NOW)

    assert (
        why(asked, candidate("I live in Delft"), candidate("I live in Delft", message=2))
        == ["not_said_by_person"] * 2
    )


def test_an_assistants_statement_counts_when_the_person_says_yes_and_for_little():
    asked = reading("A:You live in Delft, right?", "Yes!")

    by_turn = one(asked, candidate("I live in Delft", message=1))
    by_yes = one(asked, candidate("I live in Delft", message=2))

    assert (by_turn.message_index, by_yes.message_index) == (0, 0), "where the words are"
    assert (by_turn.confidence, by_yes.confidence) == (0.4, 0.4)
    assert by_yes.speaker == "assistant"


@pytest.mark.parametrize(
    "contents",
    [
        ("A:You live in Delft.", "Thanks"),
        ("A:You live in Delft, right?", "No!"),
        ("A:You live in Delft.",),
        ("A:You live in Delft.", "A:Yes"),
    ],
)
def test_and_not_otherwise(contents):
    assert why(reading(*contents), candidate("I live in Delft", message=1)) == [
        "not_said_by_person"
    ]


def test_an_assistants_own_promise_may_be_remembered():
    asked = reading("Send me the report", "A:I'll send you the report on Friday.")

    got = one(asked, candidate("I'll send you the report on Friday", message=2, type="interaction"))

    assert (got.speaker, got.message_index, got.confidence) == ("assistant", 1, 0.5)
    assert why(asked, candidate("I'll send you the report on Friday", message=2)) == [
        "not_said_by_person"
    ], "not as a fact about the person"


@pytest.mark.parametrize(
    "said", ["I remember you live in Delft", "I think you like tea", "I can book a table"]
)
def test_what_it_knows_or_could_do_is_no_deed(said):
    asked = reading("Hm", f"A:{said}")

    assert why(asked, candidate(said, message=2, type="interaction")) == ["not_said_by_person"]


def test_what_was_recalled_is_no_news():
    asked = reading("Where do I live?", "A:You live in Berlin.", "Yes", neighbours=[BERLIN])

    assert why(asked, candidate("I live in Berlin", message=2),
               candidate("I live in Berlin", message=3)) == ["echo"] * 2  # fmt: skip


def test_but_a_yes_confirms_it():
    asked = reading("Where do I live?", "A:You live in Berlin.", "Yes", neighbours=[BERLIN])

    got = one(asked, candidate("I live in Berlin", message=3, slot="city", value="Berlin",
                               relation="confirms", about=1))  # fmt: skip

    assert (got.relation, got.about) == (Relation.CONFIRMS, BERLIN.id)


def test_what_was_recalled_without_being_near_is_no_news_either():
    asked = reading("Hm", "A:You like green tea.", "Yes", recalled=["I like green tea"])

    assert why(asked, candidate("I like green tea", message=3, type="preference")) == ["echo"]


def test_turns_before_are_no_source():
    asked = reading("He is five", before=turns("I have a dog called Rex"))

    assert why(asked, candidate("I have a dog called Rex")) == ["not_grounded"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)
items = st.fixed_dictionaries(
    {"message": st.just(1) | anything, "text": st.just("I live in Delft") | anything,
     "type": st.just("profile") | anything},
    optional={name: anything for name in candidate("") if name not in ("message", "text", "type")},
)  # fmt: skip


@given(st.lists(items | anything, max_size=5))
def test_whatever_is_replied_nothing_breaks_and_nothing_unsaid_is_kept(replied):
    asked = reading("I live in Delft", neighbours=[BERLIN])
    try:
        result = proposals.parse(json.dumps({"candidates": replied}), asked)
    except Malformed:
        return
    for kept in result.candidates:
        assert kept.text == "I live in Delft"
        assert kept.about in (None, BERLIN.id)
        assert 0 <= kept.confidence <= 1
    assert len(result.candidates) + len(result.rejected) == len(replied)
