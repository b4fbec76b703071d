"""A script that runs before all others of the page."""

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class FirstScript:
    """ASGI middleware: begins the page with a script. What Gradio takes as `head` comes after its own scripts."""

    def __init__(self, site: ASGIApp, script: Path) -> None:
        """Begin the page of `site` with a script."""
        self.site = site
        self._script = f"<script>{script.read_text(encoding='utf-8')}</script>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; the page itself comes whole and not compressed, so that it can be added to."""
        if scope["type"] != "http" or (scope["method"], scope["path"]) != ("GET", "/"):
            await self.site(scope, receive, send)
            return
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.site({**scope, "headers": plain}, receive, keep)
        body = b"".join(message.get("body", b"") for message in messages)
        body = body.replace(b"<head>", b"<head>" + self._script, 1)
        MutableHeaders(scope=messages[0])["content-length"] = str(len(body))
        await send(messages[0])
        await send({"type": "http.response.body", "body": body})
