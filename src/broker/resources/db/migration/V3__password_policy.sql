-- What an account demands of its users' passwords.
create table password_policy (
  account_id         text primary key references account,
  minimum_length     integer not null,
  symbols            boolean not null,
  numbers            boolean not null,
  uppercase          boolean not null,
  lowercase          boolean not null,
  change_allowed     boolean not null,
  max_age_days       integer,
  reuse_prevention   integer,
  hard_expiry        boolean not null
);

alter table login_profile add column changed_at timestamptz;
update login_profile set changed_at = created_at;
alter table login_profile alter column changed_at set not null;

-- The hashes of passwords that were replaced, so that they are not chosen again.
create table former_password (
  user_id        text        not null references iam_user on delete cascade,
  replaced_at    timestamptz not null,
  password_hash  text        not null,
  primary key (user_id, replaced_at)
);
