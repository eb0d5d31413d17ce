"""Profiles of the AWS configuration: how one signs in, what mends it."""

import contextlib
from collections.abc import Mapping
from typing import Any

import botocore.exceptions
import botocore.session

from workbench.aws.errors import with_profile

_MOST_SOURCES = 5


def profile_names() -> tuple[str, ...]:
    """Return the names of all profiles, broken ones too; reads files."""
    return tuple(sorted(_profiles()))


def sign_in_words(profile: str) -> tuple[str, ...]:
    """Return the command that signs a profile in; a role is its source's matter."""
    return ("aws", *_verb(profile).split(), *_option(_source(profile)))


def sign_in_command(profile: str) -> str:
    """Return the same as one line for the terminal."""
    return with_profile(f"aws {_verb(profile)}", _source(profile))


def configure_command(profile: str, *, of_source: bool = False) -> str:
    """Return the command that completes a profile, or the one it takes a role from."""
    name = _named(profile).get("source_profile", "") if of_source else profile
    return with_profile("aws configure", str(name or profile))


def choose_role_command(profile: str) -> str:
    """Return the command that chooses account and role of a sign-in anew."""
    return with_profile("aws configure sso", _source(profile))


def region_command(profile: str) -> str:
    """Return the command that gives a profile a region."""
    return with_profile("aws configure set region us-east-1", profile)


def role_of(profile: str) -> str:
    """Return the ARN of the role that a profile takes on, or empty."""
    return str(_named(profile).get("role_arn", ""))


def is_sso(profile: str) -> bool:
    """Tell whether a person signs a profile in, with the browser."""
    fields = _named(_source(profile))
    return bool(_SSO & fields.keys())


_SSO = frozenset({"sso_session", "sso_start_url", "login_session"})


def _verb(profile: str) -> str:
    fields = _named(_source(profile))
    if "login_session" in fields:
        return "login"
    return "sso login" if _SSO & fields.keys() else "configure sso"


def _option(profile: str) -> tuple[str, ...]:
    return ("--profile", profile) if profile else ()


def _source(profile: str) -> str:
    """Follow ``source_profile`` to the profile that holds the sign-in."""
    name = profile
    for _ in range(_MOST_SOURCES):
        further = str(_named(name).get("source_profile", ""))
        if not further or further == name:
            break
        name = further
    return name


def _named(profile: str) -> Mapping[str, Any]:
    fields = _profiles().get(profile or "default", {})
    return fields if isinstance(fields, dict) else {}


def _profiles() -> Mapping[str, Any]:
    # A file that cannot be read has no profiles; the probe says what is wrong with it.
    with contextlib.suppress(botocore.exceptions.BotoCoreError):
        found: Mapping[str, Any] = botocore.session.Session().full_config["profiles"]
        return found
    return {}
