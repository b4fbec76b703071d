"""Where things are, in a checkout and when installed."""

from pathlib import Path

import pytest

from paperchat import paths


def test_a_checkout_has_its_own_prompts_store_and_checker() -> None:
    assert paths.prompts_folder() == paths.CHECKOUT / "prompts"
    assert paths.default_data() == paths.CHECKOUT / "vectorstore"
    assert paths.CHECKER.is_file()


def test_an_installed_package_has_the_wheels_prompts_and_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "CHECKOUT", tmp_path)
    assert paths.prompts_folder() == paths.PACKAGE / "prompts"
    assert paths.default_data().name == "vectorstore"
    assert tmp_path not in paths.default_data().parents
