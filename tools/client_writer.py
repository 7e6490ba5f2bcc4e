"""Write shapes and operations of the Python client from the API's description: ``python tools/client_writer.py``."""

from __future__ import annotations

import keyword
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from api.app import create_app
from api.v1.operations import SPEC
from models.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
CLIENT = ROOT / "client"
KINDS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
METHODS = ("get", "post", "patch", "delete")
KEY = "Idempotency-Key"
HEAD = '"""{what}; written by tools/client_writer.py, not by hand."""\n\n'
Schema = Mapping[str, Any]


def description() -> Schema:
    """Return the OpenAPI document of the API."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.read({}, db=f"sqlite:///{folder}/none.db"))
        document: Schema = app.extensions[SPEC].to_dict()
    return document


def kind_of(schema: Schema, prefix: str = "") -> str:
    """Return the Python type of a schema."""
    if "$ref" in schema:
        return prefix + schema["$ref"].rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(kind_of(each, prefix) for each in schema["anyOf"])
    if "enum" in schema and len(schema["enum"]) <= 20:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    types = schema.get("type", [])
    named = [types] if isinstance(types, str) else types
    if not named:
        return "Any"
    return " | ".join(_simple(each, schema, prefix) for each in named)


def _simple(name: str, schema: Schema, prefix: str) -> str:
    if name == "array":
        return f"list[{kind_of(schema.get('items', {}), prefix)}]"
    if name == "object":
        inner = schema.get("additionalProperties")
        return f"dict[str, {kind_of(inner, prefix) if isinstance(inner, dict) else 'Any'}]"
    return KINDS[name]


def shapes(document: Schema) -> Iterator[str]:
    """Yield the module of shapes, piece by piece."""
    yield HEAD.format(what="What the API sends and takes")
    yield "from __future__ import annotations\n\nfrom typing import Any, Literal, NotRequired, TypedDict\n"
    for name, schema in sorted(document["components"]["schemas"].items()):
        fields = schema.get("properties", {})
        required = schema.get("required", ())
        typed = {
            key: kind_of(each) if key in required else f"NotRequired[{kind_of(each)}]" for key, each in fields.items()
        }
        if any(keyword.iskeyword(key) for key in typed):
            body = ", ".join(f"{key!r}: {kind!r}" for key, kind in typed.items())
            yield f"{name} = TypedDict({name!r}, {{{body}}})\n"
            continue
        lines = "\n".join(f"    {key}: {kind}" for key, kind in typed.items())
        yield f'\n\nclass {name}(TypedDict):\n    """See the description of the API."""\n\n{lines}\n\n'


def operations(document: Schema) -> Iterator[str]:
    """Yield the module of operations, piece by piece."""
    yield HEAD.format(what="One method for each operation of the API")
    yield (
        "from __future__ import annotations\n\nfrom collections.abc import Iterable, Iterator, Mapping\n"
        "from typing import Any, Literal\n\nfrom client import shapes\n"
        "from client.transport import File, Transport, lines_of\n\n\n"
        'class Operations(Transport):\n    """The operations of the API, by the names of its description."""\n\n'
    )
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield operation(path.removeprefix("/api/v1"), method, item)


def operation(path: str, method: str, item: Schema) -> str:
    """Return the method of an operation."""
    told = item[method]
    everything = [*item.get("parameters", ()), *told.get("parameters", ())]
    in_path = [each for each in everything if each["in"] == "path"]
    in_query = [each for each in everything if each["in"] == "query"]
    body, sent = body_of(told)
    known = [f"{each['name']}: {kind_of(each['schema'])}" for each in in_path]
    asked = [
        f"{each['name']}: {kind_of(each['schema'])}" + ("" if each.get("required") else " | None = None")
        for each in sorted(in_query, key=lambda each: not each.get("required"))
    ]
    keyed = method == "post" and "content=lines" not in sent
    asked += ["idempotency_key: str | None = None"] if keyed else []
    named = ", ".join(["self", *known, *body, *(["*", *asked] if asked else [])])
    params = "{" + ", ".join(f"{each['name']!r}: {each['name']}" for each in in_query) + "}"
    where = f"f{path!r}" if in_path else repr(path)
    answer, call = call_of(told, method, where, params, sent, ", key=idempotency_key" if keyed else "")
    words = told["summary"][0].upper() + told["summary"][1:]
    return f'    def {told["operationId"]}({named}) -> {answer}:\n        """{words}."""\n{call}\n'


def body_of(told: Schema) -> tuple[list[str], str]:
    """Return the parameter that holds what is sent, and how it is handed on."""
    content = told.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        return [f"said: {kind_of(content['application/json']['schema'], 'shapes.')}"], ", body=said"
    if "application/x-ndjson" in content:
        return ["documents: Iterable[Mapping[str, Any]]"], ", content=lines_of(documents)"
    return (["file: File"], ", content=file") if content else ([], "")


def call_of(told: Schema, method: str, where: str, params: str, sent: str, key: str) -> tuple[str, str]:
    """Return the type of an answer and the statements that get it."""
    code, answer = next((code, each) for code, each in told["responses"].items() if code.startswith("2"))
    content = answer.get("content", {})
    verb = method.upper()
    if "application/x-ndjson" in content:
        return "Iterator[Any]", f"        return self._lines({verb!r}, {where}, {params}{sent})"
    if "text/event-stream" in content:
        return "Iterator[tuple[str, Any]]", f"        return self._events({where}, {params})"
    if content and "application/json" not in content:
        return "bytes", f"        return self._file({verb!r}, {where}, {params}{sent})"
    if code == "204":
        return "None", f"        self._write({verb!r}, {where}, {params})"
    kind = kind_of(content["application/json"]["schema"], "shapes.")
    got = f"self._read({where}, {params})" if verb == "GET" else f"self._write({verb!r}, {where}, {params}{sent}{key})"
    return kind, f"        found: {kind} = {got}\n        return found"


def formatted(text: str, name: str) -> str:
    """Return code as the house formats it."""
    ruff = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(CLIENT / name), "-"]
    return subprocess.run(ruff, input=text, capture_output=True, text=True, check=True, cwd=ROOT).stdout  # noqa: S603


def modules() -> dict[str, str]:
    """Return the modules that are written, by name."""
    document = description()
    made = {"shapes.py": "".join(shapes(document)), "operations.py": "".join(operations(document))}
    return {name: formatted(text, name) for name, text in made.items()}


if __name__ == "__main__":
    for name, text in modules().items():
        (CLIENT / name).write_text(text, encoding="utf-8")
