import pytest

import lint

# For each rule: what it must find, and the right way, which it must let pass.
CASES = {
    "closure-in-connect": [
        (
            "button.clicked.connect(lambda: self.go())",
            "button.clicked.connect(self.go)",
        ),
        ("a.b.connect(partial(self.go, 1))", "a.b.connect(weak_slot(self.go, 1))"),
    ],
    "closure-in-timer": [
        ("QTimer.singleShot(0, lambda: self.go())", "QTimer.singleShot(0, self.go)"),
    ],
    "f-string-in-tr": [
        ('self.tr(f"Hello {name}")', 'self.tr("Hello {name}").format(name=name)'),
        ('translate("Page", f"Hello {name}")', 'translate("Page", "Hello")'),
    ],
    "short-enum": [
        ("label.setAlignment(Qt.AlignRight)", "Qt.AlignmentFlag.AlignRight"),
        ("index.data(Qt.UserRole)", "index.data(Qt.ItemDataRole.UserRole)"),
    ],
    "exec_": [("dialog.exec_()", "dialog.open()")],
    "stateChanged": [("box.stateChanged.connect(f)", "box.toggled.connect(f)")],
    "noqa-without-code": [("import a  # noqa", "import a  # noqa: F401 (re-export)")],
    "type-ignore-without-code": [
        ("x = f()  # type: ignore", "x = f()  # type: ignore[misc]  # no stubs")
    ],
    "broad-except": [
        ("try:\n    f()\nexcept Exception:\n    g()", "except OSError:"),
        (
            "except Exception:\n    g()",
            "except Exception:\n    f()\n    g()\n    raise",
        ),
        ("except Exception as error:  # noqa: BLE001", "except ValueError as error:"),
        ("except:", "except Exception:  # noqa: BLE001 (a plug-in may raise anything)"),
    ],
    "clip-to-view": [
        ("pg.PlotDataItem(x, y, clipToView=True)", "curve.setClipToView(True)")
    ],
    "print": [('    print("x")', '    log.info("x")')],
    "qthread": [("class Reader(QThread):", "class Reader(QObject):")],
    "open-without-encoding": [
        ("with open(path) as file:", 'with open(path, encoding="utf-8") as file:'),
        ('path.open("w")', 'path.open("wb")'),
        ("path.write_text(x)", 'path.write_text(x, "utf-8")'),
        ("path.read_text()", 'path.read_text(encoding="utf-8")'),
        ("path.write_text(text)", "def open(self, path: Path) -> None:"),
    ],
    "json-dumps": [
        ("json.dumps(row)", "json.dumps(row, ensure_ascii=False)"),
        ("json.dumps(f(row), indent=1)", "json.dumps(f(g(x)), ensure_ascii=False)"),
    ],
    "sleep-in-test": [("time.sleep(1)", "qtbot.waitUntil(is_done)")],
    "model-as-string": [
        ('SFTTrainer(model="some/model", args=args)', "SFTTrainer(model=model)")
    ],
    "absolute-path": [('open("/home/someone/x")', 'open(root / "x", "rb")')],
}
PLACES = {
    "sleep-in-test": "tests/ui/test_x.py",
    "model-as-string": "workbench/worker/train.py",
}


def names(text: str, path: str) -> set[str]:
    return {finding.rule.name for finding in lint.findings(text, path)}


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [(name, wrong, right) for name, pairs in CASES.items() for wrong, right in pairs],
)
def test_a_rule_finds_the_mistake_and_lets_the_remedy_pass(
    rule: str, wrong: str, right: str
) -> None:
    path = PLACES.get(rule, "workbench/ui/page.py")
    assert rule in names(wrong, path)
    assert rule not in names(right, path)


def test_every_rule_has_a_case() -> None:
    assert {rule.name for rule in lint.RULES} == set(CASES)


def test_the_finding_names_the_line_of_the_mistake() -> None:
    text = "import a\n\n\ntry:\n    f()\nexcept Exception:\n    pass\n"
    (finding,) = lint.findings(text, "workbench/x.py")
    assert finding.line == 6
    assert str(finding).startswith(
        "workbench/x.py:6: broad-except: name the exceptions"
    )


def test_a_rule_stays_in_its_folders() -> None:
    assert names("print(1)", "workbench/app/cli/export.py") == set()
    assert names("time.sleep(1)", "workbench/worker/watch.py") == set()


def test_an_excuse_needs_a_reason() -> None:
    assert names('print("x")  # lint: ok', "workbench/x.py") == {"print"}
    assert names('print("x")  # lint: ok before logging', "workbench/x.py") == set()
