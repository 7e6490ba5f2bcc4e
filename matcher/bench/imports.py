"""How fast a register in the tax service's real format is imported, beside a bare walk over the same file."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from matcher.report.frame import Document
from models.classifications import okved2
from models.identifiers import INN_WEIGHTS_10, inn_check_digit

#: Documents of a file of the register, as published.
PER_FILE = 900
SEED = 1


def bench_import(documents: int, rows: int) -> Document:
    """Return how fast a register and a table are imported into empty SQLite files, beside a bare walk.

    Parameters
    ----------
    documents
        How many firms the generated register has.
    rows
        How many firms the generated table (CSV) has.

    Notes
    -----
    The floor is ``lxml.etree.iterparse`` over the same ZIP that does nothing with what it finds; all times include
    reading the ZIP. An import runs as a process of its own; its peak memory is the sum of that process and of the one
    that reads ahead.
    """
    with tempfile.TemporaryDirectory() as folder:
        archive, table = Path(folder) / "register.zip", Path(folder) / "table.csv"
        megabytes = write_register(archive, documents) / 1e6
        floor_s = walk_seconds(archive)
        import_s, peak_mib = import_seconds(archive, Path(folder) / "register.db")
        write_table(table, rows)
        table_s, table_peak_mib = import_seconds(table, Path(folder) / "table.db")
    return {
        "documents": documents,
        "megabytes": round(megabytes, 1),
        "floor_mb_per_s": round(megabytes / floor_s, 1),
        "import_mb_per_s": round(megabytes / import_s, 1),
        "share_of_floor": round(floor_s / import_s, 3),
        "documents_per_s": round(documents / import_s),
        "import_s": round(import_s, 1),
        "peak_memory_mib": peak_mib,
        "table_rows": rows,
        "table_s": round(table_s, 1),
        "table_rows_per_s": round(rows / table_s),
        "table_peak_memory_mib": table_peak_mib,
    }


def write_register(path: Path, documents: int) -> int:
    """Write a generated register and return its size unpacked, in bytes."""
    size = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        firms = firm_documents(documents)
        for number in range(-(-documents // PER_FILE)):
            inside = [each for _, each in zip(range(PER_FILE), firms, strict=False)]
            text = (
                '<?xml version="1.0" encoding="UTF-8"?>'
                f'<Файл ТипИнф="РЕЕСТРМСП" ВерсФорм="4.01" КолДок="{len(inside)}">'
                f'<ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>{"".join(inside)}</Файл>\n'
            ).encode()
            size += len(text)
            archive.writestr(f"VO_RRMSPSV_{number:05d}.xml", text)
    return size


def firm_documents(count: int) -> Iterator[str]:
    """Yield documents of invented firms with real codes: as many extra codes as real ones have, none to twelve."""
    chance = random.Random(SEED)  # noqa: S311 -- a benchmark wants the same firms each time
    activities = [(code, each.name) for code, each in okved2().items() if len(code) >= 4]
    for number in range(count):
        inn = invented_inn(number)
        code, name = chance.choice(activities)
        extra = "".join(
            f'<СвОКВЭДДоп КодОКВЭД="{other}" НаимОКВЭД="{escaped(title)}" ВерсОКВЭД="2014"/>'
            for other, title in chance.choices(activities, k=chance.randint(0, 12))
        )
        yield (
            '<Документ ИдДок="00000000-0000-0000-0000-000000000000" ДатаСост="10.02.2019" ДатаВклМСП="10.07.2018"'
            ' ВидСубМСП="1" КатСубМСП="1" ПризНовМСП="2">'
            f'<ОргВклМСП НаимОрг="ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ &quot;ФИРМА {number}&quot;"'
            f' НаимОргСокр="ООО &quot;ФИРМА {number}&quot;" ИННЮЛ="{inn}"/><СведМН КодРегион="26">'
            '<Регион Тип="КРАЙ" Наим="СТАВРОПОЛЬСКИЙ"/><Город Тип="ГОРОД" Наим="НЕВИННОМЫССК"/></СведМН><СвОКВЭД>'
            f'<СвОКВЭДОсн КодОКВЭД="{code}" НаимОКВЭД="{escaped(name)}" ВерсОКВЭД="2014"/>{extra}</СвОКВЭД></Документ>'
        )


def write_table(path: Path, rows: int) -> None:
    """Write a generated table of firms with two figures each."""
    chance = random.Random(SEED)  # noqa: S311 -- as above
    activities = [code for code in okved2() if len(code) >= 4]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("ИНН;Наименование;Основной ОКВЭД;Регион;Город;Выручка, тыс. руб.;Численность;Год\n")
        for number in range(rows):
            revenue, workers = chance.randint(0, 9_999_999), chance.randint(0, 999)
            file.write(
                f'{invented_inn(number)};"ООО ""Фирма {number}""";{chance.choice(activities)};26;Невинномысск;'
                f"{revenue};{workers};2023\n"
            )


def invented_inn(number: int) -> str:
    """Return the INN of the firm of a number.

    >>> invented_inn(0)
    '2600000006'
    """
    digits = f"{260_000_000 + number:09d}"
    return f"{digits}{inn_check_digit(digits, INN_WEIGHTS_10)}"


def escaped(text: str) -> str:
    """Return a text fit for an attribute.

    >>> escaped('"a" & b')
    '&quot;a&quot; &amp; b'
    """
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def walk_seconds(archive: Path) -> float:
    """Return the seconds of a walk over every document that does nothing with it: no import can be faster."""
    start = time.perf_counter()
    with zipfile.ZipFile(archive) as files:
        for entry in files.infolist():
            with files.open(entry) as stream:
                for _, element in etree.iterparse(stream, tag="Документ", resolve_entities=False, no_network=True):
                    element.clear()
    return time.perf_counter() - start


_CHILD = """
import resource, sys, time
from pathlib import Path
from matcher.intake.run import import_file
from models.store import Store
def peak(whose):
    return resource.getrusage(whose).ru_maxrss // 1024
with Store.open(f"sqlite:///{sys.argv[2]}") as store:
    start = time.perf_counter()
    import_file(store, Path(sys.argv[1]))
    print(time.perf_counter() - start, peak(resource.RUSAGE_SELF) + peak(resource.RUSAGE_CHILDREN))
"""


def import_seconds(archive: Path, database: Path) -> tuple[float, int]:
    """Return the seconds of an import and the peak memory of its processes in MiB."""
    command = [sys.executable, "-c", _CHILD, str(archive), str(database)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- our own code
    seconds, peak = done.stdout.split()
    return float(seconds), int(peak)
