"""What a person must look at before it may be recalled."""

from django.db import models

from memories.models.owned import OfSubject


class ReviewState(models.TextChoices):
    """Where a review stands."""

    OPEN = "OPEN", "Open"
    ACCEPTED = "ACCEPTED", "Accepted"
    REJECTED = "REJECTED", "Rejected"


class ReviewItem(OfSubject):
    """One question to a person: may this memory stand? No content of its own.

    `memory_id` is an id without a foreign key: that something was rejected can be told after the
    memory is gone.
    """

    memory_id = models.UUIDField()
    reason = models.CharField(max_length=64, help_text="Code of why it is asked.")
    # The memory that it contradicts or would close.
    against = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=ReviewState.choices, default=ReviewState.OPEN)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_kind = models.CharField(max_length=16, blank=True)
    decided_by = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["namespace", "state", "opened_at"], name="review_by_state"),
            models.Index(fields=["namespace", "subject", "opened_at"], name="review_by_subject"),
            models.Index(fields=["namespace", "memory_id"], name="review_by_memory"),
        )

    def __str__(self) -> str:
        return f"review {self.pk}"
