"""How a memory served: counted from traces, outcomes and feedback."""

from django.db import models

from memories.models.memory import Memory
from memories.models.owned import OfSubject


class MemoryUse(OfSubject):
    """Counters of one memory, apart from it: a recall must not write a memory's row."""

    memory = models.ForeignKey(
        Memory, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    recalled = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0, help_text="Named by the bot as used.")
    helpful = models.PositiveIntegerField(default=0)
    irrelevant = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    harmful = models.PositiveIntegerField(default=0)
    last_recalled_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["namespace", "memory"], name="one_use_row_a_memory"),
        )
        indexes = (models.Index(fields=["namespace", "subject"], name="use_by_subject"),)

    def __str__(self) -> str:
        return f"use of {self.memory_id}"
