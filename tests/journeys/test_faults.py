"""What breaks loses nothing: the row is the queue of record."""

import os
import signal
import time

from tests.journeys import running


def test_a_dead_broker_delays_an_episode_and_refuses_nobody(django_db_setup, bots, logs):
    nowhere = "redis://127.0.0.1:1/0"
    with running.server(logs / "alone.log", BROKER_URL=nowhere, CACHE_URL=nowhere) as url:
        bot = bots(url)
        began = time.monotonic()
        episode = bot.say("ada", "I keep bees in Delft.")
        took = time.monotonic() - began
        waiting = bot.get(f"/api/v1/episodes/{episode}/").body

        with running.worker(logs / "later.log"), running.beat(logs / "later-beat.log"):
            told = bot.finished(episode)

    assert waiting["status"] == "RECEIVED"
    assert took < 5
    assert told["status"] == "DONE"


def test_what_a_killed_worker_had_begun_is_finished_by_another(web, bots, logs):
    bot = bots(web)
    episodes = [bot.say(f"user{n}", f"I keep {n + 2} bees in Delft.") for n in range(30)]
    with running.worker(logs / "killed.log") as worker:
        running.eventually(
            lambda: [bot.get(f"/api/v1/episodes/{one}/").body["status"] for one in episodes],
            lambda states: "DONE" in states,
        )
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    with running.worker(logs / "heir.log"), running.beat(logs / "heir-beat.log"):
        told = [bot.finished(episode) for episode in episodes]

    assert [one["status"] for one in told] == ["DONE"] * len(episodes)
    assert [len(one["memories"]) for one in told] == [1] * len(episodes)
