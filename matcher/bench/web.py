"""How fast pages are for people at work: the real server over a generated register, asked by many at once.

The server is a process of its own on this machine, as ``zveno serve`` starts it. Each user signs in by the link of the
machine's session, opens a page drawn from a mix, reads for a while, and opens the next.
"""

from __future__ import annotations

import csv
import gzip
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import numpy as np

from matcher.bench.imports import invented_inn
from matcher.index.generated import generated_firms, generated_links
from matcher.pipeline.register.imports import import_one
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.classifications import activity_name, groups
from models.errors import StorageError
from models.records import Company
from models.settings import Settings
from models.text import T

#: Users at once, seconds of the measurement, and how long one reads a page: between these, each as likely.
USERS, SECONDS, READS_S = 20, 60.0, (1.0, 3.0)
#: Observed suppliers of each generated firm, and every how many firms say something in own words.
LINKS_EACH, SPEAKS = 4, 20
#: Words to search for, beginnings of the activities of the classification.
WORDS = ("производство", "пластмассовых", "торговля", "ремонт", "удобрений", "машин")
SEED = 11
#: After how long the first question asks again for what is being computed, seconds: so exactly is its time known.
AGAIN_S = 0.2
_DUR = re.compile(r"(\w+);dur=([\d.]+)")
_SERVER = "from api.cli import main; main()"

Ask = Callable[[random.Random], str]


def bench_web(count: int, users: int = USERS, seconds: float = SECONDS) -> Document:
    """Return milliseconds of every page of the mix, first asked alone and then by all users at once.

    Parameters
    ----------
    count
        Firms of the generated register.
    users
        How many people are at work.
    seconds
        How long.

    Notes
    -----
    ``first_ms`` is the time of the first question of each page, before anything about it is kept; ``kb`` the size of
    the answer as it travels. Times are from the request to the last byte of the answer, whatever else the machine does:
    a notice that it is being computed is no answer, so waiting as long as a browser does and asking again count.
    ``server`` ones are what the server says it took from when a thread took the request, and ``cpu`` is processor time
    of that thread. ``load`` tells how many programs wanted a processor when people came, and ``on_the_way`` how often
    there was such a notice.
    """
    firms = [replace(firm, inn=invented_inn(row)) for row, firm in enumerate(generated_firms(count, groups()))]
    with tempfile.TemporaryDirectory(prefix="zveno-bench-") as folder:
        settings = made(Path(folder), firms)
        with serving(settings) as (address, link):
            cookie = let_in(address, link)
            mix = pages_of(firms)
            first = {name: ask_alone(address, cookie, path(random.Random(SEED))) for name, path in mix.items()}  # noqa: S311
            load = os.getloadavg()[0]
            asked = crowd(address, cookie, mix, users, seconds)
    everything = [each for name in asked for each in asked[name]]
    return {
        "firms": count,
        "users": users,
        "load": round(load, 1),
        "requests": len(everything),
        "requests_per_s": round(len(everything) / seconds, 1),
        "on_the_way": sum(each.notices for each in everything),
        "median_ms": at([each.taken for each in everything], 50),
        "p95_ms": at([each.taken for each in everything], 95),
        "server_p95_ms": at([each.server for each in everything], 95),
        "cpu_median_ms": at([each.cpu for each in everything], 50),
        "cpu_p95_ms": at([each.cpu for each in everything], 95),
        **{
            key: value
            for name in mix
            for key, value in {
                f"{name}_first_ms": round(first[name].taken * 1000),
                f"{name}_median_ms": at([each.taken for each in asked[name]], 50),
                f"{name}_p95_ms": at([each.taken for each in asked[name]], 95),
                f"{name}_cpu_median_ms": at([each.cpu for each in asked[name]], 50),
                f"{name}_kb": round(first[name].size / 1000, 1),
            }.items()
        },
    }


class Asked(NamedTuple):
    """The answer to one question: seconds until its last byte, those of the server, its processor time, and its size.

    ``notices`` is how often it was said before that the answer is being computed.
    """

    taken: float
    server: float
    cpu: float
    size: int
    notices: int


def at(times: Sequence[float], percent: float) -> float | None:
    """Return a percentile in milliseconds, ``None`` of nothing.

    >>> at([0.01, 0.02, 0.03], 50), at([], 95)
    (20.0, None)
    """
    return round(float(np.percentile(times, percent)) * 1000, 1) if times else None


def made(folder: Path, firms: Sequence[Company]) -> Settings:
    """Return settings of a register that was made by importing firms and their sales as tables."""
    settings = Settings.read(
        {"ZVENO_CACHE_DIR": str(folder / "cache")}, db=f"sqlite:///{folder / 'bench.db'}", lang="ru"
    )
    write_firms(folder / "firms.csv", firms)
    write_sales(folder / "sales.csv", firms)
    workspace = Workspace(settings)
    for name in ("firms.csv", "sales.csv"):
        import_one(workspace, str(folder / name), None, False, False)
    workspace.store.close()
    return settings


def write_firms(path: Path, firms: Sequence[Company]) -> None:
    """Write firms as a table, some of them with words about what they make."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(("inn", "name", "okved_main", "okved_extra", "region_code", "city", "status", "category",
                        "offers", "revenue_rub", "year"))  # fmt: skip
        for number, firm in enumerate(firms):
            word = activity_name(firm.okved_main or "", "ru")
            name, said = f"ООО «{word.split()[-1].capitalize()}-{number}»", "" if number % SPEAKS else word
            extra, revenue = ", ".join(firm.okved_extra), round(firm.revenue_rub or 0)
            table.writerow((firm.inn, name, firm.okved_main, extra, firm.region_code, firm.city, firm.status,
                            firm.category, said, revenue, firm.revenue_year))  # fmt: skip


def write_sales(path: Path, firms: Sequence[Company]) -> None:
    """Write observed sales as a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(("supplier_inn", "buyer_inn", "okpd2", "amount_rub", "date", "source"))
        for link in generated_links(firms, LINKS_EACH):
            table.writerow((link.supplier_inn, link.buyer_inn, "", 1_000_000, "2016-05-01", "generated"))


def pages_of(firms: Sequence[Company]) -> Mapping[str, Ask]:
    """Return the mix: each page with what makes an address of it; every page is as likely."""
    inns = [firm.inn for firm in firms]
    regions = sorted({firm.region_code for firm in firms if firm.region_code})

    def partners(chance: random.Random) -> str:
        return f"/suppliers?inn={chance.choice(inns)}"

    return {
        "home": lambda _: "/",
        "companies": lambda chance: f"/companies?page={chance.randint(1, 9)}",
        "companies_filtered": lambda chance: f"/companies?region={chance.choice(regions)}&size=small&size=medium",
        "companies_searched": lambda chance: f"/companies?text={quote(chance.choice(WORDS))}",
        "company": lambda chance: f"/companies/{chance.choice(inns)}",
        "suppliers": partners,
        "suppliers_flat": lambda chance: f"{partners(chance)}&flat=1",
        "buyers": lambda chance: f"/buyers?inn={chance.choice(inns)}",
        "compare": lambda chance: f"/compare?buyer={chance.choice(inns)}",
        "gaps": lambda chance: f"/gaps?cluster=chemical&region={chance.choice(('26', '77'))}",
        "projects": lambda chance: f"/projects?cluster=chemical&region={chance.choice(('26', '77'))}",
        "chain": lambda chance: f"/chain?region={chance.choice(('26', '77'))}",
        "introductions": lambda _: "/introductions",
    }


@contextmanager
def serving(settings: Settings) -> Iterator[tuple[str, str]]:
    """Serve a register as a process of its own: its address, and the link that lets in once.

    Raises
    ------
    StorageError
        If the server does not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", _SERVER, "serve", "--db", settings.database_url, "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 -- our own code
        assert process.stderr is not None
        told: list[str] = []
        try:
            for line in process.stderr:
                told.append(line)
                if "/enter/" in line:
                    yield f"127.0.0.1:{port}", urlsplit(line.split()[-1]).path
                    return
            raise StorageError(T("the server did not start: {told}", told=" ".join(told[-3:])))
        finally:
            process.terminate()
            process.communicate(timeout=60)


def let_in(address: str, link: str) -> str:
    """Return the cookie of whoever comes through the link of the machine."""
    connection = http.client.HTTPConnection(address)
    connection.request("GET", link)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return (answer.getheader("Set-Cookie") or "").partition(";")[0]


def ask_alone(address: str, cookie: str, path: str) -> Asked:
    """Return the answer to one question over a connection of its own, soon after it is there."""
    with closing(http.client.HTTPConnection(address)) as connection:
        return asked(connection, cookie, path, AGAIN_S)


def asked(connection: http.client.HTTPConnection, cookie: str, path: str, again_s: float | None = None) -> Asked:
    """Return the answer to one question over a connection that stays open; asked again while it is being computed.

    Parameters
    ----------
    again_s
        After how long it is asked again, seconds; by default when the notice says so, as browsers do.

    Raises
    ------
    StorageError
        If it is no page.
    """
    start, server, cpu, notices = time.perf_counter(), 0.0, 0.0, 0
    while True:
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip", "Accept-Language": "ru"})
        answer = connection.getresponse()
        body = answer.read()
        taken = time.perf_counter() - start
        if answer.status not in (http.client.OK, http.client.ACCEPTED):
            text = (gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body).decode()[-300:]
            raise StorageError(T("{path} answered {status}: {text}", path=path, status=answer.status, text=text))
        told = {name: float(value) / 1000 for name, value in _DUR.findall(answer.getheader("Server-Timing") or "")}
        server, cpu = server + told["total"], cpu + told["cpu"]
        if answer.status == http.client.OK:
            return Asked(taken, server, cpu, len(body), notices)
        notices += 1
        time.sleep(float(answer.headers["Refresh"]) if again_s is None else again_s)


def crowd(address: str, cookie: str, mix: Mapping[str, Ask], users: int, seconds: float) -> dict[str, list[Asked]]:
    """Return the answers to every page that users opened within a time, seconds."""
    found: dict[str, list[Asked]] = {name: [] for name in mix}
    failures: list[Exception] = []
    end = time.monotonic() + seconds

    def work(number: int) -> None:
        chance = random.Random(SEED + number)  # noqa: S311 -- measurements, not secrets
        connection = http.client.HTTPConnection(address)
        try:
            time.sleep(chance.uniform(0, READS_S[1]))
            while time.monotonic() < end and not failures:
                name = chance.choice(list(mix))
                found[name].append(asked(connection, cookie, mix[name](chance)))
                time.sleep(chance.uniform(*READS_S))
        except Exception as error:  # told by the thread that waits
            failures.append(error)
        finally:
            connection.close()

    people = [threading.Thread(target=work, args=(number,)) for number in range(users)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    if failures:
        raise failures[0]
    return found
