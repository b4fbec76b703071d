"""The report of a draft, as Markdown and as a page."""

import re
from html.parser import HTMLParser

from paperchat.export.draft_report import NOTHING, backing_papers, draft_report, summary
from paperchat.types import Backing, Traced
from tests.fake_app import make_result
from tests.samples import GRAPHS, SPEECH, paper

(GRAPH, _), (SPEAK, _) = make_result(GRAPHS, 1).sentences, make_result(SPEECH, 1).sentences
TRACED = (
    Traced("Graphs & 1 < 2 help.", (Backing(GRAPHS, GRAPH, "supports", 0.914),), 0, 19),
    Traced("Speech *fails*.", (Backing(SPEECH, SPEAK, "contradicts", 0.8, "3.1 is not there."),
                               Backing(GRAPHS, GRAPH, "unclear", 0.4, "Compare."),), 20, 35),
    Traced("Nobody knows.", (), 36, 49),
)  # fmt: skip
REFERENCES = ("A. Graph, “Graphs.”", "B. Speech, “Speech & <i>more</i>.”")


class Tags(HTMLParser):
    """The tags of a page, each opened and closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.seen.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_papers_are_numbered_as_they_are_first_found_and_counted():
    assert backing_papers(TRACED) == (GRAPHS, SPEECH)
    assert summary(TRACED) == "3 sentences: 1 supported, 1 contradicted, 1 neither."


def test_a_report_in_markdown_has_each_sentence_its_quotes_and_the_references():
    text = draft_report(TRACED, REFERENCES, "md")
    assert text.startswith("# What the papers say of this draft\n\n3 sentences: 1 supported")
    assert f"**Supported by (91% sure):** {GRAPHS.title} \\[1\\]:\n\n> {GRAPH.text}" in text
    assert "**Contradicted by (80% sure):**" in text
    assert "**Not sure:**" in text
    assert "## 2. Speech \\*fails\\*." in text
    assert f"## 3. Nobody knows.\n\n{NOTHING}" in text
    assert text.count("\n\\[") == len(REFERENCES)


def test_a_report_as_a_page_is_whole_and_shows_what_was_written():
    text = draft_report(TRACED, REFERENCES, "html")
    tags = Tags(text)
    assert tags.open == []
    assert not {"b", "i", "script", "style"} & tags.seen
    assert "<h2>1. Graphs &amp; 1 &lt; 2 help.</h2>" in text
    assert f"<blockquote><p>{GRAPH.text}</p></blockquote>" in text
    assert re.findall(r"<p>\[(\d)\]", text) == ["1", "2"]


def test_what_hides_or_reorders_text_is_left_out_in_both_forms():
    evil = paper("T\u202e", "A.")
    traced = (Traced("x\u202ey\x00", (Backing(evil, GRAPH, "supports", 1.0),), 0, 4),)
    for form in ("md", "html"):
        assert not {"\u202e", "\x00"} & set(draft_report(traced, ("r\u202e",), form))
