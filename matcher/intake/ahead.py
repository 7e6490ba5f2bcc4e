"""Reading a large file in a process of its own, a little ahead of the one that writes to the store.

Understanding rows and storing them cost about the same, so that two processors take half the time. A small file is
read where it is written: starting a process would take longer.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

from matcher.intake.progress import Meter
from matcher.intake.registry import Sample, load
from matcher.intake.rows import Options, Parsed
from models.errors import UnreadableFile
from models.reader import batches
from models.text import T
from models.unit import BATCH

#: Bytes of a file, as it lies on disk, from which a process of its own is worth starting.
LARGE = 8 << 20
#: New objects after which cycles are looked for: documents hold none, and looking takes a tenth of the time; the rows
#: of a workbook do hold some.
YOUNG = 50_000
#: Rows handed over at once: as many as are written at once, so that while they are written the next are read. The pipe
#: holds hardly more than that.
HANDED = BATCH


@contextmanager
def rows_of(sample: Sample, name: str, options: Options) -> Iterator[Iterator[Parsed]]:
    """Give the rows of a source, read here or, of a large one, ahead in a process that ends with the block.

    Parameters
    ----------
    sample
        The source.
    name
        The format that reads it.
    options
        How it is to be read.

    Raises
    ------
    UnreadableFile
        If the file turns out to be damaged; also while the rows are iterated.
    """
    if sample.source.path.stat().st_size < LARGE:
        reader, manifest = load(name)
        yield reader.read(sample, manifest, options)
        return
    context = get_context("spawn")  # a fork would share the parent's threads' locks and its connection to the store
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=hand_over, args=(theirs, sample, name, options), daemon=True)
    process.start()
    theirs.close()
    try:
        yield received(ours, sample.source.meter)
    finally:
        ours.close()
        process.terminate()
        process.join()


def hand_over(pipe: Connection, sample: Sample, name: str, options: Options) -> None:
    """Send all rows, batch by batch, then an empty batch; or the error that ended the reading."""
    gc.freeze()
    gc.set_threshold(YOUNG)
    try:
        reader, manifest = load(name)
        for batch in batches(reader.read(sample, manifest, options), HANDED):
            pipe.send_bytes(pickle.dumps((batch, sample.source.meter.share), pickle.HIGHEST_PROTOCOL))
        pipe.send_bytes(pickle.dumps(([], None)))
    except (BrokenPipeError, KeyboardInterrupt):
        return  # nobody listens any more
    except Exception as error:  # the process that writes decides what to do with it
        pipe.send_bytes(pickle.dumps(error))


def received(pipe: Connection, meter: Meter) -> Iterator[Parsed]:
    """Yield the rows sent through a pipe, and pass on to a meter how far the file has been read.

    Raises
    ------
    UnreadableFile
        If the reading process died, for want of memory for instance.
    """
    while True:
        try:
            found = pickle.loads(pipe.recv_bytes())  # noqa: S301 -- from our own process
        except (EOFError, OSError) as error:  # the latter in the middle of a batch
            message = T("the process that read the file died")
            raise UnreadableFile(message, T("free some memory and import it again; nothing was changed")) from error
        if isinstance(found, Exception):
            raise found
        batch, share = found
        if not batch:
            return
        meter.tell(share)
        yield from batch
