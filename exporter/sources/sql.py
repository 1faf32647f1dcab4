"""Queries and tables of databases as tables; the one door to SQLAlchemy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import frozen

from exporter.errors import MissingExtraError, ReadError
from exporter.findings import Finding, Location
from exporter.sources.leaves import plain_value
from exporter.sources.tables import TableRow


@frozen(eq=False, slots=False)
class QueryTable:
    """The rows of a query, or of a table whose columns have the types that the database declares.

    Numbers of typed columns (NUMERIC(12, 2)) have the places of their type. ``engine`` is an engine or a connection of
    SQLAlchemy. See `exporter.sources.tables.SourceTable`.
    """

    engine: Any
    name: str
    query: Any
    database: str

    @cached_property
    def headings(self) -> tuple[str, ...]:
        with self._result() as result:
            return tuple(map(str, result.keys()))

    def rows(self) -> Iterator[TableRow]:
        with self._result() as result:
            for number, values in enumerate(result):
                yield TableRow(number, [plain_value(value) for value in values])

    def _result(self) -> Any:
        from sqlalchemy import exc

        try:
            return _Result(self.engine, self.query)
        except exc.SQLAlchemyError as error:
            raise _failed(str(getattr(error, "orig", None) or error), self.database) from None

    def location(self, row: int, column: int) -> Location:
        heading = self.headings[column] if column < len(self.headings) else str(column)
        return Location(file=self.database, cell=f"{self.name}!{heading}[{row}]")

    def spread(self, row: TableRow) -> Sequence[Any]:
        return row.values

    def values_at(self, places: Collection[str]) -> Mapping[str, list[tuple[Location, Any]]]:
        return {}


class _Result:
    """The result of a query, with the connection that it comes through."""

    def __init__(self, engine: Any, query: Any) -> None:
        self._own = engine.connect() if hasattr(engine, "connect") else None
        self._result = (self._own or engine).execution_options(yield_per=1000).execute(query)

    def __enter__(self) -> Any:
        return self._result

    def __exit__(self, *_: object) -> None:
        self._result.close()
        if self._own is not None:
            self._own.close()


def query_table(engine: Any, *, query: Any = None, table: str | None = None, name: str | None = None) -> QueryTable:
    """A query (text or a ``select``), or a table by its name.

    Args:
        engine: an engine or connection of SQLAlchemy, or the URL of a database.
        query: the SELECT.
        table: the table, in place of a query.
        name: what locations call it.

    Raises:
        MissingExtraError: SQLAlchemy is not installed.
        ReadError: ``exporter:databaseFailed``: there is no such table, or the database cannot be reached.
    """
    try:
        import sqlalchemy
    except ImportError:
        raise MissingExtraError("sql", "reading a database") from None
    try:
        if isinstance(engine, str):
            engine = sqlalchemy.create_engine(engine)
        database = getattr(getattr(engine, "engine", engine), "url", None)
        display_name = database.render_as_string() if database is not None else "database"
    except (sqlalchemy.exc.SQLAlchemyError, ImportError, ValueError) as error:
        url = str(engine).partition("://")  # what follows may have a password
        raise _failed(f"{type(error).__name__} of a URL that begins with {url[0]}://", "database") from None
    if query is None and table is None:
        raise _failed("neither a query nor a table is named", display_name)
    try:
        if query is None:
            query = _typed_select(engine, str(table))
        elif isinstance(query, str):
            query = sqlalchemy.text(query)
    except sqlalchemy.exc.SQLAlchemyError as error:
        raise _failed(
            f"no table {table}: {getattr(error, 'orig', None) or type(error).__name__}", display_name
        ) from None
    return QueryTable(engine, name or table or "query", query, display_name)


def is_database(value: Any) -> bool:
    """Whether a value is an engine or a connection of SQLAlchemy; nothing is imported to tell."""
    return type(value).__module__.startswith("sqlalchemy.") and hasattr(value, "execution_options")


def _typed_select(engine: Any, name: str) -> Any:
    """The rows of a table with the types of its columns; numbers without places stay as the database gives them."""
    import sqlalchemy

    schema, _, table_name = name.rpartition(".")
    table = sqlalchemy.Table(table_name, sqlalchemy.MetaData(), schema=schema or None, autoload_with=engine)
    for column in table.columns:
        if isinstance(column.type, sqlalchemy.Numeric) and column.type.scale is None:
            column.type = sqlalchemy.Numeric(asdecimal=False)
    return sqlalchemy.select(table)


def _failed(reason: str, database: str) -> ReadError:
    finding = Finding(
        code="exporter:databaseFailed",
        message=f"the database gives nothing: {reason}",
        location=Location(file=database),
        fix="check the URL (sqlite:///figures.db), the driver, and the names in the query",
    )
    return ReadError(findings=[finding])
