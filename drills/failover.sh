#!/usr/bin/env bash
# PostgreSQL fails over to its synchronous replica, twice, while a broker is at work: once it is killed, once it is frozen. A line of PASS or FAIL for each
# claim of docs/reliability.md. Beside what servers.sh says it takes haproxy, which is the one address that moves.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
. "$root/drills/probes.sh"
command -v haproxy >/dev/null || { echo "This takes haproxy." >&2; exit 1; }
database_port=$((port + 3)) control_port=$((port + 4))
declare -A at=([a]=$port [b]=$((port + 5))) data=([a]=pg/data [b]=pg/replica)

# --- one address, behind which is a or b ---
start_address() {
  cat >haproxy.cfg <<CONFIGURATION
global
  stats socket ipv4@127.0.0.1:$control_port level admin
listen postgres
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
  retries 0
  bind 127.0.0.1:$database_port
  server a 127.0.0.1:${at[a]}
  server b 127.0.0.1:${at[b]} disabled
CONFIGURATION
  haproxy -db -f haproxy.cfg >haproxy.log 2>&1 &
  started+=($!)
}
move() { # FROM TO
  exec 3<>"/dev/tcp/127.0.0.1/$control_port"
  echo "disable server postgres/$1; enable server postgres/$2; shutdown sessions server postgres/$1" >&3
  cat <&3
  exec 3>&-
}

# --- a primary and its replica ---
follow() { # PRIMARY REPLICA: from now on, nothing is acknowledged that is not on both
  rm -rf "${data[$2]}"
  "${as_server[@]}" "$pg/pg_basebackup" -p "${at[$1]}" -D "${data[$2]}" -R -c fast
  run_postgres "${data[$2]}" "${at[$2]}"
  "$pg/psql" -qp "${at[$1]}" daypass -c "alter system set synchronous_standby_names = '*'" -c 'select pg_reload_conf()' >/dev/null
  until [ "$("$pg/psql" -qtAp "${at[$1]}" daypass -c 'select sync_state from pg_stat_replication')" = sync ]; do sleep 0.2; done
}
promote() { "${as_server[@]}" "$pg/pg_ctl" promote -D "${data[$1]}"; }
kill_a() { kill_postgres "${data[a]}"; }
promote_b() { promote b && move a b; }
freeze_b() { postgres_all "${data[b]}" | xargs kill -STOP; }
promote_a() { # the address moves before there is who can write
  move b a
  sleep 3
  promote a
}

works() { as "$1" sts Action=GetCallerIdentity; }
refused() { ! works "$1" >refusal && grep '<Code>InvalidClientTokenId</Code>' refusal; }
assume() { sts Action=AssumeRole "RoleArn=$role" "RoleSessionName=$1" >"$1"; }
revoke() { # NAME: a session, and a key
  assume "session-$1"
  iam Action=CreateAccessKey UserName=person0 >"key-$1"
  claim "a session and an access key work" works "session-$1"
  daypass_call Action=RevokeSession SessionId="$(field AccessKeyId "session-$1")" >/dev/null
  iam Action=DeleteAccessKey UserName=person0 AccessKeyId="$(field AccessKeyId "key-$1")" >/dev/null
}
claim_refused() { # NAME TEXT
  claim "$2: the session that was revoked before is refused" refused "session-$1"
  claim "$2: the access key that was deleted before is refused" refused "key-$1"
}

start_postgres && start_redis && start_address
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
make_role && make_operator >/dev/null && login
start_probes
assume kept
follow a b
sleep 3
revoke first
fault "the primary killed, its replica promoted, then the address moved" kill_a promote_b 503 503 503 503
export PGPORT=${at[b]}
claim_refused first "afterwards"
claim "a session from before works" works kept
claim_recorded probe-assume
follow b a
revoke second
fault "the primary frozen, the address moved, then its replica promoted" freeze_b promote_a 503 503 503 "200 503"
export PGPORT=${at[a]}
claim_refused second "afterwards"
claim_refused first "after both"
claim "a session from before works" works kept
stop_probes
claim_recorded probe-assume
claim "the trail is as it was signed" verified
postgres_all "${data[b]}" | xargs kill -CONT
kill_postgres "${data[b]}"
here=http://127.0.0.1:$((port + 6)) DAYPASS_PORT=$((port + 6)) start_broker daypass second.log || { cat second.log; exit 1; }
here=http://127.0.0.1:$((port + 6))
claim_refused first "by a broker that starts now"
claim_refused second "by a broker that starts now"
claim "  a session from before works" works kept
exit $failed
