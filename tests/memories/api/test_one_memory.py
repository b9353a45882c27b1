"""One memory: read, changed, forgotten, and its history."""

import uuid

import pytest

from governance import access
from governance.models import AuditEvent, Subject
from memories.models import Memory, MemoryIndex, MemoryVersion
from tests.memories.api.talk import (
    ask,
    listed,
    page,
    recalled,
    refusal,
    refused_fields,
    remember,
)

pytestmark = pytest.mark.django_db


def at(memory_id, *more):
    return "/".join(["/api/v1/memories", str(memory_id), *more, ""])


def change(bot, kept, **changes):
    return bot.patch(at(kept["id"]), changes, format="json")


def rows_of(namespace, memory_id):
    with access.scope(namespace.pk):
        return (
            Memory.objects.filter(pk=memory_id).count()
            + MemoryIndex.objects.filter(memory_id=memory_id).count()
            + MemoryVersion.objects.filter(memory_id=memory_id).count()
        )


def test_a_changed_text_is_recalled_by_its_new_words_and_not_by_the_old(bot):
    kept = remember(bot, "Ada keeps bees")

    changed = change(bot, kept, text="The tax return is due in April").json()

    assert (changed["memory"], changed["version"]) == ("The tax return is due in April", 2)
    assert recalled(bot, "tax") == ["The tax return is due in April"]
    assert recalled(bot, "bees") == []


def test_everything_that_may_be_changed_is(bot):
    kept = remember(bot, "Ada keeps bees")
    changes = {
        "metadata": {"source": "form"},
        "categories": ["animals"],
        "data": {"value": 3},
        "importance": 0.9,
        "confidence": 0.4,
        "occurred_at": "2026-05-01T00:00:00Z",
        "expires_at": "2999-01-01T00:00:00Z",
    }

    changed = change(bot, kept, **changes).json()

    assert {name: changed[name] for name in changes} == changes
    assert bot.get(at(kept["id"])).json() == changed


def test_a_date_may_be_taken_away(bot):
    kept = remember(bot, "x", occurred_at="2026-05-01", expires_at="2999-01-01")

    changed = change(bot, kept, occurred_at=None, expires_at=None).json()

    assert (changed["occurred_at"], changed["expires_at"]) == (None, None)


def test_a_corrected_text_is_no_longer_the_same_statement(bot):
    kept = remember(bot, "Ada keeps bees")
    change(bot, kept, text="Ada keeps wasps")

    assert remember(bot, "Ada keeps bees")["event"] == "ADD"
    assert remember(bot, "Ada keeps wasps")["id"] == kept["id"]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, "text"),
        ({"text": " "}, "text"),
        ({"text": None}, "text"),
        ({"type": "profile"}, "type"),
        ({"slot": "city"}, "slot"),
        ({"user_id": "bob"}, "user_id"),
        ({"trust": 50}, "trust"),
        ({"importance": 2}, "importance"),
        ({"data": {"value": []}}, "data.value"),
    ],
)
def test_what_may_not_be_changed_is_named(bot, changes, named):
    kept = remember(bot, "x", type="profile")

    assert refused_fields(change(bot, kept, **changes)) == [named]


def test_only_what_is_current_can_be_changed(bot):
    old = remember(bot, "Delft", type="profile", slot="city")
    remember(bot, "Lisbon", type="profile", slot="city")

    assert refused_fields(change(bot, old, text="Oslo")) == ["id"]


def test_the_history_tells_each_change_with_before_and_after(bot):
    kept = remember(bot, "Ada keeps bees", importance=0.5)
    change(bot, kept, text="Ada keeps wasps")
    remember(bot, "Ada keeps wasps")

    history = bot.get(at(kept["id"], "history")).json()["results"]

    assert [one["version"] for one in history] == [1, 2, 3]
    assert [one["change"] for one in history] == ["ADD", "memory.updated", "memory.reinforced"]
    assert history[1]["before"] == {"text": "Ada keeps bees"}
    assert history[1]["after"] == {"text": "Ada keeps wasps"}
    assert {one["actor"]["kind"] for one in history} == {"bot"}


def test_a_forgotten_memory_leaves_no_row(bot, namespace):
    kept = remember(bot, "Ada keeps bees")
    change(bot, kept, text="Ada keeps wasps")

    assert bot.delete(at(kept["id"])).json() == {"id": kept["id"], "deleted": True}

    assert rows_of(namespace, kept["id"]) == 0
    assert (listed(bot), recalled(bot, "bees or wasps", threshold=0)) == ([], [])
    for answer in (
        bot.get(at(kept["id"])),
        bot.get(at(kept["id"], "history")),
        bot.delete(at(kept["id"])),
        change(bot, kept, text="y"),
    ):
        refusal(answer, 404, "not_found")


def test_forgetting_is_audited_without_content(bot, namespace):
    kept = remember(bot, "Ada keeps xylocopa")
    bot.delete(at(kept["id"]))

    with access.scope(namespace.pk):
        events = list(AuditEvent.objects.filter(target_id=kept["id"]).order_by("at", "pk"))
    assert [event.action for event in events] == ["memory.added", "memory.forgotten"]
    assert all("xylocopa" not in str(event.details) for event in events)


def test_forgetting_the_successor_does_not_bring_the_former_value_back(bot):
    old = remember(bot, "Ada lives in Delft", type="profile", slot="city")
    new = remember(bot, "Ada lives in Lisbon", type="profile", slot="city")

    bot.delete(at(new["id"]))

    assert listed(bot) == []
    assert recalled(bot, "Where does Ada live?") == []
    assert bot.get(at(old["id"])).json()["state"] == "SUPERSEDED"


def test_a_slot_that_was_emptied_takes_the_next_value(bot):
    new = remember(bot, "Ada lives in Lisbon", type="profile", slot="city")
    bot.delete(at(new["id"]))

    assert remember(bot, "Ada lives in Oslo", type="profile", slot="city")["event"] == "ADD"


def test_a_value_that_had_been_replaced_may_be_said_anew_when_its_successor_is_gone(bot):
    remember(bot, "Ada lives in Delft", type="profile", slot="city")
    new = remember(bot, "Ada lives in Lisbon", type="profile", slot="city")
    bot.delete(at(new["id"]))

    assert remember(bot, "Ada lives in Delft", type="profile", slot="city")["event"] == "ADD"
    assert listed(bot) == ["Ada lives in Delft"]


@pytest.mark.parametrize("method", ["get", "delete"])
def test_an_unknown_memory_is_not_found(bot, method):
    refusal(getattr(bot, method)(at(uuid.uuid4())), 404, "not_found")


@pytest.mark.parametrize("name", ["not-an-id", "0", str(uuid.uuid4()).upper()])
def test_an_address_that_is_no_id_leads_nowhere(bot, name):
    refusal(bot.get(at(name)), 404, "not_found")


@pytest.mark.parametrize("state", ["RESTRICTED", "OPTED_OUT", "ERASING", "ERASED"])
def test_nothing_of_a_closed_subject_is_shown_or_changed(bot, namespace, state):
    kept = remember(bot, "Ada keeps bees")
    with access.scope(namespace.pk):
        Subject.objects.update(state=state)

    for answer in (
        bot.get(at(kept["id"])),
        bot.get(at(kept["id"], "history")),
        bot.delete(at(kept["id"])),
        change(bot, kept, text="y"),
        bot.get("/api/v1/memories/", {"user_id": "ada"}),
    ):
        refusal(answer, 403, "subject_not_accepting")
    assert rows_of(namespace, kept["id"]) == 3


def test_a_head_request_is_a_get_without_its_body(bot):
    kept = remember(bot, "x")

    answer = bot.head(at(kept["id"]))

    assert (answer.status_code, answer.content) == (200, b"")


def test_a_memory_is_told_alike_wherever_it_is_shown(bot):
    kept = remember(bot, "Ada keeps bees")

    one = bot.get(at(kept["id"])).json()

    assert page(bot)["results"] == [one]
    (recalled_one,) = ask(bot, "bees")["results"]
    assert {name: one[name] for name in recalled_one if name != "score"} == {
        name: value for name, value in recalled_one.items() if name != "score"
    }
