"""Another namespace's key and another person see nothing, and cannot tell whether there is any."""

import uuid

import pytest

from tests.conftest import bot_of
from tests.memories.api.talk import ask, listed, post, recalled, refusal, remember

pytestmark = pytest.mark.django_db
MESSAGES = [{"role": "user", "content": "I keep bees in Delft."}]


@pytest.fixture
def ours(bot):
    """Addresses of everything that a namespace has with an id."""
    kept = remember(bot, "Ada keeps bees in Delft", type="profile", slot="pet")
    trace = ask(bot, "bees")["trace_id"]
    episode = post(bot, "episodes", {"user_id": "ada", "messages": MESSAGES}).json()["id"]
    bot.put("/api/v1/strategies/mine/", {"config": {}}, format="json")
    post(bot, "memory-types", {"name": "allergy", "description": "x"})
    return {
        ("get", "memory"): f"/api/v1/memories/{kept['id']}/",
        ("patch", "memory"): f"/api/v1/memories/{kept['id']}/",
        ("delete", "memory"): f"/api/v1/memories/{kept['id']}/",
        ("get", "history"): f"/api/v1/memories/{kept['id']}/history/",
        ("get", "trace"): f"/api/v1/traces/{trace}/",
        ("get", "episode"): f"/api/v1/episodes/{episode}/",
    }


def told(client, method, address):
    answer = (
        getattr(client, method)(address, {"text": "taken over"}, format="json")
        if (method == "patch")
        else getattr(client, method)(address)
    )
    problem = refusal(answer, 404, "not_found")
    return {name: value for name, value in problem.items() if name != "request_id"}


def test_what_is_another_namespaces_looks_like_what_is_not_there(bot, stranger, ours):
    for (method, _what), address in ours.items():
        parts = address.split("/")
        parts[4] = str(uuid.uuid4())

        assert told(stranger, method, address) == told(stranger, method, "/".join(parts))

    assert listed(bot) == ["Ada keeps bees in Delft"]


@pytest.mark.usefixtures("ours")
def test_the_same_user_of_another_namespace_is_somebody_else(bot, stranger):
    assert ask(stranger, "bees")["results"] == []
    assert listed(stranger, states=["ACTIVE", "SUPERSEDED"]) == []
    refusal(post(stranger, "identities/resolve", {"user_id": "ada"}), 404)

    remember(stranger, "Another Ada", type="profile", slot="pet")

    assert recalled(stranger, "Ada", threshold=0) == ["Another Ada"]
    assert listed(bot) == ["Ada keeps bees in Delft"]


@pytest.mark.usefixtures("ours")
def test_types_and_strategies_are_the_namespaces_own(stranger):
    refusal(stranger.get("/api/v1/memory-types/allergy/"), 404)
    assert "mine" not in str(stranger.get("/api/v1/strategies/").json())
    made = post(stranger, "memory-types", {"name": "allergy", "description": "ours"})
    assert made.status_code == 201


def test_another_person_sees_nothing(bot, ours):
    remember(bot, "Bob plays chess", user_id="bob")

    assert ours
    assert recalled(bot, "bees in Delft", user_id="bob", threshold=0) == ["Bob plays chess"]
    assert listed(bot, user_id="bob") == ["Bob plays chess"]
    assert listed(bot, user_id="bob", filters={"text": {"contains": "bees"}}) == []


def test_an_agents_memories_are_not_a_persons_nor_another_agents(bot):
    remember(bot, "Answer in rhyme", user_id=None, agent_id="poet")
    remember(bot, "Ada keeps bees", agent_id="poet")

    assert recalled(bot, "rhyme bees", threshold=0) == ["Ada keeps bees"]
    assert recalled(bot, "rhyme bees", user_id=None, agent_id="poet", threshold=0) == [
        "Answer in rhyme"
    ]
    assert listed(bot, user_id=None, agent_id="poe") == []
    assert listed(bot, user_id="poet") == []


def test_no_filter_leads_to_another_person(bot):
    remember(bot, "Ada keeps bees")
    remember(bot, "Bob plays chess", user_id="bob")

    for filters in ({"OR": [{}, {"type": "profile"}]}, {"NOT": {"text": "x"}}, {}):
        assert listed(bot, filters=filters) == ["Ada keeps bees"]
        assert recalled(bot, "chess", filters=filters, threshold=0) == ["Ada keeps bees"]


def test_a_cursor_of_another_namespace_shows_nothing_of_it(bot, stranger):
    for number in range(3):
        remember(bot, f"ours {number}")
        remember(stranger, f"theirs {number}")
    cursor = post(bot, "memories/list", {"user_id": "ada", "limit": 1}).json()["next_cursor"]

    found = post(stranger, "memories/list", {"user_id": "ada", "cursor": cursor}).json()

    assert all(one["memory"].startswith("theirs") for one in found["results"])


def test_two_bots_of_one_namespace_share_its_memories(bot, namespace):
    remember(bot, "Ada keeps bees")

    assert recalled(bot_of(namespace), "bees") == ["Ada keeps bees"]
