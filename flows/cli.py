"""The command line: what can be asked for and how; what is done is in the modules it calls.

Nothing heavy is imported here: `--help`, `query`, `show` and `explain` answer at once.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from flows import signals
from flows.errors import ReaderError

Command = TypeVar("Command", bound=Callable[..., Any])

EXAMPLE = "\b\nExample:\n  "
INTERRUPTED = 130
# Those that stop when they are told to in their own way.
SERVING = frozenset({"serve", "--serve"})
IN_QUARANTINE = 3


def main() -> None:
    """Runs the command; the exit status is 0 only where it did what it says."""
    if SERVING.isdisjoint(sys.argv):
        signals.obey()
    try:
        status = communique.main(standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except ReaderError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(signals.ENDINGS[signal.SIGINT], err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read the output (head, less) has seen enough.
        sys.stderr.close()
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="communique", prog_name="communique")
def communique() -> None:
    """Old news pages in, a validated event dataset out.

    \b
    communique run                       the sample archive, into ./warehouse
    communique run --source my_pages     your own captures
    communique query "from timeline()"   the events, by day
    """


def options(*names: str) -> Callable[[Command], Command]:
    """The options of these names, declared once for every command that takes them."""

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = OPTIONS[name](command)
        return command

    return add


OPTIONS: dict[str, Callable[[Any], Any]] = {
    "source": click.option(
        "--source", "sources", multiple=True, metavar="PATH",
        help="Folder of captures, one file, or a quoted pattern; may be given several times. "
        "Default: what the warehouse keeps; where it keeps nothing, the sample archive.",
    ),
    "warehouse": click.option(
        "--warehouse", default="warehouse", show_default=True, metavar="DIR",
        help="Folder for raw captures, build, releases and catalog.",
    ),
    "authority": click.option(
        "--authority", multiple=True, metavar="DIR",
        help="Folder of reference tables; each table in it replaces the project's own.",
    ),
    "workers": click.option(
        "--workers", type=click.IntRange(min=1), help="Worker processes. Default: one a core."
    ),
    "shard_size": click.option(
        "--shard-size", type=click.IntRange(min=1), help="Captures in one task."
    ),
    "max_capture_mb": click.option(
        "--max-capture-mb", type=click.FloatRange(min=0, min_open=True),
        help="Larger captures are rejected.  [default: 10]",
    ),
    "max_capture_seconds": click.option(
        "--max-capture-seconds", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
        help="Captures that take more CPU time in a stage are rejected.  [default: 120]",
    ),
    "max_capture_memory_mb": click.option(
        "--max-capture-memory-mb", type=click.FloatRange(min=0, min_open=True), metavar="MB",
        help="Captures that take more memory are rejected.  [default: 2000]",
    ),
    "lock_timeout": click.option(
        "--lock-timeout", type=click.FloatRange(min=0), metavar="SECONDS",
        help="Give up when another run holds the warehouse for so long. Default: wait.",
    ),
    "sources_file": click.option(
        "--sources", "sources_file", metavar="FILE",
        help="Table of named sources. Default: sources.toml here, where no --source is given.",
    ),
    "only": click.option(
        "--only", multiple=True, metavar="NAME", help="Of the named sources these alone."
    ),
    "mirror": click.option(
        "--mirror", is_flag=True,
        help="Drop captures that the sources hold no more; without it they stay.",
    ),
    "expectations": click.option(
        "--expectations", multiple=True, metavar="DIR",
        help="Folder of your own expectations (Great Expectations suites as JSON, or rows of "
        "table, expectation, arguments, severity, reason as YAML), checked beside ours.",
    ),
    "strict": click.option(
        "--strict", is_flag=True,
        help="Release nothing where a rule is broken. Else what breaks one is left out.",
    ),
    "max_quarantine": click.option(
        "--max-quarantine", type=click.FloatRange(0, 1), metavar="SHARE",
        help="Release nothing where a larger share of the captures breaks rules; of a small "
        "collection up to 3 are always left out.  [default: 0.02]",
    ),
    "allow_shrink": click.option(
        "--allow-shrink", is_flag=True,
        help="Release also where over 20 % of the captures, articles or events of the last "
        "release would be gone.",
    ),
    "fail_on_quarantine": click.option(
        "--fail-on-quarantine", is_flag=True,
        help="Exit status 3 where captures are in quarantine, though the others are released.",
    ),
    "timings": click.option("--timings", is_flag=True, help="Print where the time went."),
    "json": click.option("--json", "as_json", is_flag=True, help="Print JSON for a program."),
}  # fmt: skip

BUILDING = (
    "source", "sources_file", "only", "warehouse", "authority", "workers", "shard_size",
    "max_capture_mb", "max_capture_seconds", "max_capture_memory_mb", "lock_timeout", "mirror",
    "timings", "json",
)  # fmt: skip
JUDGING = ("expectations", "strict", "max_quarantine", "allow_shrink")


@communique.command(epilog=f"{EXAMPLE}communique run --source my_pages --warehouse out --timings")
@options(*BUILDING, *JUDGING, "fail_on_quarantine")
@click.option("--site/--no-site", default=True, help="Write the pages of the release.")
@click.option("--direct", is_flag=True, help="Call the stages without Prefect: quicker to start.")
@click.option("--log-json", is_flag=True, help="Tell what is done as JSON, one line an event.")
def run(
    direct: bool,
    log_json: bool,
    timings: bool,
    as_json: bool,
    fail_on_quarantine: bool,
    **given: Any,
) -> int:
    """Read captures, build the tables, validate, release, and renew the catalog.

    A capture whose rows break a rule is put in quarantine: a row of `rejections` names the rule,
    the others are released, and the run ends with a warning.
    """
    from flows import commands

    quarantined = commands.run(
        given, is_direct=direct, timings=timings, as_json=as_json, log_json=log_json
    )
    return IN_QUARANTINE if fail_on_quarantine and quarantined else 0


@communique.command(epilog=f"{EXAMPLE}communique build --source my_pages --warehouse out")
@options(*BUILDING)
def build(timings: bool, as_json: bool, **given: Any) -> None:
    """Read captures and build the tables, and stop there."""
    from flows import commands

    commands.build(given, timings=timings, as_json=as_json)


@communique.command(epilog=f"{EXAMPLE}communique sources --warehouse out")
@options("source", "sources_file", "only", "warehouse", "json")
def sources(as_json: bool, **given: Any) -> None:
    """List the sources: what each holds, and what of it would be new."""
    from flows import keeping

    keeping.list_sources(given, as_json=as_json)


@communique.command(epilog=f"{EXAMPLE}communique forget story.html --reason 'asked by its author'")
@click.argument("captures", nargs=-1, required=True)
@options("warehouse", "lock_timeout")
@click.option("--reason", required=True, help="Why; kept with the ids, and nothing else is.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(
    captures: tuple[str, ...], warehouse: str, lock_timeout: float | None, reason: str, yes: bool
) -> None:
    """Take captures out of the warehouse for good, and keep them out.

    CAPTURES are ids of captures or articles, names of files, or addresses.
    """
    from flows import keeping

    keeping.forget(captures, warehouse, reason, is_sure=yes, lock_timeout=lock_timeout)


@communique.command(epilog=f"{EXAMPLE}communique validate --warehouse out")
@options("warehouse", "expectations", "lock_timeout", "json")
def validate(as_json: bool, **given: Any) -> None:
    """Check every rule on the tables of the last build."""
    from flows import commands

    commands.validate(given, as_json=as_json)


@communique.command(epilog=f"{EXAMPLE}communique release --warehouse out")
@options("warehouse", "lock_timeout", "json", *JUDGING, "fail_on_quarantine")
@click.option("--site/--no-site", default=True, help="Write the pages of the release.")
def release(as_json: bool, fail_on_quarantine: bool, **given: Any) -> int:
    """Validate the last build and publish it as the next release, as `run` does."""
    from flows import commands

    quarantined = commands.release(given, as_json=as_json)
    return IN_QUARANTINE if fail_on_quarantine and quarantined else 0


@communique.command(epilog=f"{EXAMPLE}communique diff 1.0.0 1.1.0")
@click.argument("old")
@click.argument("new")
@options("warehouse", "json")
@click.option("--rows", "with_rows", is_flag=True, help="List every row and value that differs.")
def diff(old: str, new: str, warehouse: str, with_rows: bool, as_json: bool) -> None:
    """Say what differs from release OLD to release NEW, and why."""
    from flows import commands

    commands.diff(old, new, warehouse, with_rows=with_rows, as_json=as_json)


@communique.command(epilog=f"{EXAMPLE}communique verify 1.0.0")
@click.argument("version", required=False)
@options("warehouse", "json")
def verify(version: str | None, warehouse: str, as_json: bool) -> None:
    """Hold a release, by default the newest, against its manifest and its raw captures."""
    from flows import commands

    commands.verify(version, warehouse, as_json=as_json)


@communique.command(epilog=f"{EXAMPLE}communique evaluate --warehouse out --truth truth.json")
@options("warehouse", "json")
@click.option(
    "--truth",
    metavar="PATH",
    help="A truth file, or a folder of them (*.json). Default: that of the sample archive.",
)
@click.option("--verbose", is_flag=True, help="List every miss: what was expected, what found.")
@click.option(
    "--fail-under", type=click.FloatRange(0, 1), metavar="F1",
    help="Exit status 1 where labels, events, names or dates come to less.",
)  # fmt: skip
def evaluate(
    warehouse: str, truth: str | None, verbose: bool, fail_under: float | None, as_json: bool
) -> None:
    """Measure the newest release against a truth: precision, recall and F1.

    A truth is a JSON file in the form of seeds/truth: labels, events, dates, names and, where
    given, quotations, duplicates and rejections. Exit status 2: nothing could be measured.
    """
    from flows import evaluate as evaluating

    evaluating.evaluate(
        warehouse, truth, as_json=as_json, is_verbose=verbose, fail_under=fail_under
    )


@communique.command(epilog=f"{EXAMPLE}communique explain a_12ab a_34cd")
@click.argument("ids", nargs=-1, required=True, metavar="EVENT | ARTICLE ARTICLE")
@options("warehouse", "json")
def explain(ids: tuple[str, ...], warehouse: str, as_json: bool) -> None:
    """Say why reports are one event, or why two articles are or are not reports of one.

    An id may be given by its first characters, an article also by the name of its capture.
    """
    from flows import explain as explaining

    explaining.explain(ids, warehouse, as_json=as_json)


@communique.command(epilog=f"{EXAMPLE}communique show front-page.html")
@click.argument("capture")
@options("warehouse", "json")
def show(capture: str, warehouse: str, as_json: bool) -> None:
    """Show a capture block by block: what each was taken for, and by which rule.

    CAPTURE is the id of a capture or article, or the name of its file.
    """
    from flows import explain as explaining

    explaining.show(capture, warehouse, as_json=as_json)


@communique.command(epilog=f'{EXAMPLE}communique query "from timeline()" --csv')
@click.argument("sql")
@options("warehouse", "json")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, safe to open in a spreadsheet.")
@click.option(
    "--unlocked",
    is_flag=True,
    help="Let the query read and write other files, attach databases and load extensions.",
)
def query(sql: str, warehouse: str, as_json: bool, as_csv: bool, unlocked: bool) -> None:
    """Ask the newest release in SQL.

    There is a view for each table, the views reports, participants, rejected and quarantined,
    and the macros timeline(), event('id or words'), article('id or file'), story('id or file'),
    why('id', 'id'), dates('id'), who('name'), said('name'), search('words'),
    changes('1.0.0', '1.1.0'), as_of('events', '1.0.0'); `from help()` says what each answers.
    """
    from flows import ask

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    form = ask.as_json if as_json else ask.as_csv if as_csv else ask.as_text
    try:
        with ask.opened(warehouse, is_locked=not unlocked) as connection:
            click.echo(form(ask.ask(connection, sql, is_locked=not unlocked)))
    except (ask.NoReleaseError, ask.QueryError) as error:
        raise click.ClickException(str(error)) from error


@communique.command(epilog=f'{EXAMPLE}communique serve --cron "0 6 * * *" --source my_pages')
@options(
    "source",
    "sources_file",
    "only",
    "warehouse",
    "authority",
    "workers",
    "shard_size",
    "max_capture_mb",
    "max_capture_seconds",
    "max_capture_memory_mb",
    "lock_timeout",
    "mirror",
    *JUDGING,
)
@click.option("--site/--no-site", default=True, help="Write the pages of the release.")
@click.option("--name", default="scheduled", show_default=True, help="Name of the deployment.")
@click.option("--cron", help="When to run, as a cron expression in UTC.")
@click.option("--interval", type=click.FloatRange(min=1), help="Seconds from run to run.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up a run that takes longer. Default: never.",
)
@click.option(
    "--webhook",
    metavar="URL",
    envvar="COMMUNIQUE_WEBHOOK",
    help="Where to post JSON on a run that fails, also as COMMUNIQUE_WEBHOOK.",
)
@click.option(
    "--notify", metavar="BLOCK", envvar="COMMUNIQUE_NOTIFY",
    help="Notification block of Prefect to tell so, such as slack-webhook/ops; also as "
    "COMMUNIQUE_NOTIFY.",
)  # fmt: skip
def serve(
    name: str,
    cron: str | None,
    interval: float | None,
    timeout: float | None,
    webhook: str | None,
    notify: str | None,
    **given: Any,
) -> None:
    """Run on a schedule, and whenever asked for, until stopped; needs a Prefect server.

    Start a server with `prefect server start`; ask for a run with
    `prefect deployment run communique/scheduled`. Runs on one warehouse wait for each other.
    Without --cron or --interval, sources of sources.toml that have a schedule are served by it.
    """
    from flows import serve as serving

    if cron and interval:
        raise click.UsageError("--cron and --interval exclude each other")
    serving.serve(
        name,
        given,
        cron=cron,
        interval=interval,
        timeout=timeout,
        webhook=webhook,
        notify=notify,
    )


@communique.command(epilog=f"{EXAMPLE}communique history --limit 5")
@options("warehouse", "json")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
def history(warehouse: str, limit: int, as_json: bool) -> None:
    """List the last runs: when, how long, what came of each."""
    from flows import history as past

    past.show(warehouse, limit=limit, as_json=as_json)


@communique.command(epilog=f"{EXAMPLE}communique site --serve")
@click.argument("version", required=False)
@options("warehouse")
@click.option(
    "--output", metavar="DIR", help="Folder of the pages. Default: site, in the warehouse."
)
@click.option(
    "--edition",
    type=click.Choice(("full", "facts")),
    default="full",
    show_default=True,
    help="facts: no text of the articles beyond their quotations.",
)
@click.option("--serve", is_flag=True, help="Open it on loopback until stopped.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def site(
    version: str | None, warehouse: str, output: str | None, edition: str, serve: bool, port: int
) -> None:
    """Write the pages of a release, by default the newest: they open from disk.

    Events with their reports and evidence, articles with their marked text and every block of
    their captures, people and places, what was left out, a search and a SQL panel.
    """
    from flows.site import command

    command.run(version, warehouse, output, edition, is_served=serve, port=port)


@communique.command(epilog=f"{EXAMPLE}communique export facts --edition facts")
@click.argument("dest")
@click.option("--release", "version", metavar="VERSION", help="Default: the newest.")
@options("warehouse")
@click.option(
    "--to",
    "form",
    type=click.Choice(("parquet", "csv", "sqlite")),
    default="parquet",
    show_default=True,
    help="csv: safe in a spreadsheet. sqlite: one file, for Datasette.",
)
@click.option(
    "--edition",
    type=click.Choice(("full", "facts")),
    default="full",
    show_default=True,
    help="facts: no text of articles and blocks; ids, spans and hashes stay.",
)
@click.option(
    "--quotation-characters",
    type=click.IntRange(min=0),
    default=280,
    show_default=True,
    help="Longer quotations are left out of the facts.",
)
def export(
    dest: str,
    version: str | None,
    warehouse: str,
    form: str,
    edition: str,
    quotation_characters: int,
) -> None:
    """Write a release to DEST in another form or edition."""
    from flows.sharing import export as exporting

    exporting.export(
        dest,
        warehouse,
        version=version,
        form=form,
        edition=edition,
        quotation_characters=quotation_characters,
    )


@communique.command(epilog=f"{EXAMPLE}communique publish s3://bucket/dataset")
@click.argument("dest")
@click.option("--release", "version", metavar="VERSION", help="Default: the newest.")
@options("warehouse")
def publish(dest: str, version: str | None, warehouse: str) -> None:
    """Copy a release and its pointer to DEST: a folder, s3:// or another fsspec address.

    Files first, each checked, `latest.json` last; a copy that broke off is taken up again.
    """
    from flows.sharing import elsewhere

    elsewhere.publish_to(dest, warehouse, version)


@communique.command(epilog=f"{EXAMPLE}communique prune --keep 12")
@options("warehouse")
@click.option("--keep", type=click.IntRange(min=1), required=True, help="So many newest stay.")
@click.option("--dry-run", is_flag=True, help="Say what would go, remove nothing.")
def prune(warehouse: str, keep: int, dry_run: bool) -> None:
    """Remove earlier releases; those named in releases/kept.csv stay."""
    from flows.sharing import prune as pruning

    pruning.prune(warehouse, keep, is_trial=dry_run)


if __name__ == "__main__":
    main()
