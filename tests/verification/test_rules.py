"""Faults by rule: numbers, names, directions, who does what, and how far it holds."""

from collections.abc import Callable

import pytest

from paperchat.verification.evidence import PaperEvidence, whole_paper
from paperchat.verification.rules import ClaimFault
from tests.tides import FALSE_NUMBERS
from tests.verification.conftest import Find

TRUE_NUMBERS = [
    "TideNet reaches 91.4 percent accuracy on BuoyBench.",
    "On DeepTide it reaches 83.2%, on BuoyBench 91.4%.",
    "It was trained on two and a half million recordings.",
    "TideNet is three times faster than WaveFlow.",
    "TideNet learns from forty-eight harbours.",
    "Errors fall by 19% for spring tides and by 7% for storms.",
    "It needs twelve GPU hours.",
]


@pytest.mark.parametrize("claim", TRUE_NUMBERS)
def test_a_right_number_is_no_fault(claim: str, faults: Callable[[str], list[ClaimFault]]) -> None:
    assert faults(claim) == []


@pytest.mark.parametrize(("claim", "number"), FALSE_NUMBERS)
def test_a_wrong_or_exchanged_number_is_marked(
    claim: str, number: str, faults: Callable[[str], list[ClaimFault]]
) -> None:
    found = faults(claim)
    assert {fault.kind for fault in found} <= {"number", "binding"}
    assert claim[found[0].start : found[0].end].strip() == number
    assert number in found[0].reason


@pytest.mark.parametrize("claim", ["TideNet was built at DeepMind.", "TideNet is a graph network like GraphSAGE."])
def test_a_name_that_the_paper_lacks_is_a_fault(claim: str, faults: Callable[[str], list[ClaimFault]]) -> None:
    assert [fault.kind for fault in faults(claim)] == ["name"]


@pytest.mark.parametrize(
    "claim",
    [
        "With weather data the error increases.",
        "Without weather data the error decreases.",
        "The method does help in rivers.",
        "TideNet runs 3x slower than WaveFlow.",
        "TideNet learns from labelled recordings of 48 harbours.",
    ],
)
def test_one_word_that_turns_the_meaning_is_a_fault(claim: str, faults: Callable[[str], list[ClaimFault]]) -> None:
    assert [fault.kind for fault in faults(claim)] == ["direction"]


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("While storms are predicted from buoys, tides are predicted from satellite images.", "exchange"),
        ("The local branch repairs shifted clocks and the global branch repairs missing readings.", "exchange"),
        ("They train a sea parser on billions of old readings to parse buoy logs.", "exchange"),
        ("Exact charts serve instead of coarse maps.", "exchange"),
        ("A refined flow is found with a supervised objective.", "direction"),
        ("TideNet needs labelled storms.", "direction"),
        ("It profits from low-dimensional readings.", "direction"),
        ("TideNet performs worse than the baseline in most of the harbours.", "direction"),
        ("TideNet improves on the baseline in all harbours.", "scope"),
        ("It improves only on readings that are high-dimensional.", "scope"),
    ],
)
def test_who_does_what_and_how_far_it_holds(claim: str, kind: str, find: Find, harbours: PaperEvidence) -> None:
    assert kind in {fault.kind for fault in find(claim, whole_paper(harbours)).faults}


@pytest.mark.parametrize(
    "claim",
    [
        "Storms are predicted from satellite images, while tides are predicted from buoys.",
        "The global branch repairs shifted clocks and the local branch repairs missing readings.",
        "TideNet gets by without labelled storms.",
        "In most of the harbours TideNet improves on the baseline.",
        "High-dimensional readings help it.",
    ],
)
def test_another_order_or_wording_is_no_fault(claim: str, find: Find, harbours: PaperEvidence) -> None:
    assert not find(claim, whole_paper(harbours)).faults
