"""Becomes a command that dies with the process that started it, under another user if asked.

Run by its path, so that nothing of the site is imported between the fork and the command:
`python -I -S tether.py <parent's pid> <signal> <user or -> <command> [argument …]`.
A `preexec_fn` could do the same, but it may deadlock in a parent with threads.
"""

import ctypes
import os
import pwd
import signal
import sys

_PR_SET_PDEATHSIG = 1  # From <linux/prctl.h>.


def main() -> None:
    """Drop to the user, tie the end to the parent's, become the command."""
    parent, end_with, user, *command = sys.argv[1:]
    if user != "-":
        _become(user)
    if sys.platform == "linux":
        # After the change of user: the kernel forgets the tie when credentials change.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.Signals[end_with].value)
    if os.getppid() != int(parent):
        # The parent died before the tie was made: no signal will come.
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 - no shell is wanted here


def _become(user: str) -> None:
    account = pwd.getpwnam(user)
    os.initgroups(user, account.pw_gid)
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)


main()
