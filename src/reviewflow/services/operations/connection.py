"""Whether the database answers, and if not, why."""

from reviewflow.errors import ReviewflowError
from reviewflow.records.configuration import connect, sqlite_path
from reviewflow.services.office import not_initialised
from reviewflow.settings import Settings

_FEW_SECONDS = 3


def connect_ledger(settings: Settings, *, impatient: bool = False) -> None:
    """Connect a ledger that is there, whatever its version; ``impatient`` waits a few seconds for others, no more.

    Raises ReviewflowError ``office.not_initialised`` and those of ``reach``.
    """
    if settings.database.engine == "sqlite" and not sqlite_path(settings).is_file():
        raise not_initialised()
    connect(settings)
    if impatient:
        _be_impatient(settings)
    reach(settings)


def _be_impatient(settings: Settings) -> None:
    from django.db import connection

    name = "timeout" if settings.database.engine == "sqlite" else "connect_timeout"
    connection.settings_dict["OPTIONS"] = {**connection.settings_dict.get("OPTIONS", {}), name: _FEW_SECONDS}


def reach(settings: Settings) -> None:
    """Open a connection to the database that is connected.

    Raises ReviewflowError ``database.driver``, ``database.unreachable``, ``database.encoding``, ``ledger.*``.
    """
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, connection

    from reviewflow.records.ledger import told

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
            raise told(error) from error
        raise _unreachable(settings, str(error)) from None


def _unreachable(settings: Settings, message: str) -> ReviewflowError:
    own = settings.database
    place = f"主机 {own.host or '本机'}，端口 {own.port}，库 {own.name}，用户 {own.user or '（未写）'}"
    if "does not exist" in message:
        why = "没有这个库或用户"
    elif "authentication" in message or "password" in message:
        why = "用户名或密码不对"
    else:
        why = "服务没有启动，或网络不通"
    return ReviewflowError(
        "database.unreachable",
        f"连不上 PostgreSQL（{place}）：{why}。",
        "请核对 configs/reviewflow.toml 的 [database]，并请数据库管理员建好用户和 UTF8 编码的库。",
    )


def _check_encoding() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        (encoding,) = cursor.fetchone()
    if encoding != "UTF8":
        raise ReviewflowError(
            "database.encoding", f"数据库的编码是 {encoding}，存不了中文。", "请新建编码为 UTF8 的库。"
        )
