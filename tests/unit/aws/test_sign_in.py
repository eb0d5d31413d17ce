"""The browser sign-in, with a stand-in for the AWS CLI."""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.aws.session import Sessions
from workbench.aws.sign_in import sign_in
from workbench.domain.connections import AwsConnection
from workbench.domain.errors import CancelledError, EnvironmentFault, RemoteError
from workbench.domain.generation import StopSignal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")
SSO = "[profile dev]\nsso_start_url = https://example.awsapps.com/start\n"
MakeCli = Callable[[str], None]


@pytest.fixture
def home(isolated_home: Path, no_thread_left: None) -> Path:
    (isolated_home / ".aws").mkdir()
    (isolated_home / ".aws/config").write_text(SSO, encoding="utf-8")
    return isolated_home


@pytest.fixture
def cli(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeCli:
    def make(code: str) -> None:
        file = tmp_path / "aws"
        file.write_text(f"#!{sys.executable}\nimport sys\n{code}\n", encoding="utf-8")
        file.chmod(0o755)

    monkeypatch.setenv("PATH", str(tmp_path))
    return make


def signed_in(profile: str = "dev", stop: StopSignal | None = None) -> list[str]:
    lines: list[str] = []
    connection = AwsConnection(profile, "us-east-1")
    sign_in(Sessions(), connection, lines.append, stop or StopSignal())
    return lines


def test_what_the_cli_says_is_passed_on(cli: MakeCli) -> None:
    cli("print('Open the page and type ABCD-EFGH'); print(' '.join(sys.argv[1:]))")
    assert signed_in() == [
        "Open the page and type ABCD-EFGH",
        "sso login --profile dev",
    ]


def test_a_sign_in_that_fails_says_why(cli: MakeCli) -> None:
    cli("sys.exit('The pending authorization has ended')")
    with pytest.raises(RemoteError) as caught:
        signed_in()
    assert caught.value.code == "aws.sign_in_failed"
    assert "has ended" in caught.value.sentence


def test_a_sign_in_is_stopped_and_its_process_with_it(
    cli: MakeCli, tmp_path: Path
) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    cli(
        "import os, pathlib, threading\n"
        f"pathlib.Path({str(marks)!r}, str(os.getpid())).touch()\n"
        "print('begun', flush=True)\n"
        "threading.Event().wait(60)"
    )
    stop, begun = StopSignal(), threading.Event()

    def stop_when_begun() -> None:
        begun.wait(10)
        stop.set()

    stopper = threading.Thread(target=stop_when_begun)
    stopper.start()
    with pytest.raises(CancelledError):
        sign_in(Sessions(), AwsConnection("dev"), lambda _line: begun.set(), stop)
    stopper.join()
    process = int(next(marks.iterdir()).name)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_without_the_cli_the_command_is_named(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFault) as caught:
        signed_in()
    assert caught.value.code == "aws.cli_missing"
    assert caught.value.details["command"] == "aws sso login --profile dev"


def test_a_profile_that_must_be_set_up_first_is_not_run_here(cli: MakeCli) -> None:
    cli("sys.exit(1)")
    with pytest.raises(EnvironmentFault) as caught:
        signed_in("unknown")
    assert caught.value.code == "aws.sign_in_elsewhere"
    assert caught.value.details["command"] == "aws configure sso --profile unknown"
