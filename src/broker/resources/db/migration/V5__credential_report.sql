-- The last credential report of each account.
create table credential_report (
  account_id    text primary key references account,
  generated_at  timestamptz not null,
  content       bytea       not null
);
