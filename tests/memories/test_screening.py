"""What the screen does to statements and messages, by settings, policies and rules."""

import pytest
from django.utils import timezone

from governance import access, memory_types
from governance.audit import SYSTEM, Action
from governance.models import AuditEvent, Namespace
from memories import counts, never_rules, screening
from memories.models import Episode, Memory
from memories.never_rules import Wanted
from tests.conftest import bot_of, make_namespace
from tests.memories.api.talk import ask, listed, post, refusal, remember, remember_all

pytestmark = pytest.mark.django_db
PASSWORD = "hunter2"


def policy(namespace, kind="interaction", **screening_):
    found = memory_types.named(kind, namespace_id=namespace.pk)
    memory_types.change(found, fields={"screening": screening_}, actor=SYSTEM, now=timezone.now())


def forbid(namespace, kind, value, subject_id=None):
    rule, _ = never_rules.add(
        Wanted(kind, value, subject_id), namespace_id=namespace.pk, actor=SYSTEM, now=timezone.now()
    )
    return rule


def kept(namespace):
    with access.scope(namespace.pk):
        return list(Memory.objects.select_related("type").order_by("pk"))


def counted(namespace):
    with access.scope(namespace.pk):
        found = counts.since(timezone.now().date(), namespace_id=namespace.pk)
    return {name: n for name, n in found.items() if name.startswith(("screen.", "never."))}


def refusals(namespace):
    with access.scope(namespace.pk):
        return [
            event.details
            for event in AuditEvent.objects.filter(action=Action.CONTENT_REFUSED.value)
        ]


def episode(bot, *contents, **fields):
    messages = [{"role": "user", "content": content} for content in contents]
    return post(bot, "episodes", {"user_id": "ada", "messages": messages, **fields})


def messages_of(namespace):
    with access.scope(namespace.pk):
        return [message["content"] for message in Episode.objects.latest("pk").messages]


def test_a_secret_in_a_statement_is_masked_before_it_is_kept(bot, namespace):
    outcome = remember(bot, f"my password is {PASSWORD}, and I keep bees")

    assert outcome["event"] == "ADD"
    assert listed(bot) == ["my password is [password], and I keep bees"]
    assert counted(namespace) == {"screen.password": 1}
    assert refusals(namespace) == [{"screen.password": 1}]


def test_a_secret_is_masked_wherever_it_stands(bot, namespace):
    remember(
        bot,
        "x",
        data={"note": {"wifi_password": PASSWORD, "list": [f"pwd: {PASSWORD}1"]}, "pin": 4821},
        metadata={"api": "SECRET_KEY=abcDEF123456ghij"},
        categories=[f"pwd: {PASSWORD}1"],
        speaker=f"pwd: {PASSWORD}1",
    )

    (memory,) = kept(namespace)
    assert memory.data == {
        "note": {"wifi_password": "[password]", "list": ["pwd: [password]"]},
        "pin": "[pin]",
    }
    assert memory.metadata == {"api": "SECRET_KEY=[api_key]"}
    assert memory.categories == ["pwd: [password]"]
    assert memory.speaker == "pwd: [password]"


def test_a_slot_that_says_so_makes_its_value_a_secret(bot, namespace):
    remember(bot, "", type="profile", slot="wifi_password", data={"value": PASSWORD})

    (memory,) = kept(namespace)
    assert memory.data == {"value": "[password]"}
    assert memory.text == "wifi password: [password]"


def test_a_vector_of_the_words_before_is_not_kept(bot, namespace):
    vector = [0.0] * 383 + [1.0]
    remember(bot, f"my password is {PASSWORD}", vector=vector)
    remember(bot, "I keep bees", vector=vector)

    with access.scope(namespace.pk):
        first, second = (
            memory.memoryindex_set.get().vector for memory in Memory.objects.order_by("pk")
        )
    assert list(second)[383] == 1.0
    assert list(first)[383] != 1.0


def test_messages_names_and_metadata_of_an_episode_are_masked(bot, namespace):
    answer = post(
        bot,
        "episodes",
        {
            "user_id": "ada",
            "messages": [{"role": "user", "content": f"my password is {PASSWORD}", "name": "Ada"}],
            "metadata": {"password": PASSWORD},
        },
    )

    assert answer.status_code == 202
    assert messages_of(namespace) == ["my password is [password]"]
    with access.scope(namespace.pk):
        assert Episode.objects.get().metadata == {"password": "[password]"}
    assert counted(namespace) == {"screen.password": 2}


@pytest.fixture
def strict(db):
    return make_namespace(secrets="refuse")


def test_a_namespace_may_refuse_secrets_and_names_the_field(strict):
    answer = episode(bot_of(strict), "I keep bees", f"my password is {PASSWORD}")

    problem = refusal(answer, 400, "secret_refused")
    assert [error["field"] for error in problem["errors"]] == ["messages[1].content"]
    assert "without" in problem["errors"][0]["message"]
    assert PASSWORD not in answer.content.decode()
    with access.scope(strict.pk):
        assert not Episode.objects.exists()
    assert counted(strict) == {"screen.refused_secret": 1}


def test_a_refused_statement_names_its_place(strict):
    body = {
        "memories": [{"user_id": "ada", "text": "bees"}, {"user_id": "ada", "text": "PIN 4821"}]
    }

    problem = refusal(post(bot_of(strict), "memories", body), 400, "secret_refused")

    assert [error["field"] for error in problem["errors"]] == ["memories[1].text"]
    assert kept(strict) == []


def test_a_refusal_repeats_no_secret_that_names_a_field(strict):
    key = "sk-" + "a1B2" * 12
    body = {"user_id": "ada", "text": "x", "metadata": {key: {key: f"pwd: {PASSWORD}1"}}}

    answer = post(bot_of(strict), "memories", body)

    assert answer.status_code == 400
    assert key not in answer.content.decode()


def test_personal_data_is_tagged_by_itself(bot, namespace):
    remember(bot, "mail me at ada@example.com")

    (memory,) = kept(namespace)
    assert memory.text == "mail me at ada@example.com"
    assert (memory.categories, memory.sensitivity) == (["personal:email_address"], "personal")
    assert counted(namespace) == {}


def test_a_policy_redacts_in_text_data_and_metadata(bot, namespace):
    policy(namespace, EMAIL_ADDRESS="redact")
    policy(namespace, "profile", EMAIL_ADDRESS="allow")

    remember(bot, "mail ada@example.com", data={"m": "ada@example.com"}, metadata={"m": "b@c.de"})
    remember(bot, "mail ada@example.com", type="profile")

    first, second = kept(namespace)
    assert first.text == "mail [email_address]"
    assert (first.data, first.metadata) == ({"m": "[email_address]"}, {"m": "[email_address]"})
    assert (second.text, second.categories) == ("mail ada@example.com", [])


def test_what_was_redacted_is_known_again(bot, namespace):
    policy(namespace, personal="redact")

    first = remember(bot, "mail ada@example.com")
    again = remember(bot, "mail eve@example.com")

    assert (again["event"], again["id"]) == ("REINFORCE", first["id"])


def test_a_policy_rejects_one_statement_and_keeps_the_others(bot, namespace):
    policy(namespace, EMAIL_ADDRESS="reject")

    refused, added = remember_all(bot, [{"text": "mail ada@example.com"}, {"text": "I keep bees"}])

    assert (refused["event"], refused["reason"], refused["id"]) == (
        "IGNORE",
        "rejected_by_policy:EMAIL_ADDRESS",
        None,
    )
    assert added["event"] == "ADD"
    assert listed(bot) == ["I keep bees"]


def test_a_refusal_is_told_again_to_who_asks_twice(bot, namespace):
    policy(namespace, EMAIL_ADDRESS="reject")
    body = {"user_id": "ada", "text": "mail ada@example.com"}

    first = post(bot, "memories", body, HTTP_IDEMPOTENCY_KEY="a")
    again = post(bot, "memories", body, HTTP_IDEMPOTENCY_KEY="a")

    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert counted(namespace) == {"screen.EMAIL_ADDRESS": 1}


def test_nobody_is_met_by_a_statement_that_is_refused(bot, namespace):
    policy(namespace, EMAIL_ADDRESS="reject")

    remember(bot, "mail ada@example.com")

    answer = post(bot, "identities/resolve", {"user_id": "ada"})
    assert answer.status_code == 404


def test_a_special_category_waits_for_a_person(bot, namespace):
    remember(bot, "I have diabetes")

    (memory,) = kept(namespace)
    assert (memory.state, memory.sensitivity) == ("QUARANTINED", "special")
    assert memory.categories == ["special:health"]
    assert ask(bot, "diabetes", threshold=0)["results"] == []
    assert counted(namespace) == {"screen.special.health": 1}


@pytest.mark.parametrize(("said", "categories"), [("tag", ["special:health"]), ("allow", [])])
def test_a_types_policy_declares_the_basis(bot, namespace, said, categories):
    policy(namespace, special=said)

    remember(bot, "I have diabetes")

    (memory,) = kept(namespace)
    assert (memory.state, memory.categories) == ("ACTIVE", categories)


def test_the_strictest_of_several_findings_counts(bot, namespace):
    policy(namespace, personal="reject", HEALTH="tag")

    outcome = remember(bot, "I have diabetes, mail ada@example.com")

    assert outcome["reason"] == "rejected_by_policy:EMAIL_ADDRESS"


def test_what_no_type_may_keep_is_redacted_in_messages(bot, namespace):
    for kind in ("profile", "preference", "interaction", "task_state"):
        policy(namespace, kind, PHONE_NUMBER="redact")

    episode(bot, "call +49 170 1234567 or mail ada@example.com")

    assert messages_of(namespace) == ["call [phone_number] or mail ada@example.com"]


def test_what_one_type_may_keep_stays_in_messages(bot, namespace):
    policy(namespace, PHONE_NUMBER="redact")

    episode(bot, "call +49 170 1234567")

    assert messages_of(namespace) == ["call +49 170 1234567"]


def test_a_forbidden_word_takes_its_sentence_out_of_messages(bot, namespace):
    rule = forbid(namespace, "word", "Tim")

    episode(bot, "I keep bees. Tim left me. We moved.")

    assert messages_of(namespace) == ["I keep bees. [not remembered] We moved."]
    assert counted(namespace) == {"never.word": 1}
    rule = never_rules.get(rule.pk, namespace_id=namespace.pk)
    assert (rule.hits, rule.last_hit_at is not None) == (1, True)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("word", "bee"), ("pattern", "b[e]+s"), ("type", "interaction"), ("category", "insects")],
)
def test_a_forbidden_statement_is_not_kept(bot, namespace, kind, value):
    rule = forbid(namespace, kind, value)

    outcome = remember(bot, "I keep bees", categories=["insects"])

    assert (outcome["event"], outcome["reason"]) == ("IGNORE", f"never:{kind}")
    assert kept(namespace) == []
    assert counted(namespace) == {f"never.{kind}": 1}
    assert never_rules.get(rule.pk, namespace_id=namespace.pk).hits == 1


def test_a_forbidden_category_is_found_by_what_is_said(bot, namespace):
    forbid(namespace, "category", "health")
    policy(namespace, special="tag")

    outcome = remember(bot, "I have diabetes")
    episode(bot, "I keep bees. I have diabetes.")

    assert outcome["reason"] == "never:category"
    assert messages_of(namespace) == ["I keep bees. [not remembered]"]


def test_a_persons_rule_holds_for_that_person_only(bot, namespace):
    remember(bot, "x", user_id="ada")
    (memory,) = kept(namespace)
    forbid(namespace, "word", "Tim", subject_id=memory.subject_id)

    mine, other = remember_all(bot, [{"text": "Tim left"}, {"text": "Tim left", "user_id": "bob"}])

    assert (mine["event"], other["event"]) == ("IGNORE", "ADD")


def test_a_draft_that_rests_on_a_masked_secret_is_refused(namespace):
    from memories.drafts import Draft, Place  # noqa: PLC0415

    kind = memory_types.named("profile", namespace_id=namespace.pk)
    with access.scope(namespace.pk):
        screen = screening.load(Namespace.objects.get(pk=namespace.pk), subject_id=None)

    def draft(text, episode_id, **fields):
        place = Place(episode_id=episode_id)
        return Draft(kind, text, trust=2, valid_from=timezone.now(), place=place, **fields)

    drafts = [
        draft("My password is [password]", namespace.pk),
        draft("I keep bees", namespace.pk, data={"value": "[password]"}),
        draft("I keep [not remembered]", namespace.pk),
        draft("I keep bees", namespace.pk),
        draft("My password is [password]", None),
    ]

    judged = screening.judge(drafts, screen)

    assert judged.refused == [(0, "holds_secret"), (1, "holds_secret"), (2, "holds_secret")]
    assert judged.kept == drafts[3:]


def test_the_trace_of_a_question_holds_no_secret(bot, namespace):
    told = ask(
        bot, f"is my password {PASSWORD}? it is: pwd: {PASSWORD}", filters={"text": "PIN 4821"}
    )

    trace = bot.get(f"/api/v1/traces/{told['trace_id']}/").json()

    assert "[password]" in trace["asked"]["query"]
    assert trace["asked"]["filters"] == {"text": "PIN [pin]"}


def test_a_name_that_says_so_makes_any_word_a_secret(bot, namespace):
    remember(
        bot,
        "I keep bees",
        data={"pw": "zzz9zzz", "card_pin": 4821},
        metadata={"secret": "opensesame1", "secret_note": "we met in Rome"},
    )

    (memory,) = kept(namespace)
    assert memory.data == {"pw": "[password]", "card_pin": "[pin]"}
    assert memory.metadata == {"secret": "[secret]", "secret_note": "we met in Rome"}


def test_an_answer_that_is_only_a_password_is_masked(bot, namespace):
    said = ["What is your password?", "Tr0ub4dor&3x", "Where do you live?", "Delft"]
    turns = [
        {"role": role, "content": content}
        for role, content in zip(["assistant", "user"] * 2, said, strict=True)
    ]

    post(bot, "episodes", {"user_id": "ada", "messages": turns})

    assert messages_of(namespace) == [said[0], "[password]", *said[2:]]
    assert counted(namespace) == {"screen.password": 1}


def test_a_namespace_that_refuses_secrets_refuses_such_an_answer(strict):
    turns = [
        {"role": "assistant", "content": "What is your password?"},
        {"role": "user", "content": "Tr0ub4dor&3x"},
    ]

    answer = post(bot_of(strict), "episodes", {"user_id": "ada", "messages": turns})

    assert answer.status_code == 400
    assert "messages[1].content" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "category"),
    [
        ({"text": "HIV+"}, "special:health"),
        ({"text": "Diagnosis: HIV positive"}, "special:health"),
        ({"text": "x", "data": {"diagnosis": "HIV positive"}}, "special:health"),
        ({"text": "x", "data": {"health": {"conditions": ["diabetes"]}}}, "special:health"),
        ({"text": "", "type": "profile", "slot": "religion", "data": {"value": "Muslim"}},
         "special:religion"),
    ],
)  # fmt: skip
def test_names_and_bare_words_tell_a_special_category(bot, namespace, fields, category):
    remember(bot, **fields)

    (memory,) = kept(namespace)
    assert (memory.sensitivity, memory.state) == ("special", "QUARANTINED")
    assert category in memory.categories


def test_a_field_of_a_redacted_category_keeps_its_name(bot, namespace):
    policy(namespace, HEALTH="redact")

    remember(bot, "I keep bees", data={"diagnosis": "HIV positive"})

    (memory,) = kept(namespace)
    assert memory.data == {"diagnosis": "[health]"}


def test_a_slot_that_is_a_key_is_refused(bot, namespace):
    key = "hf_" + "abcdefghij7" * 3

    answer = post(bot, "memories", {"user_id": "ada", "text": "x", "slot": key, "type": "profile"})

    assert answer.status_code == 400
    assert key not in answer.content.decode()
    assert kept(namespace) == []
