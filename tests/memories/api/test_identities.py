"""One person, several identities: linked, recalled across, parted again."""

import pytest
from django.utils import timezone

from governance import access
from governance.models import AuditEvent, Subject, SubjectIdentity
from memories import extraction
from memories.models import Memory
from tests.memories.api.talk import listed, post, recalled, refusal, refused_fields, remember

pytestmark = pytest.mark.django_db
MAIL = {"channel": "email", "id": "ada@example.org"}


def link(bot, who, to, **evidence):
    return post(
        bot,
        "identities/link",
        {"user_id": who, "to": {"user_id": to}, "evidence": evidence or {"kind": "sign_in"}},
    )


def unlink(bot, who):
    return post(bot, "identities/unlink", {"user_id": who})


def resolve(bot, **who):
    return post(bot, "identities/resolve", who).json()


def city(bot, who, name, month=None):
    since = {"valid_from": f"2025-{month:02}-01T00:00:00Z"} if month else {}
    return remember(bot, f"lives in {name}", user_id=who, type="profile", slot="city", **since)


def cities(bot, who, *states):
    return listed(bot, user_id=who, types=["profile"], states=list(states))


def test_an_identity_on_a_channel_leads_to_a_person(bot):
    remember(bot, "Ada keeps bees", user_id=None, identity=MAIL)

    assert recalled(bot, "bees", user_id=None, identity=MAIL) == ["Ada keeps bees"]
    assert resolve(bot, identity=MAIL)["identities"] == [{**MAIL, "linked_at": None}]
    assert recalled(bot, "bees", user_id=MAIL["id"]) == []


def test_what_came_by_both_is_recalled_by_either(bot):
    remember(bot, "Ada keeps bees", user_id="web")
    remember(bot, "Ada plays the cello", user_id="phone")

    linked = link(bot, "phone", "web")

    assert linked.status_code == 200
    assert [one["id"] for one in linked.json()["identities"]] == ["web", "phone"]
    for who in ("web", "phone"):
        assert set(listed(bot, user_id=who)) == {"Ada keeps bees", "Ada plays the cello"}
        assert recalled(bot, "cello", user_id=who)[0] == "Ada plays the cello"
        assert recalled(bot, "bees", user_id=who)[0] == "Ada keeps bees"
    assert resolve(bot, user_id="phone")["subject_id"] == resolve(bot, user_id="web")["subject_id"]


def test_both_may_be_sent_together_once_they_are_linked(bot):
    remember(bot, "Ada keeps bees", user_id="ada")
    body = {"user_id": "ada", "identity": MAIL, "query": "bees"}
    refusal(post(bot, "recall", body), 409, "identity_ambiguous")

    post(bot, "identities/link", {"identity": MAIL, "to": {"user_id": "ada"}, "evidence": {"k": 1}})

    assert post(bot, "recall", body).json()["results"][0]["memory"] == "Ada keeps bees"


def test_identities_that_lead_apart_are_refused_and_nothing_is_written(bot, namespace):
    remember(bot, "one", user_id="ada")
    remember(bot, "two", user_id=None, identity=MAIL)
    both = {"user_id": "ada", "identity": MAIL}

    for name, body in (
        ("memories", {**both, "text": "three"}),
        ("episodes", {**both, "messages": [{"role": "user", "content": "x"}]}),
        ("recall", {**both, "query": "x"}),
        ("memories/list", both),
    ):
        refusal(post(bot, name, body), 409, "identity_ambiguous")
    with access.scope(namespace.pk):
        assert Memory.objects.count() == 2


def test_unlinking_gives_each_their_own_back(bot):
    remember(bot, "Ada keeps bees", user_id="web")
    remember(bot, "Ada plays the cello", user_id="phone")
    link(bot, "phone", "web")
    remember(bot, "said by phone while linked", user_id="phone")
    remember(bot, "said by web while linked", user_id="web")

    assert unlink(bot, "phone").status_code == 200

    assert listed(bot, user_id="web") == ["said by web while linked", "Ada keeps bees"]
    assert listed(bot, user_id="phone") == ["said by phone while linked", "Ada plays the cello"]
    assert recalled(bot, "cello", user_id="web", strategy="lexical_only") == []
    assert resolve(bot, user_id="web")["subject_id"] != resolve(bot, user_id="phone")["subject_id"]


def test_of_two_values_the_newer_is_current_and_unlinking_undoes_that(bot):
    city(bot, "web", "Delft", month=1)
    city(bot, "phone", "Lisbon", month=2)

    link(bot, "phone", "web")
    assert cities(bot, "web") == ["lives in Lisbon"]
    assert cities(bot, "web", "SUPERSEDED") == ["lives in Delft"]

    unlink(bot, "phone")
    assert cities(bot, "web") == ["lives in Delft"]
    assert cities(bot, "phone") == ["lives in Lisbon"]


def test_linking_brings_back_nothing_that_a_person_corrected(bot):
    wrong = city(bot, "web", "Delft", month=1)
    body = {"text": "lives in Lisbon"}
    bot.post(f"/api/v1/memories/{wrong['id']}/correct/", body, format="json")
    remember(bot, "lives in Delft", user_id="phone", type="profile", slot="city")

    link(bot, "phone", "web")
    assert cities(bot, "web") == ["lives in Lisbon"]

    unlink(bot, "phone")
    assert cities(bot, "web") == ["lives in Lisbon"]
    assert cities(bot, "phone") == ["lives in Delft"]


def test_linking_lets_nobody_who_is_trusted_less_replace_a_value(bot):
    city(bot, "web", "Delft", month=1)
    remember(bot, "lives in Oslo", user_id="phone", type="profile", slot="city", role="assistant")

    link(bot, "phone", "web")

    assert cities(bot, "web") == ["lives in Delft"]
    assert cities(bot, "web", "SUPERSEDED") == ["lives in Oslo"]


def test_unlinking_brings_no_words_back_under_those_of_another(bot):
    tea = remember(bot, "I like tea", user_id="phone")
    remember(bot, "I like chess", user_id="phone")
    remember(bot, "hello", user_id="web")
    link(bot, "phone", "web")
    bot.post(f"/api/v1/memories/{tea['id']}/correct/", {"text": "I like wine"}, format="json")

    unlink(bot, "phone")

    assert set(listed(bot, user_id="phone")) == {"I like wine", "I like chess"}


def test_each_keeps_the_last_value_of_its_own(bot):
    city(bot, "web", "Delft", month=1)
    city(bot, "phone", "Lisbon", month=2)
    link(bot, "phone", "web")
    city(bot, "web", "Oslo", month=3)
    city(bot, "phone", "Rome", month=4)

    unlink(bot, "phone")

    assert cities(bot, "web") == ["lives in Oslo"]
    assert cities(bot, "phone") == ["lives in Rome"]
    assert cities(bot, "web", "SUPERSEDED") == ["lives in Delft"]
    assert cities(bot, "phone", "SUPERSEDED") == ["lives in Lisbon"]


def test_values_that_came_late_part_too(bot):
    city(bot, "web", "Delft", month=9)
    link(bot, "phone", "web")
    city(bot, "phone", "Lisbon", month=1)
    city(bot, "phone", "Rome", month=2)

    assert unlink(bot, "phone").status_code == 200

    assert cities(bot, "phone") == ["lives in Rome"]
    assert cities(bot, "phone", "SUPERSEDED") == ["lives in Lisbon"]
    assert cities(bot, "web") == ["lives in Delft"]


def test_parting_does_not_bring_back_what_a_forgotten_value_had_replaced(bot):
    city(bot, "web", "Delft", month=1)
    link(bot, "phone", "web")
    city(bot, "phone", "Lisbon", month=2)
    oslo = city(bot, "web", "Oslo", month=3)
    bot.delete(f"/api/v1/memories/{oslo['id']}/")

    unlink(bot, "phone")

    assert cities(bot, "web") == []


def test_linked_again_and_the_other_way_round(bot):
    city(bot, "web", "Delft", month=1)
    city(bot, "phone", "Lisbon", month=2)
    for _ in range(2):
        assert link(bot, "phone", "web").status_code == 200
        assert unlink(bot, "phone").status_code == 200

    assert link(bot, "web", "phone").status_code == 200

    assert cities(bot, "web") == ["lives in Lisbon"]


def test_whoever_shares_a_subject_moves_along(bot):
    for who in ("web", "phone", "watch"):
        remember(bot, f"said by {who}", user_id=who)
    link(bot, "phone", "web")

    link(bot, "web", "watch")

    assert len(listed(bot, user_id="phone")) == 3
    assert len(resolve(bot, user_id="phone")["identities"]) == 3


def test_an_episode_that_waits_goes_where_its_identity_went(bot, namespace):
    remember(bot, "Ada keeps bees", user_id="web")
    episode = post(
        bot,
        "episodes",
        {"user_id": "phone", "messages": [{"role": "user", "content": "I live in Lisbon."}]},
    ).json()
    link(bot, "phone", "web")

    extraction.extract(episode["id"], namespace_id=namespace.pk, clock=timezone.now)

    assert any("Lisbon" in text for text in listed(bot, user_id="web"))


def test_a_link_says_why_and_is_audited_without_it(bot, namespace):
    link(bot, "phone", "web", kind="sign_in", ref="secret-session")

    with access.scope(namespace.pk):
        identity = SubjectIdentity.objects.get(external_id="phone")
        event = AuditEvent.objects.get(action="identity.linked")
    assert identity.evidence == {"kind": "sign_in", "ref": "secret-session"}
    assert "secret-session" not in str(event.details)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"user_id": "a", "to": {"user_id": "b"}}, "evidence"),
        ({"user_id": "a", "to": {"user_id": "b"}, "evidence": {}}, "evidence"),
        ({"user_id": "a", "to": {"user_id": "b"}, "evidence": "x"}, "evidence"),
        ({"user_id": "a", "evidence": {"k": 1}}, "to"),
        ({"user_id": "a", "to": {}, "evidence": {"k": 1}}, "to.identity"),
        ({"to": {"user_id": "b"}, "evidence": {"k": 1}}, "identity"),
        ({"user_id": "a", "to": "b", "evidence": {"k": 1}}, "to"),
    ],
)
def test_what_a_link_needs_is_named(bot, body, named):
    assert refused_fields(post(bot, "identities/link", body)) == [named]


def test_what_is_one_already_cannot_be_linked(bot, namespace):
    link(bot, "phone", "web")

    refusal(link(bot, "phone", "web"), 409, "identity_conflict")
    refusal(link(bot, "web", "phone"), 409, "identity_conflict")
    refusal(link(bot, "alone", "alone"), 409, "identity_conflict")
    with access.scope(namespace.pk):
        assert not SubjectIdentity.objects.filter(external_id="alone").exists()


def test_what_is_alone_cannot_be_parted(bot):
    remember(bot, "x", user_id="web")

    refusal(unlink(bot, "web"), 409, "identity_conflict")
    refusal(unlink(bot, "nobody"), 404, "not_found")


@pytest.mark.parametrize("state", ["RESTRICTED", "OPTED_OUT", "ERASING", "ERASED"])
def test_a_closed_subject_is_neither_linked_nor_parted(bot, namespace, state):
    link(bot, "phone", "web")
    remember(bot, "x", user_id="other")
    with access.scope(namespace.pk):
        Subject.objects.update(state=state)

    refusal(unlink(bot, "phone"), 403, "subject_not_accepting")
    refusal(link(bot, "other", "web"), 403, "subject_not_accepting")


def test_a_secret_in_the_evidence_of_a_link_is_not_kept(bot, namespace):
    remember(bot, "Ada keeps bees")
    token = "ghp_" + "a1B2c3D4e5F6" * 3

    linked = post(
        bot,
        "identities/link",
        {
            "identity": {"channel": "telegram", "id": "7"},
            "to": {"user_id": "ada"},
            "evidence": {"kind": "sign_in", "ref": token},
        },
    )

    assert linked.status_code == 200, linked.content
    with access.scope(namespace.pk):
        kept = SubjectIdentity.objects.get(channel="telegram").evidence
    assert kept["kind"] == "sign_in"
    assert token not in str(kept)
