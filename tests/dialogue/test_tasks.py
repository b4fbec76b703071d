"""A request to do something with papers is told by its words, with what it is about, in any field."""

import pytest

from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.tasks import TASKED, Wish, wished
from paperchat.retrieval.lookup import entries_of, suggest
from paperchat.types import Suggestion, Turn
from tests.samples import GRAPHS, PAPERS, SPEECH, Shelf, paper

CELLS = paper("Senescence of muscle cells", "Cells age. We measured 40 mice. Muscle cells stop dividing early.")
SHELF = Shelf((*PAPERS, CELLS), (*PAPERS, CELLS))


class Named(Shelf):
    """A shelf where a paper is named by its work, or by words of its title alone."""

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        nothing = Shelf((), ()).search
        return suggest(text, entries_of(self._papers), nothing, limit)


def wish(question: str, *turns: Turn, act: str = "") -> Wish | None:
    conversation = Conversation(turns, Named(SHELF._papers, SHELF._found))
    return wished(question, conversation, act) if TASKED.search(question) else None


@pytest.mark.parametrize(
    ("question", "task"),
    [
        ("summarise GraphMAE", "summary"),
        ("Can you give me a short summary of the GraphMAE paper, please?", "summary"),
        ("tl;dr of GraphMAE", "summary"),
        ("GraphMAE in a nutshell", "summary"),
        ("what is GraphMAE about?", "summary"),
        ("explain GraphMAE like I am new", "newcomer"),
        ("Explain the paper on masked graphs to a newcomer", "newcomer"),
        ("explain GraphMAE in simple terms", "newcomer"),
        ("What are the limits of GraphMAE?", "limits"),
        ("what are GraphMAE's limitations", "limits"),
        ("What is GraphMAE?", "idea"),
        ("What is the main idea of GraphMAE?", "idea"),
        ("How does GraphMAE work?", "idea"),
        ("what's the main contribution of GraphMAE?", "idea"),
        ("What is new in the paper on masked graphs?", "idea"),
        ("what did GraphMAE find?", "findings"),
        ("What are the main findings of GraphMAE?", "findings"),
        ("key results of GraphMAE", "findings"),
        ("what did they find about masked graphs?", "findings"),
    ],
)
def test_one_paper_is_meant_by_its_name_or_title(question: str, task: str) -> None:
    found = wish(question)
    assert found is not None
    assert (found.task, found.paper) == (task, GRAPHS)


@pytest.mark.parametrize(
    ("question", "task", "subject"),
    [
        ("what is self-supervised learning?", "definition", "self-supervised learning"),
        ("Define DNA methylation", "definition", "DNA methylation"),
        ("what does epistasis mean?", "definition", "epistasis"),
        ("what is the metabolic syndrome", "definition", "metabolic syndrome"),
        ("state of the art in graph representation learning", "state", "graph representation learning"),
        ("What's the state of the art in tuberculosis treatment?", "state", "tuberculosis treatment"),
        ("write a related-work paragraph on masked modelling with citations", "related", "masked modelling"),
        ("related work on muscle ageing", "related", "muscle ageing"),
        ("literature review on HIV drug resistance", "related", "HIV drug resistance"),
        ("reading list on masked autoencoders", "reading", "masked autoencoders"),
        ("what should I read about stem cells, and in what order?", "reading", "stem cells"),
        ("which datasets are used for speech?", "datasets", "speech"),
        ("what data sets do people use for point clouds", "datasets", "point clouds"),
        ("what would I use for tabular data?", "use", "tabular data"),
    ],
)
def test_a_topic_is_what_the_words_of_the_request_leave(question: str, task: str, subject: str) -> None:
    assert wish(question) == Wish(task, subject)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "question",
    [
        "What is the accuracy of GraphMAE on Cora?",
        "Which datasets does GraphMAE use?",
        "What limitation of earlier masked autoencoders does GraphMAE remove?",
        "How does the paper define robustness?",
        "What is new in muscle research?",
        "Does the state of the art in speech need labels?",
        "What is it?",
        "Which papers are about graphs?",
        "The algorithm can be summarized in which steps?",
        "what is the best method",
        "what is the capital of australia",
    ],
)
def test_a_question_about_what_papers_say_is_none(question: str) -> None:
    assert wish(question) is None


def test_this_paper_is_the_one_of_the_conversation() -> None:
    turn = Turn("What tokens shrink speech?", "Ours.", (SPEECH.title,), "text")
    for question in ("summarise this paper", "what are its limits?", "explain it to a newcomer"):
        found = wish(question, turn)
        assert found is not None
        assert found.paper == SPEECH, question


def test_this_paper_where_none_was_shown_is_asked_back() -> None:
    assert wish("summarise this paper") == Wish("summary", "")


def test_a_request_on_a_topic_may_seem_one_of_the_set() -> None:
    assert wish("a reading list on graphs", act="set.list") == Wish("reading", "graphs")


def test_an_order_to_read_is_of_the_papers_above_where_nothing_else_is_said() -> None:
    turn = Turn("Which papers are about graphs?", "Both.", (GRAPHS.title, SPEECH.title), "list")
    for question in ("which of these should I read first?", "In what order should I read them?", "where do I start?"):
        assert wish(question, turn) == Wish("reading", "graphs", among=(GRAPHS, SPEECH)), question
        assert wish(question) is None, question
    assert wish("where should I start with owls?", turn) == Wish("reading", "owls")


def test_a_reading_list_is_told_where_the_words_are_not_learned_too() -> None:
    assert wish("reading list: masked autoencoders") == Wish("reading", "masked autoencoders")
    assert wish("Recommended reading for sepsis") == Wish("reading", "sepsis")
    assert wish("Six readings on food banks, in a sensible order") == Wish("reading", "food banks", count=6)
    assert wish("Why do lecturers compile course reading lists?") is None


def test_what_is_asked_of_the_assistant_or_of_the_last_answer_is_left_to_that() -> None:
    assert wish("what are your limits?", act="assistant.trust") is None
    assert wish("summarise it", act="last.shorter") is None
