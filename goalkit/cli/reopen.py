"""`goalkit reopen`: a goal that was closed or paused is active again."""

import click

from goalkit.cli.find import ids, resolve
from goalkit.cli.session import Refusal
from goalkit.cli.writing import begin, dry_run_option, say_undo, set_status


@click.command("reopen")
@click.argument("goal_id", metavar="ID", shell_complete=ids("goals"))
@dry_run_option
@click.pass_context
def command(ctx: click.Context, goal_id: str, dry_run: bool) -> None:
    """Make a goal active again that is closed, paused or an idea."""
    job = begin(ctx, dry_run=dry_run)
    key = resolve(job.plan.graph, goal_id, ("goals",))
    goal = job.plan.graph.goals[key]
    if goal.status == "active" and "status" not in goal.unreadable:
        raise Refusal(f"`{key}` is active already")
    set_status(job, key, "active", f"reopen {key}")
    say_undo()
