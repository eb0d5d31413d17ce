"""GetProducts of the price list: JSON texts in the shape that AWS sends.

The prices are made up to look like list prices and are marked SANDBOX; nobody is to
calculate real cost with them.
"""

import base64
import binascii
import json
from collections.abc import Iterator, Mapping

from workbench.sandbox.errors import AwsError
from workbench.sandbox.prompt import objects

Json = dict[str, object]
PUBLISHED = "2026-11-01T00:00:00Z"
_REGIONS = {"us-east-1": "USE1", "us-west-2": "USW2", "ap-northeast-1": "APN1"}
_NOVA = {
    "Nova Micro": ("0.0000350000", "0.0001400000"),
    "Nova Lite": ("0.0000600000", "0.0002400000"),
    "Nova Pro": ("0.0008000000", "0.0032000000"),
}
_CLAUDE = {
    "Claude Haiku 4.5": ("Claude4.5Haiku", "1.0000000000", "5.0000000000"),
    "Claude Sonnet 4.5": ("Claude4.5Sonnet", "3.0000000000", "15.0000000000"),
}
_TRAINING = {"ml.g5.2xlarge": "1.5150000000", "ml.g5.12xlarge": "7.0900000000"}


def _product(
    sku: str, service: str, attributes: Mapping[str, str], unit: str, usd: str
) -> Json:
    rate = f"{sku}.JRTCKXETXF.6YS6EN2CT7"
    dimension = {
        "rateCode": rate,
        "unit": unit,
        "beginRange": "0",
        "endRange": "Inf",
        "description": f"SANDBOX USD {usd} per {unit}",
        "appliesTo": [],
        "pricePerUnit": {"USD": usd},
    }
    term = {
        "offerTermCode": "JRTCKXETXF",
        "sku": sku,
        "effectiveDate": PUBLISHED,
        "priceDimensions": {rate: dimension},
        "termAttributes": {},
    }
    return {
        "product": {
            "productFamily": "SANDBOX",
            "attributes": {"servicecode": service, **attributes},
            "sku": sku,
        },
        "serviceCode": service,
        "terms": {"OnDemand": {f"{sku}.JRTCKXETXF": term}},
        "version": "SANDBOX",
        "publicationDate": PUBLISHED,
    }


def _nova(region: str, short: str) -> Iterator[Json]:
    for model, prices in _NOVA.items():
        for kind, usd in zip(("input", "output"), prices, strict=True):
            name = model.replace(" ", "")
            attributes = {
                "regionCode": region,
                "usagetype": f"{short}-{name}-{kind}-tokens",
                "model": model,
                "inferenceType": f"{kind.capitalize()} tokens",
                "feature": "On-demand Inference",
            }
            sku = f"SANDBOX{short}{name}{kind}".upper()
            yield _product(sku, "AmazonBedrock", attributes, "1K tokens", usd)


def _claude(region: str, short: str) -> Iterator[Json]:
    for model, (name, *prices) in _CLAUDE.items():
        kinds = ("InputTokenCount", "OutputTokenCount")
        for kind, usd in zip(kinds, prices, strict=True):
            attributes = {
                "regionCode": region,
                "usagetype": f"{short}-MP:{short}_{name}_{kind}-Units",
                "servicename": f"{model} (Amazon Bedrock Edition)",
            }
            sku = f"SANDBOX{short}{name}{kind}".upper()
            yield _product(
                sku, "AmazonBedrockFoundationModels", attributes, "1M tokens", usd
            )


def _training(region: str, short: str) -> Iterator[Json]:
    for instance, usd in _TRAINING.items():
        attributes = {
            "regionCode": region,
            "usagetype": f"{short}-Train:{instance}",
            "instanceName": instance,
            "component": "Training",
        }
        sku = f"SANDBOX{short}{instance}".upper()
        yield _product(sku, "AmazonSageMaker", attributes, "Hrs", usd)


_SERVICES = {
    "AmazonBedrock": _nova,
    "AmazonBedrockFoundationModels": _claude,
    "AmazonSageMaker": _training,
}


def get_products(value: Mapping[str, object], page_size: int) -> Json:
    """Answer GetProducts.

    Args:
        value: the checked request.
        page_size: products on a page at most.

    Raises:
        AwsError: NotFoundException, InvalidNextTokenException.
    """
    make = _SERVICES.get(str(value["ServiceCode"]))
    if make is None:
        raise AwsError("NotFoundException", "The specified service was not found")
    products = [p for region, short in _REGIONS.items() for p in make(region, short)]
    for wish in objects(value.get("Filters")):
        products = [p for p in products if _fits(p, wish)]
    start = _start(value.get("NextToken"))
    asked = value.get("MaxResults")
    count = min(page_size, asked) if isinstance(asked, int) else page_size
    shown = products[start : start + count]
    reply: Json = {
        "FormatVersion": str(value.get("FormatVersion", "aws_v1")),
        "PriceList": [json.dumps(p, ensure_ascii=False) for p in shown],
    }
    if start + count < len(products):
        reply["NextToken"] = base64.b64encode(str(start + count).encode()).decode()
    return reply


def _fits(product: Json, wish: Mapping[str, object]) -> bool:
    described = product["product"]
    attributes = described["attributes"] if isinstance(described, dict) else {}
    found = str(attributes.get(str(wish["Field"]), ""))
    text = str(wish["Value"])
    choices = [choice.strip() for choice in text.split(",")]
    match wish["Type"]:
        case "CONTAINS":
            return text.lower() in found.lower()
        case "ANY_OF":
            return found in choices
        case "NONE_OF":
            return found not in choices
        case _:
            return found == text


def _start(token: object) -> int:
    if token is None:
        return 0
    try:
        return int(base64.b64decode(str(token), validate=True))
    except (binascii.Error, ValueError) as error:
        raise AwsError(
            "InvalidNextTokenException", "The pagination token is invalid."
        ) from error
