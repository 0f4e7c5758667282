"""Where the folders that ship with goalkit are: in a wheel and in a checkout."""

from pathlib import Path
from typing import Literal

Resource = Literal["templates", "sample-vault"]

_PACKAGE = Path(__file__).resolve().parent


def folder(name: Resource) -> Path:
    """Return the folder `name`: beside the code in a wheel, at the top level in a checkout.

    Raises FileNotFoundError when the installation has lost it.
    """
    for place in (_PACKAGE / "_data", _PACKAGE.parent):
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(
        f"goalkit is not installed whole: the folder {name!r} is missing beside {_PACKAGE}"
    )
