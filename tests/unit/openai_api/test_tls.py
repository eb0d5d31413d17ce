"""Safe connections: a certificate that is trusted, and one that is not."""

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.openai_api.asking import Asking
from tests.unit.openai_api.server import (
    DONE,
    PATIENCE,
    Hang,
    ScriptedServer,
    delta,
    in_thread,
    stream,
)
from workbench.domain.generation import StopSignal
from workbench.domain.remote import FailureKind

# It comes with the keyring of Linux only.
pytest.importorskip("cryptography")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this computer, with its key in the same file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    file.write_bytes(
        made.public_bytes(pem)
        + key.private_bytes(
            pem,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


@pytest.fixture
def safe(no_thread_is_left: None, certificate: Path) -> Iterator[ScriptedServer]:
    """A server that speaks https."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    made = ScriptedServer(context)
    yield made
    made.close()


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system trust the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def test_a_trusted_server_answers(safe: ScriptedServer, trusted: None) -> None:
    long = "long " * 20_000
    parts = [delta(long), delta("end"), DONE]
    safe.chat(stream(*parts, chunked=True))
    answer = Asking(safe).ask(stop_sequences=("x" * 1_000_000,))
    assert answer.text == long + "end"
    assert len(safe.bodies[0]["stop"][0]) == 1_000_000


def test_a_safe_answer_is_stopped_too(safe: ScriptedServer, trusted: None) -> None:
    turn = safe.chat(stream(Hang(), silent=True))
    stop = StopSignal()
    work = in_thread(lambda: Asking(safe).ask(stop))
    assert turn.reached.wait(PATIENCE)
    stop.set()
    assert work.result().stop_reason == "cancelled"
    assert turn.left.wait(PATIENCE)


def test_a_stranger_is_not_told_the_key(safe: ScriptedServer) -> None:
    asking = Asking(safe).with_key("a-key")
    safe.chat(stream(DONE))
    failure = asking.fail()
    assert failure.kind is FailureKind.STRANGER
    assert "certificate" in failure.sentence
    assert not safe.received
