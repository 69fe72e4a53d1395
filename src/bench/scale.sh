#!/usr/bin/env bash
# Loads a broker with next to nothing stored, and one with 100,000 users, roles and policies in a hundred accounts, each beside a bare
# Quarkus endpoint. It takes what drills/servers.sh says.
set -euo pipefail
# shellcheck source=../../drills/servers.sh
. "$(dirname "$0")/../../drills/servers.sh"
bench=$root/src/bench/target/quarkus-app/quarkus-run.jar
[ -f "$bench" ] || { echo "There is no $bench: run make build." >&2; exit 1; }
export DAYPASS_BOOTSTRAP_ACCESS_KEY_ID=AKIABENCHEXAMPLE0001 DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

fill() { # as rows: what the triggers would tell, nobody hears
  "$pg/psql" -qd "$1" <<'SQL'
set session_replication_role = replica;
create temporary table many as
  select to_char(i, 'fm00000000000000000') as id, '9' || to_char(i / 1000, 'fm00000000000') as account, i from generate_series(1, 100000) as i;
insert into account select distinct account, account, now() from many;
insert into iam_user select 'AIDA' || id, account, '/', 'u-' || i, null, now() from many;
insert into iam_role select 'AROA' || id, account, '/', 'r-' || i, format('{"Version": "2012-10-17", "Statement": {"Effect": "Allow",
  "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}}', account), '{}', null, 3600, null, now() from many;
insert into managed_policy select 'ANPA' || id, account, '/', 'p-' || i, format('arn:aws:iam::%s:policy/p-%s', account, i), null, 1, 1, now(), now()
  from many;
insert into policy_version select 'ANPA' || id, 1, format('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*",
  "Resource": "arn:aws:s3:::b-%s/*"}}', i), now() from many;
insert into attached_policy select owner || id, format('arn:aws:iam::%s:policy/p-%s', account, i), now() from many, (values ('AIDA'), ('AROA')) as o (owner);
analyze;
SQL
}

measure() { # DATABASE
  QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:$PGPORT/$1 "$java" --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -jar "$bench" "$broker" 2>/dev/null
}

"$java" -jar "$broker" sealing-key new sealing-key.json >/dev/null 2>&1
start_postgres
start_redis
start_broker restored && stop "$broker_pid"
fill restored
unset DAYPASS_PORT DAYPASS_AUDIT_DIGEST_EVERY
for database in daypass restored; do
  echo "$("$pg/psql" -qtAd "$database" -c 'select count(*) from iam_user' 2>/dev/null || echo 0) users"
  measure "$database"
done
