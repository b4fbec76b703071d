"""What a work is called in short, by its title or its abstract."""

import pytest

from paperchat.text.called import called, coined


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("GraphMAE: Self-Supervised Masked Graph Autoencoders", "GraphMAE"),
        ("Mugs: A Multi-Granular Self-Supervised Learning Framework", "Mugs"),
        ("NEVIS'22: A Stream of 100 Tasks", "NEVIS'22"),
        ("Barlow Twins: Self-Supervised Learning", ""),
        ("One Model is All You Need: Multi-Task Learning", ""),
        ("Self-Supervised Speech Representation Learning: A Review", ""),
        ("Review: what is known of bees", ""),
        ("bees: a history", ""),
        ("Graphs without a name", ""),
    ],
)
def test_the_short_name_of_a_work_stands_before_the_colon_of_its_title(title: str, name: str) -> None:
    assert called(title) == name


@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        (("We introduce Gradient-Boosting RL (GBRL), a framework.", "GBRL is fast."), "GBRL"),
        (("We introduce Gradient-Boosting RL (GBRL), a framework.", "It is fast."), ""),
        (("Neural networks (NNs) are used.", "We use NNs."), ""),
        (("Magnetic imaging (MRI) is costly.", "MRI is slow."), ""),
        ((), ""),
    ],
)
def test_an_abstract_names_what_it_proposes_and_says_it_again(abstract: tuple[str, ...], name: str) -> None:
    assert coined(abstract) == name
