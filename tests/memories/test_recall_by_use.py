"""What faded is hidden and never deleted; what is used stays; verdicts move a rank a little."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access
from memories.models import Memory, MemoryUse
from tests.conftest import bot_of, make_namespace
from tests.memories.api.talk import ask, post, recalled, remember, remember_all

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=1_000)


def age(namespace, memory_id, by=LONG_AGO, **more):
    """Let a memory have been made, said and confirmed so much earlier."""
    moment = timezone.now() - by
    with access.scope(namespace.pk):
        Memory.objects.filter(namespace_id=namespace.pk, pk=memory_id).update(
            created_at=moment, valid_from=moment, occurred_at=moment, **more
        )


def use(namespace, memory_id, **counters):
    with access.scope(namespace.pk):
        subject_id = Memory.objects.get(namespace_id=namespace.pk, pk=memory_id).subject_id
        MemoryUse.objects.create(
            namespace_id=namespace.pk, memory_id=memory_id, subject_id=subject_id, **counters
        )


def trace_of(bot, answer):
    return bot.get(f"/api/v1/traces/{answer['trace_id']}/").json()


@pytest.fixture
def old(bot, namespace):
    memory_id = remember(bot, "Ada keeps bees")["id"]
    age(namespace, memory_id)
    return memory_id


def test_what_has_faded_is_left_out_and_the_trace_says_so(bot, old):
    answer = ask(bot, "bees")

    assert answer["results"] == []
    (left,) = trace_of(bot, answer)["left_out"]
    assert (left["id"], left["why"]) == (old, "faded")
    assert left["parts"]["strength"] < 0.01


def test_what_has_faded_is_still_there_for_who_asks_for_it(bot, old):
    (found,) = ask(bot, "bees", include_faded=True, explain=True)["results"]

    assert found["id"] == old
    assert found["parts"]["strength"] < 0.01
    assert bot.get(f"/api/v1/memories/{old}/").json()["state"] == "ACTIVE"
    assert trace_of(bot, ask(bot, "bees", include_faded=True))["asked"]["include_faded"] is True


@pytest.mark.usefixtures("old")
def test_a_strategy_may_hide_nothing(bot):
    assert bot.put("/api/v1/strategies/all/", {"config": {"hide_below": 0}}).status_code == 200

    assert recalled(bot, "bees", strategy="all") == ["Ada keeps bees"]
    assert recalled(bot, "bees") == []


def test_what_happened_long_ago_and_was_learned_today_has_not_faded(bot):
    remember(bot, "Ada kept bees as a child", occurred_at="1990-05-01T00:00:00Z")

    assert recalled(bot, "bees") == ["Ada kept bees as a child"]


def test_what_does_not_fade_is_never_hidden(bot, namespace):
    age(namespace, remember(bot, "Ada keeps bees", type="profile")["id"], timedelta(days=20_000))

    assert recalled(bot, "bees") == ["Ada keeps bees"]


@pytest.mark.parametrize("which", ["last_recalled_at", "last_used_at"])
def test_to_be_recalled_or_used_lately_keeps_it(bot, namespace, old, which):
    use(namespace, old, recalled=1, **{which: timezone.now() - timedelta(days=1)})

    assert recalled(bot, "bees") == ["Ada keeps bees"]


def test_to_be_confirmed_lately_keeps_it(bot, namespace, old):
    with access.scope(namespace.pk):
        Memory.objects.filter(namespace_id=namespace.pk, pk=old).update(
            last_confirmed_at=timezone.now() - timedelta(days=1)
        )

    (found,) = ask(bot, "bees", explain=True)["results"]
    assert found["parts"]["use"] == 1.5


def test_much_use_lets_it_last_longer(bot, namespace, old):
    use(namespace, old, used=63, recalled=0, last_used_at=timezone.now() - LONG_AGO)

    (found,) = ask(bot, "bees", explain=True)["results"]
    assert found["parts"]["use"] == 4
    assert 0.01 < found["parts"]["strength"] < 0.2


def test_a_trace_keeps_how_a_memory_had_served(bot, namespace):
    memory_id = remember(bot, "Ada keeps bees")["id"]
    use(namespace, memory_id, recalled=3, helpful=2, last_recalled_at=timezone.now())

    (found,) = trace_of(bot, ask(bot, "bees"))["found"]
    assert (found["use"]["recalled"], found["use"]["helpful"]) == (3, 2)
    assert found["parts"]["feedback"] == pytest.approx(1.05)


def test_verdicts_move_a_score_and_no_further_than_the_weight(bot, namespace):
    ids = [one["id"] for one in remember_all(bot, [{"text": f"bees, hive {n}"} for n in range(3)])]
    use(namespace, ids[0], harmful=50)
    use(namespace, ids[2], helpful=50)

    found = ask(bot, "bees", explain=True, threshold=0)["results"]

    assert [one["id"] for one in found] == [ids[2], ids[1], ids[0]]
    assert "feedback" not in found[1]["parts"]
    assert 1 < found[0]["parts"]["feedback"] <= 1.1
    assert 0.9 <= found[2]["parts"]["feedback"] < 1


def test_the_use_of_a_stranger_namespace_moves_nothing(bot, namespace, old):
    other = make_namespace()
    theirs = remember(bot_of(other), "Ada keeps bees")["id"]
    use(other, theirs, used=9, last_used_at=timezone.now())

    assert recalled(bot, "bees") == []
    assert recalled(bot_of(other), "bees") == ["Ada keeps bees"]


def test_faded_memories_do_not_crowd_out_the_others(bot, namespace):
    kept = remember_all(bot, [{"text": f"bees bees bees {n}"} for n in range(40)])
    for one in kept:
        age(namespace, one["id"])
    fresh = [f"Something else that was said about bees and honey, part {n}" for n in range(3)]
    remember_all(bot, [{"text": text} for text in fresh])

    answer = ask(bot, "bees bees bees", threshold=0)

    assert sorted(one["memory"] for one in answer["results"]) == fresh


@pytest.mark.usefixtures("old")
def test_a_context_hides_what_has_faded_unless_asked(bot):
    body = {"user_id": "ada", "message": "bees"}

    assert post(bot, "context", body).json()["context"] == ""
    assert "bees" in post(bot, "context", {**body, "include_faded": True}).json()["context"]


def test_what_is_pinned_is_in_a_context_however_old(bot, namespace):
    kept = remember(bot, "Ada likes short answers", type="preference")["id"]
    age(namespace, kept, timedelta(days=20_000))

    found = post(bot, "context", {"user_id": "ada", "message": "How long?"}).json()

    assert "Ada likes short answers" in found["context"]
    assert recalled(bot, "short answers") == []
