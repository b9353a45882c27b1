"""Cities and countries, told from what one also "moves to": another editor, another team."""

import re

# In a pattern that ignores case a name needs its capital.
CAPITAL = r"(?!I\b)[A-ZÀ-ÖØ-Þ]"
SMALL = r"[a-zà-öø-ÿ'’-]+"
PLACE = (
    rf"(?P<value>(?-i:(?:[Tt]he |St\.? )?{CAPITAL}[\w’'-]*(?:(?: (?:am|an der|upon|sur|de|del|da|"
    rf"do|la|las|los|le|den|of|of the))? {CAPITAL}[\w’'-]*){{0,3}})|(?-i:{SMALL}(?: "
    rf"{SMALL}){{0,2}}))"
)

_COUNTRIES = frozenset(
    "afghanistan|albania|algeria|argentina|armenia|australia|austria|azerbaijan|bangladesh|belarus|"
    "belgium|bolivia|bosnia|brazil|bulgaria|cambodia|cameroon|canada|chile|china|colombia|"
    "costa rica|croatia|cuba|cyprus|czechia|czech republic|denmark|ecuador|egypt|england|estonia|"
    "ethiopia|finland|france|georgia|germany|ghana|greece|guatemala|hungary|iceland|india|"
    "indonesia|iran|iraq|ireland|israel|italy|jamaica|japan|jordan|kazakhstan|kenya|kosovo|kuwait|"
    "latvia|lebanon|lithuania|luxembourg|malaysia|malta|mexico|moldova|mongolia|morocco|nepal|"
    "netherlands|new zealand|nigeria|north macedonia|northern ireland|norway|pakistan|panama|"
    "paraguay|peru|philippines|poland|portugal|qatar|romania|russia|rwanda|saudi arabia|scotland|"
    "senegal|serbia|singapore|slovakia|slovenia|south africa|south korea|spain|sri lanka|sweden|"
    "switzerland|syria|taiwan|tanzania|thailand|tunisia|turkey|uganda|ukraine|"
    "united arab emirates|united kingdom|united states|uk|us|usa|uruguay|venezuela|vietnam|wales|"
    "zambia|zimbabwe|deutschland|österreich|schweiz|frankreich|spanien|italien|niederlande|"
    "allemagne|espagne|suisse|belgique|italie|pays-bas|españa|alemania|francia|méxico|perú|"
    "suiza|brasil|italia".split("|")
)
# Written small, only these are taken for cities.
_CITIES = frozenset(
    "amsterdam|athens|atlanta|auckland|austin|bangkok|barcelona|basel|beijing|belgrade|berlin|"
    "birmingham|bogota|bologna|bordeaux|boston|bristol|brussels|bucharest|budapest|buenos aires|"
    "cairo|calgary|cape town|chicago|cologne|copenhagen|dallas|delhi|denver|detroit|dresden|dubai|"
    "dublin|edinburgh|florence|frankfurt|geneva|glasgow|gothenburg|hamburg|hanover|helsinki|"
    "hong kong|houston|istanbul|jakarta|johannesburg|karachi|kyiv|kyoto|lagos|leeds|leipzig|lille|"
    "lima|lisbon|liverpool|london|los angeles|lyon|madrid|manchester|manila|marseille|melbourne|"
    "mexico city|miami|milan|minneapolis|montreal|moscow|mumbai|munich|nairobi|naples|new york|"
    "oslo|ottawa|oxford|paris|philadelphia|phoenix|porto|portland|prague|riga|"
    "rio de janeiro|rome|rotterdam|san diego|san francisco|santiago|seattle|seoul|seville|"
    "shanghai|singapore|sofia|stockholm|stuttgart|sydney|taipei|tallinn|tel aviv|tokyo|toronto|"
    "toulouse|turin|utrecht|valencia|vancouver|vienna|vilnius|warsaw|washington|zagreb|zurich|"
    "köln|münchen|wien|zürich|genève|bruxelles|lisboa|sevilla".split("|")
)
# One moves to these without moving house.
_NO_PLACE = frozenset(
    "linux windows macos mac ubuntu debian fedora arch android ios neovim vim emacs vs vscode zed "
    "python rust go java javascript typescript kotlin swift ruby php react vue angular svelte "
    "django kubernetes docker aws azure gcp github gitlab bitbucket jira notion obsidian slack "
    "teams discord postgres postgresql mysql mongodb redis chrome firefox safari brave proton "
    "gmail outlook spotify netflix chatgpt claude gemini marketing sales engineering product "
    "finance legal hr operations support design research plan team level phase stage section "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december spring summer autumn fall winter easter "
    "christmas i the a my it texas california florida bavaria bayern ohio".split()
)
_TIMES = re.compile(
    r"\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day.*$|\s+(?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December)\b.*$"
)


def city(raw: str) -> str:
    """A place that is no country; small letters only for well-known cities."""
    place = without_time(raw.strip(" .,;!"))
    if place.islower():
        words = place.split()
        return next((p for p in (" ".join(words[:2]), words[0]) if p in _CITIES), "")
    bare = _without_article(place).casefold()
    moved_within = bare.split(maxsplit=1)[0] in _NO_PLACE
    return "" if moved_within or bare in _COUNTRIES - _CITIES else place


def country(raw: str) -> str:
    """A country, as it was written but for its article."""
    place = _without_article(without_time(raw.strip(" .,;!")))
    # Small "us" and "turkey" are words, not countries.
    known = place.casefold() in _COUNTRIES - _CITIES and (
        len(place) > len("usa") or place.isupper()
    )
    return place if known else ""


def _without_article(place: str) -> str:
    return re.sub(r"^the\s+", "", place, flags=re.IGNORECASE)


def is_country(name: str) -> bool:
    """Whether this, in small letters and without an article, is a country's name."""
    return name in _COUNTRIES


def without_time(place: str) -> str:
    """A place without the day or month that follows it: "Berlin Monday to Friday"."""
    return _TIMES.sub("", place)
