"""What is new in a request, what was said in an answer, however it comes."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import chats
from memories.rules.chats import Assembly, Said


def user(content, **fields):
    return {"role": "user", "content": content, **fields}


def assistant(content, **fields):
    return {"role": "assistant", "content": content, **fields}


SYSTEM = {"role": "system", "content": "Be brief."}
DEVELOPER = {"role": "developer", "content": "Be kind."}
PARTS = [
    {"type": "text", "text": "What is this?"},
    {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
    {"type": "text", "text": "It is mine."},
]


def test_only_what_the_user_said_since_the_last_answer_is_new():
    messages = [SYSTEM, user("I live in Delft."), assistant("Nice."), user("a"), SYSTEM, user("b")]

    assert chats.new_turns(messages) == [user("a"), user("b")]


def test_a_first_message_is_new():
    assert chats.new_turns([SYSTEM, user("Hello.")]) == [user("Hello.")]


def test_a_tools_result_is_not_the_users_word():
    call = assistant(None, tool_calls=[{"id": "1", "type": "function"}])
    tool = {"role": "tool", "tool_call_id": "1", "content": "Rain."}

    assert chats.new_turns([user("Weather?"), call, tool]) == []
    assert chats.new_turns([user("Weather?"), call, tool, user("Thanks.")]) == [user("Thanks.")]


def test_the_beginning_of_an_answer_at_the_end_hides_no_turn():
    begun = [user("old"), assistant("x"), user("I live in Delft."), assistant("You said")]

    assert chats.new_turns(begun) == [user("I live in Delft.")]


def test_of_parts_only_texts_are_remembered_and_a_picture_alone_is_no_turn():
    picture = user([PARTS[1]])

    assert chats.new_turns([picture, user(PARTS)]) == [user("What is this?\nIt is mine.")]


def test_a_name_stands_with_its_turn():
    assert chats.new_turns([user("Hi.", name="Ada")]) == [user("Hi.", name="Ada")]
    assert chats.new_turns([user("Hi.", name=7)]) == [user("Hi.")]


def test_of_a_long_message_beginning_and_end_are_remembered():
    text = "Mark this. " + "x" * 20_000 + " I live in Delft."

    (turn,) = chats.new_turns([user(text)])

    assert len(turn["content"]) == chats.MAX_REMEMBERED
    assert turn["content"].startswith("Mark this.")
    assert turn["content"].endswith("I live in Delft.")


@given(st.text(max_size=60), st.integers(11, 40))
def test_a_bounded_text_fits(text, at_most):
    kept = chats.bounded(text, at_most=at_most)

    assert len(kept) == min(len(text), at_most)
    assert kept == text or len(text) > at_most


def test_the_last_words_are_those_of_the_last_user_message_with_words():
    messages = [user("Where do I live?"), user([PARTS[1]]), assistant("Hm.")]

    assert chats.last_words(messages, at_most=100) == "Where do I live?"
    assert chats.last_words([SYSTEM], at_most=100) == ""


def test_what_is_known_stands_after_the_callers_instructions():
    messages = [SYSTEM, DEVELOPER, user("Hi."), SYSTEM]

    found = chats.with_block(messages, "Known: bees.")

    assert found[:2] == messages[:2]
    assert found[2] == {"role": "developer", "content": "Known: bees."}
    assert found[3:] == messages[2:]


def test_without_instructions_what_is_known_comes_first_as_a_system_message():
    assert chats.with_block([user("Hi.")], "x") == [{"role": "system", "content": "x"}, user("Hi.")]


def test_when_nothing_is_known_nothing_is_added():
    assert chats.with_block([SYSTEM, user("Hi.")], "") == [SYSTEM, user("Hi.")]


def test_everything_is_passed_on_but_what_is_ours():
    body = {
        "messages": [user("Hi.")],
        "user": "ada@example.org",
        "remembrancer": {"run_id": "1"},
        "tools": [{"type": "function"}],
        "n": 2,
        "x_unheard_of": {"deep": [1.5, None]},
    }

    sent = chats.outgoing(body, model="m", messages=[SYSTEM])

    assert sent == {
        "messages": [SYSTEM],
        "model": "m",
        "store": False,
        "tools": [{"type": "function"}],
        "n": 2,
        "x_unheard_of": {"deep": [1.5, None]},
    }


def test_the_upstream_stores_only_when_it_is_asked_to():
    assert chats.outgoing({"store": True}, model="m", messages=[])["store"] is True


def test_what_the_upstream_refuses_is_left_out():
    sent = chats.outgoing({"seed": 1, "n": 1}, model="m", messages=[], omits=["store", "seed"])

    assert sent == {"n": 1, "model": "m", "messages": []}


def completion(text, **fields):
    return {
        "id": "chatcmpl-1",
        "choices": [
            {"index": 1, "message": assistant("another")},
            {"index": 0, "message": assistant(text)},
        ],
        "usage": {"prompt_tokens": 12, "completion_tokens": 3},
        **fields,
    }


def test_an_answer_says_its_first_choice():
    assert chats.said(completion("Bees.")) == Said("Bees.", "chatcmpl-1", 12, 3)


def test_tokens_are_told_only_when_both_are_known():
    assert chats.said(completion("Bees.")).tokens == {"prompt": 12, "completion": 3}
    assert chats.said(completion("Bees.", usage={"prompt_tokens": 12})).tokens is None
    assert chats.said(completion("Bees.", usage={"prompt_tokens": -1})).prompt_tokens is None


def test_what_was_answered_is_a_turn_unless_nothing_was_said():
    assert chats.answer_turn(Said("Bees.")) == [assistant("Bees.")]
    assert chats.answer_turn(Said(" \n")) == []


def test_an_error_in_a_stream_is_an_event():
    event = chats.error_event("Broke off.", code="upstream_unreachable")

    assert event.endswith(b"\n\n")
    told = json.loads(event.removeprefix(b"data: "))
    assert told["error"]["message"] == "Broke off."
    assert told["error"]["code"] == "upstream_unreachable"


def test_a_list_of_one_model_looks_like_openais():
    listed = chats.one_model("gpt-x")

    assert listed["object"] == "list"
    assert [one["id"] for one in listed["data"]] == ["gpt-x"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "message", "delta", "content", "usage", "index", "id", "text", "role"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_an_answer_may_be_anything(found):
    assert isinstance(chats.said(found), Said)
    assembly = Assembly()
    assembly.feed(b"data: " + json.dumps(found).encode() + b"\n\n")
    assert isinstance(assembly.said, Said)


@given(st.lists(st.dictionaries(st.sampled_from(["role", "content", "name"]), JSON), max_size=4))
def test_a_message_may_be_anything(messages):
    assert all(one["content"].strip() for one in chats.new_turns(messages))
    chats.last_words(messages, at_most=100)
    chats.with_block(messages, "x")


def chunk(content, **fields):
    return {"id": "chatcmpl-2", "choices": [{"index": 0, "delta": {"content": content}}], **fields}


def fed(*pieces):
    assembly = Assembly()
    for piece in pieces:
        assembly.feed(piece)
    return assembly


def events(*found, end=b"\n"):
    return b"".join(b"data: " + json.dumps(one).encode() + end + end for one in found)


def test_a_streamed_answer_is_put_together():
    usage = {"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2}}
    found = fed(events(chunk("Bees"), chunk(" fly."), usage), b"data: [DONE]\n\n")

    assert found.said == Said("Bees fly.", "chatcmpl-2", 5, 2)
    assert found.done


def test_an_answer_that_breaks_off_is_not_done():
    found = fed(events(chunk("Bees")), b'data: {"choi')

    assert found.said.text == "Bees"
    assert not found.done
    assert not found.between_events


def test_of_several_choices_only_the_first_is_put_together():
    other = {"choices": [{"index": 1, "delta": {"content": "no"}}]}

    assert fed(events(chunk("yes"), other)).said.text == "yes"


def test_calls_of_tools_and_refusals_say_nothing():
    call = {"choices": [{"index": 0, "delta": {"tool_calls": [{"index": 0}], "refusal": "No."}}]}

    assert fed(events(call)).said.text == ""


def test_an_event_of_several_data_lines_is_one():
    lines = b'event: message\ndata: {"choices": [{"delta":\ndata:{"content": "Bees"}}]}\nid: 7\n\n'

    assert fed(lines).said.text == "Bees"


@pytest.mark.parametrize(
    "damage", [b"data: {nonsense\n\n", b"data: [[[\n\n", b"data\n\n", b"\xff\n\n"]
)
def test_what_is_no_event_is_passed_over(damage):
    assert fed(damage, events(chunk("Bees"))).said.text == "Bees"


def test_halves_of_a_sign_in_two_pieces_are_one_sign():
    assert fed(events(chunk("a\ud83d"), chunk("\udc1db"))).said.text == "a\N{HONEYBEE}b"


@given(
    st.text(st.characters(exclude_categories=[]) | st.sampled_from("\x00\ud83d\udc1d"), max_size=8)
)
def test_what_is_collected_can_be_stored(text):
    found = fed(events(chunk(text, id=text))).said

    for one in (found.text, found.answer_id, chats.storable(text)):
        one.encode()
        assert "\x00" not in one
    clean = not any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in text)
    assert not clean or found.text == text


def test_an_endless_answer_is_cut_in_memory():
    found = fed(*[events(chunk("x" * 60_000))] * 3)

    assert len(found.said.text) == chats.MAX_COLLECTED


def test_a_line_end_may_come_in_halves():
    halves = [b"data: [DO", b"NE]\r", b"", b"\n", b"\r", b"\n"]

    assert fed(events(chunk("Bees"), end=b"\r\n"), *halves).done


def test_half_a_line_end_ends_no_event_twice():
    data = json.dumps(chunk("Bees")).encode()
    begun, rest = data[:1], data[1:]

    assert fed(b"data: " + begun + b"\r", b"", b"\ndata: " + rest + b"\r\n\r\n").said.text == "Bees"


TEXTS = st.lists(st.text(max_size=6), max_size=6)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])
COMMENTS = st.sampled_from([b"", b": still here", b"event: message"])


@st.composite
def streams(draw):
    """A stream in random line ends with comments between, cut in random places."""
    texts = draw(TEXTS)
    raw = b""
    for text in texts:
        end = draw(ENDS)
        comment = draw(COMMENTS)
        raw += comment + end if comment else b""
        ascii_only = draw(st.booleans())
        data = json.dumps(chunk(text), ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
        raw += b"data: " + data + end + end
    raw += b"data: [DONE]\n\n"
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=12)))
    return texts, [raw[a:b] for a, b in pairwise([0, *cuts, len(raw)])]


@given(streams())
def test_however_a_stream_is_cut_it_says_the_same(stream):
    texts, pieces = stream

    found = fed(*pieces)

    assert found.said.text == chats.storable("".join(texts))
    assert found.done
    assert found.between_events
