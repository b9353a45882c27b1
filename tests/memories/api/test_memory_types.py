"""Memory types over HTTP."""

import pytest

from governance import access, audit
from governance.models import AuditEvent
from tests.conftest import bot_of
from tests.memories.api.talk import post, refusal, refused_fields, remember

pytestmark = pytest.mark.django_db
ALLERGY = {
    "name": "allergy",
    "description": "What they cannot eat.",
    "data_schema": {
        "type": "object",
        "properties": {"substance": {"type": "string"}},
        "required": ["substance"],
    },
    "slots": ["worst"],
    "pinned": True,
    "precedence": 40,
    "half_life_days": 3650.0,
    "sensitivity": "special",
    "screening": {"special": "tag"},
    "active": True,
}


def change(bot, name, /, **fields):
    return bot.patch(f"/api/v1/memory-types/{name}/", fields, format="json")


def test_a_namespace_begins_with_four_types(bot):
    names = [one["name"] for one in bot.get("/api/v1/memory-types/").json()["results"]]

    assert names == ["interaction", "preference", "profile", "task_state"]


def test_a_type_is_defined_read_and_used_at_once(bot):
    made = post(bot, "memory-types", ALLERGY)

    assert (made.status_code, made.json()) == (201, ALLERGY)
    assert bot.get("/api/v1/memory-types/allergy/").json() == ALLERGY
    kept = remember(bot, type="allergy", slot="worst", data={"substance": "nuts"})
    memory = bot.get(f"/api/v1/memories/{kept['id']}/").json()
    assert memory["memory"] == 'worst: {"substance": "nuts"}'
    assert memory["sensitivity"] == "special"


def test_data_must_fit_the_types_schema(bot):
    post(bot, "memory-types", ALLERGY)

    answer = post(bot, "memories", {"user_id": "ada", "type": "allergy", "data": {"grade": 3}})

    assert refused_fields(answer) == ["memories[0].data"]


def test_a_type_is_changed_field_by_field(bot):
    post(bot, "memory-types", ALLERGY)

    changed = change(bot, "allergy", half_life_days=None, pinned=False).json()

    assert changed == {**ALLERGY, "half_life_days": None, "pinned": False}
    assert bot.get("/api/v1/memory-types/allergy/").json() == changed


def test_definition_and_change_are_audited(bot, namespace):
    post(bot, "memory-types", ALLERGY)
    change(bot, "allergy", pinned=False)

    with access.scope(namespace.pk):
        events = AuditEvent.objects.filter(target_kind="memorytype").order_by("pk")
        actions = [event.action for event in events]
    assert actions == [audit.Action.TYPE_DEFINED.value, audit.Action.TYPE_CHANGED.value]


def test_a_name_is_used_once(bot):
    assert refused_fields(post(bot, "memory-types", {**ALLERGY, "name": "profile"})) == ["name"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "With Space"),
        ("name", ""),
        ("description", ""),
        ("data_schema", {"type": "nonsense"}),
        ("data_schema", {"$ref": "https://elsewhere.example"}),
        ("data_schema", []),
        ("slots", "worst"),
        ("slots", ["a", "a"]),
        ("precedence", 1001),
        ("precedence", 10**30),
        ("half_life_days", 0),
        ("half_life_days", "nan"),
        ("half_life_days", 10**400),
        ("sensitivity", "secret"),
        ("active", "perhaps"),
        ("namespace", "x"),
    ],
)
def test_what_cannot_be_kept_is_named(bot, field, value):
    answer = post(bot, "memory-types", {**ALLERGY, field: value})

    assert {name.split("[")[0].split(".")[0] for name in refused_fields(answer)} == {field}


def test_the_name_stays(bot):
    assert refused_fields(change(bot, "profile", name="person")) == ["name"]


def test_an_unknown_type_is_not_found(bot):
    refusal(bot.get("/api/v1/memory-types/ghost/"), 404, "not_found")
    refusal(change(bot, "ghost", pinned=True), 404, "not_found")


def test_reading_and_configuring_have_their_scopes(namespace):
    nobody = bot_of(namespace, scopes=[])

    for answer, scope in (
        (nobody.get("/api/v1/memory-types/"), "settings:read"),
        (post(nobody, "memory-types", ALLERGY), "settings:write"),
        (change(nobody, "profile", pinned=False), "settings:write"),
    ):
        assert scope in refusal(answer, 403, "scope_missing")["detail"]
