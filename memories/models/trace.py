"""What a recall asked, found and left out."""

from django.db import models

from memories.models.owned import OfSubject


class RecallTrace(OfSubject):
    """One recall, kept so that the answer it fed can be explained."""

    key_id = models.UUIDField(null=True, editable=False)
    agent_id = models.CharField(max_length=512, blank=True)
    asked = models.JSONField(help_text="Query, filters and limits.")
    strategy = models.JSONField(help_text="Name, version and configuration that was used.")
    found = models.JSONField(help_text="Per memory: id, version, score and its parts.")
    left_out = models.JSONField(help_text="Per memory: id, version, score and why.")
    degraded = models.JSONField(default=list, help_text="Parts of the search that did not answer.")
    embedding_model = models.CharField(max_length=128)
    scanned = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=16, default="recall", help_text="recall, context or chat.")
    # Of a composed context: sections with memory ids, budget, tokens, what did not fit. No words.
    composed = models.JSONField(default=dict)
    # Whether its memories' uses were counted.
    counted = models.BooleanField(default=False)
    timings = models.JSONField(default=dict, help_text="Milliseconds by stage.")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["namespace", "id"], name="trace_in_namespace"),
        )
        indexes = (
            models.Index(
                fields=["namespace", "id"],
                condition=models.Q(counted=False),
                name="trace_to_count",
            ),
            models.Index(fields=["namespace", "at"], name="trace_by_time"),
            models.Index(fields=["namespace", "subject", "at"], name="trace_by_subject"),
        )

    def __str__(self) -> str:
        return f"trace {self.pk}"
