"""Reads what an AWS account can use: every list of models, each for itself.

A list may be forbidden while the others are not. Then the rest is shown, and the list
that is missing is named with its permission and its error: nothing is left out
silently. Time limits are those of the client.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from workbench.aws import listed
from workbench.domain.access import (
    AccessReason,
    Availability,
    Probe,
    from_error,
    judge,
)
from workbench.domain.catalogue import (
    Catalogue,
    RemoteModel,
    Unread,
    merge,
)
from workbench.domain.generation import StopSignal

Reply = Mapping[str, Any]


class BedrockClient(Protocol):
    """The operations of a boto3 client for ``bedrock`` that are used here."""

    def list_foundation_models(self, **request: Any) -> Reply:
        """Call ListFoundationModels."""

    def list_inference_profiles(self, **request: Any) -> Reply:
        """Call ListInferenceProfiles."""

    def list_custom_models(self, **request: Any) -> Reply:
        """Call ListCustomModels."""

    def list_custom_model_deployments(self, **request: Any) -> Reply:
        """Call ListCustomModelDeployments."""

    def list_imported_models(self, **request: Any) -> Reply:
        """Call ListImportedModels."""

    def list_provisioned_model_throughputs(self, **request: Any) -> Reply:
        """Call ListProvisionedModelThroughputs."""

    def list_prompt_routers(self, **request: Any) -> Reply:
        """Call ListPromptRouters."""

    def get_foundation_model_availability(self, **request: Any) -> Reply:
        """Call GetFoundationModelAvailability."""


MAX_PAGES = 200
_TYPES = ("SYSTEM_DEFINED", "APPLICATION")


class BedrockCatalogue:
    """The catalogue of one account in one region."""

    def __init__(self, client: BedrockClient) -> None:
        """Ask with this client; its credentials, region and time limits hold."""
        self._client = client

    def read(self, stop: StopSignal | None = None) -> Catalogue:
        """Read every list and put them together.

        Raises:
            CancelledError: somebody asked to stop.
        """
        lists = _Lists(stop or StopSignal())
        client = self._client
        foundation = lists.all(
            "ListFoundationModels", client.list_foundation_models, "modelSummaries"
        )
        profiles = [
            record
            for kind in _TYPES
            for record in lists.all(
                "ListInferenceProfiles",
                client.list_inference_profiles,
                "inferenceProfileSummaries",
                typeEquals=kind,
            )
        ]
        custom = lists.all(
            "ListCustomModels", client.list_custom_models, "modelSummaries"
        )
        deployments = lists.all(
            "ListCustomModelDeployments",
            client.list_custom_model_deployments,
            "modelDeploymentSummaries",
        )
        imported = lists.all(
            "ListImportedModels", client.list_imported_models, "modelSummaries"
        )
        provisioned = lists.all(
            "ListProvisionedModelThroughputs",
            client.list_provisioned_model_throughputs,
            "provisionedModelSummaries",
        )
        routers = lists.all(
            "ListPromptRouters", client.list_prompt_routers, "promptRouterSummaries"
        )
        reached = lists.rows("ListInferenceProfiles", listed.profile, profiles)
        owned = lists.rows("ListCustomModels", listed.custom, custom)
        bases = {model.arn: model.base_id for model in owned}
        others = [
            *reached,
            *owned,
            *lists.rows(
                "ListCustomModelDeployments",
                lambda record: listed.deployment(record, bases),
                deployments,
            ),
            *lists.rows("ListImportedModels", listed.imported, imported),
            *lists.rows(
                "ListProvisionedModelThroughputs", listed.provisioned, provisioned
            ),
            *lists.rows(
                "ListPromptRouters",
                lambda record: listed.router(record, reached),
                routers,
            ),
        ]
        rows = lists.rows("ListFoundationModels", listed.foundation, foundation)
        models = merge(rows, others)
        return Catalogue(models, tuple(lists.unread))

    def availability(self, model: RemoteModel, today: datetime.date) -> Availability:
        """Return whether a row can be used, and why not.

        Asks the service about the foundation model behind the row. That the question
        itself is forbidden says nothing about the model: the reason is UNKNOWN then,
        with the service's words.
        """
        known = judge(model, None, today)
        if known.reason is not AccessReason.UNKNOWN or not model.base_id:
            return known
        try:
            reply = self._client.get_foundation_model_availability(
                modelId=model.base_id
            )
        except ClientError as error:
            code, message = words(error)
            said = from_error(code, message)
            if said is None or said.reason is AccessReason.DENIED:
                return Availability(AccessReason.UNKNOWN, message=message)
            return said
        except BotoCoreError as error:
            return Availability(AccessReason.UNKNOWN, message=str(error))
        return judge(model, _probe(reply), today)


def words(error: ClientError) -> tuple[str, str]:
    """Return code and message of a service's error."""
    said = error.response.get("Error", {})
    return str(said.get("Code", "")), str(said.get("Message", ""))


def _probe(reply: Reply) -> Probe:
    agreement = reply.get("agreementAvailability", {})
    return Probe(
        agreement=agreement.get("status", ""),
        agreement_message=agreement.get("errorMessage", ""),
        authorization=reply.get("authorizationStatus", ""),
        entitlement=reply.get("entitlementAvailability", ""),
        region=reply.get("regionAvailability", ""),
    )


class _Lists:
    """Reads lists page by page and remembers what could not be read."""

    def __init__(self, stop: StopSignal) -> None:
        self._stop = stop
        self.unread: list[Unread] = []
        self._offline: Unread | None = None

    def all(
        self,
        operation: str,
        call: Callable[..., Reply],
        member: str,
        **request: str,
    ) -> Sequence[Reply]:
        """Return the records of a list, as many as could be read."""
        records: list[Reply] = []
        action = f"bedrock:{operation}"
        if self._offline:
            # The other lists would only wait for the same answer to time out.
            code, message = self._offline.code, self._offline.message
            self.unread.append(Unread(action, code, message))
            return records
        try:
            for page in self._pages(call, request):
                records += page.get(member, ())
        except ClientError as error:
            code, message = words(error)
            self._missed(action, code, message, records)
        except BotoCoreError as error:
            name = type(error).__name__
            self._offline = self._missed(action, name, str(error), records)
        except _TooLongError:
            self._missed(action, "TooManyPages", f"{MAX_PAGES} pages", records)
        return records

    def rows(
        self,
        operation: str,
        convert: Callable[[Reply], RemoteModel],
        records: Sequence[Reply],
    ) -> list[RemoteModel]:
        """Return records as rows; one that lacks a required member is named."""
        rows: list[RemoteModel] = []
        for record in records:
            try:
                rows.append(convert(record))
            except KeyError as error:
                message = f"{error.args[0]} is missing"
                self._missed(f"bedrock:{operation}", "MalformedRecord", message, [1])
        return rows

    def _missed(
        self, action: str, code: str, message: str, records: Sequence[object]
    ) -> Unread:
        missed = Unread(action, code, message, partial=bool(records))
        self.unread.append(missed)
        return missed

    def _pages(
        self, call: Callable[..., Reply], request: Mapping[str, str]
    ) -> Iterable[Reply]:
        token: dict[str, str] = {}
        for _ in range(MAX_PAGES):
            self._stop.check()
            page = call(**request, **token)
            yield page
            if not page.get("nextToken"):
                return
            token = {"nextToken": page["nextToken"]}
        raise _TooLongError


class _TooLongError(Exception):
    """A list that does not end: a service that hands out the same token again."""
