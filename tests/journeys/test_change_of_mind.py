"""People change their minds; one value is current at each step, and the past stays answerable."""

import json
import time

from django.utils import timezone

from tests.conftest import make_namespace
from tests.journeys import running
from tests.memories.reading_model import candidate

LANGUAGE = ("Please answer in English.", "Please answer in Spanish.", "Answer in English again.")


def current(bot, user, kind="preference"):
    """The values that hold now."""
    page = bot.get(f"/api/v1/memories/?user_id={user}&types={kind}").body["results"]
    return [one["data"].get("value", one["memory"]) for one in page]


def now():
    """A moment between two deeds."""
    time.sleep(0.05)
    moment = timezone.now().isoformat()
    time.sleep(0.05)
    return moment


def test_one_language_is_current_at_each_step_and_the_past_answers(site, bots):
    bot, moments, held = bots(site), [], []
    for said in LANGUAGE:
        bot.finished(bot.say("eve", said))
        held.append(current(bot, "eve"))
        moments.append(now())

    newest = bot.get("/api/v1/memories/?user_id=eve&types=preference").body["results"][0]
    lineage = bot.get(f"/api/v1/memories/{newest['id']}/history/").body["lineage"]
    then = [
        [one["data"]["value"] for one in bot.ask("eve", "language of answers", as_of=at)["results"]]
        for at in moments
    ]

    assert held == [["en"], ["es"], ["en"]]
    assert [one["data"]["value"] for one in lineage] == ["en", "es", "en"]
    assert then == [["en"], ["es"], ["en"]]


def test_moving_closes_the_former_city(site, bots):
    bot = bots(site)
    bot.finished(bot.say("ada", "I live in Berlin."))
    before = now()

    bot.finished(bot.say("ada", "I moved from Berlin to Hamburg."))

    home = bot.ask("ada", "Where does she live?")["results"]
    then = bot.ask("ada", "Where does she live?", as_of=before)["results"]
    assert [one["data"]["value"] for one in home if one["slot"] == "city"] == ["Hamburg"]
    assert [one["data"]["value"] for one in then if one["slot"] == "city"] == ["Berlin"]


def test_a_correction_survives_ten_times_the_old_statement(site, bots):
    bot = bots(site)
    bot.finished(bot.say("ada", "I live in Berlin."))
    (wrong,) = bot.get("/api/v1/memories/?user_id=ada&types=profile").body["results"]

    corrected = bot.post(
        f"/api/v1/memories/{wrong['id']}/correct/",
        {"text": "I live in Hamburg.", "data": {"value": "Hamburg"}},
    )
    episodes = [bot.say("ada", "I live in Berlin.") for _ in range(10)]
    told = [bot.finished(episode) for episode in episodes]

    assert corrected.status == 201, corrected
    assert {one["status"] for one in told} == {"DONE"}
    assert current(bot, "ada", "profile") == ["Hamburg"]
    assert "Berlin" not in json.dumps(bot.ask("ada", "Where does she live?")["results"])


def test_what_is_no_longer_so_is_no_longer_recalled(site, bots):
    bot = bots(site)
    bot.finished(bot.say("ada", "I live in Berlin."))
    before = now()

    bot.finished(bot.say("ada", "I no longer live in Berlin."))

    assert current(bot, "ada", "profile") == []
    then = bot.ask("ada", "Where does she live?", as_of=before)["results"]
    assert [one["data"]["value"] for one in then] == ["Berlin"]


def test_what_ended_leaves_no_denial_beside_what_is_so_again(site, bots):
    bot = bots(site)
    for said in ("I live in Rome.", "I no longer live in Rome.", "I live in Rome."):
        bot.finished(bot.say("ada", said))

    page = bot.get("/api/v1/memories/?user_id=ada").body["results"]

    assert [one["memory"] for one in page] == ["I live in Rome."]


def test_a_trace_of_before_replays_to_the_old_answer_and_says_why_todays_differs(site, bots):
    bot = bots(site)
    bot.finished(bot.say("ada", "I live in Berlin."))
    trace = bot.ask("ada", "Where does she live?")["trace_id"]
    bot.finished(bot.say("ada", "I moved to Hamburg."))

    replay = bot.post(f"/api/v1/traces/{trace}/replay/", {})

    assert replay.status == 200, replay
    told = replay.body
    assert told["matches_trace"] is True
    assert any("Berlin" in one["memory"] for one in told["then"])
    assert any("Hamburg" in one["memory"] for one in told["now"])
    assert any("superseded on" in one["reason"] for one in told["difference"])


def hobbies(asked):
    """What the played model finds: the last hobby of those it was told of."""
    said = json.dumps(asked["messages"])
    return {
        "candidates": [
            candidate(f"I like {one}") for one in ("cello", "bees") if f"I like {one}" in said
        ][-1:]
    }


def test_a_killed_model_loses_nothing(site, bots, reader, django_db_blocker):
    with django_db_blocker.unblock():
        namespace = make_namespace(extractor="model", debounce_seconds=0)
    bot = bots(site, namespace)
    reader.reply = hobbies
    bot.finished(bot.say("ada", "I like cello"))
    reader.down()
    episode = bot.say("ada", "I like bees")
    waiting = running.eventually(
        lambda: bot.get(f"/api/v1/episodes/{episode}/").body, lambda told: told["waiting_for"]
    )

    reader.up()

    assert waiting["status"] == "RECEIVED"
    assert waiting["waiting_for"] == "language_model_unavailable"
    assert bot.finished(episode)["status"] == "DONE"
    assert sorted(
        one["memory"] for one in bot.get("/api/v1/memories/?user_id=ada").body["results"]
    ) == ["I like bees", "I like cello"]
