"""Quality watch in the admin: cases by form and by one click, runs drawn, no word shown."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from governance import access, staff
from governance.models import AuditEvent
from governance.models.access import Role
from memories import golden_cases, quality, tasks
from memories.models import GoldenCase, Memory, QualityRun, RecallTrace
from memories.rules.quality_counters import DEFINITIONS
from tests.conftest import bot_of
from tests.governance.house import House, page
from tests.memories.api.talk import ask, remember
from tests.memories.test_golden import BEES, add, count, remove, run
from tests.memories.test_quality import spoil

pytestmark = pytest.mark.django_db
SECRET = "bees-in-delft"
CONFIGURING = (Role.OWNER, Role.NAMESPACE_ADMIN)


@pytest.fixture
def bakery(db):
    return House("bakery")


@pytest.fixture
def dairy(db):
    return House("dairy")


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root")


@pytest.fixture
def owner(bakery):
    return bakery.member(Role.OWNER)


def typed(house, **fields):
    """What is typed into the form."""
    whole = {
        "namespace": str(house.namespace.pk),
        "name": "bees",
        "query": "Who keeps bees?",
        "fixture": json.dumps([BEES]),
        "must": "bees\r\n\r\n  Ada Delft  \r\n",
        "must_not": "",
        "active": "on",
    }
    return {key: value for key, value in {**whole, **fields}.items() if value is not None}


def only(house):
    with access.scope(house.namespace.pk):
        return GoldenCase.objects.get(namespace=house.namespace)


def secret_case(house):
    return add(house.namespace, name=SECRET, query=SECRET, must=[SECRET], must_not=[f"x{SECRET}"],
               fixture=[{"type": "interaction", "text": SECRET}])  # fmt: skip


def events(house, action):
    with access.scope(house.namespace.pk):
        return list(AuditEvent.objects.filter(namespace=house.namespace, action=action))


def errors(answer):
    assert answer.status_code == 200, answer
    return dict(answer.context["form"].errors)


@pytest.mark.parametrize("role", CONFIGURING)
def test_a_case_is_added_by_form(bakery, client, role):
    mona = bakery.member(role)
    client.force_login(mona)

    answer = client.post(page(GoldenCase, "add"), typed(bakery))

    case = only(bakery)
    assert answer["Location"] == page(GoldenCase, "change", case.pk)
    assert (case.name, case.query, case.fixture) == ("bees", "Who keeps bees?", [BEES])
    assert (case.must, case.must_not, case.active) == (["bees", "Ada Delft"], [], True)
    (event,) = events(bakery, "golden_case.added")
    assert (event.actor_kind, event.actor_id) == ("staff", str(mona.pk))
    assert run(bakery.namespace).passed == 1


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"name": ""}, "name", "required"),
        ({"query": " "}, "query", "required"),
        ({"must": ""}, "must", "what must come"),
        ({"must": "bees\n..."}, "must", "2: Write a memory"),
        ({"fixture": ""}, "fixture", "Give statements"),
        ({"fixture": "bees"}, "fixture", "valid JSON"),
        ({"fixture": '{"a": 1}'}, "fixture", "is not of type"),
        ({"fixture": '[{"type": "nothing", "text": "x"}]'}, "fixture", "1.type: Use one of"),
        ({"fixture": '[{"type": "profile", "text": "x", "data": {"n": NaN}}]'}, "fixture", ""),
        ({"subject_id": "ada"}, "subject_id", "valid UUID"),
        ({"subject_id": "00000000-0000-7000-8000-000000000000"}, "fixture", "not both"),
        ({"strategy": "unheard"}, "strategy", "Use one of"),
    ],
)
def test_the_form_says_what_is_wrong(bakery, owner, client, fields, field, told):
    client.force_login(owner)

    found = errors(client.post(page(GoldenCase, "add"), typed(bakery, **fields)))

    assert list(found) == [field]
    assert told in found[field][0]
    assert count(bakery.namespace, GoldenCase) == 0


def test_a_name_that_is_taken_is_told(bakery, owner, client):
    add(bakery.namespace)
    client.force_login(owner)

    assert list(errors(client.post(page(GoldenCase, "add"), typed(bakery)))) == ["name"]


def about_ada(house, **fields):
    bot = bot_of(house.namespace)
    remember(bot, "Ada keeps bees")
    with access.scope(house.namespace.pk):
        subject = Memory.objects.get(namespace=house.namespace).subject_id
    return typed(house, fixture="", subject_id=str(subject), must="bees", **fields)


def test_a_case_about_a_person_is_for_those_who_may_see_content(bakery, owner, client):
    body = about_ada(bakery)
    client.force_login(bakery.member(Role.NAMESPACE_ADMIN))
    assert list(errors(client.post(page(GoldenCase, "add"), body))) == ["subject_id"]

    client.force_login(owner)
    assert client.post(page(GoldenCase, "add"), body).status_code == 302

    assert str(only(bakery).subject_id) == body["subject_id"]
    assert run(bakery.namespace).passed == 1


def test_a_person_elsewhere_is_not_there(bakery, dairy, root, client):
    body = about_ada(dairy)
    client.force_login(root)

    found = errors(
        client.post(page(GoldenCase, "add"), {**body, "namespace": str(bakery.namespace.pk)})
    )

    assert list(found) == ["subject_id"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PRIVACY_OFFICER])
def test_who_does_not_configure_changes_nothing(bakery, dairy, client, role):
    mona = bakery.member(role)
    staff.appoint(mona, organization=dairy.organization, role=Role.OWNER)
    case = add(bakery.namespace)
    client.force_login(mona)

    assert "namespace" in errors(client.post(page(GoldenCase, "add"), typed(bakery)))
    assert client.get(page(GoldenCase, "edit", case.pk)).status_code == 403
    assert client.post(page(GoldenCase, "edit", case.pk), typed(bakery)).status_code == 403
    assert client.post(page(GoldenCase, "delete", case.pk), {"post": "yes"}).status_code == 403
    for action in ("pause", "delete_selected"):
        given = {"action": action, "_selected_action": str(case.pk), "post": "yes"}
        client.post(page(GoldenCase, "changelist"), given)
    address = reverse("admin:memories_qualityrun_measure", args=[bakery.namespace.pk])
    assert client.post(address).status_code == 403
    left = only(bakery)
    assert (left.pk, left.active, left.query) == (case.pk, True, case.query)


def test_members_see_their_cases_and_runs_and_no_others(bakery, dairy, client):
    mine, foreign = add(bakery.namespace), add(dairy.namespace)
    my_run, foreign_run = run(bakery.namespace), run(dairy.namespace)
    client.force_login(bakery.member(Role.OWNER))

    for model, own, other in ((GoldenCase, mine, foreign), (QualityRun, my_run, foreign_run)):
        shown = client.get(page(model, "changelist")).context["cl"].result_list
        assert [row.pk for row in shown] == [own.pk]
        assert client.get(page(model, "change", own.pk)).status_code == 200
        assert client.get(page(model, "change", other.pk)).status_code == 404
    for name in ("edit", "delete", "reveal"):
        address = page(GoldenCase, name, foreign.pk)
        assert client.post(address, {"post": "yes", "reason": "legal"}).status_code == 404
    address = reverse("admin:memories_qualityrun_measure", args=[dairy.namespace.pk])
    assert client.post(address).status_code == 404


def test_no_page_shows_a_word_of_a_case(bakery, root, client):
    case = secret_case(bakery)
    found = run(bakery.namespace)
    client.force_login(root)

    for address in (
        page(GoldenCase, "changelist"),
        page(GoldenCase, "change", case.pk),
        page(GoldenCase, "history", case.pk),
        page(GoldenCase, "delete", case.pk),
        page(GoldenCase, "edit", case.pk),
        page(QualityRun, "changelist"),
        page(QualityRun, "change", found.pk),
        reverse("admin:index"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert SECRET not in answer.content.decode(), address
    assert client.get(f"{page(GoldenCase, 'changelist')}?query={SECRET}").status_code == 400
    assert events(bakery, "memory.viewed") == []


def test_to_change_a_case_its_words_are_shown_for_a_reason(bakery, owner, client):
    case = secret_case(bakery)
    client.force_login(owner)
    address = page(GoldenCase, "edit", case.pk)
    assert address in client.get(page(GoldenCase, "change", case.pk)).content.decode()

    asked = client.post(address, {"reason": ""})
    assert SECRET not in asked.content.decode()
    shown = client.post(address, {"reason": "quality"})
    assert SECRET in shown.content.decode()
    (event,) = events(bakery, "memory.viewed")
    assert (event.target_id, event.details) == (str(case.pk), {"reason": "quality"})
    wrong = client.post(address, typed(bakery, must=""))
    assert list(errors(wrong)) == ["must"]
    done = client.post(address, typed(bakery, strategy="lexical_only", active=None))

    assert done.status_code == 302
    changed = only(bakery)
    assert (changed.name, changed.query, changed.must) == (
        "bees", "Who keeps bees?", ["bees", "Ada Delft"]
    )  # fmt: skip
    assert (changed.strategy, changed.active) == ("lexical_only", False)


def test_who_may_not_see_content_does_not_edit_words(bakery, client):
    case = secret_case(bakery)
    client.force_login(bakery.member(Role.NAMESPACE_ADMIN))

    address = page(GoldenCase, "edit", case.pk)
    assert address not in client.get(page(GoldenCase, "change", case.pk)).content.decode()
    for body in ({"reason": "quality"}, typed(bakery)):
        answer = client.post(address, body)
        assert answer.status_code == 403
        assert SECRET not in answer.content.decode()


def test_cases_are_paused_and_resumed(bakery, client):
    case = add(bakery.namespace)
    client.force_login(bakery.member(Role.NAMESPACE_ADMIN))
    address = page(GoldenCase, "changelist")

    client.post(address, {"action": "pause", "_selected_action": str(case.pk)})
    assert only(bakery).active is False
    client.post(address, {"action": "resume", "_selected_action": str(case.pk)})
    assert only(bakery).active is True


@pytest.mark.parametrize("by", ["page", "action"])
def test_a_case_is_removed_with_its_statements(bakery, owner, client, by):
    case = add(bakery.namespace)
    run(bakery.namespace)
    client.force_login(owner)

    if by == "page":
        answer = client.post(page(GoldenCase, "delete", case.pk), {"post": "yes"})
    else:
        given = {"action": "delete_selected", "_selected_action": str(case.pk), "post": "yes"}
        answer = client.post(page(GoldenCase, "changelist"), given)

    assert answer.status_code == 302
    assert (count(bakery.namespace, GoldenCase), count(bakery.namespace, Memory)) == (0, 0)
    (event,) = events(bakery, "golden_case.removed")
    assert event.actor_id == str(owner.pk)


@pytest.fixture
def traced(bakery):
    bot = bot_of(bakery.namespace)
    remember(bot, SECRET)
    pk = ask(bot, SECRET)["trace_id"]
    with access.scope(bakery.namespace.pk):
        return RecallTrace.objects.get(pk=pk)


def make(client, trace):
    return client.post(reverse("admin:memories_goldencase_from_trace", args=[trace.pk]))


@pytest.mark.parametrize("role", CONFIGURING)
def test_one_click_makes_a_case_of_a_trace(bakery, client, traced, role):
    client.force_login(bakery.member(role))
    shown = client.get(page(RecallTrace, "change", traced.pk)).content.decode()
    assert reverse("admin:memories_goldencase_from_trace", args=[traced.pk]) in shown

    answer = make(client, traced)
    case = only(bakery)
    assert answer["Location"] == page(GoldenCase, "change", case.pk)
    again = make(client, traced)

    assert again["Location"] == answer["Location"]
    assert (case.query, case.must) == (SECRET, [traced.found[0]["id"]])
    assert (case.trace_id, case.created_by_kind) == (traced.pk, "staff")
    assert run(bakery.namespace).passed == 1
    assert SECRET not in client.get(answer["Location"]).content.decode()


def test_a_trace_that_cannot_be_asked_again_says_why(bakery, owner, client):
    trace = ask(bot_of(bakery.namespace), "bees", user_id="nobody")["trace_id"]
    client.force_login(owner)

    address = reverse("admin:memories_goldencase_from_trace", args=[trace])
    answer = client.post(address, follow=True)

    assert answer.redirect_chain[0][0] == page(RecallTrace, "change", trace)
    assert "about nobody who is known" in answer.content.decode()
    assert count(bakery.namespace, GoldenCase) == 0


def test_who_does_not_configure_makes_no_case_of_a_trace(bakery, dairy, client, traced):
    address = reverse("admin:memories_goldencase_from_trace", args=[traced.pk])
    client.force_login(bakery.member(Role.PRIVACY_OFFICER))
    assert address not in client.get(page(RecallTrace, "change", traced.pk)).content.decode()
    assert make(client, traced).status_code == 403
    client.force_login(dairy.member(Role.OWNER))
    assert make(client, traced).status_code == 404
    client.force_login(bakery.member(Role.OWNER))
    assert client.get(address).status_code == 405
    client.logout()
    assert "login" in make(client, traced)["Location"]
    assert count(bakery.namespace, GoldenCase) == 0


def test_runs_are_drawn_and_counters_are_explained(bakery, client):
    add(bakery.namespace)
    for days in (3, 2, 1):
        quality.measure(bakery.namespace.pk, now=timezone.now() - timedelta(days=days))
    last = run(bakery.namespace)
    client.force_login(bakery.member(Role.VIEWER))

    listed = client.get(page(QualityRun, "changelist")).content.decode()
    shown = client.get(page(QualityRun, "change", last.pk)).content.decode()

    for answer in (listed, shown):
        assert answer.count("<circle") == 4
        assert "<polyline" in answer
    assert "1 of 1 golden cases passed" in listed
    assert page(GoldenCase, "change", only(bakery).pk) in shown
    for definition in DEFINITIONS.values():
        assert definition.title.replace("'", "&#x27;") in shown
        assert definition.meaning.replace("'", "&#x27;") in shown


def test_a_run_does_not_lead_to_a_case_that_is_gone(bakery, root, client):
    case = add(bakery.namespace)
    found = run(bakery.namespace)
    remove(case)
    client.force_login(root)

    shown = client.get(page(QualityRun, "change", found.pk)).content.decode()

    assert str(case.pk) in shown
    assert page(GoldenCase, "change", case.pk) not in shown


def test_nothing_that_a_strict_policy_would_refuse_is_in_the_pages(bakery, owner, client):
    add(bakery.namespace)
    found = run(bakery.namespace)
    client.force_login(owner)

    for address in (
        page(QualityRun, "changelist"),
        page(QualityRun, "change", found.pk),
        page(GoldenCase, "add"),
        reverse("admin:index"),
    ):
        shown = client.get(address).content.decode()
        assert "style=" not in shown
        assert "<style" not in shown
        assert " onclick" not in shown


def test_of_several_namespaces_one_is_chosen_to_be_drawn(bakery, dairy, root, client):
    add(bakery.namespace)
    run(bakery.namespace)
    run(dairy.namespace)
    client.force_login(root)
    address = page(QualityRun, "changelist")

    assert "quality-chart" not in client.get(address).content.decode()
    chosen = client.get(address, {"namespace": str(bakery.namespace.pk)}).content.decode()
    assert "quality-chart" in chosen
    other = client.get(address, {"namespace": str(dairy.namespace.pk)}).content.decode()
    assert "Nothing was measured in dairy/main yet" in other


def test_a_fall_stands_where_staff_look(bakery, dairy, client):
    case = add(bakery.namespace)
    run(bakery.namespace)
    spoil(case)
    fell = run(bakery.namespace)
    banner = "Recall got worse"

    client.force_login(bakery.member(Role.VIEWER))
    for address in (reverse("admin:index"), page(QualityRun, "changelist")):
        shown = client.get(address).content.decode()
        assert banner in shown
        assert page(QualityRun, "change", fell.pk) in shown
    client.force_login(dairy.member(Role.OWNER))
    assert banner not in client.get(reverse("admin:index")).content.decode()
    golden_cases.change(case.pk, {"active": False}, namespace_id=bakery.namespace.pk,
                        actor=quality.SYSTEM, now=timezone.now())  # fmt: skip
    add(bakery.namespace, name="other")
    run(bakery.namespace)
    client.force_login(bakery.member(Role.VIEWER))
    assert banner not in client.get(reverse("admin:index")).content.decode()


def test_measuring_now_is_left_to_a_worker(
    bakery, client, monkeypatch, django_capture_on_commit_callbacks
):
    started = []
    monkeypatch.setattr(tasks.measure_quality_of, "delay", lambda **given: started.append(given))
    client.force_login(bakery.member(Role.NAMESPACE_ADMIN))
    address = reverse("admin:memories_qualityrun_measure", args=[bakery.namespace.pk])
    assert address in client.get(page(QualityRun, "changelist")).content.decode()

    assert client.get(address).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).status_code == 302

    assert started == [{"namespace": str(bakery.namespace.pk)}]


def test_runs_are_looked_at_only(bakery, root, client):
    add(bakery.namespace)
    found = run(bakery.namespace)
    client.force_login(root)

    assert client.get(page(QualityRun, "add")).status_code == 403
    assert client.post(page(QualityRun, "change", found.pk), {"fell": "on"}).status_code == 403
    assert client.post(page(QualityRun, "delete", found.pk), {"post": "yes"}).status_code == 403
