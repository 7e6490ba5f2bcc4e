"""One delivery: its signature, as the Standard Webhooks have it, and the request that carries it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import ssl
from http.client import HTTPConnection, HTTPException
from threading import Timer

from api.hooks.targets import Target

#: Seconds for each step of a request, and for all of it.
STEP_S, LONGEST_S = 5.0, 15.0
AGENT = "Zveno-Webhooks/1"


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return what proves that a delivery is ours: HMAC-SHA256 over its number, its moment and its body.

    References
    ----------
    Standard Webhooks, specification 1.0: ``v1,`` and the base64 of the HMAC of ``id.timestamp.body``; the key is the
    base64 after ``whsec_``.

    Examples
    --------
    >>> signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
    ...           b'{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def headers_of(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers of a delivery."""
    return {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }


def post(target: Target, headers: dict[str, str], body: bytes) -> int:
    """Send a delivery and return the status it was answered with; a redirection is an answer like any other.

    Raises
    ------
    OSError
        If nobody answers, in time, as HTTP has it.
    """
    with socket.create_connection((target.address, target.port), STEP_S) as plain:
        end = Timer(LONGEST_S, plain.shutdown, (socket.SHUT_RDWR,))
        end.daemon = True
        end.start()
        try:
            return _post(plain, target, headers, body)
        except HTTPException as error:
            raise OSError(type(error).__name__) from error
        finally:
            end.cancel()


def _post(plain: socket.socket, target: Target, headers: dict[str, str], body: bytes) -> int:
    context = ssl.create_default_context() if target.secure else None
    connection = HTTPConnection(target.host, target.port, timeout=STEP_S)
    connection.sock = context.wrap_socket(plain, server_hostname=target.host) if context else plain
    try:
        connection.request("POST", target.path, body, {"Connection": "close", **headers})
        return connection.getresponse().status
    finally:
        connection.close()
