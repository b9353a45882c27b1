"""The main job: a bot posts a conversation and is told, seconds later, what matters."""


def test_a_conversation_is_recalled_with_the_right_memory_first(site, bots):
    bot = bots(site)
    episode = bot.say(
        "newcomer",
        "I moved to Lisbon last month and I work as a nurse. Please answer in Portuguese.",
    )

    told = bot.finished(episode)
    home = bot.ask("newcomer", "Where does this person live?", explain=True)
    language = bot.ask("newcomer", "Which language should I answer in?")

    assert told["status"] == "DONE"
    assert sum(told["yielded"].values()) == len(told["memories"])
    assert "Lisbon" in home["results"][0]["memory"]
    assert "Portuguese" in language["results"][0]["memory"]


def test_a_trace_explains_the_answer(site, bots):
    bot = bots(site)
    bot.finished(bot.say("ada", "I keep bees in Delft.", "I play the cello."))
    answer = bot.ask("ada", "Does she keep bees?", top_k=1, threshold=0)

    trace = bot.get(f"/api/v1/traces/{answer['trace_id']}/").body

    assert trace["asked"]["query"] == "Does she keep bees?"
    assert trace["strategy"]["name"] == "default"
    assert [one["id"] for one in trace["found"]] == [one["id"] for one in answer["results"]]
    assert trace["found"][0]["parts"].keys() >= {"dense", "lexical", "recency", "importance"}
    assert all(one["why"] for one in trace["left_out"])
    assert trace["timings"].keys() >= {"embed", "search", "rank"}


def test_another_namespace_and_another_subject_see_nothing(site, bots):
    bot, stranger = bots(site), bots(site)
    bot.finished(bot.say("ada", "I keep bees in Delft."))
    kept = bot.ask("ada", "bees")["results"][0]["id"]

    assert bot.ask("bob", "bees")["results"] == []
    assert stranger.ask("ada", "bees")["results"] == []
    assert stranger.get(f"/api/v1/memories/{kept}/").status == 404


def test_a_change_of_mind_leaves_one_current_value(site, bots):
    bot = bots(site)
    for said in ("Please answer in Spanish.", "Please answer in English.", "Answer in German."):
        bot.finished(bot.say("eve", said))

    page = bot.get("/api/v1/memories/?user_id=eve&types=preference").body["results"]
    past = bot.get("/api/v1/memories/?user_id=eve&states=SUPERSEDED").body["results"]

    assert [(one["slot"], one["data"]["value"]) for one in page] == [("language", "de")]
    assert {one["data"]["value"] for one in past} == {"es", "en"}


def test_the_same_post_twice_is_one_episode(site, bots):
    bot = bots(site)
    body = {"user_id": "ada", "messages": [{"role": "user", "content": "I keep bees."}]}

    first = bot.post("/api/v1/episodes/", body, Idempotency_Key="one")
    again = bot.post("/api/v1/episodes/", body, Idempotency_Key="one")
    other = bot.post("/api/v1/episodes/", {**body, "run_id": "x"}, Idempotency_Key="one")

    assert first.body == again.body
    assert other.status == 409
    assert len(bot.finished(first.body["id"])["memories"]) == 1
