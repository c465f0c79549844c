"""Which number of 03/04/1999 is the month: learned from all pages of a site."""

from __future__ import annotations

import re
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from transforms.blocks import Page
from transforms.schema import column, record

# What one page cannot tell, nearly all others of its site must tell alike.
LEAST_SHARE = 0.9
SLASHED = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:\d{4}|\d\d)(?![\d/])")


@record("date_orders", key=("capture_id",), is_released=False)
class DateOrder:
    """One capture whose dates in figures show which number is the month."""

    capture_id: str = column("The capture.")
    site_id: str = column("Its site.")
    is_month_first: bool = column("Whether 03/04/1999 is of March.")


def order_of(page: Page) -> bool | None:
    """Whether the page prints the month first: as a number above twelve shows; None: none does."""
    figures = [map(int, pair) for b in page.blocks for pair in SLASHED.findall(b.text)]
    orders = {first < second for first, second in figures if max(first, second) > 12}
    return orders.pop() if len(orders) == 1 else None


def of_site(orders: pa.Table) -> Mapping[str, bool]:
    """The order of each site, from all captures' `DateOrder` rows; none where they differ."""
    query = """
        SELECT site_id, avg(CAST(is_month_first AS INTEGER)) >= 0.5
        FROM orders GROUP BY site_id
        HAVING greatest(avg(CAST(is_month_first AS INTEGER)),
                        1 - avg(CAST(is_month_first AS INTEGER))) >= $share
    """
    with duckdb.connect() as connection:
        connection.register("orders", orders)
        return dict(connection.execute(query, {"share": LEAST_SHARE}).fetchall())


def order_of_address(page: Page, url: str | None) -> bool | None:
    """Which order agrees with the day in the address: 2/7/2000 beside 000207 is of February."""
    digits = re.sub(r"[/_.-]", "", url) if url else ""
    orders = set()
    for block in page.blocks:
        for match in SLASHED.finditer(block.text):
            first, second = int(match.group(1)), int(match.group(2))
            year = match.group().rsplit("/", 1)[1][-2:]
            if first != second and max(first, second) <= 12:
                if f"{year}{first:02}{second:02}" in digits:
                    orders.add(True)
                if f"{year}{second:02}{first:02}" in digits:
                    orders.add(False)
    return orders.pop() if len(orders) == 1 else None
