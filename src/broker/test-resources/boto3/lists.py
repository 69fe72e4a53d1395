"""Everything that boto3 walks, waits for and decodes, against a broker: ENDPOINT_URL is its address.

Prints what is wrong and ends with 1, or prints what was walked and ends with 0.
"""

import base64
import datetime
import decimal
import hmac
import json
import os
import struct
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import WaiterError

PAGE = 2
ACCOUNT = "111122223333"
# With all that is told apart by encodings, and is in the characters that IAM takes.
DOCUMENT = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "UmlautsAndSigns",
            "Effect": "Allow",
            "Action": ["s3:GetObject"],
            "Resource": "arn:aws:s3:::bucket/grüße/100%/a+b c/ÿ/${aws:username}&<x>",
            "Condition": {"NumericLessThan": {"s3:max-keys": "10"}},
        }
    ],
}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::%s:root" % ACCOUNT},
            "Action": "sts:AssumeRole",
        }
    ],
}

iam = boto3.client(
    "iam",
    endpoint_url=os.environ["ENDPOINT_URL"],
    region_name="us-east-1",
    config=Config(retries={"max_attempts": 1}),
)
wrong = []


def text(document):
    return json.dumps(document, ensure_ascii=False)


def check(holds, what):
    if not holds:
        wrong.append(what)
        print("WRONG:", what)


def code(seed, step):
    """RFC 6238, with what AWS takes: SHA-1, six digits, 30 seconds."""
    digest = hmac.digest(base64.b32decode(seed), struct.pack(">Q", step), "sha1")
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return "%06d" % (number % 1000000)


def enable(device):
    step = int(time.time()) // 30
    iam.enable_mfa_device(
        UserName="user-0",
        SerialNumber=device["SerialNumber"],
        AuthenticationCode1=code(device["Base32StringSeed"], step - 1),
        AuthenticationCode2=code(device["Base32StringSeed"], step),
    )


def ssh_key():
    """A line as ssh-keygen writes it (RFC 4253 section 6.6). Nobody checks that primes are in it."""
    modulus = b"\0\xff" + os.urandom(254) + b"\1"
    parts = (b"ssh-rsa", b"\1\0\1", modulus)
    blob = b"".join(struct.pack(">I", len(part)) + part for part in parts)
    return "ssh-rsa " + base64.b64encode(blob).decode()


def fill():
    """Five of each kind, and everything of one of them."""
    policy_arns = []
    for i in range(5):
        iam.create_user(UserName="user-%d" % i, Path="/people/")
        iam.create_group(GroupName="group-%d" % i)
        iam.create_role(RoleName="role-%d" % i, AssumeRolePolicyDocument=text(TRUST))
        iam.create_instance_profile(InstanceProfileName="profile-%d" % i)
        arn = iam.create_policy(PolicyName="policy-%d" % i, PolicyDocument=text(DOCUMENT))
        policy_arns.append(arn["Policy"]["Arn"])
        device = iam.create_virtual_mfa_device(VirtualMFADeviceName="device-%d" % i)
        enable(device["VirtualMFADevice"])
    tags = [{"Key": "key-%d" % i, "Value": "välue %d" % i} for i in range(5)]
    iam.tag_user(UserName="user-0", Tags=tags)
    iam.tag_role(RoleName="role-0", Tags=tags)
    iam.tag_policy(PolicyArn=policy_arns[0], Tags=tags)
    iam.tag_instance_profile(InstanceProfileName="profile-0", Tags=tags)
    iam.tag_mfa_device(SerialNumber="arn:aws:iam::%s:mfa/device-0" % ACCOUNT, Tags=tags)
    iam.create_open_id_connect_provider(Url="https://issuer.example.com", Tags=tags)
    iam.create_account_alias(AccountAlias="walked")
    for i in range(5):
        iam.add_user_to_group(GroupName="group-0", UserName="user-%d" % i)
        iam.add_role_to_instance_profile(
            InstanceProfileName="profile-%d" % i, RoleName="role-%d" % i
        )
        inline = text(DOCUMENT)
        iam.put_user_policy(UserName="user-0", PolicyName="inline-%d" % i, PolicyDocument=inline)
        iam.put_group_policy(GroupName="group-0", PolicyName="inline-%d" % i, PolicyDocument=inline)
        iam.put_role_policy(RoleName="role-0", PolicyName="inline-%d" % i, PolicyDocument=inline)
        iam.attach_user_policy(UserName="user-0", PolicyArn=policy_arns[i])
        iam.attach_group_policy(GroupName="group-0", PolicyArn=policy_arns[i])
        iam.attach_role_policy(RoleName="role-0", PolicyArn=policy_arns[i])
    for i in range(1, 5):
        iam.add_user_to_group(GroupName="group-%d" % i, UserName="user-0")
        iam.create_policy_version(PolicyArn=policy_arns[0], PolicyDocument=text(DOCUMENT))
        iam.attach_user_policy(UserName="user-%d" % i, PolicyArn=policy_arns[0])
    iam.create_access_key(UserName="user-0")
    iam.create_access_key(UserName="user-0")
    provider = iam.create_saml_provider(
        Name="idp", SAMLMetadataDocument=os.environ["SAML_METADATA"], Tags=tags
    )
    check(provider["SAMLProviderArn"].endswith(":saml-provider/idp"), "the ARN of a SAML provider")
    for i in range(5):
        iam.upload_server_certificate(
            ServerCertificateName="certificate-%d" % i,
            CertificateBody=os.environ["CERTIFICATE"],
            PrivateKey=os.environ["PRIVATE_KEY"],
        )
        iam.upload_ssh_public_key(UserName="user-0", SSHPublicKeyBody=ssh_key())
    iam.tag_server_certificate(ServerCertificateName="certificate-0", Tags=tags)
    for certificate in ("CERTIFICATE", "ANOTHER_CERTIFICATE"):
        iam.upload_signing_certificate(
            UserName="user-0", CertificateBody=os.environ[certificate]
        )
    return policy_arns


def arguments(policy_arns):
    """For every paginator that boto3 has: what to walk. None where there is nothing here to walk."""
    first = policy_arns[0]
    user, group, role = {"UserName": "user-0"}, {"GroupName": "group-0"}, {"RoleName": "role-0"}
    device = {"SerialNumber": "arn:aws:iam::%s:mfa/device-0" % ACCOUNT}
    provider = {
        "OpenIDConnectProviderArn": "arn:aws:iam::%s:oidc-provider/issuer.example.com" % ACCOUNT
    }
    asked = {"ActionNames": ["s3:GetObject", "s3:PutObject", "iam:GetUser", "sqs:A", "sqs:B"]}
    return {
        "get_account_authorization_details": {},
        "get_group": group,
        "list_access_keys": user,
        "list_account_aliases": {},
        "list_attached_group_policies": group,
        "list_attached_role_policies": role,
        "list_attached_user_policies": user,
        "list_entities_for_policy": {"PolicyArn": first},
        "list_group_policies": group,
        "list_groups": {},
        "list_groups_for_user": user,
        "list_instance_profile_tags": {"InstanceProfileName": "profile-0"},
        "list_instance_profiles": {},
        "list_instance_profiles_for_role": role,
        "list_mfa_device_tags": device,
        "list_mfa_devices": user,
        "list_open_id_connect_provider_tags": provider,
        "list_policies": {},
        "list_policy_tags": {"PolicyArn": first},
        "list_policy_versions": {"PolicyArn": first},
        "list_role_policies": role,
        "list_role_tags": role,
        "list_roles": {},
        "list_user_policies": user,
        "list_user_tags": user,
        "list_users": {},
        "list_saml_provider_tags": {
            "SAMLProviderArn": "arn:aws:iam::%s:saml-provider/idp" % ACCOUNT
        },
        "list_server_certificate_tags": {"ServerCertificateName": "certificate-0"},
        "list_server_certificates": {},
        "list_signing_certificates": user,
        "list_ssh_public_keys": user,
        "list_virtual_mfa_devices": {},
        "simulate_custom_policy": {"PolicyInputList": [text(DOCUMENT)], **asked},
        "simulate_principal_policy": {
            "PolicySourceArn": "arn:aws:iam::%s:user/people/user-0" % ACCOUNT,
            **asked,
        },
    }


# There can be one of these at most, as things are set up here; and two access keys.
SINGLE = {"list_account_aliases", "list_instance_profiles_for_role"}
PAGES_OF_ONE = {"list_access_keys", "list_signing_certificates"}


def items(pages, keys):
    return [item for page in pages for key in keys for item in page.get(key, [])]


def walk(name, given):
    size = 1 if name in PAGES_OF_ONE else PAGE
    paginator = iam.get_paginator(name)
    keys = [key.parsed["value"] for key in paginator.result_keys]
    whole = list(paginator.paginate(PaginationConfig={"PageSize": 1000}, **given))
    small = list(paginator.paginate(PaginationConfig={"PageSize": size}, **given))
    check(len(whole) == 1, "%s: %d pages of 1000" % (name, len(whole)))
    for key in keys:
        check(items(small, [key]) == items(whole, [key]), "%s: %s differ" % (name, key))
    for page in small:
        check(len(items([page], keys)) <= size, "%s: a page is too long" % name)
        check(page["IsTruncated"] == ("Marker" in page), "%s: a marker without a page" % name)
    check(len(small) > 1 or name in SINGLE, "%s: there is no second page" % name)
    return "%s: %d items in %d pages" % (name, len(items(whole, keys)), len(small))


def walk_all(policy_arns):
    known = arguments(policy_arns)
    for method in sorted(known):
        print(walk(method, known[method]))
    for operation in iam.meta.service_model.operation_names:
        method = next(m for m, o in iam.meta.method_to_api_mapping.items() if o == operation)
        if iam.can_paginate(method) and method not in known:
            # Whoever adds the action adds its walk.
            check(not_there(operation), "%s has a paginator that is not walked" % method)


def not_there(operation):
    """Whether the broker does not know the operation: it tells before it asks for anything else."""
    form = urllib.parse.urlencode({"Action": operation, "Version": "2010-05-08"}).encode()
    try:
        urllib.request.urlopen(os.environ["ENDPOINT_URL"], form)
    except urllib.error.HTTPError as refused:
        return b"<Code>InvalidAction</Code>" in refused.read()
    return False


def wait_for_all():
    quick = {"Delay": 1, "MaxAttempts": 15}
    waits = {
        "user_exists": (
            {"UserName": "late"},
            lambda: iam.create_user(UserName="late"),
        ),
        "role_exists": (
            {"RoleName": "late"},
            lambda: iam.create_role(RoleName="late", AssumeRolePolicyDocument=text(TRUST)),
        ),
        "policy_exists": (
            {"PolicyArn": "arn:aws:iam::%s:policy/late" % ACCOUNT},
            lambda: iam.create_policy(PolicyName="late", PolicyDocument=text(DOCUMENT)),
        ),
        "instance_profile_exists": (
            {"InstanceProfileName": "late"},
            lambda: iam.create_instance_profile(InstanceProfileName="late"),
        ),
    }
    check(set(iam.waiter_names) == set(waits), "waiters: %s" % iam.waiter_names)
    for name, (given, make) in waits.items():
        try:
            iam.get_waiter(name).wait(WaiterConfig={"Delay": 1, "MaxAttempts": 1}, **given)
            check(False, "%s: nothing was waited for" % name)
        except WaiterError as missing:
            check("Max attempts exceeded" in str(missing), "%s: %s" % (name, missing))
        maker = threading.Timer(0.5, make)
        maker.start()
        begun = time.monotonic()
        iam.get_waiter(name).wait(WaiterConfig=quick, **given)
        maker.join()
        print("%s: %.1f s" % (name, time.monotonic() - begun))


def documents(policy_arns):
    """boto3 decodes documents; what it decodes is what was sent."""
    version = iam.get_policy_version(PolicyArn=policy_arns[0], VersionId="v1")["PolicyVersion"]
    check(version["Document"] == DOCUMENT, "a policy's document: %s" % version["Document"])
    role = iam.get_role(RoleName="role-0")["Role"]
    check(role["AssumeRolePolicyDocument"] == TRUST, "a trust policy's document")
    for method, owner in (("user", "UserName"), ("group", "GroupName"), ("role", "RoleName")):
        got = getattr(iam, "get_%s_policy" % method)(
            **{owner: method + "-0", "PolicyName": "inline-0"}
        )
        check(got["PolicyDocument"] == DOCUMENT, "an inline policy's document of a " + method)
    details = iam.get_account_authorization_details(MaxItems=1000)
    user = next(u for u in details["UserDetailList"] if u["UserName"] == "user-0")
    check(user["UserPolicyList"][0]["PolicyDocument"] == DOCUMENT, "a document in the details")
    described = next(r for r in details["RoleDetailList"] if r["RoleName"] == "role-0")
    check(described["AssumeRolePolicyDocument"] == TRUST, "a trust policy in the details")
    tags = {tag["Key"]: tag["Value"] for tag in iam.list_user_tags(UserName="user-0")["Tags"]}
    check(tags["key-3"] == "välue 3", "a tag's value")


def dates_and_numbers(policy_arns):
    now = datetime.datetime.now(datetime.timezone.utc)
    role = iam.get_role(RoleName="role-0")["Role"]
    policy = iam.get_policy(PolicyArn=policy_arns[0])["Policy"]
    for date in (role["CreateDate"], policy["CreateDate"], policy["UpdateDate"]):
        check(date.tzinfo is not None, "a date without a time zone")
        check(abs((now - date).total_seconds()) < 600, "a date that is not now: %s" % date)
        check(date.microsecond == 0, "a date with parts of a second")
    check(role["MaxSessionDuration"] == 3600, "a number is a number")
    check(policy["AttachmentCount"] == 7, "attachments: %s" % policy["AttachmentCount"])
    check(policy["IsAttachable"] is True, "a boolean is a boolean")
    summary = iam.get_account_summary()["SummaryMap"]
    check(all(isinstance(value, int) for value in summary.values()), "a summary of numbers")
    # What goes through DynamoDB, as audits of accounts do, comes back as Decimal.
    check(
        iam.update_role(RoleName="role-0", MaxSessionDuration=int(decimal.Decimal("7200")))
        and iam.get_role(RoleName="role-0")["Role"]["MaxSessionDuration"]
        == decimal.Decimal("7200"),
        "a number that was a Decimal",
    )


def last_accessed():
    arn = "arn:aws:iam::%s:user/people/user-0" % ACCOUNT
    job = iam.generate_service_last_accessed_details(Arn=arn, Granularity="ACTION_LEVEL")["JobId"]
    report = iam.get_service_last_accessed_details(JobId=job)
    check(report["JobStatus"] == "COMPLETED", "a report's status")
    check(report["ServicesLastAccessed"][0]["ServiceName"] == "Amazon S3", "a report's service")
    who = iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="s3")
    check(who["EntityDetailsList"][0]["EntityInfo"]["Arn"] == arn, "a report's entity")
    granting = iam.list_policies_granting_service_access(Arn=arn, ServiceNamespaces=["s3"])
    check(
        len(granting["PoliciesGrantingServiceAccess"][0]["Policies"]) == 15,
        "policies that grant: %s" % granting,
    )


def main():
    policy_arns = fill()
    walk_all(policy_arns)
    wait_for_all()
    documents(policy_arns)
    dates_and_numbers(policy_arns)
    last_accessed()
    sys.exit(1 if wrong else 0)


main()
