"""Sentences end where people end them, in any script; a short form, a number or a bracket is no end."""

import pytest

from paperchat.text.sentences import split_sentences

WHOLE = [
    "See cf. Sec. 4 for more.",
    "It holds, cf. Fig. 3a and Eq. (7), in Ref. [5].",
    "We vary length, i.e. the number of letters, as in Tab. 2.",
    "Type No. 3 is at 0.5 mm and in St. Gallen.",
    "It was 3.4 vs. 2.9 s (see Vol. 2, pp. 3 and Suppl. 1).",
    "Dr. J. K. Harm et al. (2020) and Prof. Ost agree.",
    "It is in E. coli and S. aureus.",
    "They fell (p < .05 for 12 %. All others rose) in both.",
    "We used ca. 5 g of approx. 12 samples.",
]
PARTED = [
    ("It is as good as the state-of-the-art.", "With 10% of labels it is better."),
    ("Most were right (15/18).", "We then measured again."),
    ("It grew by 6 %.", "Next year it fell."),
    ("They report the opposite at 1.5 m.", "Lines of 60 letters are best."),
    ("It ran at 37 °C.", "The rest did not."),
    ("It took 5 h.", "12 people left."),
    ("It was 0.44\u20130.90.", "High levels predicted it."),
    ("The effect holds, cf. Sec. 4.", "Dr. Harm reports the opposite."),
    ("We look at chairs, tables, etc.", "Then we sat."),
    ("It was confirmed in the U.S.", "The rest was not."),
    ("They took vitamin C.", "We saw nothing."),
    ("Five of them worked.", "mRNA levels rose."),
    ("All of it is shown.", "α-Synuclein fell."),
    ("Sampling was superior to scanning.", "© 2004 Society of Nowhere."),
    ("Weight matters.", "Registration: PROSPERO CRD0."),
    ("我们提出一种方法。", "错误率为12.3%，比基线低4.1个百分点。"),
    ("好吗？", "好！"),
    ("यह एक वाक्य है।", "यह दूसरा वाक्य है।"),
    ("هل هذا صحيح؟", "نعم."),
    ("یہ ایک جملہ ہے۔", "یہ دوسرا ہے۔"),
]


@pytest.mark.parametrize("text", WHOLE, ids=lambda text: text[:30])
def test_one_sentence_stays_one(text: str) -> None:
    assert split_sentences(text) == [(0, len(text))]


@pytest.mark.parametrize(("one", "other"), PARTED, ids=lambda text: text[:30])
def test_two_sentences_are_two(one: str, other: str) -> None:
    for space in (" ", "") if not one[-1].isascii() else (" ",):
        text = f"{one}{space}{other}"
        assert [text[start:end] for start, end in split_sentences(text)] == [one, other]
