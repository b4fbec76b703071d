"""The server of the page: where it listens, how it starts and ends."""

import errno
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from paperchat.errors import PaperchatError
from paperchat.storage.readers.listing import MAX_BYTES
from paperchat.web.api import add_routes
from paperchat.web.first_script import FirstScript
from paperchat.web.guard import Guard, is_wildcard
from paperchat.web.page import PAGE, build_page, functions_of
from paperchat.web.serving import Serving
from paperchat.web.shell import add_shell
from paperchat.web.uploads import Uploads

if TYPE_CHECKING:
    import gradio
    import uvicorn
    from fastapi import FastAPI

    from paperchat.sets import Sets
    from paperchat.web.shell import Run

SHUTDOWN = 1
"""Seconds that open streams have to end after Ctrl-C."""

STYLES = (
    "tokens.css", "base.css", "shared.css", "icons.css", "bar.css", "conversation.css", "draft.css", "dialogs.css",
    "comparison.css", "composer.css", "evidence.css", "widths.css", "moving.css", "scope.css",
    "browse.css", "places.css", "sheet.css", "models.css", "settings.css", "importing.css", "sets.css",
    "pairs.css", "asked_on.css", "states.css",
)  # fmt: skip
"""The styles in their order: what all others are made of first, and of two rules that weigh the same the later."""

NO_DOCS: dict[str, Any] = {"docs_url": None, "redoc_url": None, "openapi_url": None}

ICON = '<link rel="icon" type="image/svg+xml" href="/favicon.ico">'


def build_server(sets: "Sets", host: str, shell: "Run | None" = None) -> "uvicorn.Server":
    """Return the server of the page, guarded and not yet running; `shell` runs the commands of this machine."""
    with sets.using() as app:
        uploads = Uploads(app.imports.lent)
    serving = Serving(sets, uploads)
    page = build_page(serving)
    import uvicorn
    from fastapi import FastAPI

    site = FastAPI(**NO_DOCS)
    add_routes(site, serving)
    if shell:
        add_shell(site, shell)
    token = sets.address.token if sets.address else ""
    config = uvicorn.Config(
        Guard(FirstScript(_mounted(site, page, host), PAGE / "rest.js"), host, functions_of(page), uploads, token),
        log_level="critical",
        timeout_graceful_shutdown=SHUTDOWN,
        server_header=False,
        proxy_headers=False,
    )
    return uvicorn.Server(config)


def _mounted(site: "FastAPI", page: "gradio.Blocks", host: str) -> "FastAPI":
    """Return the site with the page at its root."""
    import gradio as gr

    mounted: FastAPI = gr.mount_gradio_app(
        site,
        page,
        "/",
        server_name=host,
        app_kwargs=NO_DOCS,
        footer_links=[],
        root_path="",
        allowed_paths=[],
        pwa=False,
        mcp_server=False,
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        show_error=False,
        max_file_size=MAX_BYTES,
        favicon_path=str(PAGE / "favicon.svg"),
        head=f"{ICON}<style>{_styles()}</style>",  # `css` would be rewritten
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
    )
    return mounted


def _styles() -> str:
    return "\n".join((PAGE / name).read_text(encoding="utf-8") for name in STYLES)


def check_port(host: str, port: int) -> None:
    """Raise PaperchatError when the page cannot be served here, before any heavy work is done."""
    listen(host, port).close()


def serve(sets: "Sets", open_browser: bool, say: Callable[[str], object] = print, shell: "Run | None" = None) -> None:
    """Serve the page until Ctrl-C; say where it is, and open it in the user's browser if asked."""
    host, port = sets.settings.host, sets.settings.port
    with listen(host, port) as listening:
        server = build_server(sets, host, shell)
        say(f"paperchat is open at {address(host, port)} (Ctrl-C ends it)")
        if open_browser:
            threading.Thread(target=webbrowser.open, args=[address(host, port)], daemon=True).start()
        with suppress(KeyboardInterrupt):
            server.run([listening])


def address(host: str, port: int) -> str:
    """Return where a browser on this machine finds the page."""
    name = host if not is_wildcard(host) else "::1" if ":" in host else "127.0.0.1"
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens already: a browser that comes before the server is ready waits and is served."""
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(place[:2], family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PaperchatError(
                f"port {port} is in use.", "Stop the other program or choose another with --port."
            ) from None
        where = f"the page cannot be served on {host}, port {port}: {error.strerror}."
        raise PaperchatError(where, "Choose another with --host or --port.") from None
