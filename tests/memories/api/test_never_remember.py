"""Never-remember rules over HTTP: whose, by which right, and what they refuse."""

import pytest

from governance import access
from governance.audit import Action
from governance.models import AuditEvent
from governance.rules.scopes import BOT_SCOPES, Scope
from memories import never_rules
from tests.conftest import bot_of
from tests.memories.api.talk import listed, post, refusal, refused_fields, remember

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/never-remember/"


def forbid(bot, kind="word", value="Tim", **fields):
    answer = post(bot, "never-remember", {"kind": kind, "value": value, **fields})
    assert answer.status_code == 201, answer.content
    return answer.json()


def rules(bot, **query):
    answer = bot.get(ADDRESS, query)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def actions(namespace):
    with access.scope(namespace.pk):
        return [
            (event.action, event.details)
            for event in AuditEvent.objects.filter(action__startswith="never_rule").order_by("pk")
        ]


def test_a_rule_for_everybody_holds_from_the_next_request_on(bot, namespace):
    rule = forbid(bot)

    outcome = remember(bot, "Tim left me")

    assert (rule["kind"], rule["value"], rule["subject_id"], rule["hits"]) == (
        "word",
        "Tim",
        None,
        0,
    )
    assert outcome["reason"] == "never:word"
    (told,) = rules(bot)
    assert (told["id"], told["hits"]) == (rule["id"], 1)
    assert told["last_hit_at"]
    assert actions(namespace) == [(Action.NEVER_RULE_ADDED, {"kind": "word", "personal": False})]


def test_a_persons_rule_holds_for_them_before_anything_is_known_of_them(bot):
    rule = forbid(bot, user_id="ada")

    assert rule["subject_id"]
    assert remember(bot, "Tim left", user_id="ada")["event"] == "IGNORE"
    assert remember(bot, "Tim left", user_id="bob")["event"] == "ADD"
    assert [one["id"] for one in rules(bot, user_id="ada")] == [rule["id"]]
    assert rules(bot, user_id="bob") == rules(bot) == rules(bot, user_id="nobody") == []


def test_a_person_may_be_named_by_an_identity(bot):
    rule = forbid(bot, identity={"channel": "mail", "id": "a@b.de"})

    assert [one["id"] for one in rules(bot, channel="mail", id="a@b.de")] == [rule["id"]]


def test_a_rule_that_is_taken_away_holds_no_more(bot, namespace):
    rule = forbid(bot)

    answer = bot.delete(f"{ADDRESS}{rule['id']}/")

    assert (answer.status_code, answer.json()) == (200, {"id": rule["id"], "removed": True})
    assert rules(bot) == []
    assert remember(bot, "Tim left")["event"] == "ADD"
    assert actions(namespace)[-1][0] == Action.NEVER_RULE_REMOVED
    refusal(bot.delete(f"{ADDRESS}{rule['id']}/"), 404, "not_found")


def test_what_is_kept_stays_when_a_rule_comes(bot):
    remember(bot, "Tim left")

    forbid(bot)

    assert listed(bot) == ["Tim left"]


def test_the_same_rule_twice_is_one(bot, namespace):
    first = forbid(bot)

    again = post(bot, "never-remember", {"kind": "word", "value": " Tim "})

    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert len(actions(namespace)) == 1


def test_a_request_that_comes_again_is_answered_as_before(bot):
    body = {"kind": "word", "value": "Tim"}

    first = post(bot, "never-remember", body, HTTP_IDEMPOTENCY_KEY="a")
    again = post(bot, "never-remember", body, HTTP_IDEMPOTENCY_KEY="a")

    assert (again.status_code, again.json()) == (201, first.json())


@pytest.mark.parametrize(
    ("kind", "value", "remedy"),
    [
        ("pattern", "(", "no regular expression"),
        ("pattern", "(a+)+$", "too long"),
        ("pattern", "((a{9999}){9999}){9999}", "repeats too much"),
        ("pattern", "x*", "empty text"),
        ("word", "...", "letter"),
        ("type", "novel", "Use one of: interaction"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_the_remedy(bot, kind, value, remedy):
    problem = refusal(post(bot, "never-remember", {"kind": kind, "value": value}), 400)

    assert problem["errors"][0]["field"] == "value"
    assert remedy in problem["errors"][0]["message"]
    assert rules(bot) == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "word"}, "value"),
        ({"value": "Tim"}, "kind"),
        ({"kind": "mood", "value": "Tim"}, "kind"),
        ({"kind": "word", "value": "x" * 201}, "value"),
        ({"kind": "word", "value": "Tim", "subject": "ada"}, "subject"),
        ({"kind": "word", "value": "Tim", "identity": {"channel": "mail"}}, "identity.id"),
    ],
)
def test_a_body_that_does_not_fit_names_the_field(bot, body, field):
    assert refused_fields(post(bot, "never-remember", body)) == [field]


def test_half_an_identity_lists_nothing(bot):
    assert refused_fields(bot.get(ADDRESS, {"channel": "mail"})) == ["channel"]


def test_a_rule_too_many_is_refused(bot, monkeypatch):
    monkeypatch.setattr(never_rules, "MOST_OF_A_PERSON", 1)
    forbid(bot, user_id="ada")

    answer = post(bot, "never-remember", {"kind": "word", "value": "Tom", "user_id": "ada"})

    refusal(answer, 413, "too_large")
    forbid(bot, value="Tom")


def test_a_bot_may_rule_for_a_person_and_not_for_everybody(bot, namespace):
    everybodys = forbid(bot)
    plain = bot_of(namespace, BOT_SCOPES)

    mine = forbid(plain, user_id="ada")
    problem = refusal(post(plain, "never-remember", {"kind": "word", "value": "x"}), 403)

    assert "settings:write" in problem["detail"]
    assert [one["id"] for one in rules(plain, user_id="ada")] == [mine["id"]]
    refusal(plain.get(ADDRESS), 403, "scope_missing")
    refusal(plain.delete(f"{ADDRESS}{everybodys['id']}/"), 403, "scope_missing")
    assert plain.delete(f"{ADDRESS}{mine['id']}/").status_code == 200
    assert [one["id"] for one in rules(bot)] == [everybodys["id"]]


def test_who_configures_may_not_thereby_read_of_a_person(namespace):
    configuring = bot_of(namespace, [Scope.CONFIGURE, Scope.READ_SETTINGS])

    refusal(configuring.get(ADDRESS, {"user_id": "ada"}), 403, "scope_missing")
    refusal(
        post(configuring, "never-remember", {"kind": "word", "value": "x", "user_id": "ada"}), 403
    )


def test_another_namespace_sees_and_removes_nothing(bot, stranger):
    rule = forbid(bot)

    assert rules(stranger) == []
    refusal(stranger.delete(f"{ADDRESS}{rule['id']}/"), 404, "not_found")
    assert remember(stranger, "Tim left")["event"] == "ADD"
    assert len(rules(bot)) == 1


def test_a_rule_that_is_a_secret_is_refused(bot):
    key = "hf_" + "abcdefghij7" * 3

    answer = post(bot, "never-remember", {"kind": "word", "value": key})

    assert refused_fields(answer) == ["value"]
    assert key not in answer.content.decode()
    assert rules(bot) == []
