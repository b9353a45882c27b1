"""What a sentence does decides whether it can be remembered at all."""

import pytest

from memories.rules import speech_acts


@pytest.mark.parametrize(
    "sentence",
    [
        "Where do you live?",
        "what does OKR stand for",
        "How do I boil an egg",
        "Can you help me",
        "¿Qué hora es?",
        "Wie spät ist es",
        "Is it far? 🙂",
    ],
)
def test_questions_are_known_with_and_without_their_mark(sentence):
    assert speech_acts.is_question(sentence)


@pytest.mark.parametrize("sentence", ["I know how it works.", "I live where it rains.", "Do it."])
def test_statements_are_no_questions(sentence):
    assert not speech_acts.is_question(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thanks!",
        "Hi there",
        "ok, got it",
        "Haha okay, good one.",
        "Merci beaucoup!",
        "See you later!",
    ],
)
def test_courtesies_are_known(sentence):
    assert speech_acts.is_courtesy(sentence)


def test_a_courtesy_that_tells_something_is_more_than_that():
    assert not speech_acts.is_courtesy("Thanks, I'm allergic to nuts.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Write me an email.",
        "Please fix this bug",
        "Can you translate it into French",
        "Summarise it.",
    ],
)
def test_orders_for_once_are_tasks(sentence):
    assert speech_acts.is_task(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["Always answer in metric units.", "From now on write short replies.", "Never use emojis."],
)
def test_standing_instructions_are_no_tasks(sentence):
    assert speech_acts.is_standing(sentence)
    assert not speech_acts.is_task(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Translate this: I live in Rome.",
        "Proofread the following text",
        "Write a poem in which I fly",
    ],
)
def test_what_follows_some_orders_is_material(sentence):
    assert speech_acts.brings_material(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["If I moved to Paris, I'd walk.", "Suppose I earn 80k.", "I wish I lived in Rome."],
)
def test_suppositions_are_known(sentence):
    assert speech_acts.is_hypothetical(sentence)


@pytest.mark.parametrize("sentence", ["My friend says: call me Bob.", 'She asked me: "Why?"'])
def test_quotations_are_known(sentence):
    assert speech_acts.is_quotation(sentence)


def test_own_words_end_where_others_speak():
    spoken = speech_acts.own_words("Everyone calls me Teo, my boss says I live in chaos")

    assert spoken == "Everyone calls me Teo, "


@pytest.mark.parametrize("message", ["Yes.", "Exactly, thanks", "that's right", "Genau!", "Sí"])
def test_agreement_confirms(message):
    assert speech_acts.is_confirmation(message)


@pytest.mark.parametrize("message", ["No.", "Yes, but I moved.", "Right?", "Maybe", "I said yes"])
def test_half_agreement_confirms_nothing(message):
    assert not speech_acts.is_confirmation(message)


@pytest.mark.parametrize("sentence", ["I run.", "It is my dog.", "Ich bin müde.", "Vivo en Lima."])
def test_the_speaker_is_found_in_a_sentence(sentence):
    assert speech_acts.speaks_of_self(sentence)


def test_a_fact_of_the_world_speaks_of_nobody():
    assert not speech_acts.speaks_of_self("Water boils at one hundred degrees.")


@pytest.mark.parametrize("sentence", ["It was great.", "They help my family.", "You'll do fine."])
def test_sentences_that_need_their_context_are_known(sentence):
    assert speech_acts.leans(sentence)


def test_a_sentence_that_names_its_matter_needs_no_context():
    assert not speech_acts.leans("My sister helps you with my taxes.")
