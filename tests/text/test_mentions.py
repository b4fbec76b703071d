"""Names in a text, as people spell them."""

import pytest

from paperchat.text.mentions import mentions


@pytest.mark.parametrize(
    ("text", "name", "held"),
    [
        ("a Swin-B backbone", "swin-b", True),
        ("a ResNet-50", "resnet50", True),
        ("with ViT-Base", "ViT-B", True),
        ("with ViT-Base", "ViT-Huge", False),
        ("GenerativeAdapter", "generativeadaptor", True),
        ("on PHOENIX14T", "PHOENIX", True),
        ("Barlow and his Twins", "Barlow Twins", False),
        ("GPT-3", "GPT-4", False),
        ("GPT-3.5", "GPT-3", False),
        ("the same samples", "SAM", False),
        ("we construct", "CON", False),
        ("as SimCLRv2 does", "SimCLR v2", True),
        ("GraphMAEs", "GraphMAE", True),
        ("Kestrel-2.5 at 94.1", "Kestrel-2", False),
        ("Vox-O and Vox-H", "Vox-E", False),
        ("a convex loss", "ConvNeXt", False),
        ("a ConvNext", "ConvNeXt", True),
        ("methylation (H3K9me3)", "H3K9me3", True),
        ("a graph MAE", "GraphMAE", True),
        ("DINOv2", "DINO 2", True),
        ("a phase III trial", "phase 3", True),
        ("Mugs", "MUGS", True),
        ("MUGS", "mugs", True),
        ("where sam is", "SAM", False),
        ("most, at e.g. night", "ATE", False),
        ("AIDS patients", "AID", False),
        ("three GANs", "GAN", True),
        ("p530", "p53", False),
        ("the United Kingdom", "UK", True),
        ("of Cabarrus County, NC.", "North Carolina", True),
    ],
)
def test_names_are_found_in_other_spellings_but_not_in_other_names(text: str, name: str, held: bool) -> None:
    assert mentions(text, name) is held
