"""What a claim is held against: papers as a checker reads them, each made once, and the sentences cited. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from paperchat.text.entities import Known
from paperchat.text.numbers import Quantity, quantities
from paperchat.text.paper_text import PaperText
from paperchat.text.words import Word, words
from paperchat.types import Sentence, Vectors
from paperchat.verification.number_binding import Bound, bind


@dataclass(frozen=True, eq=False)
class PaperEvidence:
    """A paper as a checker reads it; `vectors[n]` is the unit vector of its `n`-th sentence.

    What is asked of it is made when it is first asked for, and kept.
    """

    text: PaperText
    vectors: Vectors

    @property
    def title(self) -> str:
        """The cleaned title."""
        return self.text.title

    @cached_property
    def called(self) -> Known:
        """The names in the title."""
        return Known(self.text.title)

    @cached_property
    def known(self) -> Known:
        """The names in title and abstract."""
        return Known(self.text.whole)

    @cached_property
    def words(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each sentence."""
        return tuple(words(cleaned) for cleaned in self.text.cleaned)

    @cached_property
    def numbers(self) -> tuple[tuple[Quantity, ...], ...]:
        """The numbers of each sentence."""
        return tuple(quantities(cleaned) for cleaned in self.text.cleaned)

    @cached_property
    def titled(self) -> tuple[Quantity, ...]:
        """The numbers of the title."""
        return quantities(self.text.title)

    @cached_property
    def bound(self) -> tuple[tuple[Bound, ...], ...]:
        """The numbers of each sentence with what each is bound to."""
        short, rows = self.known.abbreviations, zip(self.text.cleaned, self.words, self.numbers, strict=True)
        return tuple(bind(cleaned, said, numbers, short) for cleaned, said, numbers in rows)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The `number`-th sentence (from 0) of a paper."""

    paper: PaperEvidence
    number: int

    @property
    def sentence(self) -> Sentence:
        """The sentence and its place."""
        return self.paper.text.sentences[self.number]

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.sentence.text

    @property
    def cleaned(self) -> str:
        """The sentence, cleaned."""
        return self.paper.text.cleaned[self.number]

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return self.paper.words[self.number]

    @property
    def numbers(self) -> tuple[Quantity, ...]:
        """Its numbers."""
        return self.paper.numbers[self.number]

    @property
    def bound(self) -> tuple[Bound, ...]:
        """Its numbers with what each is bound to."""
        return self.paper.bound[self.number]


@dataclass(frozen=True, eq=False)
class Evidence:
    """The sentences cited of these papers, and sentences of others near the claim."""

    papers: tuple[PaperEvidence, ...]
    cited: tuple[Quoted, ...]
    elsewhere: tuple[Quoted, ...] = ()

    @cached_property
    def known(self) -> Known:
        """The names in the papers."""
        return self.papers[0].known if len(self.papers) == 1 else Known(" ".join(one.text.whole for one in self.papers))

    @property
    def quotes(self) -> tuple[str, ...]:
        """The sentences cited, verbatim."""
        return tuple(quoted.text for quoted in self.cited)

    @property
    def title(self) -> str:
        """The cleaned titles of the papers."""
        return " ".join(paper.title for paper in self.papers)


def whole_paper(paper: PaperEvidence, elsewhere: Sequence[Quoted] = ()) -> Evidence:
    """Return all sentences of a paper as evidence, and these of others."""
    return Evidence((paper,), quoted(paper), tuple(elsewhere))


def quoted(paper: PaperEvidence) -> tuple[Quoted, ...]:
    """Return all sentences of a paper."""
    return tuple(Quoted(paper, number) for number in range(len(paper.text.sentences)))
