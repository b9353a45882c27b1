"""What a statement rests on."""

from memories.rules import passages


def words(text, *said):
    return [one.words for one in passages.of(text, said, language="english")]


def test_a_statement_rests_on_the_clauses_that_say_most_of_it():
    said = "I live in Delft and I love tea."

    assert words("I love tea", said) == ["I love tea"]
    assert words("I live in Delft, I love tea", said) == ["I live in Delft", "I love tea"]


def test_without_a_word_in_common_it_may_rest_on_all():
    assert words("I smoke", "No.", "Not any more, sorry to say") == [
        "No",
        "Not any more",
        "sorry to say",
    ]


def test_further_items_of_a_list_stay_with_its_verb():
    assert [one.words for one in passages.clauses(["I sold my car, my boat and books"])] == [
        "I sold my car, my boat, books"
    ]


def test_a_clause_knows_its_sentence_and_the_one_before():
    last = passages.clauses(["I had a dog.", "I was ten.", "It died, sadly for us."])[-1]

    assert last == ("sadly for us", "I was ten. It died, sadly for us.")
