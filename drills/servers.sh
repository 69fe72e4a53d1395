# What drills share: the servers that they start, calls, and a line for each claim. To be sourced, with `set -euo pipefail`.
# Everything is started in a temporary folder and on loopback, and is gone afterwards. It takes a JDK 25 (JAVA_HOME), the programs of one
# PostgreSQL (PG_BIN: the folder that has initdb and pg_dump), redis-server or valkey-server (REDIS), curl 7.86 or later, and what `make` has built.
# DRILL_PORT is the first of eight ports that are used.
# shellcheck shell=bash disable=SC2034
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ -f "$root/broker/quarkus-run.jar" ]; then # a distribution
  broker=$root/broker/quarkus-run.jar options=$root/broker/jvm.options cli=$root/cli/daypass.jar
else
  broker=$root/src/broker/target/quarkus-app/quarkus-run.jar options=$root/src/broker/jvm.options cli=$root/src/cli/target/daypass.jar
fi
broker=${BROKER_JAR:-$broker} cli=${CLI_JAR:-$cli} java=${JAVA_HOME:+$JAVA_HOME/bin/}java
pg=${PG_BIN:-$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)}
pg=${pg:-$(pg_config --bindir 2>/dev/null || true)}
redis=${REDIS:-$(command -v redis-server || command -v valkey-server || true)}
[ -x "$pg/initdb" ] || { echo "This takes PostgreSQL's programs: set PG_BIN to the folder that has initdb and pg_dump." >&2; exit 1; }
[ -x "$redis" ] || { echo "This takes a Redis or a Valkey: set REDIS to redis-server or valkey-server." >&2; exit 1; }
"$java" --version 2>/dev/null | grep -Eq '^openjdk (2[5-9]|[3-9][0-9])' || { echo "This takes a JDK 25 or later: set JAVA_HOME to its folder." >&2; exit 1; }
[ -f "$broker" ] && [ -f "$cli" ] || { echo "There is no broker at $broker, or no daypass at $cli: run make build." >&2; exit 1; }
port=${DRILL_PORT:-$((20000 + RANDOM % 10000))}
account=111122223333 here=http://127.0.0.1:$((port + 2))
work=$(mktemp -d) started=() failed=0
chmod 711 "$work"
cd "$work" || exit
stop() { kill "$1" 2>/dev/null || true; wait "$1" 2>/dev/null || true; }
end() { # the newest first: PostgreSQL waits for those who are connected
  rm -f load
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do stop "${started[i]}"; done
  cd / && rm -rf "$work"
}
trap end EXIT
random() { od -An -tx1 -N20 /dev/urandom | tr -d ' \n'; }

# --- what a broker needs ---
as_server=() # PostgreSQL does not run as root
if [ "$(id -u)" = 0 ]; then as_server=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups); fi
PGPASSWORD=$(random)
export PGHOST=127.0.0.1 PGPORT=$port PGUSER=daypass PGPASSWORD
run_postgres() { # [DATA PORT]
  "${as_server[@]}" "$pg/postgres" -D "${1:-pg/data}" -p "${2:-$port}" -c listen_addresses=127.0.0.1 -c unix_socket_directories= >>pg/log 2>&1 &
  started=($! "${started[@]}") # stopped when nobody is connected any more
  until "$pg/pg_isready" -q -p "${2:-$port}"; do kill -0 "${started[0]}" || { cat pg/log; return 1; }; sleep 0.1; done
}
start_postgres() { # INITDB'S OPTIONS...
  mkdir -m 700 -p pg && printf %s "$PGPASSWORD" >pg/password
  if [ "$(id -u)" = 0 ]; then chown -R nobody pg; fi
  "${as_server[@]}" "$pg/initdb" -D pg/data -U daypass --auth=scram-sha-256 --pwfile=pg/password --encoding=UTF8 --locale=C "$@" >pg/log
  run_postgres
  "$pg/createdb" daypass && "$pg/createdb" restored
}
postgres_all() { # [DATA]
  local first
  first=$(head -1 "${1:-pg/data}/postmaster.pid")
  echo "$first" && pgrep -P "$first"
}
kill_postgres() { postgres_all "$@" | xargs kill -KILL; }
restart_postgres() { # [DATA PORT], once it was killed
  rm -f "${1:-pg/data}/postmaster.pid"
  run_postgres "$@"
}
start_redis() {
  "$redis" --port $((port + 1)) --bind 127.0.0.1 --save '' --dir "$work" >redis.log 2>&1 &
  redis_pid=$! started+=($!)
}
export DAYPASS_PORT=$((port + 2)) DAYPASS_DATA=$work/unused DAYPASS_ACCOUNT_ID=$account DAYPASS_AUDIT_DIGEST_EVERY=1s DAYPASS_HOME=$work/home
export DAYPASS_BOOTSTRAP_ACCESS_KEY_ID=AKIADAYPASSDRILL0001 DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY DAYPASS_SEALING_KEY_FILE=$work/sealing-key.json
DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY=$(random)
export QUARKUS_DATASOURCE_USERNAME=daypass QUARKUS_DATASOURCE_PASSWORD=$PGPASSWORD QUARKUS_REDIS_HOSTS=redis://127.0.0.1:$((port + 1))
start_broker() { # DATABASE [LOG]
  QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:${database_port:-$port}/$1 "$java" @"$options" -jar "$broker" >"${2:-broker.log}" 2>&1 &
  broker_pid=$! started+=($!)
  until curl -sf -o /dev/null "$here/q/health/ready"; do kill -0 $broker_pid 2>/dev/null || return 1; sleep 0.5; done
}

# --- calls: as the administrator, or as whom a file's answer names ---
field() { sed -n "s:.*<$1>\([^<]*\)</$1>.*:\1:p" "$2"; }
call() { # SERVICE VERSION PARAMETER...
  local service=$1 data=(--data-urlencode "Version=$2") token=()
  for parameter in "${@:3}"; do data+=(--data-urlencode "$parameter"); done
  if [ -n "${session-}" ]; then token=(-H "X-Amz-Security-Token: $session"); fi
  curl -sS --fail-with-body --aws-sigv4 "aws:amz:us-east-1:$service" "${token[@]}" "${data[@]}" "$here/" \
    --user "${key-$DAYPASS_BOOTSTRAP_ACCESS_KEY_ID}:${secret-$DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY}"
}
signature() { # BODY: the headers of a form to STS, signed by the administrator, as it was sent once
  curl -sv -o /dev/null --aws-sigv4 aws:amz:us-east-1:sts --user "$DAYPASS_BOOTSTRAP_ACCESS_KEY_ID:$DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY" \
    -d "$1" "$here/" 2>&1 | sed -n 's/^> \(.*\)\r$/\1/p'
}
header() { sed -n "s/^$1: //p" <<<"$2"; } # NAME SIGNATURE
iam() { call iam 2010-05-08 "$@"; }
sts() { call sts 2011-06-15 "$@"; }
daypass_call() { call daypass 2026-11-01 "$@"; }
as() { local key secret session; key=$(field AccessKeyId "$1") secret=$(field SecretAccessKey "$1") session=$(field SessionToken "$1"); "${@:2}"; }
daypass() { "$java" -XX:TieredStopAtLevel=1 -jar "$cli" "$@"; }
role=arn:aws:iam::$account:role/deploy
make_role() { # whom everybody in the account may assume
  iam Action=CreateRole RoleName=deploy >/dev/null \
    AssumeRolePolicyDocument='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::'$account':root"}}]}'
}
make_operator() {
  iam Action=CreateUser UserName=operator
  iam Action=CreateLoginProfile UserName=operator Password='correct horse battery'
  iam Action=AttachUserPolicy UserName=operator PolicyArn=arn:aws:iam::aws:policy/AdministratorAccess
}
login() { # the operator
  echo 'correct horse battery' | daypass login --server "$here" --stdin --account $account --user operator --insecure-storage >login.log 2>&1 ||
    { cat login.log; exit 1; }
}
claim() { # TEXT COMMAND...
  if "${@:2}" >answer 2>&1; then echo "PASS  $1"; else echo "FAIL  $1" && sed 's/^/      /' answer && echo && failed=1; fi
}
say() { echo "--    $1"; }
