"""An organization with everything in it, and where its pages are in the admin."""

from uuid import uuid4

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from governance import access, audit, keys, namespaces, staff, subjects
from governance.models import Membership, Namespace, Organization
from governance.models.access import Role
from governance.rules.scopes import BOT_SCOPES
from governance.subjects import IdentityRef


class House:
    """An organization with a namespace, a key and a subject."""

    def __init__(self, slug):
        self.organization = Organization.objects.create(slug=slug, name=slug)
        self.namespace = namespaces.create(
            self.organization, slug="main", actor=audit.SYSTEM, now=timezone.now()
        )
        self.key, self.key_text = keys.issue(
            self.namespace,
            name="bot",
            scopes=BOT_SCOPES,
            actor=audit.SYSTEM,
            now=timezone.now(),
        )
        with access.scope(self.namespace.pk):
            self.identity = subjects.find_or_create(
                [IdentityRef("email", f"ada@{slug}.example")],
                namespace_id=self.namespace.pk,
                actor=audit.SYSTEM,
                now=timezone.now(),
            )
        self.someone = self.member(Role.VIEWER)

    def member(self, role):
        """A new member of staff."""
        user = User.objects.create_user(uuid4().hex, is_staff=True)
        staff.appoint(user, organization=self.organization, role=role)
        return user

    def rows(self, model):
        """Ids of the model's rows that belong to this house."""
        if model is Organization:
            return [self.organization.pk]
        if model is Namespace:
            return [self.namespace.pk]
        if model is Membership:
            mine = Membership.objects.filter(organization=self.organization)
            return list(mine.values_list("pk", flat=True))
        with access.scope(self.namespace.pk):
            mine = model.objects.filter(namespace=self.namespace)
            return list(mine.values_list("pk", flat=True))


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def posted(response):
    """Where a saved form leads; the form's errors when it was not saved."""
    if response.status_code == 200 and response.context and "adminform" in response.context:
        return response.context["adminform"].form.errors
    return response.status_code
