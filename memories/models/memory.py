"""What is kept, how it came to be, and what search reads."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from pgvector.django import HalfVectorField, SparseVectorField

from governance.models import MemoryType, SubjectIdentity
from governance.rules.sensitivity import CHOICES, Sensitivity
from memories.models.episode import Episode
from memories.models.owned import InNamespace, OfSubject
from memories.rules.lexemes import DIMENSIONS


class MemoryState(models.TextChoices):
    """Soft states. Only ACTIVE is recalled unless the past is asked for."""

    ACTIVE = "ACTIVE", "Active"
    SUPERSEDED = "SUPERSEDED", "Superseded"
    ARCHIVED = "ARCHIVED", "Archived"
    EXPIRED = "EXPIRED", "Expired"
    QUARANTINED = "QUARANTINED", "Quarantined"
    RETRACTED = "RETRACTED", "Retracted"


# What a slot holds or held once; what only waited for a review, or was undone, never was its value.
HELD_STATES = (
    MemoryState.ACTIVE,
    MemoryState.SUPERSEDED,
    MemoryState.RETRACTED,
    MemoryState.EXPIRED,
)


class Memory(OfSubject):
    """One kept statement about one subject (or of one agent), of one type.

    `superseded_by` is an id without a foreign key: when the successor is forgotten, the
    predecessor stays superseded and must not come back.
    """

    identity = models.ForeignKey(
        SubjectIdentity,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        blank=True,
    )
    agent_id = models.CharField(max_length=512, blank=True)
    app_id = models.CharField(max_length=512, blank=True)
    run_id = models.CharField(max_length=512, blank=True)
    type = models.ForeignKey(
        MemoryType, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    text = models.TextField()
    # SHA-256 of the normalised text: finds an equal statement without comparing texts.
    text_digest = models.CharField(max_length=64, editable=False)
    data = models.JSONField(default=dict, blank=True)
    slot = models.CharField(max_length=64, blank=True)
    metadata = models.JSONField(default=dict, blank=True)
    categories = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    importance = models.FloatField(default=0.5)
    confidence = models.FloatField(default=1.0)
    trust = models.PositiveSmallIntegerField()
    sensitivity = models.CharField(max_length=16, choices=CHOICES, default=Sensitivity.NORMAL.value)
    state = models.CharField(max_length=16, choices=MemoryState.choices, default=MemoryState.ACTIVE)
    speaker = models.CharField(max_length=200, blank=True)
    occurred_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_confirmed_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.UUIDField(null=True, blank=True)
    # Code of why it is no longer current, such as newer_value_in_slot, corrected, retracted.
    closed_because = models.CharField(max_length=48, blank=True)
    # The moment it was retracted or refused: what was said until then does not bring it back.
    # `valid_until` cannot tell it: what was asked to be forgotten holds at no time.
    retracted_at = models.DateTimeField(null=True, blank=True)
    # What extracted it: model and prompt version. Empty: handed over word for word.
    made_by = models.CharField(max_length=160, blank=True)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        blank=True,
    )
    message_index = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "memories"
        constraints = (
            models.UniqueConstraint(fields=["namespace", "id"], name="memory_in_namespace"),
            models.UniqueConstraint(
                fields=["namespace", "subject", "type", "slot"],
                condition=models.Q(state="ACTIVE", subject__isnull=False) & ~models.Q(slot=""),
                name="one_value_in_a_subjects_slot",
            ),
            models.UniqueConstraint(
                fields=["namespace", "agent_id", "type", "slot"],
                condition=models.Q(state="ACTIVE", subject__isnull=True) & ~models.Q(slot=""),
                name="one_value_in_an_agents_slot",
            ),
            models.CheckConstraint(
                condition=models.Q(subject__isnull=False) | ~models.Q(agent_id=""),
                name="memory_has_an_owner",
            ),
        )
        indexes = (
            models.Index(fields=["namespace", "subject", "text_digest"], name="memory_by_digest"),
            models.Index(fields=["namespace", "subject", "-id"], name="memory_by_subject"),
            models.Index(
                fields=["namespace", "agent_id", "-id"],
                condition=models.Q(subject__isnull=True),
                name="memory_by_agent",
            ),
            models.Index(fields=["namespace", "subject", "run_id", "-id"], name="memory_by_run"),
            models.Index(
                fields=["namespace", "subject", "slot", "valid_from"],
                condition=~models.Q(slot=""),
                name="memory_by_slot",
            ),
            models.Index(
                fields=["namespace", "superseded_by"],
                condition=models.Q(superseded_by__isnull=False),
                name="memory_by_successor",
            ),
            models.Index(
                fields=["namespace", "episode", "id"],
                condition=models.Q(episode__isnull=False),
                name="memory_by_episode",
            ),
        )

    def __str__(self) -> str:
        return f"memory {self.pk}"


class MemoryIndex(OfSubject):
    """What search reads of one memory under one embedding model.

    A narrow row of its own: the scan over a subject stays short, a vector is never pushed out of
    line by a long text, and two models can stand side by side while a namespace moves.
    """

    memory = models.ForeignKey(
        Memory, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    agent_id = models.CharField(max_length=512, blank=True)
    model = models.CharField(max_length=128)
    # Mean of the statement's own vector and that of the statement in its context. Null: waits for
    # its embedding; full text finds it meanwhile.
    vector = HalfVectorField(null=True, blank=True)
    terms = SparseVectorField(dimensions=DIMENSIONS)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["namespace", "memory", "model"], name="one_index_row_for_each_model"
            ),
        )
        indexes = (
            models.Index(fields=["namespace", "subject", "model"], name="index_by_subject"),
            models.Index(
                fields=["namespace", "agent_id", "model"],
                condition=models.Q(subject__isnull=True),
                name="index_by_agent",
            ),
            models.Index(
                fields=["namespace", "model", "id"],
                condition=models.Q(vector__isnull=True),
                name="index_waits_for_vector",
            ),
        )

    def __str__(self) -> str:
        return f"index of {self.memory_id}"


class MemoryVersion(InNamespace):
    """One change of one memory: who, why, before, after."""

    memory = models.ForeignKey(
        Memory, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    version = models.PositiveIntegerField()
    change = models.CharField(max_length=32)
    reason = models.CharField(max_length=200, blank=True)
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["namespace", "memory", "version"], name="version_of_memory"
            ),
        )

    def __str__(self) -> str:
        return f"version {self.version} of {self.memory_id}"
