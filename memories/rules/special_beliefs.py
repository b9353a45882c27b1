"""How people tell what they believe, whom they vote for, and that they are in a union."""

from memories.rules.special_forms import AM, ICH_BIN, JE_SUIS, SOY, WHOSE, forms, words

BELIEVER = words(
    """
    catholic roman_catholic protestant christian muslim jewish hindu buddhist sikh mormon atheist
    agnostic lutheran baptist methodist anglican presbyterian evangelical pentecostal orthodox
    orthodox_christian orthodox_jew jew sunni shia quaker jehovah's_witness pagan wiccan jain taoist
    zoroastrian baha'i religious bahai rastafarian scientologist believer churchgoer
    """
)
_NOUNS = (
    r"(?! (?:charity|school|university|hospital|church|cemetery|art|music|history|literature|"
    r"holiday|quarter|district|recipes?|cuisine|food|bakery|deli|museum|architecture|names?|"
    r"dior|louboutin|bale|labeouf|about))"
)
_WORSHIP = (
    r"(?:church|mass(?! (?:protest|event|e-?mail|production|market|media|gathering|layoff))|"
    r"mosque|the mosque|synagogue|temple|friday prayers|confession|bible study|shul)"
)
_DE = words(
    """katholisch katholik katholikin evangelisch protestantisch muslim muslimin moslem jüdisch jude
    jüdin hindu buddhist buddhistin atheist atheistin gläubig christ christin konfessionslos"""
)
_FR = words(
    """catholique protestant protestante musulman musulmane juif juive bouddhiste athée croyant
    croyante chrétien chrétienne hindou pratiquant pratiquante"""
)
_ES = words(
    """católico católica protestante musulmán musulmana judío judía budista ateo atea creyente
    cristiano cristiana agnóstico agnóstica testigo_de_jehová evangélico evangélica"""
)

RELIGION = forms(
    hints="""
    cathol roman protes chris musl jew hind buddh sikh mormon atheis agnos luth bapt meth angl
    presb evang pentec ortho sunni shia quak jehov pag wicc jain tao zoro baha relig rasta scient
    believ church mass mosque synag temple friday confess bible shul pray ramadan lent sabbath
    shabb kosher halal hajj faith islam jud conver god allah jesus kathol mosl jüd gläub konfess
    gottes moschee kirche musulm juif juive boudd athé croy chrét hindou pratiq messe mosqu catól
    judí budis ateo atea crey crist testig misa mezqui igles church synagoge évang
    rabbi imam priest parish religi congreg prayer bar_mitz bat_mitz first_com heaven
    reincarn raised brought eid passover yom kirche
    """,
    told=(
        rf"{AM} (?:ex-|non-)?{BELIEVER}{_NOUNS}",
        rf"\b(?:i|we|he|she|they|[A-Z]\w+)\b(?: (?:also|usually|always|often|regularly|still|never|"
        rf"sometimes|both))*(?:['’]m|['’]re)? (?:go|goes|went|going|attend|attends|attended|pray|"
        rf"prays|"
        rf"worship|worships) (?:\w+ ){{0,2}}?(?:to |at |in )?(?:(?:my|our|the|a|local) "
        rf")?{_WORSHIP}\b"
        r"(?! (?:street|road|lane|square|hill|market|production|effect|transit|concerts?|halls?|"
        r"fairs?|"
        r"festivals?|music|tours?|bells?|choirs?|bazaars?))",
        r"\b(?:i|we|he|she|they|[A-Z]\w+)\b(?: (?:always|still|never|also|do|am|is))? ?(?:fast|"
        r"fasts|"
        r"fasting|observe|observes|keep|keeps|celebrate|celebrates) (?:\w+ )?(?:during |for "
        r")?(?:ramadan|"
        r"lent|yom kippur|shabbat|the sabbath|sabbath|kosher|eid|passover)\b(?! salt)",
        r"\b(?:i|we|he|she) (?:only )?eat[s]? (?:only )?(?:kosher|halal)\b",
        r"\b(?:i|we|he|she|they)(?:['’]ve| have| has)? (?:recently )?convert(?:ed|ing)? (?:to|"
        r"from) \w+",
        r"\b(?:i|we|he|she|they) (?:do not|don['’]t|doesn['’]t|no longer|really )?(?: ?believes? "
        r"in) "
        r"(?:god|allah|jesus|heaven|reincarnation|islam)\b",
        r"\b(?:i|we|he|she|they) pray(?:s|ed)?\b(?: (?:five times|every|daily|to|at|before|each|"
        r"a lot))",
        r"\bbrought up (?:as )?(?:an? )?" + BELIEVER + r"|\braised (?:as )?(?:an? )?" + BELIEVER,
        rf"\b{WHOSE} (?:faith(?! in)|religion|parish|rabbi|imam|priest|baptism|bar mitzvah|bat "
        rf"mitzvah|"
        r"first communion|church community|prayer group|congregation)\b",
        rf"{ICH_BIN} {_DE}|\b(?:ich gehe|wir gehen|geht)(?: \w+){{0,3}} in die (?:kirche|moschee|"
        r"synagoge)\b|\bich glaube (?:nicht )?an gott\b|\baus der kirche ausgetreten\b",
        rf"{JE_SUIS} {_FR}|\bje (?:vais|crois)(?: \w+){{0,3}} (?:à la messe|à la mosquée|à "
        rf"l['’]église|"
        r"à la synagogue|en dieu)",
        rf"{SOY} {_ES}|\b(?:voy|vamos)(?: \w+){{0,3}} a (?:misa|la iglesia|la mezquita|la "
        rf"sinagoga)\b"
        r"|\b(?:no )?creo en dios\b",
    ),
    otherwise=(
        r"\b(?:critical|mass|temple|church|christian|religious) (?:street|road|lane|square|"
        r"louboutin|"
        r"dior|bale|transit|production|about)\b",
        r"\b(?:coffee|vim|emacs|python|excel|football|tabs|gym)\b[^.!?\n]{0,20}\breligio\w+",
        r"\bconvert(?:ed|ing)? (?:to|from) (?:pdf|jpe?g|png|csv|mp3|mp4|json|xml|utf|metric|"
        r"celsius|"
        r"euros?|dollars?|typescript|python|rust|word|excel|html|markdown|vegan\w*|a |an |the |my |"
        r"tea|coffee|linux|mac|kotlin|react|vue|postgres\w*|git|docker)",
        r"\bpray(?:s|ed)? (?:that|for) (?:the )?(?:build|deploy\w*|tests?|weather|train|it works)",
    ),
)

PARTIES = words(
    """
    green greens the_greens green_party labour the_labour_party conservative conservatives tory
    tories republican republicans democrat democrats democratic liberal liberals lib_dem lib_dems
    socialist communist libertarian trump biden harris obama sanders reform reform_uk brexit remain
    leave ukip snp afd spd cdu csu fdp die_grünen grüne die_linke bsw snp plaid_cymru left right
    left-wing right-wing macron le_pen melenchon mélenchon rn psoe pp vox podemos sumar
    """
)
PERSUADED = words(
    """
    conservative liberal socialist communist anarchist libertarian republican democrat marxist
    left-wing right-wing left_wing right_wing leftist tory monarchist centrist feminist_activist
    social_democrat green_party_member brexiteer remainer zionist nationalist eurosceptic
    """
)
POLITICS = forms(
    hints="""
    vot green labour conserv tory tories repub democr liber lib_dem social commun trump biden
    harris obama sanders reform brexit remain leave ukip snp afd spd cdu csu fdp die_ grüne bsw
    plaid left right anarch marx monarch centr zion national eurosc party partei wähl polit activ
    campaign canvass protest linke macron le_pen mélench melench psoe vox podemos sumar elect
    parti wing party lean mitglied feminist gauche droite izquierd derech
    """,
    told=(
        rf"\b(?:vot(?:e|es|ed|ing)|canvass\w*|campaign\w*|donat\w+) (?:\w+ )?(?:for |to )?(?:the )?"
        rf"{PARTIES}(?! (?:on|in|to|the|it|out|now|away|tea|one|side|button|option))",
        rf"{AM} {PERSUADED}(?! (?:estimates?|about|with|in my|arts|use|amount|gatekeeper|"
        rf"leaning on))",
        r"\b(?:i|he|she|we|[A-Z]\w+)(?:['’]m| am| is| are|['’]s)? ?(?:a |an )?(?:card-carrying |"
        r"active |"
        r"paying |registered |proud )*(?:member|supporter|activist|councillor|volunteer|"
        r"candidate) (?:of|in|for|with) "
        r"(?:the )?(?:[A-ZÄÖÜ]\w+ ){0,2}(?:party|greens|tories|labour|democrats|republicans|afd|"
        r"spd|"
        r"cdu|csu|fdp|snp|psoe|vox|grünen|linken)\b",
        r"\bjoined (?:the )?(?:labour|green|conservative|republican|democratic|communist|socialist|"
        r"liberal|tory|afd|spd|cdu|fdp)(?: party)?\b",
        rf"\b{WHOSE} (?:political (?:views?|beliefs?|opinions?|party|affiliation)|politics "
        rf"(?:are|is|lean))\b",
        r"\b(?:i|he|she) leans? (?:to the )?(?:left|right|conservative|liberal|republican|"
        r"democrat)\b"
        r"(?! (?:on|in|over|against))",
        r"\b(?:ich|wir|er|sie) (?:wähl\w*|habe?)(?: \w+){0,3} (?:die )?(?:grünen?|afd|spd|cdu|"
        r"csu|fdp|"
        r"linke|bsw)\b|\bmitglied (?:der|bei der|in der|bei den) (?:grünen|afd|spd|cdu|csu|fdp|"
        r"linken)\b",
        rf"{ICH_BIN} (?:links|rechts|konservativ|kommunist|kommunistin|sozialist|sozialistin|"
        rf"sozialdemokrat)\b",
        r"\bje (?:vote|voterai)(?: \w+){0,3} (?:macron|mélenchon|le pen|à gauche|à droite|écolo\w*|"
        r"socialiste|rn|lfi)\b|\bj['’]ai voté (?:pour )?\w+|"
        rf"{JE_SUIS} (?:de gauche|de droite|socialiste|communiste|écologiste|royaliste)\b",
        r"\b(?:voto|voté|votamos|votaré)(?: \w+){0,2} (?:psoe|pp|vox|podemos|sumar|izquierda|"
        r"derecha)\b|"
        rf"{SOY} (?:de izquierdas?|de derechas?|socialista|comunista|anarquista)\b",
    ),
    otherwise=(
        r"\b(?:vote|voted|voting) (?:for|to|on) (?:pizza|the (?:green|red|blue|left|right) (?:one|"
        r"logo|design|option|theme|colou?r|button))\b",
        r"\bbe (?:more )?(?:conservative|liberal) (?:with|about|in)\b",
        r"\b(?:conservative|liberal) (?:estimates?|amount|arts|use)\b",
    ),
)

TRADE_UNION = forms(
    hints="""union unions unite unison shop_stew gewerk verdi ver.di ig_met syndic sindic cgt cfdt
    ccoo ugt steward strike""",
    told=(
        r"\b(?:member|rep|representative|organi[sz]er|delegate|chair|treasurer) (?:of|in|for|at|"
        r"with) "
        r"(?:the |my |our |a )?(?:\w+ ){0,2}(?:trade |labou?r |teachers'? |nurses'? |workers'? "
        r")?union\b(?! of)",
        r"\b(?:i|he|she|we|they)(?:['’]ve| have| has)? ?(?:just |recently )?(?:joined|belong to|"
        r"belongs "
        r"to|pay dues to|left|quit) (?:the |my |a |our )?(?:\w+ ){0,2}(?:trade |labou?r |"
        r"teachers'? |nurses'? )?union\b(?! of)",
        rf"{AM} (?:in|part of|active in) (?:the |a |my |our )?(?:\w+ ){{0,2}}(?:trade |labou?r |"
        rf"teachers'? |"
        r"nurses'? )?union\b(?! of)|"
        + rf"{AM} (?:unioni[sz]ed|(?:trade )?unionist|(?:the |our )?(?:union rep\w*|"
        r"shop steward))\b",
        rf"\b{WHOSE} (?:trade union|labou?r union|union (?:rep\w*|dues|membership|card|branch|"
        rf"steward))\b",
        r"\b(?:in der gewerkschaft|gewerkschaftsmitglied|gewerkschafter(?:in)?|mitglied (?:der|"
        r"bei|bei "
        r"der|in der) (?:ver\.?di|ig metall|gewerkschaft|gew))\b",
        r"\b(?:syndiqué|syndiquée|délégué syndical|déléguée syndicale|membre (?:de la|d['’]un|"
        r"du) (?:cgt|"
        r"cfdt|syndicat))\b",
        r"\b(?:afiliad[oa] (?:a|al) (?:un |ccoo|ugt|cgt|sindicato)\w*|miembro (?:de un|del) "
        r"sindicato|"
        r"delegad[oa] sindical|sindicalista)\b",
    ),
    otherwise=(
        r"\b(?:european|soviet|credit|student|students'?|western|customs|savings|tagged|state of "
        r"the|"
        r"rugby|civil|postal|banking) union\b|\bunion (?:square|jack|station|type|types|query|"
        r"select|"
        r"all|find|street|pub)\b",
    ),
)
