#!/usr/bin/env bash
# What a broker answers while PostgreSQL or Redis is stopped, frozen, full or read-only, and when it is itself again: a line of PASS or FAIL for
# each claim of docs/reliability.md, and a row of its table for each fault. servers.sh says what it takes.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
. "$root/drills/probes.sh"

# --- faults ---
freeze_postgres() { postgres_all | xargs kill -STOP; }
thaw_postgres() { postgres_all | xargs kill -CONT; }
close_postgres() { "$pg/psql" -q daypass -c 'alter system set default_transaction_read_only = on' -c 'select pg_reload_conf()'; }
open_postgres() { "$pg/psql" -q daypass -c 'set default_transaction_read_only = off' -c 'alter system reset default_transaction_read_only' -c 'select pg_reload_conf()'; }
freeze_redis() { kill -STOP "$redis_pid"; }
thaw_redis() { kill -CONT "$redis_pid"; }
kill_redis() { kill -KILL "$redis_pid"; }
redis_cli() { "${redis%server}cli" -p $((port + 1)) "$@"; }
fill_redis() { redis_cli config set maxmemory 1; }
drain_redis() { redis_cli config set maxmemory 0; }

# The connection that hears of changes asks whether PostgreSQL is there, as `ready` does; when it is new, nothing yet.
cut() { "$pg/psql" -q daypass -c "select pg_terminate_backend(pid) from pg_stat_activity where query = '$1'"; }
cut_listening() {
  touch cutting
  cut 'select 1'
  while [ -e cutting ]; do
    cut 'listen daypass'
    sleep 0.2
  done &
}
leave_listening() { rm cutting; }

# --- the drill ---
start_postgres && start_redis
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
make_role
start_probes
sleep 5
begun=$(now)
fault "PostgreSQL frozen" freeze_postgres thaw_postgres 503 503 503 503
fault "PostgreSQL killed" kill_postgres restart_postgres 503 503 503 503
fault "PostgreSQL read-only" close_postgres open_postgres 503 503 503 "200 503"
fault "listening cut" cut_listening leave_listening 200 200 200 200
fault "Redis frozen" freeze_redis thaw_redis 200 200 503 200
fault "Redis killed" kill_redis start_redis 200 200 503 200
fault "Redis full" fill_redis drain_redis 200 200 503 200
stop_probes
claim_recorded probe-assume
say "$(( ($(now) - begun) / 1000 )) s"
exit $failed
