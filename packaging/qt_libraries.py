"""Which system libraries Qt misses on Linux, and the packages that hold them.

The wheels of PySide6 bring Qt itself but expect a few libraries from the system. A
bare server or container lacks them, and Qt's own message names one file at a time; the
dynamic linker names all at once.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
ALWAYS = (
    "Qt/lib/libQt6Core.so.6",
    "Qt/lib/libQt6Gui.so.6",
    "Qt/lib/libQt6Widgets.so.6",
    "Qt/lib/libQt6Network.so.6",
    "Qt/lib/libQt6Svg.so.6",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqminimal.so",
)
X11 = "Qt/plugins/platforms/libqxcb.so"
WAYLAND = "Qt/plugins/platforms/libqwayland.so"
NOT_FOUND = re.compile(r"^\s*(\S+\.so[.\d]*) => not found", re.MULTILINE)
CANNOT_OPEN = re.compile(r"(\S+\.so[.\d]*): cannot open shared object file")
IMPORTS = "from PySide6 import QtCore, QtGui, QtNetwork, QtSvg, QtTest, QtWidgets"


def has_display() -> bool:
    """Tell whether a window can be shown; elsewhere than on Linux it always can."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def offscreen() -> dict[str, str]:
    """Return the variables for a run of Qt that shows no window."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def unresolved(linker_output: str) -> list[str]:
    """Read the missing libraries from what ldd, or a failed import, printed."""
    found = NOT_FOUND.findall(linker_output) + CANNOT_OPEN.findall(linker_output)
    # Libraries of Qt itself are found through a path that ldd sees only from inside.
    return sorted({name for name in found if not name.startswith("libQt6")})


def packages_for(libraries: list[str]) -> list[str]:
    """Name the Debian packages; a library we do not know is left out."""
    return sorted({PACKAGES[name] for name in libraries if name in PACKAGES})


def import_error(python: Path) -> str:
    """Import Qt in a fresh interpreter; empty when it works."""
    answer = subprocess.run(
        [str(python), "-c", IMPORTS],
        capture_output=True,
        text=True,
        check=False,
        env=offscreen(),
    )
    lines = answer.stderr.strip().splitlines()
    return lines[-1] if answer.returncode and lines else ""


def missing(python: Path) -> list[str]:
    """List the shared libraries that Qt would not find."""
    if sys.platform != "linux":
        return []
    seen = import_error(python)
    if shutil.which("ldd"):
        seen += "\n" + "".join(linked(path) for path in parts(python))
    return unresolved(seen)


def parts(python: Path) -> list[Path]:
    """List the files of Qt whose needs count on this computer."""
    folders = list(python.parent.parent.glob("lib*/python3*/site-packages/PySide6"))
    names = list(ALWAYS)
    if os.environ.get("DISPLAY"):
        names.append(X11)
    if os.environ.get("WAYLAND_DISPLAY"):
        names.append(WAYLAND)
    return [
        path for folder in folders for name in names if (path := folder / name).exists()
    ]


def linked(path: Path) -> str:
    """Ask the dynamic linker what a file needs."""
    return subprocess.run(
        ["ldd", str(path)], capture_output=True, text=True, check=False
    ).stdout


def ensure(python: Path) -> str:
    """Install what is missing where that is allowed; else return what to do."""
    libraries = missing(python)
    if not libraries:
        return ""
    packages = packages_for(libraries)
    if packages and may_install():
        print(f"Qt needs system libraries: {', '.join(packages)}", flush=True)
        install(packages)
        libraries = missing(python)
    return advice(libraries) if libraries else ""


def advice(libraries: list[str]) -> str:
    """Say in words which libraries are missing and how they come."""
    packages = packages_for(libraries)
    text = f"Qt misses system libraries: {', '.join(libraries)}."
    if packages:
        text += (
            "\nOn Debian and Ubuntu: sudo apt-get install -y "
            f"{' '.join(packages)}\nElsewhere: the packages that hold these files."
        )
    return text


def may_install() -> bool:
    """Tell whether this is a Debian where we are allowed to install packages."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install with apt-get; its lists are fetched first only when they are too old."""
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(command, check=False, env=quiet).returncode == 0:
        return
    subprocess.run(["apt-get", "update", "-q"], check=False, env=quiet)
    subprocess.run(command, check=False, env=quiet)
