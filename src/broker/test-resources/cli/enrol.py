"""Runs `daypass mfa add totp` at a terminal of its own, reads the key that it shows, and types codes.

enrol.py COMMAND...: prints what the terminal showed, and exits as the program does.
"""
import base64
import hashlib
import hmac
import os
import pty
import re
import struct
import sys
import time

PATIENCE = 60


def totp(key, step):
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(key + "=" * (-len(key) % 8)), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])

shown = ""


def until(pattern):
    global shown
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = re.search(pattern, shown)
        if found:
            return found
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        shown += piece.decode(errors="replace")
    sys.exit(f"{shown}\nnever said: {pattern}")


key = until(r"type its key: ([A-Z2-7]+)\s").group(1)
until(r"Code: ")
os.write(terminal, b"12345\n")
until(r"six digits")
os.write(terminal, (totp(key, -1) + "\n").encode())
until(r"The next code: ")
os.write(terminal, (totp(key, 0) + "\n").encode())
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    shown += piece.decode(errors="replace")
_, status = os.waitpid(child, 0)
print(shown)
sys.exit(os.waitstatus_to_exitcode(status))
