"""The audit trail: what was done, never what was said."""

from django.db import models
from django.db.models import BigIntegerField, Func, TextField
from django.db.models.functions import Cast

from governance.models.access import Namespace, new_id


class AuditEvent(models.Model):
    """Who did what to which id, when. Append-only: grants and triggers refuse everything else.

    `xid` is the writing transaction's id. A sealer cuts by it: every transaction below the
    snapshot's xmin has ended, so no event below the cut can arrive late.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    namespace = models.ForeignKey(
        Namespace, on_delete=models.PROTECT, db_constraint=False, db_index=False
    )
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64)
    action = models.CharField(max_length=48)
    target_kind = models.CharField(max_length=32)
    target_id = models.CharField(max_length=64)
    request_id = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)
    xid = models.BigIntegerField(
        db_default=Cast(Cast(Func(function="pg_current_xact_id"), TextField()), BigIntegerField()),
        editable=False,
    )

    class Meta:
        indexes = (
            models.Index(fields=["namespace", "at"], name="audit_by_time"),
            models.Index(fields=["namespace", "target_id", "at"], name="audit_by_target"),
            models.Index(fields=["namespace", "actor_id", "at"], name="audit_by_actor"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"
