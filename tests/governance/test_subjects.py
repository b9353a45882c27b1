"""Identities lead to subjects; an ambiguous one is an error, never a guess."""

import pytest
from django.utils import timezone

from governance import access, subjects
from governance.audit import SYSTEM
from governance.errors import (
    IdentityAmbiguous,
    IdentityConflict,
    NotFound,
    SubjectNotAccepting,
)
from governance.models import AuditEvent, Subject, SubjectIdentity
from governance.subjects import IdentityRef

pytestmark = pytest.mark.django_db
WEB, PHONE, MAIL = IdentityRef("web", "ada"), IdentityRef("phone", "ada"), IdentityRef("mail", "a")


@pytest.fixture
def here(namespace):
    with access.scope(namespace.pk):
        yield {"namespace_id": namespace.pk}


def meet(here, *refs):
    return subjects.find_or_create(list(refs), actor=SYSTEM, now=timezone.now(), **here)


def link(identity, to):
    return subjects.link(
        identity, to=to.subject, evidence={"kind": "x"}, actor=SYSTEM, now=timezone.now()
    )


def actions():
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))[1:]


def test_somebody_new_is_met_once(here):
    first, again = meet(here, WEB), meet(here, WEB)

    assert first == again
    assert first.subject_id == first.home_subject_id
    assert (Subject.objects.count(), actions()) == (1, ["subject.created"])


def test_the_same_id_on_two_channels_is_two_people(here):
    assert meet(here, WEB).subject_id != meet(here, PHONE).subject_id


@pytest.mark.parametrize("other", ["Ada", "ada ", "\uff41da", "\u0430da"])
def test_an_id_is_compared_to_the_letter(here, other):
    assert meet(here, WEB) != meet(here, IdentityRef("web", other))


def test_nobody_is_nobody(here):
    assert subjects.find([WEB], **here) is None
    with pytest.raises(NotFound):
        subjects.known([WEB], **here)


def test_identities_must_lead_to_one_person(here):
    meet(here, WEB)

    for refs in ([WEB, PHONE], [PHONE, WEB], [PHONE, MAIL]):
        with pytest.raises(IdentityAmbiguous):
            meet(here, *refs)
    assert Subject.objects.count() == 1


def test_several_that_lead_to_one_person_are_one_the_first_speaks(here):
    link(meet(here, PHONE), meet(here, WEB))

    assert subjects.find([PHONE, WEB], **here).channel == "phone"
    assert subjects.find([WEB, PHONE], **here).channel == "web"


def test_a_linked_identity_leads_to_the_other_subject_and_knows_its_own(here):
    web, phone = meet(here, WEB), meet(here, PHONE)
    own = phone.subject_id

    (moved,) = link(phone, web)

    assert (moved.subject_id, moved.home_subject_id) == (web.subject_id, own)
    assert moved.linked_at is not None
    assert subjects.identities_of(own, **here) == []
    assert "identity.linked" in actions()


def test_those_who_share_a_subject_move_together(here):
    web, phone, mail = meet(here, WEB), meet(here, PHONE), meet(here, MAIL)
    link(phone, web)

    moved = link(subjects.known([WEB], **here), mail)

    assert {one.channel for one in moved} == {"web", "phone"}
    assert len(subjects.identities_of(mail.subject_id, **here)) == 3


def test_an_unlinked_identity_has_its_own_subject_back_and_no_evidence(here):
    web, phone = meet(here, WEB), meet(here, PHONE)
    link(phone, web)

    back = subjects.unlink(subjects.known([PHONE], **here), actor=SYSTEM, now=timezone.now())

    assert back.subject_id == back.home_subject_id != web.subject_id
    assert (back.evidence, back.linked_at) == ({}, None)
    assert actions()[-1] == "identity.unlinked"


def test_what_is_one_cannot_be_linked_and_what_is_alone_cannot_be_parted(here):
    web, phone = meet(here, WEB), meet(here, PHONE)
    link(phone, web)

    with pytest.raises(IdentityConflict):
        link(subjects.known([PHONE], **here), web)
    with pytest.raises(IdentityConflict):
        subjects.unlink(web, actor=SYSTEM, now=timezone.now())


def test_an_identity_that_was_moved_meanwhile_is_not_moved_again_by_mistake(here):
    web, phone, mail = meet(here, WEB), meet(here, PHONE), meet(here, MAIL)
    stale = SubjectIdentity.objects.get(pk=phone.pk)
    link(phone, web)

    with pytest.raises(IdentityConflict, match="moved meanwhile"):
        link(stale, mail)


@pytest.mark.parametrize("state", ["RESTRICTED", "OPTED_OUT", "ERASING", "ERASED"])
def test_nothing_may_be_remembered_of_a_closed_subject(here, state):
    web, phone = meet(here, WEB), meet(here, PHONE)
    Subject.objects.filter(pk=web.subject_id).update(state=state)

    with pytest.raises(SubjectNotAccepting):
        meet(here, WEB)
    with pytest.raises(SubjectNotAccepting):
        link(phone, web)
    assert subjects.find([WEB], **here) is not None
