"""Who may ask: signatures by the key of this start, or its bearer token.

Every start makes a new key, so that nothing on this computer reaches the sandbox by
accident, and a page in a browser not at all. The signature (SigV4) is computed again
with botocore and compared. Not checked: the age of the date, and the scope's region and
service (any will do).
"""

import hmac
import re
from collections.abc import Mapping

import botocore.auth
import botocore.awsrequest
import botocore.credentials

from workbench.sandbox.errors import AwsError

_SIGNED = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/,\s]+)/(?P<date>\d{8})/(?P<region>[^/]+)/"
    r"(?P<service>[^/]+)/aws4_request,\s*SignedHeaders=(?P<names>[^,\s]+),\s*"
    r"Signature=(?P<signature>[0-9a-f]+)"
)
DEFAULT_REGION = "us-east-1"


class Gate:
    """Lets requests in that carry this start's secret."""

    def __init__(self, key_id: str, secret: str, bearer: str) -> None:
        """Keep the secrets of this start."""
        self._credentials = botocore.credentials.Credentials(key_id, secret)
        self._key_id = key_id
        self._bearer = bearer

    def check(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> str:
        """Return the region that the request was signed for.

        Args:
            method: of HTTP.
            url: with host, raw path and query.
            headers: with names in lower case.
            body: as it was sent.

        Raises:
            AwsError: 403 with AWS's code when there is no signature, another key, or
                a signature that does not fit.
        """
        given = headers.get("authorization", "")
        if not given:
            raise AwsError(
                "MissingAuthenticationTokenException", "Missing Authentication Token"
            )
        if given.startswith("Bearer "):
            self._check_bearer(given.removeprefix("Bearer "))
            return DEFAULT_REGION
        found = _SIGNED.fullmatch(given)
        if found is None or found["key"] != self._key_id:
            raise _unknown_client()
        expected = self._sign(found, method, url, headers, body)
        if not hmac.compare_digest(expected, found["signature"]):
            raise AwsError(
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature "
                "you provided. Check your AWS Secret Access Key and signing method.",
            )
        return found["region"]

    def _check_bearer(self, token: str) -> None:
        if not hmac.compare_digest(token.encode(), self._bearer.encode()):
            raise _unknown_client()

    def _sign(
        self,
        found: re.Match[str],
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> str:
        signer = botocore.auth.SigV4Auth(
            self._credentials, found["service"], found["region"]
        )
        signed = {
            name: headers[name] for name in found["names"].split(";") if name in headers
        }
        request = botocore.awsrequest.AWSRequest(method, url, signed, body)
        request.context["timestamp"] = headers.get("x-amz-date", "")
        text = signer.string_to_sign(request, signer.canonical_request(request))
        signature: str = signer.signature(text, request)
        return signature


def _unknown_client() -> AwsError:
    return AwsError(
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
    )
