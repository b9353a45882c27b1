"""What may be remembered, and how it is treated."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models

from governance.models.access import Namespace, new_id
from governance.rules.sensitivity import CHOICES, Sensitivity


class MemoryType(models.Model):
    """A kind of memory: what its data looks like, which slots hold one value, how it fades."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    namespace = models.ForeignKey(Namespace, on_delete=models.PROTECT, db_index=False)
    name = models.SlugField(max_length=48)
    description = models.TextField(help_text="Tells the extractor what belongs here.")
    data_schema = models.JSONField(
        default=dict, blank=True, help_text="JSON Schema that a memory's data must satisfy."
    )
    slots = ArrayField(
        models.CharField(max_length=64),
        default=list,
        blank=True,
        help_text="Names under which one current value is kept. Empty: any name may be a slot.",
    )
    pinned = models.BooleanField(default=False, help_text="Always part of a composed context.")
    precedence = models.SmallIntegerField(
        default=0, help_text="When types disagree about one thing, the higher wins."
    )
    half_life_days = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(0.01)],
        help_text="After so many days its weight in recall has halved. Empty: it does not fade.",
    )
    sensitivity = models.CharField(max_length=16, choices=CHOICES, default=Sensitivity.NORMAL.value)
    screening = models.JSONField(
        default=dict,
        blank=True,
        help_text=(
            "What is done with personal data in a statement: personal, special, or a kind such as "
            "EMAIL_ADDRESS, each allow, redact, tag, quarantine or reject."
        ),
    )
    active = models.BooleanField(default=True, help_text="Off: nothing new of it is kept.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["namespace", "name"], name="type_name_in_namespace"),
            models.UniqueConstraint(fields=["namespace", "id"], name="type_in_namespace"),
        )

    def __str__(self) -> str:
        return self.name
