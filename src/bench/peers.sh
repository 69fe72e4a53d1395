#!/usr/bin/env bash
# Loads a broker, a bare Quarkus endpoint, Keycloak and Ceph's radosgw in turns, each with AssumeRole or what comes next to it.
# Beside what drills/servers.sh says it takes KEYCLOAK_HOME, the folder of an unpacked Keycloak; radosgw is measured where its programs are
# installed (Debian: radosgw, ceph-mon, ceph-osd, ceph-mgr). The broker and Keycloak have a database each in the same PostgreSQL.
set -euo pipefail
# shellcheck source=../../drills/servers.sh
. "$(dirname "$0")/../../drills/servers.sh"
bench=$root/src/bench/target/quarkus-app/quarkus-run.jar
[ -f "$bench" ] || { echo "There is no $bench: run make build." >&2; exit 1; }
secret=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

start_keycloak() {
  local kc=$KEYCLOAK_HOME/bin http=$((port + 3)) management=$((port + 4))
  "$pg/createdb" keycloak
  KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=$PGPASSWORD "$kc/kc.sh" start --db=postgres \
    --db-url="jdbc:postgresql://127.0.0.1:$PGPORT/keycloak" --db-username="$PGUSER" --db-password="$PGPASSWORD" --cache=local \
    --http-enabled=true --http-host=127.0.0.1 --http-port=$http --http-management-port=$management --health-enabled=true \
    --hostname-strict=false >keycloak.log 2>&1 &
  keycloak=$! started+=($!)
  until curl -sf -o /dev/null "http://127.0.0.1:$management/health/ready"; do kill -0 $keycloak || { cat keycloak.log; exit 1; }; sleep 1; done
  "$kc/kcadm.sh" config credentials --config kcadm --server "http://127.0.0.1:$http" --realm master --user admin --password "$PGPASSWORD"
  "$kc/kcadm.sh" create realms --config kcadm -s realm=bench -s enabled=true
  "$kc/kcadm.sh" create clients --config kcadm -r bench -s clientId=bench -s secret=$secret -s serviceAccountsEnabled=true -s publicClient=false
  keycloak=$(pgrep -P $keycloak java || echo $keycloak)
  export KEYCLOAK="$http $keycloak"
}

"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_postgres
if [ -n "${KEYCLOAK_HOME-}" ]; then start_keycloak; fi
if command -v radosgw >/dev/null; then . "$root/src/bench/radosgw.sh"; fi
unset DAYPASS_PORT DAYPASS_AUDIT_DIGEST_EVERY
start_redis
QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:$PGPORT/daypass "$java" --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow -jar "$bench" "$broker"
