"""Counters of a namespace, by day; no content."""

from django.db import models

from memories.models.owned import InNamespace


class DailyCount(InNamespace):
    """How often something happened in a namespace on a day (UTC), such as `tokens.prompt`."""

    day = models.DateField()
    name = models.CharField(max_length=64)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["namespace", "day", "name"], name="one_count_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.name} on {self.day}"
