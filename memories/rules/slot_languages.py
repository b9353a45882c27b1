"""The slots of German, French and Spanish statements and requests."""

from memories.rules import places, slot_values
from memories.rules.places import PLACE
from memories.rules.sentences import LEAD
from memories.rules.slot_values import LANGUAGE, ORGANIZATION, PERSON, Row

_FRONT = rf"^\s*(?:{LEAD})*(?:und |aber |et |mais |y |pero )?"
_JOB = (
    r"(?P<value>[^\W\d_][\w/&-]*(?: (?!bei\b|in\b|im\b|für\b|und\b|seit\b|chez\b|à\b|dans\b|et\b|"
    r"depuis\b|en\b|y\b|para\b|desde\b)[\w/&-]+){0,3})"
)
_SOME_JOB = _JOB.replace("?P<value>", "?:")
_ASK_DE = rf"{_FRONT}(?:(?:bitte|ab (?:jetzt|sofort)|künftig|kannst du|können sie|immer),?\s+)*"
_ASK_FR = (
    rf"{_FRONT}(?:(?:s['’]il (?:te|vous) pla[iî]t|à partir de maintenant|désormais|dorénavant|"
    r"peux-tu|pouvez-vous|toujours),?\s+)*"
)
_ASK_ES = (
    rf"{_FRONT}(?:(?:por favor|a partir de ahora|de ahora en adelante|siempre|desde ahora|"
    r"puedes|podrías),?\s+)*"
)

PROFILE: tuple[Row, ...] = (
    (
        "name",
        slot_values.name,
        (
            rf"{_FRONT}(?:ich heiße|ich heisse|mein name ist) (?:jetzt )?{PERSON}",
            rf"{_FRONT}(?:je m['’]appelle|mon nom est) (?:maintenant )?{PERSON}",
            rf"{_FRONT}(?:(?:yo )?me llamo|mi nombre es) (?:ahora )?{PERSON}",
        ),
    ),
    (
        "city",
        places.city,
        (
            rf"{_FRONT}ich (?:wohne|lebe) (?:jetzt |seit \w+ |allein )?in {PLACE}",
            rf"{_FRONT}ich bin (?:[\w ]{{0,30}} )?nach {PLACE} (?:um)?gezogen",
            rf"{_FRONT}(?:j['’]habite|je vis|je réside) (?:maintenant |désormais )?à {PLACE}",
            rf"{_FRONT}(?:j['’]ai déménagé|je viens de déménager) (?:de \w+ )?à {PLACE}",
            rf"{_FRONT}(?:yo )?vivo (?:ahora )?en {PLACE}",
            rf"{_FRONT}(?:yo )?me (?:mudé|he mudado) (?:de \w+ )?a {PLACE}",
        ),
    ),
    (
        "country",
        places.country,
        (
            rf"{_FRONT}ich (?:wohne|lebe) (?:jetzt )?in (?:der )?{PLACE}",
            rf"{_FRONT}(?:j['’]habite|je vis) (?:maintenant )?(?:en|au) {PLACE}",
            rf"{_FRONT}(?:yo )?vivo (?:ahora )?en {PLACE}",
        ),
    ),
    (
        "employer",
        slot_values.employer,
        (
            rf"{_FRONT}ich arbeite (?:jetzt )?(?:als {_SOME_JOB} )?"
            rf"(?:bei|für)(?: der| dem)? {ORGANIZATION}",
            rf"{_FRONT}je travaille (?:maintenant )?(?:comme {_SOME_JOB} )?"
            rf"(?:chez|pour) {ORGANIZATION}",
            rf"{_FRONT}(?:yo )?trabajo (?:ahora )?(?:como {_SOME_JOB} )?"
            rf"(?:en|para) {ORGANIZATION}(?! (?:casa|remoto)\b)",
        ),
    ),
    (
        "role",
        slot_values.role,
        (
            rf"{_FRONT}ich arbeite (?:[^,.;]{{0,30}}? )?als {_JOB}",
            rf"{_FRONT}je travaille (?:[^,.;]{{0,30}}? )?comme {_JOB}",
            rf"{_FRONT}(?:yo )?trabajo (?:[^,.;]{{0,30}}? )?(?:como|de) {_JOB}",
        ),
    ),
)

NAMING: tuple[Row, ...] = (
    (
        "preferred_name",
        slot_values.name,
        (
            rf"{_ASK_DE}(?:nenn mich|nennen sie mich) (?:bitte )?{PERSON}",
            rf"{_ASK_FR}(?:appelle-moi|appelez-moi) {PERSON}",
            rf"{_ASK_ES}(?:llámame|puedes llamarme) {PERSON}",
        ),
    ),
)

REQUESTS: tuple[Row, ...] = (
    (
        "language",
        slot_values.language,
        (
            rf"{_ASK_DE}(?:antworten? (?:sie )?|schreiben? (?:sie )?|sprich |sprechen sie )(?:mir "
            rf")?(?:bitte |ab jetzt |immer |künftig |wieder |lieber )*(?:auf )?{LANGUAGE}",
            rf"{_ASK_DE}auf {LANGUAGE}",
            rf"{_ASK_DE}(?:[\w ]{{0,20}} )?auf (?P<value>\w+) antworten\b",
            rf"{_ASK_FR}(?:réponds?|répondez|écris|écrivez|parle|parlez)(?:-moi)?(?: toujours)? en "
            rf"{LANGUAGE}",
            rf"{_ASK_FR}en {LANGUAGE}",
            rf"{_ASK_ES}(?:responde|respóndeme|contesta|contéstame|escríbeme|háblame|habla)(?: "
            rf"siempre)? en {LANGUAGE}",
            rf"{_ASK_ES}en {LANGUAGE}",
        ),
    ),
    (
        "length",
        slot_values.length,
        (
            rf"{_ASK_DE}(?:antworte|schreib|fass dich) (?:bitte |immer )?(?P<value>kurz|"
            rf"ausführlich)\b",
            rf"{_ASK_FR}réponds(?:-moi)? (?P<value>brièvement)\b",
            rf"{_ASK_ES}responde (?P<value>brevemente)\b",
        ),
    ),
)
