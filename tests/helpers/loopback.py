"""A small server on loopback, one thread for each client, that can be hung up on, killed, and come back."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self


class LoopbackServer:
    """Base of the cameras on the network; runs for the duration of a `with` block. Leaves nothing behind."""

    def __init__(self) -> None:
        self.port = 0
        self._lock = threading.Lock()
        self._server: socket.socket | None = None
        self._threads: list[threading.Thread] = []
        self._clients: set[socket.socket] = set()

    def __enter__(self) -> Self:
        self.come_back()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def come_back(self) -> None:
        """Listens again, at the port it had before."""
        # Clients that were cut off leave the port in TIME_WAIT, which create_server() passes over.
        server = self._server = socket.create_server(("127.0.0.1", self.port))
        self.port = server.getsockname()[1]
        self._begin("accept", self._accept, server)

    def kill(self) -> None:
        """Closes every connection in the middle of whatever it carried, and stops listening."""
        server, self._server = self._server, None
        if server is None:
            return
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        with self._lock:
            for client in self._clients:
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive(), thread.name
        self._threads.clear()

    @property
    def is_up(self) -> bool:
        """Whether it listens."""
        return self._server is not None

    @property
    def clients(self) -> int:
        """How many are connected."""
        return len(self._clients)

    def serve(self, client: socket.socket) -> None:
        """One client on a thread of its own, until this returns or raises OSError."""
        raise NotImplementedError

    def _begin(self, name: str, run: object, *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments, name=f"{type(self).__name__} {name}")  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            with self._lock:
                self._clients.add(client)
                self._begin("client", self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            self.serve(client)
        with self._lock:
            self._clients.discard(client)
