"""Runs a program at a terminal of its own, as a person would: waits for what it says, and types.

terminal.py STEPS COMMAND...: STEPS is JSON, a list of ["expect", text] and ["type", text].
Prints all that the terminal showed and exits as the program does; with 90 where a text never came.
"""
import json
import os
import pty
import select
import sys
import termios
import time

LONGEST = 30

steps = json.loads(sys.argv[1])
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])

shown = b""
read = 0


def more(until):
    global shown
    ready, _, _ = select.select([terminal], [], [], max(0, until - time.monotonic()))
    if not ready:
        return False
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        return False
    shown += piece
    return bool(piece)


for kind, text in steps:
    wanted = text.encode()
    if kind == "type":
        os.write(terminal, wanted)
        continue
    end = time.monotonic() + LONGEST
    while wanted not in shown[read:]:
        if not more(end):
            sys.stdout.write(f"{shown.decode(errors='replace')}\nnever said: {text}\n")
            os.kill(child, 9)
            sys.exit(90)
    read = shown.index(wanted, read) + len(wanted)

echoes = None
while True:
    finished, status = os.waitpid(child, os.WNOHANG)
    if finished:
        break
    try:
        echoes = bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
    except termios.error:
        pass
    more(time.monotonic() + 0.05)
while more(time.monotonic() + 0.2):
    pass
try:
    echoes = bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
except termios.error:
    pass
sys.stdout.write(shown.decode(errors="replace"))
sys.stdout.write(f"\n[echo {'on' if echoes else 'off'}]\n")
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
