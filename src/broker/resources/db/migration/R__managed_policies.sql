-- The managed policies that come with Daypass, under the ARNs that AWS gave theirs: those that make sense where AWS is not.
-- Written by us.
insert into managed_policy (id, account_id, path, name, arn, description, default_version, last_version, created_at, updated_at)
values
  ('ANPADAYPASSADMINISTRA', 'aws', '/', 'AdministratorAccess', 'arn:aws:iam::aws:policy/AdministratorAccess',
   'By Daypass: everything, on everything.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSCHANGEPASS', 'aws', '/', 'IAMUserChangePassword', 'arn:aws:iam::aws:policy/IAMUserChangePassword',
   'By Daypass: change one''s own password.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSIAMFULLACC', 'aws', '/', 'IAMFullAccess', 'arn:aws:iam::aws:policy/IAMFullAccess',
   'By Daypass: everything in IAM.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSIAMREADONL', 'aws', '/', 'IAMReadOnlyAccess', 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
   'By Daypass: see everything in IAM, change nothing.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSREADONLYAC', 'aws', '/', 'ReadOnlyAccess', 'arn:aws:iam::aws:policy/ReadOnlyAccess',
   'By Daypass: read in every service that self-hosted installations commonly have; no secrets, no changes.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSPOWERUSERA', 'aws', '/', 'PowerUserAccess', 'arn:aws:iam::aws:policy/PowerUserAccess',
   'By Daypass: everything but users, permissions and organizations.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSSECURITYAU', 'aws', '/', 'SecurityAudit', 'arn:aws:iam::aws:policy/SecurityAudit',
   'By Daypass: read how everything is configured and who may do what, but no data.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSVIEWONLYAC', 'aws', '/job-function/', 'ViewOnlyAccess', 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
   'By Daypass: see what there is in every service, but no data.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSSUPPORTUSE', 'aws', '/job-function/', 'SupportUser', 'arn:aws:iam::aws:policy/job-function/SupportUser',
   'By Daypass: what helping people takes: who may do what, why something was refused, and the audit trail.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSS3FULLACCE', 'aws', '/', 'AmazonS3FullAccess', 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
   'By Daypass: everything in S3.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSS3READONLY', 'aws', '/', 'AmazonS3ReadOnlyAccess', 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
   'By Daypass: read everything in S3.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSIAMUSERSSH', 'aws', '/', 'IAMUserSSHKeys', 'arn:aws:iam::aws:policy/IAMUserSSHKeys',
   'By Daypass: manage one''s own SSH public keys.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSIAMSELFSER', 'aws', '/', 'IAMSelfManageServiceSpecificCredentials', 'arn:aws:iam::aws:policy/IAMSelfManageServiceSpecificCredentials',
   'By Daypass: manage one''s own service-specific credentials.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z')
on conflict (id) do update set description = excluded.description;

insert into policy_version (policy_id, number, document, created_at)
values
  ('ANPADAYPASSADMINISTRA', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSCHANGEPASS', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:ChangePassword","Resource":"arn:aws:iam::*:user/${aws:username}"},{"Effect":"Allow","Action":"iam:GetAccountPasswordPolicy","Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSIAMFULLACC', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSIAMREADONL', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:Get*","iam:List*","iam:Simulate*"],"Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSREADONLYAC', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudtrail:Describe*","cloudtrail:Get*","cloudtrail:List*","cloudtrail:LookupEvents","dynamodb:BatchGet*","dynamodb:Describe*","dynamodb:Get*","dynamodb:List*","dynamodb:PartiQLSelect","dynamodb:Query","dynamodb:Scan","ecr:BatchCheck*","ecr:BatchGet*","ecr:Describe*","ecr:Get*","ecr:List*","eks:Describe*","eks:List*","iam:Generate*","iam:Get*","iam:List*","iam:Simulate*","kms:Describe*","kms:Get*","kms:List*","logs:Describe*","logs:FilterLogEvents","logs:Get*","organizations:Describe*","organizations:List*","rolesanywhere:Get*","rolesanywhere:List*","s3:Get*","s3:List*","secretsmanager:Describe*","secretsmanager:GetResourcePolicy","secretsmanager:List*","sns:Get*","sns:List*","sqs:Get*","sqs:List*","sts:DecodeAuthorizationMessage","sts:GetAccessKeyInfo","sts:GetCallerIdentity"],"Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSPOWERUSERA', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":["account:*","iam:*","organizations:*"],"Resource":"*"},{"Effect":"Allow","Action":["account:GetAccountInformation","iam:CreateServiceLinkedRole","iam:DeleteServiceLinkedRole","iam:ListRoles","organizations:DescribeOrganization"],"Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSSECURITYAU', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudtrail:Describe*","cloudtrail:Get*","cloudtrail:List*","cloudtrail:LookupEvents","dynamodb:Describe*","dynamodb:List*","ecr:Describe*","ecr:GetRepositoryPolicy","ecr:List*","eks:Describe*","eks:List*","iam:Generate*","iam:Get*","iam:List*","iam:Simulate*","kms:Describe*","kms:GetKeyPolicy","kms:GetKeyRotationStatus","kms:List*","logs:Describe*","organizations:Describe*","organizations:List*","rolesanywhere:Get*","rolesanywhere:List*","s3:GetBucket*","s3:GetEncryptionConfiguration","s3:GetLifecycleConfiguration","s3:GetReplicationConfiguration","s3:ListAllMyBuckets","secretsmanager:Describe*","secretsmanager:GetResourcePolicy","secretsmanager:List*","sns:Get*","sns:List*","sqs:GetQueueAttributes","sqs:ListQueues","sts:DecodeAuthorizationMessage","sts:GetAccessKeyInfo"],"Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSVIEWONLYAC', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudtrail:Describe*","cloudtrail:ListTrails","cloudtrail:LookupEvents","dynamodb:Describe*","dynamodb:List*","ecr:Describe*","ecr:List*","eks:List*","iam:Get*","iam:List*","kms:ListAliases","kms:ListKeys","logs:Describe*","organizations:Describe*","organizations:List*","rolesanywhere:List*","s3:GetBucketLocation","s3:ListAllMyBuckets","s3:ListBucket","secretsmanager:ListSecrets","sns:List*","sqs:ListQueues"],"Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSSUPPORTUSE', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudtrail:LookupEvents","iam:GenerateCredentialReport","iam:Get*","iam:List*","iam:Simulate*","organizations:Describe*","organizations:List*","sts:DecodeAuthorizationMessage","sts:GetAccessKeyInfo"],"Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSS3FULLACCE', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*","s3-object-lambda:*"],"Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSS3READONLY', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*","s3:List*","s3:Describe*","s3-object-lambda:Get*","s3-object-lambda:List*"],"Resource":"*"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSIAMUSERSSH', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:DeleteSSHPublicKey","iam:GetSSHPublicKey","iam:ListSSHPublicKeys","iam:UpdateSSHPublicKey","iam:UploadSSHPublicKey"],"Resource":"arn:aws:iam::*:user/${aws:username}"}]}', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSIAMSELFSER', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:CreateServiceSpecificCredential","iam:DeleteServiceSpecificCredential","iam:ListServiceSpecificCredentials","iam:ResetServiceSpecificCredential","iam:UpdateServiceSpecificCredential"],"Resource":"arn:aws:iam::*:user/${aws:username}"}]}', '2026-11-24T00:00:00Z')
on conflict (policy_id, number) do update set document = excluded.document;

-- What the root of a member account may be assumed for (sts:AssumeRoot).
insert into managed_policy (id, account_id, path, name, arn, description, default_version, last_version, created_at, updated_at)
values
  ('ANPADAYPASSROOTAUDITS', 'aws', '/root-task/', 'IAMAuditRootUserCredentials', 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials',
   'By Daypass: see what credentials the root of an account has.', 1, 1, '2026-11-25T00:00:00Z', '2026-11-25T00:00:00Z'),
  ('ANPADAYPASSROOTPASSWO', 'aws', '/root-task/', 'IAMCreateRootUserPassword', 'arn:aws:iam::aws:policy/root-task/IAMCreateRootUserPassword',
   'By Daypass: let the root of an account have a password again.', 1, 1, '2026-11-25T00:00:00Z', '2026-11-25T00:00:00Z'),
  ('ANPADAYPASSROOTDELETE', 'aws', '/root-task/', 'IAMDeleteRootUserCredentials', 'arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials',
   'By Daypass: take from the root of an account what credentials it has.', 1, 1, '2026-11-25T00:00:00Z', '2026-11-25T00:00:00Z'),
  ('ANPADAYPASSROOTBUCKET', 'aws', '/root-task/', 'S3UnlockBucketPolicy', 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy',
   'By Daypass: remove a bucket policy that locks everybody out.', 1, 1, '2026-11-25T00:00:00Z', '2026-11-25T00:00:00Z'),
  ('ANPADAYPASSROOTQUEUES', 'aws', '/root-task/', 'SQSUnlockQueuePolicy', 'arn:aws:iam::aws:policy/root-task/SQSUnlockQueuePolicy',
   'By Daypass: remove a queue policy that locks everybody out.', 1, 1, '2026-11-25T00:00:00Z', '2026-11-25T00:00:00Z')
on conflict (id) do update set description = excluded.description;

insert into policy_version (policy_id, number, document, created_at)
values
  ('ANPADAYPASSROOTAUDITS', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:ListAccessKeys","iam:ListSigningCertificates","iam:GetLoginProfile","iam:ListMFADevices","iam:ListVirtualMFADevices","iam:GetUser","iam:GetAccessKeyLastUsed"],"Resource":"arn:aws:iam::*:root"},{"Effect":"Allow","Action":"iam:GetAccountSummary","Resource":"*"}]}', '2026-11-25T00:00:00Z'),
  ('ANPADAYPASSROOTPASSWO', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:CreateLoginProfile","iam:GetLoginProfile"],"Resource":"arn:aws:iam::*:root"}]}', '2026-11-25T00:00:00Z'),
  ('ANPADAYPASSROOTDELETE', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:ListAccessKeys","iam:DeleteAccessKey","iam:ListSigningCertificates","iam:DeleteSigningCertificate","iam:GetLoginProfile","iam:DeleteLoginProfile","iam:ListMFADevices","iam:DeactivateMFADevice","iam:ListVirtualMFADevices","iam:DeleteVirtualMFADevice","iam:GetUser","iam:GetAccessKeyLastUsed"],"Resource":"arn:aws:iam::*:root"},{"Effect":"Allow","Action":"iam:GetAccountSummary","Resource":"*"}]}', '2026-11-25T00:00:00Z'),
  ('ANPADAYPASSROOTBUCKET', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:DeleteBucketPolicy","s3:PutBucketPolicy","s3:GetBucketPolicy","s3:ListAllMyBuckets"],"Resource":"*"}]}', '2026-11-25T00:00:00Z'),
  ('ANPADAYPASSROOTQUEUES', 1,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:SetQueueAttributes","sqs:GetQueueAttributes","sqs:ListQueues","sqs:GetQueueUrl"],"Resource":"*"}]}', '2026-11-25T00:00:00Z')
on conflict (policy_id, number) do update set document = excluded.document;
