"""Names by their form, and abbreviations."""

from paperchat.text.entities import Known, abbreviations


def test_an_abbreviation_stands_for_its_long_form() -> None:
    assert abbreviations("We use Random Mix Match (RMM) here.") == {"rmm": ("random", "mix", "match")}
    known = Known("Self-supervised learning with ReMixMatch (RMM) on ImageNet-1K in Brazilian cities.")
    assert all(known.holds(name) for name in ("SSL", "RMM", "Remixmatch", "ImageNet", "Brazil", "ImageNet-1K"))
    assert not any(known.holds(name) for name in ("ImageNet-21K", "COCO", "DeepMind", "SSM"))
