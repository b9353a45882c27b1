"""How people tell of their health, or of somebody's."""

from memories.rules.special_forms import AM, ICH_BIN, JE_SUIS, SOY, WHOSE, forms, words

ILLNESS = words(
    """
    diabetes type_1_diabetes type_2_diabetes cancer leukemia leukaemia lymphoma melanoma tumor
    tumors tumour tumours depression clinical_depression anxiety anxiety_disorder panic_attacks
    panic_disorder ptsd ocd adhd add autism asperger* bipolar bipolar_disorder schizophrenia
    psychosis dementia alzheimer* parkinson* epilepsy seizures migraine migraines asthma copd
    bronchitis pneumonia tuberculosis covid long_covid hiv aids hepatitis hepatitis_c herpes
    chlamydia gonorrhea syphilis std sti endometriosis pcos infertility miscarriage menopause
    anorexia bulimia eating_disorder insomnia sleep_apnea sleep_apnoea narcolepsy hypertension
    high_blood_pressure low_blood_pressure high_cholesterol heart_attack heart_disease
    heart_failure heart_condition heart_murmur arrhythmia atrial_fibrillation stroke strokes angina
    anemia
    anaemia arthritis rheumatoid_arthritis osteoarthritis osteoporosis fibromyalgia lupus
    multiple_sclerosis ms als crohn* crohn's_disease ulcerative_colitis colitis ibs celiac
    coeliac celiac_disease coeliac_disease gout psoriasis eczema alopecia kidney_disease
    kidney_failure kidney_stones liver_disease cirrhosis thyroid_problem* hypothyroidism
    hyperthyroidism cystic_fibrosis sickle_cell* down_syndrome cerebral_palsy chronic_pain
    chronic_fatigue back_pain sciatica scoliosis tinnitus vertigo glaucoma cataracts burnout
    postpartum_depression postnatal_depression suicidal_thoughts addiction drinking_problem
    gambling_addiction alcoholism learning_disability disability hearing_loss hernia ulcer*
    gallstones appendicitis shingles lyme_disease concussion food_poisoning flu fever
    nut_allergy peanut_allergy food_allergy allergies hay_fever brain_tumor brain_tumour
    dyslexia dyscalculia tourette* autoimmune_disease acid_reflux hemophilia haemophilia neuropathy
    malaria measles meningitis sepsis endocarditis pneumothorax borderline_personality_disorder
    bpd blood_clot blood_clots pacemaker
    """
)
MEDICINE = words(
    """
    antidepressants antidepressant ssri ssris prozac zoloft lexapro sertraline fluoxetine xanax
    valium lithium ritalin adderall insulin metformin chemotherapy chemo radiotherapy dialysis
    methadone statins beta_blockers blood_thinners warfarin painkillers opioids antipsychotics
    antibiotics medication meds sleeping_pills hormone_therapy hormones steroids ozempic
    immunosuppressants antiretrovirals prep birth_control the_pill ivf
    """
)
STATE = words(
    """
    diabetic bipolar autistic epileptic asthmatic anorexic bulimic schizophrenic neurodivergent
    hiv_positive hiv-positive pregnant infertile disabled deaf blind hard_of_hearing
    wheelchair_user paraplegic terminally_ill seriously_ill chronically_ill suicidal
    clinically_depressed depressed alcoholic recovering_alcoholic recovering_addict sober
    in_remission in_recovery immunocompromised lactose_intolerant gluten_intolerant celiac coeliac
    anemic anaemic dyslexic on_the_spectrum on_sick_leave in_rehab cancer-free
    cancer_survivor cancer_patient mentally_ill hospitalised hospitalized burned_out burnt_out
    """
)
KIND = (
    r"(?:(?:an?|the|some|severe|chronic|mild|acute|clinical|recurrent|early|late|"
    r"onset|early-onset|seasonal|bad|serious|terminal|stage|type|advanced|breast|lung|skin|"
    r"prostate|"
    r"colon|bowel|ovarian|pancreatic|cervical|testicular|brain|blood|treatment-resistant|"
    r"postpartum|gestational|social|generali[sz]ed|peanut|nut|ii|iv|two|four|1|2|3|4) ){0,4}"
)
_OTHERS = (
    r"(?! (?:research|charit\w+|foundation|awareness|conference|experts?|specialists?|clinic|ward|"
    r"app|apps|company|startup|drugs?|data|dataset|models?|teams?|departments?|course|books?|"
    r"study|studies|statistics|patients|unit|nurse|project|fundraiser|campaign|policy|support "
    r"line|coverage|benefits|reminders?|tracker|the|of the|jokes?|economy|era|years))"
)
ALLERGENS = words(
    """
    peanut peanuts nuts tree_nuts penicillin shellfish pollen gluten lactose milk dairy eggs egg
    wheat soy fish latex bee_stings wasp_stings cats dogs dust mites mold mould aspirin ibuprofen
    strawberries kiwi sesame celery nickel codeine sulfa animal_hair
    """
)
_BODY = r"(?:heart|knee|hip|back|brain|kidney|liver|lung|eye|spinal|gastric|bypass|transplant)"
_DE = words(
    """
    diabetes krebs brustkrebs depressionen depression eine_depression asthma epilepsie migräne
    hiv aids adhs bluthochdruck angststörung* panikattacken eine_essstörung rheuma multiple_sklerose
    burnout einen_burnout einen_tumor heuschnupfen parkinson alzheimer demenz schizophrenie
    einen_schlaganfall einen_herzinfarkt
    """
)
_DE_STATE = words(
    """schwanger depressiv diabetiker diabetikerin epileptiker alkoholiker alkoholikerin
    behindert schwerbehindert krankgeschrieben hiv-positiv autist autistin magersüchtig blind
    gehörlos chronisch_krank suizidal"""
)
_FR = words(
    """
    diabète du_diabète un_cancer cancer une_dépression asthme de_l'asthme épilepsie le_vih le_sida
    migraines des_migraines hypertension une_tumeur la_maladie_de_parkinson un_burn-out
    sclérose_en_plaques un_avc dépression anxiété de_l'anxiété trouble_bipolaire insomnie
    """
)
_FR_STATE = words(
    """enceinte diabétique dépressif dépressive asthmatique épileptique séropositif séropositive
    autiste handicapé handicapée alcoolique anorexique bipolaire malade_du_cancer sourd aveugle"""
)
_ES = words(
    """
    diabetes cáncer depresión asma epilepsia migrañas vih sida hipertensión ansiedad un_tumor
    esclerosis_múltiple tdah artritis párkinson
    """
)
_ES_STATE = words(
    """embarazada diabético diabética deprimido deprimida asmático asmática epiléptico autista
    seropositivo seropositiva discapacitado discapacitada alcohólico alcohólica bipolar celíaco
    celíaca ciego ciega sordo sorda"""
)

HEALTH = forms(
    hints="""
    diab cancer leuk lymph melano tumo depress anxi panic ptsd ocd adhd add autis asperg bipol
    schizo psycho dement alzh parkin epilep seizur migr migra asth copd bronch pneum tuberc covid
    long_covid hiv aids hepat herp chlam gonor syph std sti endom pcos infert miscar menop anorex
    bulim eating insom sleep narco hyper high low heart arrhyth atrial strok angin anem anaem
    arthr rheum osteo fibro lupus multiple ms als crohn ulcer colit ibs celia coelia gout psoria
    eczem alop kidney liver cirrh thyr hypo cystic sickle down cerebral chronic back sciat scolio
    tinn vert glauc catar burn postp postn suic addict drink gambl alcohol learn disab hear hernia
    gall append shing lyme concuss food flu fever nut peanut aller hay brain dysl dysc blood pace
    antid ssri proz zolo lexap sert fluox xan val lith rital adder insul metf chem radio dialy
    methad statin beta warf pain opioid antip antib medic meds horm ster ozem immun antir prep
    birth the_pill pill ivf neurod pregn deaf blind wheel parapl termin serious mental hosp sober
    remiss recover rehab lactos gluten on_the_spec sick therap psychi surger transpl diagn
    tour auto acid hemo haemo neuro mala meas menin sepsis endoc pneu bpd border inpat trouble
    demen dépress anxié oncol cardiol neurol abort mastec hyster c-sect biops aa_meet due_date
    overd relaps tested
    self- bypass medit rehab therapie
    krebs brustk adhs blut angst panik ess schwang behind schwer krank gehör sui magers herz
    schlag allerg unvertr mala maladie cáncer depre asma sida vih ansied embar discap celí ciego
    séro encein handic sourd aveug avc tdah párk
    """,
    told=(
        rf"\b(?:have|has|had|having|got|gotten|with|from|cope with|deal(?:ing|s)? with|battl\w+|"
        rf"fight\w*|beat|surviv\w+|developed|caught|diagnosed(?: \w+){{0,3}} with|suffer\w*|"
        rf"recover\w* from|living with|treated for|due to|because of|{WHOSE}) "
        rf"{KIND}{ILLNESS}{_OTHERS}",
        rf"{AM} {KIND}{STATE}(?! (?:to|by|in the|without|as a bat|alley|spot|trust|date|chess|"
        rf"about|drunk))",
        rf"\b(?:i|we|he|she|they|i['’]m|i['’]ve|who|[A-Z]\w+)\b[^.!?\n]{{0,20}}\b(?:take|takes|"
        rf"taking|"
        rf"took|on|started|starting|off|need|needs|prescribed|injects?|undergo\w*|going through|"
        rf"having|"
        rf"getting|doing) {KIND}(?:{WHOSE} )?{MEDICINE}{_OTHERS}",
        rf"\ballerg(?:ic|y|ies) to {KIND}{ALLERGENS}",
        rf"{AM} (?:allergic to|intolerant to) {ALLERGENS}",
        rf"\b{WHOSE} (?:{KIND})(?:therapist|psychiatrist|psychologist|oncologist|cardiologist|"
        r"neurologist|diagnosis|surgery|pregnancy|miscarriage|abortion|disability|medication|meds|"
        r"chemo\w*|wheelchair|hearing aids?|due date|therapy sessions?)\b",
        rf"\b(?:i|he|she|we|they|[A-Z]\w+)\b[^.!?\n]{{0,20}}\b(?:had|have|having|has|needs?|got|"
        rf"getting|"
        rf"recovering from|scheduled for)(?: \w+){{0,2}} (?:{_BODY} )?(?:surgery|an abortion|"
        r"transplant|a miscarriage|a mastectomy|a hysterectomy|a c-section|a biopsy|a stroke)\b",
        r"\b(?:i|he|she|we|they|[A-Z]\w+)\b[^.!?\n]{0,16}\b(?:see|sees|seeing|saw|go to|goes to|"
        r"going to|started)(?: \w+){0,2} (?:therapist|psychiatrist|therapy|psychotherapy|"
        r"oncologist|"
        r"psychologist|rehab|aa meetings|alcoholics anonymous)\b(?! (?:session for))",
        r"\b(?:i|he|she|they) (?:self-harm\w*|tested positive for \w+|relapsed|miscarried|"
        r"overdosed)\b",
        r"\b(?:in|into|to|from|through) (?:rehab|psychiatric (?:care|treatment)|inpatient (?:care|"
        r"treatment))\b(?! (?:of|for the))",
        r"\bi (?:can't|cannot|can not) (?:eat|have|tolerate) (?:gluten|lactose|dairy|nuts|"
        r"peanuts)\b",
        rf"\b(?:ich (?:habe|hatte|leide an)|(?:er|sie|mutter|vater|frau|mann|tochter|sohn|bruder|"
        rf"schwester|"
        r"freund|freundin|oma|opa|kind) (?:hat|hatte)|wegen (?:meiner|meinem|meines)|"
        rf"mein\w{{0,2}}|diagnose:?|erkrankt an|nehme)(?: (?:seit|schwere?n?|chronische?n?|"
        rf"leichte?n?|"
        rf"eine?n?|typ|1|2|\w+jahren|antidepressiva)){{0,4}} (?:{_DE}|antidepressiva\b|insulin\b)",
        rf"{ICH_BIN} (?:{_DE_STATE}|allergisch gegen \w+)|\bnehme (?:ich )?(?:antidepressiva|"
        rf"insulin)\b"
        r"|\ballergie gegen \w+|\b(?:in|mache eine) (?:psycho)?therapie\b",
        rf"\b(?:j['’]ai|il a|elle a|(?:mère|père|femme|mari|fille|fils|frère|sœur) (?:a|souffre)|"
        rf"je souffre|je vis avec|atteinte?|souffre)(?: (?:eu|un|une|"
        rf"des|du|"
        rf"d['’]|de|de l['’]))*(?: | ?){_FR}",
        rf"{JE_SUIS} (?:{_FR_STATE}|allergique (?:aux?|à l['’]|à la|à) ?\w+|sous antidépresseurs)",
        rf"\b(?:tengo|tiene|sufre|sufro|padezco|padece|sufre|me diagnosticaron)(?: (?:de|una?|"
        rf"la))* "
        rf"{_ES}",
        rf"{SOY} (?:{_ES_STATE}|alérgic[oa] al? \w+)|\btomo (?:antidepresivos|insulina)\b",
    ),
    otherwise=(
        r"\b(?:health|allergic to|sick of|addicted to|cancer) (?:check\w*|meetings|work|mondays|"
        r"coffee|chocolate|this|that|the|it|sign|horoscope|charity|research|ward|rising)\b",
        r"\b(?:add|aids|als|prep|hormones|flu) (?:a|an|the|to|it|me|this|that|shot|jab|season)\b",
        r"\b(?:disabled|blind|deaf) (?:the|all|javascript|notifications|spot|date|tasting|by|"
        r"trust)\b",
        r"\bstar sign\b|\bheart attack when\b|\b(?:nearly|almost|practically) had a heart attack\b",
        r"\bfrom (?:the )?covid(?: era| years)\b|\bstroke of (?:luck|genius)\b|\bfever (?:for|"
        r"dream|"
        r"pitch)\b",
    ),
)
