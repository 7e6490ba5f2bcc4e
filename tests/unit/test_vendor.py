"""Files of others that the pages use: unmodified, with their licence and where they come from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

VENDOR = Path(__file__).resolve().parents[2] / "api" / "static" / "vendor"
FOLDERS = sorted(path for path in VENDOR.iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_vendored_asset_is_what_its_sidecar_says(folder):
    told = yaml.safe_load((folder / "vendor.yml").read_text(encoding="utf-8"))
    assert folder.name == f"{told['name'].replace('/', '-').lstrip('@')}-{told['version']}"
    assert told["licence"]
    assert told["version"] in told["origin"]
    files = {path.name: path for path in folder.iterdir() if path.name != "vendor.yml"}
    assert any("licen" in name.lower() for name in files)
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == told["sha256"]
