-- Accounts have owners, and can be closed.
alter table account
  add column email text,
  add column closed_at timestamptz;
create unique index account_email on account (lower(email));

create table organization (
  id                     text primary key check (id ~ '^o-[a-z0-9]{10,32}$'),
  management_account_id  text        not null unique references account,
  -- Central root access: what AssumeRoot may be used for.
  root_credentials       boolean     not null default false,
  root_sessions          boolean     not null default false,
  created_at             timestamptz not null
);

-- The root of an organization (depth 0) and its organizational units, at most five deep.
create table organization_unit (
  id               text primary key check (id ~ '^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$'),
  organization_id  text        not null references organization,
  parent_id        text,
  depth            integer     not null check (depth between 0 and 5),
  parent_depth     integer generated always as (depth - 1) stored,
  name             text        not null,
  created_at       timestamptz not null,
  check ((parent_id is null) = (depth = 0)),
  unique (organization_id, id),
  unique (organization_id, id, depth),
  unique (parent_id, name),
  foreign key (organization_id, parent_id, parent_depth) references organization_unit (organization_id, id, depth)
);
create unique index organization_unit_root on organization_unit (organization_id) where parent_id is null;

-- Where each account of an organization is, the management account too.
create table organization_account (
  account_id       text primary key references account,
  organization_id  text        not null references organization,
  parent_id        text        not null,
  joined_method    text        not null check (joined_method in ('CREATED', 'INVITED')),
  joined_at        timestamptz not null,
  unique (organization_id, account_id),
  foreign key (organization_id, parent_id) references organization_unit (organization_id, id)
);
create index organization_account_parent on organization_account (parent_id);

-- organization_id is null for the policies that every organization has.
create table organization_policy (
  id               text primary key check (id ~ '^p-[0-9a-zA-Z_]{8,128}$'),
  organization_id  text references organization,
  type             text        not null check (type in ('SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY')),
  name             text        not null,
  description      text        not null,
  content          text        not null check (length(content) between 1 and 5120),
  created_at       timestamptz not null,
  unique (id, type),
  unique (organization_id, type, name)
);
insert into organization_policy (id, organization_id, type, name, description, content, created_at) values
  ('p-FullAWSAccess', null, 'SERVICE_CONTROL_POLICY', 'FullAWSAccess', 'Allows access to every operation',
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}', '2026-11-25T00:00:00Z'),
  ('p-RCPFullAWSAccess', null, 'RESOURCE_CONTROL_POLICY', 'RCPFullAWSAccess', 'Allows access to every resource',
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}', '2026-11-25T00:00:00Z');

-- The types of policies that are in force.
create table organization_policy_type (
  organization_id  text not null references organization,
  type             text not null,
  primary key (organization_id, type)
);

-- At most five policies of a type on one target: each has a slot.
create table organization_attachment (
  target_id        text    not null,
  policy_id        text    not null,
  organization_id  text    not null,
  type             text    not null,
  unit_id          text,
  account_id       text,
  slot             integer not null check (slot between 1 and 5),
  primary key (target_id, policy_id),
  unique (target_id, type, slot),
  check (num_nonnulls(unit_id, account_id) = 1 and target_id = coalesce(unit_id, account_id)),
  foreign key (policy_id, type) references organization_policy (id, type),
  foreign key (organization_id, type) references organization_policy_type,
  foreign key (organization_id, unit_id) references organization_unit (organization_id, id) on delete cascade,
  foreign key (organization_id, account_id) references organization_account (organization_id, account_id)
    on delete cascade
);
create index organization_attachment_policy on organization_attachment (policy_id);

create table create_account_status (
  id               text primary key check (id ~ '^car-[a-z0-9]{8,32}$'),
  organization_id  text        not null references organization,
  account_name     text        not null,
  state            text        not null check (state in ('SUCCEEDED', 'FAILED')),
  account_id       text,
  failure_reason   text,
  requested_at     timestamptz not null,
  check ((state = 'SUCCEEDED') = (account_id is not null and failure_reason is null))
);
create index create_account_status_organization on create_account_status (organization_id, id);

-- A policy of one organization is never attached in another.
create function organization_attachment_belongs() returns trigger language plpgsql as $$
begin
  if not exists (select from organization_policy
      where id = new.policy_id and coalesce(organization_id, new.organization_id) = new.organization_id) then
    raise exception 'the policy is of another organization' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger organization_attachment_belongs after insert or update on organization_attachment
  for each row execute function organization_attachment_belongs();

-- Whatever is in an organization has a policy of every type that is in force. Looked at last of all, one
-- transaction after another within an organization.
create function organization_attachment_stays() returns trigger language plpgsql as $$
begin
  perform from organization where id = old.organization_id for no key update;
  if exists (select from organization_policy_type where organization_id = old.organization_id and type = old.type)
      and (exists (select from organization_unit where id = old.unit_id)
        or exists (select from organization_account
          where account_id = old.account_id and organization_id = old.organization_id))
      and not exists (select from organization_attachment where target_id = old.target_id and type = old.type) then
    raise exception 'the last policy of a target cannot be detached' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger organization_attachment_stays after delete on organization_attachment
  deferrable initially deferred for each row execute function organization_attachment_stays();

-- What nodes keep in memory: where an account is (account:), and what is in force on one target (controls:).
create function organization_changed() returns trigger language plpgsql as $$
declare
  row jsonb;
begin
  foreach row in array array_remove(array[to_jsonb(old), to_jsonb(new)], null) loop
    case tg_table_name
      when 'account' then
        perform pg_notify('daypass', 'account:' || (row->>'id'));
      when 'organization' then
        perform pg_notify('daypass', 'account:' || (row->>'management_account_id'));
      when 'organization_account' then
        perform pg_notify('daypass', 'account:' || (row->>'account_id'));
      when 'organization_policy_type' then
        perform pg_notify('daypass', 'account:' || account_id) from organization_account
          where organization_id = row->>'organization_id';
      when 'organization_attachment' then
        perform pg_notify('daypass', 'controls:' || (row->>'target_id'));
      when 'organization_policy' then
        perform pg_notify('daypass', 'controls:' || target_id) from organization_attachment
          where policy_id = row->>'id';
    end case;
  end loop;
  return null;
end $$;
create trigger account_changed after insert or update or delete on account
  for each row execute function organization_changed();
create trigger organization_changed after insert or update or delete on organization
  for each row execute function organization_changed();
create trigger organization_account_changed after insert or update or delete on organization_account
  for each row execute function organization_changed();
create trigger organization_policy_type_changed after insert or update or delete on organization_policy_type
  for each row execute function organization_changed();
create trigger organization_attachment_changed after insert or update or delete on organization_attachment
  for each row execute function organization_changed();
create trigger organization_policy_changed after insert or update or delete on organization_policy
  for each row execute function organization_changed();
