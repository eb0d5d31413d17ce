"""Translations: take up new texts, compile, and check what Qt's tools do not.

`lrelease` succeeds and says "0 unfinished" for a file without a single translation, so
its word proves nothing; the check here reads the .ts files itself. English has a file
too, for plurals only: without one a reader sees "1 trial(s)".

    translations.py update | release | check
"""

import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
SOURCES = (ROOT / "workbench" / "ui", ROOT / "workbench" / "app")
JAPANESE = "workbench_ja.ts"
ENGLISH = "workbench_en.ts"
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n|%L?\d")
TRANSLATABLE = re.compile(r"\btr\(|\btranslate\(|QT_TRANSLATE_NOOP")


@dataclass(frozen=True)
class Message:
    """One text of the interface with its translation."""

    context: str
    source: str
    forms: tuple[str, ...]
    plural: bool
    unfinished: bool
    obsolete: bool


def messages(path: Path) -> Iterator[Message]:
    """Read a .ts file."""
    for context in ElementTree.parse(path).getroot().iter("context"):
        for element in context.iter("message"):
            yield message(context.findtext("name", ""), element)


def message(context: str, element: ElementTree.Element) -> Message:
    """Read one message; a plural has a form for each number the language tells."""
    translation = element.find("translation")
    kind = "" if translation is None else translation.get("type", "")
    plural = element.get("numerus") == "yes"
    if translation is None:
        forms = [""]
    elif plural:
        forms = [form.text or "" for form in translation.iter("numerusform")]
    else:
        forms = [translation.text or ""]
    return Message(
        context,
        element.findtext("source", ""),
        tuple(forms),
        plural,
        kind == "unfinished",
        kind in ("obsolete", "vanished"),
    )


def defects(path: Path) -> list[str]:
    """List what is wrong with the translations in one file."""
    found = []
    for each in messages(path):
        place = f"{path.name}: {each.context}: {each.source!r}"
        if each.obsolete:
            found.append(f"{place} is no longer in the program: run dev.py translate")
        elif each.context[:1].islower():
            # lupdate takes `widget.tr(...)` up under the variable's name.
            found.append(f"{place} is never found: use self.tr() or translate()")
        elif each.unfinished:
            found.append(f"{place} is marked unfinished")
        elif not all(form.strip() for form in each.forms) or not each.forms:
            found.append(f"{place} has no translation")
        else:
            found += [f"{place} {problem}" for problem in wrong_placeholders(each)]
    return found


def wrong_placeholders(each: Message) -> Iterator[str]:
    """Compare `{name}`, `%n` and `%1` in the source and in each form.

    English says "one trial" without its number, so a plural form may drop `%n`.
    """
    wanted = sorted(PLACEHOLDER.findall(each.source))
    for form in each.forms:
        given = sorted(PLACEHOLDER.findall(form))
        if given == wanted:
            continue
        if each.plural and given == [name for name in wanted if name != "%n"]:
            continue
        yield f"has {given} where the source has {wanted}: {form!r}"


def sources() -> list[Path]:
    """List the modules that hold texts; lupdate fails when there are none."""
    return sorted(
        path
        for folder in SOURCES
        for path in folder.rglob("*.py")
        if TRANSLATABLE.search(path.read_text(encoding="utf-8"))
    )


def lupdate(target: Path, language: str, *, plural_only: bool = False) -> None:
    """Take the texts up into one .ts file.

    Without line numbers, which would change with every edit, "lupdate leaves the file
    unchanged" becomes a check.
    """
    # Paths as seen from the checkout, so that the file is the same on every computer.
    modules = [str(path.relative_to(ROOT)) for path in sources()]
    subprocess.run(
        [
            tool("pyside6-lupdate"),
            *modules,
            *("-locations", "none", "-no-obsolete", "-silent"),
            *("-source-language", "en", "-target-language", language),
            *(("-pluralonly",) if plural_only else ()),
            *("-ts", str(target)),
        ],
        cwd=ROOT,
        check=True,
    )


def tool(name: str) -> str:
    """Find one of Qt's tools beside the running interpreter."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if not found:
        raise SystemExit(f"{name} is missing: run packaging/dev.py setup")
    return found


def update(folder: Path = FOLDER) -> int:
    """Bring both .ts files up to the program's texts."""
    if not sources():
        print("translations: the program has no text to translate yet")
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    lupdate(folder / JAPANESE, "ja")
    lupdate(folder / ENGLISH, "en", plural_only=True)
    print(f"translations: {folder / JAPANESE} and {ENGLISH} are up to date")
    return 0


def release(folder: Path = FOLDER) -> int:
    """Compile each .ts that is newer than its .qm."""
    for path in sorted(folder.glob("*.ts")):
        compiled = path.with_suffix(".qm")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        subprocess.run(
            [tool("pyside6-lrelease"), str(path), "-silent", "-qm", str(compiled)],
            check=True,
        )
    return 0


def stale(folder: Path = FOLDER) -> list[str]:
    """List the files that lupdate would change, tried on a copy."""
    if not sources():
        return []
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for name in (JAPANESE, ENGLISH):
            kept = folder / name
            if not kept.exists():
                found.append(f"{name} does not exist: run dev.py translate")
                continue
            copy = Path(scratch) / name
            shutil.copy(kept, copy)
            lupdate(copy, name[10:12], plural_only=name == ENGLISH)
            if copy.read_bytes() != kept.read_bytes():
                found.append(f"{name} does not match the program: run dev.py translate")
    return found


def check(folder: Path = FOLDER) -> int:
    """Check both files; print every defect."""
    found = stale(folder)
    for path in sorted(folder.glob("*.ts")):
        found += defects(path)
    for defect in found:
        print(defect)
    print(f"translations: {len(found)} defects")
    return 1 if found else 0


def main() -> int:
    """Run one command."""
    commands = {"update": update, "release": release, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    return commands[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
