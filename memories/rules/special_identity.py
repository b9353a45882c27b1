"""How people tell whom they love, where their people come from, and other marks of who they are."""

from memories.rules.special_forms import AM, ICH_BIN, JE_SUIS, SOY, WHOSE, forms, words

ORIENTATION = words(
    """
    gay lesbian bisexual bi pansexual asexual homosexual heterosexual straight queer transgender
    trans trans_woman trans_man transsexual non-binary nonbinary genderqueer genderfluid intersex
    polyamorous poly demisexual aromantic lgbtq lgbt
    """
)
SEXUALITY = forms(
    hints="""gay lesb bisex bi panse asex homos heteros straight queer transg trans transs non-b
    nonbin gender inters polyam poly demis aromant lgbt sexual sex came coming come schwul lesbisch
    bisexuell homosex homo gai gais bisexu maric hetero closet attracted grindr outing ace sexuell
    dates sleeps
    fetish kink transici transidente""",
    told=(
        rf"{AM} {ORIENTATION}(?! (?:bar|bars|pride|club|up|line|lines|away|from|to|ahead|out|"
        rf"fat|fats|"
        r"friendly|rights|ally|flush|forward|through|answer|talk|face|glad|community|weekly|annual|"
        r"a student|into (?:the )?(?:next|meeting)))",
        r"\b(?:came|come|coming) out (?:as|to (?:my|his|her|their) (?:parents|family|mother|"
        r"father|mom|"
        r"mum|dad|friends|colleagues))\b",
        rf"\b{WHOSE} (?:sexual orientation|sexuality|sex life|gender identity|transition|coming "
        rf"out|"
        r"gender dysphoria)\b",
        r"\b(?:i['’]m|i am|he['’]s|he is|she['’]s|she is)(?: \w+)? attracted to (?:men|women|"
        r"both|girls|boys)\b",
        r"\b(?:i|he|she) (?:only |mostly )?(?:dates?|sleeps? with|prefers?) (?:men|"
        r"women)\b(?!['’])",
        r"\b(?:i|he|she)(?:['’]m| am|['’]s| is)? (?:still )?(?:in the closet|closeted)\b",
        r"\b(?:i|he|she)(?:['’]ve)? (?:began|started|begun) (?:transitioning|hormone "
        r"replacement)\b",
        rf"{ICH_BIN} (?:schwul|lesbisch|bisexuell|homosexuell|queer|trans|transgender|nichtbinär|"
        rf"asexuell|pansexuell)\b",
        rf"{JE_SUIS} (?:gay|gai|lesbienne|bisexuel(?:le)?|homosexuel(?:le)?|homo|trans|bi|queer|"
        rf"non-binaire)\b",
        rf"{SOY} (?:gay|lesbiana|bisexual|homosexual|trans|transexual|queer|asexual)\b",
    ),
    otherwise=(
        r"\b(?:straight|bi|trans|poly|gay) (?:up|line|away|ahead|flush|talk|face|answer|weekly|"
        r"annual|"
        r"monthly|fats?|bars?|forward|to the|from|a student|shooter)\b",
        r"\bcame out (?:as (?:a )?(?:winner|surprise|paperback|the winner))\b",
    ),
)

ORIGIN = words(
    """
    asian latino latina hispanic african-american african_american afro-caribbean
    caucasian indigenous native_american aboriginal maori roma romani sinti kurdish arab
    mixed_race mixed-race biracial multiracial ethnically_ashkenazi ashkenazi sephardic inuit
    first_nations people_of_color person_of_color person_of_colour east_asian south_asian
    """
)
ETHNICITY = forms(
    hints="""black white asian latin hispan african afro cauca indig native aborig maori roma sinti
    kurd arab jewish mixed birac multir ethnic ashken seph inuit first people person of_color east
    south race racial descent heritage ancest herkunft schwarz afrodes gitan gitano indígena origine
    half part quarter origin skin wurzel cherok navaj yorub igbo tamil punjab pasht hazar
    métis métisse negro negra minder rom roots afro""",
    told=(
        rf"{AM} {ORIGIN}(?! (?:belt|tie|coffee|friday|box|hat|food|market|fusion|wine|paper|noise|"
        r"and white|label|sheep|swan|magic|board|bread|rice|cuisine|cat|dog|t-shirt|shirt|car|tea|"
        r"history|art|museum|light|mode|theme))(?: (?:man|woman|person|guy|girl|american|"
        r"british))?",
        # Of a person, not of coffee or a car.
        r"\b(?:i['’]?m|i am|he['’]?s|she['’]?s|we['’]?re|they['’]?re|he is|she is|we are|they "
        r"are|as) "
        r"(?:an? )?(?:proud )?(?:black|white|brown)(?: (?:man|woman|person|guy|girl|american|"
        r"british|"
        r"german|french))?(?! (?:belt|tie|box|hat|sheep|swan|and white|hat hacker|noise|label|"
        r"with|from))"
        r"(?=[ ]?(?:\Z|[.,;!?)]|and |in |so |but |or |man|woman|person|guy|girl|who ))",
        rf"\b{WHOSE} (?:ethnicity|ethnic (?:origin|background|group)|race is|racial (?:background|"
        r"identity)|skin colou?r)\b",
        rf"{AM} of (?:\w+ ){{0,3}}(?:descent|heritage|ancestry|ethnicity|origin)\b",
        rf"{AM} (?:half|part|a quarter|ethnically) (?-i:[A-ZÀ-Þ])\w+\b(?! (?:time|done|way|of|"
        rf"past|"
        r"asleep|finished|full|empty|price|an? |the|ready|convinced|hour|day))",
        r"\b(?:my|our|his|her|their) (?:ancestors|roots|family) (?:are|is|were) (?:ethnic\w*|"
        r"roma|kurdish|"
        r"jewish|african|maori|cherokee|navajo|yoruba|igbo|tamil|punjabi|pashtun|hazara)\b",
        rf"{ICH_BIN} (?:schwarz|afrodeutsch|kurdin?|roma|romni|sinti|sinto|jüdischer herkunft)\b"
        r"|\bich habe \w+ wurzeln\b",
        rf"{JE_SUIS} (?:noire?|métisse?|arabe|kabyle|rom|d['’]origine \w+)\b",
        rf"{SOY} (?:negr[oa]|gitan[oa]|indígena|mestiz[oa]|afrodescendiente|mulat[oa])\b",
    ),
    otherwise=(
        r"\b(?:half|part) (?:time|of|a|an|way|past|done|the|german-speaking)\b",
        r"\b(?:is|was|are) (?:black|white)\b(?= (?:and|with|or|now|on)\b)|\bthe \w+ (?:is|are) "
        r"(?:black|white)\b",
    ),
)

BIOMETRICS = forms(
    hints="""fingerp retina iris face faceid voicep palm biometr finger gesichts empreinte huella
    facial""",
    told=(
        rf"\b{WHOSE} (?:fingerprints?|retina(?:l)? scans?|iris scans?|voiceprint|palm print|facial "
        r"(?:scan|template|recognition data)|biometric\w*(?: data| template)?|face template|"
        r"fingerabdr(?:u|ü)ck\w*|gesichtsscan|empreintes? digitales?|huellas? dactilar(?:es)?)\b",
    ),
    otherwise=(r"\bfingerprints? (?:reader|sensor|scanner|login) (?:is|of|on|broke|doesn)",),
)

GENETICS = forms(
    hints="""dna genetic gene genes genom brca 23andme ancestryd carrier chromos huntington mutation
    gentest erbkrank génét genét hereditary prueba test_gén gendef maladie enferm mutac""",
    told=(
        rf"\b{WHOSE} (?:(?:\w+ )?dna (?:test|results?|sequence|profile|analysis)|genetic (?:test|"
        r"results?|data|condition|disorder|predisposition|risk|profile)|genome|genotype|23andme|"
        r"gentest\w*|test génétique|prueba genética)\b",
        r"\b(?:i|he|she|we)(?:['’]m| am| is|['’]s)? ?(?:have|has|carry|carries|carrying|a "
        r"carrier of|carriers? "
        r"of|tested positive for|inherited)(?: \w+){0,3} (?:brca ?[12]?|gene(?! (?:therapy|pool|"
        r"editing))|mutation|chromosome|"
        r"huntington\w*|"
        r"genetic disorder|genetic condition)\b",
        r"\b(?:i|he|she|we) (?:had|got|did|took) (?:\w+ ){0,3}(?:genome|dna) (?:sequenced|"
        r"test\w*)\b",
        r"\bich (?:trage|habe)(?: \w+){0,3} (?:gendefekt|erbkrankheit|brca\w*)\b",
        r"\b(?:j['’]ai|tengo)(?: \w+){0,2} (?:maladie génétique|mutation génétique|mutación "
        r"genética|"
        r"enfermedad genética)\b",
    ),
)

CRIMINAL_RECORD = forms(
    hints="""prison jail convict crimin felon arrest probation parole sentenced juvenile dui dwi
    vorbestr gefäng bewähr verurteil casier condamn antecedent cárcel preso theft shoplift assault
    charged guilty garde prisión détenu did_time misdem haft knast vorstraf conden caught police
    bail ex-""",
    told=(
        r"\b(?:i|he|she|we|they|i['’]ve|he['’]s|she['’]s|[A-Z]\w+)\b[^.!?\n]{0,24}\b(?:been "
        r"(?:to|in) (?:prison|"
        r"jail)|went to (?:prison|jail)|was in (?:prison|jail)|served (?:\w+ ){1,4}(?:in "
        r")?(?:prison|jail|years? "
        r"for)|did time|got arrested|was arrested|were arrested|been arrested|was convicted|were "
        r"convicted|been convicted|was sentenced|was charged with|pleaded guilty|pled guilty|got "
        r"a dui|"
        r"have a dui|had a dui|got caught shoplifting)\b",
        r"\b(?:i|he|she|we|they|who) (?:have|has|had)(?: got)? (?:a |an )?(?:criminal|police|"
        r"juvenile|prison)"
        r" (?:record|conviction|past)\b|\b(?:i|he|she) (?:have|has|had) (?:a )?(?:felony|"
        r"criminal conviction|"
        r"prior convictions?|misdemeanou?r)\b",
        rf"{AM} (?:on (?:probation|parole)|(?:convicted )?felon|ex-con(?:vict)?|out on bail|in "
        rf"(?:prison|jail)|an? "
        r"ex-offender|released from (?:prison|jail))\b",
        rf"\b{WHOSE} (?:criminal record|conviction|prison sentence|parole officer|probation "
        rf"officer|arrest)\b",
        rf"{ICH_BIN} (?:vorbestraft|auf bewährung|verurteilt)\b|\bich (?:war|saß)(?: \w+){{0,3}} "
        rf"(?:im "
        r"gefängnis|in haft|im knast)\b|\bwurde (?:ich )?(?:\w+ ){0,4}verurteilt\b|\bmeine "
        r"vorstrafen?\b",
        r"\bj['’]ai (?:été (?:condamnée?|en prison)|un casier judiciaire|fait de la prison)\b|"
        r"\bj['’]étais en prison\b",
        r"\b(?:tengo antecedentes penales|estuve en (?:la cárcel|prisión)|fui condenad[oa]|me "
        r"arrestaron|me condenaron)\b",
    ),
    otherwise=(
        r"\barrested by (?!(?:the )?(?:police|cops|fbi)\b)|\bcharged with (?:\w+ing|the task|all|"
        r"a task)\b|\bprison break\b|\bmonopoly\b|\bcriminal minds\b|"
        r"\b(?:film|movie|novel|game|show|book)\b",
    ),
)
