"""The layers: what each module of the ledger may import, and what the command does."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.running import LEDGER, ROOT

FOLDER = ROOT / "ledger"


def listed(package: str = "") -> list[str]:
    """Return the modules in the order of a package's docstring; those of the ledger's own."""
    docstring = ast.get_docstring(ast.parse((FOLDER / package / "__init__.py").read_text()))
    lines = (docstring or "").splitlines()
    return [line.split()[0] for line in lines if line.startswith("    ")]


def imported(tree: ast.AST, package: str = "ledger") -> Iterator[str]:
    """Yield the modules of a package that some code imports, wherever in it."""
    depth = package.count(".") + 1
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                paths = [alias.name for alias in names]
            case ast.ImportFrom(module=module, names=names) if module == package:
                paths = [
                    f"{package}.{alias.name}" for alias in names if alias.name != "__version__"
                ]
            case ast.ImportFrom(module=module, level=0):
                paths = [module or ""]
            case ast.ImportFrom():
                paths = ["ledger.<relative>"]
            case _:
                paths = []
        yield from (path.split(".")[depth] for path in paths if path.startswith(f"{package}."))


def upward(source: str, module: str, order: list[str], package: str = "ledger") -> list[str]:
    """Return what a module's source imports although it does not stand above the module."""
    allowed = {*order[: order.index(module)], module}
    return [name for name in imported(ast.parse(source), package) if name not in allowed]


def test_the_docstring_lists_every_module() -> None:
    found = {path.stem for path in FOLDER.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert sorted(listed()) == sorted(found - {"__init__", "__pycache__"})


@pytest.mark.parametrize(
    "file", sorted(FOLDER.rglob("*.py")), ids=lambda file: str(file.relative_to(FOLDER))
)
def test_a_module_imports_only_modules_above_it(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    module = file.relative_to(FOLDER).parts[0].removesuffix(".py")
    if module == "__init__":
        assert list(imported(ast.parse(source))) == []
    else:
        assert upward(source, module, listed()) == []


SITE = FOLDER / "site"


def test_the_docstring_of_the_site_lists_its_rooms() -> None:
    rooms = {path.parent.name for path in SITE.glob("*/__init__.py")}
    assert sorted(listed("site")) == sorted(rooms)
    assert [path.name for path in SITE.glob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize(
    "file", sorted(SITE.glob("*/*.py")), ids=lambda file: str(file.relative_to(SITE))
)
def test_a_room_of_the_site_imports_only_rooms_above_it(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert upward(source, file.parent.name, listed("site"), "ledger.site") == []


@pytest.mark.parametrize(
    "source",
    [
        "import ledger.site",
        "from ledger import site",
        "from ledger.site import serving",
        "from ledger.site.serving.start import heal",
        "def late():\n    from ledger.site import serving",
        "if TYPE_CHECKING:\n    import ledger.site.browser.links as links",
    ],
)
def test_every_form_of_an_upward_import_is_seen(source: str) -> None:
    assert upward(source, "draft", ["values", "draft", "site"]) == ["site"]
    assert upward(source, "site", ["values", "draft", "site"]) == []


def loaded_by(*arguments: str | Path) -> set[str]:
    """Return the names of all modules that a run of the command imports."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", LEDGER, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in ran.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def test_showing_the_help_imports_nothing_heavy() -> None:
    loaded = loaded_by("--help")
    assert "click" in loaded
    heavy = {"pydantic", "rich", "sqlite_utils", "numpy", "datasette", "yaml", "ledger.read"}
    assert loaded & heavy == set()


def test_checking_imports_neither_the_site_nor_what_only_building_needs(claims: Path) -> None:
    loaded = loaded_by("check", "--claims", claims)
    assert "ledger.check" in loaded
    assert loaded & {"datasette", "uvicorn", "ledger.site", "sqlite_utils", "pandas"} == set()
