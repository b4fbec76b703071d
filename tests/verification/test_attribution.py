"""What is told of the wrong one of two papers."""

import pytest

from paperchat.verification.alignment import align
from paperchat.verification.attribution import foreign
from paperchat.verification.evidence import Evidence, PaperEvidence


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("TideNet reaches 91% on BuoyBench, while StormNet reaches 84% on GaleSet.", []),
        ("StormNet reaches 84% and TideNet reaches 91%.", []),
        ("TideNet reaches 84%, while StormNet reaches 91%.", ["84%", "91%"]),
        ("TideNet was tested on GaleSet, while StormNet reaches 84%.", ["GaleSet"]),
        ("Both TideNet and StormNet reach 84%.", []),
    ],
)
def test_each_of_two_papers_is_given_its_own(claim: str, wrong: list[str], two: tuple[PaperEvidence, ...]) -> None:
    assert [claim[one.start : one.end] for one in foreign(align(claim, Evidence(two, ()), {}))] == wrong
