"""What of a draft is a claim: marks, structure and comments are set aside, and places stay."""

import pytest

from paperchat.text.draft_marks import claims_in


@pytest.mark.parametrize(
    ("draft", "claim"),
    [
        ("It masks nodes well [12].", "It masks nodes well."),
        ("It masks nodes well [3\u20135, 7], and edges.", "It masks nodes well, and edges."),
        ("It masks nodes well (Doe et al., 2022; Roe and Poe, 2019a, 2020).", "It masks nodes well."),
        ("It masks nodes well (see Doe, 1998, p. 3).", "It masks nodes well."),
        ("It masks nodes well [@doe2022, p. 3; @roe].", "It masks nodes well."),
        (r"It masks nodes well~\citep[see][p.~3]{doe,roe}.", "It masks nodes well."),
        (r"Bone loss was 1.9\% and $x$ grew 5\,\% \textbf{here}.", "Bone loss was 1.9% and x grew 5% here."),
        ("Doe et al. (2024) report that it falls by 95% (see Table 3).", "report that it falls by 95%."),
        ("As shown in Fig. 2, it falls by 95%.", "it falls by 95%."),
        ("It falls by 95 % in Section 4.2 too[^1].", "It falls by 95% too."),
        ("It **falls** by [95%](http://a.b/c) in `mice`.", "It falls by 95% in mice."),
        (r"Grates cost \$3 to \$4 per project.", "Grates cost $3 to $4 per project."),
        ("It falls in 2024 (in mice).", "It falls in 2024 (in mice)."),
    ],
)
def test_marks_are_no_part_of_a_claim(draft: str, claim: str) -> None:
    ((start, end, found),) = claims_in(draft)
    assert found == claim
    assert draft[start:end].strip() == draft[start:end]
    assert draft[start:end].endswith(".")


def test_a_mark_behind_the_full_stop_belongs_to_the_sentence_before() -> None:
    draft = "It masks nodes well. [3] It hides edges too."
    assert [draft[start:end] for start, end, _ in claims_in(draft)] == [
        "It masks nodes well. [3]",
        "It hides edges too.",
    ]


def test_structure_and_comments_are_no_claims() -> None:
    draft = r"""# Related work

Methods and materials

\section{What others found in mice}
% a comment of several words
\begin{itemize}
\item Cork floors lowered falls.
\item Grates cost little.
\end{itemize}
- One thing falls often.
2. Another thing rises often. % said twice
\begin{equation}a + b = c \text{ is no claim}\end{equation}
```
x = one two three
```
"""
    assert [claim for _, _, claim in claims_in(draft)] == [
        "Cork floors lowered falls.",
        "Grates cost little.",
        "One thing falls often.",
        "Another thing rises often.",
    ]


def test_a_percent_sign_of_plain_text_begins_no_comment() -> None:
    assert [claim for _, _, claim in claims_in(r"It falls by 95% \emph{in all mice}.")] == [
        "It falls by 95% in all mice."
    ]
