"""The page, its server, guard and requests."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.web.page import build_page as build_page
    from paperchat.web.server import build_server as build_server
    from paperchat.web.server import serve as serve

__getattr__, __all__ = face(__name__, {"build_page": "page", "build_server": "server", "serve": "server"})
