"""A reader who leaves while an answer is checked: the model's word is not waited for, and the model stops."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from paperchat.app import App
from paperchat.settings import Settings
from paperchat.storage.incoming import Order
from tests.scripted_ollama import Reply, ScriptedOllama

PAPER = """Mar 12

Trees as Policies

We learn policies with gradient boosting trees. The trees share one ensemble of 40 members.
"""
WRITTEN = json.dumps({"sentences": [{"text": "Policies are learned with gradient boosting trees.", "cites": ["1a"]}]})
SILENT = Reply(body='{"message": {"role": "assistant", "content": "Yes"}, "done": true}', wait=600)


def test_an_answer_that_is_left_during_its_check_ends_the_models_work(tmp_path: Path) -> None:
    file = tmp_path / "papers.txt"
    file.write_text(PAPER, encoding="utf-8")
    with ScriptedOllama() as server:
        settings = Settings(tmp_path / "store", ollama_host=server.url, timeout=20)
        with App(settings, lambda _: None, lambda *_: None, Order((file,))) as app:
            server.replies([WRITTEN], SILENT)
            with closing(cast("Any", app.ask("How are policies learned with trees?"))) as answers:
                stages = [next(answers).stage]
                while stages.count("checking") < 3:
                    stages.append(next(answers).stage)
                assert server.gone == 0
            assert server.disconnected.wait(30)
