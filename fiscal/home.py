"""The user's own folder: official lists and texts of laws that were taken in.

It is the data folder of the platform, or the one that the environment variable `FISCAL_HOME` names.
"""

from __future__ import annotations

import os
import sys

__all__ = ["HOME", "home"]

HOME = "FISCAL_HOME"
_XDG_DATA_HOME = os.path.expanduser("~/.local/share")


def home() -> str:
    """Return the path of the user's own folder, whether or not it is there."""
    return os.environ.get(HOME) or _default_home()


def _default_home() -> str:
    if sys.platform == "linux":
        # The XDG rule by hand: every look-up asks this, and the library takes longer to load.
        return os.path.join(os.environ.get("XDG_DATA_HOME") or _XDG_DATA_HOME, "fiscal")
    import platformdirs

    return platformdirs.user_data_dir("fiscal")
