"""Named ways to recall."""

from django.db import models

from memories.models.owned import InNamespace


class RecallStrategy(InNamespace):
    """One version of one named configuration of recall. A change is a new row."""

    name = models.SlugField(max_length=48)
    version = models.PositiveIntegerField()
    config = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "recall strategies"
        constraints = (
            models.UniqueConstraint(
                fields=["namespace", "name", "version"], name="strategy_version_in_namespace"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"
