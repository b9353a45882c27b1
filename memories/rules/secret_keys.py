"""Keys and tokens that are known by their form: of vendors, of this site, of cryptography."""

import math
import re
from collections import Counter
from collections.abc import Iterator

from memories.rules.spans import Span

# No form below is shorter: a text without such a run holds none of them.
_LONG_RUN = re.compile(r"(?<![\w-])[\w-]{16}")
# As their makers document them. Public parts, such as Stripe's pk_live, are no secrets.
_KEY_FORMS = r"""
    sk-(?:proj-|svcacct-|admin-|ant-[a-z0-9]{3,8}-|or-v1-|lf-)?[A-Za-z0-9_-]{20,}   # OpenAI & alike
    (?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36,}   # GitHub
    github_pat_[A-Za-z0-9_]{22,}
    gl(?:pat|dt|rt|cbt|ptt|soat|ft|agent)-[A-Za-z0-9_.-]{20,}   # GitLab
    (?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])   # AWS
    (?:xox[abeoprs]|xapp|xwfp)-[A-Za-z0-9-]{12,}   # Slack
    (?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{16,}   # Stripe
    whsec_[A-Za-z0-9+/=]{24,}
    AIza[A-Za-z0-9_-]{35}   # Google
    GOCSPX-[A-Za-z0-9_-]{20,}
    ya29\.[A-Za-z0-9_-]{20,}
    SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}   # SendGrid
    SK[0-9a-f]{32}(?![A-Za-z0-9])   # Twilio
    npm_[A-Za-z0-9]{36}
    pypi-[A-Za-z0-9_-]{40,}
    hf_[A-Za-z0-9]{30,}   # Hugging Face
    do[opr]_v1_[0-9a-f]{64}   # DigitalOcean
    shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}   # Shopify
    (?:bot)?[0-9]{6,12}:AA[A-Za-z0-9_-]{30,40}   # Telegram
    [MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}   # Discord
    key-[0-9a-f]{32}   # Mailgun
    [0-9a-f]{32}-us[0-9]{1,2}(?![0-9A-Za-z])   # Mailchimp
    xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}   # Brevo
    sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,}   # Square
    dapi[0-9a-f]{32}   # Databricks
    lin_api_[A-Za-z0-9]{32,}   # Linear
    (?:ntn|secret)_[A-Za-z0-9]{40,}   # Notion
    figd_[A-Za-z0-9_-]{36,}
    PMAK-[0-9a-f]{24}-[0-9a-f]{34}   # Postman
    NRAK-[A-Z0-9]{27}   # New Relic
    gl(?:sa|c)_[A-Za-z0-9_=+/-]{32,}   # Grafana
    hv[sbr]\.[A-Za-z0-9_-]{20,}   # Vault
    dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9]{40,}   # Doppler
    [A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,}   # Terraform
    ATATT3[A-Za-z0-9_=-]{40,}   # Atlassian
    pat[A-Za-z0-9]{14}\.[0-9a-f]{64}   # Airtable
    (?:gsk|xai|pplx|r8|csk|tgp_v1)[_-][A-Za-z0-9]{32,}   # Groq, xAI, Perplexity, Replicate
    tskey-[a-z]{3,10}-[A-Za-z0-9-]{20,}   # Tailscale
    dckr_pat_[A-Za-z0-9_-]{20,}
    sbp_[0-9a-f]{40}   # Supabase
    sl\.[A-Za-z0-9_-]{100,}   # Dropbox
    EAA[A-Za-z0-9]{60,}   # Facebook
    age-secret-key-1[a-z0-9]{58}
    AGE-SECRET-KEY-1[A-Z0-9]{58}
    rmb_[a-z2-7]{26}_[a-z2-7]{8}_[A-Za-z0-9_-]{20,}   # this site's
"""


def _either(forms: str) -> str:
    lines = (line.split("   #", 1)[0].strip() for line in forms.strip().splitlines())
    return "|".join(lines)


_KEYS = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_either(_KEY_FORMS)})")
_JWT = re.compile(
    r"(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,3}"
)
_BEARER = re.compile(
    r"\b(?:bearer|token|basic|apikey)[ \t]{1,4}([A-Za-z0-9._~+/-]{16,}={0,2})", re.IGNORECASE
)
# The secret half of an AWS pair has no form but its length; its name, or the other half, tells.
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")
_AWS_NEAR = re.compile(r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b|\baws\b|aws_", re.IGNORECASE)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{2,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
    r".*?(?:-----END [A-Z0-9 ]{0,60}PRIVATE KEY(?: BLOCK)?-----|\Z)"
    r"|PuTTY-User-Key-File-\d:.*?(?:Private-MAC: ?[0-9a-f]{40,64}|\Z)",
    re.DOTALL,
)
# `scheme://user:password@host`; only the password is a secret.
_IN_URL = re.compile(r"\b[a-z][a-z0-9+.-]{1,24}://[^\s:@/]{0,100}:([^\s@/]{1,200})@", re.IGNORECASE)
_WEBHOOK = re.compile(
    r"https://(?:hooks\.slack\.com/(?:services|workflows|triggers)/|"
    r"(?:discord|discordapp)\.com/api/webhooks/|[\w-]{1,60}\.webhook\.office\.com/)[\w/@.-]{10,300}"
)
_FEWEST_BITS = 3.0


def find(text: str) -> Iterator[Span]:
    """Where they stand: api_key, token, private_key, password (in an address)."""
    if "://" in text:
        yield from _in_addresses(text)
    if "PRIVATE KEY" in text or "PuTTY-User-Key" in text:
        yield from _all(_PRIVATE_KEY, text, "private_key")
    if _LONG_RUN.search(text) is not None:
        yield from _known_forms(text)


def _in_addresses(text: str) -> Iterator[Span]:
    for match in _IN_URL.finditer(text):
        if not is_placeholder(match[1]):
            yield Span(match.start(1), match.end(1), "password")
    yield from _all(_WEBHOOK, text, "api_key")


def _known_forms(text: str) -> Iterator[Span]:
    for match in _KEYS.finditer(text):
        if any(map(str.isdigit, match[0])):
            yield Span(match.start(), match.end(), "api_key")
    if "eyJ" in text:
        yield from _all(_JWT, text, "token")
    for match in _BEARER.finditer(text):
        if is_random(match[1]):
            yield Span(match.start(1), match.end(1), "token")
    if _AWS_NEAR.search(text):
        secret_halves = (match for match in _AWS_SECRET.finditer(text) if is_random(match[0]))
        yield from (Span(match.start(), match.end(), "api_key") for match in secret_halves)


def _all(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Span]:
    return (Span(match.start(), match.end(), kind) for match in pattern.finditer(text))


def is_random(word: str) -> bool:
    """Whether it reads like a key: letters and digits without the order of a language."""
    if not any(map(str.isdigit, word)) or not any(map(str.isalpha, word)):
        return False
    return bits(word) >= _FEWEST_BITS


def bits(word: str) -> float:
    """Shannon entropy of its characters, in bits for each."""
    size = len(word)
    return -sum(n / size * math.log2(n / size) for n in Counter(word).values()) if size else 0.0


_PLACEHOLDER = re.compile(
    r"<.*>?|\$\{.*|\{\{.*|\{[a-z_]*\}?|\$[A-Z_]+|%[A-Z_]+%|\[[a-z_ ]+\]?.*|[*•.x_-]+|"
    r"(?:your|my|the|some|enter|insert)[-_ ].*|changeme|none|null|nil|true|false|undefined|"
    r"(?:os\.)?(?:environ|getenv)\b.*|process\.env.*|env\(.*|secret|password|passwd|pass|token|"
    r"example|redacted|todo|tbd",
    re.IGNORECASE,
)


def is_placeholder(word: str) -> bool:
    """Whether it only shows where a secret would stand, such as `<password>` or `[api_key]`."""
    return _PLACEHOLDER.fullmatch(word) is not None
