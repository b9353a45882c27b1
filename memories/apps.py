"""The memories app."""

from django.apps import AppConfig


class MemoriesConfig(AppConfig):
    """Episodes, memories, recall."""

    name = "memories"
    verbose_name = "Memories"

    def ready(self) -> None:
        """Register with governance: the store of personal data, and who judges templates."""
        from governance import setting_checks
        from memories import personal_data, section_templates

        personal_data.register_store()
        setting_checks.register("context_templates", section_templates.wrong)
