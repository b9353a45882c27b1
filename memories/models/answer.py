"""Answers kept for callers that ask twice."""

from django.db import models

from memories.models.owned import OfSubject


class StoredAnswer(OfSubject):
    """The answer to a POST with an Idempotency-Key, for a day."""

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
