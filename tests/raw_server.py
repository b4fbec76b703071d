"""A server that sends bytes as a test gives them, whatever is asked: for what no well-behaved server sends."""

import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import TracebackType
from typing import final

Bytes = bytes | Iterable[bytes]


@final
class RawServer:
    """Answers a request for a path with the bytes that `script` has for it, one connection each, inside `with`."""

    def __init__(self, script: Callable[[str], Bytes]) -> None:
        self.paths: list[str] = []
        self._script = script
        self._closing = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def __enter__(self) -> "RawServer":
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def wait(self, seconds: float) -> bool:
        """Wait; tell whether the server still runs."""
        return not self._closing.wait(seconds)

    def _serve(self) -> None:
        with suppress(OSError):
            while not self._closing.is_set():
                connection, _ = self._listening.accept()
                threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            asked = b""
            while b"\r\n\r\n" not in asked:
                if not (more := connection.recv(65536)):
                    return
                asked += more
            path = asked.split(b" ", 2)[1].decode()
            self.paths.append(path)
            sent = self._script(path)
            for piece in [sent] if isinstance(sent, bytes) else sent:
                connection.sendall(piece)
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(0.2)
            while connection.recv(65536):  # closing with unread bytes would reset the connection
                pass
