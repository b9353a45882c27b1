"""A slot holds one current value; what it held stays as the past."""

import pytest

from tests.memories.api.talk import listed, page, recalled, remember, remember_all

pytestmark = pytest.mark.django_db


def city(bot, name, *, month=None, **fields):
    since = {"valid_from": f"2025-{month:02}-01T00:00:00Z"} if month else {}
    return remember(bot, f"Ada lives in {name}", type="profile", slot="city", **since, **fields)


def lived_in(bot, month):
    texts = recalled(bot, "Where does Ada live?", as_of=f"2025-{month:02}-15T00:00:00Z")
    return [text.split()[-1] for text in texts]


def state_of(bot, result):
    return bot.get(f"/api/v1/memories/{result['id']}/").json()


def test_a_newer_value_closes_the_older(bot):
    delft = city(bot, "Delft")

    lisbon = city(bot, "Lisbon")

    assert (lisbon["event"], lisbon["supersedes"]) == ("SUPERSEDE", [delft["id"]])
    past = state_of(bot, delft)
    assert (past["state"], past["superseded_by"]) == ("SUPERSEDED", lisbon["id"])
    assert past["valid_until"] == state_of(bot, lisbon)["valid_from"]
    assert recalled(bot, "Where does Ada live?") == ["Ada lives in Lisbon"]
    assert listed(bot, states=["SUPERSEDED"]) == ["Ada lives in Delft"]


def test_an_equal_value_confirms_the_current(bot):
    delft = city(bot, "Delft")

    assert city(bot, "DELFT.")["id"] == delft["id"]
    assert listed(bot, states=["SUPERSEDED"]) == []


def test_an_equal_text_with_another_value_is_another_value(bot):
    remember(bot, "favourite colour", type="preference", slot="colour", data={"value": "red"})

    blue = remember(
        bot, "favourite colour", type="preference", slot="colour", data={"value": "blue"}
    )

    assert blue["event"] == "SUPERSEDE"
    assert [one["data"] for one in page(bot)["results"]] == [{"value": "blue"}]


def test_an_older_value_that_comes_late_is_kept_as_the_past(bot):
    city(bot, "Lisbon", month=9)

    delft = city(bot, "Delft", month=3)

    assert (delft["event"], delft["reason"]) == ("KEEP_AS_PAST", "older_than_current")
    assert state_of(bot, delft)["state"] == "SUPERSEDED"
    assert recalled(bot, "Where does Ada live?") == ["Ada lives in Lisbon"]
    assert (lived_in(bot, 5), lived_in(bot, 10)) == (["Delft"], ["Lisbon"])


def test_the_past_is_answered_as_it_was(bot):
    for month, name in ((1, "Delft"), (5, "Lisbon"), (9, "Oslo")):
        city(bot, name, month=month)

    assert [lived_in(bot, month) for month in (2, 6, 10)] == [["Delft"], ["Lisbon"], ["Oslo"]]
    assert recalled(bot, "Where does Ada live?", as_of="2024-12-31T00:00:00Z") == []


@pytest.mark.parametrize(
    ("first", "then"),
    [("user", "assistant"), ("user", "tool"), ("assistant", "tool"), ("tool", "document")],
)
def test_who_is_trusted_less_never_replaces_a_value(bot, first, then):
    city(bot, "Delft", role=first)

    waits = city(bot, "Lisbon", role=then)

    assert (waits["event"], waits["supersedes"]) == ("QUARANTINE", [])
    assert waits["reason"] == "less_trusted_than_current"
    assert listed(bot, states=["ACTIVE", "SUPERSEDED"]) == ["Ada lives in Delft"]
    assert recalled(bot, "Where does Ada live?", threshold=0) == ["Ada lives in Delft"]


def test_who_is_trusted_more_replaces_a_value(bot):
    city(bot, "Delft", role="assistant")

    assert city(bot, "Lisbon", role="user")["event"] == "SUPERSEDE"


def test_what_the_person_confirms_the_assistant_can_no_longer_replace(bot):
    city(bot, "Delft", role="assistant")
    city(bot, "Delft", role="user")

    assert city(bot, "Lisbon", role="assistant")["event"] == "QUARANTINE"


def test_trust_holds_within_one_request(bot):
    said = [("Delft", "assistant"), ("Delft", "user"), ("Lisbon", "assistant")]

    results = remember_all(
        bot,
        [
            {"text": f"Ada lives in {name}", "type": "profile", "slot": "city", "role": role}
            for name, role in said
        ],
    )

    assert [result["event"] for result in results] == ["ADD", "REINFORCE", "QUARANTINE"]


def test_several_values_in_one_request_follow_each_other(bot):
    results = remember_all(
        bot,
        [
            {"text": f"Ada lives in {name}", "type": "profile", "slot": "city"}
            for name in ("Delft", "Lisbon", "Oslo")
        ],
    )

    assert [result["event"] for result in results] == ["ADD", "SUPERSEDE", "SUPERSEDE"]
    assert results[2]["supersedes"] == [results[1]["id"]]
    assert listed(bot) == ["Ada lives in Oslo"]
    assert len(listed(bot, states=["SUPERSEDED"])) == 2


def test_a_slot_is_of_one_owner(bot):
    city(bot, "Delft")

    others = [
        city(bot, "Lisbon", user_id="bob"),
        city(bot, "Oslo", user_id=None, agent_id="helper"),
    ]

    assert {other["event"] for other in others} == {"ADD"}
    assert "Ada lives in Delft" in listed(bot)


def test_of_two_types_that_disagree_the_higher_wins(bot):
    trips = remember(bot, "city trips", type="preference", slot="city")

    delft = city(bot, "Delft")
    again = remember(bot, "city trips", type="preference", slot="city")

    assert (delft["event"], delft["supersedes"]) == ("ADD", [trips["id"]])
    assert (again["event"], again["reason"]) == ("IGNORE", "outranked_by_type")
    assert state_of(bot, trips)["closed_because"] == "outranked_by_type"
    assert listed(bot) == ["Ada lives in Delft"]


def test_a_type_that_has_no_rank_does_not_compete(bot):
    remember(bot, "Ada", type="profile", slot="name")
    bot.post("/api/v1/memory-types/", {"name": "pet", "description": "x"}, format="json")

    assert remember(bot, "Rex", type="pet", slot="name")["event"] == "ADD"
    assert set(listed(bot)) == {"Ada", "Rex"}


def test_an_agents_slot_holds_one_value_too(bot):
    city(bot, "Delft", user_id=None, agent_id="helper")

    assert city(bot, "Lisbon", user_id=None, agent_id="helper")["event"] == "SUPERSEDE"
    assert listed(bot, user_id=None, agent_id="helper") == ["Ada lives in Lisbon"]


def test_a_type_may_say_which_slots_it_has(bot):
    bot.patch("/api/v1/memory-types/profile/", {"slots": ["name"]}, format="json")

    answer = bot.post(
        "/api/v1/memories/",
        {"user_id": "ada", "text": "x", "type": "profile", "slot": "city"},
        format="json",
    )

    assert [error["field"] for error in answer.json()["errors"]] == ["memories[0].slot"]


@pytest.mark.parametrize("written", ["Zu\u0308rich", "Z\u200bürich", "Zü\u00adrich"])
def test_one_city_is_one_city_however_it_is_written(bot, written):
    remember(bot, "I live in Zürich", type="profile", slot="city", data={"value": "Zürich"})

    again = remember(
        bot, f"I live in {written}", type="profile", slot="city", data={"value": written}
    )

    assert again["event"] == "REINFORCE"
