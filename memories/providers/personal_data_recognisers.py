"""presidio with the recognisers that we use. Importing this module loads presidio and spaCy."""

import ipaddress
from collections.abc import Callable, Sequence

import spacy
import tldextract
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    LocalRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import (
    AuMedicareRecognizer,
    AuTfnRecognizer,
    CryptoRecognizer,
    DeTaxIdRecognizer,
    EmailRecognizer,
    EsNieRecognizer,
    EsNifRecognizer,
    FiPersonalIdentityCodeRecognizer,
    IbanRecognizer,
    InAadhaarRecognizer,
    InPanRecognizer,
    IpRecognizer,
    ItFiscalCodeRecognizer,
    KrRrnRecognizer,
    MacAddressRecognizer,
    NhsRecognizer,
    PlPeselRecognizer,
    SePersonnummerRecognizer,
    SgFinRecognizer,
    SpacyRecognizer,
    UkNinoRecognizer,
    UsItinRecognizer,
    UsSsnRecognizer,
)
from spacy.language import Language

from memories.providers import personal_data_patterns as patterns
from memories.providers import phone_recognition

LANGUAGE = "en"
CERTAIN = 0.9
# Nothing is fetched, nothing is written: the list inside the package is the list.
_DOMAIN = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
_INTERNAL = (".local", ".internal", ".lan", ".corp", ".intranet", ".test", ".example", ".invalid")
_EMAIL = Pattern(
    "email",
    r"(?<![\w.+-])[\w!#$%&'*+/=?^`{|}~-][\w.!#$%&'*+/=?^`{|}~-]{0,63}@"
    r"(?:[\w](?:[\w-]{0,61}[\w])?\.){1,8}[^\W\d_]{2,24}(?![\w@])",
    0.5,
)
_INDIAN_PAN = Pattern("pan", r"\b(?-i:[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z])\b", 0.6)
_NOBODYS = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "0.0.0.0/8",
         "255.255.255.255/32", "::1/128", "::/128", "fe80::/10"),
    )
)  # fmt: skip
_PLAIN = (
    UsSsnRecognizer, UsItinRecognizer, UkNinoRecognizer, NhsRecognizer, EsNifRecognizer,
    EsNieRecognizer, ItFiscalCodeRecognizer, PlPeselRecognizer, InAadhaarRecognizer,
    DeTaxIdRecognizer, SePersonnummerRecognizer,
    SgFinRecognizer, AuTfnRecognizer, AuMedicareRecognizer, KrRrnRecognizer, IbanRecognizer,
    CryptoRecognizer, MacAddressRecognizer,
)  # fmt: skip


def engine(names_model: str) -> AnalyzerEngine:
    """The recognisers over a blank pipeline, or over an installed spaCy model, which also finds
    names and places. Raises OSError for a model that is not installed."""
    pipeline = _Pipeline(names_model)
    recognisers: list[EntityRecognizer] = [
        *(kind(supported_language=LANGUAGE) for kind in _PLAIN),
        FiPersonalIdentityCodeRecognizer(supported_entity="FI_HETU", supported_language=LANGUAGE),
        # Its own forms take time in proportion to the square of the text's length.
        InPanRecognizer(patterns=[_INDIAN_PAN], supported_language=LANGUAGE),
        _Email(patterns=[_EMAIL], supported_language=LANGUAGE),
        _Address(supported_language=LANGUAGE),
        _Phone(supported_entities=["PHONE_NUMBER"], supported_language=LANGUAGE),
        *_own(),
    ]
    if names_model:
        recognisers.append(
            SpacyRecognizer(supported_language=LANGUAGE, supported_entities=["PERSON", "LOCATION"])
        )
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognisers, supported_languages=[LANGUAGE]),
        nlp_engine=pipeline,
        context_aware_enhancer=_WordsNearby(0.35, 0.5, 0, 0),
    )


class _Pipeline(SpacyNlpEngine):
    """spaCy without the loading that would download a model."""

    def __init__(self, names_model: str) -> None:
        super().__init__(
            models=[{"lang_code": LANGUAGE, "model_name": names_model or "blank"}],
            ner_model_configuration=NerModelConfiguration(labels_to_ignore=["O"]),
        )
        loaded = spacy.load(names_model) if names_model else spacy.blank(LANGUAGE)
        # Declared without a type, as None, by what loads it otherwise.
        self.nlp: dict[str, Language] = {LANGUAGE: loaded}  # type: ignore[assignment]


class _WordsNearby(ContextAwareEnhancer):
    """presidio's own looks at lemmas, which a blank pipeline has not, and repeats the text in the
    error that it raises when it finds no token."""

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """Raise the score of what stands near a word of its recogniser."""
        del nlp_artifacts, context
        words = {one.id: one.context or () for one in recognizers}
        key = RecognizerResult.RECOGNIZER_IDENTIFIER_KEY
        for result in raw_results:
            near = text[max(0, result.start - 80) : result.end + 30].lower()
            if any(
                word.lower() in near for word in words.get(result.recognition_metadata[key], ())
            ):
                raised = max(
                    result.score + self.context_similarity_factor,
                    self.min_score_with_context_similarity,
                )
                result.score = min(1.0, raised)
        return raw_results


class _Email(EmailRecognizer):
    """With bounded repeats, and the domain endings that are on board."""

    def validate_result(self, pattern_text: str) -> bool:
        """Whether the domain has an ending that exists, or that networks use inside."""
        domain = pattern_text.rpartition("@")[2].lower()
        return domain.endswith(_INTERNAL) or bool(_DOMAIN(domain).suffix)


class _Address(IpRecognizer):
    """An address that leads to somebody."""

    def invalidate_result(self, pattern_text: str) -> bool:
        """Private, local and unset addresses are nobody's."""
        try:
            address = ipaddress.ip_interface(pattern_text).ip
        except ValueError:
            return True
        return any(address in network for network in _NOBODYS if network.version == address.version)


class _Phone(LocalRecognizer):
    """Phone numbers; see phone_recognition."""

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """The numbers in the text."""
        del entities, nlp_artifacts
        return [_result(self, start, end) for start, end in phone_recognition.find(text)]


class _Checked(PatternRecognizer):
    """Patterns whose finds must pass a check."""

    check: Callable[[str], bool] | None = None

    def validate_result(self, pattern_text: str) -> bool | None:
        """What the check says; None without one."""
        return None if self.check is None else self.check(pattern_text)


def _own() -> list[PatternRecognizer]:
    plain = {
        "POSTAL_ADDRESS": patterns.ADDRESS,
        "DATE_OF_BIRTH": patterns.BIRTH,
        "PASSPORT": patterns.PASSPORT,
        "DRIVING_LICENCE": patterns.LICENCE,
        "ID_CARD": patterns.ID_CARD,
        "BANK_ACCOUNT": patterns.ACCOUNT,
        "INSURANCE_NUMBER": patterns.INSURANCE,
        "LICENCE_PLATE": patterns.PLATE,
        "CRYPTO": patterns.ETHEREUM,
        "COORDINATES": patterns.COORDINATES,
        "USERNAME": patterns.HANDLE,
    }
    checked = {
        "FR_NIR": (patterns.FRENCH, patterns.french_is_valid),
        "CH_AHV": (patterns.SWISS, patterns.swiss_is_valid),
        "NL_BSN": (patterns.DUTCH, patterns.dutch_is_valid),
        "BR_CPF": (patterns.BRAZILIAN, patterns.brazilian_is_valid),
        "CA_SIN": (patterns.CANADIAN, None),
    }
    return [
        *(_recogniser(kind, forms, None) for kind, forms in plain.items()),
        *(_recogniser(kind, forms, check) for kind, (forms, check) in checked.items()),
    ]


def _recogniser(
    kind: str, forms: Sequence[str], check: Callable[[str], bool] | None
) -> PatternRecognizer:
    made = _Checked(
        supported_entity=kind,
        name=kind.lower(),
        supported_language=LANGUAGE,
        patterns=[Pattern(kind.lower(), form, CERTAIN) for form in forms],
    )
    made.check = check
    return made


def _result(recogniser: EntityRecognizer, start: int, end: int) -> RecognizerResult:
    return RecognizerResult(
        entity_type=recogniser.supported_entities[0],
        start=start,
        end=end,
        score=CERTAIN,
        recognition_metadata={
            RecognizerResult.RECOGNIZER_NAME_KEY: "phone_number",
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recogniser.id,
        },
    )
