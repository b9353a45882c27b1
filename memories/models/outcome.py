"""What became of a recall: the answer that it fed, and how its memories served."""

from django.db import models

from memories.models.owned import OfSubject
from memories.models.trace import RecallTrace


class TraceOutcome(OfSubject):
    """What the bot made of one recall."""

    trace = models.ForeignKey(
        RecallTrace, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    answer = models.TextField(blank=True)
    answer_id = models.CharField(max_length=255, blank=True)
    used = models.JSONField(default=list, help_text="Ids of the memories that the answer used.")
    tokens = models.JSONField(default=dict, help_text="prompt, completion.")
    latency_ms = models.FloatField(null=True, blank=True)
    key_id = models.UUIDField(null=True, editable=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["namespace", "trace"], name="one_outcome_a_trace"),
        )
        indexes = (models.Index(fields=["namespace", "subject", "at"], name="outcome_by_subject"),)

    def __str__(self) -> str:
        return f"outcome of {self.trace_id}"


class Verdict(models.TextChoices):
    """How a recalled memory served."""

    HELPFUL = "helpful", "Helpful"
    IRRELEVANT = "irrelevant", "Irrelevant"
    WRONG = "wrong", "Wrong"
    HARMFUL = "harmful", "Harmful"


class MemoryFeedback(OfSubject):
    """A verdict on one memory of one recall. `memory_id` outlives the memory."""

    trace = models.ForeignKey(
        RecallTrace, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    memory_id = models.UUIDField()
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    key_id = models.UUIDField(null=True, editable=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "memory feedback"
        constraints = (
            models.UniqueConstraint(
                fields=["namespace", "trace", "memory_id"], name="one_verdict_a_memory_and_trace"
            ),
        )
        indexes = (
            models.Index(fields=["namespace", "subject", "at"], name="feedback_by_subject"),
            models.Index(fields=["namespace", "memory_id"], name="feedback_by_memory"),
        )

    def __str__(self) -> str:
        return f"feedback {self.pk}"
