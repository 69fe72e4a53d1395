-- The managed policies that come with Daypass, under the ARNs that AWS gave theirs. Written by us.
insert into managed_policy (id, account_id, path, name, arn, description, default_version, last_version, created_at, updated_at)
values
  ('ANPADAYPASSADMINISTRA', 'aws', '/', 'AdministratorAccess', 'arn:aws:iam::aws:policy/AdministratorAccess',
   'By Daypass: everything, on everything.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSCHANGEPASS', 'aws', '/', 'IAMUserChangePassword', 'arn:aws:iam::aws:policy/IAMUserChangePassword',
   'By Daypass: change one''s own password.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSIAMFULLACC', 'aws', '/', 'IAMFullAccess', 'arn:aws:iam::aws:policy/IAMFullAccess',
   'By Daypass: everything in IAM.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'),
  ('ANPADAYPASSIAMREADONL', 'aws', '/', 'IAMReadOnlyAccess', 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
   'By Daypass: see everything in IAM, change nothing.', 1, 1, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z')
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
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:Get*","iam:List*","iam:Simulate*"],"Resource":"*"}]}', '2026-11-24T00:00:00Z')
on conflict (policy_id, number) do update set document = excluded.document;
