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
_ONE_WORD = r"(?P<value>[^\W\d_][\w-]+)"
# Words between a verb and its place: "seit fünf Jahren", "depuis peu", "desde hace años".
_SINCE_DE = (
    r"(?:(?:jetzt|nun|inzwischen|mittlerweile|wieder|allein|noch|immer noch|hier|schon|"
    r"seit (?:[\w.]+ ){1,3}?)\s*)*?"
)
_SINCE_FR = r"(?:(?:maintenant|désormais|toujours|seule?|depuis (?:[\w.]+ ){1,3}?)\s*)*?"
_SINCE_ES = r"(?:(?:ahora|todavía|solo|sola|actualmente|desde (?:[\w.]+ ){1,3}?)\s*)*?"
_LIVING_DE = (
    rf"{_FRONT}(?:ich (?:wohne|lebe)|wir (?:wohnen|leben)) {_SINCE_DE}"
    r"(?:mit [\w ]{3,30}? )?(?:mitten |direkt )?"
)
_LIVING_FR = (
    rf"{_FRONT}(?:j['’]habite|je vis|je réside|nous (?:habitons|vivons)|on habite) ?{_SINCE_FR}"
)
_LIVING_ES = rf"{_FRONT}(?:yo )?(?:vivo|resido|vivimos|residimos) ?{_SINCE_ES}"
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
            rf"{_LIVING_DE}in {PLACE}",
            rf"{_FRONT}(?:ich bin|wir sind) (?:[\w ]{{0,40}} )?nach {PLACE} (?:um)?gezogen",
            rf"{_FRONT}(?:mein|unser) (?:neues )?zuhause ist (?:jetzt |nun )?(?:in )?{PLACE}",
            rf"{_LIVING_FR} ?à {PLACE}",
            rf"{_FRONT}(?:j['’]ai (?:emménagé|déménagé)|(?:je viens|nous venons) "
            rf"d['’e](?: ?emménager| déménager)|nous avons (?:em|dé)ménagé|je me suis installée?)"
            rf"(?: de \w+)? à {PLACE}",
            rf"{_LIVING_ES} ?en {PLACE}",
            rf"{_FRONT}(?:yo )?(?:me (?:mudé|he mudado)|nos (?:mudamos|hemos mudado)) "
            rf"(?:de \w+ )?a {PLACE}",
        ),
    ),
    (
        "country",
        places.country,
        (
            rf"{_LIVING_DE}in (?:der |den )?{PLACE}",
            rf"{_LIVING_FR} ?(?:en|au|aux) {PLACE}",
            rf"{_LIVING_ES} ?en {PLACE}",
        ),
    ),
    (
        "employer",
        slot_values.employer,
        (
            rf"{_FRONT}ich (?:arbeite|jobbe) {_SINCE_DE}(?:als {_SOME_JOB} )?"
            rf"(?:bei|für)(?: der| dem)? {ORGANIZATION}",
            rf"{_FRONT}ich (?:habe|hab) (?:[\w ]{{0,30}} )?bei(?: der| dem)? {ORGANIZATION} "
            rf"(?:angefangen|begonnen|angeheuert)",
            rf"{_FRONT}ich bin {_SINCE_DE}bei(?: der| dem)? {ORGANIZATION} "
            rf"(?:angestellt|beschäftigt|eingestellt)",
            rf"{_FRONT}mein (?:neuer )?arbeitgeber (?:ist|heißt) (?:jetzt )?{ORGANIZATION}",
            rf"{_FRONT}je (?:travaille|bosse) {_SINCE_FR}(?:comme {_SOME_JOB} )?"
            rf"(?:chez|pour) {ORGANIZATION}",
            rf"{_FRONT}(?:j['’]ai été (?:embauchée?|engagée?|recrutée?) (?:chez|par)|j['’]ai "
            rf"(?:rejoint|commencé chez)|je viens de (?:rejoindre|commencer chez)|"
            rf"mon (?:nouvel )?employeur est) {ORGANIZATION}",
            rf"{_FRONT}(?:yo )?trabajo {_SINCE_ES}(?:como {_SOME_JOB} )?"
            rf"(?:en|para) {ORGANIZATION}(?! (?:casa|remoto)\b)",
            rf"{_FRONT}(?:(?:acabo de|he) (?:empezar|empezado)(?: a trabajar)? (?:en|con)|"
            rf"me (?:han contratado|contrataron) en|mi (?:nueva )?empresa es) {ORGANIZATION}",
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
    (
        "role",
        slot_values.german_occupation,
        (rf"{_FRONT}ich bin {_SINCE_DE}(?:von beruf |gelernte[rn]? )?(?:eine? )?{_ONE_WORD}",),
    ),
    (
        "role",
        slot_values.romance_occupation,
        (
            rf"{_FRONT}je suis {_SINCE_FR}(?:une? )?{_JOB}",
            rf"{_FRONT}(?:yo )?soy (?:una? )?{_JOB}",
        ),
    ),
)

NAMING: tuple[Row, ...] = (
    (
        "preferred_name",
        slot_values.name,
        (
            rf"{_ASK_DE}(?:nenn mich|nennen sie mich) (?:bitte |einfach )*{PERSON}",
            rf"{_FRONT}(?:man nennt mich|(?:alle|meine \w+) nennen mich) {PERSON}",
            rf"{_ASK_FR}(?:appelle-moi|appelez-moi) {PERSON}",
            rf"{_FRONT}(?:on|tout le monde) m['’]appelle {PERSON}",
            rf"{_ASK_ES}(?:llámame|puedes llamarme) {PERSON}",
            rf"{_FRONT}(?:todos )?me llaman {PERSON}",
        ),
    ),
)

REQUESTS: tuple[Row, ...] = (
    (
        "language",
        slot_values.language,
        (
            rf"{_ASK_DE}(?:antworten? (?:sie )?|schreiben? (?:sie )?|sprich |sprechen sie |rede? )"
            rf"(?:mir |mit mir )?(?:bitte |ab jetzt |immer |künftig |wieder |lieber )*(?:auf "
            rf")?{LANGUAGE}",
            rf"{_ASK_DE}auf {LANGUAGE}",
            rf"{_ASK_DE}(?:[\w ]{{0,20}} )?auf (?P<value>\w+) (?:mit mir )?(?:antworten|reden|"
            rf"sprechen|schreiben)\b",
            rf"{_ASK_FR}(?:réponds?|répondez|écris|écrivez|parle|parlez)(?:-moi)?(?: toujours)? en "
            rf"{LANGUAGE}",
            rf"{_ASK_FR}en {LANGUAGE}",
            rf"{_ASK_ES}(?:responde|respóndeme|contesta|contéstame|escríbeme|háblame|habla)(?: "
            rf"siempre)? en {LANGUAGE}",
            rf"{_ASK_ES}en {LANGUAGE}",
            rf"{_FRONT}(?:auf |en )?(?P<value>[^\W\d_]+),? (?:bitte|por favor|s['’]il (?:te|vous) "
            r"pla[iî]t)\s*[.!]*$",
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
