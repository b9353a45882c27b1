"""What three invented people tell an assistant in half a year, changes of mind included."""

from dataclasses import dataclass

ASSISTANT = "demo-assistant"


@dataclass(frozen=True)
class Session:
    """One conversation: the person speaks first, then by turns."""

    user_id: str
    name: str
    run_id: str
    days_ago: int
    starts: str
    turns: tuple[str, ...]


MARA = (
    (
        "planning-the-year", 176, "08:05",
        (
            "Good morning! I hope you slept well, ha. My name is Mara Lindqvist and I live in "
            "Gothenburg.",
            "Good morning, Mara. What can I do for you today?",
            "I work as a structural engineer at Vinterbro. I want to run a half marathon this "
            "autumn. "
            "Could you help me with a plan?",
            "Gladly. How often do you run now?",
            "I run three times a week, mostly along the canal. I'm allergic to peanuts, so "
            "please keep "
            "them out of any meal ideas.",
            "Noted. I will draft twelve weeks with three runs each.",
        ),
    ),
    (
        "swedish-please", 149, "17:40",
        (
            "Hi again. Please answer in Swedish from now on. I prefer short answers.",
            "Självklart. Hur går träningen?",
            "It goes well, thanks. I ran fourteen kilometres on Sunday. What should I eat before "
            "a long run?",
            "Havregryn och en banan två timmar innan brukar fungera.",
        ),
    ),
    (
        "a-new-town", 112, "12:22",
        (
            "Big news! I moved to Copenhagen last week. My partner Elias got a post at the "
            "university.",
            "Grattis! Hur är den nya lägenheten?",
            "It's small but bright. I still work for Vinterbro, now from home. "
            "Do you know a good running path near the lakes?",
            "Stien omkring Søerne är ungefär sex kilometer.",
            "Perfect. Elias speaks Danish much better than I do.",
        ),
    ),
    (
        "back-to-english", 87, "09:31",
        (
            "My colleagues here read over my shoulder. Please answer in English again.",
            "Of course. English it is.",
            "I quit Vinterbro on Friday. I start as a bridge inspector at Kystlinje on the first "
            "of the month. "
            "Isn't that a leap?",
            "It is, and it suits you. Shall we review your half marathon plan around the new "
            "hours?",
            "Yes. I can only run before seven in the morning now.",
        ),
    ),
    (
        "race-week", 41, "19:15",
        (
            "The race is on Sunday! I'm nervous. What was that breakfast again?",
            "Oats and a banana, two hours before the start.",
            "I work as a bridge inspector at Kystlinje now, and the walking keeps my knee fine. "
            "My goal is to finish under two hours.",
            "That is within reach at your pace.",
        ),
    ),
    (
        "after-the-race", 38, "20:48",
        (
            "I finished the half marathon in 1:56! I'm so happy I could cry.",
            "Congratulations, Mara! How are the legs?",
            "Sore. I want to learn to swim properly next. Do you think that's silly?",
            "Not at all; it is kind to the knees.",
            "I booked a beginner's course that starts in January. I prefer training with a group.",
        ),
    ),
)  # fmt: skip

TOMAS = (
    (
        "the-bakery-idea", 163, "06:50",
        (
            "Hello there. I'm Tomas Okafor and I am a baker in Leeds. I'm always up at four, "
            "sadly.",
            "Hello, Tomas. That is early! What are you working on?",
            "I'm planning to open my own bakery with my sister Adaeze. We don't have premises yet. "
            "Where would you start?",
            "With a simple budget and a list of what the premises must have.",
            "I have saved thirty thousand pounds. I don't want a loan from a bank.",
        ),
    ),
    (
        "looking-for-premises", 128, "21:10",
        (
            "We saw three shops today. My favourite is the old chemist's on Burley Road.",
            "What speaks for it?",
            "It has a north-facing cellar, which is great for dough. Adaeze prefers the one by "
            "the station. "
            "What would you do?",
            "I would count the people who pass each door at eight in the morning.",
            "Smart. I prefer numbers to opinions.",
        ),
    ),
    (
        "the-lease", 96, "13:05",
        (
            "We signed the lease for Burley Road! The bakery will be called Second Rise.",
            "A fine name. What comes next?",
            "I ordered a three-deck oven. It arrives in six weeks. I left my job at Hollins "
            "Bakery yesterday.",
            "Then let us write the list for the inspection by the council.",
            "Please send me lists as bullet points, I read them on my phone.",
        ),
    ),
    (
        "oven-trouble", 58, "07:44",
        (
            "Ugh. The oven is delayed by three weeks. Can they just do that?",
            "The order probably allows it. Is there a penalty clause?",
            "There is none. We moved the opening to the second Saturday of next month. "
            "I stopped drinking coffee, by the way, it made me jittery.",
            "Good to know. Herbal tea, then?",
            "I drink rooibos now. I love it.",
        ),
    ),
    (
        "open-doors", 24, "16:30",
        (
            "We opened Second Rise on Saturday! We sold out by eleven on the first day.",
            "Wonderful! Which loaf went first?",
            "The caraway rye, my grandmother's recipe. We hired two apprentices, Beth and Samir. "
            "What should I watch in the first month?",
            "The waste per day and the hours you sleep.",
        ),
    ),
    (
        "short-days", 6, "20:02",
        (
            "I'm closing on Mondays from now on. I need one day to sleep.",
            "A wise decision. Does Adaeze agree?",
            "She does. I started drinking coffee again, but only one cup. "
            "Could you remind me how we counted waste?",
            "Loaves left at closing, divided by loaves baked.",
        ),
    ),
)  # fmt: skip

YUKI = (
    (
        "first-thesis-talk", 170, "10:15",
        (
            "Hi! I'm Yuki Brandt, I live in Kiel. I study marine biology. Is this thing on?",
            "It is. What are you writing about?",
            "My thesis is about eelgrass meadows in the Baltic. I haven't chosen the method yet.",
            "Would counting shoots by divers or by drone suit you better?",
            "I am afraid of diving, to be honest. I prefer the drone.",
        ),
    ),
    (
        "method-and-metric", 140, "15:37",
        (
            "My supervisor is Doctor Halvorsen. She approved the drone survey today!",
            "Great. Which site will you fly over?",
            "I chose Geltinger Bay. I am vegetarian, so the crew's fish dinners will be a "
            "challenge.",
            "The cook will surely manage. When do you fly?",
            "We fly in the last week of the month. Please use metric units in everything.",
        ),
    ),
    (
        "first-data", 101, "22:19",
        (
            "I finished the first survey. I collected two thousand four hundred images. Now what?",
            "Label a small sample first, then train on it.",
            "I labelled two hundred by hand. My eyes hurt. I'm using Python for the analysis.",
            "Rest a little. The labels will still be there tomorrow.",
        ),
    ),
    (
        "a-change-of-plan", 66, "11:08",
        (
            "The model works badly on murky water. I decided to leave the deep plots out. Is "
            "that cheating?",
            "Not if the thesis says so and why.",
            "Good. I switched from Python to R for the statistics. Doctor Halvorsen prefers R.",
            "Understood: R for the statistics.",
            "I moved to Flensburg to be near the bay. My rent is half of what it was in Kiel.",
        ),
    ),
    (
        "drafting", 33, "18:52",
        (
            "I handed in the first draft of my thesis on Monday. What a relief!",
            "Congratulations! What did Doctor Halvorsen say?",
            "She wants a stronger discussion. My deadline is the fifteenth of January. "
            "Could you quiz me on the results later?",
            "With pleasure.",
            "I overcame my fear and took a diving lesson. I like diving now, who would have "
            "thought.",
        ),
    ),
    (
        "what-comes-after", 9, "14:26",
        (
            "I got an offer! I will start as a research assistant at the Alfred Lind Institute "
            "in March.",
            "Splendid news, Yuki.",
            "I eat fish now and then, so I am no longer a vegetarian. The crew won in the end. "
            "Which chapter shall I revise first?",
            "The discussion; it was the one she marked.",
        ),
    ),
)  # fmt: skip

PEOPLE = (
    ("mara-lindqvist", "Mara", MARA),
    ("tomas-okafor", "Tomas", TOMAS),
    ("yuki-brandt", "Yuki", YUKI),
)
# What recall must find, and what it must not: who, the question, and words of either.
GOLDEN = (
    ("mara-lindqvist", "Where does Mara live?", "Copenhagen", "Gothenburg"),
    ("yuki-brandt", "Where does Yuki live?", "Flensburg", "I live in Kiel"),
)


def in_order() -> list[Session]:
    """All sessions, the oldest first, as they would have come in."""
    sessions = [
        Session(user_id, name, run_id, days_ago, starts, turns)
        for user_id, name, told in PEOPLE
        for run_id, days_ago, starts, turns in told
    ]
    return sorted(sessions, key=lambda session: -session.days_ago)
