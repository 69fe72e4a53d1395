#!/usr/bin/env bash
# Whether a broker that has been at work for an hour holds more than one that has for a few minutes: a line of PASS or FAIL for each claim of
# docs/reliability.md. Beside what servers.sh says it takes wrk. SOAK_MINUTES and SOAK_RATE (calls a second) change what it does.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
command -v wrk >/dev/null || { echo "This takes wrk." >&2; exit 1; }
minutes=${SOAK_MINUTES:-60} rate=${SOAK_RATE:-200}
connections=16 warm_up=5

# --- calls: AssumeRole and GetCallerIdentity in turn, at a steady rate; signed anew before the signature is five minutes old ---
sign() {
  local call signed
  echo 'local calls = {}'
  for call in "Version=2011-06-15&Action=AssumeRole&RoleArn=$role&RoleSessionName=soak" "Version=2011-06-15&Action=GetCallerIdentity"; do
    signed=$(signature "$call")
    cat <<LUA
table.insert(calls, wrk.format("POST", "/", {["Content-Type"] = "application/x-www-form-urlencoded", ["Host"] = "${here#http://}",
  ["Authorization"] = "$(header Authorization "$signed")", ["X-Amz-Date"] = "$(header X-Amz-Date "$signed")"}, "$call"))
LUA
  done
  cat <<LUA
local next = 0
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init() answered, other = 0, 0 end
function request() next = next % #calls + 1; return calls[next] end
function delay() return $((connections * 1000 / rate)) end
function response(status) if status == 200 then answered = answered + 1 else other = other + 1 end end
function done(summary)
  local errors = summary.errors
  local a, o = 0, errors.connect + errors.read + errors.write + errors.timeout
  for _, thread in ipairs(threads) do a, o = a + thread:get("answered"), o + thread:get("other") end
  print("result " .. a .. " " .. o)
end
LUA
}
call_steadily() {
  while [ -e soaking ]; do
    sign >call.lua
    wrk -t1 -c$connections -d60s --timeout 10s -s call.lua "$here/" | sed -n 's/^result //p' >>calls
  done
}
change_something() { # every five seconds somebody comes, signs in and goes
  local i=0
  while [ -e soaking ]; do
    iam Action=CreateUser UserName=soak$((++i)) >changed && iam Action=CreateLoginProfile UserName=soak$i Password='correct horse battery' >changed &&
      curl -sf -o signed-in -H 'Content-Type: application/json' "$here/api/sign-in" \
        -d "{\"account\": \"$account\", \"userName\": \"soak$i\", \"password\": \"correct horse battery\"}" &&
      iam Action=DeleteLoginProfile UserName=soak$i >changed && iam Action=DeleteUser UserName=soak$i >changed || echo $i >>unchanged
    sleep 5
  done
}

# --- what the broker holds: its heap after a collection, its memory, threads, open files and connections to PostgreSQL ---
sample() {
  local heap
  "${java%java}jcmd" $broker_pid GC.run >/dev/null
  heap=$("${java%java}jcmd" $broker_pid GC.heap_info | sed -n 's/.*heap .*used \([0-9]*\)K.*/\1/p' | head -1)
  echo "$heap $(awk '/^VmRSS/ {print $2}' /proc/$broker_pid/status) $(ls /proc/$broker_pid/task | wc -l) $(ls /proc/$broker_pid/fd | wc -l)" \
    "$("$pg/psql" -tA daypass -c "select count(*) from pg_stat_activity where client_port > 0 and pid <> pg_backend_pid()")" >>samples
}
median() { # COLUMN head|tail: of a quarter of the samples
  "$2" -n $((($(wc -l <samples) + 3) / 4)) samples | awk -v column="$1" '{print $column}' | sort -n | awk '{all[NR] = $1} END {print all[int((NR + 1) / 2)]}'
}
flat() { # COLUMN MORE: grows by no more than a tenth, or this much
  local first last
  first=$(median "$1" head) last=$(median "$1" tail)
  [ "$last" -le $((first + first / 10)) ] || [ "$last" -le $((first + $2)) ]
}
told() { echo "$(median "$1" head) and then $(median "$1" tail)"; }

start_postgres && start_redis
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
make_role
touch soaking calls
call_steadily & started+=($!)
change_something & started+=($!)
sleep $((warm_up * 60))
for ((minute = warm_up; minute < minutes; minute++)); do
  sample
  sleep 60
done
rm soaking
sleep 70 # for the last minute's calls
total=$(awk '{sum += $1} END {print sum}' calls)
all_answered() { [ "$(awk '{sum += $2} END {print sum}' calls)" -eq 0 ] && [ ! -e unchanged ]; }
recorded=$("$pg/psql" -tA daypass -c "select count(*) from audit_event where event_name in ('AssumeRole', 'GetCallerIdentity') and error_code is null")
all_recorded() { [ "$recorded" -ge "$total" ]; }
claim "$total calls in $minutes minutes were answered, and everyone who came, signed in and went" all_answered
claim "each has its record: $recorded" all_recorded
claim "the heap after a collection is as it was: $(told 1) KiB" flat 1 0
claim "so is the memory of the process: $(told 2) KiB" flat 2 0
claim "so are its threads: $(told 3)" flat 3 2
claim "so are its open files: $(told 4)" flat 4 4
claim "so are its connections to PostgreSQL: $(told 5)" flat 5 1
exit $failed
