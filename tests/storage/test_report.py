"""What became of an import is told in words and as JSON."""

from paperchat.storage.report import SHOWN, Rejected, Report


def test_a_report_is_the_documented_json() -> None:
    report = Report(1, 2, 3, 4, 5, (Rejected("a.bib", "line 7 (k)", "has no title"),))
    assert report.as_json() == {
        "added": 1, "changed": 2, "unchanged": 3, "merged": 4, "without_abstract": 5,
        "rejected": [{"file": "a.bib", "place": "line 7 (k)", "reason": "has no title"}],
    }  # fmt: skip
    assert report.papers == 6


def test_a_report_tells_in_words_what_there_is_to_tell() -> None:
    assert list(Report(added=1).lines()) == ["1 paper added, 0 changed, 0 unchanged."]
    told = list(
        Report(1000, 0, 0, 1, 1, (Rejected("a.bib", "line 7", "has no title"), Rejected("b", "", "is empty"))).lines()
    )
    assert told == [
        "1,000 papers added, 0 changed, 0 unchanged.",
        "1 entry was merged: another one is of the same work.",
        "1 paper has no abstract: found by title, listed and cited.",
        "2 entries or files were not taken:",
        "  a.bib, line 7: has no title",
        "  b: is empty",
    ]


def test_a_long_list_of_faults_is_cut() -> None:
    told = list(Report(1, rejected=(Rejected("a", "", "x"),) * (SHOWN + 5)).lines())
    assert told[-1] == "  and 5 more: paperchat index --json tells all."
