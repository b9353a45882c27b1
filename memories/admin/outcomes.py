"""What became of recalls: outcomes, verdicts on memories, and how often each memory served."""

from django.contrib import admin

from governance.staff_pages import filters
from memories.admin.revealing import GuardedAdmin, RevealingAdmin
from memories.models import MemoryFeedback, MemoryUse, TraceOutcome


@admin.register(TraceOutcome)
class TraceOutcomeAdmin(RevealingAdmin):
    """That a bot told of its answer, and what it cost; the answer itself is content."""

    list_display = ("id", "path", "trace_id", "subject_id", "tokens", "latency_ms", "at")
    list_filter = (filters.NamespaceFilter,)
    narrowed_by = ("subject", "trace")


@admin.register(MemoryFeedback)
class MemoryFeedbackAdmin(GuardedAdmin):
    """Which memory served how."""

    list_display = ("id", "path", "trace_id", "memory_id", "verdict", "subject_id", "at")
    list_filter = (filters.NamespaceFilter, "verdict")
    narrowed_by = ("subject", "trace", "memory_id")


@admin.register(MemoryUse)
class MemoryUseAdmin(GuardedAdmin):
    """How often each memory was recalled and used, and how it served."""

    list_display = (
        "memory_id",
        "path",
        "recalled",
        "used",
        "helpful",
        "irrelevant",
        "wrong",
        "harmful",
        "last_recalled_at",
        "last_used_at",
    )
    list_filter = (filters.NamespaceFilter,)
    narrowed_by = ("subject", "memory")
