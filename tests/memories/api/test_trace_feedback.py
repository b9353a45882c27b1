"""A bot, or its user, judges what was recalled."""

import uuid

import pytest

from governance import access, audit
from governance.models import AuditEvent, Subject
from governance.rules.scopes import Scope
from memories.models import MemoryFeedback, MemoryUse, ReviewItem
from memories.rules.feedback import VERDICTS
from tests.conftest import bot_of
from tests.memories.api.talk import ask, post, refusal, refused_fields, remember, remember_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(bot):
    made = remember_all(bot, [{"text": f"Ada keeps bees, hive {n}"} for n in range(3)])
    return [one["id"] for one in made]


@pytest.fixture
def trace(bot, kept):
    answer = ask(bot, "bees")
    assert {one["id"] for one in answer["results"]} == set(kept)
    return answer["trace_id"]


def judge(bot, trace, **body):
    answer = post(bot, f"traces/{trace}/feedback", body)
    assert answer.status_code == 200, answer.content
    return {one["id"]: one["verdict"] for one in answer.json()["feedback"]}


def one(memory, verdict):
    return {"memories": [{"id": memory, "verdict": verdict}]}


def counters(namespace, memory):
    with access.scope(namespace.pk):
        row = MemoryUse.objects.filter(memory_id=memory).first()
    return {name: getattr(row, name) for name in VERDICTS if getattr(row, name)} if row else {}


def reviews(namespace):
    with access.scope(namespace.pk):
        return sorted(ReviewItem.objects.values_list("reason", flat=True))


def test_each_memory_is_judged_by_itself(bot, trace, kept, namespace):
    told = {
        "memories": [{"id": kept[0], "verdict": "helpful"}, {"id": kept[1], "verdict": "wrong"}]
    }

    assert judge(bot, trace, **told) == {kept[0]: "helpful", kept[1]: "wrong"}

    shown = bot.get(f"/api/v1/traces/{trace}/").json()["feedback"]
    assert {one["id"]: one["verdict"] for one in shown} == {kept[0]: "helpful", kept[1]: "wrong"}
    assert [counters(namespace, pk) for pk in kept] == [{"helpful": 1}, {"wrong": 1}, {}]


def test_one_verdict_judges_all_that_the_trace_gave(bot, trace, kept, namespace):
    assert judge(bot, trace, verdict="irrelevant") == dict.fromkeys(kept, "irrelevant")

    assert [counters(namespace, pk) for pk in kept] == [{"irrelevant": 1}] * 3


def test_a_later_verdict_takes_the_place_of_the_earlier_in_the_counters_too(
    bot, trace, kept, namespace
):
    judge(bot, trace, **one(kept[0], "helpful"))
    judge(bot, trace, **one(kept[0], "helpful"))
    assert counters(namespace, kept[0]) == {"helpful": 1}

    judge(bot, trace, **one(kept[0], "irrelevant"))

    assert counters(namespace, kept[0]) == {"irrelevant": 1}
    with access.scope(namespace.pk):
        assert MemoryFeedback.objects.count() == 1


def test_verdicts_on_two_traces_add_up(bot, trace, kept, namespace):
    judge(bot, trace, **one(kept[0], "helpful"))

    judge(bot, ask(bot, "bees")["trace_id"], **one(kept[0], "helpful"))

    assert counters(namespace, kept[0]) == {"helpful": 2}


@pytest.mark.parametrize("verdict", ["wrong", "harmful"])
def test_what_is_wrong_or_harmful_is_put_before_a_person_once(bot, trace, kept, namespace, verdict):
    judge(bot, trace, **one(kept[0], verdict))
    judge(bot, ask(bot, "bees")["trace_id"], **one(kept[0], verdict))

    assert reviews(namespace) == [f"feedback_{verdict}"]
    with access.scope(namespace.pk):
        assert str(ReviewItem.objects.get().memory_id) == kept[0]


@pytest.mark.parametrize("verdict", ["helpful", "irrelevant"])
def test_what_helped_or_did_not_matter_is_put_before_nobody(bot, trace, namespace, verdict):
    judge(bot, trace, verdict=verdict)

    assert reviews(namespace) == []


def test_what_is_no_longer_current_is_put_before_nobody(bot, namespace):
    old = remember(bot, "Ada lives in Delft", type="profile", slot="city")["id"]
    trace = ask(bot, "Where does Ada live?")["trace_id"]
    remember(bot, "Ada lives in Leiden", type="profile", slot="city")

    judge(bot, trace, **one(old, "wrong"))

    assert reviews(namespace) == []
    assert counters(namespace, old) == {"wrong": 1}


def test_what_is_forgotten_since_is_judged_and_counts_nowhere(bot, trace, kept, namespace):
    bot.delete(f"/api/v1/memories/{kept[0]}/")

    assert judge(bot, trace, **one(kept[0], "harmful")) == {kept[0]: "harmful"}

    assert counters(namespace, kept[0]) == {}
    assert reviews(namespace) == []


def test_a_memory_that_the_trace_did_not_give_cannot_be_judged(bot, kept, namespace):
    trace = ask(bot, "bees", top_k=1)["trace_id"]
    found = bot.get(f"/api/v1/traces/{trace}/").json()["found"][0]["id"]
    left_out = next(pk for pk in kept if pk != found)
    verdicts = [{"id": pk, "verdict": "wrong"} for pk in (found, left_out, str(uuid.uuid4()))]

    answer = post(bot, f"traces/{trace}/feedback", {"memories": verdicts})

    assert refused_fields(answer) == ["memories[1].id", "memories[2].id"]
    assert counters(namespace, found) == {}
    assert reviews(namespace) == []


def test_where_nothing_was_found_there_is_nothing_to_judge(bot):
    trace = ask(bot, "bees", user_id="nobody")["trace_id"]

    answer = post(bot, f"traces/{trace}/feedback", {"verdict": "helpful"})

    assert refused_fields(answer) == ["verdict"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "memories"),
        ({"memories": []}, "memories"),
        ({"verdict": "great"}, "verdict"),
        ({"memories": [{"id": "x", "verdict": "wrong"}]}, "memories[0].id"),
        ({"memories": [{"verdict": "wrong"}]}, "memories[0].id"),
        ({"memories": [{"id": str(uuid.uuid4())}]}, "memories[0].verdict"),
        ({"memories": [{"id": str(uuid.UUID(int=1)), "verdict": "wrong"}] * 2}, "memories"),
        ({"verdict": "wrong", "memories": [{"id": str(uuid.uuid4()), "verdict": "wrong"}]},
         "memories"),
        ({"verdicts": "x"}, "verdicts"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(bot, trace, body, field):
    assert refused_fields(post(bot, f"traces/{trace}/feedback", body)) == [field]


def test_each_judgement_is_audited_by_its_counts(bot, trace, kept, namespace):
    judge(bot, trace, verdict="helpful")
    judge(bot, trace, **one(kept[0], "harmful"))

    with access.scope(namespace.pk):
        events = AuditEvent.objects.filter(action=audit.Action.FEEDBACK_RECORDED.value)
        details = list(events.order_by("pk").values_list("details", flat=True))
    assert details == [{"helpful": 3}, {"harmful": 1}]


def test_another_namespaces_trace_is_not_there(stranger, trace, namespace):
    refusal(post(stranger, f"traces/{trace}/feedback", {"verdict": "wrong"}), 404, "not_found")

    with access.scope(namespace.pk):
        assert not MemoryFeedback.objects.exists()


def test_feedback_needs_its_scope(namespace, trace):
    reader = bot_of(namespace, scopes=[Scope.TRACES])

    problem = refusal(post(reader, f"traces/{trace}/feedback", {"verdict": "wrong"}), 403)

    assert "traces:write" in problem["detail"]


def test_a_restricted_persons_memories_are_not_judged(bot, trace, namespace):
    with access.scope(namespace.pk):
        Subject.objects.update(state="RESTRICTED")

    answer = post(bot, f"traces/{trace}/feedback", {"verdict": "wrong"})

    refusal(answer, 403, "subject_not_accepting")


def test_feedback_follows_its_person_when_identities_are_linked(bot, trace, namespace):
    judge(bot, trace, verdict="helpful")
    remember(bot, "Another of Ada's", user_id="lovelace")

    body = {"user_id": "ada", "to": {"user_id": "lovelace"}, "evidence": {"kind": "sign_in"}}
    to = post(bot, "identities/link", body).json()["subject_id"]

    with access.scope(namespace.pk):
        subjects = {str(pk) for pk in MemoryFeedback.objects.values_list("subject_id", flat=True)}
    assert subjects == {to}
