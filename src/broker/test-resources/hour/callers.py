"""Callers with boto3 as HourCallers has them with the AWS SDK for Java, on the fast clock of a computer.

python3 callers.py BROKER FILE CALLERS CLOCK
"""

import datetime
import random
import struct
import sys
import threading
import time

broker, file, callers, computer = sys.argv[1:]


def clock():
    """Milliseconds, and those by which this computer is ahead."""
    with open(computer, "rb") as shared:
        gone, skew = struct.unpack("=qq", shared.read(16))
    return time.time() * 1000 + gone, skew


class Fast(datetime.datetime):
    """What botocore takes the time from."""

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(sum(clock()) / 1000, tz)


datetime.datetime = Fast

import boto3  # noqa: E402
import botocore  # noqa: E402

over = threading.Event()
lock = threading.Lock()
once = botocore.config.Config(retries={"total_max_attempts": 1})
calls = open(file, "w")


def note(kind, began, key, outcome):
    ended = clock()[0]
    with lock:
        calls.write("%s %d %d %s %s\n" % (kind, began, ended, key, " ".join(outcome.split())))


def call():
    session = boto3.Session()
    sts = session.client("sts", region_name="eu-west-1", endpoint_url=broker, config=once)
    held = session.get_credentials()
    while not over.wait(random.uniform(0, 4)):
        key = "-"
        began = clock()[0]
        try:
            key = held.get_frozen_credentials().access_key
            note("served", began, key, "ok")
            began = clock()[0]
            sts.get_caller_identity()
            note("cached", began, key, "ok")
        except Exception as failure:
            note("served" if key == "-" else "cached", began, key, str(failure))


threads = [threading.Thread(target=call) for _ in range(int(callers))]
for thread in threads:
    thread.start()
sys.stdin.read()
over.set()
for thread in threads:
    thread.join()
calls.close()
