#!/usr/bin/env bash
# A backup of a broker at work, and what is there again when it is restored: a line of PASS or FAIL for each claim of docs/backup.md.
# servers.sh says what it takes.
set -euo pipefail
. "$(dirname "$0")/servers.sh"

works() { as "$1" sts Action=GetCallerIdentity; }
refused() { ! works "$1" >refusal && grep -q '<Code>InvalidClientTokenId</Code>' refusal; }
assume() { sts Action=AssumeRole "RoleArn=$role" "RoleSessionName=$1" >"$1"; }
verify() { daypass audit verify --anchor anchor.json; }
rolled_back() { ! verify >verified && grep -E 'ROLLED_BACK|REPLACED' verified; }
load() { while [ -e load ]; do sts Action=AssumeRole "RoleArn=$role" RoleSessionName=load >/dev/null 2>&1 && echo ok || echo failed; done; }

say "before the backup: a user, a role, sessions, a revocation, a sign-in"
start_postgres && start_redis
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
make_role && make_operator >/dev/null
iam Action=CreateAccessKey UserName=operator >user-key
iam Action=CreateAccessKey UserName=operator >user-key-deleted-after
for name in before revoked-before revoked-after; do assume $name; done
daypass_call Action=RevokeSession SessionId="$(field AccessKeyId revoked-before)" >/dev/null
for home in home home-ended-after; do
  DAYPASS_HOME=$work/$home login
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
claim "sessions revoke --principal ends all of a role until now" daypass sessions revoke --principal "$role"
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
