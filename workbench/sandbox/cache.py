"""Prompt caching: which part of a prompt was seen a short while ago.

Beginnings of prompts that end at a cache point are remembered by their hash, per model,
until their time is up; reading one starts its time anew.
"""

import dataclasses
import hashlib
import time
from collections.abc import Callable, Sequence

from workbench.sandbox.prompt import CachePoint, Part

_SECONDS = {"5m": 300.0, "1h": 3600.0}


@dataclasses.dataclass(frozen=True, slots=True)
class CacheUse:
    """Tokens of a prompt by how they are charged.

    Attributes:
        fresh: tokens neither read from the cache nor written to it.
        read: tokens found in the cache.
        written: tokens kept from now on.
        details: ``(ttl, tokens)`` of what was written.
        asked: whether the prompt has a cache point at all.
    """

    fresh: int
    read: int = 0
    written: int = 0
    details: tuple[tuple[str, int], ...] = ()
    asked: bool = False

    def as_usage(self, output_tokens: int) -> dict[str, object]:
        """Return the ``usage`` of Converse."""
        total = self.fresh + self.read + self.written + output_tokens
        usage: dict[str, object] = {
            "inputTokens": self.fresh,
            "outputTokens": output_tokens,
            "totalTokens": total,
        }
        if self.asked:
            usage["cacheReadInputTokens"] = self.read
            usage["cacheWriteInputTokens"] = self.written
            usage["cacheDetails"] = [
                {"ttl": ttl, "inputTokens": count} for ttl, count in self.details
            ]
        return usage


@dataclasses.dataclass(frozen=True, slots=True)
class _Prefix:
    key: bytes
    tokens: int
    ttl: str


class PromptCache:
    """Remembers beginnings of prompts; used from the server's thread alone."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, least: int = 0
    ) -> None:
        """Start empty.

        Args:
            clock: seconds, ever rising.
            least: shorter beginnings, in tokens, are not kept (AWS: 1024 and more,
                by model).
        """
        self._clock = clock
        self._least = least
        self._until: dict[bytes, float] = {}

    def use(self, model: str, parts: Sequence[Part], counts: Sequence[int]) -> CacheUse:
        """Look a prompt up and remember it.

        Args:
            model: a cache serves one model only.
            parts: of the prompt.
            counts: tokens of each part, 0 for cache points.
        """
        total = sum(counts)
        prefixes = [p for p in _prefixes(model, parts, counts) if self._is_long(p)]
        if not prefixes:
            asked = any(isinstance(part, CachePoint) for part in parts)
            return CacheUse(total, asked=asked)
        now = self._clock()
        self._until = {key: end for key, end in self._until.items() if end > now}
        known = [p.tokens for p in prefixes if p.key in self._until]
        for prefix in prefixes:
            self._until[prefix.key] = now + _SECONDS[prefix.ttl]
        read = max(known, default=0)
        details, before = [], read
        for prefix in prefixes:
            if prefix.tokens > before:
                details.append((prefix.ttl, prefix.tokens - before))
                before = prefix.tokens
        return CacheUse(total - before, read, before - read, tuple(details), True)

    def _is_long(self, prefix: _Prefix) -> bool:
        return prefix.tokens >= max(1, self._least)


def _prefixes(
    model: str, parts: Sequence[Part], counts: Sequence[int]
) -> list[_Prefix]:
    digest = hashlib.sha256(model.encode())
    found, tokens = [], 0
    for part, count in zip(parts, counts, strict=True):
        if isinstance(part, CachePoint):
            found.append(_Prefix(digest.digest(), tokens, part.ttl))
        else:
            # The length keeps two texts from looking like one that joins them.
            text = part.text.encode()
            digest.update(b"%d:%d:%b" % (len(text), part.tokens, text))
            tokens += count
    return found
