"""The governance app."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Subjects, policies, keys, audit."""

    name = "governance"
    verbose_name = "Governance"

    def ready(self) -> None:
        """Register the system checks and what of the configuration django-auditlog follows."""
        from governance import checks, configuration_log

        checks.register_checks()
        configuration_log.register_models()
