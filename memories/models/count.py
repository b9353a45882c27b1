"""Counters of a namespace, by day; no content."""

from django.db import models

from governance.models import Namespace
from governance.models.access import new_id


class DailyCount(models.Model):
    """How often something happened in a namespace on a day (UTC), such as `tokens.prompt`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, db_index=False)
    day = models.DateField()
    name = models.CharField(max_length=64)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["namespace", "day", "name"], name="one_count_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.name} on {self.day}"
