"""Addresses under /v1/, as OpenAI's clients expect them: no slash at the end."""

from django.urls import path

from memories.api.chat import views

app_name = "chat"
urlpatterns = [
    path("chat/completions", views.Completions.as_view(), name="completions"),
    path("models", views.Models.as_view(), name="models"),
]
