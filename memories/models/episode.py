"""Where memories come from."""

from django.db import models

from governance.models import SubjectIdentity
from memories.models.owned import OfSubject


class EpisodeState(models.TextChoices):
    """Where an episode stands. The row is the queue of record; Celery only wakes it."""

    RECEIVED = "RECEIVED", "Received"
    EXTRACTING = "EXTRACTING", "Being extracted"
    DONE = "DONE", "Done"
    FAILED = "FAILED", "Failed"


class Episode(OfSubject):
    """One POST of messages."""

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
    # [{"role", "content", "name", "time"}]; emptied when the namespace's message_days have passed.
    messages = models.JSONField(default=list)
    metadata = models.JSONField(default=dict)
    key_id = models.UUIDField(null=True, editable=False)
    state = models.CharField(
        max_length=16, choices=EpisodeState.choices, default=EpisodeState.RECEIVED
    )
    attempts = models.PositiveIntegerField(default=0)
    # How often a worker ended in the middle of it; a provider that is away does not count.
    interruptions = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    waiting_for = models.CharField(max_length=48, blank=True, help_text="Code of what it awaits.")
    extractor = models.CharField(max_length=64, blank=True)
    yielded = models.JSONField(default=dict, help_text="How many candidates were decided how.")
    rejected = models.JSONField(default=dict, help_text="How many candidates fell for what reason.")
    # Which model and which version of the prompt read it; empty for the offline extractor.
    model = models.CharField(max_length=128, blank=True)
    prompt_version = models.CharField(max_length=32, blank=True)
    tokens = models.JSONField(default=dict, help_text="prompt, completion, calls.")
    received_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["namespace", "id"], name="episode_in_namespace"),
        )
        indexes = (
            models.Index(
                fields=["namespace", "next_attempt_at"],
                condition=models.Q(state__in=["RECEIVED", "EXTRACTING"]),
                name="episode_waiting",
            ),
            models.Index(fields=["namespace", "subject", "received_at"], name="episode_by_subject"),
            models.Index(
                fields=["namespace", "done_at"],
                condition=models.Q(state__in=["DONE", "FAILED"]) & ~models.Q(messages=[]),
                name="episode_with_messages",
            ),
        )

    def __str__(self) -> str:
        return f"episode {self.pk}"
