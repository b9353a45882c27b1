"""Words that name an occupation, told from all else that one can be: a nurse, not a night owl."""

import re

_ENGLISH = (
    r"engineer|developer|programmer|designer|architect|manager|director|analyst|scientist|"
    r"researcher|nurse|doctor|physician|surgeon|dentist|pharmacist|therapist|psychologist|"
    r"physio|paramedic|midwife|vet|veterinarian|teacher|professor|lecturer|tutor|"
    r"librarian|student|lawyer|attorney|solicitor|paralegal|judge|accountant|bookkeeper|auditor|"
    r"banker|consultant|advis[eo]r|broker|trader|representative|marketer|recruiter|journalist|"
    r"editor|writer|author|translator|interpreter|photographer|filmmaker|artist|sculptor|"
    r"illustrator|musician|actor|actress|dancer|baker|cook|chef|waiter|waitress|bartender|barista|"
    r"butcher|farmer|gardener|florist|carpenter|electrician|plumber|mechanic|welder|builder|mason|"
    r"tailor|driver|pilot|sailor|firefighter|officer|soldier|cleaner|housekeeper|caretaker|"
    r"hairdresser|barber|receptionist|secretary|assistant|clerk|administrator|technician|operator|"
    r"inspector|surveyor|\w+ologist|chemist|physicist|\w+tician|astronomer|economist|founder|"
    r"entrepreneur|freelancer|ceo|cto|cfo|coo|lead|intern|apprentice|trainee|postdoc|carer|"
    r"caregiver|nanny|coach|instructor|trainer|worker|priest|rabbi|imam|politician|diplomat|"
    r"salesperson|salesman|saleswoman|beautician|optician|product owner|foreman|"
    r"supervisor|coordinator|buyer|planner|strategist|copywriter|roofer|painter|plasterer|"
    r"bricklayer|jeweller|locksmith|logger|miner|"
    r"fisherman|beekeeper|brewer|winemaker|butler|porter|courier|postman|guard|curator|archivist|"
    r"conductor|composer|singer|comedian|producer|animator|anaesthetist|radiographer|"
    r"headteacher|principal|dean|registrar|magistrate|notary|actuary|statistician|steward|"
    r"stewardess|flight attendant|estate agent|travel agent"
)
_GERMAN = (
    r"(?:\w*(?:lehrer|pfleger|ingenieur|entwickler|programmierer|tischler|schreiner|maurer|maler|"
    r"bäcker|metzger|fleischer|gärtner|förster|verkäufer|fahrer|berater|erzieher|leiter|helfer|"
    r"arbeiter|händler|elektriker|mechaniker|mechatroniker|klempner|techniker|informatiker|"
    r"chemiker|physiker|biologe|psychologe|therapeut|architekt|designer|journalist|redakteur|"
    r"übersetzer|dolmetscher|fotograf|musiker|schauspieler|künstler|autor|apotheker|"
    r"professor|dozent|forscher|wissenschaftler|student|polizist|soldat|richter|notar|"
    r"steuerberater|buchhalter|controller|analyst|manager|friseur|kellner|landwirt|winzer|imker|"
    r"optiker|hausmeister|sekretär|assistent|sachbearbeiter|referent|meister|führer|wirt|trainer)"
    r"(?:in)?|\w*(?:arzt|ärztin|anwalt|anwältin|koch|köchin|bauer|bäuerin|biologin|"
    r"hebamme|schwester|(?:kauf|fach)(?:frau|mann)))"
)
_FRENCH = (
    r"infirmi(?:er|ère)|médecin|chirurgien(?:ne)?|dentiste|pharmacien(?:ne)?|sage-femme|"
    r"aide-soignante?|kinésithérapeute|psychologue|vétérinaire|professeure?|prof|enseignante?|"
    r"instituteur|institutrice|étudiante?|ingénieure?|développeu(?:r|se)|informaticien(?:ne)?|"
    r"technicien(?:ne)?|architecte|avocate?|juge|notaire|comptable|journaliste|traduct(?:eur|rice)|"
    r"interprète|photographe|graphiste|musicien(?:ne)?|act(?:eur|rice)|comédien(?:ne)?|"
    r"boulang(?:er|ère)|pâtissi(?:er|ère)|bouch(?:er|ère)|cuisini(?:er|ère)|serveu(?:r|se)|"
    r"agricult(?:eur|rice)|jardini(?:er|ère)|menuisi(?:er|ère)|plombi(?:er|ère)|"
    r"électricien(?:ne)?|mécanicien(?:ne)?|maçon(?:ne)?|chauffeu(?:r|se)|pilote|pompi(?:er|ère)|"
    r"polici(?:er|ère)|vendeu(?:r|se)|coiffeu(?:r|se)|secrétaire|directeur|directrice|"
    r"chercheu(?:r|se)|bibliothécaire|libraire|fleuriste|consultante?"
)
_SPANISH = (
    r"enfermer[oa]|médic[oa]|cirujan[oa]|dentista|farmacéutic[oa]|matrona|fisioterapeuta|"
    r"psicólog[oa]|veterinari[oa]|profesora?|maestr[oa]|estudiante|ingenier[oa]|"
    r"desarrolladora?|programadora?|informátic[oa]|técnic[oa]|arquitect[oa]|abogad[oa]|juez|jueza|"
    r"notari[oa]|contable|contadora?|periodista|traductora?|intérprete|fotógraf[oa]|"
    r"diseñadora?|músic[oa]|actor|actriz|panader[oa]|pasteler[oa]|carnicer[oa]|cociner[oa]|"
    r"camarer[oa]|agricultora?|jardiner[oa]|carpinter[oa]|fontaner[oa]|electricista|mecánic[oa]|"
    r"albañil|conductora?|taxista|piloto|bomber[oa]|policía|vendedora?|peluquer[oa]|"
    r"secretari[oa]|directora?|investigadora?|bibliotecari[oa]|librer[oa]|consultora?"
)
_JOBS = re.compile(rf"(?:{_ENGLISH})$", re.IGNORECASE)
_GERMAN_JOBS = re.compile(rf"\b(?:{_GERMAN})$", re.IGNORECASE)
# The word comes first in these: "profesora de matemáticas".
_ROMANCE_JOBS = re.compile(rf"^(?:{_FRENCH}|{_SPANISH})\b", re.IGNORECASE)


def is_occupation(words: str) -> bool:
    """Whether an English phrase ends with one, or is "head of" something."""
    job, of, _ = words.casefold().partition(" of ")
    return bool(_JOBS.search(job)) or bool(of and job == "head")


def is_german(words: str) -> bool:
    """Whether a German phrase ends with one."""
    return bool(_GERMAN_JOBS.search(words))


def is_romance(words: str) -> bool:
    """Whether a French or Spanish phrase begins with one."""
    return bool(_ROMANCE_JOBS.search(words))
