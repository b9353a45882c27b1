"""Golden cases and quality runs over HTTP: whole, apart from people, closed to strangers."""

import pytest
from django.core import mail

from governance import access
from governance.models import SubjectIdentity
from governance.rules.scopes import Scope
from memories import quality, tasks
from memories.models import GoldenCase, Memory, QualityRun, RecallTrace
from memories.rules.quality_counters import DEFINITIONS
from tests.conftest import bot_of
from tests.memories.api.talk import ask, listed, post, recalled, refusal, refused_fields, remember
from tests.memories.api.test_fuzz import damaged, fuzzed, is_answered
from tests.memories.test_golden import BEES, count
from tests.memories.test_quality import spoil

pytestmark = pytest.mark.django_db
WHOLE = {"name": "bees", "query": "Who keeps bees?", "must": ["bees"], "fixture": [BEES]}
CONTENT = ("name", "query", "must", "must_not", "fixture")


def add(bot, **fields):
    body = {key: value for key, value in {**WHOLE, **fields}.items() if value is not None}
    answer = post(bot, "golden-cases", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def measured(bot):
    answer = post(bot, "quality/run", {})
    assert answer.status_code == 200, answer.content
    return answer.json()


def patch(bot, case, **fields):
    return bot.patch(f"/api/v1/golden-cases/{case['id']}/", fields, format="json")


def test_a_case_is_added_read_changed_and_removed(bot):
    case = add(bot, must_not=["wasps"], strategy="lexical_only")
    address = f"/api/v1/golden-cases/{case['id']}/"

    assert bot.get(address).json() == case
    assert bot.get("/api/v1/golden-cases/").json() == {"results": [case]}
    assert {name: case[name] for name in ("name", "query", "must", "must_not", "fixture")} == {
        "name": "bees",
        "query": "Who keeps bees?",
        "must": ["bees"],
        "must_not": ["wasps"],
        "fixture": [BEES],
    }
    assert (case["about"], case["subject_id"], case["strategy"], case["active"]) == (
        "fixture", None, "lexical_only", True
    )  # fmt: skip
    changed = patch(bot, case, active=False, query="Who has hives?").json()
    assert changed == {**case, "active": False, "query": "Who has hives?"}
    assert bot.delete(address).json() == {"id": case["id"], "deleted": True}
    refusal(bot.get(address), 404, "not_found")
    refusal(bot.delete(address), 404, "not_found")


def test_a_case_about_a_person_takes_the_place_of_a_fixture(bot, namespace):
    kept = remember(bot, "Ada keeps bees")
    case = add(bot)
    measured(bot)

    changed = patch(bot, case, user_id="ada", must=[kept["id"]]).json()

    assert (changed["about"], changed["fixture"], changed["must"]) == ("subject", [], [kept["id"]])
    assert count(namespace, Memory) == 1
    back = patch(bot, case, fixture=[BEES], must=["bees"]).json()
    assert (back["about"], back["subject_id"]) == ("fixture", None)


def test_a_person_is_named_by_an_identity_too(bot):
    remember(bot, "Ada keeps bees", user_id=None, identity={"channel": "email", "id": "a@b.c"})

    case = add(bot, fixture=None, identity={"channel": "email", "id": "a@b.c"})

    assert case["about"] == "subject"
    assert measured(bot)["passed"] == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": None}, ["name"]),
        ({"query": " "}, ["query"]),
        ({"must": []}, ["must"]),
        ({"must": ["?!"]}, ["must[0]"]),
        ({"fixture": None}, ["fixture"]),
        ({"fixture": [{**BEES, "type": "nothing"}]}, ["fixture[0].type"]),
        ({"fixture": [{**BEES, "role": "user"}]}, ["fixture[0].role"]),
        ({"fixture": "bees"}, ["fixture"]),
        ({"user_id": "ada"}, ["fixture"]),
        ({"strategy": "unheard_of"}, ["strategy"]),
        ({"subject_id": "x"}, ["subject_id"]),
        ({"must": ["x" * 501]}, ["must[0]"]),
    ],
)
def test_what_cannot_be_used_is_named(bot, fields, wrong):
    remember(bot, "Ada keeps bees")
    body = {key: value for key, value in {**WHOLE, **fields}.items() if value is not None}

    found = refused_fields(post(bot, "golden-cases", body))

    assert found == wrong


def test_nothing_to_change_is_refused(bot):
    assert refused_fields(patch(bot, add(bot))) == ["name"]
    assert refused_fields(patch(bot, add(bot, name="x"), name="bees")) == ["name"]


def test_nobody_is_asked_about(bot):
    refusal(post(bot, "golden-cases", {**WHOLE, "fixture": [], "user_id": "nobody"}), 404)


def test_a_case_is_added_once(bot):
    for _ in range(2):
        answer = post(bot, "golden-cases", WHOLE, HTTP_IDEMPOTENCY_KEY="k")
        assert answer.status_code == 201

    assert answer["Idempotency-Replayed"] == "true"
    assert len(bot.get("/api/v1/golden-cases/").json()["results"]) == 1


def test_words_are_shown_to_keys_that_may_read_memories(bot, namespace):
    case = add(bot)
    blind = bot_of(namespace, (Scope.CONFIGURE, Scope.READ_SETTINGS))

    for shown in (
        blind.get(f"/api/v1/golden-cases/{case['id']}/").json(),
        blind.get("/api/v1/golden-cases/").json()["results"][0],
        patch(blind, case, active=False).json(),
        add(blind, name="other"),
    ):
        assert [shown[name] for name in CONTENT] == [None] * 5
        assert "bees" not in str(shown)


def test_without_the_right_to_read_nobody_asks_about_people(bot, namespace):
    kept = remember(bot, "Ada keeps bees")
    blind = bot_of(namespace, (Scope.CONFIGURE, Scope.READ_SETTINGS))
    about_ada = {**WHOLE, "fixture": [], "user_id": "ada"}
    hers = add(bot, fixture=None, user_id="ada")
    trace = ask(bot, "bees")["trace_id"]

    refusal(post(blind, "golden-cases", about_ada), 403, "scope_missing")
    refusal(patch(blind, hers, must=["wasps"]), 403, "scope_missing")
    refusal(patch(blind, add(bot, name="x"), user_id="ada"), 403, "scope_missing")
    refusal(post(blind, f"traces/{trace}/golden-case", {}), 403, "scope_missing")
    assert patch(blind, hers, active=False).status_code == 200
    assert kept


@pytest.mark.parametrize("scopes", [(Scope.READ_SETTINGS,), (Scope.READ, Scope.RECALL)])
def test_only_who_may_configure_changes_cases(bot, namespace, scopes):
    case = add(bot)
    other = bot_of(namespace, scopes)

    refusal(post(other, "golden-cases", {**WHOLE, "name": "x"}), 403, "scope_missing")
    refusal(patch(other, case, active=False), 403, "scope_missing")
    refusal(other.delete(f"/api/v1/golden-cases/{case['id']}/"), 403, "scope_missing")
    refusal(post(other, "quality/run", {}), 403, "scope_missing")
    allowed = Scope.READ_SETTINGS in scopes
    assert other.get("/api/v1/quality/").status_code == (200 if allowed else 403)
    assert other.get("/api/v1/golden-cases/").status_code == (200 if allowed else 403)


def test_a_stranger_finds_nothing(bot, stranger):
    remember(bot, "Ada keeps bees")
    case, trace = add(bot), ask(bot, "bees")["trace_id"]
    measured(bot)
    address = f"/api/v1/golden-cases/{case['id']}/"

    assert stranger.get("/api/v1/golden-cases/").json() == {"results": []}
    assert stranger.get("/api/v1/quality/").json()["runs"] == []
    refusal(stranger.get(address), 404)
    refusal(stranger.patch(address, {"active": False}, format="json"), 404)
    refusal(stranger.delete(address), 404)
    refusal(post(stranger, f"traces/{trace}/golden-case", {}), 404)
    assert add(stranger)["name"] == "bees"
    assert bot.get(address).json() == case


def test_a_recall_becomes_a_case(bot):
    kept = remember(bot, "Ada keeps bees")
    trace = ask(bot, "Who keeps bees?")["trace_id"]

    answer = post(bot, f"traces/{trace}/golden-case", {})

    case = answer.json()
    assert answer.status_code == 201
    assert (case["query"], case["must"], case["trace_id"]) == (
        "Who keeps bees?", [kept["id"]], trace
    )  # fmt: skip
    assert measured(bot)["passed"] == 1
    assert refused_fields(post(bot, f"traces/{trace}/golden-case", {})) == ["name"]
    chosen = {"name": "again", "must": ["bees"], "must_not": ["wasps"]}
    again = post(bot, f"traces/{trace}/golden-case", chosen).json()
    assert {name: again[name] for name in chosen} == chosen


def test_a_run_is_answered_at_once_and_kept(bot):
    add(bot)
    add(bot, name="bad", must=["wasps"])

    found = measured(bot)

    assert (found["cases"], found["passed"], found["score"], found["fell"]) == (2, 1, 0.5, False)
    assert [one["unmet"] for one in found["results"]] == [[], ["must[0]"]]
    overview = bot.get("/api/v1/quality/").json()
    assert overview["runs"] == [found]
    assert overview["cases"] == {"total": 2, "active": 2}
    assert set(overview["definitions"]) == set(found["counters"]) == set(DEFINITIONS)


def test_the_last_runs_come_newest_first(bot):
    add(bot)
    ids = [measured(bot)["id"] for _ in range(3)]

    shown = bot.get("/api/v1/quality/?limit=2").json()["runs"]

    assert [one["id"] for one in shown] == [ids[2], ids[1]]
    for limit in ("0", "101", "many"):
        assert refused_fields(bot.get(f"/api/v1/quality/?limit={limit}")) == ["limit"]
    assert refused_fields(bot.get("/api/v1/quality/?last=2")) == ["last"]


def test_a_run_is_done_once(bot, namespace):
    add(bot)
    for _ in range(2):
        answer = post(bot, "quality/run", {}, HTTP_IDEMPOTENCY_KEY="k")
        assert answer.status_code == 200

    assert count(namespace, QualityRun) == 1


def test_more_cases_than_a_caller_waits_for_are_left_to_a_worker(
    bot, namespace, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(quality, "AT_ONCE", 1)
    started = []
    monkeypatch.setattr(tasks.measure_quality_of, "delay", lambda **given: started.append(given))
    add(bot)
    add(bot, name="other")

    with django_capture_on_commit_callbacks(execute=True):
        answer = post(bot, "quality/run", {})

    assert answer.status_code == 202
    assert answer.json() == {"status": "started", "result_url": "/api/v1/quality/"}
    assert started == [{"namespace": str(namespace.pk)}]
    assert count(namespace, QualityRun) == 0


def test_a_fall_that_a_caller_finds_is_told_too(
    bot, namespace, settings, django_capture_on_commit_callbacks
):
    settings.ALERT_EMAILS = ["ops@example.org"]
    case = add(bot)
    measured(bot)
    with access.scope(namespace.pk):
        spoil(GoldenCase.objects.get(pk=case["id"]))

    with django_capture_on_commit_callbacks(execute=True):
        assert measured(bot)["fell"] is True

    assert len(mail.outbox) == 1


def test_a_run_leaves_no_trace(bot, namespace):
    add(bot)

    measured(bot)

    assert count(namespace, RecallTrace) == 0


def test_nobody_reaches_a_fixture_by_its_identity(bot, namespace):
    case = add(bot)
    measured(bot)
    remember(bot, "Ada grows tulips")
    golden = {"channel": "golden", "id": case["id"]}

    for name, body in (
        ("recall", {"query": "bees", "identity": golden}),
        ("memories", {"text": "wasps", "identity": golden}),
        ("memories/list", {"identity": golden}),
        ("episodes", {"messages": [{"role": "user", "content": "x"}], "identity": golden}),
        ("identities/resolve", {"identity": golden}),
        ("identities/link", {"identity": golden, "to": {"user_id": "ada"}, "evidence": {"a": 1}}),
        ("identities/link", {"user_id": "ada", "to": {"identity": golden}, "evidence": {"a": 1}}),
        ("identities/unlink", {"identity": golden}),
    ):
        field = "to.identity.channel" if "to" in body and "user_id" in body else "identity.channel"
        assert refused_fields(post(bot, name, body)) == [field], name
    assert recalled(bot, "bees", threshold=0) == ["Ada grows tulips"]
    assert listed(bot) == ["Ada grows tulips"]
    # The case's id is an ordinary name on every other channel.
    assert listed(bot, user_id=case["id"]) == []
    with access.scope(namespace.pk):
        assert SubjectIdentity.objects.filter(channel="golden").count() == 1


ANY = {
    **WHOLE,
    "strategy": "default",
    "active": True,
    "must_not": ["wasps"],
    "fixture": [{**BEES, "slot": "hobby", "data": {"value": "bees"}}],
}


@fuzzed
def test_any_case_is_answered_and_can_be_asked(bot, data):
    body = data.draw(damaged(ANY))

    def add_and_ask():
        made = post(bot, "golden-cases", body)
        return post(bot, "quality/run", {}) if made.status_code == 201 else made

    is_answered(add_and_ask)


@fuzzed
def test_any_change_of_a_case_is_answered(bot, data):
    found = bot.get("/api/v1/golden-cases/").json()["results"]
    case = found[0] if found else add(bot)
    body = data.draw(damaged({**ANY, "user_id": "ada"}))

    is_answered(lambda: bot.patch(f"/api/v1/golden-cases/{case['id']}/", body, format="json"))
