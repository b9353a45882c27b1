"""Words that say nothing of what a text is about, by language of the stemmer.

Short on purpose: a frequent word that still means something is damped by its document frequency.
For a language without a list, that damping alone must do.
"""

_ENGLISH = """
a about after again all also am an and any are aren as at be been before being both but by can
could d did didn do does doesn doing don down each else ever few for from further had has hasn
have haven having he her here hers him himself his how i if in into is isn it its itself just ll
m me more most my myself no nor not now of off on once one only or other our ours out over own
please re s same shan she should so some such t than that the their them themselves then there
these they this those to too under until up us ve very was wasn we were weren what when where
which while who whom whose why will with won would you your yours yourself
"""
_GERMAN = """
aber alle als also am an auch auf aus bei bin bis bist da dann das dass dein deine dem den der
des die dir doch du durch ein eine einem einen einer er es euch für habe haben hat ich ihm ihn
ihr im in ist ja jetzt kann kein keine man mein meine mich mir mit nach nicht noch nur ob oder
schon sein sich sie sind so über um und uns unter vom von vor war was wann wem wen wer wie wir
wird wo zu zum zur
"""
_FRENCH = """
ai ainsi alors au aussi aux avec ce ces cet cette comme d dans de des du elle en es est et eu il
ils j je l la le les leur lui m ma mais me même mes moi mon n ne nos notre nous on ou où par pas
pour qu que quel quelle qui quoi s sa se ses si son sont sur t ta te tes toi ton tu un une vos
votre vous y
"""
_SPANISH = """
al algo como con cuando de del donde dónde el él ella en entre era es esa ese eso esta está este
esto fue ha hay he la las le les lo los más me mi mí mis muy no nos o para pero por porque qué
que quien quién se ser si sí sin sobre son soy su sus también te ti tu tus un una uno y ya yo
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "english": frozenset(_ENGLISH.split()),
    "german": frozenset(_GERMAN.split()),
    "french": frozenset(_FRENCH.split()),
    "spanish": frozenset(_SPANISH.split()),
}
