"""The one place that wires the parts: settings in, an App out that answers, searches and indexes."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from paperchat.bibliography import Scope
from paperchat.dialogue.asking import Asking, read_asking
from paperchat.dialogue.conversation import Conversation
from paperchat.dialogue.rewriting import deepened, look_up
from paperchat.generation.checking import Checking
from paperchat.generation.pipeline import stream_answer, timed
from paperchat.models.claim_model import ClaimModel
from paperchat.models.minilm import MiniLM
from paperchat.models.ollama_embedder import OllamaEmbedder
from paperchat.models.prompt_files import read_prompts
from paperchat.models.question_model import QuestionModel
from paperchat.models.writers import Writers, used_settings
from paperchat.paths import CHECKER, CLAIM_MODEL, LEARNED, QUESTION_MODEL, prompts_folder
from paperchat.protocols import Embedder
from paperchat.provenance import Receipts
from paperchat.query.learned import read_learned
from paperchat.query.question import check_question
from paperchat.query.reading import Reading
from paperchat.retrieval.library import Library
from paperchat.settings import AS_STARTED, Choice, Settings
from paperchat.storage.conversations import History, open_history
from paperchat.storage.embedding import Progress
from paperchat.storage.folder import CONVERSATIONS, READERS, UPLOADS
from paperchat.storage.importing import Imports
from paperchat.storage.incoming import NOTHING, Order
from paperchat.storage.ordering import carry_out
from paperchat.storage.set_folders import begins_empty, home_of
from paperchat.storage.sites import Searching
from paperchat.storage.store import Say, Store
from paperchat.types import Answer, AnswerSentence, Result, Turn
from paperchat.verification.checker import read_checker

if TYPE_CHECKING:
    from paperchat.retrieval.llamaindex import Face


@dataclass(frozen=True)
class Status:
    """What is there: papers indexed, and the embedder."""

    papers: int
    embedder: str


class App:
    """paperchat over one open store; close it to give the store up.

    `library` searches, reads and lists the papers, `writers` are the models that may answer, `checker` checks claims
    and drafts, `receipts` keep what answers rest on. `imports` take papers in meanwhile; the library, the checker and
    the receipts are then made anew, over the store that has them.
    """

    def __init__(
        self, settings: Settings, say: Say, progress: Progress, order: Order = NOTHING, once: bool = False
    ) -> None:
        """Open the store, take in what the `order` asks for (a new store gets the shipped set without one), index.

        `once`: for a few questions, so that it opens sooner.
        """
        prompts = read_prompts(prompts_folder())
        checker = read_checker(json.loads(CHECKER.read_text(encoding="utf-8")), ClaimModel(CLAIM_MODEL))
        learned = read_learned(QuestionModel(QUESTION_MODEL), json.loads(LEARNED.read_text(encoding="utf-8")))
        embedder = make_embedder(settings)
        self._embedder = embedder
        self.writers = Writers(settings, prompts)

        def ask_of(store: Store) -> None:
            self._store = store
            self.library = Library(store, embedder, learned, settings.papers, today)
            self.checker = Checking(self.library, checker, prompts["check"])
            self.receipts = Receipts(store, embedder.name, self.writers.server, prompts, used_settings(settings))
            self.__dict__.pop("llamaindex", None)

        how = Searching(settings.chroma, once)
        ships = not begins_empty(settings.data)
        store, report = carry_out(order, lambda: Store(settings.data, embedder, say, progress, how), say, ships)
        ask_of(store)
        self.imports = Imports(store, report, ask_of, settings.data / UPLOADS)

    def __enter__(self) -> "App":
        """Return the app."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the store, and the conversations where they were opened; an import ends."""
        self.imports.close()
        if "conversations" in self.__dict__:
            self.conversations.close()
        self._store.close()

    @cached_property
    def conversations(self) -> History:
        """The conversations kept beside the papers; where the file cannot be written, or used, new ones say so."""
        data = self.writers.settings.data
        return open_history(data / CONVERSATIONS, home_of(data) / READERS)

    @cached_property
    def llamaindex(self) -> "Face":
        """The open store as LlamaIndex programs see it; importing theirs takes seconds."""
        from paperchat.retrieval.llamaindex import Face

        return Face(self._store, self._embedder)

    def search(
        self, query: str, limit: int, history: Sequence[Turn] = (), scope: Scope | None = None
    ) -> tuple[Result, ...]:
        """Return the best papers for a query, best first, each with its best sentences.

        A query after these turns is understood as `ask` understands a question, and of the same papers.
        """
        asking = read_asking(check_question(query), history, self.library, scope)
        understood = look_up(asking.question, Conversation(asking.turns, asking.library))
        return deepened(understood.reading, asking.library, limit)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        choice: Choice = AS_STARTED,
        search: Callable[[str], Reading] | None = None,
        scope: Scope | None = None,
    ) -> Iterator[Answer]:
        """Yield the answer to a question as it grows (see Answer); closing the iterator stops the model.

        A `choice` changes settings for this answer; WITHOUT_MODEL makes it the evidence, whether there is a model or
        not. Another `search` than ours may find the papers (see `llamaindex`); a list is still judged over the whole
        set. The papers of a `scope` alone are asked; without one all, or those that the conversation asks for in words.
        """
        settings = choice.over(self.writers.settings)
        library, checker = self.library, self.checker  # an import may put others there
        library = library.searched_by(search) if search else library
        typed = check_question(question)
        asking = read_asking(typed, history, library, scope)
        if asking.scope and not asking.library.papers:
            yield nobody(typed, asking)
            return
        found = asking.library.finding(settings.papers)
        answers = stream_answer(asking.question, asking.turns, found, self.writers.model(choice), checker)
        with closing(cast("Any", timed(answers, time.perf_counter))) as growing:
            for answer in growing:
                yield replace(narrowed(answer, typed, asking), settings={**used_settings(settings), **answer.settings})

    def status(self) -> Status:
        """Return what is there."""
        return Status(len(self._store.papers), self.receipts.embedder)


def today() -> date:
    """Return the day that this machine has."""
    return datetime.now().astimezone().date()


def narrowed(answer: Answer, question: str, asking: Asking) -> Answer:
    """Return the answer to a question as it was typed, with a line on which papers were asked."""
    left = len(asking.library.whole) - len(asking.library.papers)
    line = f"{asking.line}. The other {left:,} were not asked." if answer.abstained else f"{asking.line}."
    notices = (line, *answer.notices) if asking.scope else answer.notices
    return replace(answer, question=question, scope=asking.scope, notices=notices)


def nobody(question: str, asking: Asking) -> Answer:
    """Return the answer that says that no paper is of those to be asked."""
    return Answer(question, (), (AnswerSentence(asking.line),), abstained=True, stage="done", scope=asking.scope)


def make_embedder(settings: Settings) -> Embedder:
    """Return the embedder that the settings name."""
    if settings.embedder == "minilm":
        return MiniLM()
    return OllamaEmbedder(settings.ollama_host, settings.embedder.removeprefix("ollama:"), settings.timeout)
