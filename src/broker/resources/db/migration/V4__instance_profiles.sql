-- What a machine is started with: a name for the role whose sessions it gets. One role at most (AWS's quota), so it is a column.
create table instance_profile (
  id          text primary key,
  account_id  text        not null references account,
  path        text        not null,
  name        text        not null,
  role_id     text references iam_role,
  created_at  timestamptz not null
);
create unique index instance_profile_name on instance_profile (account_id, lower(name));
create index instance_profile_role on instance_profile (role_id);
