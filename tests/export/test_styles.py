"""References in the common styles, as their manuals have them: no line is made up, none is left out."""

import warnings
from dataclasses import replace

import pytest

from paperchat.bibliography import Details, Person
from paperchat.export.references import STYLES
from paperchat.export.styles import style_lines
from paperchat.types import Paper
from tests.bibliography import ARTICLE, HOSTILE, PREPRINT, PROCEEDINGS, shown
from tests.samples import TREES, paper


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("apa", "Boosted trees for control. (n.d.)."),
        ("ieee", "“Boosted Trees for Control.”"),
        ("acm", "Boosted Trees for Control."),
        ("chicago", "“Boosted Trees for Control.” n.d."),
        ("mla", "“Boosted Trees for Control.”"),
        ("harvard", "“Boosted Trees for Control” (no date)."),
    ],
)
def test_a_title_alone_is_written_without_an_author_or_year(style: str, line: str) -> None:
    assert style_lines([TREES], style) == [line]


JOURNAL = "Журнал Графов & Сетей"


@pytest.mark.parametrize(
    ("style", "line"),
    [
        (
            "apa",
            (
                f"van den Berg, J.-W., Łukasz, Ö. B., & Nguyễn, T. H. (2019). GraphMAE: Masked Graphs. {JOURNAL}, "
                "12(3), 101–119. https://doi.org/10.1000/a_b"
            ),
        ),
        (
            "ieee",
            (
                f"J.-W. van den Berg, Ö. B. Łukasz, and T. H. Nguyễn, “GraphMAE: Masked Graphs,” {JOURNAL}, "
                "vol. 12, no. 3, pp. 101–119, Mar. 2019, doi: 10.1000/a_b."
            ),
        ),
        (
            "acm",
            (
                f"Jan-Willem van den Berg, Örn B. Łukasz, and Thị Hà Nguyễn. 2019. GraphMAE: Masked Graphs. {JOURNAL} "
                "12, 3 (March 2019), 101–119. https://doi.org/10.1000/a_b"
            ),
        ),
        (
            "chicago",
            (
                "van den Berg, Jan-Willem, Örn B. Łukasz, and Thị Hà Nguyễn. 2019. “GraphMAE: Masked Graphs.” "
                f"{JOURNAL} 12 (3): 101–19. https://doi.org/10.1000/a_b."
            ),
        ),
        (
            "mla",
            (
                f"van den Berg, Jan-Willem, et al. “GraphMAE: Masked Graphs.” {JOURNAL}, vol. 12, no. 3, Mar. 2019, "
                "pp. 101–19, https://doi.org/10.1000/a_b."
            ),
        ),
        (
            "harvard",
            (
                f"van den Berg, J.-W., Łukasz, Ö.B. and Nguyễn, T.H. (2019) “GraphMAE: Masked Graphs,” {JOURNAL}, "
                "12(3), pp. 101–119. Available at: https://doi.org/10.1000/a_b."
            ),
        ),
    ],
)
def test_an_article_is_written_whole(style: str, line: str) -> None:
    assert style_lines([ARTICLE], style) == [line]


@pytest.mark.parametrize(
    ("style", "line"),
    [
        (
            "apa",
            (
                "Smith, A., & World Health Organization. (2021). Wav2Tok: Speech Tokens (arXiv:2101.00001). arXiv. "
                "https://arxiv.org/abs/2101.00001"
            ),
        ),
        (
            "mla",
            (
                "Smith, Ada, and World Health Organization. “Wav2Tok: Speech Tokens.” arXiv:2101.00001, arXiv, Jan. "
                "2021, https://arxiv.org/abs/2101.00001."
            ),
        ),
    ],
)
def test_a_preprint_says_where_it_is(style: str, line: str) -> None:
    assert style_lines([PREPRINT], style) == [line]


def test_a_paper_of_proceedings_names_them() -> None:
    assert style_lines([PROCEEDINGS], "ieee") == [
        "A. Roe, “Boosted Trees for Control,” in Proceedings of Trees, C. Brown, Ed., ACM, 2020, p. e12."
    ]


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("apa", "Boosted trees for control. (2020). Leaves, 5, 12–19."),
        ("ieee", "“Boosted Trees for Control,” Leaves, vol. 5, pp. 12–19, 2020."),
        ("acm", "2020. Boosted Trees for Control. Leaves 5, (2020), 12–19."),
        ("chicago", "“Boosted Trees for Control.” 2020. Leaves 5: 12–19."),
        ("mla", "“Boosted Trees for Control.” Leaves, vol. 5, 2020, pp. 12–19."),
        ("harvard", "Leaves (2020) “Boosted Trees for Control,” 5, pp. 12–19."),
    ],
)
def test_what_stands_in_for_an_author_stands_once(style: str, line: str) -> None:
    details = Details(kind="article-journal", date=(2020,), venue="Leaves", volume="5", pages="12-19")
    assert style_lines([replace(TREES, details=details)], style) == [line]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("title", HOSTILE)
def test_a_line_holds_the_title_once_but_for_its_case(style: str, title: str) -> None:
    (line,) = style_lines([paper(title, "None.")], style)
    assert line.lower().count(shown(title).lower()) == 1
    rest = line.lower().replace(shown(title).lower(), "")
    assert rest.strip("“”.() ") in ("", "n.d", "no date")
    assert ".." not in rest
    assert not any(mark in line for mark in ("?.", "?,", "\ue000", "\ue001"))


@pytest.mark.parametrize(
    ("title", "style", "line"),
    [
        ("“How Much Is a Cow?” and Others", "ieee", "“‘How Much Is a Cow?’ and Others.”"),
        ("Do Voters Read “Small Print”?", "chicago", "“Do Voters Read ‘Small Print’?” n.d."),
        ('The "Cold" Room', "mla", "“The ‘Cold’ Room.”"),
        ("Reading “Small Print”", "ieee", "“Reading ‘Small Print.’”"),
        ("Reading “Small Print”", "apa", "Reading “Small Print.” (n.d.)."),
        ("Do They Ask “Why?”", "ieee", "“Do They Ask ‘Why?’”"),
        ("Do They Ask “Why?”", "acm", "Do They Ask “Why?”"),
        ("Wait for It…", "acm", "Wait for It…"),
        ("Never!", "apa", "Never! (n.d.)."),
    ],
)
def test_quotation_marks_turn_and_no_stop_doubles(title: str, style: str, line: str) -> None:
    assert style_lines([paper(title, "None.")], style) == [line]


def test_a_venue_that_ends_in_a_stop_has_one() -> None:
    one = replace(TREES, details=Details(kind="article-journal", venue="Proc. Nat. Sci.", date=(2020,)))
    assert style_lines([one], "acm") == ["2020. Boosted Trees for Control. Proc. Nat. Sci. (2020)."]
    assert style_lines([one], "mla") == ["“Boosted Trees for Control.” Proc. Nat. Sci., 2020."]
    asked = replace(one, title="Is it?", details=replace(one.details, venue="Why?"))
    lines = [line.replace("Why?,", "") for style in STYLES for line in style_lines([asked], style)]
    assert not any("?." in line or "?," in line for line in lines)


ODD = (
    Details(kind="patent", others=(("accessed", '{"x": 1}'), ("translator", '[{"literal": 5}]'), ("edition", "{{"))),
    Details(
        kind="thesis", authors=(Person("Roe", "Ann"),), date=(2011,), publisher="MIT", others=(("genre", "PhD thesis"),)
    ),
    Details(
        kind="article-journal",
        date=(2011, 13, 40),
        pages="12-19, 25--30 & x",
        volume="IV",
        issue="1-2",
        venue="<i>x</i>",
    ),
    Details(kind="chapter", editors=(Person("Brown", "Carl"), Person("Roe", "Ann")), venue="A book", pages="-"),
    Details(
        kind="no such kind", date=(5,), authors=(Person("", ""), Person("x"), Person("Q", "a b"), Person("李", "明"))
    ),
    Details(
        kind="book", publisher='<span class="nocase">x', others=(("edition", "2nd"), ("number", "7"), ("event", "y"))
    ),
    Details(kind="webpage", url="https://example.org/", others=(("PMID", "12"), ("section", "4"), ("version", "2.0"))),
    Details(kind="article-journal", authors=tuple(Person(f"A{n}", "B") for n in range(5_000)), date=(2020, 2, 30)),
)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("details", ODD, ids=lambda details: details.kind or "none")
def test_odd_details_are_written_without_a_warning(style: str, details: Details) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (line,) = style_lines([replace(TREES, details=details)], style)
    assert "trees for control" in line.lower()
    assert line == " ".join(line.split())
    assert "Publication" not in line


def test_editors_are_called_so_and_a_style_says_it_in_its_way() -> None:
    details = Details(
        kind="chapter", authors=(Person("Roe", "Ann"),), editors=(Person("Brown", "Carl"),), date=(2011,), venue="V"
    )
    one = replace(TREES, details=details)
    assert style_lines([one], "apa") == ["Roe, A. (2011). Boosted trees for control. In C. Brown (Ed.), V."]


OGDEN, LI = Person("Ogden", "Maria"), Person("Li", "Wei")


def by(title: str, *date: int, authors: tuple[Person, ...] = (OGDEN, LI)) -> Paper:
    """Return a paper whose numbers are all its year."""
    details = Details(kind="article-journal", authors=authors, date=date, venue="Acta 2019", volume="2019")
    return Paper(title, title, "It is so.", "f", details)


@pytest.mark.parametrize(
    ("style", "told"),
    [
        (
            "apa",
            [
                "(2019a). One of 2019",
                "(2019b). Two",
                "(2020). Three",
                "(n.d.-a). Four",
                "(n.d.-b). Five",
                "(2019). Six",
            ],
        ),
        ("chicago", ["2019a. “One", "2019b. “Two", "2020. “Three", "n.d.-a. “Four", "n.d.-b. “Five", "2019. “Six"]),
        (
            "harvard",
            ["(2019a) “One", "(2019b) “Two", "(2020) “Three", "(no date a) “Four", "(no date b) “Five", "(2019) “Six"],
        ),
    ],
)
def test_works_of_the_same_authors_and_year_are_told_apart_by_letters(style: str, told: list[str]) -> None:
    papers = [
        by("One of 2019", 2019), by("Two", 2019, 3), by("Three", 2020), by("Four"), by("Five"),
        by("Six", 2019, authors=(OGDEN,)),
    ]  # fmt: skip
    lines = style_lines(papers, style)
    assert [part for part, line in zip(told, lines, strict=True) if part not in line] == []


@pytest.mark.parametrize("style", ["ieee", "acm", "mla"])
def test_a_style_without_author_and_year_has_no_letters(style: str) -> None:
    assert not any("2019a" in line for line in style_lines([by("One", 2019), by("Two", 2019)], style))


def test_works_without_authors_have_no_letters() -> None:
    lines = style_lines([by("One", 2019, authors=()), by("Two", 2019, authors=())], "apa")
    assert not any("2019a" in line for line in lines)


def test_letters_go_on_after_z() -> None:
    lines = style_lines([by(f"Number {number}", 2019) for number in range(28)], "apa")
    assert ["2019z" in lines[25], "2019aa" in lines[26], "2019ab" in lines[27]] == [True, True, True]
