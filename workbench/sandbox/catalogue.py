"""The models of the sandbox: real ids of Bedrock, one of each kind that matters.

Among them: models for on-demand use, some only through an inference profile, a legacy
one with its dates, one past its end, one without access, one that makes no text; and
what an account may have made: a custom model, its deployment, a provisioned and an
imported one. Names of providers end in SANDBOX.
"""

import dataclasses
import enum
from collections.abc import Mapping

from workbench.sandbox.errors import AwsError, denied, missing, validation

ACCOUNT = "000000000000"
"""The sandbox's account: no real one has this number."""


class Family(enum.StrEnum):
    """Whose body InvokeModel takes."""

    ANTHROPIC = "anthropic"
    NOVA = "nova"
    LLAMA = "llama"
    OTHER = "other"


class Access(enum.StrEnum):
    """Whether this account may call a model."""

    OPEN = "open"
    NONE = "none"
    ENDED = "ended"


@dataclasses.dataclass(frozen=True, slots=True)
class Foundation:
    """One foundation model.

    Attributes:
        dates: ``startOfLifeTime``, ``legacyTime``, ``endOfLifeTime``, ... as dates.
        profiles: prefixes of the inference profiles that contain it.
        inference: ``ON_DEMAND`` and ``PROVISIONED``; neither means by profile only.
        customizations: as ListFoundationModels names them.
        reasons: offers reasoning.
        caches: knows cache points.
        counts: CountTokens serves it.
        both_sampling: takes temperature and top_p at once.
    """

    model_id: str
    name: str
    provider: str
    family: Family
    images: bool = False
    makes: str = "TEXT"
    inference: tuple[str, ...] = ("ON_DEMAND",)
    profiles: tuple[str, ...] = ()
    customizations: tuple[str, ...] = ()
    status: str = "ACTIVE"
    dates: Mapping[str, str] = dataclasses.field(default_factory=dict)
    access: Access = Access.OPEN
    reasons: bool = False
    caches: bool = False
    counts: bool = True
    both_sampling: bool = True

    def arn(self, region: str) -> str:
        """Return the model's ARN in a region."""
        return f"arn:aws:bedrock:{region}::foundation-model/{self.model_id}"


_TUNABLE = ("FINE_TUNING", "DISTILLATION")
_BY_UNITS = ("PROVISIONED",)

FOUNDATIONS: tuple[Foundation, ...] = (
    Foundation(
        "amazon.nova-micro-v1:0",
        "Nova Micro",
        "Amazon SANDBOX",
        Family.NOVA,
        profiles=("us",),
        caches=True,
    ),
    Foundation(
        "amazon.nova-micro-v1:0:128k",
        "Nova Micro",
        "Amazon SANDBOX",
        Family.NOVA,
        inference=_BY_UNITS,
        customizations=_TUNABLE,
    ),
    Foundation(
        "amazon.nova-lite-v1:0",
        "Nova Lite",
        "Amazon SANDBOX",
        Family.NOVA,
        images=True,
        profiles=("us", "eu"),
        caches=True,
    ),
    Foundation(
        "amazon.nova-lite-v1:0:300k",
        "Nova Lite",
        "Amazon SANDBOX",
        Family.NOVA,
        images=True,
        inference=_BY_UNITS,
        customizations=_TUNABLE,
    ),
    Foundation(
        "amazon.nova-pro-v1:0",
        "Nova Pro",
        "Amazon SANDBOX",
        Family.NOVA,
        images=True,
        profiles=("us", "eu"),
        caches=True,
    ),
    Foundation(
        "amazon.nova-2-lite-v1:0",
        "Nova 2 Lite",
        "Amazon SANDBOX",
        Family.NOVA,
        images=True,
        inference=(),
        profiles=("us", "global"),
        reasons=True,
        caches=True,
        counts=False,
    ),
    Foundation(
        "anthropic.claude-haiku-4-5-20251001-v1:0",
        "Claude Haiku 4.5",
        "Anthropic SANDBOX",
        Family.ANTHROPIC,
        images=True,
        inference=(),
        profiles=("us", "eu", "jp", "global"),
        reasons=True,
        caches=True,
        counts=False,
        both_sampling=False,
    ),
    Foundation(
        "anthropic.claude-sonnet-4-5-20250929-v1:0",
        "Claude Sonnet 4.5",
        "Anthropic SANDBOX",
        Family.ANTHROPIC,
        images=True,
        inference=(),
        profiles=("us", "global"),
        status="LEGACY",
        dates={
            "startOfLifeTime": "2025-09-29",
            "legacyTime": "2026-10-08",
            "endOfLifeTime": "2027-04-08",
        },
        reasons=True,
        caches=True,
        counts=False,
        both_sampling=False,
    ),
    Foundation(
        "anthropic.claude-opus-4-1-20250805-v1:0",
        "Claude Opus 4.1",
        "Anthropic SANDBOX",
        Family.ANTHROPIC,
        images=True,
        inference=(),
        profiles=("us",),
        access=Access.NONE,
        reasons=True,
        caches=True,
        counts=False,
        both_sampling=False,
    ),
    Foundation(
        "anthropic.claude-3-haiku-20240307-v1:0",
        "Claude 3 Haiku",
        "Anthropic SANDBOX",
        Family.ANTHROPIC,
        images=True,
        status="LEGACY",
        dates={
            "startOfLifeTime": "2024-03-13",
            "legacyTime": "2026-03-10",
            "endOfLifeTime": "2026-09-10",
        },
        access=Access.ENDED,
    ),
    Foundation(
        "meta.llama3-3-70b-instruct-v1:0",
        "Llama 3.3 70B",
        "Meta SANDBOX",
        Family.LLAMA,
        profiles=("us",),
    ),
    Foundation(
        "meta.llama3-3-70b-instruct-v1:0:128k",
        "Llama 3.3 70B",
        "Meta SANDBOX",
        Family.LLAMA,
        inference=_BY_UNITS,
        customizations=("FINE_TUNING",),
    ),
    Foundation(
        "mistral.mistral-large-2407-v1:0",
        "Mistral Large",
        "Mistral AI SANDBOX",
        Family.OTHER,
    ),
    Foundation(
        "amazon.titan-embed-text-v2:0",
        "Titan Embeddings V2",
        "Amazon SANDBOX",
        Family.OTHER,
        makes="EMBEDDING",
    ),
)
_BY_ID = {each.model_id: each for each in FOUNDATIONS}

CUSTOM_BASE = "amazon.nova-micro-v1:0:128k"
IMPORTED_BASE = "meta.llama3-3-70b-instruct-v1:0"
CUSTOM_ID = "sandbox00001"
DEPLOYMENT_ID = "sandbox00002"
PROVISIONED_ID = "sandbox00003"
IMPORTED_ID = "sandbox00004"
APPLICATION_ID = "sandbox00005"
FAILED_ID = "sandbox00006"
_OWNED = {
    f"custom-model-deployment/{DEPLOYMENT_ID}": CUSTOM_BASE,
    f"provisioned-model/{PROVISIONED_ID}": CUSTOM_BASE,
    f"imported-model/{IMPORTED_ID}": IMPORTED_BASE,
    f"application-inference-profile/{APPLICATION_ID}": "amazon.nova-lite-v1:0",
}


def profile_ids(model: Foundation) -> tuple[str, ...]:
    """Return the ids of the inference profiles that contain a model."""
    return tuple(f"{prefix}.{model.model_id}" for prefix in model.profiles)


_PROFILES = {name: each for each in FOUNDATIONS for name in profile_ids(each)}


def owned_arn(region: str, resource: str) -> str:
    """Return the ARN of something that this account has made."""
    return f"arn:aws:bedrock:{region}:{ACCOUNT}:{resource}"


def foundation(model_id: str) -> Foundation:
    """Return the foundation model with this id or ARN.

    Raises:
        AwsError: ResourceNotFoundException.
    """
    found = _BY_ID.get(model_id.rpartition("foundation-model/")[2])
    if found is None:
        raise missing("Could not resolve the foundation model from the identifier.")
    return found


def resolve(model_id: str) -> Foundation:
    """Return the foundation model that answers a call, if it may be called so.

    Args:
        model_id: id or ARN of a foundation model or inference profile, or ARN of a
            deployment, provisioned or imported model of the sandbox.

    Raises:
        AwsError: as Bedrock answers for a model that is unknown, not to be called on
            demand, past its end of life, not granted, or makes no text.
    """
    found = _callable(model_id)
    if found.access is Access.ENDED:
        raise missing(
            "This model version has reached the end of its life. Please refer to the "
            "AWS documentation for more details."
        )
    if found.access is Access.NONE:
        raise denied("You don't have access to the model with the specified model ID.")
    if found.makes != "TEXT":
        raise validation(f"The action doesn't support the model {model_id}.")
    return found


def _callable(model_id: str) -> Foundation:
    if (name := _profile_name(model_id)) in _PROFILES:
        return _PROFILES[name]
    if model_id.startswith("arn:") and ":foundation-model/" not in model_id:
        return _owned(model_id)
    found = _BY_ID.get(model_id.rpartition("foundation-model/")[2])
    if found is None:
        raise validation("The provided model identifier is invalid.")
    if "ON_DEMAND" not in found.inference:
        raise validation(
            f"Invocation of model ID {model_id} with on-demand throughput isn't "
            "supported. Retry your request with the ID or ARN of an inference profile "
            "that contains this model."
        )
    return found


def _profile_name(model_id: str) -> str:
    return model_id.rpartition(":inference-profile/")[2]


def _owned(arn: str) -> Foundation:
    """Find what this account has made, in whatever region."""
    parts = arn.split(":", 5)
    mine = len(parts) == 6 and parts[4] == ACCOUNT
    base = _OWNED.get(parts[5]) if mine else None
    if base is None:
        raise AwsError(
            "ResourceNotFoundException", "The specified resource ARN is not found."
        )
    return _BY_ID[base]
