"""Named ways to recall."""

from django.db import models

from governance.models import Namespace
from governance.models.access import new_id


class RecallStrategy(models.Model):
    """One version of one named configuration of recall. A change is a new row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, db_index=False)
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
