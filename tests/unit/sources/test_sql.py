"""Tables and queries of databases."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from exporter.errors import ReadError
from exporter.sources.sql import is_database, query_table

pytestmark = pytest.mark.door("sqlalchemy")


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'figures.db'}"
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE rates (day DATE, rate NUMERIC(12, 2), big NUMERIC, name TEXT)"))
        connection.execute(
            sa.text("INSERT INTO rates VALUES ('2005-03-31', 107.2, 34400000000, 'x'), (NULL, NULL, 1.5, '')")
        )
    engine.dispose()
    return url


def test_a_table_has_the_types_that_it_declares(database: str) -> None:
    table = query_table(database, table="rates")
    assert table.headings == ("day", "rate", "big", "name")
    first, second = ([*row.values] for row in table.rows())
    assert (first[0], first[3]) == ("2005-03-31", "x")
    assert (first[1].value, first[1].decimals) == (Decimal("107.20"), 2)
    assert (first[2].value, first[2].decimals) == (Decimal(34_400_000_000), 0)
    assert second[0] is None
    assert (second[1], second[2].value, second[3]) == (None, Decimal("1.5"), None)
    assert str(table.location(1, 1)).endswith("figures.db!rates!rate[1]")


def test_queries_and_what_they_come_through(database: str) -> None:
    engine = sa.create_engine(database)
    texts = "SELECT name AS n FROM rates WHERE big > 2"
    assert [row.values for row in query_table(engine, query=texts).rows()] == [["x"]]
    with engine.connect() as connection:
        select: sa.Select[Any] = sa.select(sa.column("name")).select_from(sa.table("rates"))
        assert [row.values for row in query_table(connection, query=select).rows()] == [["x"], [None]]
        assert is_database(connection)
    assert is_database(engine)
    assert not is_database("sqlite://")


def test_what_a_database_refuses(database: str) -> None:
    for arguments in ({"table": "nothing"}, {"query": "SELECT * FROM nothing"}, {}):
        with pytest.raises(ReadError) as caught:
            list(query_table(database, **arguments).rows())
        assert caught.value.findings[0].code == "exporter:databaseFailed"
    with pytest.raises(ReadError):
        query_table("nonsense://x", table="rates")


def test_a_password_is_not_shown() -> None:
    with pytest.raises(ReadError) as caught:
        query_table("sqlite://user:secret@/x.db")
    assert "secret" not in str(caught.value)
