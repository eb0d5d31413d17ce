"""AWS, practice and servers in the settings, over stand-ins for the outside."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget

from tests.outside import expired, somebody
from tests.ui.lab.stage import Desk, desks, wait
from tests.ui.tune.stage import find, has, press, shouting, texts, untranslated
from workbench.domain.connections import AwsState
from workbench.domain.errors import EnvironmentFault
from workbench.domain.remote_ports import EndpointSettings, FoundServer, ServedModel
from workbench.ui.settings.endpoint_row import EndpointRow
from workbench.ui.settings.page import SettingsPage
from workbench.ui.shell.aws_label import AwsLabel
from workbench.ui.shell.set_up import SetUpActions

URL = "http://127.0.0.1:11434/v1"
QWEN = ServedModel("qwen3:4b")


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    yield from desks(tmp_path)


@pytest.fixture
def page(desk: Desk) -> SettingsPage:
    made = desk.open_page(SettingsPage)
    made.retranslate()
    made.opened()
    combo = find(made, "AWS profile", QComboBox)
    wait(lambda: combo.count() == 2)
    return made


def connect(
    page: SettingsPage, profile: str = "support", button: str = "Connect"
) -> None:
    find(page, "AWS profile", QComboBox).setEditText(profile)
    find(page, "Region", QComboBox).setEditText("us-east-1")
    press(page, button)


def test_connecting_shows_who_is_there(page: SettingsPage, desk: Desk) -> None:
    assert "AWS: not connected" in texts(page)
    connect(page)
    wait(lambda: "Expert/mika · 123456789012 · us-east-1" in texts(page))

    assert desk.bench.aws.probed[0].profile == "support"
    press(page, "Disconnect")
    wait(lambda: "AWS: not connected" in texts(page))
    assert not has(page, "Disconnect")


def test_an_expired_sign_in_offers_the_one_command(
    page: SettingsPage, desk: Desk
) -> None:
    desk.bench.aws.who = expired
    connect(page)
    wait(lambda: "the sign-in has expired" in texts(page))
    line = find(page, "What mends it", QLineEdit)
    assert line.text() == "aws sso login --profile support"
    press(page, "Copy what mends it")
    assert QGuiApplication.clipboard().text() == line.text()

    press(page, "Sign in…")
    wait(lambda: "Expert/mika" in texts(page))
    assert not has(page, "What mends it", QLineEdit)
    assert not has(page, "Sign in…")


def test_a_missing_command_line_is_said_with_the_command(
    page: SettingsPage, desk: Desk
) -> None:
    desk.bench.aws.who = expired
    details = {"command": "aws sso login --profile support"}
    desk.bench.aws.sign_in_failure = EnvironmentFault(
        "aws.cli_missing", "Sign in elsewhere.", details
    )
    connect(page)
    wait(lambda: has(page, "Sign in…"))
    press(page, "Sign in…")

    wait(lambda: "is not installed here" in texts(page))
    assert find(page, "What mends it", QLineEdit).text() == details["command"]


def test_practice_is_switched_on_and_off(page: SettingsPage, desk: Desk) -> None:
    switch = find(page, "Practise without AWS", QCheckBox)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    wait(lambda: "SANDBOX answers" in texts(page))
    assert desk.bench.practice.is_running
    assert "Practice is on, so AWS is not asked." in texts(page)

    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    wait(lambda: not desk.bench.practice.is_running)
    wait(lambda: "SANDBOX answers" not in texts(page))


def test_a_server_is_added_tested_and_removed(page: SettingsPage, desk: Desk) -> None:
    desk.bench.endpoints.served[URL] = (QWEN,)
    find(page, "Address of the server", QLineEdit).setText("nowhere")
    press(page, "Add the server")
    assert "Begin the address with http" in texts(page)

    find(page, "Address of the server", QLineEdit).setText(URL)
    find(page, "Key of the server", QLineEdit).setText("not-a-real-key")
    press(page, "Add the server")
    wait(lambda: page.findChildren(EndpointRow))
    wait(lambda: "can be chosen in the Lab" in texts(page))
    assert find(page, "Key of the server", QLineEdit).text() == ""
    assert "not-a-real-key" in desk.bench.endpoints.keys.values()

    press(page, f"Test {URL}")
    wait(lambda: "1 model(s) · with a key from the keyring" in texts(page))
    find(page, f"Take {URL} off the list", QWidget)
    page.findChildren(EndpointRow)[0].remove_clicked.emit()
    wait(lambda: not desk.services.endpoints.all())
    wait(lambda: not desk.bench.endpoints.keys)


def test_servers_of_this_computer_are_found(page: SettingsPage, desk: Desk) -> None:
    here = EndpointSettings("01FOUND", "Ollama", URL)
    desk.bench.endpoints.served[URL] = (QWEN,)
    desk.bench.endpoints.running = (FoundServer(here, (QWEN,)),)
    press(page, "Look on this computer")
    wait(lambda: page.findChildren(EndpointRow))
    press(page, "Look on this computer")
    wait(lambda: "No further server answers" in texts(page))


def test_every_word_can_be_translated(
    page: SettingsPage, desk: Desk, qapp: QApplication
) -> None:
    desk.bench.aws.who = expired
    connect(page)
    wait(lambda: has(page, "Sign in…"))
    with shouting(qapp):
        page.retranslate()
        left = untranslated(page, "aws sso login --profile support", "support")
    assert [line for line in left if "AWS" in line or "PRACTI" in line.upper()] == []


def test_the_status_line_never_hides_practice(qapp: QApplication, desk: Desk) -> None:
    connection = desk.services.connections.connection()
    shown = AwsLabel()
    shown.set_state(AwsState(connected=True, identity=somebody(connection)))
    assert "Expert/mika · 123456789012" in shown.text()
    shown.set_state(AwsState(connected=True, practice=True))
    assert shown.text() == "Practice – SANDBOX"
    assert "Nothing is sent to AWS" in shown.accessibleName()
    shown.deleteLater()


def test_a_set_up_file_is_shown_and_then_set(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "team.workbench-setup"
    fields = {"workbench_setup": 1, "name": "Support", "profile": "support"}
    path.write_text(json.dumps(fields), encoding="utf-8")
    window = QWidget()
    actions = SetUpActions(window, desk.context)
    actions.open(path)
    wait(lambda: desk.host.notes)

    assert desk.host.questions == ["Set up Workbench for Support?"]
    assert desk.services.preferences.current.aws_profile == "support"
    path.write_text(json.dumps({**fields, "password": "x"}), encoding="utf-8")
    actions.open(path)
    wait(lambda: desk.host.errors)
    assert desk.host.errors[0].code == "setup.secret"
    window.deleteLater()
