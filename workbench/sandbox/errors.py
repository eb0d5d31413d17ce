"""What the sandbox answers instead of a result: AWS's own errors."""

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(eq=False)
class AwsError(Exception):
    """An error as AWS would send it.

    Attributes:
        code: AWS's name of it, such as ``ThrottlingException``.
        message: the sentence that AWS would say.
        status: HTTP status; 0 takes it from the service model.
        extra: further modelled members, such as ``originalStatusCode``.
    """

    code: str
    message: str
    status: int = 0
    extra: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        """Say code and message."""
        return f"{self.code}: {self.message}"


def validation(message: str) -> AwsError:
    """Return the error for what the service cannot accept."""
    return AwsError("ValidationException", message)


def denied(message: str) -> AwsError:
    """Return the error for what this account may not do."""
    return AwsError("AccessDeniedException", message)


def missing(message: str) -> AwsError:
    """Return the error for what is not there."""
    return AwsError("ResourceNotFoundException", message)


STATUS = {
    # Common to all services, so no service model has them.
    "ExpiredTokenException": 403,
    "ExpiredToken": 403,
    "UnrecognizedClientException": 403,
    "InvalidClientTokenId": 403,
    "InvalidSignatureException": 403,
    "SignatureDoesNotMatch": 403,
    "MissingAuthenticationTokenException": 403,
    "MissingAuthenticationToken": 403,
    "UnknownOperationException": 404,
    "ServiceQuotaExceededException": 400,
    "InternalFailure": 500,
}
