#!/usr/bin/env bash
# A broker is killed twenty times under load, then PostgreSQL is: a line of PASS or FAIL for each time. servers.sh says what it takes.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
. "$root/drills/probes.sh"
kills=${KILLS:-20} callers=4

load() { # NAME: one call after another
  while [ -e load ]; do ask "$1" "${signed[@]}" -d Action=AssumeRole -d "RoleArn=$role" -d RoleSessionName=load "$here/"; done
}
answered() { awk '$2 == 200' probe-load-* | wc -l; }
works_again() { # some answer more
  local before i
  before=$(answered)
  for ((i = 0; i < 50; i++)); do
    if [ "$(answered)" -gt "$before" ]; then return 0; fi
    sleep 0.1
  done
  return 1
}
after_kill() { works_again && recorded probe-load-*; }
kill_broker() { kill -KILL "$broker_pid" && { start_broker daypass || start_broker daypass; }; } # where a computer is busy, the first may give up
kill_and_restart_postgres() { kill_postgres && restart_postgres; }
each_time() { # WHAT COMMAND
  local before
  for ((i = 1; i <= kills; i++)); do
    before=$(answered)
    sleep $((1 + RANDOM % 2)).$((RANDOM % 10))
    "$2" 2>killed
    claim "$1 killed, time $i, after $(($(answered) - before)) answers: AssumeRole is answered again, and each one answered is in the trail" after_kill
  done
}

start_postgres && start_redis
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || start_broker daypass || { cat broker.log; exit 1; }
make_role && make_operator >/dev/null && login
touch load
for ((i = 0; i < callers; i++)); do load "load-$i" & started+=($!); done
sleep 3
each_time "the broker" kill_broker
claim "the trail is as it was signed" verified
each_time "PostgreSQL" kill_and_restart_postgres
claim "the trail is as it was signed" verified
rm load
sleep 1
claim_recorded probe-load-*
exit $failed
