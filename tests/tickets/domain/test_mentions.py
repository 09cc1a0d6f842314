"""Who is called in by an @ before a name."""

import pytest

from tickets.domain.mentions import MENTIONS_AT_MOST, mentioned_in

PEOPLE = {1: "Ines Valdor", 2: "Oona Berresford", 3: "Ines Marchetti", 4: "Jean-Luc O'Neil", 5: "Ruth"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Ines Valdor, please look", [1]),
        ("(@ines.valdor)", [1]),
        ("@INES MARCHETTI and @Oona", [3, 2]),
        ("@Oona would you", [2]),
        ("@Ines look", []),
        ("@Ruth.", [5]),
        ("@jean-luc o'neil", [4]),
        ("mail oona@example.com or x.@oona", []),
        ("`@Oona` and\n```\n@Ruth\n```", []),
        ("@@Oona @nobody", []),
        ("@Oona @oona berresford @Oona", [2]),
    ],
)
def test_names_call_those_who_are_meant(text: str, named: list[int]) -> None:
    assert mentioned_in(text, PEOPLE) == named


def test_nobody_can_call_everybody() -> None:
    crowd = {n: f"Person{n} Last{n}" for n in range(30)}
    assert len(mentioned_in(" ".join(f"@person{n}" for n in crowd), crowd)) == MENTIONS_AT_MOST
