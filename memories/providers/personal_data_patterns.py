"""Forms of personal data that presidio does not know, or knows in one language only.

For the `regex` module: `\\K` begins what is found, so that the words which tell what a number is
stay. Repeats are bounded; no form needs more than time in proportion to the text's length.
"""

_NO = r"(?:[ \t]?(?:number|no\.?|nr\.?|nummer|n[°º]|num(?:ber|éro|ero)?|id))?"
_IS = (
    r"(?:[ \t]{0,2}[:=#][ \t]{0,2}|[ \t](?:is|was|ist|lautet|est|es)(?:[ \t](?:the|now))?[ \t]|"
    r"[ \t])"
)

_STREET_EN = (
    r"(?:street|st\b\.?|avenue|ave\b\.?|road|rd\b\.?|lane|ln\b\.?|drive|dr\b\.?|boulevard|"
    r"blvd\b\.?|"
    r"court|ct\b\.?|place|pl\b\.?|square|sq\b\.?|terrace|crescent|close|way|highway|hwy\b\.?|"
    r"parkway|"
    r"pkwy\b\.?|row|gardens|mews|grove|hill|walk|alley|circle|trail|quay|wharf|broadway)(?!\w)"
)
_NAME = r"(?-i:[A-ZÀ-ÞÄÖÜ0-9][\w'’.-]{0,24})"
_UNIT = r"(?:,?[ \t](?:apt|apartment|flat|unit|suite|ste|floor|#)\.?[ \t]?[\w-]{1,6})?"
_CITY = (
    r"(?:,?[ \t](?-i:[A-ZÀ-Þ])[^\W\d_][^\W\d_'’.-]{0,24}(?:[ "
    r"\t](?-i:[A-ZÀ-Þ])[^\W\d_][^\W\d_]{0,24}){0,2})?"
    r"(?:,?[ \t](?-i:[A-Z]{2})(?:[ \t]\d{5}(?:-\d{4})?)?|,?[ \t](?-i:[A-Z]{1,2}\d[A-Z\d]?[ "
    r"\t]\d[A-Z]{2})"
    r"|,?[ \t]\d{5})?(?!\w)"
)
ADDRESS = (
    # 221B Baker Street, London NW1 6XE; 1600 Pennsylvania Avenue NW, Washington, DC 20500
    rf"(?<![\w.,$€£-])\d{{1,5}}(?:[a-z]|-\d{{1,4}})?,?[ \t](?:(?:north|south|east|west|n|s|e|"
    rf"w)\.?[ \t])?"
    rf"(?:{_NAME}[ \t]){{1,4}}{_STREET_EN}(?:[ \t](?-i:NW|NE|SW|SE|N|S|E|W)\b)?{_UNIT}{_CITY}",
    # Friedrichstraße 43, 10117 Berlin; Am Markt 5; Lange Gasse 12a
    r"\b(?-i:[A-ZÄÖÜ])[\wäöüß.-]{1,30}(?:straße|strasse|str\.|weg|allee|platz|gasse|damm|ufer|"
    r"chaussee|"
    r"ring|steig|pfad)[ \t]\d{1,4}[ \t]?[a-h]?(?!\w)(?:,?[ \t](?:(?:D|A|CH)-)?\d{4,5}[ "
    r"\t](?-i:[A-ZÄÖÜ])[\w-]{2,24})?",
    r"\b(?-i:(?:Am|An der|Auf dem|Im|In der|Zum|Zur|Unter den|Lange|Große|Kleine|Alte|Neue|Obere|"
    r"Untere))"
    r"[ \t](?-i:[A-ZÄÖÜ])[\wäöüß-]{2,24}[ \t]\d{1,4}[ \t]?[a-h]?,[ \t]\d{4,5}[ "
    r"\t](?-i:[A-ZÄÖÜ])[\w-]{2,24}",
    r"\b(?-i:[A-ZÄÖÜ])[\wäöüß-]{2,24}[ \t](?-i:Straße|Strasse|Str\.|Gasse|Allee|Weg|Platz)[ "
    r"\t]\d{1,4}[ \t]?[a-h]?(?!\w)"
    r"(?:,?[ \t]\d{4,5}[ \t](?-i:[A-ZÄÖÜ])[\w-]{2,24})?",
    # 12 bis, rue de la Paix, 75002 Paris
    r"(?<![\w.,-])\d{1,4}(?:[ \t]?(?:bis|ter))?,?[ \t](?:rue|avenue|boulevard|bd|place|impasse|"
    r"allée|chemin|"
    r"quai|route|cours|square|passage)[ \t](?:d(?:e|u|es)[ \t](?:la[ \t]|l['’])?|d['’]|l['’])?"
    r"(?-i:[A-ZÀ-Þ0-9])[\w'’-]{1,30}(?:[ \t-](?:de|du|la|(?-i:[A-ZÀ-Þ])[\w'’-]{1,30})){0,4}"
    r"(?:,?[ \t]\d{5}[ \t](?-i:[A-ZÀ-Þ])[\w'’-]{1,30})?",
    # Calle de Alcalá 45, 28014 Madrid; Avda. Diagonal, nº 211
    r"\b(?:calle|c/|avenida|avda\.?|plaza|paseo|camino|carretera|ronda|travesía)[ \t]?(?:de[ "
    r"\t](?:la[ \t]|"
    r"los[ \t]|las[ \t])?|del[ \t])?(?-i:[A-ZÀ-Þ])[\w'’-]{1,30}(?:[ \t](?:de|del|la|"
    r"(?-i:[A-ZÀ-Þ])[\w'’-]{1,30}))"
    r"{0,4},?[ \t](?:n[ºo°]\.?[ \t]?|número[ \t])?\d{1,4}(?!\w)(?:,?[ \t](?:\d[ºª]?[ "
    r"\t]?[a-z]\b,?[ \t])?\d{5}"
    r"(?:[ \t](?-i:[A-ZÀ-Þ])[\w'’-]{1,30})?)?",
    r"\bP\.?[ \t]?O\.?[ \t]?Box[ \t]\d{1,6}\b|\bPostfach[ \t]\d[\d ]{1,8}\b",
    r"\b(?:post|zip|postal)[ -]?code[ \t]?(?:is|:)?[ \t]\K(?:[A-Z]{1,2}\d[A-Z\d]?[ "
    r"\t]?\d[A-Z]{2}|\d{5}(?:-\d{4})?)\b",
)

_MONTH = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|"
    r"july?|juli|"
    r"aug(?:ust)?|sep(?:t|tember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|février|mars|"
    r"avril|juin|"
    r"juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|"
    r"julio|agosto|"
    r"septiembre|octubre|noviembre|diciembre|janvier)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.|er)?(?:[ \t]of|[ \t]de)?[ \t]{_MONTH}(?:,?[ \t](?:de[ "
    rf"\t])?\d{{2,4}})?|"
    rf"{_MONTH}[ \t](?:the[ \t])?\d{{1,2}}(?:st|nd|rd|th)?(?:,?[ \t]\d{{4}})?|"
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./][ \t]?\d{1,2}[-./][ \t]?(?:\d{4}|\d{2}))(?!\w)"
)
BIRTH = (
    rf"\b(?:born|d\.?o\.?b\.?|date of birth|birth ?date|birthday|b-?day|geboren|geb\.|"
    rf"geburtsdatum|geburtstag|"
    rf"née?(?:\(e\))?|date de naissance|anniversaire|nac[ií]|nació|nacid[oa]|fecha de nacimiento|"
    rf"cumpleaños|"
    rf"cumplo años)(?!\w)[^.!?\n\d]{{0,24}}?[ \t:]\K{_DATE}",
    rf"\b(?:bin|ist|wurde|war)[ \t](?:am[ \t])?\K{_DATE}(?=[ \t](?:in[ \t]\w+[ \t])?geboren)",
)

_VALUE = r"(?=[A-Z0-9-]{0,20}\d)[A-Z0-9]{2,12}(?:[ -]?[A-Z0-9]{2,9}){0,4}(?!\w)"
PASSPORT = (
    rf"\b(?:passport|reisepass(?:nummer)?|passeport|"
    rf"pasaporte){_NO}{_IS}\K(?=\w{{0,9}}\d)[A-Z0-9]{{6,10}}(?!\w)",
)
LICENCE = (
    rf"\b(?:driv(?:er['’]?s?|ing)[ -]licen[cs]e|führerschein(?:nummer)?|permis de conduire|"
    rf"(?:licencia|carnet|permiso) de conducir){_NO}{_IS}\K{_VALUE}",
)
ID_CARD = (
    rf"\b(?:id[ -]card|identity card|personalausweis(?:nummer)?|ausweisnummer|carte d['’]identité|"
    rf"national id|dni){_NO}{_IS}\K(?=\w{{0,12}}\d)[A-Z0-9]{{7,14}}(?!\w)",
)
ACCOUNT = (
    rf"\b(?:bank[ -])?(?:account|acct|konto|kontonummer|compte|cuenta)(?:[ \t](?:number|no\.?|"
    rf"nr\.?|nummer|"
    rf"bancaire))?{_IS}\K\d(?:[ -]?\d){{6,16}}(?!\w)",
    rf"\b(?:sort code|routing(?: number)?|blz|bankleitzahl){_IS}\K\d(?:[ -]?\d){{5,8}}(?!\w)",
)
INSURANCE = (
    rf"\b(?:insurance(?: policy)?|policy|member|versicherten|versicherungs|krankenversicherten|"
    rf"sozialversicherungs|"
    rf"medicare|medicaid|patient|nhs|sécurité sociale|seguridad social)"
    rf"[ -]?(?:number|no\.?|nummer|id|numéro)?{_IS}\K(?=[A-Z0-9 -]{{0,16}}\d{{3}}){_VALUE}",
)
PLATE = (
    rf"\b(?:licen[cs]e plate|number ?plate|registration plate|plate number|kennzeichen|"
    rf"nummernschild|"
    rf"plaque d['’]immatriculation|matrícula){_NO}{_IS}\K(?=[A-ZÄÖÜ0-9 "
    rf"-]{{0,11}}\d)[A-ZÄÖÜ0-9]{{1,4}}"
    r"(?:[ -][A-ZÄÖÜ0-9]{1,4}){0,3}(?!\w)",
)
# Of people; presidio knows none of these.
FRENCH = (
    r"(?<!\d)[12][ ]?\d{2}[ ]?(?:0[1-9]|1[0-2]|[2-9]\d)[ ]?\d[\dAB][ ]?\d{3}[ ]?\d{3}[ "
    r"]?\d{2}(?!\d)",
)
SWISS = (r"(?<!\d)756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?!\d)",)
DUTCH = (r"\b(?:bsn|burgerservicenummer)\b[^.\n\d]{0,12}\K\d{9}(?!\d)",)
BRAZILIAN = (r"(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)", r"\bCPF\b[^.\n\d]{0,8}\K\d{11}(?!\d)")
CANADIAN = (r"\b(?:sin|social insurance number)\b[^.\n\d]{0,12}\K\d{3}[- ]?\d{3}[- ]?\d{3}(?!\d)",)
ETHEREUM = (r"\b0x[0-9a-f]{40}\b",)
COORDINATES = (r"(?<![\d.])-?\d{1,2}\.\d{4,10},[ \t]?-?\d{1,3}\.\d{4,10}(?![\d.])",)
HANDLE = (
    r"\b(?:twitter|x|instagram|insta|tiktok|github|telegram|mastodon|bluesky|discord|snapchat|"
    r"skype)"
    r"(?:[ \t](?:handle|name|user(?:name)?|account|id))?[ \t]?(?:is|:|=)?[ \t]?\K@[\w.]{2,30}",
)


def french_is_valid(digits: str) -> bool:
    """The control key of a French social security number."""
    plain = digits.replace(" ", "").upper().replace("2A", "19").replace("2B", "18")
    return int(plain[:13]) % 97 + int(plain[13:]) == 97 if plain.isdigit() else False  # noqa: PLR2004


def swiss_is_valid(digits: str) -> bool:
    """The EAN-13 check digit of a Swiss social security number."""
    plain = [int(sign) for sign in digits if sign.isdigit()]
    return sum(value * (3 if place % 2 else 1) for place, value in enumerate(plain)) % 10 == 0


def dutch_is_valid(digits: str) -> bool:
    """The eleven-test of a Dutch citizen service number."""
    return (
        sum(int(d) * w for d, w in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0
    )


def brazilian_is_valid(digits: str) -> bool:
    """The two check digits of a Brazilian tax number."""
    plain = [int(sign) for sign in digits if sign.isdigit()]
    if len(set(plain)) == 1:
        return False
    for size in (9, 10):
        total = sum(value * (size + 1 - place) for place, value in enumerate(plain[:size]))
        if total * 10 % 11 % 10 != plain[size]:
            return False
    return True
