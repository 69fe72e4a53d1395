# What drills share that ask a broker five things over and over while something is wrong. To be sourced after servers.sh.
# shellcheck shell=bash disable=SC2154
fault_seconds=${FAULT_SECONDS:-10}
slowest_ms=2500 # of any answer, whatever is away
back_ms=3000    # until the first good answer after a fault
patience=20     # seconds, of who asks

# --- probes: one call after another; a line with the millisecond, the status, the seconds that it took, and the id of the call ---
now() { date +%s%3N; }
ask() { # NAME CURL'S ARGUMENTS...
  local answer id=
  answer=$(curl -s --max-time $patience -w '\n%{http_code} %{time_total}' "${@:2}" || true)
  if [[ $answer =~ "<RequestId>"([^<]+) ]]; then id=${BASH_REMATCH[1]}; fi
  echo "$(now) ${answer##*$'\n'} $id" >>"probe-$1"
}
probe() { # NAME CURL'S ARGUMENTS...: ten times a second
  while [ -e probing ]; do
    ask "$@"
    sleep 0.1
  done
}
people=40 # each signs in a few times: more often, and they are asked to wait
probe_sign_in() { # once a second
  local i=0
  while [ -e probing ]; do
    ask sign-in -H 'Content-Type: application/json' "$here/api/sign-in" \
      -d "{\"account\": \"$account\", \"userName\": \"person$((i++ % people))\", \"password\": \"correct horse battery\"}"
    sleep 1
  done
}
signed=(--aws-sigv4 aws:amz:us-east-1:sts --user "$DAYPASS_BOOTSTRAP_ACCESS_KEY_ID:$DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY" -d Version=2011-06-15)
start_probes() {
  local i
  for ((i = 0; i < people; i++)); do
    iam Action=CreateUser UserName=person$i
    iam Action=CreateLoginProfile UserName=person$i Password='correct horse battery'
  done >/dev/null
  touch probing
  probe identity "${signed[@]}" -d Action=GetCallerIdentity "$here/" & started+=($!)
  probe assume "${signed[@]}" -d Action=AssumeRole -d "RoleArn=$role" -d RoleSessionName=probe "$here/" & started+=($!)
  probe ready "$here/q/health/ready" & started+=($!)
  probe live "$here/q/health/live" & started+=($!)
  probe_sign_in & started+=($!)
}
stop_probes() {
  rm -f probing
  sleep 1
}
probes=(identity assume sign-in ready live)

# --- what a probe saw from one millisecond to another ---
between() { awk -v from="$2" -v to="$3" '$1 >= from && $1 <= to' "probe-$1"; }
statuses() { between "$@" | awk '{n[$2]++} END {for (s in n) printf "%s%s x %d", (c++ ? ", " : ""), s, n[s]}'; }
longest_ms() { between "$@" | awk '{t = $3 * 1000; if (t > m) m = t} END {printf "%d", m}'; }
only() { # PROBE FROM TO STATUS...
  between "$1" "$2" "$3" | awk -v allowed=" ${*:4} " 'index(allowed, " " $2 " ") == 0 {print; bad = 1} END {exit bad || NR == 0}'
}
good_after() { # PROBE FROM: milliseconds until its first good answer
  awk -v from="$2" '$1 >= from && $2 == 200 {print $1 - from; exit}' "probe-$1"
}
quick() { [ "$(longest_ms "$1" "$2" "$3")" -le "$slowest_ms" ]; }
is_back() { local took; took=$(good_after "$1" "$2") && [ -n "$took" ] && [ "$took" -le "$back_ms" ]; }

# fault NAME INJECT UNDO IDENTITY ASSUME SIGN-IN READY: the statuses that may be answered meanwhile, but for the first second, in which it is noticed
fault() {
  local name=$1 inject=$2 undo=$3 allowed=("${@:4}" 200) from over to i probe
  say "$name"
  "$inject" >injected 2>&1
  from=$(now)
  sleep "$fault_seconds"
  over=$(now)
  "$undo" >undone 2>&1
  to=$(now)
  sleep 6
  for i in "${!probes[@]}"; do
    probe=${probes[i]}
    claim "  $probe: nothing but ${allowed[i]} after the first second" only "$probe" $((from + 1000)) "$over" ${allowed[i]}
    claim "  $probe: nothing but 200 and 503 at any time" only "$probe" "$from" $((to + 6000)) 200 503
    claim "  $probe: no answer took longer than $slowest_ms ms" quick "$probe" "$from" $((to + 6000))
    claim "  $probe: good again within $back_ms ms" is_back "$probe" "$to"
  done
  printf '      | %s |' "$name"
  for probe in "${probes[@]}"; do
    printf ' %s; %s ms; %s ms |' "$(statuses "$probe" "$from" "$to")" "$(longest_ms "$probe" "$from" "$to")" "$(good_after "$probe" "$to")"
  done
  echo
}

# --- what must be true whatever happened ---
recorded() { # FILE...: of each AssumeRole that a probe saw answered there is a record
  local missing
  awk '$2 == 200 {print $4}' "$@" >answered
  missing=$("$pg/psql" -qtA daypass -c 'create temp table answered (id text)' -c '\copy answered from answered' \
    -c "select id from answered except select record->>'requestID' from audit_event where event_name = 'AssumeRole' and error_code is null")
  [ -z "$missing" ] || { echo "not in the trail: $missing"; return 1; }
}
claim_recorded() { claim "$(awk '$2 == 200' "$@" | wc -l) AssumeRole were answered, and each is in the trail" recorded "$@"; }
verified() { daypass audit verify; } # as the operator
