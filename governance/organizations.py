"""Organizations: who answers for the data."""

from governance.models import Organization


def find_or_create(slug: str, *, name: str = "") -> tuple[Organization, bool]:
    """The organization of this slug, and whether it was made just now."""
    return Organization.objects.get_or_create(slug=slug, defaults={"name": name or slug})
