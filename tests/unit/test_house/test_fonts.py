from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import jis

LARGEST_MB = 4
STYLES = ("Regular", "Bold")
INTERFACE = "→←↑↓↔⇧⌘⏎✓●○■□▲▼◆…—–−×÷±≤≥≠≈·•“”‘’€£¥％～〜「」『』【】①②"


@pytest.fixture(params=STYLES)
def path(request: pytest.FixtureRequest, checkout: Path) -> Path:
    return checkout / "resources" / "fonts" / f"NotoSansJP-{request.param}.otf"


def test_jis_x_0208_is_whole() -> None:
    # 6,355 kanji of levels 1 and 2 and 524 other characters, as the standard counts.
    assert len(jis.jis_x_0208()) == 6879


def test_the_font_covers_jis_x_0208_and_the_interface(path: Path) -> None:
    covered = set(TTFont(path).getBestCmap())
    missing = {
        each for each in jis.jis_x_0208() | set(INTERFACE) if ord(each) not in covered
    }
    assert sorted(missing) == []


def test_the_font_is_small_and_keeps_its_licence(path: Path) -> None:
    assert path.stat().st_size < LARGEST_MB * 1_000_000
    assert "SIL Open Font License" in TTFont(path)["name"].getDebugName(13)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (path.parent / "OFL.txt").read_text(
        encoding="utf-8"
    )


def test_both_styles_are_one_family(checkout: Path) -> None:
    fonts = [
        TTFont(checkout / "resources/fonts" / f"NotoSansJP-{s}.otf") for s in STYLES
    ]
    assert {font["name"].getDebugName(1) for font in fonts} == {"Noto Sans JP"}
    assert [font["OS/2"].usWeightClass for font in fonts] == [400, 700]
