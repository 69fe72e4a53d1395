# Starts a Ceph of one monitor, one store in memory and one radosgw, with a user and a role that it may assume. To be sourced by peers.sh.
# shellcheck shell=bash disable=SC2154
ceph=$work/ceph s3=$((port + 5)) monitor=$((port + 6))
mkdir -p "$ceph/mon" "$ceph/osd" "$ceph/mgr"
cat >"$ceph/conf" <<CONF
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon host = [v2:127.0.0.1:$monitor]
public addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
mon allow pool size one = true
mon warn on pool no redundancy = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
osd crush initial weight = 1
memstore device bytes = 4294967296
mon data avail crit = 1
run dir = $ceph
log file = $ceph/\$name.log
admin socket = $ceph/\$name.asok
mon data = $ceph/mon
osd data = $ceph/osd
mgr data = $ceph/mgr
[client.rgw]
debug rgw = 0
rgw data = $ceph/rgw
rgw frontends = beast endpoint=127.0.0.1:$s3
rgw sts key = abcdefghijklmnop
rgw s3 auth use sts = true
CONF
export CEPH_CONF=$ceph/conf
in_background() { "$@" >"$ceph/out" 2>&1 & started+=($!); }
monmaptool --create --fsid "$(sed -n 's/^fsid = //p' "$ceph/conf")" --addv a "[v2:127.0.0.1:$monitor]" "$ceph/monmap" >/dev/null
ceph-mon --mkfs -i a --monmap "$ceph/monmap"
in_background ceph-mon -f -i a
in_background ceph-mgr -f -i x
osd=$(cat /proc/sys/kernel/random/uuid)
ceph osd new "$osd" >/dev/null
ceph-osd --mkfs -i 0 --osd-uuid "$osd" 2>/dev/null
in_background ceph-osd -f -i 0
until ceph osd stat 2>/dev/null | grep -q "1 up"; do sleep 1; done
radosgw-admin -n client.rgw user create --uid=bench --display-name=bench --access-key=AKIABENCHEXAMPLE0001 --secret-key=$secret >/dev/null
radosgw-admin -n client.rgw role create --role-name=bench --assume-role-policy-doc='{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
  "Principal": {"AWS": ["arn:aws:iam:::user/bench"]}, "Action": ["sts:AssumeRole"]}]}' >/dev/null
in_background radosgw -f -n client.rgw
export RADOSGW="$s3 ${started[-1]}"
until curl -s -o /dev/null "http://127.0.0.1:$s3/"; do kill -0 "${started[-1]}" || { cat "$ceph/out"; exit 1; }; sleep 1; done
