"""Numbers of tokens: from the server where it counts, else estimated and marked so."""

import json
from collections.abc import Sequence

from workbench.domain.generation import StopSignal
from workbench.domain.remote import TokenCount, estimate_tokens
from workbench.openai_api.call import headers
from workbench.openai_api.faults import Asked
from workbench.openai_api.wire import Timeouts, WireError, exchange

_TIMEOUTS = Timeouts(connect=2.0, answer=10.0, silence=5.0)
_OK = 200


def count_texts(
    asked: Asked, texts: Sequence[str], stop: StopSignal
) -> tuple[TokenCount, ...]:
    """Count tokens of plain texts.

    vLLM and llama.cpp count beside the protocol. A server on the internet is not asked:
    the text would leave the house for a number that an estimate does for.

    Raises:
        CancelledError: somebody asked to stop.
    """
    found: list[TokenCount] = []
    counts = asked.endpoint.is_local
    for text in texts:
        tokens = _counted(asked, text, stop) if counts else None
        counts = tokens is not None
        guess = TokenCount(estimate_tokens(text), is_estimate=True)
        found.append(guess if tokens is None else TokenCount(tokens))
    return tuple(found)


def _counted(asked: Asked, text: str, stop: StopSignal) -> int | None:
    """Return the number that the server's tokenizer gives, None when it has none."""
    # vLLM reads `prompt`, llama.cpp `content`.
    body = {
        "model": asked.model,
        "prompt": text,
        "content": text,
        "add_special_tokens": False,
    }
    try:
        with exchange(
            "POST",
            f"{asked.endpoint.root}/tokenize",
            headers=headers(asked.key),
            body=json.dumps(body, ensure_ascii=False).encode("utf-8"),
            stop=stop,
            timeouts=_TIMEOUTS,
        ) as answer:
            value = json.loads(answer.body()) if answer.status == _OK else None
    except (WireError, ValueError):
        return None
    tokens = value.get("tokens") if isinstance(value, dict) else None
    return len(tokens) if isinstance(tokens, list) else None
