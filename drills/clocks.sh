#!/usr/bin/env bash
# The clock of a broker jumps by an hour and by ten minutes, and back: a line of PASS or FAIL for each claim of docs/reliability.md. Beside what servers.sh
# says it takes libfaketime (FAKETIME: its libfaketimeMT.so.1) and Python 3, for codes.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
faketime=${FAKETIME:-$(find /usr/lib -name libfaketimeMT.so.1 2>/dev/null | head -1)}
[ -f "$faketime" ] || { echo "This takes libfaketime: set FAKETIME to its libfaketimeMT.so.1." >&2; exit 1; }
asked=900

# --- a clock that the broker and those who call it share ---
on_clock() { LD_PRELOAD=$faketime FAKETIME_TIMESTAMP_FILE=$work/clock FAKETIME_NO_CACHE=1 FAKETIME_FORCE_MONOTONIC_FIX=0 DONT_FAKE_MONOTONIC=1 "$@"; }
true_curl=0
curl() { if [ $true_curl = 1 ]; then command curl "$@"; else on_clock command curl "$@"; fi; }
moved=0
jump() { # SECONDS
  moved=$((moved + $1))
  printf '%+d\n' $moved >clock.new && mv clock.new clock
  sleep 3 # until the broker has asked PostgreSQL again
}
here_now() { echo $(($(date +%s) + moved)); }

works() { as "$1" sts Action=GetCallerIdentity; }
refused() { ! works "$1" >refusal && grep "<Code>$2</Code>" refusal; }
assume() { sts Action=AssumeRole "RoleArn=$role" "RoleSessionName=$1" DurationSeconds=$asked >"$1"; }
lives_as_asked() { # NAME
  local lives
  assume "$1"
  lives=$(($(date -d "$(field Expiration "$1")" +%s) - $(here_now)))
  echo "$lives s"
  [ $lives -le $asked ] && [ $lives -ge $((asked - 10)) ]
}
code() { # the operator's
  python3 - "$seed" "$(here_now)" <<'PYTHON'
import base64, hmac, sys
digest = hmac.digest(base64.b32decode(sys.argv[1] + "=" * (-len(sys.argv[1]) % 8)), (int(sys.argv[2]) // 30).to_bytes(8, "big"), "sha1")
at = digest[19] & 15
print(f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 1000000:06}")
PYTHON
}
with_code() { as key sts Action=GetSessionToken SerialNumber="$serial" TokenCode="$1"; }
code_refused() { ! with_code "$1" >refusal && grep '<Code>AccessDenied</Code>' refusal; }

start_postgres && start_redis
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
jump 0
on_clock start_broker daypass || { cat broker.log; exit 1; }
make_role && make_operator >/dev/null
iam Action=CreateAccessKey UserName=operator >key
as key iam Action=CreateVirtualMFADevice VirtualMFADeviceName=app >device
seed=$(field Base32StringSeed device | base64 -d) serial=$(field SerialNumber device)
first=$(code) && jump 30
iam Action=EnableMFADevice UserName=operator SerialNumber="$serial" AuthenticationCode1="$first" AuthenticationCode2="$(code)" >/dev/null
jump 60
used=$(code)
claim "a code works" with_code "$used"
claim "  and once" code_refused "$used"
assume before

say "+1 h"
jump 3600
claim "a session that has expired is refused" refused before ExpiredToken
true_curl=1
claim "whoever has the true time is refused" refused key SignatureDoesNotMatch
true_curl=0
claim "a new session lives as long as was asked" lives_as_asked in-an-hour
used_later=$(code)
claim "a code works" with_code "$used_later"

say "-1 h: as it was"
jump -3600
claim "a new session lives as long as was asked" lives_as_asked after
claim "the code that was used before is refused" code_refused "$used"
claim "  the one that was used in that hour, too" code_refused "$used_later"
assume for-back

say "-10 min"
jump -600
claim "a new session lives as long as was asked" lives_as_asked ten-minutes-ago
claim "a code of that time, which was over, is refused" code_refused "$(code)"
for name in before in-an-hour for-back; do
  if works $name >answer 2>&1; then say "a session made '$name' works"; else say "a session made '$name': $(field Code answer)"; fi
done
jump 600

say "-1 h, from now"
jump -3600
claim "a new session lives as long as was asked" lives_as_asked an-hour-ago
claim "the code that was used is refused" code_refused "$used"
claim "a code of that time is refused" code_refused "$(code)"
jump 3600
claim "what was made an hour ago has expired" refused an-hour-ago ExpiredToken
claim "what was made before works" works after
exit $failed
