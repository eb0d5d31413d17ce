import ast
from pathlib import Path

import pytest

import translations

FILE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context><name>LabPage</name>{}</context></TS>
"""
GOOD = (
    "<message><source>Run</source><translation>実行</translation></message>",
    "<message><source>{n} of {total}</source>"
    "<translation>{total} 件中 {n} 件</translation></message>",
    '<message numerus="yes"><source>%n trial(s)</source><translation>'
    "<numerusform>%n 件の試行</numerusform></translation></message>",
    '<message numerus="yes"><source>%n trial(s) of {total}</source><translation>'
    "<numerusform>one trial of {total}</numerusform>"
    "<numerusform>%n trials of {total}</numerusform></translation></message>",
)
BAD = {
    "marked unfinished": '<translation type="unfinished">実行</translation>',
    "no translation": "<translation> </translation>",
    "no longer in the program": '<translation type="vanished">実行</translation>',
    "where the source has": "<translation>実行 {m}</translation>",
}


def write(folder: Path, messages: str) -> Path:
    path = folder / "workbench_ja.ts"
    path.write_text(FILE.format(messages), encoding="utf-8")
    return path


def test_good_translations_pass(tmp_path: Path) -> None:
    assert translations.defects(write(tmp_path, "".join(GOOD))) == []


@pytest.mark.parametrize(("words", "translation"), BAD.items())
def test_a_planted_defect_is_found(
    words: str, translation: str, tmp_path: Path
) -> None:
    message = f"<message><source>Run {{n}}</source>{translation}</message>"
    (defect,) = translations.defects(write(tmp_path, message))
    assert words in defect
    assert "LabPage: 'Run {n}'" in defect


def test_a_text_of_a_variables_context_is_found(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD[0])
    text = path.read_text(encoding="utf-8").replace("LabPage", "widget")
    path.write_text(text, encoding="utf-8")
    (defect,) = translations.defects(path)
    assert "never found" in defect


def test_an_empty_plural_form_is_found(tmp_path: Path) -> None:
    message = (
        '<message numerus="yes"><source>%n trial(s)</source><translation>'
        "<numerusform>%n 件</numerusform><numerusform></numerusform>"
        "</translation></message>"
    )
    (defect,) = translations.defects(write(tmp_path, message))
    assert "no translation" in defect


def test_a_dropped_name_in_a_plural_is_found(tmp_path: Path) -> None:
    message = (
        '<message numerus="yes"><source>%n of {total}</source><translation>'
        "<numerusform>%n 件</numerusform></translation></message>"
    )
    (defect,) = translations.defects(write(tmp_path, message))
    assert "['%n', '{total}']" in defect


def page(folder: Path, *lines: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    body = "\n".join(f"        self.tr({line})" for line in lines)
    (folder / "page.py").write_text(
        "from PySide6.QtCore import QObject\n\n\nclass Page(QObject):\n"
        f"    def texts(self) -> None:\n{body}\n",
        encoding="utf-8",
    )


def test_lupdate_takes_texts_up_and_the_check_sees_each_later_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, folder = tmp_path / "workbench" / "ui", tmp_path / "translations"
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "SOURCES", (code,))
    assert translations.update(folder) == 0
    assert translations.check(folder) == 0

    page(code, '"Run"', '"%n trial(s)", "", 2')
    assert len(translations.stale(folder)) == 2
    translations.update(folder)
    assert translations.stale(folder) == []
    japanese = {
        each.source for each in translations.messages(folder / "workbench_ja.ts")
    }
    english = {
        each.source for each in translations.messages(folder / "workbench_en.ts")
    }
    assert japanese == {"Run", "%n trial(s)"}
    assert english == {"%n trial(s)"}
    assert translations.check(folder) == 1

    page(code, '"Run now"', '"%n trial(s)", "", 2')
    assert translations.stale(folder) == [
        "workbench_ja.ts does not match the program: run dev.py translate"
    ]


def test_files_are_compiled_once(tmp_path: Path) -> None:
    source = write(tmp_path, GOOD[0])
    compiled = source.with_suffix(".qm")
    translations.release(tmp_path)
    written = compiled.stat().st_mtime_ns
    translations.release(tmp_path)
    assert compiled.stat().st_mtime_ns == written


def test_every_text_is_written_as_lupdate_finds_it() -> None:
    hidden = []
    for path in translations.sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            place = f"{path.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.JoinedStr):
                hidden += [place for part in ast.walk(node) if _name(part) == "tr"]
            elif _name(node) == "translate" and isinstance(node, ast.Call):
                # With a number: not taken up, or without its plural forms.
                counted = len(node.args) > 3 and isinstance(node.args[1], ast.Constant)
                hidden += [place] if counted else []
    assert hidden == []


def _name(node: ast.AST) -> str:
    called = node.func if isinstance(node, ast.Call) else None
    return called.attr if isinstance(called, ast.Attribute) else ""
