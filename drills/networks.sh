#!/usr/bin/env bash
# What a broker answers while its network to PostgreSQL or to Redis is slow, resets connections, swallows everything or lets a byte a second through: a line
# of PASS or FAIL for each claim of docs/reliability.md. Beside what servers.sh says it takes Python 3.10 or later, for proxy.py.
set -euo pipefail
. "$(dirname "$0")/servers.sh"
. "$root/drills/probes.sh"
database_port=$((port + 3))
export QUARKUS_REDIS_HOSTS=redis://127.0.0.1:$((port + 4))
start_proxy() { # PORT TARGET-PORT NAME
  echo good >"$3"
  python3 "$root/drills/proxy.py" "$1" "$2" "$3" >"$3.log" 2>&1 &
  started+=($!)
}
network() { echo "$2" >"$1.new" && mv "$1.new" "$1"; }
for store in postgres redis; do
  for kind in slow resets silent trickle good; do eval "${store}_$kind() { network $store-network $kind; }"; done
done

start_postgres && start_redis
start_proxy $database_port "$port" postgres-network
start_proxy $((port + 4)) $((port + 1)) redis-network
"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_broker daypass || { cat broker.log; exit 1; }
make_role && make_operator >/dev/null && login
start_probes
sleep 3
slowest_ms=5000 fault "PostgreSQL, 200 ms later" postgres_slow postgres_good "200 503" "200 503" "200 503" "200 503"
fault "PostgreSQL, 5 % of answers are a reset" postgres_resets postgres_good "200 503" "200 503" "200 503" "200 503"
fault "PostgreSQL, connected and silent" postgres_silent postgres_good 503 503 503 503
fault "PostgreSQL, a byte a second" postgres_trickle postgres_good 503 503 503 503
fault "Redis, 200 ms later" redis_slow redis_good 200 200 "200 503" 200
fault "Redis, 5 % of answers are a reset" redis_resets redis_good 200 200 "200 503" 200
fault "Redis, connected and silent" redis_silent redis_good 200 200 503 200
fault "Redis, a byte a second" redis_trickle redis_good 200 200 503 200
stop_probes
claim_recorded probe-assume
claim "the trail is as it was signed" verified
exit $failed
