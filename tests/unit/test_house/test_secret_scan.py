from pathlib import Path

import pytest

import secret_scan

RANDOM_40 = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzT4kQ9sVaL"
# Assembled, so that this file itself holds nothing that looks like a secret.
PLANTED = {
    "AWS access key": "AK" + "IAZ2B3C4D5E6F7ABCD",
    "AWS secret key": f"aws_secret_access_key = {RANDOM_40}",
    "AWS session token": "aws_session_token=" + "IQoJb3JpZ2luX2VjE" * 6,
    "private key": "-----BEGIN RSA PRIV" + "ATE KEY-----",
    "GitHub token": "gh" + "p_" + "a1B2c3D4e5F6" * 3,
    "Hugging Face token": "hf" + "_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeF",
    "API key": "sk" + "-proj-a1B2c3D4e5F6a1B2c3D4",
    "bearer token": "Authorization: Bearer " + "a1B2c3D4e5F6g7H8i9J0k1",
    "JSON web token": "ey"
    + "JhbGciOiJIUzI1NiJ9.ey"
    + "JzdWIiOiIxMjM0NTY3.a1B2c3D4e5F6",
    "password in an address": "postgres" + "://user:hunter2@host/db",
    "secret": 'client_secret: "' + 'x9Kf2LmQ7rTz4VbN"',
}


@pytest.mark.parametrize(("kind", "text"), PLANTED.items())
def test_a_planted_secret_is_found(kind: str, text: str, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "down"
    folder.mkdir(parents=True)
    (folder / "project.db").write_bytes(b"\0\1SQLite\0" + text.encode() + b"\0\xff")
    found = secret_scan.scan(tmp_path)
    assert kind in {secret.kind for secret in found}
    assert all(text not in str(secret) for secret in found)


@pytest.mark.parametrize(
    "text",
    [
        "see https://example.com/a:b and mail@example.com",
        '{"password": "xxxxxxxxxxxxxxxx"}',
        "the bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "risk-assessment-of-the-whole-department",
        "プロフィール名 default、リージョン ap-northeast-1",
    ],
)
def test_ordinary_text_passes(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert secret_scan.scan(tmp_path) == []


def test_every_pattern_has_a_planted_secret() -> None:
    assert set(PLANTED) == set(secret_scan.PATTERNS)


def test_the_repository_ships_no_secret(checkout: Path) -> None:
    found = [
        secret
        for name in ("workbench", "packaging", "resources", "tests")
        for secret in secret_scan.scan(checkout / name)
        if "__pycache__" not in secret.path.parts
    ]
    assert found == []
