-- The state of an installation. Unique ids (AIDA, AROA, AGPA, ANPA ...) name owners across tables, so that
-- tags, inline policies and attachments have one home for users, groups, roles and policies alike.

create table account (
  id          text primary key check (id ~ '^[0-9]{12}$'),
  name        text        not null,
  created_at  timestamptz not null
);

create table iam_user (
  id                    text primary key,
  account_id            text        not null references account,
  path                  text        not null,
  name                  text        not null,
  permissions_boundary  text,
  created_at            timestamptz not null,
  password_last_used    timestamptz
);
create unique index iam_user_name on iam_user (account_id, lower(name));

create table iam_group (
  id          text primary key,
  account_id  text        not null references account,
  path        text        not null,
  name        text        not null,
  created_at  timestamptz not null
);
create unique index iam_group_name on iam_group (account_id, lower(name));

create table group_member (
  group_id  text        not null references iam_group,
  user_id   text        not null references iam_user,
  added_at  timestamptz not null,
  primary key (group_id, user_id)
);
create index group_member_user on group_member (user_id);

create table iam_role (
  id                    text primary key,
  account_id            text        not null references account,
  path                  text        not null,
  name                  text        not null,
  trust_policy          text        not null,
  -- The unique id behind each user and role ARN of the trust policy, as it was when the policy was saved:
  -- an entity created again under the same name does not inherit the trust.
  trust_principals      jsonb       not null,
  description           text,
  max_session_seconds   integer     not null,
  permissions_boundary  text,
  created_at            timestamptz not null
);
create unique index iam_role_name on iam_role (account_id, lower(name));

-- account_id is 'aws' for the policies that come with Daypass.
create table managed_policy (
  id               text primary key,
  account_id       text        not null,
  path             text        not null,
  name             text        not null,
  arn              text        not null unique,
  description      text,
  default_version  integer     not null,
  last_version     integer     not null,
  created_at       timestamptz not null,
  updated_at       timestamptz not null
);
create unique index managed_policy_name on managed_policy (account_id, lower(name));

create table policy_version (
  policy_id   text        not null references managed_policy on delete cascade,
  number      integer     not null,
  document    text        not null,
  created_at  timestamptz not null,
  primary key (policy_id, number)
);

create table inline_policy (
  owner_id  text not null,
  name      text not null,
  document  text not null,
  primary key (owner_id, name)
);

create table attached_policy (
  owner_id     text        not null,
  policy_arn   text        not null references managed_policy (arn),
  attached_at  timestamptz not null,
  primary key (owner_id, policy_arn)
);
create index attached_policy_arn on attached_policy (policy_arn);

create table tag (
  owner_id  text not null,
  key       text not null,
  value     text not null,
  primary key (owner_id, key)
);
create unique index tag_key on tag (owner_id, lower(key));

create table access_key (
  id               text primary key,
  account_id       text        not null references account,
  user_id          text        not null references iam_user,
  active           boolean     not null,
  sealed_secret    bytea       not null,
  created_at       timestamptz not null
);
create index access_key_user on access_key (user_id);

-- What is known of the last use of an access key or a role. Kept apart from what is cached: a use is not a change.
create table last_use (
  subject_id  text primary key,
  used_at     timestamptz not null,
  service     text        not null,
  region      text        not null
);

create table login_profile (
  user_id         text primary key references iam_user,
  password_hash   text        not null,
  reset_required  boolean     not null,
  created_at      timestamptz not null
);

create table mfa_device (
  serial_number  text primary key,
  account_id     text        not null references account,
  user_id        text references iam_user,
  sealed_seed    bytea       not null,
  algorithm      text        not null,
  digits         integer     not null,
  -- The newest 30-second step whose code was used. A code is used by moving this forward, once.
  last_step      bigint      not null,
  -- Wrong codes since the last right one: NIST SP 800-63B allows at most 100 in a row.
  failures       integer     not null,
  enabled_at     timestamptz
);
create index mfa_device_user on mfa_device (user_id);

create table broker_key (
  id           text primary key,
  purpose      text        not null,
  state        text        not null,
  public_jwk   text,
  sealed_key   bytea       not null,
  created_at   timestamptz not null,
  activated_at timestamptz,
  demoted_at   timestamptz
);
create unique index broker_key_one_active on broker_key (purpose) where state = 'ACTIVE';
create unique index broker_key_one_next on broker_key (purpose) where state = 'NEXT';

-- Everything issued to the subject before the instant is dead. A subject is a session's access key id, a sign-in's id,
-- or a principal's unique id.
create table revocation (
  subject     text primary key,
  before      timestamptz not null,
  expires_at  timestamptz not null
);

create table audit_event (
  id            uuid primary key,
  account_id    text,
  time          timestamptz not null,
  event_source  text        not null,
  event_name    text        not null,
  user_name     text,
  access_key_id text,
  error_code    text,
  record        jsonb       not null
);
create index audit_event_time on audit_event (account_id, time desc, id desc);
create index audit_event_user on audit_event (account_id, user_name, time desc, id desc);
create index audit_event_name on audit_event (account_id, event_name, time desc, id desc);

-- Every change of what nodes keep in memory is told on one channel, by the database itself, in the transaction
-- that makes it. The payload is the key of the cached thing.
create function daypass_identity(owner text) returns text language plpgsql stable as $$
begin
  if owner like 'AROA%' then
    return (select 'role:' || account_id || '/' || lower(name) from iam_role where id = owner);
  elsif owner like 'AGPA%' then
    return 'group:' || owner;
  else
    return 'user:' || owner;
  end if;
end $$;

create function daypass_changed() returns trigger language plpgsql as $$
declare
  row jsonb;
begin
  foreach row in array array_remove(array[to_jsonb(old), to_jsonb(new)], null) loop
    perform pg_notify('daypass', coalesce(case
      when tg_table_name = 'iam_user' then 'user:' || (row->>'id')
      when tg_table_name = 'iam_group' then 'group:' || (row->>'id')
      when tg_table_name = 'iam_role' then 'role:' || (row->>'account_id') || '/' || lower(row->>'name')
      when tg_table_name = 'managed_policy' then 'policy:' || (row->>'arn')
      when tg_table_name = 'policy_version' then
        'policy:' || (select arn from managed_policy where id = row->>'policy_id')
      when tg_table_name = 'access_key' then 'key:' || (row->>'id')
      when tg_table_name = 'group_member' then 'user:' || (row->>'user_id')
      when tg_table_name in ('inline_policy', 'attached_policy', 'tag') then daypass_identity(row->>'owner_id')
      else tg_table_name
    end, tg_table_name));
  end loop;
  return null;
end $$;

create trigger iam_user_changed after insert or update or delete on iam_user
  for each row execute function daypass_changed();
create trigger iam_group_changed after insert or update or delete on iam_group
  for each row execute function daypass_changed();
create trigger iam_role_changed after insert or update or delete on iam_role
  for each row execute function daypass_changed();
create trigger managed_policy_changed after insert or update or delete on managed_policy
  for each row execute function daypass_changed();
create trigger policy_version_changed after insert or update or delete on policy_version
  for each row execute function daypass_changed();
create trigger access_key_changed after insert or update or delete on access_key
  for each row execute function daypass_changed();
create trigger group_member_changed after insert or update or delete on group_member
  for each row execute function daypass_changed();
create trigger inline_policy_changed after insert or update or delete on inline_policy
  for each row execute function daypass_changed();
create trigger attached_policy_changed after insert or update or delete on attached_policy
  for each row execute function daypass_changed();
create trigger tag_changed after insert or update or delete on tag
  for each row execute function daypass_changed();
create trigger broker_key_changed after insert or update or delete on broker_key
  for each row execute function daypass_changed();
create trigger revocation_changed after insert or update or delete on revocation
  for each row execute function daypass_changed();
