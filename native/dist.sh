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
cp -R LICENSE README.md docs k8s "$dist/"

# Two runs on data of their own. The first makes the data; what it alone needs (unpacking PostgreSQL) is not to be kept, and has a sealed package
# that cannot be. The second is recorded, with the calls whose code is to be there at once.
data=$(mktemp -d)
export DAYPASS_PORT=$((20000 + RANDOM)) DAYPASS_DATA=$data/data DAYPASS_ACCOUNT_ID=111122223333
export DAYPASS_BOOTSTRAP_ACCESS_KEY_ID=AKIARECORDINGRUN0001
DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY=$(od -An -tx1 -N20 /dev/urandom | tr -d ' \n')
export DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY
here=http://127.0.0.1:$DAYPASS_PORT
broker=
trap 'kill $broker 2>/dev/null || true; rm -rf "$data"' EXIT
start() { # OPTION...
  "$JAVA_HOME/bin/java" @"$dist/broker/jvm.options" "$@" -jar "$dist/broker/quarkus-run.jar" >"$data/log" 2>&1 &
  broker=$!
  until curl -sf -o /dev/null "$here/.well-known/jwks.json"; do
    kill -0 $broker 2>/dev/null || { cat "$data/log" >&2; exit 1; }
    sleep 0.2
  done
}
stop() {
  kill $broker
  wait $broker || true
}
start && stop
start -XX:AOTCacheOutput="$dist/broker/broker.aot"
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
stop
[ -s "$dist/broker/broker.aot" ] || { echo "there is no AOT cache" >&2; tail -20 "$data/log" >&2; exit 1; }
tar -C target/dist -czf "target/dist/daypass-$version.tar.gz" "daypass-$version"
echo "target/dist/daypass-$version.tar.gz, $(du -h "target/dist/daypass-$version.tar.gz" | cut -f1); AOT cache of $(du -h "$dist/broker/broker.aot" | cut -f1)"
