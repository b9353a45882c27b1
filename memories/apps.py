"""The memories app."""

from django.apps import AppConfig


class MemoriesConfig(AppConfig):
    """Episodes, memories, recall."""

    name = "memories"
    verbose_name = "Memories"

    def ready(self) -> None:
        """Register the store of personal data with governance."""
        from memories import personal_data

        personal_data.register_store()
