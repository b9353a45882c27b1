"""Sentences whose kind is known; a new sentence is of the kind of those it is nearest to."""

NOTHING = "nothing"

_NOTHING = """
The weather has been strange lately.
That makes sense to me.
I am looking at it right now.
I have a question about this.
I need some help with something.
I'm not sure what you mean by that.
I don't understand the second part.
I think that is a good answer.
I like that idea, go on.
I'll try it and let you know.
I will tell you how it goes.
I tried what you said and it failed again.
I get the same result as before.
I want you to look at the text again.
I'd like a shorter version of this one.
My question was about the other part.
My code does not compile, here it is.
We can talk about that later.
Let's move on to the next point.
The second option looks better.
The answer is wrong, the total should be twelve.
This sentence has a typo.
You misunderstood what I asked.
You gave me a very helpful answer.
Paris is the capital of France.
Water boils at one hundred degrees.
The function returns a list of numbers.
The film came out in the nineties.
It is a common mistake among beginners.
Make the title bigger and the margin smaller.
Tell me more about the second one.
Give me another example like that.
Write it as a table with three columns.
Check the grammar of this letter.
I just wanted to say thank you for everything.
I'm in a hurry today.
I am curious what you think.
I hope you have a nice day.
Ich habe eine Frage dazu.
Das klingt gut, danke dir.
Je ne comprends pas la deuxième partie.
C'est une bonne idée, merci.
Tengo una pregunta sobre esto.
Eso tiene sentido, gracias.
I don't see the button you mentioned.
I think the third paragraph is too long.
I forgot to attach the file, sorry.
I expected something shorter.
I'm still waiting for your answer.
I don't have that option in my menu.
I need it in English and in French.
I'm asking because the manual says otherwise.
I'm reading your answer now.
I would choose the second title.
My input is a CSV file with two columns.
I'm trying to understand this paragraph.
I want to know the distance between the moon and the earth.
The error is gone now.
The second example is easier to understand.
That would be great for the kids.
There are seven days in a week.
The war ended in 1945.
Coffee contains caffeine.
He was the greatest painter of his time.
I was just kidding.
I meant the other one.
I guess you can't know that.
I like the second one better.
I'm glad I asked you.
You have been such a good friend.
Your support means the world to me.
I'm proud of how far you have come.
It means a lot to me to share that.
Life is tough, but we have to keep going.
I will keep trying and never give up.
Helping others is what matters most.
I can't wait to see it.
It reminds me of how important that is.
"""

_PROFILE = """
I am forty-two years old.
I come from a small village in the mountains.
I have three children and a stepson.
My husband is a firefighter.
My brother lives abroad with his family.
My boss is very strict about deadlines.
I speak four languages fluently.
I have a degree in history.
I am a member of the local rowing club.
I'm allergic to cats and pollen.
I have asthma and carry an inhaler.
I can't have milk, my stomach does not take it.
I'm short-sighted and wear glasses.
I've been a widow for six years.
I own a small bookshop with my cousin.
I work night shifts at a warehouse.
I manage a team of nine people.
I earn about three thousand a month.
I rent a room in a shared house.
I drive an old diesel van.
My dog is a six-year-old beagle called Moss.
I am retired and look after my grandchildren.
I am a practising Buddhist.
I sing in a choir every Thursday evening.
My phone is a Pixel with a cracked screen.
I attend evening classes in accounting.
Ich habe zwei Söhne und eine Katze.
Ich bin Linkshänder und habe Asthma.
J'ai deux filles et je suis divorcée.
Je suis diabétique depuis l'enfance.
Tengo dos hijos y una perra.
Soy celíaca desde pequeña.
I'm an only child.
My partner and I have been together for nine years.
I teach chemistry at a secondary school.
I served in the navy for eight years.
My Wi-Fi router is a Fritzbox.
I don't eat pork.
"""

_PREFERENCE = """
I like my coffee black and strong.
I can't stand loud music in restaurants.
I love old Italian films.
I'm not a fan of crowded beaches.
My favourite season is autumn.
My favourite author is Borges.
I prefer e-mail to phone calls.
I prefer window seats and morning flights.
I would rather walk than take a taxi.
I enjoy spicy food, the hotter the better.
I dislike horror films.
I hate it when people are late.
I avoid sugar where I can.
I never eat after eight in the evening.
I always buy second-hand clothes.
I usually read the summary first.
Please always show me the sources.
Always start with the conclusion.
From now on skip the introduction in your answers.
Never use emojis when you write to me.
Don't give me advice unless I ask for it.
Explain it to me with pictures, I understand them more easily.
Please use simple words with me.
Use Fortran whenever you show me code.
When you write code for me, add type hints.
Call things by their British names in your replies.
Ich mag keine langen Erklärungen.
Ich esse am liebsten italienisch.
Je préfère les réponses courtes.
Je n'aime pas le poisson.
Me encanta el café sin azúcar.
No soporto el ruido por la mañana.
I prefer working in the morning.
My favourite colour is teal.
I can't concentrate with music on.
Please don't use abbreviations in your replies.
I always travel with hand luggage only.
"""

_INTERACTION = """
I went to the dentist yesterday.
I met an old friend for lunch on Sunday.
I had a job interview this morning.
I bought a used bicycle last week.
I broke my wrist while skiing in January.
I saw a fox in our garden last night.
I got my driving licence in 2011.
I lost my wallet on the train.
I quit my job on Thursday.
I baked bread for the first time.
I read three novels during the holidays.
I won the chess tournament at my club.
I failed my driving test last month.
I signed the contract this afternoon.
I started yoga classes two weeks ago.
I gave up smoking last spring.
I sold my car and bought a cargo bike.
We had dinner at a Georgian restaurant on Saturday.
We visited my parents over Easter.
We celebrated our tenth anniversary in Venice.
We moved the servers to the new data centre on Monday.
We launched the website today.
We hired two new people in spring.
My sister had a baby in June.
My flight was cancelled and I slept at the airport.
The meeting with the client went well yesterday.
Ich war gestern beim Zahnarzt.
Wir haben letzte Woche geheiratet.
Hier, j'ai visité le musée avec ma mère.
Nous avons acheté une maison en mars.
Ayer fui al médico con mi hijo.
Terminé la carrera el año pasado.
I crashed my car on the motorway.
I had my wisdom teeth removed last Tuesday.
We painted the living room green at the weekend.
I taught my nephew to ride a bike.
I handed in my notice.
"""

_TASK_STATE = """
I'm planning to open a small café next year.
I'm working on a novel about a lighthouse keeper.
I'm preparing for my driving test.
I am writing a grant application with two colleagues.
I'm trying to lose five kilos before the summer.
I want to learn how to sail one day.
I want to pay off my car by December.
My goal is to read thirty books this year.
My plan is to finish the draft by Sunday.
I still have to book the venue and send the invitations.
I have finished the first half, the second is still open.
I'm halfway through the translation.
I need to renew my insurance before the end of the month.
I am waiting for the landlord to answer.
I can't go on until the parts are delivered.
We decided to use a relational database.
We chose the blue design for the front page.
We are building a treehouse for the children.
We are looking for a bigger office.
We want to buy a camper van.
The report is done except for the last table.
The tests pass but the deployment is still broken.
The release is postponed until the end of June.
The search page times out since the last update.
The next thing to do is to call the bank.
The bathroom still has to be painted.
Ich arbeite gerade an meiner Doktorarbeit.
Wir suchen eine größere Wohnung.
Je prépare un marathon pour l'automne.
Nous devons encore trouver un traiteur.
Estoy preparando las oposiciones.
Todavía nos falta reservar el hotel.
I'm renovating the attic.
We're expecting the building permit in two weeks.
My goal is to run five kilometres without a break.
I've sent the application and now wait for the interview.
The migration is at seventy per cent.
"""


def _labelled() -> tuple[tuple[str, str], ...]:
    groups = {
        NOTHING: _NOTHING,
        "profile": _PROFILE,
        "preference": _PREFERENCE,
        "interaction": _INTERACTION,
        "task_state": _TASK_STATE,
    }
    return tuple(
        (kind, sentence) for kind, text in groups.items() for sentence in text.strip().splitlines()
    )


# Pairs of a kind and a sentence of that kind.
PROTOTYPES = _labelled()
