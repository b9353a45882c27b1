"""Who may come in, and who is remembered.

Ids are UUIDv7 made in Python. A unique constraint leads with the namespace, so that an error never
tells of another namespace's values. Foreign keys between tables with a namespace are composite
(namespace, id) constraints, written by the migration (governance/schema_sql.py).
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from uuid6 import uuid7

from governance.rules.scopes import Scope


def new_id() -> uuid.UUID:
    """A fresh UUIDv7: unique, and sorted by the time it was made."""
    return uuid7()


class Organization(models.Model):
    """Who answers for the data (GDPR's controller); owns namespaces, employs staff."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug


class Namespace(models.Model):
    """The boundary in which a bot may read and write."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT)
    slug = models.SlugField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=32, default="eu", help_text="Where its data may be.")
    settings = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "slug"], name="namespace_slug_in_organization"
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Role(models.TextChoices):
    """What a member of staff is in an organization."""

    OWNER = "OWNER", "Owner"
    NAMESPACE_ADMIN = "NAMESPACE_ADMIN", "Namespace admin"
    PRIVACY_OFFICER = "PRIVACY_OFFICER", "Privacy officer"
    VIEWER = "VIEWER", "Viewer"


class Membership(models.Model):
    """A member of staff in an organization."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    role = models.CharField(max_length=32, choices=Role.choices, default=Role.VIEWER)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organization", "user"], name="one_membership_each"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class ApiKey(models.Model):
    """A bot's key: decides the namespace and what may be done. Only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, db_index=False)
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16, help_text="Public part, to recognise the key by.")
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the secret.")
    scopes = ArrayField(models.CharField(max_length=32, choices=Scope.choices()))
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "API key"
        constraints = (
            models.UniqueConstraint(fields=["namespace", "prefix"], name="key_prefix_in_namespace"),
        )

    def __str__(self) -> str:
        return f"key {self.prefix}"


class SubjectState(models.TextChoices):
    """Whether a subject may be remembered and recalled."""

    ACTIVE = "ACTIVE", "Active"
    RESTRICTED = "RESTRICTED", "Restricted"
    OPTED_OUT = "OPTED_OUT", "Opted out"
    ERASING = "ERASING", "Being erased"
    ERASED = "ERASED", "Erased"


class Subject(models.Model):
    """The person a memory is about (GDPR's data subject)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, db_index=False)
    state = models.CharField(
        max_length=16, choices=SubjectState.choices, default=SubjectState.ACTIVE
    )
    generation = models.PositiveIntegerField(
        default=1, help_text="Grows when an erased person comes back."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["namespace", "id"], name="subject_in_namespace"),
        )

    def __str__(self) -> str:
        return f"subject {self.pk}"


class SubjectIdentity(models.Model):
    """One (channel, external id) by which a subject is known."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, db_index=False)
    subject = models.ForeignKey(
        Subject,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="identities",
    )
    # The subject it was born with: what an unlink gives back to.
    home_subject = models.ForeignKey(
        Subject,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="home_identities",
    )
    channel = models.CharField(max_length=64)
    external_id = models.CharField(max_length=512)
    evidence = models.JSONField(
        default=dict, blank=True, help_text="Why it was linked to a subject that is not its own."
    )
    linked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "subject identities"
        constraints = (
            models.UniqueConstraint(
                fields=["namespace", "channel", "external_id"], name="identity_in_namespace"
            ),
            models.UniqueConstraint(fields=["namespace", "id"], name="identity_id_in_namespace"),
        )
        indexes = (
            models.Index(fields=["namespace", "subject"], name="identity_by_subject"),
            models.Index(fields=["namespace", "home_subject"], name="identity_by_home"),
        )

    def __str__(self) -> str:
        return f"identity {self.pk}"
