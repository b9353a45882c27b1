"""Quality runs: how recall did, drawn over time, and what each counter means."""

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from governance import staff
from governance.models import Namespace
from governance.staff_pages import filters, scoping
from memories import golden, tasks
from memories.admin.golden_cases import MAY
from memories.admin.revealing import GuardedAdmin
from memories.models import QualityRun
from memories.rules import quality, score_charts
from memories.rules.quality_counters import DEFINITIONS
from memories.rules.score_charts import Chart, Point

DRAWN = 60
# A run of longer ago says nothing of today.
CURRENT = timedelta(days=2)
# Where the rows behind a counter are listed: model's name, filter of its list.
ROWS = {
    "reviews_open": ("reviewitem", "state__exact=OPEN"),
    "episodes_failed": ("episode", "state__exact=FAILED"),
    "abstention": ("recalltrace", ""),
}
_PLACE = re.compile(r"\[(\d+)\]")
WHY = {
    "outdated": "A memory that must come has ended: choose anew what must come.",
    "subject_unknown": "No identity leads to the person any more.",
    "subject_not_accepting": "The person may not be asked about now.",
    "fixture_refused": "Screening refuses or quarantines a statement of its fixture.",
    "invalid_input": "Its fixture or its strategy no longer fits the namespace.",
}


@admin.register(QualityRun)
class QualityRunAdmin(GuardedAdmin):
    """One row for each night, or for each time somebody asked."""

    list_display = ("at", "path", "score_in_words", "passed_of_cases", "verdict")
    list_display_links = ("at",)
    list_filter = (filters.NamespaceFilter, "fell")
    change_list_template = "admin/memories/qualityrun/change_list.html"
    change_form_template = "admin/memories/qualityrun/change_form.html"
    fields = ("id", "namespace", "at", "score_in_words", "passed_of_cases", "verdict")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """In words; the results and counters stand below in tables."""
        return list(self.fields)

    def get_urls(self) -> list[URLPattern]:
        """Adds the button that measures now."""
        view = self.admin_site.admin_view(require_POST(self.measure_view))
        name = "memories_qualityrun_measure"
        return [path("measure/<uuid:namespace_id>/", view, name=name), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Over the list, the chart of the namespace that is looked at."""
        namespace = _looked_at(request)
        told: dict[str, Any] = {"fallen": fallen(scoping.viewer(request))}
        if namespace is not None:
            runs = golden.runs(namespace_id=namespace.pk, limit=DRAWN)
            told |= {"chart": drawn(runs), "watched": scoping.path_of(namespace)}
            if runs:
                told |= {"last": runs[0], "score": self.score_in_words(runs[0])}
            if _may_measure(request, namespace):
                told["measure_url"] = reverse(
                    "admin:memories_qualityrun_measure", args=[namespace.pk]
                )
        return super().changelist_view(request, {**told, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the chart up to this run, its cases and its counters."""
        run = kwargs.get("obj")
        if run is not None:
            before = golden.runs(namespace_id=run.namespace_id, limit=DRAWN, until=run.at)
            results = quality.read(run.results)
            standing = {str(case.pk) for case in golden.every(namespace_id=run.namespace_id)}
            context |= {
                "chart": drawn(before),
                "results": [(one, _reason(one), one.id in standing) for one in results],
                "counters": [_counter(name, run) for name in DEFINITIONS if name in run.counters],
                "degraded": quality.degraded(results),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def measure_view(self, request: HttpRequest, namespace_id: Any) -> HttpResponse:
        """Have a worker ask the golden cases now: no page waits, with a transaction open, for a
        model."""
        mine = staff.namespaces_of(scoping.viewer(request)).select_related("organization")
        namespace = mine.filter(pk=namespace_id).first()
        if namespace is None:
            raise Http404
        if not _may_measure(request, namespace):
            raise PermissionDenied
        transaction.on_commit(partial(tasks.start_measuring, namespace.pk))
        self.message_user(
            request, "A worker asks the golden cases; look again shortly.", messages.SUCCESS
        )
        address = reverse("admin:memories_qualityrun_changelist")
        return HttpResponseRedirect(f"{address}?namespace={namespace.pk}")

    @admin.display(description="score")
    def score_in_words(self, run: Any) -> str:
        """As a percentage."""
        return "no cases" if run.score is None else f"{run.score:.0%}"

    @admin.display(description="passed")
    def passed_of_cases(self, run: Any) -> str:
        """How many of how many."""
        return f"{run.passed} of {run.cases}"

    @admin.display
    def verdict(self, run: Any) -> str:
        """What the run says beside those before."""
        if quality.degraded(quality.read(run.results)):
            return "degraded"
        return "got worse" if run.fell else "as usual"


def fallen(user: User) -> Sequence[QualityRun]:
    """The last run of each of the viewer's namespaces in which recall got worse."""
    last = QualityRun.objects.filter(
        namespace__in=staff.namespaces_of(user), at__gte=timezone.now() - CURRENT
    ).order_by("namespace_id", "-at", "-pk")
    newest = last.distinct("namespace_id").select_related("namespace__organization")
    return [run for run in newest if run.fell]


def drawn(runs: Sequence[QualityRun]) -> Chart | None:
    """The chart of runs that come newest first."""
    return score_charts.chart([_point(run) for run in reversed(runs)])


def _point(run: QualityRun) -> Point:
    weak = bool(quality.degraded(quality.read(run.results)))
    return Point(run.at, run.score, run.passed, run.cases, run.fell, weak)


def _looked_at(request: HttpRequest) -> Namespace | None:
    """The namespace that the list is narrowed to, or the only one there is."""
    mine = staff.namespaces_of(scoping.viewer(request)).select_related("organization")
    if chosen := filters.as_id(request.GET.get("namespace", "")):
        return mine.filter(pk=chosen).first()
    first_two = list(mine[:2])
    return first_two[0] if len(first_two) == 1 else None


def _may_measure(request: HttpRequest, namespace: Namespace) -> bool:
    return staff.may(scoping.viewer(request), MAY, organization_id=namespace.organization_id)


def _reason(one: quality.Result) -> str:
    """Why it was not measured, or which of its conditions did not hold, counted as in its form."""
    if one.why:
        return WHY.get(one.why, one.why)
    counted = _PLACE.sub(lambda found: f" come: line {int(found[1]) + 1}", ", ".join(one.unmet))
    return counted.replace("must_not", "must not")


def _counter(name: str, run: QualityRun) -> dict[str, Any]:
    known, told = DEFINITIONS[name], run.counters[name]
    return {
        "title": known.title,
        "meaning": known.meaning,
        "value": _value(known.reads, told["value"]),
        "count": f"{told['part']:g} of {told['of']:g}" if told["of"] else "",
        "rows": _rows(name, run),
    }


def _value(reads: str, value: float | None) -> str:
    if value is None:
        return "–"
    return {"share": f"{value:.1%}", "mean": f"{value:.2f}"}.get(reads, f"{value:,.0f}")


def _rows(name: str, run: QualityRun) -> str:
    if name not in ROWS:
        return ""
    model, narrowed = ROWS[name]
    try:
        address = reverse(f"admin:memories_{model}_changelist")
    except NoReverseMatch:
        return ""
    return f"{address}?namespace={run.namespace_id}&{narrowed}".rstrip("&")
