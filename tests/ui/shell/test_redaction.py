from pathlib import Path

import pytest

from workbench.ui.shell.redaction import redact


@pytest.mark.parametrize(
    "secret",
    [
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/abc",
        "arn:aws-cn:iam::123456789012:role/x",
        "123456789012",
        "1234-5678-9012",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "hf_" + "abcdefghijklmnopqrst",
        "somebody@example.com",
    ],
)
def test_what_identifies_somebody_is_taken_out(secret: str) -> None:
    assert secret not in redact(f"before {secret} after")
    assert redact(f"before {secret} after").startswith("before ")


def test_home_folder_is_shortened() -> None:
    assert redact(str(Path.home() / "x.workbench")).startswith("~")


def test_texts_in_messages_are_left_out() -> None:
    report = (
        "Traceback (most recent call last):\n"
        '  File "workbench/x.py", line 3, in f\n'
        "    raise ValueError(text)\n"
        "ValueError: Order 2957 from Mrs Smith\nsecond line of her letter\n"
        "\n"
        "During handling of the above exception, another exception occurred:\n"
        "\n"
        "Traceback (most recent call last):\n"
        '  File "workbench/y.py", line 4, in g\n'
        "AttributeError: 'NoneType' object has no attribute 'text'\n"
    )
    safe = redact(report)
    assert "Smith" not in safe
    assert "letter" not in safe
    assert "ValueError: <message of" in safe
    assert 'File "workbench/x.py", line 3, in f' in safe
    assert "AttributeError: 'NoneType' object has no attribute 'text'" in safe


def test_numbers_of_our_own_stay() -> None:
    assert redact("line 1234567, 2026-11-20") == "line 1234567, 2026-11-20"
