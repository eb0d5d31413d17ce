"""What an image file says about itself in its first bytes; nothing is decoded."""

import struct
from typing import NamedTuple


class ImageInfo(NamedTuple):
    """Format as the Converse API spells it, and sides in pixels."""

    format: str
    width: int
    height: int


def image_info(data: bytes) -> ImageInfo | None:
    """Return what an image is; None when it is none of png, jpeg, gif, webp."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return ImageInfo("png", *struct.unpack(">II", data[16:24]))
        if data.startswith((b"GIF87a", b"GIF89a")):
            return ImageInfo("gif", *struct.unpack("<HH", data[6:10]))
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError):
        return None
    return None


def _jpeg(data: bytes) -> ImageInfo | None:
    """Walk the segments to the one that begins the picture."""
    place = 2
    while place < len(data):
        if data[place] != 0xFF:
            return None
        marker = data[place + 1]
        if marker == 0xFF:  # padding
            place += 1
            continue
        if marker in {0x01, *range(0xD0, 0xD8)}:  # alone, without a length
            place += 2
            continue
        # SOF0 to SOF15, but for the tables DHT, JPG and DAC.
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return ImageInfo("jpeg", width, height)
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    return None


def _webp(data: bytes) -> ImageInfo | None:
    kind, body = data[12:16], data[20:30]
    if kind == b"VP8X":
        width, height = (int.from_bytes(body[i : i + 3], "little") for i in (4, 7))
        return ImageInfo("webp", width + 1, height + 1)
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return ImageInfo("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", body[6:10])
        return ImageInfo("webp", width & 0x3FFF, height & 0x3FFF)
    return None
