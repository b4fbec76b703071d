"""References of what the last answer cites, and of papers that are named."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paperchat.app import App
from paperchat.bibliography import Details, Person
from paperchat.dialogue.conversation import Conversation
from paperchat.generation.citing import RECORD, referenced, referenced_by_name, style_of
from paperchat.text.citation_keys import citation_key
from paperchat.types import Answer, Turn
from tests.conftest import NO_OLLAMA
from tests.samples import GRAPHS, SPEECH, TREES, Shelf
from tests.shipped import open_app

MAE = "GraphMAE: Self-Supervised Masked Graph Autoencoders"
MUGS = "Mugs: A Multi-Granular Self-Supervised Learning Framework"


@pytest.fixture(scope="module")
def app(data: Path) -> Iterator[App]:
    with open_app(data, NO_OLLAMA) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "style"),
    [
        ("cite it", "apa"), ("BibTeX for these", "bibtex"), ("bib 4 mugs pls", "bibtex"), ("APA citation.", "apa"),
        ("as RIS", "ris"), ("in Harvard style", "harvard"), ("Chicago, please", "chicago"), ("csl json", "csl"),
        ("the bibliography", "apa"), ("IEEE", "ieee"), ("does it compare with apart", "apa"),
    ],
)  # fmt: skip
def test_the_format_is_the_one_that_is_named(question: str, style: str) -> None:
    assert style_of(question) == style


def by_name(app: App, question: str, *turns: Turn) -> Answer:
    return referenced_by_name(question, Conversation(turns, app.library))


def titles(answer: Answer) -> list[str]:
    return [result.paper.title.split(":")[0] for result in answer.results]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("I need the BibTeX entry of GraphMAE, please", ["GraphMAE"]),
        ("bibtext for graphmae plz", ["GraphMAE"]),
        ("how do I cite the Mugs paper properly?", ["Mugs"]),
        (f'APA reference for "{MUGS}".', ["Mugs"]),
        ("Could you let me have a reference for the paper that introduces GraphMAE?", ["GraphMAE"]),
        ("cite Mugs and GraphMAE in ieee", ["Mugs", "GraphMAE"]),
        ("RIS: TERA, SSAMBA", ["TERA", "SSAMBA"]),
        ("cite the paper on African languages", ["AfroLM"]),
    ],
)
def test_a_paper_is_found_by_what_the_request_calls_it(app: App, question: str, found: list[str]) -> None:
    answer = by_name(app, question)
    assert titles(answer) == found
    assert len(answer.lines) == len(found)
    assert (answer.form, answer.abstained, answer.cited, answer.notices) == ("titles", False, (), (RECORD,))


def test_several_papers_are_those_whose_titles_have_the_words(app: App) -> None:
    answer = by_name(app, "Export the speech papers as RIS.")
    assert len(answer.results) > 5
    assert all("speech" in result.paper.title.lower() for result in answer.results)
    assert all(line.startswith("TY  - ") for line in answer.lines)


def test_bibtex_is_whole_and_has_the_title_of_the_record(app: App) -> None:
    (entry,) = by_name(app, "BibTeX of GraphMAE").lines
    assert entry.startswith("@misc{graphmae-")
    assert f"title = {{{{{MAE}}}}}" in entry
    assert entry.endswith("}")


def test_a_name_that_no_paper_has_is_said_not_to_be_there(app: App) -> None:
    answer = by_name(app, "reference for Quarrelnet please")
    assert answer.text == "I found no paper called “Quarrelnet”."
    assert (answer.form, answer.abstained, answer.results) == ("reply", False, ())


def test_of_two_names_the_one_that_is_there_is_cited(app: App) -> None:
    answer = by_name(app, "BibTeX: “GraphMAE”, “Quarrelnet”")
    assert titles(answer) == ["GraphMAE"]
    assert answer.notices == ("I found no paper called “Quarrelnet”.", RECORD)


def test_a_request_that_names_nothing_is_asked_which_paper_it_means(app: App) -> None:
    assert by_name(app, "could you give me a reference please").text.startswith("Which paper do you mean?")


def test_what_the_last_answer_cites_is_referenced_or_what_is_pointed_at(app: App) -> None:
    turn = Turn("Compare GraphMAE with Mugs", "…", (MAE, MUGS), "table")
    conversation = Conversation((turn,), app.library)
    assert titles(referenced("cite it", conversation)) == ["GraphMAE", "Mugs"]
    assert titles(referenced("BibTeX for the second one", conversation)) == ["Mugs"]
    assert titles(by_name(app, "cite [2] please", turn)) == ["Mugs"]
    earlier = Conversation((turn, Turn("What is Mugs?", "…", (MUGS,), "text")), app.library)
    assert titles(referenced("cite it", earlier)) == ["Mugs"]
    assert titles(referenced("BibTeX for every paper cited so far", earlier)) == ["GraphMAE", "Mugs"]


def test_an_answer_that_cites_no_paper_has_no_references(app: App) -> None:
    conversation = Conversation((Turn("Well?", "Well.", (), "declined"),), app.library)
    assert referenced("cite it", conversation).text == "The answer above cites no paper."


def test_a_paper_is_named_by_its_id_or_citation_key(app: App) -> None:
    (mae,) = app.library.find([MAE])
    for name in (mae.id, citation_key(mae)):
        assert titles(by_name(app, f"BibTeX of {name}")) == ["GraphMAE"]
        assert titles(by_name(app, f"cite {name} in ieee, please")) == ["GraphMAE"]


def test_only_what_the_record_lacks_is_said_to_be_missing() -> None:
    smith = Details(authors=(Person("Smith", "Ada"),), date=(2020,))
    cited = (replace(GRAPHS, details=smith), replace(SPEECH, details=replace(smith, date=())), TREES)

    def notices(count: int, start: int = 0) -> tuple[str, ...]:
        papers = cited[start : start + count]
        turn = Turn("Compare them", "…", tuple(one.title for one in papers), "table")
        return referenced("cite it", Conversation((turn,), Shelf(papers))).notices

    assert notices(1) == ()
    assert notices(1, 1) == ("The record has no year: add them before you publish.",)
    assert notices(1, 2) == (RECORD,)
    assert notices(3) == (
        "The record has no authors of 1 of them: add them before you publish.",
        "The record has no year of 2 of them: add them before you publish.",
    )
