"""`ledger serve`: the site on this machine."""

from __future__ import annotations

import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import uvicorn

from ledger.commands.build import make_current
from ledger.commands.current import is_of_others
from ledger.commands.options import claims_option, database_option
from ledger.problems import LedgerError
from ledger.site.serving.door import is_own, site_address
from ledger.site.serving.start import find_metadata, make_datasette

if TYPE_CHECKING:
    from datasette.app import Datasette

    from ledger.watching import LedgerState, Seen

PORT: Final = 8001
"""Datasette's own port; the next free one is taken if the caller asks for none."""

TRIED: Final = 20
"""How many ports are tried."""


def _host(_context: click.Context, _option: click.Parameter, told: str) -> str:
    """Return the address to listen on; an empty one would be every address there is."""
    if not told or told != "".join(told.split()):
        message = f"{told!r} is no address; name one, such as 127.0.0.1, or 0.0.0.0 for every one"
        raise click.BadParameter(message)
    return told


def _url(_context: click.Context, _option: click.Parameter, told: str | None) -> str | None:
    """Return the site's own address as it is used, with a slash at its end."""
    address = None if told is None else site_address(told)
    if told is not None and address is None:
        message = f"{told!r} is no address of a site, such as https://ledger.example.org/"
        raise click.BadParameter(message)
    return address


@click.command(name="serve")
@claims_option
@database_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    callback=_host,
    help="The address to listen on.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    help=f"The port; left out, {PORT} or the next that is free.",
)
@click.option(
    "--url",
    callback=_url,
    metavar="ADDRESS",
    help="The address that readers elsewhere find the site at; its links are made of it.",
)
@click.option("--open/--no-open", "browser", default=None, help="Open the browser, or do not.")
@click.option(
    "--sql/--no-sql",
    default=None,
    help="Let readers run SQL of their own; on this machine they may, for strangers not.",
)
@click.option(
    "--metadata",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The metadata file; left out, datasette-metadata.json.",
)
@click.option("--watch", is_flag=True, help="Build again whenever the claims change.")
def command(  # noqa: PLR0913 # one parameter for each option
    claims: Path,
    database: Path,
    host: str,
    port: int | None,
    url: str | None,
    browser: bool | None,
    sql: bool | None,
    metadata: Path | None,
    watch: bool,
) -> None:
    """Build the database if anything changed, then serve the site until Ctrl-C.

    If the claims folder has problems, they are shown and the database that is there is served.
    For readers elsewhere, with a --host that is not this machine's own or with a --url,
    nothing of the machine is shown, and SQL is off unless --sql says otherwise.

    With --watch, pages show each change once they are loaded anew, and the terminal what it
    changed, as `ledger watch` does.

    \b
    Example:
      ledger serve --port 8001 --no-open
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    known = _make_ready(claims, database, watch=watch)
    public = url is not None or not is_own(host)
    readers_sql = not public if sql is None else sql
    datasette = make_datasette(
        database, find_metadata(metadata), sql=readers_sql, public=public, url=url
    )
    served = datasette.get_database("ledger")
    listener = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
    server = uvicorn.Server(_config(datasette))
    with suppress(KeyboardInterrupt), _followed(claims, database, known), closing(served):
        click.echo(f"The ledger is at {address} (Ctrl-C ends it)")
        if url is not None:
            click.echo(f"Its links begin with {url}")
        elif public:
            click.echo("Its links go by the name that readers ask for; --url fixes one.")
        if browser or (browser is None and _has_browser()):
            webbrowser.open(address)
        server.run(sockets=[listener])


def _config(datasette: Datasette) -> uvicorn.Config:
    from ledger.site.serving.connections import Patient  # noqa: PLC0415 # as Datasette itself

    return uvicorn.Config(
        datasette.app(), http=Patient, ws="none", log_level="warning", lifespan="on"
    )


def _make_ready(claims: Path, database: Path, *, watch: bool) -> tuple[Seen, LedgerState] | None:
    """Make the database current; return what is known of the ledger if it is to be watched.

    Ends the program if there is nothing to serve.
    """
    known = None
    if watch:
        from ledger.commands.watch import first_state  # noqa: PLC0415 # only this option needs it

        known = first_state(claims, database)
        current = not any(one.level == "problem" for one in known[1].found)
    else:
        current = is_of_others(claims, database) or make_current(claims, database)
    if not current:
        if not database.exists():
            sys.exit(1)
        click.echo(f"Serving {database} as it was built before.", err=True)
    return known


@contextmanager
def _followed(
    claims: Path, database: Path, known: tuple[Seen, LedgerState] | None
) -> Iterator[None]:
    """Let another process build whenever the claims change, until the end of the block.

    Not this one: readers would wait for it, and two copies of SQLite must not share a file.
    """
    if known is None:
        yield
        return
    from multiprocessing import get_context  # noqa: PLC0415 # only this option needs it

    from ledger.commands.watch import follow  # noqa: PLC0415 # as above

    # The server passes SIGTERM on once it has ended; it must not end us before the block does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    child = get_context("spawn").Process(
        target=follow, args=(claims, database, *known), daemon=True
    )
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for us, who tell the child
    child.start()
    signal.signal(signal.SIGINT, before)
    try:
        yield
    finally:
        child.terminate()
        child.join()


def _listen(host: str, port: int | None) -> socket.socket:
    """Return a socket on the port that was asked for, or on the first that is free."""
    ports = [port] if port is not None else range(PORT, PORT + TRIED)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    why = ""
    for candidate in ports:
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            # Two that bind at the same moment both may; only one of them may listen.
            listener.listen(128)
        except OSError as error:
            listener.close()
            why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
            continue
        return listener
    tried = " to ".join(map(str, dict.fromkeys((ports[0], ports[-1]))))
    message = f"cannot listen on {host}, port {tried}: {why}"
    raise LedgerError(message)


def _has_browser() -> bool:
    """Return whether a person with a browser window is likely to sit at this machine."""
    if os.environ.get("CI") or sys.stdout is None or not sys.stdout.isatty():
        return False
    if sys.platform.startswith(("linux", "freebsd")):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True
