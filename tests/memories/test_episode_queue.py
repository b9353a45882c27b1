"""The queue of episodes: claimed once, leased, put back with growing waits."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access
from governance.models import AuditEvent
from memories import episodes
from memories.episodes import Account
from memories.models import Episode
from tests.memories.conftest import at_once

NOW = timezone.now()
LEASE = timedelta(seconds=5)  # as the tests' services set it


def received(namespace, **given):
    return Episode.objects.create(
        namespace=namespace,
        agent_id="a",
        **{"received_at": NOW, "next_attempt_at": NOW, "messages": [{"role": "user"}], **given},
    )


@pytest.fixture
def scoped(namespace):
    with access.scope(namespace.pk):
        yield namespace


def claim(episode, at=NOW):
    return episodes.claim(episode.pk, namespace_id=episode.namespace_id, now=at)


def waiting(namespace, at=NOW, limit=100):
    return episodes.waiting(namespace_id=namespace.pk, now=at, limit=limit)


@pytest.mark.django_db
def test_an_episode_is_claimed_once(scoped):
    episode = received(scoped)

    claimed = claim(episode)

    assert (claimed.state, claimed.attempts, claimed.lease_until) == ("EXTRACTING", 1, NOW + LEASE)
    assert claim(episode) is None


def test_of_many_who_claim_at_once_one_gets_it(committed):
    with access.scope(committed.pk):
        episode = received(committed)

    def attempt():
        with access.scope(committed.pk):
            return claim(episode)

    assert sum(one is not None for one in at_once(*[attempt] * 6)) == 1


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_free(scoped):
    episode = received(scoped)
    first = claim(episode)

    assert claim(episode, NOW + LEASE - timedelta(microseconds=1)) is None
    second = claim(episode, NOW + LEASE)

    assert second.attempts == 2
    assert episodes.still_mine(first) is None
    assert episodes.still_mine(second) is not None


@pytest.mark.django_db
def test_an_episode_of_another_namespace_cannot_be_claimed(scoped):
    episode = received(scoped)

    assert episodes.claim(episode.pk, namespace_id=uuid.uuid4(), now=NOW) is None


@pytest.mark.django_db
def test_what_is_done_or_failed_is_claimed_no_more(scoped):
    done, failed = received(scoped), received(scoped)
    episodes.finish(claim(done), Account(extractor="x", decided={"ADD": 2}), now=NOW)
    episodes.fail(claim(failed), code="broken", now=NOW)

    assert claim(done, NOW + LEASE * 2) is None
    assert claim(failed, NOW + LEASE * 2) is None
    done.refresh_from_db()
    failed.refresh_from_db()
    assert (done.state, done.yielded, done.done_at) == ("DONE", {"ADD": 2}, NOW)
    assert (failed.state, failed.waiting_for) == ("FAILED", "broken")
    assert waiting(scoped, NOW + LEASE * 2) == []
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"episode.extracted", "episode.failed"} <= actions


@pytest.mark.django_db
def test_what_is_put_back_waits_longer_each_time_and_never_for_ever(scoped):
    episode, now, waits = received(scoped), NOW, []
    for _ in range(10):
        claimed = claim(episode, now)
        episodes.put_back(claimed, waiting_for="model", now=now)
        episode.refresh_from_db()
        waits.append(episode.next_attempt_at - now)
        assert claim(episode, episode.next_attempt_at - timedelta(microseconds=1)) is None
        now = episode.next_attempt_at

    seconds = [int(wait.total_seconds()) for wait in waits]
    assert seconds == [5, 10, 20, 40, 80, 160, 320, 600, 600, 600]
    assert (episode.state, episode.waiting_for) == ("RECEIVED", "model")


@pytest.mark.django_db
def test_a_wait_has_an_end_after_very_many_attempts(scoped):
    episode = received(scoped, attempts=200, state="EXTRACTING")

    episodes.put_back(episode, waiting_for="model", now=NOW)

    episode.refresh_from_db()
    assert episode.next_attempt_at - NOW == episodes.LONGEST_BACKOFF


@pytest.mark.django_db
def test_what_nobody_works_on_waits_oldest_first(scoped):
    lost, never_woken = received(scoped, next_attempt_at=None), received(scoped)
    leased, died = received(scoped), received(scoped)
    claim(died, NOW - LEASE)
    claim(leased)
    received(scoped, next_attempt_at=NOW + timedelta(seconds=1))

    assert waiting(scoped) == [lost.pk, never_woken.pk, died.pk]
    assert waiting(scoped, limit=1) == [lost.pk]


@pytest.mark.django_db
def test_messages_are_cleared_of_what_ended_before_and_of_nothing_else(scoped):
    old = NOW - timedelta(days=8)
    done, failed = (received(scoped, state=state, done_at=old) for state in ("DONE", "FAILED"))
    fresh = received(scoped, state="DONE", done_at=NOW)
    still_waiting = received(scoped, received_at=old)

    cleared = episodes.clear_messages(
        namespace_id=scoped.pk, before=NOW - timedelta(days=7), limit=10, now=NOW
    )

    assert cleared == 2
    kept = set(Episode.objects.exclude(messages=[]).values_list("pk", flat=True))
    assert kept == {fresh.pk, still_waiting.pk}
    events = AuditEvent.objects.filter(action="episode.cleared").values_list("target_id", flat=True)
    assert set(events) == {str(done.pk), str(failed.pk)}


@pytest.mark.django_db
def test_clearing_goes_in_steps_and_ends(scoped):
    for _ in range(5):
        received(scoped, state="DONE", done_at=NOW - timedelta(days=8))

    steps = [
        episodes.clear_messages(namespace_id=scoped.pk, before=NOW, limit=2, now=NOW)
        for _ in range(4)
    ]

    assert steps == [2, 2, 1, 0]
