"""Names by their form, and abbreviations."""

from paperchat.text.entities import Known, abbreviations, names


def test_names_are_found_by_their_form() -> None:
    text = "Here BERT and the iPhone beat ResNet-50 of Google's lab at 10k steps."
    assert [text[a:b] for a, b in names(text)] == ["BERT", "iPhone", "ResNet-50", "Google"]


def test_an_abbreviation_stands_for_its_long_form() -> None:
    assert abbreviations("We use Random Mix Match (RMM) here.") == {"rmm": ("random", "mix", "match")}
    known = Known("Self-supervised learning with ReMixMatch (RMM) on ImageNet-1K in Brazilian cities.")
    assert all(known.holds(name) for name in ("SSL", "RMM", "Remixmatch", "ImageNet", "Brazil", "ImageNet-1K"))
    assert not any(known.holds(name) for name in ("ImageNet-21K", "COCO", "DeepMind", "SSM"))
