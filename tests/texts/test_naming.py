"""Naming: whether a text names an actor or a place."""

from __future__ import annotations

import pytest

from ledger.texts.naming import Named, names_it, words_of_it

ARMY = Named("army", "Malian Armed Forces", ("FAMa", "Malian army"), "state force")
STATE = Named("state", "Government of Mali", ("Malian government",), "government")
UNION = Named("union", "African Union", ("AU",))
LEADER = Named("leader", "Assimi Goïta", (), "official")
EMIR = Named("emir", "Emir of Qatar", (), "official")
NIGER = Named("niger", "Government of Niger", (), "government")
REGION = Named("region", "Gao region", (), "place")
HIRED = Named("hired", "Russian mercenaries (not further named)")


@pytest.mark.parametrize(
    ("named", "text"),
    [
        (ARMY, "The Malian Army came."),
        (ARMY, "Mali’s armed forces came."),
        (ARMY, "The FAMa came."),
        (STATE, "The government in Mali said no."),
        (STATE, "Malian government officials"),
        (UNION, "the A.U. met"),
        (UNION, "the AU's leaders"),
        (LEADER, "Colonel Goita spoke."),
        (LEADER, "Goïta’s men"),
        (REGION, "the regions of Gao and Kidal"),
        (HIRED, "Some russian mercenaries came."),
    ],
)
def test_a_name_counts_by_alias_by_last_name_and_with_other_endings(
    named: Named, text: str
) -> None:
    assert names_it(text, named)


@pytest.mark.parametrize(
    ("named", "text"),
    [
        (ARMY, "The army came."),
        (STATE, "The government fell. Mali was calm."),
        (UNION, "au revoir"),
        (UNION, "an African man left the union"),
        (LEADER, "Assimi spoke."),
        (EMIR, "Qatar said no."),
        (NIGER, "The Nigerian government said no."),
        (REGION, "the regions of Kidal"),
    ],
)
def test_what_is_less_than_a_name_does_not_count(named: Named, text: str) -> None:
    assert not names_it(text, named)


@pytest.mark.parametrize(
    ("named", "text", "words"),
    [
        (ARMY, "The army came.", ["army"]),
        (STATE, "Mali said no.", ["Mali"]),
        (UNION, "The union met.", []),
        (REGION, "Fighting in Gao.", ["Gao"]),
        (HIRED, "The mercenaries came.", ["mercenaries"]),
    ],
)
def test_the_words_that_a_text_has_of_a_name_are_told(
    named: Named, text: str, words: list[str]
) -> None:
    assert words_of_it(text, named) == words


def test_the_register_says_who_is_not_named() -> None:
    assert HIRED.is_unnamed
    assert not ARMY.is_unnamed
