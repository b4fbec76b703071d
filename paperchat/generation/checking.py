"""Checks what is said against the papers of a library: an answer's sentences, single claims, drafts."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from paperchat.models.model import Model
from paperchat.models.steps import result_of
from paperchat.query.question import check_question
from paperchat.retrieval.library import Library
from paperchat.text.cleaning import known_text, normalised
from paperchat.text.language_id import is_english
from paperchat.text.sentences import LONGEST
from paperchat.text.tokens import content_words
from paperchat.types import Answer, AnswerSentence, Check, Citation, Paper, Result, Traced
from paperchat.verification.answers import settle
from paperchat.verification.checker import Checker, judge_numbers, question
from paperchat.verification.drafts import Held, names, trace
from paperchat.verification.evidence import Evidence, PaperEvidence, Quoted, whole_paper
from paperchat.verification.features import Findings
from paperchat.verification.opposition import Opposing

OTHERS = 4
"""Papers whose sentences are held against a claim, to see whether another paper than the one cited says it."""

TRACED = 4
"""Papers that are held against each sentence of a draft."""

KEPT = 1000
"""Most papers that are kept as a checker reads them: about 100 kB each."""


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, whether it is in another language than the papers, its evidence, and what was found of them."""

    claim: str
    foreign: bool
    evidence: Evidence
    findings: Findings


class Checking:
    """Checks by a trained checker, and by a chat model where one is given; `prompt` is what that is asked.

    A claim is embedded, and nothing else: the vectors of the papers' sentences are the library's. Each paper is read
    once, and kept as long as there is room (KEPT).
    """

    def __init__(self, library: Library, checker: Checker, prompt: str) -> None:
        self._library, self._checker, self._prompt = library, checker, prompt
        self._read: dict[str, PaperEvidence] = {}

    @property
    def opposing(self) -> Opposing:
        """What judges whether two sentences oppose each other."""
        return self._checker.opposition

    def check(self, claim: str, title: str, model: Model | None = None) -> Check:
        """Return whether the abstract of the paper with this title supports a claim; ask `model` too when given.

        Raises InputError for an empty or overlong claim, ModelError when the model fails.
        """
        claim = check_question(claim, LONGEST, "claim")
        paper = self._library.titles.get(title)
        if paper is None:
            return Check("unsupported", 0.0, f'No paper of the set has the title "{title}".')
        found = self._library.found(claim, OTHERS).results
        (own,) = self._papers([paper])
        return result_of(self._judge(self._found(claim, whole_paper(own, self._others(found, [paper]))), model))

    def settle(self, answer: Answer, model: Model) -> Iterator[Answer]:
        """Yield a written answer as the verdicts on its sentences settle."""
        read = known_text([answer.question, *(result.paper.abstract for result in answer.results)])

        def is_title(words: str) -> bool:
            return words in self._library.titles or f" {normalised(words)} " in read

        def find(sentence: AnswerSentence) -> Found:
            return self._found(sentence.text, self._cited(sentence.citations, answer.results))

        return settle(answer, find, self._judge, model, is_title)

    def trace(self, text: str) -> Iterator[Traced]:
        """Yield what supports or contradicts each sentence of a draft, by rule; raises InputError for a bad one."""

        def held(claim: str) -> Iterator[Held]:
            vector, foreign = self._library.embed(claim), self._is_foreign(claim)
            found = [result.paper for result in self._library.found(claim, 2 * TRACED).results]
            named = {paper for paper in found if names(claim, paper)}
            for read in self._papers(sorted(found, key=lambda paper: paper not in named)[:TRACED]):
                evidence, paper = whole_paper(read), read.text.paper
                findings = self._checker.find(claim, vector, evidence)
                check = result_of(self._judge(Found(claim, foreign, evidence, findings), None))
                best = evidence.cited[findings.best[0]] if findings.best else None
                if best:
                    near = self._checker.nearness(findings)
                    yield Held(paper, best.sentence, check, findings, near, paper in named)

        return trace(text, held)

    def _found(self, claim: str, evidence: Evidence) -> Found:
        findings = self._checker.find(claim, self._library.embed(claim), evidence)
        return Found(claim, self._is_foreign(claim), evidence, findings)

    def _judge(self, found: Found, model: Model | None) -> Generator[None, None, Check]:
        quotes = found.evidence.quotes
        if found.foreign:
            return judge_numbers(found.findings, quotes)
        yes = None
        if model is not None and self._checker.is_open(found.findings):
            asked = question(self._prompt, found.claim, found.evidence, found.findings)
            yes = yield from model.yes_probability(asked)
        return self._checker.judge(found.findings, quotes, yes)

    def _is_foreign(self, claim: str) -> bool:
        """Tell whether a claim is in another language than the papers: few of its words are theirs, or English."""
        words = content_words(claim)
        return 2 * sum(map(self._library.knows, words)) < len(words) and not is_english(claim)

    def _cited(self, citations: Sequence[Citation], results: Sequence[Result]) -> Evidence:
        """Return what a sentence cites, and beside it the other papers found."""
        of = {result.paper.id: result.paper for result in results}
        papers = [of[key] for key in dict.fromkeys(citation.paper_id for citation in citations)]
        read = {one.text.paper.id: one for one in self._papers(papers)}
        cited = dict.fromkeys(_quoted(read[citation.paper_id], citation) for citation in citations)
        return Evidence(tuple(read.values()), tuple(cited), self._others(results, papers))

    def _others(self, results: Sequence[Result], papers: Sequence[Paper]) -> tuple[Quoted, ...]:
        """Return the best sentences of the results that are none of these papers."""
        others = [result for result in results if result.paper not in papers]
        read = self._papers([result.paper for result in others])
        return tuple(
            Quoted(paper, sentence.number)
            for paper, result in zip(read, others, strict=True)
            for sentence in result.sentences
        )

    def _papers(self, papers: Sequence[Paper]) -> list[PaperEvidence]:
        """Return papers as the checker reads them."""
        known = self._read
        missing = [paper for paper in dict.fromkeys(papers) if paper.id not in known]
        if missing:
            if len(known) + len(missing) > KEPT:  # whoever reads at this moment keeps the old one
                known = {paper.id: known[paper.id] for paper in papers if paper.id in known}
            made = map(PaperEvidence, self._library.read(missing), self._library.vectors(missing))
            self._read = known = {**known, **{one.text.paper.id: one for one in made}}
        return [known[paper.id] for paper in papers]


def _quoted(paper: PaperEvidence, citation: Citation) -> Quoted:
    """Return the sentence that a citation quotes, which is the last that begins no later."""
    begun = sum(sentence.start <= citation.start for sentence in paper.text.sentences)
    return Quoted(paper, max(0, begun - 1))
