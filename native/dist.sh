#!/usr/bin/env bash
# Makes target/dist/daypass-VERSION and its archive of what was built: the broker with an AOT cache (JEP 514) recorded by a run of it, and the
# daypass command. Run by `make dist`; JAVA_HOME is a JDK 25, and it takes curl.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' pom.xml | head -1)
dist=target/dist/daypass-$version
rm -rf target/dist && mkdir -p "$dist/broker" "$dist/cli"
cp -R native/dist/bin "$dist/"
cp -Rp src/broker/target/quarkus-app/. src/broker/jvm.options "$dist/broker/"
cp -p src/broker/target/quarkus-run-cyclonedx.json "$dist/broker/sbom.cyclonedx.json"
cp -p src/cli/target/daypass.jar src/cli/serve.options "$dist/cli/"
cp -R LICENSE README.md docs drills k8s "$dist/"

# A broker on servers of its own, and beside it the one that is recorded, over the same servers: what unpacks and starts them is of a sealed package
# (org.tukaani.xz), and a JVM that finds classes of such a package in its cache does not load the others.
data=$(mktemp -d)
export DAYPASS_ACCOUNT_ID=111122223333 DAYPASS_BOOTSTRAP_ACCESS_KEY_ID=AKIARECORDINGRUN0001
DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY=$(od -An -tx1 -N20 /dev/urandom | tr -d ' \n')
export DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY DAYPASS_DATA=$data/data
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$data"' EXIT
start() { # PORT OPTION...
  local port=$1
  shift
  DAYPASS_PORT=$port "$JAVA_HOME/bin/java" @"$dist/broker/jvm.options" "$@" -jar "$dist/broker/quarkus-run.jar" >"$data/log" 2>&1 &
  broker=$!
  until curl -sf -o /dev/null "http://127.0.0.1:$port/.well-known/jwks.json"; do
    kill -0 $broker 2>/dev/null || { cat "$data/log" >&2; exit 1; }
    sleep 0.2
  done
}
port=$((20000 + RANDOM))
start $port
export QUARKUS_DATASOURCE_USERNAME=postgres QUARKUS_DATASOURCE_REACTIVE_URL QUARKUS_DATASOURCE_PASSWORD QUARKUS_REDIS_HOSTS
QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:$(sed -n 4p "$data/data/postgres/postmaster.pid")/postgres
QUARKUS_DATASOURCE_PASSWORD=$(cat "$data/data/postgres-password")
redis=$(tr -d '\0' <"/proc/$(cat "$data/data/redis/redis.pid")/cmdline")
QUARKUS_REDIS_HOSTS=redis://:$(cat "$data/data/redis-password")@127.0.0.1:${redis##*:}
port=$((port + 1))
start $port -XX:AOTCacheOutput="$dist/broker/broker.aot"
here=http://127.0.0.1:$port
call() { # SERVICE VERSION PARAMETERS...
  local service=$1 version=$2 parameters=()
  shift 2
  for parameter; do parameters+=(--data-urlencode "$parameter"); done
  curl -sSf -o /dev/null --aws-sigv4 "aws:amz:us-east-1:$service" --user "$DAYPASS_BOOTSTRAP_ACCESS_KEY_ID:$DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY" \
    "$here/" --data-urlencode "Version=$version" "${parameters[@]}"
}
trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::111122223333:root"}}]}'
call iam 2010-05-08 Action=CreateRole RoleName=recorded "AssumeRolePolicyDocument=$trust"
for _ in $(seq 20); do
  call sts 2011-06-15 Action=GetCallerIdentity
  call sts 2011-06-15 Action=AssumeRole RoleArn=arn:aws:iam::111122223333:role/recorded RoleSessionName=recorded
  call iam 2010-05-08 Action=ListRoles
  curl -sSf -o /dev/null "$here/sign-in"
done
kill $broker
wait $broker || true # until the cache is written
[ -s "$dist/broker/broker.aot" ] || { echo "there is no AOT cache" >&2; tail -20 "$data/log" >&2; exit 1; }
tar -C target/dist -czf "target/dist/daypass-$version.tar.gz" "daypass-$version"
echo "target/dist/daypass-$version.tar.gz, $(du -h "target/dist/daypass-$version.tar.gz" | cut -f1); AOT cache of $(du -h "$dist/broker/broker.aot" | cut -f1)"
