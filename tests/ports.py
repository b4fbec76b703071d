"""A port for a server that another process starts."""

import random
import socket

PORTS = range(20_000, 32_000)
"""Below what systems hand out to whoever asks for any port: nobody is given one of these meanwhile."""


def free_port() -> int:
    """Return a port on which nothing listens."""
    for port in random.sample(PORTS, 100):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise OSError("no port is free")
