"""What a database says, as sentences for people; never a password, host or user name in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2 import errors, extensions

from ..errors import Cancelled, WanggeError
from ..translation import translate
from .result import UnreachableError

#: Worth another attempt: another transaction was in the way.
TRANSIENT = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
)


def connection_error(error: psycopg2.Error, name: str) -> WanggeError:
    """Return the sentence for a connection that could not be made.

    The library's own text holds host and user, so only its kind is used.

    Parameters
    ----------
    error : psycopg2.Error
    name : str
        Name under which the connection is saved.
    """
    text = str(error).lower()
    kind: type[WanggeError] = WanggeError
    # Servers answer in the language they were set up in.
    if any(word in text for word in ("password", "authentication", "认证", "口令", "密码")):
        message = translate(
            "Wangge",
            "The server refused user name or password of connection {name}. Correct them in the "
            "connection's settings.",
        )
    elif "pg_hba" in text:
        message = translate(
            "Wangge",
            "The server lets nobody in from this computer as connection {name} asks. Ask its "
            "administrator, or change the connection's SSL mode.",
        )
    elif "service" in text and ("not found" in text or "definition" in text):
        message = translate(
            "Wangge", "No service of connection {name} is in pg_service.conf. Add it there."
        )
    elif "role" in text and "exist" in text:
        message = translate(
            "Wangge",
            "The server does not know the user of connection {name}. Correct the connection.",
        )
    elif "database" in text and ("does not exist" in text or "不存在" in text):
        message = translate(
            "Wangge",
            "The database of connection {name} does not exist on the server. Correct the "
            "connection, or have the database created.",
        )
    elif "too many" in text or "slots are reserved" in text:
        kind = UnreachableError
        message = translate(
            "Wangge", "The server of connection {name} has no free place now. Try again later."
        )
    elif any(word in text for word in ("starting up", "shutting down", "recovery")):
        kind = UnreachableError
        message = translate(
            "Wangge", "The server of connection {name} is starting or stopping. Try again soon."
        )
    elif "ssl" in text or "certificate" in text:
        message = translate(
            "Wangge",
            "No secure connection {name} could be made. Check its SSL mode and certificates.",
        )
    else:
        kind = UnreachableError
        message = translate(
            "Wangge",
            "The server of connection {name} cannot be reached. Check the network and the "
            "connection's address and port.",
        )
    return kind(message.format(name=name))


def statement_error(error: psycopg2.Error, *, is_lost: bool = False) -> WanggeError:
    """Return the sentence for a statement that failed; its transaction was rolled back.

    Parameters
    ----------
    error : psycopg2.Error
    is_lost : bool
        The connection broke with it.
    """
    code = error.pgcode or ""
    primary = (error.diag.message_primary or "") if error.diag else ""
    detail = " ".join(part for part in (code, primary) if part)
    if code.startswith("08") and not is_lost:
        # Ours still stands: one behind it, which holds some districts, does not answer.
        return WanggeError(
            translate(
                "Wangge",
                "Another server that holds districts of this layer does not answer. Nothing was "
                "changed, unless it broke off in the very moment of finishing: then “Where districts "
                "lie” tells. Run it again once that server is back.",
            ),
            code,
        )
    lost = is_lost or code.startswith(("57P", "08"))
    if lost:
        # The server's text could name the host.
        return WanggeError(
            translate(
                "Wangge",
                "The connection to the server broke off. Either everything was written or "
                "nothing; run it again, what is there already is recognised.",
            ),
            code,
        )
    return WanggeError(_sentence(error, code, primary), detail)


def _sentence(error: psycopg2.Error, code: str, primary: str) -> str:
    if isinstance(error, errors.QueryCanceled):
        return translate(
            "Wangge",
            "The server stopped the work because it took longer than its time limit "
            "(statement_timeout) allows. Nothing was changed. Ask for a longer limit, or work "
            "district by district.",
        )
    if isinstance(error, errors.LockNotAvailable):
        return translate(
            "Wangge",
            "Somebody else is working on this layer. Nothing was changed; try again later.",
        )
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return translate(
            "Wangge",
            "The server is read-only (a copy, or locked for maintenance). Nothing was changed; "
            "connect to the main server.",
        )
    if isinstance(error, errors.DiskFull | errors.OutOfMemory | errors.InsufficientResources) or (
        code in ("53400", "54000", "58030")
        or any(text in primary for text in ("could not extend file", "could not write"))
    ):
        return translate(
            "Wangge",
            "The server has no room left (disk or memory). Nothing was changed; tell its "
            "administrator.",
        )
    if isinstance(error, errors.InsufficientPrivilege):
        return translate(
            "Wangge",
            "You have no right to do this: {reason}. Nothing was changed. Ask a manager of the "
            "platform for the role or the district.",
        ).format(reason=primary)
    if isinstance(error, TRANSIENT):
        return translate(
            "Wangge",
            "Others changed the same rows at the same moment, several times. Nothing was changed; "
            "try again.",
        )
    if isinstance(error, errors.UndefinedTable | errors.UndefinedColumn | errors.UndefinedFunction):
        return translate(
            "Wangge",
            "The platform's tables were changed by hand or are older than this plugin ({reason}). "
            "Nothing was changed; run install_platform, then try again.",
        ).format(reason=primary)
    if isinstance(error, errors.CharacterNotInRepertoire | errors.UntranslatableCharacter):
        return translate(
            "Wangge",
            "A text holds a character that the database cannot store ({reason}). Nothing was "
            "changed; use a database with encoding UTF8.",
        ).format(reason=primary)
    if code.startswith("23"):
        return translate(
            "Wangge",
            "The platform refused a row by its rule {rule} ({reason}). Nothing was changed; "
            "correct the row and try again.",
        ).format(rule=error.diag.constraint_name or code, reason=primary)
    return translate(
        "Wangge", "The database refused the work: {reason}. Nothing was changed."
    ).format(reason=primary or code or type(error).__name__)


def begin(connection) -> None:
    """Make sure that what follows is one transaction of its own."""
    if connection.closed:
        raise WanggeError(translate("Wangge", "The connection is closed. Connect again."))
    if connection.info.transaction_status != extensions.TRANSACTION_STATUS_IDLE:
        connection.rollback()
    if connection.autocommit:
        connection.autocommit = False


@contextmanager
def people_errors(connection) -> Iterator[None]:
    """Run a block as one transaction: rolled back and explained when anything goes wrong.

    The block commits itself; what it leaves uncommitted is rolled back.
    """
    begin(connection)
    try:
        yield
    except Cancelled:
        raise
    except psycopg2.Error as error:
        raise statement_error(error, is_lost=bool(connection.closed)) from None
    finally:
        # Also after KeyboardInterrupt: a half-done transaction must not wait for the next caller.
        if not connection.closed:
            try:
                connection.rollback()
            except psycopg2.Error:
                connection.close()
