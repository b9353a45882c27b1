"""Answers kept for callers that ask twice."""

from django.db import models

from governance.models import Namespace, Subject
from governance.models.access import new_id


class StoredAnswer(models.Model):
    """The answer to a POST with an Idempotency-Key, for a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, db_index=False)
    subject = models.ForeignKey(
        Subject,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        blank=True,
    )
    api_key_id = models.UUIDField()
    idempotency_key = models.CharField(max_length=255)
    # Keyed: a short body could be guessed from a plain digest.
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["namespace", "api_key_id", "idempotency_key"], name="one_answer_for_a_key"
            ),
        )
        indexes = (models.Index(fields=["namespace", "at"], name="answer_by_time"),)

    def __str__(self) -> str:
        return f"answer {self.pk}"
