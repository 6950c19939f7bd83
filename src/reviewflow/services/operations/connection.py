"""Whether the database answers, and if not, why."""

from reviewflow.errors import BusyError, ReviewflowError
from reviewflow.records.chain.entries import chain_head
from reviewflow.records.configuration import connect, sqlite_path
from reviewflow.services.office import not_initialised_error
from reviewflow.settings import Settings

_FEW_SECONDS = 3
_ADDRESS = ("host", "port", "user", "password", "dbname", "connect_timeout", "sslmode", "sslrootcert")
_ALWAYS_THERE = "postgres"
"""the database that every server of PostgreSQL comes with"""


def connect_ledger(settings: Settings, *, impatient: bool = False) -> None:
    """Connect a ledger that is there, whatever its version; ``impatient`` waits a few seconds for others, no more.

    Raises ReviewflowError ``office.not_initialised`` and those of ``open_connection``.
    """
    if settings.database.engine == "sqlite" and not sqlite_path(settings).is_file():
        raise not_initialised_error()
    connect(settings)
    if impatient:
        _be_impatient(settings)
    open_connection(settings)


def check_readable() -> None:
    """Raise what the database raises unless the ledger that is connected can be read."""
    chain_head()


def _be_impatient(settings: Settings) -> None:
    from django.db import connection

    name = "timeout" if settings.database.engine == "sqlite" else "connect_timeout"
    connection.settings_dict["OPTIONS"] = {**connection.settings_dict.get("OPTIONS", {}), name: _FEW_SECONDS}


def open_connection(settings: Settings) -> None:
    """Open a connection to the database that is connected.

    Raises ReviewflowError ``database.driver``, ``database.unreachable``, ``database.encoding``, ``ledger.*``.
    """
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, connection

    from reviewflow.records.ledger import ledger_error

    try:
        connection.ensure_connection()
        if settings.database.engine == "postgresql":
            _check_encoding()
    except ImproperlyConfigured:
        raise ReviewflowError(
            "database.driver", "没有安装 PostgreSQL 的驱动程序。", "请安装：pip install 'reviewflow[postgresql]'。"
        ) from None
    except DatabaseError as error:
        if settings.database.engine == "sqlite":
            raise ledger_error(error) from error
        raise _unreachable_error(settings) from None


def _unreachable_error(settings: Settings) -> ReviewflowError:
    own = settings.database
    place = f"主机 {own.host or '本机'}，端口 {own.port}，库 {own.name}，用户 {own.user or '（未写）'}"
    why = _reason_of_refusal()
    return BusyError(
        "database.unreachable",
        f"连不上 PostgreSQL（{place}）：{why}。",
        "请核对 configs/reviewflow.toml 的 [database]，并请数据库管理员建好用户和 UTF8 编码的库。",
    )


def _reason_of_refusal() -> str:
    """Why the server lets nobody in, found out by asking it: it gives its own reason in words of its own language."""
    from django.db import connection
    from psycopg import Error, connect, pq
    from psycopg.conninfo import make_conninfo

    asked = {name: value for name, value in connection.get_connection_params().items() if name in _ADDRESS}
    answer = pq.PGconn.ping(make_conninfo("", **asked).encode())
    if answer == pq.Ping.REJECT:
        return "服务正在启动或停止"
    if answer != pq.Ping.OK:
        return "服务没有启动，或网络不通"
    try:
        connect(make_conninfo("", **{**asked, "dbname": _ALWAYS_THERE})).close()
    except Error:
        return "没有这个用户，或密码不对，或不准从这里连接"
    return "没有这个库，或这个用户不准用它"


def _check_encoding() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        (encoding,) = cursor.fetchone()
    if encoding != "UTF8":
        raise ReviewflowError(
            "database.encoding", f"数据库的编码是 {encoding}，存不了中文。", "请新建编码为 UTF8 的库。"
        )
