"""`goalkit pause`: a goal rests."""

import click

from goalkit.cli.find import ids, resolve
from goalkit.cli.session import Refusal
from goalkit.cli.writing import begin, dry_run_option, say_undo, set_status


@click.command("pause")
@click.argument("goal_id", metavar="ID", shell_complete=ids("goals"))
@dry_run_option
@click.pass_context
def command(ctx: click.Context, goal_id: str, dry_run: bool) -> None:
    """Let a goal rest: no check-ins are asked for, no pace is told.

    `goalkit reopen` ends the pause.
    """
    job = begin(ctx, dry_run=dry_run)
    key = resolve(job.plan.graph, goal_id, ("goals",))
    goal = job.plan.graph.goals[key]
    if goal.closed or goal.status == "paused":
        raise Refusal(f"`{key}` is {'closed' if goal.closed else 'paused'} already")
    set_status(job, key, "paused", f"pause {key}")
    say_undo()
