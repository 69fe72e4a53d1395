#!/usr/bin/env bash
# PostgreSQL has no room left on its disk or on that of its write-ahead log, and takes few connections or none: a line of PASS or FAIL for each claim of
# docs/reliability.md. Beside what servers.sh says it takes Linux, and root, who mounts two small disks in memory.
set -euo pipefail
[ "$(id -u)" = 0 ] || { echo "This takes root, to mount two small disks in memory." >&2; exit 1; }
. "$(dirname "$0")/servers.sh"
. "$root/drills/probes.sh"
export QUARKUS_DATASOURCE_USERNAME=broker # not a superuser, whom no limit holds

disk() { # FOLDER SIZE
  mkdir -p "$1"
  mount -t tmpfs -o "size=$2,mode=700,uid=$(id -u nobody)" daypass-drill "$1"
}
clean() {
  end 2>/dev/null || true
  umount "$work/pg/data" "$work/pg/wal"
  rm -rf "$work"
}
trap clean EXIT
fill() { head -c 1G /dev/zero >"$1/ballast" || true; }
fill_data() { fill pg/data; }
empty_data() { rm pg/data/ballast; }
fill_log() { # and ask for the next piece of it
  fill pg/wal
  while "$pg/psql" -q daypass -c 'select pg_switch_wal()'; do sleep 0.2; done
}
empty_log() { # PostgreSQL has given up: what supervises it starts it again
  rm pg/wal/ballast
  if ! "$pg/pg_isready" -q; then restart_postgres; fi
}
connections() { # LIMIT
  "$pg/psql" -q daypass -c "alter role broker connection limit $1" -c "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'broker'"
}
few_connections() { connections 4; }
no_connections() { connections 0; }
any_connections() { "$pg/psql" -q daypass -c 'alter role broker connection limit -1'; }

disk pg/data 192m && disk pg/wal 96m
start_postgres --waldir="$work/pg/wal" && start_redis
"$pg/psql" -q daypass -c "create role broker login password '$PGPASSWORD'" -c 'alter database daypass owner to broker' \
  -c "alter system set min_wal_size = '32MB'" -c "alter system set max_wal_size = '48MB'" -c 'select pg_reload_conf()' >/dev/null
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
make_role && make_operator >/dev/null && login
start_probes
sleep 3
fault "no room on the disk of PostgreSQL" fill_data empty_data "200 503" "200 503" "200 503" 200
refused_some() { grep -q ' 503 ' probe-assume; }
claim "  there was no room: AssumeRole was refused" refused_some
fault "no room on the disk of its write-ahead log" fill_log empty_log 503 503 503 503
fault "four connections and no more" few_connections any_connections "200 503" "200 503" "200 503" "200 503"
fault "no connection" no_connections any_connections 503 503 503 503
stop_probes
claim_recorded probe-assume
claim "the trail is as it was signed" verified
exit $failed
