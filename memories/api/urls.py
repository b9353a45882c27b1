"""Addresses of the REST API."""

from django.urls import path

from memories.api import conversation_views, memory_views, people_views, settings_views

app_name = "api"
urlpatterns = [
    path("key/", settings_views.WhoAmI.as_view(), name="key"),
    path("episodes/", conversation_views.EpisodeList.as_view(), name="episodes"),
    path("episodes/<uuid:episode_id>/", conversation_views.EpisodeDetail.as_view(), name="episode"),
    path("recall/", conversation_views.Recall.as_view(), name="recall"),
    path("traces/<uuid:trace_id>/", conversation_views.TraceDetail.as_view(), name="trace"),
    path("memories/", memory_views.MemoryList.as_view(), name="memories"),
    path("memories/list/", memory_views.MemorySearchList.as_view(), name="memory-list"),
    path("memories/<uuid:memory_id>/", memory_views.MemoryDetail.as_view(), name="memory"),
    path(
        "memories/<uuid:memory_id>/history/", memory_views.MemoryHistory.as_view(), name="history"
    ),
    path("memory-types/", settings_views.TypeList.as_view(), name="memory-types"),
    path("memory-types/<slug:name>/", settings_views.TypeDetail.as_view(), name="memory-type"),
    path("strategies/", settings_views.StrategyList.as_view(), name="strategies"),
    path("strategies/<slug:name>/", settings_views.StrategyDetail.as_view(), name="strategy"),
    path("identities/resolve/", people_views.ResolveIdentity.as_view(), name="resolve"),
    path("identities/link/", people_views.LinkIdentity.as_view(), name="link"),
    path("identities/unlink/", people_views.UnlinkIdentity.as_view(), name="unlink"),
]
