"""Every state of a profile, and the one command or policy that mends it."""

import datetime
import hashlib
import http.server
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import botocore.credentials
import botocore.tokens
import pytest

from tests.unit.aws.practice import Practice
from workbench.aws.identity import Identities, user_in
from workbench.aws.session import Sessions
from workbench.domain.connections import (
    AwsConnection,
    Identity,
    IdentityState,
    StaticCredentials,
)
from workbench.sandbox import faults
from workbench.sandbox.faults import Rule

Probe = Callable[..., Identity]
NONE, EXPIRED = IdentityState.NONE, IdentityState.EXPIRED
INCOMPLETE, OFFLINE = IdentityState.INCOMPLETE, IdentityState.OFFLINE
START = "https://example.awsapps.com/start"


@pytest.fixture
def home(
    isolated_home: Path, monkeypatch: pytest.MonkeyPatch, no_thread_left: None
) -> Path:
    (isolated_home / ".aws/sso/cache").mkdir(parents=True)
    # botocore fixes this folder when it is imported.
    for owner in (botocore.credentials.SSOProvider, botocore.tokens.SSOTokenProvider):
        cache = str(isolated_home / ".aws/sso/cache")
        monkeypatch.setattr(owner, "_SSO_TOKEN_CACHE_DIR", cache)
    return isolated_home


@pytest.fixture
def probe(home: Path) -> Iterator[Probe]:
    made: list[Sessions] = []

    def ask(
        profile: str = "", region: str = "us-east-1", seconds: float = 10.0
    ) -> Identity:
        made.append(Sessions())
        return Identities(made[-1], seconds).probe(AwsConnection(profile, region))

    yield ask
    for sessions in made:
        sessions.close()


def config(home: Path, text: str) -> None:
    (home / ".aws/config").write_text(text, encoding="utf-8")


def token(home: Path, name: str, expires: str) -> None:
    file = home / ".aws/sso/cache" / (hashlib.sha1(name.encode()).hexdigest() + ".json")
    fields = {"startUrl": START, "region": "us-east-1", "expiresAt": expires}
    text = json.dumps({**fields, "accessToken": "SECRET"}, ensure_ascii=False)
    file.write_text(text, encoding="utf-8")


SESSION = f"""
[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Expert
[sso-session corp]
sso_start_url = {START}
sso_region = us-east-1
sso_registration_scopes = sso:account:access
[profile role]
role_arn = arn:aws:iam::111122223333:role/Tuner
source_profile = dev
"""
LEGACY = f"""
[profile old]
sso_start_url = {START}
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = Expert
"""
LONG_AGO = "2020-01-01T00:00:00Z"


def test_nobody_is_signed_in(probe: Probe) -> None:
    found = probe()
    assert (found.state, found.mend.code) == (NONE, "aws.sign_in")
    assert found.mend.command == "aws configure sso"


def test_a_profile_that_is_not_there(probe: Probe) -> None:
    found = probe("my team")
    assert (found.state, found.mend.code) == (INCOMPLETE, "aws.profile_missing")
    assert found.mend.command == "aws configure --profile 'my team'"
    assert "my team" in found.mend.reason


def test_half_a_key_pair(
    probe: Probe, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLEEXAMPLE12")
    found = probe()
    assert (found.state, found.mend.code) == (INCOMPLETE, "aws.profile_incomplete")
    config(home, "[profile half]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\n")
    found = probe("half")
    assert (found.state, found.mend.command) == (
        INCOMPLETE,
        "aws configure --profile half",
    )


@pytest.mark.parametrize("profile", ["dev", "role"])
def test_a_sign_in_that_never_was_and_one_that_has_ended(
    probe: Probe, home: Path, profile: str
) -> None:
    config(home, SESSION)
    found = probe(profile)
    assert (found.state, found.mend.code) == (NONE, "aws.sign_in")
    # A role is signed in by signing in its source.
    assert found.mend.command == "aws sso login --profile dev"
    token(home, "corp", LONG_AGO)
    found = probe(profile)
    assert (found.state, found.mend.code) == (EXPIRED, "aws.sign_in")
    assert found.mend.command == "aws sso login --profile dev"
    assert "SECRET" not in repr(found)


def test_a_sign_in_of_the_old_kind(probe: Probe, home: Path) -> None:
    config(home, LEGACY)
    assert probe("old").state is NONE
    token(home, START, LONG_AGO)
    found = probe("old")
    assert (found.state, found.mend.command) == (
        EXPIRED,
        "aws sso login --profile old",
    )


def test_a_login_session(probe: Probe, home: Path) -> None:
    config(home, "[profile new]\nlogin_session = arn:aws:iam::111122223333:user/a\n")
    found = probe("new")
    # Without its optional dependency the library cannot even look.
    assert found.state in {NONE, INCOMPLETE}
    assert found.mend.code in {"aws.sign_in", "aws.dependency"}


def test_no_region(probe: Probe, home: Path) -> None:
    keys = "aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n"
    config(home, f"[profile nowhere]\n{keys}")
    found = probe("nowhere", region="")
    assert (found.state, found.mend.code) == (INCOMPLETE, "aws.region")
    assert found.mend.command == "aws configure set region us-east-1 --profile nowhere"


def test_a_source_that_is_missing(probe: Probe, home: Path) -> None:
    config(
        home,
        "[profile role]\nrole_arn = arn:aws:iam::111122223333:role/T\n"
        "source_profile = gone\n",
    )
    found = probe("role")
    assert (found.state, found.mend.command) == (
        INCOMPLETE,
        "aws configure --profile gone",
    )


def test_a_file_that_cannot_be_read(probe: Probe, home: Path) -> None:
    config(home, "this is no configuration [[[")
    assert probe("dev").state is INCOMPLETE


def program(home: Path, code: str) -> None:
    file = home / "keys.py"
    file.write_text(code, encoding="utf-8")
    config(home, f"[profile prog]\ncredential_process = {sys.executable} {file}\n")


def test_a_program_that_fails_and_what_it_says(
    probe: Probe, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    program(home, "import sys; sys.exit('secret_access_key=abc123 is wrong')")
    found = probe("prog")
    assert (found.state, found.mend.code) == (INCOMPLETE, "aws.profile_incomplete")
    assert "abc123" not in repr(found) + caplog.text


def test_a_program_that_hangs_is_left_alone(probe: Probe, home: Path) -> None:
    end = home / "end"
    program(
        home,
        f"import pathlib, threading\nend = pathlib.Path({str(end)!r})\n"
        "while not end.exists():\n    threading.Event().wait(0.02)\n",
    )
    begun = time.perf_counter()
    found = probe("prog", seconds=0.2)
    seconds = time.perf_counter() - begun
    end.touch()
    assert (found.state, found.mend.code) == (OFFLINE, "aws.probe_timeout")
    assert seconds < 2.0


@pytest.fixture
def keys(practice: Practice, home: Path, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """A profile whose keys a server knows that stands in for STS."""
    mine = practice.sandbox.credentials
    config(
        home,
        "[profile keys]\nregion = eu-west-1\n"
        f"aws_access_key_id = {mine.access_key_id}\n"
        f"aws_secret_access_key = {mine.secret_access_key}\n",
    )
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", practice.sandbox.endpoint)
    return practice


def test_who_is_signed_in(keys: Practice, probe: Probe) -> None:
    found = probe("keys", region="")
    assert found.state is IdentityState.OK
    assert (found.account, found.user) == ("000000000000", "SANDBOX")
    assert (found.profile, found.region) == ("keys", "eu-west-1")
    assert found.method == "config-file"
    assert found.expiry == ""


def test_keys_of_the_environment(
    keys: Practice, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = keys.sandbox.credentials
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", mine.access_key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", mine.secret_access_key)
    assert (probe().state, probe().method) == (IdentityState.OK, "env")
    keys.sandbox.faults.add(Rule(faults.EXPIRED, "GetCallerIdentity"))
    found = probe()
    assert (found.state, found.mend.code) == (EXPIRED, "aws.renew_environment")
    assert "AWS_SESSION_TOKEN" in found.mend.command


def test_keys_that_end_and_keys_that_are_refused(keys: Practice, probe: Probe) -> None:
    keys.sandbox.faults.add(Rule(faults.EXPIRED, "GetCallerIdentity"))
    found = probe("keys")
    assert (found.state, found.mend.command) == (
        EXPIRED,
        "aws configure --profile keys",
    )
    gone = faults.Refuse("InvalidClientTokenId", "The security token is invalid.")
    keys.sandbox.faults.add(Rule(gone, "GetCallerIdentity"))
    assert probe("keys").state is INCOMPLETE


def test_a_program_tells_when_its_keys_end(
    keys: Practice, probe: Probe, home: Path
) -> None:
    mine = keys.sandbox.credentials
    later = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC).isoformat()
    said = {
        "Version": 1,
        "AccessKeyId": mine.access_key_id,
        "SecretAccessKey": mine.secret_access_key,
        "Expiration": later,
    }
    program(home, f"print({json.dumps(said, ensure_ascii=False)!r})")
    found = probe("prog")
    assert (found.state, found.method) == (IdentityState.OK, "custom-process")
    assert found.expiry == "2099-01-01T00:00:00+00:00"


class Refusing(http.server.BaseHTTPRequestHandler):
    """STS of an account that lets nobody take on a role."""

    def do_POST(self) -> None:
        body = (
            b"<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized"
            b" to perform: sts:AssumeRole</Message></Error></ErrorResponse>"
        )
        self.send_response(403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def refusing(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", endpoint)
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_role_that_may_not_be_taken_on(
    refusing: None, probe: Probe, home: Path
) -> None:
    role = "arn:aws:iam::111122223333:role/Tuner"
    keys = "aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n"
    config(
        home,
        f"[profile keys]\n{keys}[profile role]\nrole_arn = {role}\n"
        "source_profile = keys\n",
    )
    found = probe("role")
    assert (found.state, found.mend.code) == (INCOMPLETE, "aws.role_denied")
    (statement,) = json.loads(found.mend.policy)["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Resource": role,
    }


def test_a_key_of_bedrock_alone(probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "bedrock-api-key-SECRET")
    found = probe()
    assert (found.state, found.method) == (IdentityState.OK, "bedrock-api-key")
    assert "SECRET" not in repr(found)


def test_no_network(
    keys: Practice, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", f"http://127.0.0.1:{port}")
    found = probe("keys")
    assert (found.state, found.mend.code) == (OFFLINE, "aws.offline")
    assert str(port) in found.mend.reason


def test_practice_reads_no_file_and_no_variable(
    practice: Practice, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config(home, "this is no configuration [[[")
    for name in ("AWS_PROFILE", "AWS_BEARER_TOKEN_BEDROCK", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    found = Identities(practice.sessions).probe(practice.connection)
    assert (found.state, found.method) == (IdentityState.OK, "practice")
    practice.sessions.client(practice.connection, "bedrock-runtime").converse(
        modelId="amazon.nova-lite-v1:0",
        messages=[{"role": "user", "content": [{"text": "Hi"}]}],
    )
    assert practice.sandbox.credentials.secret_access_key not in repr(
        StaticCredentials("id", practice.sandbox.credentials.secret_access_key)
    )


def test_a_practice_that_has_ended_says_so(no_thread_left: None) -> None:
    connection = AwsConnection(endpoint="http://127.0.0.1:9")
    found = Identities(Sessions()).probe(connection)
    assert (found.state, found.mend.code) == (OFFLINE, "practice.stopped")


@pytest.mark.parametrize(
    ("arn", "user"),
    [
        ("arn:aws:iam::1:user/team/ann", "ann"),
        ("arn:aws:sts::1:assumed-role/Expert/ann", "Expert/ann"),
        ("arn:aws:iam::1:root", "root"),
        ("", ""),
    ],
)
def test_who_an_arn_names(arn: str, user: str) -> None:
    assert user_in(arn) == user


def test_clients_are_made_once_and_shared(practice: Practice) -> None:
    made: list[object] = []

    def make() -> None:
        made.append(practice.sessions.client(practice.connection, "sts"))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(client) for client in made}) == 1
    practice.sessions.forget(practice.connection)
    make()
    assert made[-1] is not made[0]
