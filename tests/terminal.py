"""Talking to goalkit through a terminal of its own, as a person does."""

import os
import select
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.command import Done

PROMPT = b"> "
PATIENCE = 60


def talk(*args: str, answers: Sequence[str], cwd: Path, width: int = 96) -> Done:
    """Run `goalkit ARGS` on a terminal and type an answer at every prompt; what stood on the screen then.

    An answer may be `\x04` (end of file) or `\x03` (Ctrl-C), which needs no Enter.
    """
    import pty

    process, screen = pty.fork()
    if process == 0:
        os.chdir(cwd)
        look = {"NO_COLOR": "1", "COLUMNS": str(width), "TERM": "dumb", "PYTHONUTF8": "1"}
        os.execve(sys.executable, [sys.executable, "-m", "goalkit", *args], {**os.environ, **look})
    seen, rest = b"", list(answers)
    while select.select([screen], [], [], PATIENCE)[0]:
        try:
            some = os.read(screen, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not some:
            break
        seen += some
        if seen.endswith(PROMPT) and rest:
            typed = rest.pop(0)
            time.sleep(0.2 if typed == "\x03" else 0)  # between a prompt and its reading a signal is lost
            os.write(screen, typed.encode() if typed in ("\x03", "\x04") else f"{typed}\n".encode())
    os.close(screen)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    return Done(code, seen.decode().replace("\r\n", "\n"), "")
