"""Content, cue, source and kind of each way to attribute words."""

from __future__ import annotations

import pytest

from tests.extraction.helpers import contents, one, quotes, under

DIRECT = [
    # before the cue
    ("“It works,” Ann Lee said.", "“It works,”", "said", "Ann Lee"),
    # inverted
    ("“It works,” said Ann Lee.", "“It works,”", "said", "Ann Lee"),
    # inverted, with an appositive
    (
        "“It works,” said Ann Lee, an engineer at the plant.",
        "“It works,”",
        "said",
        "Ann Lee, an engineer at the plant",
    ),
    # inverted, with a relative clause
    (
        "“It works,” said Ann Lee, who runs the plant.",
        "“It works,”",
        "said",
        "Ann Lee, who runs the plant",
    ),
    # a question
    ("“Does it work?” the mayor asked.", "“Does it work?”", "asked", "the mayor"),
    # after the cue, with a comma
    ("Ann Lee said, “It works.”", "“It works.”", "said", "Ann Lee"),
    # after the cue, with a colon
    ("Ann Lee said: “It works.”", "“It works.”", "said", "Ann Lee"),
    # an addressee
    ("Ann Lee told reporters: “It works.”", "“It works.”", "told", "Ann Lee"),
    ("“It works,” she told the BBC on Monday.", "“It works,”", "told", "she"),
    # time between speaker and cue
    ("“It works,” Ann Lee on Monday said.", "“It works,”", "said", "Ann Lee"),
    # an appositive between speaker and cue
    (
        "“It works,” Ann Lee, the mayor, said.",
        "“It works,”",
        "said",
        "Ann Lee, the mayor,",
    ),
    # an auxiliary and an adverb belong to the cue
    ("“It works,” she has repeatedly said.", "“It works,”", "has repeatedly said", "she"),
    # quoted by others
    (
        "The minister was quoted by the agency as saying “it works”.",
        "“it works”",
        "was quoted by the agency as saying",
        "The minister",
    ),
    # British marks, comma outside
    ("‘It works’, the mayor said.", "‘It works’", "said", "the mayor"),
    # guillemets
    ("«It works», said the mayor.", "«It works»", "said", "the mayor"),
    # a verb that is in no list, behind a comma inside the marks
    ("“It works,” the mayor thundered.", "“It works,”", "thundered", "the mayor"),
    # a transcript
    ("Sen. Ann Lee: “It works.”", "“It works.”", ":", "Sen. Ann Lee"),
    # the cue announces the quotation of the next paragraph
    ("Ann Lee said in a statement:\n“It works.”", "“It works.”", "said", "Ann Lee"),
    # headline style
    ("“It works,” says mayor", "“It works,”", "says", "mayor"),
]

MIXED = [
    # a fragment in a clause with "that"
    (
        "The mayor said that the wall was “a gift” to the city.",
        "that the wall was “a gift” to the city",
        "said",
        "The mayor",
    ),
    # a fragment without "that"
    ("He said the wall was “a gift”.", "the wall was “a gift”", "said", "He"),
    # a label
    (
        "Ann Lee called the plan a “failure”.",
        "the plan a “failure”",
        "called",
        "Ann Lee",
    ),
    # the quotation ends a sentence that the cue closes
    ("The wall is “a gift,” the mayor said.", "The wall is “a gift,”", "said", "the mayor"),
    # a declaration
    (
        "The mayor declared the war “over” on Friday.",
        "the war “over” on Friday",
        "declared",
        "The mayor",
    ),
    # an accusation
    (
        "She accused the council of “playing with fear”.",
        "the council of “playing with fear”",
        "accused",
        "She",
    ),
]

INDIRECT = [
    # "that"
    ("The mayor said that the wall would hold.", "that the wall would hold", "said", "The mayor"),
    # no "that"
    ("The mayor said the wall would hold.", "the wall would hold", "said", "The mayor"),
    # time behind the cue
    (
        "The mayor said on Monday that the wall would hold.",
        "that the wall would hold",
        "said",
        "The mayor",
    ),
    # behind the content
    ("The wall would hold, the mayor said.", "The wall would hold", "said", "the mayor"),
    # behind the content, inverted
    ("The wall would hold, said Ann Lee.", "The wall would hold", "said", "Ann Lee"),
    # according to, in front and behind
    (
        "According to the mayor, the wall would hold.",
        "the wall would hold",
        "According to",
        "the mayor",
    ),
    (
        "The wall would hold, according to Ann Lee.",
        "The wall would hold",
        "according to",
        "Ann Lee",
    ),
    # denials
    (
        "The mayor denied that the wall was weak.",
        "that the wall was weak",
        "denied",
        "The mayor",
    ),
    ("The ministry denied the report.", "the report", "denied", "The ministry"),
    # boasts, warnings, claims
    (
        "The rebels boasted of having taken two towns.",
        "having taken two towns",
        "boasted of",
        "The rebels",
    ),
    (
        "Officials warned that the wall was weak.",
        "that the wall was weak",
        "warned",
        "Officials",
    ),
    (
        "Russian officials have long maintained that the border is safe.",
        "that the border is safe",
        "have long maintained",
        "Russian officials",
    ),
    # an addressee and "that"
    (
        "The mayor told parliament that the wall would hold.",
        "that the wall would hold",
        "told",
        "The mayor",
    ),
    # the speaker in a relative clause
    (
        "They met the engineer who said the wall would hold.",
        "the wall would hold",
        "said",
        "who",
    ),
    # promises
    ("The mayor vowed to rebuild the wall.", "to rebuild the wall", "vowed", "The mayor"),
    # questions
    (
        "The mayor asked whether the wall would hold.",
        "whether the wall would hold",
        "asked",
        "The mayor",
    ),
    # a noun for a verb
    (
        "Lee's claim that the wall would hold surprised nobody.",
        "that the wall would hold surprised nobody",
        "'s claim",
        "Lee",
    ),
    # the cue spans a phrase
    (
        "The mayor went on to say that the wall was weak.",
        "that the wall was weak",
        "went on to say",
        "The mayor",
    ),
    # whom the words are meant for belongs to the content of a request
    (
        "The mayor urged the council to rebuild the wall.",
        "the council to rebuild the wall",
        "urged",
        "The mayor",
    ),
    # a figure may start the content
    (
        "A poll by Forsa found 53% of voters support the wall.",
        "53% of voters support the wall",
        "found",
        "A poll by Forsa",
    ),
    # the subject stands right behind another noun
    (
        "It was something the mayor denied on Friday, adding that the wall would hold.",
        "that the wall would hold",
        "adding",
        "the mayor",
    ),
    # speaker between dashes
    (
        "Ann Lee — the mayor — said the wall would hold.",
        "the wall would hold",
        "said",
        "Ann Lee — the mayor —",
    ),
    # a reporting noun as source
    (
        "A leaked report showed that the wall was weak.",
        "that the wall was weak",
        "showed",
        "A leaked report",
    ),
]


@pytest.mark.parametrize(("text", "content", "cue", "source"), DIRECT)
def test_direct_quotations(text: str, content: str, cue: str, source: str) -> None:
    quote = one(text)
    assert (quote.text, str(quote.kind)) == (content, "direct")
    assert (under(text, quote.cue), under(text, quote.source)) == (cue, source)


@pytest.mark.parametrize(("text", "content", "cue", "source"), MIXED)
def test_mixed_quotations(text: str, content: str, cue: str, source: str) -> None:
    quote = one(text)
    assert (quote.text, str(quote.kind)) == (content, "mixed")
    assert (under(text, quote.cue), under(text, quote.source)) == (cue, source)


@pytest.mark.parametrize(("text", "content", "cue", "source"), INDIRECT)
def test_indirect_quotations(text: str, content: str, cue: str, source: str) -> None:
    quote = one(text)
    assert (quote.text, str(quote.kind)) == (content, "indirect")
    assert (under(text, quote.cue), under(text, quote.source)) == (cue, source)


@pytest.mark.parametrize(
    ("text", "fragments"),
    [
        # split by its cue
        ("“It works,” he said, “and well.”", ("“It works,”", "“and well.”")),
        # a second sentence behind the cue
        ("“It works,” he said. “I saw it.”", ("“It works,”", "“I saw it.”")),
        # three parts
        (
            "“It works,” he said, “and well. I saw it.” “Twice.”",
            ("“It works,”", "“and well. I saw it.”", "“Twice.”"),
        ),
        # an aside between the cue and the rest
        (
            "“It works,” said Ann Lee, an engineer, smiling, “and well.”",
            ("“It works,”", "“and well.”"),
        ),
        # indirect speech around its cue
        (
            "The wall, the mayor said, would hold.",
            ("The wall", "would hold"),
        ),
        # paragraphs that repeat the opening mark
        (
            "“It works,” he said. “I saw it.\n\n“It was new.\n\n“It will last.”",
            ("“It works,”", "“I saw it.", "“It was new.", "“It will last.”"),
        ),
        # the speaker is named in the last paragraph only
        ("“It works.\n\n“It will last,” Ann Lee said.", ("“It works.", "“It will last,”")),
    ],
)
def test_split_quotations_are_one(text: str, fragments: tuple[str, ...]) -> None:
    assert one(text).fragments == fragments


def test_two_cues_of_one_speaker_are_two_quotes() -> None:
    text = "The mayor said the wall was new and warned that it would leak."
    assert contents(text) == [
        ("indirect", "the wall was new"),
        ("indirect", "that it would leak"),
    ]
    assert [under(text, q.source) for q in quotes(text)] == ["The mayor", "The mayor"]


def test_a_participle_takes_the_speaker_of_its_sentence() -> None:
    text = "The mayor said the wall was new, adding that it would hold."
    assert contents(text)[1] == ("indirect", "that it would hold")
    assert under(text, quotes(text)[1].source) == "The mayor"


def test_a_floating_quotation_keeps_the_last_speaker() -> None:
    text = "“It works,” Ann Lee said.\n\n“I have seen it myself.” The band played."
    first, floating = quotes(text)
    assert floating.text == "“I have seen it myself.”"
    assert floating.cue == ()
    assert under(text, floating.source) == "Ann Lee"
    assert floating.speaker == first.speaker
    assert floating.confidence < first.confidence


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “gold wall” has divided the city.",  # so-called
        "He walked to the “smart” lectern and sat down.",  # scare quotes
        "She wrote the song “Stones and Promises” in March.",  # a song
        "The film “A Long Way Home” opens on Friday.",  # a film
        "A novel called “The Drowned Parish” won the prize.",  # a book
        "Dwayne “The Rock” Johnson left the room.",  # a nickname
        "The show opened on ABC's “This Week” on Sunday.",  # a programme
        "It’s the dogs’ dinner, rock ’n’ roll and the ’90s.",  # apostrophes
        "He is 6'2\" tall.",  # feet and inches
        "The wall is high. The sea is deep.",  # nothing at all
        "The plan was announced by the mayor.",  # a passive
        "She called her mother.",  # a verb of another meaning, with no label
    ],
)
def test_what_nobody_said_is_no_quote(text: str) -> None:
    assert [c for c in contents(text) if c[0] != "indirect"] == []


def test_a_stance_within_reported_speech_is_not_taken_out() -> None:
    text = "The mayor said she wanted to see the wall."
    assert contents(text) == [("indirect", "she wanted to see the wall")]


def test_speech_within_reported_speech_is_offered_once_as_the_whole() -> None:
    text = "Ann Lee said the mayor had warned that the wall was weak."
    assert one(text).text == "the mayor had warned that the wall was weak"
    assert one(text).speaker.name == "Ann Lee"


def test_who_only_relays_a_direct_quotation_gives_way_to_who_speaks() -> None:
    quote = one("“It works,” Ann Lee said, according to the agency.")
    assert (quote.text, quote.speaker.name) == ("“It works,”", "Ann Lee")


def test_a_writers_remark_behind_a_dash_is_not_reported() -> None:
    text = "The mayor said the wall would hold — a bold thing to say."
    assert one(text).text == "the wall would hold"


def test_two_quotes_never_share_their_ends() -> None:
    text = "When asked, Khan said bluntly: “Never. Not once,” Khan said."
    hulls = [(quote.start, quote.end) for quote in quotes(text)]
    assert len(hulls) == len(set(hulls)) == 1
