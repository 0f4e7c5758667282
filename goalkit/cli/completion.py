"""`goalkit completion`: the script that lets a shell complete commands, options and ids."""

import click

_HOW = {
    "bash": 'eval "$(goalkit completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(goalkit completion zsh)" in ~/.zshrc, below the line with compinit',
    "fish": "goalkit completion fish > ~/.config/fish/completions/goalkit.fish, once",
}


@click.command("completion")
@click.argument("shell", metavar="[SHELL]", required=False, type=click.Choice(list(_HOW)))
@click.pass_context
def command(ctx: click.Context, shell: str | None) -> None:
    """Print the script that completes with Tab.

    To use it, write one line where your shell looks at its start:

    \b
      bash  eval "$(goalkit completion bash)" in ~/.bashrc
      zsh   eval "$(goalkit completion zsh)" in ~/.zshrc
      fish  goalkit completion fish > ~/.config/fish/completions/goalkit.fish
    """
    from click.shell_completion import get_completion_class

    if shell is None:
        raise click.UsageError("write bash, zsh or fish")
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - the choices are click's own shells
    completes = kind(ctx.find_root().command, {}, "goalkit", "_GOALKIT_COMPLETE")
    # Not kind.source(): for bash that runs a bash to ask its version.
    script = completes.source_template % completes.source_vars()
    click.echo(f"{script.strip()}\n\n# To use this: {_HOW[shell]}")
