"""Whether recall still finds what it must."""

from django.db import models

from memories.models.owned import InNamespace, OfSubject


class GoldenCase(OfSubject):
    """A question with the memories that must and must not come.

    About a real `subject`, or about the statements of `fixture`, kept under a subject of its own.
    """

    name = models.CharField(max_length=200)
    # [{"type", "text", "slot", "data"}]; empty when a real subject is asked about.
    fixture = models.JSONField(default=list, blank=True)
    query = models.TextField()
    strategy = models.CharField(max_length=48, blank=True)
    # Each a memory's id or words that a memory's text must hold.
    must = models.JSONField(default=list, blank=True)
    must_not = models.JSONField(default=list, blank=True)
    active = models.BooleanField(default=True)
    trace_id = models.UUIDField(null=True, blank=True, help_text="The trace that it was made from.")
    created_by_kind = models.CharField(max_length=16)
    created_by = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["namespace", "name"], name="golden_name_in_namespace"),
        )
        indexes = (models.Index(fields=["namespace", "subject"], name="golden_by_subject"),)

    def __str__(self) -> str:
        return f"golden case {self.pk}"


class QualityRun(InNamespace):
    """One run of a namespace's golden cases, with its counters. No content."""

    at = models.DateTimeField()
    cases = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    # Mean share of each case's conditions that held, on [0, 1]; empty without cases.
    score = models.FloatField(null=True, blank=True)
    fell = models.BooleanField(default=False, help_text="The score fell below the runs before.")
    results = models.JSONField(default=list, help_text="Per case: id, passed, score.")
    counters = models.JSONField(default=dict, help_text="Rates of the last days.")

    class Meta:
        indexes = (models.Index(fields=["namespace", "at"], name="quality_by_time"),)

    def __str__(self) -> str:
        return f"quality run {self.pk}"
