"""What must never be remembered."""

from django.db import models
from django.db.models import Q

from memories.models.owned import OfSubject


class NeverKind(models.TextChoices):
    """How a rule names what it forbids."""

    WORD = "word", "A word or phrase"
    PATTERN = "pattern", "A regular expression"
    TYPE = "type", "A memory type"
    CATEGORY = "category", "A category, such as health or special:religion"


class NeverRemember(OfSubject):
    """One rule; of one subject, or (subject empty) of everybody in the namespace."""

    kind = models.CharField(max_length=16, choices=NeverKind.choices)
    value = models.CharField(max_length=200)
    # How often it kept something out.
    hits = models.PositiveBigIntegerField(default=0)
    last_hit_at = models.DateTimeField(null=True, blank=True)
    created_by_kind = models.CharField(max_length=16)
    created_by = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "never-remember rule"
        constraints = (
            models.UniqueConstraint(
                fields=["namespace", "subject", "kind", "value"],
                name="one_rule_of_a_subject",
                condition=Q(subject__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["namespace", "kind", "value"],
                name="one_rule_of_a_namespace",
                condition=Q(subject__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"never-remember rule {self.pk}"
