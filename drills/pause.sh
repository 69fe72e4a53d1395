#!/usr/bin/env bash
# One of two brokers is stopped for a while and goes on where it was; meanwhile a key is deactivated, a session revoked and a sign-in ended at the other one:
# a line of PASS or FAIL for each claim of docs/reliability.md. servers.sh says what it takes.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
. "$root/drills/probes.sh"
other=http://127.0.0.1:$((port + 3))
patience=60
asked=10 # so many callers wait when it goes on, and as many calls come afterwards

works() { as "$1" sts Action=GetCallerIdentity; }
ask_as() { # CREDENTIALS PROBE: at the broker that was stopped
  local token=()
  if grep -q SessionToken "$1"; then token=(-H "X-Amz-Security-Token: $(field SessionToken "$1")"); fi
  ask "$2" --aws-sigv4 aws:amz:us-east-1:sts --user "$(field AccessKeyId "$1"):$(field SecretAccessKey "$1")" "${token[@]}" \
    -d Version=2011-06-15 -d Action=GetCallerIdentity "$other/"
}
ask_signed_in() { ask "$1" -H "Authorization: Bearer $bearer" "$other/api/identity"; }
ask_all() { # SUFFIX
  ask_as key "key-$1"
  ask_as session "session-$1"
  ask_signed_in "sign-in-$1"
}
sign_in() {
  curl -sS -H 'Content-Type: application/json' "$here/api/sign-in" \
    -d "{\"account\": \"$account\", \"userName\": \"operator\", \"password\": \"correct horse battery\"}" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p'
}
none_accepted() { # PROBE FROM
  awk -v from="$2" '$1 >= from && $2 == 200 {print; bad = 1} END {exit bad || NR == 0}' "probe-$1"
}
pause() { # SECONDS
  local kind ended resumed allowed asking=() i
  say "stopped for $1 s"
  iam Action=CreateAccessKey UserName=operator >key
  sts Action=AssumeRole "RoleArn=$role" RoleSessionName=paused >session
  bearer=$(sign_in)
  sleep 2
  ask_all "before-$1"
  for kind in key session sign-in; do claim "  $kind: accepted before" grep ' 200 ' "probe-$kind-before-$1"; done
  kill -STOP "$other_pid"
  iam Action=UpdateAccessKey UserName=operator AccessKeyId="$(field AccessKeyId key)" Status=Inactive >/dev/null
  daypass_call Action=RevokeSession SessionId="$(field AccessKeyId session)" >/dev/null
  curl -sS -X DELETE -H "Authorization: Bearer $bearer" "$here/api/sign-in" >/dev/null
  ended=$(now)
  for ((i = 0; i < asked; i++)); do ask_all "$1" & asking+=($!); done
  sleep "$1"
  kill -CONT "$other_pid"
  resumed=$(now)
  wait "${asking[@]}"
  for ((i = 0; i < asked; i++)); do ask_all "$1"; done
  allowed=$((ended + 2000)) # what two seconds may still accept, docs/operate.md says
  for kind in key session sign-in; do
    claim "  $kind: not one of $(wc -l <"probe-$kind-$1") calls was accepted later than 2 s after its end" none_accepted "$kind-$1" $allowed
    say "  $kind: $(awk '{n[$2]++} END {for (s in n) printf "%s x %d  ", s, n[s]}' "probe-$kind-$1"), $(awk '$2 == 200' "probe-$kind-$1" | wc -l) accepted in all"
  done
  say "  it went on $((resumed - ended)) ms after their end"
  iam Action=DeleteAccessKey UserName=operator AccessKeyId="$(field AccessKeyId key)" >/dev/null
}

start_postgres && start_redis
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
here=$other DAYPASS_PORT=$((port + 3)) start_broker daypass other.log || { cat other.log; exit 1; }
other_pid=$broker_pid
trap 'kill -CONT "$other_pid" || true; end' EXIT
make_role && make_operator >/dev/null
for seconds in 1 3 30; do pause $seconds; done
exit $failed
