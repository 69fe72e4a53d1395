#!/usr/bin/env bash
# What a broker answers while PostgreSQL or Redis is stopped, frozen, full or read-only, and when it is itself again: a line of PASS or FAIL for
# each claim of docs/reliability.md, and a row of its table for each fault. servers.sh says what it takes.
set -euo pipefail
. "$(dirname "$0")/servers.sh"

fault_seconds=${FAULT_SECONDS:-10}
slowest_ms=2500 # of any answer, whatever is away
back_ms=3000    # until the first good answer after a fault

# --- probes: one call after another; a line with the millisecond, the status and the seconds that it took ---
now() { date +%s%3N; }
ask() { # NAME CURL'S ARGUMENTS...
  local answer
  answer=$(curl -s -o /dev/null --max-time 20 -w '%{http_code} %{time_total}' "${@:2}" || true)
  echo "$(now) $answer" >>"probe-$1"
}
probe() { # NAME CURL'S ARGUMENTS...: ten times a second
  while [ -e probing ]; do
    ask "$@"
    sleep 0.1
  done
}
people=40 # each signs in a few times: more often, and they are asked to wait
probe_sign_in() { # once a second
  local i=0
  while [ -e probing ]; do
    ask sign-in -H 'Content-Type: application/json' "$here/api/sign-in" \
      -d "{\"account\": \"$account\", \"userName\": \"person$((i++ % people))\", \"password\": \"correct horse battery\"}"
    sleep 1
  done
}
signed=(--aws-sigv4 aws:amz:us-east-1:sts --user "$DAYPASS_BOOTSTRAP_ACCESS_KEY_ID:$DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY" -d Version=2011-06-15)
role=arn:aws:iam::$account:role/deploy
start_probes() {
  touch probing
  probe identity "${signed[@]}" -d Action=GetCallerIdentity "$here/" & started+=($!)
  probe assume "${signed[@]}" -d Action=AssumeRole -d "RoleArn=$role" -d RoleSessionName=probe "$here/" & started+=($!)
  probe ready "$here/q/health/ready" & started+=($!)
  probe live "$here/q/health/live" & started+=($!)
  probe_sign_in & started+=($!)
}
probes=(identity assume sign-in ready live)

# --- what a probe saw from one millisecond to another ---
between() { awk -v from="$2" -v to="$3" '$1 >= from && $1 <= to' "probe-$1"; }
statuses() { between "$@" | awk '{n[$2]++} END {for (s in n) printf "%s%s x %d", (c++ ? ", " : ""), s, n[s]}'; }
longest_ms() { between "$@" | awk '{t = $3 * 1000; if (t > m) m = t} END {printf "%d", m}'; }
only() { # PROBE FROM TO STATUS...
  between "$1" "$2" "$3" | awk -v allowed=" ${*:4} " 'index(allowed, " " $2 " ") == 0 {print; bad = 1} END {exit bad || NR == 0}'
}
good_after() { # PROBE FROM: milliseconds until its first good answer
  awk -v from="$2" '$1 >= from && $2 == 200 {print $1 - from; exit}' "probe-$1"
}
quick() { [ "$(longest_ms "$1" "$2" "$3")" -le "$slowest_ms" ]; }
is_back() { local took; took=$(good_after "$1" "$2") && [ -n "$took" ] && [ "$took" -le "$back_ms" ]; }

# fault NAME INJECT UNDO IDENTITY ASSUME SIGN-IN READY: the statuses that may be answered meanwhile, but for the first second, in which it is noticed
fault() {
  local name=$1 inject=$2 undo=$3 allowed=("${@:4}" 200) from to i probe
  say "$name"
  "$inject" >injected 2>&1
  from=$(now)
  sleep "$fault_seconds"
  "$undo" >undone 2>&1
  to=$(now)
  sleep 6
  for i in "${!probes[@]}"; do
    probe=${probes[i]}
    claim "  $probe: nothing but ${allowed[i]} after the first second" only "$probe" $((from + 1000)) "$to" ${allowed[i]}
    claim "  $probe: no answer took longer than $slowest_ms ms" quick "$probe" "$from" $((to + 6000))
    claim "  $probe: good again within $back_ms ms" is_back "$probe" "$to"
  done
  printf '      | %s |' "$name"
  for probe in "${probes[@]}"; do
    printf ' %s; %s ms; %s ms |' "$(statuses "$probe" "$from" "$to")" "$(longest_ms "$probe" "$from" "$to")" "$(good_after "$probe" "$to")"
  done
  echo
}

# --- faults ---
postgres_pid() { head -1 pg/data/postmaster.pid; }
postgres_all() { echo "$(postgres_pid)"; pgrep -P "$(postgres_pid)"; }
freeze_postgres() { postgres_all | xargs kill -STOP; }
thaw_postgres() { postgres_all | xargs kill -CONT; }
kill_postgres() { postgres_all | xargs kill -KILL; }
run_postgres() {
  rm -f pg/data/postmaster.pid
  "${as_server[@]}" "$pg/postgres" -D pg/data -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= >>pg/log 2>&1 &
  started[0]=$! # stopped when nobody is connected any more, as the first was to be
  until "$pg/pg_isready" -q; do sleep 0.1; done
}
close_postgres() { "$pg/psql" -q daypass -c 'alter system set default_transaction_read_only = on' -c 'select pg_reload_conf()'; }
open_postgres() { "$pg/psql" -q daypass -c 'set default_transaction_read_only = off' -c 'alter system reset default_transaction_read_only' -c 'select pg_reload_conf()'; }
freeze_redis() { kill -STOP "$redis_pid"; }
thaw_redis() { kill -CONT "$redis_pid"; }
kill_redis() { kill -KILL "$redis_pid"; }
redis_cli() { "${redis%server}cli" -p $((port + 1)) "$@"; }
fill_redis() { redis_cli config set maxmemory 1; }
drain_redis() { redis_cli config set maxmemory 0; }

# --- the drill ---
start_postgres && start_redis
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::'$account':root"}}]}'
{
  for ((i = 0; i < people; i++)); do
    iam Action=CreateUser UserName=person$i
    iam Action=CreateLoginProfile UserName=person$i Password='correct horse battery'
  done
  iam Action=CreateRole RoleName=deploy "AssumeRolePolicyDocument=$trust"
} >/dev/null
start_probes
sleep 5
begun=$(now)
fault "PostgreSQL frozen" freeze_postgres thaw_postgres 503 503 503 503
fault "PostgreSQL killed" kill_postgres run_postgres 503 503 503 503
fault "PostgreSQL read-only" close_postgres open_postgres 503 503 503 "200 503"
fault "Redis frozen" freeze_redis thaw_redis 200 200 503 200
fault "Redis killed" kill_redis start_redis 200 200 503 200
fault "Redis full" fill_redis drain_redis 200 200 503 200
rm -f probing
sleep 1
acknowledged=$(awk '$2 == 200' probe-assume | wc -l)
recorded=$("$pg/psql" -tA daypass -c "select count(*) from audit_event where event_name = 'AssumeRole' and error_code is null")
everything_recorded() { echo "$acknowledged answered, $recorded recorded"; [ "$recorded" -ge "$acknowledged" ]; }
claim "every AssumeRole that was answered was recorded: $acknowledged answered, $recorded recorded" everything_recorded
say "$(( ($(now) - begun) / 1000 )) s"
exit $failed
