"""The API's description, as the page's types are made from it: `python -m tests.openapi` writes web/openapi.json,
`--check` compares."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from dateline.service.app import create_app
from dateline.service.settings import Settings

FILE = Path(__file__).parent.parent / "web" / "openapi.json"

#: What Python 3.13 calls two statuses, and Python 3.11 and 3.12: the file is the same on all of them.
_RENAMED = {"Content Too Large": "Request Entity Too Large", "Unprocessable Content": "Unprocessable Entity"}


def described() -> str:
    """The description, as it is kept."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(str(Path(folder) / "ledger.sqlite")))
        text = json.dumps(app.openapi(), indent=1, ensure_ascii=False) + "\n"
        app.state.service.close()
    for new, old in _RENAMED.items():
        text = text.replace(f'"description": "{new}"', f'"description": "{old}"')
    return text


if __name__ == "__main__":
    if "--check" not in sys.argv:
        FILE.write_text(described(), encoding="utf-8")
    elif FILE.read_text(encoding="utf-8") != described():
        sys.exit("web/openapi.json is not the API's: python -m tests.openapi, then npm run types in web/.")
