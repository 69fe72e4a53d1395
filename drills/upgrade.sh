#!/usr/bin/env bash
# Two brokers replaced by another version and back, one at a time and under load: a line of PASS or FAIL for each claim of docs/reliability.md.
# OTHER_BROKER_JAR is the quarkus-run.jar of the former version; without it, brokers of one version are restarted. Beside what servers.sh says it takes
# haproxy, which spreads the calls.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
command -v haproxy >/dev/null || { echo "This takes haproxy." >&2; exit 1; }
unset DAYPASS_AUDIT_DIGEST_EVERY # for the former version, which may not have it
new=$broker old=${OTHER_BROKER_JAR:-$broker}
callers=6

# --- brokers a and b, and what spreads the calls ---
declare -A pid=() at=([a]=$((port + 3)) [b]=$((port + 4)))
start() { # NAME JAR SETTING...
  local here=http://127.0.0.1:${at[$1]}
  env DAYPASS_PORT="${at[$1]}" QUARKUS_SHUTDOWN_TIMEOUT=25s QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:"$port"/daypass "${@:3}" \
    "$java" @"$options" -jar "$2" >"broker-$1.log" 2>&1 &
  pid[$1]=$! started+=($!)
  until curl -sf -o /dev/null "$here/q/health/ready"; do kill -0 "${pid[$1]}" 2>/dev/null || { cat "broker-$1.log"; exit 1; }; sleep 0.2; done
}
start_balancer() {
  cat >haproxy.cfg <<CONFIGURATION
global
  stats socket ipv4@127.0.0.1:$((port + 6)) level admin
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  timeout check 3s
  retries 3
  retry-on conn-failure
  option redispatch 1
  http-reuse never
frontend calls
  bind 127.0.0.1:$((port + 2))
  default_backend brokers
backend brokers
  option httpchk GET /q/health/ready
  default-server check inter 500ms fall 2 rise 1
  server a 127.0.0.1:${at[a]}
  server b 127.0.0.1:${at[b]}
CONFIGURATION
  haproxy -db -f haproxy.cfg >haproxy.log 2>&1 &
  started+=($!)
  until curl -sf -o /dev/null "$here/q/health/ready"; do sleep 0.2; done
}
balance() { # NAME STATE
  exec 3<>/dev/tcp/127.0.0.1/$((port + 6))
  echo "set server brokers/$1 state $2" >&3
  cat <&3 >/dev/null
  exec 3>&-
}
slowest_stop=0
stop_gracefully() { # NAME: as Kubernetes does, once no new calls come
  local begun
  balance "$1" drain
  sleep 1
  begun=$SECONDS
  kill -TERM "${pid[$1]}"
  wait "${pid[$1]}" || true
  if [ $((SECONDS - begun)) -gt $slowest_stop ]; then slowest_stop=$((SECONDS - begun)); fi
}
replace() { # NAME JAR SETTING...
  stop_gracefully "$1"
  start "$@"
  balance "$1" ready
  sleep 2 # until it is seen to be ready
}
migrate() { # JAR
  env QUARKUS_INIT_AND_EXIT=true QUARKUS_FLYWAY_MIGRATE_AT_START=true DAYPASS_PORT=$((port + 5)) \
    QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:"$port"/daypass "$java" @"$options" -jar "$1"
}

# --- load: sessions that one broker gives are used at whichever comes next ---
assume() { sts Action=AssumeRole "RoleArn=$role" "RoleSessionName=$1" >"$1"; }
works() { as "$1" sts Action=GetCallerIdentity; }
load() { # NAME
  while [ -e load ]; do
    : >"$1-answer"
    if assume "$1" 2>"$1-error" && works "$1" >"$1-answer" 2>&1; then
      echo ok
    else
      echo "failed: $(date +%T) $(cat "$1-error" "$1-answer") $(grep -ho '<Code>.*</Message>' "$1" "$1-answer")"
    fi
  done
}
answered() { cat load-*.log | grep -c ok; }
not_one_failed() { ! grep -h failed load-*.log; }
during() { # TEXT COMMAND...
  local before
  before=$(answered)
  claim "$1" "${@:2}"
  claim "  meanwhile no call failed" not_one_failed
  say "  $(($(answered) - before)) sessions given and used"
}
in_turn() { # JAR SETTING...
  for name in a b; do replace "$name" "$@" || return 1; done
}
all_work() { for kept in kept-*; do works "$kept" >/dev/null || return 1; done; }

start_postgres && start_redis
"$java" -jar "$new" sealing-key new sealing-key.json >/dev/null 2>&1
start a "$old" && start b "$old" && start_balancer && sleep 2
make_role
assume kept-by-old
touch load
for ((i = 0; i < callers; i++)); do load "caller$i" >"load-$i.log" & started+=($!); done
sleep 3
from=$(date +%s)
during "the new version migrates the database, which the former one serves" migrate "$new"
during "one by one, brokers are replaced by the new version" in_turn "$new" QUARKUS_FLYWAY_MIGRATE_AT_START=false
assume kept-by-new
claim "sessions of both versions work" all_work
during "one by one, brokers are replaced by the former version" in_turn "$old" QUARKUS_FLYWAY_MIGRATE_AT_START=false
assume kept-by-old-again
claim "sessions of both versions work" all_work
during "one by one, brokers are replaced by the new version once more" in_turn "$new"
claim "sessions of both versions work" all_work
rm load
sleep 2
say "$(answered) sessions given and used in $(($(date +%s) - from)) s; the slowest stop under load took $slowest_stop s"
stops_in_time() { [ $slowest_stop -le 10 ]; }
claim "a broker under load stops within 10 seconds" stops_in_time
given=$(answered)
recorded=$("$pg/psql" -tA daypass -c "select count(*) from audit_event where event_name = 'AssumeRole' and error_code is null")
everything_recorded() { [ "$recorded" -ge "$given" ]; }
claim "every AssumeRole that was answered was recorded: $given answered, $recorded recorded" everything_recorded
exit $failed
