"""How many tokens a text is taken to have."""

from paperchat.text.token_estimate import estimate_tokens


def test_the_estimate_of_tokens_is_never_below_one_a_word() -> None:
    assert estimate_tokens("self-supervised learning 85.3%") >= 8
    assert estimate_tokens("") == 0
    assert estimate_tokens("\u4e2d\u6587") == 4
