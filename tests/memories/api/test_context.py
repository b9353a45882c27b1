"""A context over HTTP: one block for a prompt, within a budget, traceable, and hard to forge."""

import pytest

from governance import access
from governance.rules.scopes import Scope
from memories.models import RecallTrace
from tests.conftest import bot_of, make_namespace
from tests.memories.api.context_talk import LIFE, QUESTION, context, texts, why
from tests.memories.api.talk import post, refusal, refused_fields, remember, remember_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(bot):
    return {
        told["text"]: kept["id"] for told, kept in zip(LIFE, remember_all(bot, LIFE), strict=True)
    }


@pytest.mark.usefixtures("life")
def test_a_block_has_labelled_sections_and_dated_lines(bot):
    found = context(bot)

    titles = [line for line in found["context"].splitlines() if line.startswith("## ")]
    assert titles == [
        "## Who you talk to",
        "## How they like it",
        "## What happened",
        "## Where work stands",
    ]
    assert "The hive swarmed (3 May 2026)" in found["context"]


def test_each_line_leads_to_its_memory(bot, life):
    found = context(bot, explain=True)

    for section in found["sections"]:
        for line in section["memories"]:
            assert f"[{line['reference']}] {line['memory']}" in found["context"]
            assert found["references"][line["reference"]] == line["id"] == life[line["memory"]]
            assert (line["score"] is None) == section["pinned"]
            assert section["pinned"] or line["parts"]["strength"] > 0.99


@pytest.mark.usefixtures("life")
def test_pinned_types_are_there_whatever_is_asked(bot):
    found = context(bot, "What is the capital of Mongolia?")

    assert texts(found) == ["Ada keeps bees in Delft", "Call me Ada"]


@pytest.mark.usefixtures("life")
def test_the_parts_may_be_chosen(bot):
    assert texts(context(bot, include=["pinned"], message=None)) == [
        "Ada keeps bees in Delft",
        "Call me Ada",
    ]
    recalled = context(bot, include=["recalled"], threshold=0)
    assert sorted(texts(recalled)) == sorted(one["text"] for one in LIFE)
    said = {"messages": [{"role": "user", "content": "hello"}]}
    alone = context(bot, include=["history"], message=None, history=said)
    assert alone["context"] == "## Recent turns\n- User: hello"


@pytest.mark.usefixtures("life")
def test_what_is_pinned_takes_no_place_among_what_is_recalled(bot):
    found = context(bot, top_k=2, threshold=0)

    assert sorted(texts(found)) == sorted(one["text"] for one in LIFE)


def test_nobody_known_is_an_empty_block_with_a_trace(bot, namespace):
    found = context(bot, user_id="nobody")

    assert (found["context"], found["sections"], found["tokens"]["used"]) == ("", [], 0)
    with access.scope(namespace.pk):
        assert RecallTrace.objects.get().kind == "context"


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize("budget", [50, 60, 80, 120, 1000])
def test_a_budget_holds_and_what_does_not_fit_is_named(bot, budget):
    found = context(bot, token_budget=budget)

    assert found["tokens"]["used"] <= budget == found["tokens"]["budget"]
    unfit = [pk for pk, reason in why(found).items() if reason == "over_budget"]
    assert len(texts(found)) + len(unfit) == len(LIFE)
    assert set(unfit).isdisjoint(found["references"].values())


def test_a_stranger_finds_nothing(life, stranger):
    assert life
    assert context(stranger)["context"] == ""


def test_agent_and_app_narrow_what_is_pinned_and_what_is_recalled(bot):
    for app in ("web", "tv"):
        for kind in ("profile", "interaction"):
            remember(bot, f"bees in {kind} of {app}", type=kind, app_id=app)

    found = context(bot, "bees", app_id="tv", threshold=0)

    assert sorted(texts(found)) == ["bees in interaction of tv", "bees in profile of tv"]


def test_the_run_narrows_nothing(bot):
    remember(bot, "bees of an earlier run", run_id="r1")

    assert texts(context(bot, "bees", run_id="r2")) == ["bees of an earlier run"]


def test_an_agents_own_memories_are_about_itself(bot):
    remember(bot, "Speaks like a pirate", type="profile", user_id=None, agent_id="parrot")

    found = context(bot, user_id=None, agent_id="parrot")

    assert "## Who you are\n- [m1] Speaks like a pirate" in found["context"]


def test_types_that_staff_defined_have_a_section_of_their_own(bot):
    kind = {"name": "pet_care", "description": "Pets and their vets"}
    assert post(bot, "memory-types", kind).status_code == 201
    remember(bot, "The bees get sugar water", type="pet_care")

    assert "## Pet care (Pets and their vets)\n" in context(bot)["context"]


def test_the_past_is_composed_as_of_then(bot):
    for city, since in (("Berlin", "2024-01-01"), ("Hamburg", "2026-01-01")):
        remember(
            bot, f"Lives in {city}", type="profile", slot="city", valid_from=f"{since}T00:00:00Z"
        )

    assert texts(context(bot)) == ["Lives in Hamburg"]
    assert texts(context(bot, as_of="2025-01-01T00:00:00Z")) == ["Lives in Berlin"]


class TestTemplates:
    def test_a_section_is_written_by_its_template(self):
        lines = "{% for line in lines %}{{ line.reference }}={{ line.text }};{% endfor %}"
        template = f"{{{{ title }}}} of {{{{ person }}}}: {lines}"
        bot = bot_of(make_namespace(context_templates={"preference": template, "preface": ""}))
        remember_all(bot, LIFE)

        text = context(bot, include=["pinned"], message=None)["context"]

        assert text.startswith("## Who you talk to\n- [m1] Ada keeps bees in Delft")
        assert text.endswith("\n\nHow they like it of Ada: m2=Call me Ada;")

    def test_one_that_fails_gives_way_and_the_answer_says_so(self):
        bot = bot_of(make_namespace(context_templates={"profile": "{{ lines.0|first }}"}))
        remember_all(bot, LIFE)

        found = context(bot)

        assert "## Who you talk to\n- [m1] Ada keeps bees" in found["context"]
        assert found["degraded"] == ["template:profile"]

    def test_a_budget_holds_for_a_wordy_template(self):
        wordy = "{% for line in lines %}{{ line.text }} once more: {{ line.text }}\n{% endfor %}"
        bot = bot_of(make_namespace(context_templates={"profile": wordy}))
        remember_all(bot, [{"text": f"Ada keeps bees {n}", "type": "profile"} for n in range(20)])

        found = context(bot, token_budget=150)

        assert 0 < found["tokens"]["used"] <= 150
        assert found["references"]


class TestTraces:
    @pytest.mark.usefixtures("life")
    def test_a_trace_names_what_stands_in_the_block_and_repeats_no_word_of_it(self, bot):
        found = context(bot, token_budget=60, purpose="care")

        trace = bot.get(f"/api/v1/traces/{found['trace_id']}/").json()
        composed = trace["composed"]
        assert trace["kind"] == "context"
        told = [pk for section in composed["sections"] for pk in section["memories"]]
        assert told == list(found["references"].values())
        assert {one["id"] for one in composed["left_out"]} == {
            pk for pk, reason in why(found).items() if reason == "over_budget"
        }
        assert composed["tokens"] == found["tokens"]
        assert composed["purpose"] == "care"
        assert "swarmed" not in str(composed) + str(trace["found"])

    def test_an_answer_that_was_kept_goes_with_the_memory_that_it_tells_of(self, bot, life):
        asked = {"user_id": "ada", "message": QUESTION}
        post(bot, "context", asked, HTTP_IDEMPOTENCY_KEY="k1")
        again = post(bot, "context", asked, HTTP_IDEMPOTENCY_KEY="k1")
        assert again["Idempotency-Replayed"] == "true"

        bot.delete(f"/api/v1/memories/{life['The hive swarmed']}/")

        gone = post(bot, "context", asked, HTTP_IDEMPOTENCY_KEY="k1")
        assert gone.status_code == 410
        assert "swarmed" not in gone.content.decode()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"token_budget": 49}, "token_budget"),
        ({"token_budget": 128_001}, "token_budget"),
        ({"include": []}, "include"),
        ({"include": ["everything"]}, "include[0]"),
        ({"include": ["history"], "history": {}}, "history.messages"),
        ({"history": {"messages": [], "from_run": True}}, "history.messages"),
        (
            {"history": {"messages": [{"role": "robot", "content": "x"}]}},
            "history.messages[0].role",
        ),
        ({"history": {"messages": [], "last": 0}}, "history.last"),
        ({"purpose": "Any Purpose"}, "purpose"),
        ({"format": "xml"}, "format"),
        ({"strategy": "unheard_of"}, "strategy"),
        ({"query": "x"}, "query"),
        ({"message": None}, "message"),
        ({"message": " "}, "message"),
        ({"user_id": None}, "user_id"),
        ({"filters": {"nonsense": 1}}, "filters.nonsense"),
    ],
)
def test_what_cannot_be_used_is_named(bot, fields, wrong):
    body = {"user_id": "ada", "message": "hi", **fields}

    found = post(bot, "context", {key: value for key, value in body.items() if value is not None})

    assert wrong in refused_fields(found)


def test_a_message_of_absurd_length_is_refused(bot):
    refusal(post(bot, "context", {"user_id": "ada", "message": "x" * 32_001}), 413, "too_large")


def test_a_key_that_may_not_recall_gets_no_context(namespace):
    writer = bot_of(namespace, scopes=[Scope.REMEMBER])

    refusal(post(writer, "context", {"user_id": "ada", "message": "hi"}), 403)
