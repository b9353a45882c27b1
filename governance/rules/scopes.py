"""What a key may do."""

from enum import StrEnum


class Scope(StrEnum):
    """One right of an API key."""

    REMEMBER = "memories:write"
    READ = "memories:read"
    FORGET = "memories:delete"
    RECALL = "recall"
    TRACES = "traces:read"
    FEEDBACK = "traces:write"
    REVIEW = "reviews:write"
    READ_SUBJECTS = "subjects:read"
    LINK = "subjects:write"
    READ_SETTINGS = "settings:read"
    CONFIGURE = "settings:write"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a form's choices."""
        return [(scope.value, scope.value) for scope in cls]


# What a bot needs for its loop; configuring and linking people are asked for by name.
BOT_SCOPES = (
    Scope.REMEMBER,
    Scope.READ,
    Scope.FORGET,
    Scope.RECALL,
    Scope.TRACES,
    Scope.FEEDBACK,
)
ALL_SCOPES = tuple(Scope)
