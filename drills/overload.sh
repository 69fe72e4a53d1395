#!/usr/bin/env bash
# What a broker does with far more calls at once than it can answer: a line of PASS or FAIL for each claim of docs/reliability.md.
# Beside what servers.sh says it takes wrk, which has the machine to itself but for the broker.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
command -v wrk >/dev/null || { echo "This takes wrk." >&2; exit 1; }
usual=64 flood=1024
seconds=${OVERLOAD_SECONDS:-15}
ulimit -n 8192

# --- a call that was signed once, sent over and over: within five minutes it is good each time ---
sign() {
  local body="Version=2011-06-15&Action=AssumeRole&RoleArn=$role&RoleSessionName=flood" signed
  signed=$(signature "$body")
  cat >call.lua <<LUA
wrk.method = "POST"
wrk.body = "$body"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Host"] = "${here#http://}"
wrk.headers["Authorization"] = "$(header Authorization "$signed")"
wrk.headers["X-Amz-Date"] = "$(header X-Amz-Date "$signed")"
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init() answered, refused, other = 0, 0, 0 end
function response(status)
  if status == 200 then answered = answered + 1
  elseif status == 400 or status == 503 then refused = refused + 1
  else other = other + 1 end
end
function done(summary, latency)
  local a, r, o = 0, 0, 0
  for _, thread in ipairs(threads) do
    a, r, o = a + thread:get("answered"), r + thread:get("refused"), o + thread:get("other")
  end
  local errors = summary.errors
  print(string.format("result %d %d %d %d %d %d %d", a * 1e6 / summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, r, o + errors.connect + errors.read + errors.write + errors.timeout, a))
end
LUA
}
calls() { # NAME CONNECTIONS SECONDS: its file has rate p50 p99 max (ms) refused wrong answered
  wrk -t1 -c"$2" -d"$3"s --timeout 10s -s call.lua "$here/" | sed -n 's/^result //p' >"$1"
  read -r rate p50 p99 max refused wrong answered <"$1"
  total=$((total + answered))
  say "$1, $2 connections: $rate/s; p50 $p50 ms, p99 $p99 ms, at most $max ms; $refused refused, $wrong neither"
}

start_postgres && start_redis
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
make_role
sign
total=1 # the one that was signed
calls warm-up $usual 45
calls usual $usual "$seconds"
before=$rate before_p50=$p50
touch flooded
while [ -e flooded ]; do curl -s -o /dev/null --max-time 5 -w '%{http_code} %{time_total}\n' "$here/q/health/live" >>live || true; sleep 0.2; done &
asking=$! started+=($!)
calls flood $flood "$seconds"
rm flooded && wait $asking
goodput=$rate slowest=$max wrongs=$wrong
sleep 2
sign
calls afterwards $usual "$seconds"
still_useful() { [ $((goodput * 10)) -ge $((before * 8)) ]; }
none_wrong() { [ "$wrongs" -eq 0 ]; }
bounded() { [ "$slowest" -le 5000 ]; }
alive() { ! grep -v '^200 0' live; }
recovered() { [ "$p50" -le $((before_p50 * 2 + 1)) ] && [ $((rate * 10)) -ge $((before * 8)) ]; }
claim "with $((flood / usual)) times as many at once, as many are answered, but a fifth" still_useful
claim "  the others are refused as they should be" none_wrong
claim "  none waits for more than 5 seconds" bounded
claim "  the broker says within a second that it is alive" alive
claim "two seconds later it is as it was" recovered
recorded=$("$pg/psql" -tA daypass -c "select count(*) from audit_event where event_name = 'AssumeRole' and error_code is null")
everything_recorded() { [ "$recorded" -ge "$total" ]; }
claim "every AssumeRole that was answered was recorded: $total answered, $recorded recorded" everything_recorded
exit $failed
