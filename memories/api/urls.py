"""Addresses of the REST API."""

from django.urls import path

from memories.api import (
    context_views,
    conversation_views,
    correction_views,
    memory_views,
    never_views,
    people_views,
    quality_views,
    review_views,
    settings_views,
    trace_views,
    usage_views,
)

app_name = "api"
urlpatterns = [
    path("key/", settings_views.WhoAmI.as_view(), name="key"),
    path("episodes/", conversation_views.EpisodeList.as_view(), name="episodes"),
    path("episodes/<uuid:episode_id>/", conversation_views.EpisodeDetail.as_view(), name="episode"),
    path(
        "episodes/<uuid:episode_id>/retry/",
        conversation_views.EpisodeRetry.as_view(),
        name="episode-retry",
    ),
    path("recall/", conversation_views.Recall.as_view(), name="recall"),
    path("context/", context_views.Context.as_view(), name="context"),
    path("traces/<uuid:trace_id>/", trace_views.TraceDetail.as_view(), name="trace"),
    path(
        "traces/<uuid:trace_id>/outcome/", trace_views.TraceOutcome.as_view(), name="trace-outcome"
    ),
    path(
        "traces/<uuid:trace_id>/feedback/",
        trace_views.TraceFeedback.as_view(),
        name="trace-feedback",
    ),
    path("traces/<uuid:trace_id>/replay/", trace_views.TraceReplay.as_view(), name="trace-replay"),
    path("usage/", usage_views.Usage.as_view(), name="usage"),
    path(
        "traces/<uuid:trace_id>/golden-case/",
        quality_views.TraceCase.as_view(),
        name="trace-golden-case",
    ),
    path("golden-cases/", quality_views.CaseList.as_view(), name="golden-cases"),
    path("golden-cases/<uuid:case_id>/", quality_views.CaseDetail.as_view(), name="golden-case"),
    path("quality/", quality_views.Quality.as_view(), name="quality"),
    path("quality/run/", quality_views.RunNow.as_view(), name="quality-run"),
    path("memories/", memory_views.MemoryList.as_view(), name="memories"),
    path("memories/list/", memory_views.MemorySearchList.as_view(), name="memory-list"),
    path("memories/<uuid:memory_id>/", memory_views.MemoryDetail.as_view(), name="memory"),
    path(
        "memories/<uuid:memory_id>/history/", memory_views.MemoryHistory.as_view(), name="history"
    ),
    path(
        "memories/<uuid:memory_id>/correct/",
        correction_views.CorrectMemory.as_view(),
        name="correct",
    ),
    path("memories/<uuid:memory_id>/undo/", correction_views.UndoMerge.as_view(), name="undo"),
    path("reviews/", review_views.ReviewList.as_view(), name="reviews"),
    path(
        "reviews/<uuid:review_id>/accept/",
        review_views.AcceptReview.as_view(),
        name="review-accept",
    ),
    path(
        "reviews/<uuid:review_id>/reject/",
        review_views.RejectReview.as_view(),
        name="review-reject",
    ),
    path("never-remember/", never_views.NeverList.as_view(), name="never-rules"),
    path("never-remember/<uuid:rule_id>/", never_views.NeverDetail.as_view(), name="never-rule"),
    path("memory-types/", settings_views.TypeList.as_view(), name="memory-types"),
    path("memory-types/<slug:name>/", settings_views.TypeDetail.as_view(), name="memory-type"),
    path("strategies/", settings_views.StrategyList.as_view(), name="strategies"),
    path("strategies/<slug:name>/", settings_views.StrategyDetail.as_view(), name="strategy"),
    path("identities/resolve/", people_views.ResolveIdentity.as_view(), name="resolve"),
    path("identities/link/", people_views.LinkIdentity.as_view(), name="link"),
    path("identities/unlink/", people_views.UnlinkIdentity.as_view(), name="unlink"),
]
