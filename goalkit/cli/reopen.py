"""`goalkit reopen`: a goal that was closed or paused is active again."""

import click

from goalkit.cli.find import ids, resolve
from goalkit.cli.session import Refusal
from goalkit.cli.writing import begin, dry_run_option, revise, say_undo, tell_gone


@click.command("reopen")
@click.argument("goal_id", metavar="ID", shell_complete=ids("goals"))
@dry_run_option
@click.pass_context
def command(ctx: click.Context, goal_id: str, dry_run: bool) -> None:
    """Make a goal active again that is closed, paused or an idea.

    It takes the field `status` out: a goal without one is active.
    """
    from goalkit.author import fields

    job = begin(ctx, dry_run=dry_run)
    key = resolve(job.plan.graph, goal_id, ("goals",))
    goal = job.plan.graph.goals[key]
    if goal.status == "active" and "status" not in goal.unreadable:
        raise Refusal(f"`{key}` is active already")
    config = job.plan.snapshot.config
    after = revise(job, goal.path, fields.set_field(config, "status", []), f"reopen {key}")
    if after is not None:
        tell_gone("status", job.source(goal.path), after)
        say_undo()
