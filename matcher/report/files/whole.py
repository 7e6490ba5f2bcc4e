"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import StorageError
from models.text import T


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a draft to write to, which takes the place of ``path`` if all goes well and is gone otherwise.

    Raises
    ------
    StorageError
        If it cannot be written.
    """
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        os.close(handle)
        draft = Path(name)
        yield draft
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            T("{path} cannot be written: {reason}", path=path, reason=reason), T("choose a folder you may write to")
        ) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)
