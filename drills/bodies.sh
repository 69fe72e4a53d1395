#!/usr/bin/env bash
# What a broker does with many who send most of a body and then wait: a line of PASS or FAIL for each claim of docs/reliability.md.
# Beside what servers.sh says it takes Python 3.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
command -v python3 >/dev/null || { echo "This takes Python 3." >&2; exit 1; }
connections=700 sent=1000000 # more than the heap
ulimit -n 4096

# PATH: opens the connections, says so by the file "held", and after 40 seconds how many were answered what
hold() {
  python3 - "$((port + 2))" "$1" $connections $sent <<'PYTHON'
import socket, sys, time
port, path, connections, sent = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
kind = "application/x-www-form-urlencoded" if path == "/" else "application/json"
head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {kind}\r\nContent-Length: {sent + 1}\r\n\r\n"
held, answers = [], {}
for _ in range(connections):
    connection = socket.create_connection(("127.0.0.1", port), 10)
    held.append(connection)
    try:
        connection.sendall(head.encode() + b"a" * sent)
    except OSError:
        pass
open("held", "w").close()
time.sleep(40)
for connection in held:
    connection.settimeout(0.1)
    try:
        answer = (connection.recv(4096).split(b"\r\n")[0].decode() or "- closed").split(" ")[1]
    except TimeoutError:
        answer = "none"
    except OSError:
        answer = "closed"
    answers[answer] = answers.get(answer, 0) + 1
for answer, times in sorted(answers.items()):
    print(answer, times)
PYTHON
}
memory() { awk '/^VmRSS/ {print $2}' /proc/$broker_pid/status; }
answers() { awk -v status="$1" '$1 == status {n = $2} END {print n + 0}' answers; }
some_refused() { [ "$(answers 503)" -gt 0 ]; }
given_up() { echo $(($(answers 408) + $(answers 400) + $(answers closed))); }
rest_given_up() { cat answers && [ $(($(answers 503) + $(given_up))) -eq $connections ]; }
quick() { ! grep -v '^200 [0-2]' asked; }
ask() { curl -s -o /dev/null --max-time 5 -w '%{http_code} %{time_total}\n' "$@" >>asked || true; }

start_postgres && start_redis
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
for path in / /api/sign-in; do
  sts Action=GetCallerIdentity >/dev/null
  before=$(memory)
  rm -f held asked
  hold $path >answers & holding=$!
  until [ -e held ]; do sleep 0.1; done
  for _ in 1 2 3 4 5; do
    ask "$here/q/health/live"
    ask --aws-sigv4 aws:amz:us-east-1:sts --user "$DAYPASS_BOOTSTRAP_ACCESS_KEY_ID:$DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY" \
      -d Version=2011-06-15 -d Action=GetCallerIdentity "$here/"
    sleep 1
  done
  during=$(memory)
  wait $holding
  say "$path: $(answers 503) were refused, $(given_up) given up; the broker's memory was $((before / 1024)) MiB, and $((during / 1024)) MiB meanwhile"
  claim "$connections send a megabyte to $path but for a byte: those for whom there is no room are refused" some_refused
  claim "  meanwhile the broker lives, and short calls are answered, within 3 seconds" quick
  claim "  whoever is left is given up after 30 seconds" rest_given_up
  claim "  afterwards it is as it was" sts Action=GetCallerIdentity
done
exit $failed
