"""Who speaks: from the words of one article to its names."""

from __future__ import annotations

import pytest

from claims.extraction import SpeakerKind
from tests.extraction.helpers import one, quotes, speakers

LAVROV = "Foreign Minister Sergei Lavrov came to Tashkent on Friday. "
KHAN = "Prime Minister Imran Khan spoke to Ayesha Malik, a reporter. "


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a surname
        (LAVROV + "“It works,” Lavrov said.", "Sergei Lavrov"),
        # a pronoun
        (LAVROV + "“It works,” he said.", "Sergei Lavrov"),
        # a courtesy title
        (LAVROV + "“It works,” Mr. Lavrov said.", "Sergei Lavrov"),
        # an initial
        (LAVROV + "“It works,” S. Lavrov said.", "Sergei Lavrov"),
        # a role, with and without its country
        (LAVROV + "“It works,” the foreign minister said.", "Sergei Lavrov"),
        (LAVROV + "“It works,” the Russian foreign minister said.", "Sergei Lavrov"),
        (LAVROV + "“It works,” the minister said.", "Sergei Lavrov"),
        # the full name stands later
        ("“It works,” Lavrov said.\nSergei Lavrov is the foreign minister.", "Sergei Lavrov"),
        # titles are no part of the name
        ("President Biden said the war was over.", "Biden"),
        ("“It works,” said Water Minister Helena Brandt.", "Helena Brandt"),
        # an appositive name
        ("A spokeswoman, Anna White, said the wall was new.", "Anna White"),
        # a role before the name, a possessive before the role
        ("Pakistan's Prime Minister Imran Khan said the war was over.", "Imran Khan"),
        # a relative clause
        ("Ann Lee, who runs the plant, said it worked.", "Ann Lee"),
        ("They met Ann Lee, who said it worked.", "Ann Lee"),
        # he and she
        (KHAN + "“It works,” he said.", "Imran Khan"),
        (KHAN + "“It works,” she said.", "Ayesha Malik"),
        # organisations
        ("The Kremlin said the war was over.", "Kremlin"),
        ("The Ministry of Health said the list was short.", "Ministry of Health"),
        ("Taliban leadership said the war was over.", "Taliban leadership"),
        (
            "The Ministry of Health was closed. The ministry said the list was short.",
            "Ministry of Health",
        ),
        ("The United Dockers’ Union said the strike goes on.", "United Dockers’ Union"),
        # an organisation behind a report
        (
            "According to a study by the Carrow Institute, waves are higher.",
            "Carrow Institute",
        ),
        # people without a name
        ("Russian officials said the border was safe.", "Russian officials"),
        (
            "A person familiar with the talks said they had failed.",
            "A person familiar with the talks",
        ),
    ],
)
def test_the_full_name_that_stands_in_the_article(text: str, name: str) -> None:
    assert one(text).speaker.name == name


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        # two people of one name
        (
            "Imran Khan met Sadiq Khan in London. “It works,” Khan said.",
            {"Imran Khan", "Sadiq Khan"},
        ),
        # two men for one pronoun
        (
            "Sergei Lavrov met Imran Khan in London. “It works,” he said.",
            {"Sergei Lavrov", "Imran Khan"},
        ),
        # two holders of a role
        (
            "Finance Minister Ann Lee met Defence Minister Tom Ray. “It works,” the minister said.",
            {"Ann Lee", "Tom Ray"},
        ),
        # two speakers of one sentence
        ("Ann Lee and Tom Ray said it worked.", {"Ann Lee", "Tom Ray"}),
    ],
)
def test_doubt_gives_no_name_but_candidates(text: str, candidates: set[str]) -> None:
    speaker = one(text).speaker
    assert speaker.name is None
    assert set(speaker.candidates) == candidates


def test_a_role_that_nobody_is_known_to_hold_offers_the_last_speaker() -> None:
    text = "Ann Lee came. “It works,” Annalena Baerbock said.\n\nThe Green minister said it worked."
    last = quotes(text)[-1].speaker
    assert (last.name, last.candidates) == (None, ("Annalena Baerbock",))


def test_an_unexplained_role_means_the_only_person_named_so_far() -> None:
    opening = "Helena Brandt walked along the dyke on Monday.\n"
    assert one(opening + "“It works,” the water minister said.").speaker.name == "Helena Brandt"
    in_doubt = opening + "Piet Maas was there. “It works,” the water minister said."
    assert speakers(in_doubt)[-1] is None
    held = "Mayor Helena Brandt came.\n“It works,” the water minister said."
    assert one(held).speaker.name is None


def test_a_pronoun_tells_that_a_lone_name_is_a_person() -> None:
    text = "“It works,” Macron said. “And well,” he said."
    assert speakers(text) == ["Macron", "Macron"]
    assert {quote.speaker.kind for quote in quotes(text)} == {SpeakerKind.PERSON}


def test_they_means_the_group_that_spoke() -> None:
    text = "Officials at the Treasury said it works. They warned that it leaks."
    assert speakers(text) == ["Officials at the Treasury"] * 2


def test_nobody_to_point_to_gives_nobody() -> None:
    speaker = one("“It works,” he said.").speaker
    assert speaker.name is None
    assert speaker.candidates == ()


def test_a_namesake_who_comes_later_does_not_count() -> None:
    text = "Sadiq Khan was there. “It works,” Khan said.\nImran Khan came later."
    assert speakers(text) == ["Sadiq Khan"]


def test_a_courtesy_title_settles_a_shared_name() -> None:
    text = "Bill Clinton met Hillary Clinton. “It works,” Mrs. Clinton said."
    assert speakers(text) == ["Hillary Clinton"]


def test_the_minister_is_not_the_prime_minister() -> None:
    text = (
        "Prime Minister Tom Ray met Water Minister Ann Lee. "
        "“It works,” the minister said. “So it does,” the prime minister said."
    )
    assert speakers(text) == ["Ann Lee", "Tom Ray"]


def test_the_last_speaker_keeps_the_pronoun() -> None:
    text = (
        "“It works,” Sergei Lavrov said. Nobody had seen Imran Khan. "
        "“I know,” Lavrov said. “We know,” he added."
    )
    assert speakers(text)[-1] == "Sergei Lavrov"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“It works,” said Ann Lee.", SpeakerKind.PERSON),
        ("The Kremlin said it worked.", SpeakerKind.ORGANISATION),
        ("The ministry said it worked.", SpeakerKind.ORGANISATION),
        ("Many voters said it worked.", SpeakerKind.GROUP),
        ("Officials said it worked.", SpeakerKind.ANONYMOUS),
        ("A source close to the talks said it worked.", SpeakerKind.ANONYMOUS),
    ],
)
def test_the_kind_of_speaker(text: str, kind: SpeakerKind) -> None:
    assert one(text).speaker.kind is kind


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (LAVROV + "“It works,” Lavrov said.", "Foreign Minister"),
        ("“It works,” said Ann Lee, the mayor of Merrow.", "mayor of Merrow"),
        ("The mayor, Ann Lee, said it worked.", "mayor"),
        ("“It works,” said Ann Lee.", ""),
    ],
)
def test_the_role_as_the_article_gives_it(text: str, role: str) -> None:
    assert quotes(text)[0].speaker.role == role
