"""Answers, results and replays as people read them in a terminal."""

from collections.abc import Iterable, Sequence

from paperchat.export.replay import Replay
from paperchat.export.tables import table_text
from paperchat.text.cleaning import clean, printable
from paperchat.types import DOUBTS, Answer, Result, Suggestion, Traced


def print_answer(answers: Iterable[Answer]) -> Answer:
    """Print an answer as it grows: text with citation numbers, then the cited titles and notices; return the last."""
    shown, text = "", ""
    for answer in answers:
        text = _text(answer)
        if text.startswith(shown):
            print(text[len(shown) :], end="", flush=True)
            shown = text
    if text != shown:  # what was written was changed when it was whole
        print(f"\n\n{text}", end="")
    print("\n" if text else "", end="")
    if answer.table:
        print(table_text(answer.table, {paper.id: n for n, paper in enumerate(answer.cited, 1)}), end="\n\n")
    for number, paper in enumerate(answer.cited, 1):
        print(f"  [{number}] {clean(paper.title)}")
    for sentence in answer.sentences:
        if sentence.verdict in DOUBTS:
            print(f"  {DOUBTS[sentence.verdict]}: {printable(clean(sentence.text))} ({printable(sentence.reason)})")
    for notice in filter(None, (answer.doubt, *answer.notices)):
        print(f"  {notice}")
    return answer


def _text(answer: Answer) -> str:
    """Return the text with citation numbers; a sentence that still grows gets its numbers at its end."""
    numbers = {paper.id: number for number, paper in enumerate(answer.cited, 1)}
    parts = [answer.lead] * bool(answer.lead)
    for place, sentence in enumerate(answer.sentences, 1):
        grows = answer.stage == "writing" and place == len(answer.sentences)
        cited = () if grows else dict.fromkeys(numbers[c.paper_id] for c in sentence.citations)
        parts.append(f"{printable(clean(sentence.text))} {''.join(f'[{n}]' for n in cited)}".rstrip())
    return "\n".join(parts)


def print_results(results: Sequence[Result]) -> None:
    """Print papers found, why, and their sentences."""
    if not results:
        print("Nothing found.")
    for result in results:
        why = [f"meaning #{result.dense.rank}"] if result.dense else []
        why += [f"words #{result.keyword.rank}"] if result.keyword else []
        print(f"{result.rank:>2}. {clean(result.paper.title)}  ({', '.join(why)})")
        for sentence in result.sentences:
            print(f"    {clean(sentence.text)}")


def print_suggestions(suggestions: Sequence[Suggestion]) -> None:
    """Print the papers that may be meant, each with the reason."""
    if not suggestions:
        print("Nothing found.")
    for number, one in enumerate(suggestions, 1):
        print(f"{number:>2}. {clean(one.paper.title)}  ({one.reason}; {one.paper.id})")
        if one.sentence:
            print(f"    {clean(one.sentence.text)}")


def print_traced(traced: Traced) -> None:
    """Print a sentence of a draft and what supports or contradicts it."""
    print(printable(traced.text))
    for one in traced.found:
        why = f" ({printable(one.reason)})" if one.reason else ""
        print(f"    {one.stance} ({one.score:.2f}): {clean(one.paper.title)}{why}")
        print(f"        {clean(one.sentence.text)}")
    if not traced.found:
        print("    nothing found")


def print_replay(replay: Replay) -> None:
    """Print what became of a receipt, citation by citation."""
    for finding in replay.citations:
        place = f"table, {printable(finding.row)}" if finding.row else f"sentence {finding.sentence}"
        where = f"{place}, citation {finding.citation}"
        detail = f" ({finding.detail})" if finding.detail else ""
        print(f"{where}: {finding.status}{detail}: {printable(finding.title)}")
    for line in (*replay.problems, *replay.notes):
        print(printable(line))
    print("The receipt holds." if replay.holds else "The receipt does not hold any more.")
