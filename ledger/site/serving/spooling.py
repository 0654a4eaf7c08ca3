"""Spooling: an answer as long as it may be, written by one thread while it is being sent.

A build waits until nobody reads the database, and then nobody else can. A slow reader must not
hold it that long: the rows are read as fast as SQLite gives them, into a file that goes with the
answer, and are sent from there as the reader takes them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator, Mapping
from tempfile import SpooledTemporaryFile
from threading import Condition, Thread
from typing import Any, Final

from datasette.utils.asgi import Base400, Response

Pieces = Generator[bytes, None, None]

IN_MEMORY: Final = 1 << 20
"""How many bytes of an answer are held in memory; what is longer is held in a file."""

PIECE: Final = 1 << 16
"""How many bytes are sent at a time."""

AT_ONCE: Final = 8
"""How many answers may be under way."""


class TooManyError(Base400):  # type: ignore[misc] # Datasette has no types
    """As many answers are under way as there may be."""

    status = 503


class Spool:
    """Bytes that a thread of its own takes from a generator, and that are read behind it."""

    _under_way = 0

    def __init__(self, pieces: Pieces) -> None:
        """Begin. Raises TooManyError if too many others have not ended."""
        if Spool._under_way >= AT_ONCE:
            message = f"{AT_ONCE} downloads are under way, which is all at once. Try again soon."
            raise TooManyError(message)
        Spool._under_way += 1
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 # is closed by `close`
        self._changed = Condition()
        self._place = 0
        self._end = 0
        self._ended = False
        self._closed = False
        self._error: Exception | None = None
        Thread(target=self._fill, args=(pieces,), daemon=True).start()

    def read(self) -> bytes:
        """Return what follows, waiting for it; nothing at the end. Raises what went wrong."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._end > self._place)
            if self._end > self._place:
                self._file.seek(self._place)
                piece = self._file.read(PIECE)
                self._place += len(piece)
                return piece
            if self._error:
                raise self._error
            return b""

    def close(self) -> None:
        """Give up what has not been read; the thread ends with the piece that it is at."""
        with self._changed:
            if not self._closed:
                self._closed = True
                Spool._under_way -= 1
                self._file.close()

    def _fill(self, pieces: Pieces) -> None:
        try:
            for piece in pieces:
                if not self._took(piece):
                    break
        except Exception as error:  # noqa: BLE001 # is raised where the answer is sent
            self._error = error
        finally:
            pieces.close()
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _took(self, piece: bytes) -> bool:
        with self._changed:
            if self._closed:
                return False
            self._file.seek(self._end)
            self._end += self._file.write(piece)
            self._changed.notify_all()
            return True


class Spooled(Response):  # type: ignore[misc] # Datasette has no types
    """An answer that is sent while it is written, and given up when its reader goes away."""

    def __init__(
        self,
        spool: Spool,
        first: bytes,
        receive: Callable[[], Awaitable[Any]],
        headers: Mapping[str, str],
        content_type: str,
    ) -> None:
        super().__init__(b"", headers=dict(headers), content_type=content_type)
        self._spool, self._first, self._receive = spool, first, receive

    async def asgi_send(self, send: Callable[[Any], Awaitable[None]]) -> None:
        """Send all; what goes wrong on the way breaks the connection off."""
        left = asyncio.ensure_future(_reader_left(self._receive))
        headers = {**self.headers, "content-type": self.content_type}
        raw = [[name.lower().encode(), value.encode()] for name, value in headers.items()]
        try:
            await send({"type": "http.response.start", "status": self.status, "headers": raw})
            piece = self._first
            while piece and not left.done():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = await asyncio.to_thread(self._spool.read)
            await send({"type": "http.response.body", "body": b""})
        finally:
            left.cancel()
            self._spool.close()


async def spooled(
    pieces: Pieces,
    receive: Callable[[], Awaitable[Any]],
    headers: Mapping[str, str],
    content_type: str,
) -> Spooled:
    """Return an answer of some pieces, once the first is there; raises what that one raises."""
    spool = Spool(pieces)
    try:
        first = await asyncio.to_thread(spool.read)
    except BaseException:
        spool.close()
        raise
    return Spooled(spool, first, receive, headers, content_type)


async def _reader_left(receive: Callable[[], Awaitable[Any]]) -> None:
    """Return when the reader of an answer has gone away."""
    while (await receive())["type"] != "http.disconnect":
        # Where a server says at once that nothing more comes, others have their turn.
        await asyncio.sleep(0)
