"""Connections: no one is kept open for somebody who does not ask for anything."""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE: Final = 10.0
"""How many seconds somebody has to send a whole request, its body included, or the next one."""


class Patient(H11Protocol):
    """A connection that ends if a request does not come in whole, soon after it was begun.

    The server itself waits for ever, for the first request as for the rest of any.
    """

    _waiting: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came in, and wait on for the rest of a request."""
        super().data_received(data)
        if self._is_whole():
            self._rest()
        elif self._waiting is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._rest()
        super().connection_lost(exc)

    def _is_whole(self) -> bool:
        """Return whether nothing is missing of a request that was begun."""
        cycle = self.cycle
        begun = cycle is not None and not cycle.response_complete
        return begun and self.conn.their_state is not h11.SEND_BODY

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(PATIENCE, self._give_up)

    def _rest(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if not self._is_whole() and not self.transport.is_closing():
            self.transport.close()
