#!/usr/bin/env bash
# A backup of a broker at work, and what is there again when it is restored: a line of PASS or FAIL for each claim of docs/backup.md.
# Everything is started here, in a temporary folder and on loopback, and is gone afterwards. It takes a JDK 25 (JAVA_HOME), the programs of one
# PostgreSQL (PG_BIN: the folder that has initdb and pg_dump), redis-server or valkey-server (REDIS), curl 7.86 or later, and what `make` has built.
# DRILL_PORT is the first of three ports that it uses.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
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
[ -f "$broker" ] && [ -f "$cli" ] || { echo "There is no broker at $broker, or no daypass at $cli: run make build." >&2; exit 1; }
port=${DRILL_PORT:-$((20000 + RANDOM % 10000))}
account=111122223333 here=http://127.0.0.1:$((port + 2))
work=$(mktemp -d) started=() failed=0
chmod 711 "$work" && cd "$work"
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
start_postgres() {
  mkdir -m 700 pg && printf %s "$PGPASSWORD" >pg/password
  if [ "$(id -u)" = 0 ]; then chown -R nobody pg; fi
  "${as_server[@]}" "$pg/initdb" -D pg/data -U daypass --auth=scram-sha-256 --pwfile=pg/password --encoding=UTF8 --locale=C >pg/log
  "${as_server[@]}" "$pg/postgres" -D pg/data -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= >>pg/log 2>&1 &
  started+=($!)
  until "$pg/pg_isready" -q; do kill -0 ${started[-1]} || { cat pg/log; exit 1; }; sleep 0.2; done
  "$pg/createdb" daypass && "$pg/createdb" restored
}
start_redis() {
  "$redis" --port $((port + 1)) --bind 127.0.0.1 --save '' --dir "$work" >redis.log 2>&1 &
  redis_pid=$! started+=($!)
}
export DAYPASS_PORT=$((port + 2)) DAYPASS_DATA=$work/unused DAYPASS_ACCOUNT_ID=$account DAYPASS_AUDIT_DIGEST_EVERY=1s DAYPASS_HOME=$work/home
export DAYPASS_BOOTSTRAP_ACCESS_KEY_ID=AKIABACKUPDRILL00001 DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY DAYPASS_SEALING_KEY_FILE=$work/sealing-key.json
DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY=$(random)
export QUARKUS_DATASOURCE_USERNAME=daypass QUARKUS_DATASOURCE_PASSWORD=$PGPASSWORD QUARKUS_REDIS_HOSTS=redis://127.0.0.1:$((port + 1))
start_broker() { # DATABASE
  QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:$port/$1 "$java" @"$options" -jar "$broker" >broker.log 2>&1 &
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
iam() { call iam 2010-05-08 "$@"; }
sts() { call sts 2011-06-15 "$@"; }
daypass_call() { call daypass 2026-11-01 "$@"; }
as() { local key secret session; key=$(field AccessKeyId "$1") secret=$(field SecretAccessKey "$1") session=$(field SessionToken "$1"); "${@:2}"; }
works() { as "$1" sts Action=GetCallerIdentity; }
refused() { ! works "$1" >refusal && grep -q '<Code>InvalidClientTokenId</Code>' refusal; }
assume() { sts Action=AssumeRole RoleArn=arn:aws:iam::$account:role/deploy "RoleSessionName=$1" >"$1"; }
daypass() { "$java" -XX:TieredStopAtLevel=1 -jar "$cli" "$@"; }
verify() { daypass audit verify --anchor anchor.json; }
rolled_back() { ! verify >verified && grep -E 'ROLLED_BACK|REPLACED' verified; }
load() { while [ -e load ]; do sts Action=AssumeRole RoleArn=arn:aws:iam::$account:role/deploy RoleSessionName=load >/dev/null 2>&1 && echo ok || echo failed; done; }
claim() { # TEXT COMMAND...
  if "${@:2}" >answer 2>&1; then echo "PASS  $1"; else echo "FAIL  $1" && sed 's/^/      /' answer && echo && failed=1; fi
}
say() { echo "--    $1"; }

say "before the backup: a user, a role, sessions, a revocation, a sign-in"
start_postgres && start_redis
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::'$account':root"}}]}'
{
  iam Action=CreateUser UserName=operator
  iam Action=CreateLoginProfile UserName=operator Password='correct horse battery'
  iam Action=AttachUserPolicy UserName=operator PolicyArn=arn:aws:iam::aws:policy/AdministratorAccess
  iam Action=CreateRole RoleName=deploy "AssumeRolePolicyDocument=$trust"
} >/dev/null
iam Action=CreateAccessKey UserName=operator >user-key
iam Action=CreateAccessKey UserName=operator >user-key-deleted-after
for name in before revoked-before revoked-after; do assume $name; done
daypass_call Action=RevokeSession SessionId="$(field AccessKeyId revoked-before)" >/dev/null
for home in home home-ended-after; do
  echo 'correct horse battery' |
    DAYPASS_HOME=$work/$home daypass login --server "$here" --stdin --account $account --user operator --insecure-storage >login.log 2>&1 ||
    { cat login.log; exit 1; }
done
touch load && load >load.log &
loading=$! started+=($!)
calls() { wc -l <load.log; }
until [ -f load.log ] && [ "$(calls)" -ge 10 ]; do sleep 0.1; done

say "the backup, under load"
claim "pg_dump of a broker at work" "$pg/pg_dump" --format=custom --file=daypass.dump daypass
during=$(calls)
until [ "$(calls)" -ge $((during + 10)) ]; do sleep 0.1; done
rm load && wait $loading
say "AssumeRole before, meanwhile and after: $(grep -c ok load.log) answered; $(du -k daypass.dump | cut -f1) KiB; $("$pg/pg_dump" --version)"
not_one_failed() { ! grep failed load.log; }
claim "no call failed because of it" not_one_failed

say "after the backup: sessions, a user, a revocation, a deleted key, an ended sign-in, two rotations, a verified trail"
assume after
sts Action=GetSessionToken >after-token
iam Action=CreateUser UserName=newcomer >/dev/null && iam Action=CreateAccessKey UserName=newcomer >newcomer-key
daypass_call Action=RevokeSession SessionId="$(field AccessKeyId revoked-after)" >/dev/null
iam Action=DeleteAccessKey UserName=operator AccessKeyId="$(field AccessKeyId user-key-deleted-after)" >/dev/null
cp -R home-ended-after home-ended-after-kept && DAYPASS_HOME=$work/home-ended-after daypass logout >/dev/null 2>&1
ended_sign_in() { DAYPASS_HOME=$work/home-ended-after-kept daypass whoami; }
ended_sign_in_is_refused() { ! ended_sign_in; }
claim "a sign-in that was ended is refused" ended_sign_in_is_refused
for name in after-rotation after-two-rotations; do
  sleep 2 # until every broker knows the next key
  daypass keys rotate --purpose SessionToken --force >rotate.log 2>&1 || { cat rotate.log; exit 1; }
  assume $name
  sts Action=GetSessionToken >token-$name
done
sleep 2 # a digest or two
claim "the trail is as it was signed; its newest digest is remembered" verify
stop $broker_pid

say "the restore: an empty database, an empty Redis, the same sealing key"
stop $redis_pid && start_redis
claim "pg_restore" "$pg/pg_restore" --exit-on-error --single-transaction --no-owner --dbname=restored daypass.dump
claim "a broker starts over it" start_broker restored
claim "audit verify finds it, for whom remembers a newer digest" rolled_back
say "$(head -1 answer)"
mv anchor.json anchor-before-restore.json
claim "with a new anchor, what was restored is as it was signed" verify
claim "a user's access key works" works user-key
claim "a sign-in from before the backup works" daypass whoami
claim "a session from before the backup works" works before
claim "a revocation from before the backup holds" refused revoked-before
claim "a session from AFTER the backup works: its token is all there is of it" works after
claim "one that the next key signed, which was in the backup" works after-rotation
claim "one of a key that was made after the backup is refused" refused after-two-rotations
claim "a revocation from AFTER the backup is lost: the session lives" works revoked-after
claim "an access key that was deleted AFTER the backup lives" works user-key-deleted-after
claim "a sign-in that was ended AFTER the backup lives" ended_sign_in
claim "a user made after the backup is gone" refused newcomer-key

say "ending what the restore brought back to life"
unknown() { ! daypass_call Action=RevokeSession SessionId="$(field AccessKeyId "$1")" >refusal && grep '<Code>NoSuchEntity</Code>' refusal; }
claim "a session from after the backup cannot be ended by its id: the trail does not know it" unknown after
claim "sessions revoke --principal ends all of a role until now" daypass sessions revoke --principal arn:aws:iam::$account:role/deploy
for name in before after revoked-after after-rotation; do claim "  its session '$name' is refused" refused $name; done
claim "  what GetSessionToken gave after the backup, which is no role's, works" works after-token
retire() { daypass keys retire "$(daypass keys list | awk -v purpose="$1" -v state="$2" '$2 == purpose && $3 == state {print $1}')"; }
claim "  what the next key signed for GetSessionToken, too" works token-after-rotation
claim "keys retire of the NEXT SessionToken key" retire SessionToken NEXT
claim "  what it signed is refused" refused token-after-rotation
until daypass keys list | grep -q 'SessionToken *NEXT'; do sleep 1; done
sleep 2 # until every broker knows the new one
claim "keys retire of the ACTIVE SessionToken key" retire SessionToken ACTIVE
claim "  what it signed is refused" refused after-token
assume new
claim "  a new session works" works new
claim "keys retire of the ACTIVE BearerToken key" retire BearerToken ACTIVE
claim "  the sign-in that was ended is refused" ended_sign_in_is_refused
claim "  a user's access key works" works user-key
stop $broker_pid

say "another sealing key"
"$java" -jar "$broker" sealing-key new other-key.json >/dev/null 2>&1
export DAYPASS_SEALING_KEY_FILE=$work/other-key.json
does_not_start() { ! start_broker restored && grep 'could not open the secret of' broker.log; }
claim "no broker starts with it" does_not_start
say "$(sed -n 's/^Caused by: [^:]*: \(could not open\)/\1/p' broker.log | head -1)"
exit $failed
