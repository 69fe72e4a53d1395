-- What servers of an account show. Not the private key: AWS's wire never gives one back, and nothing here uses it.
create table server_certificate (
  id           text primary key,
  account_id   text        not null references account,
  path         text        not null,
  name         text        not null,
  body         text        not null,
  chain        text,
  uploaded_at  timestamptz not null,
  expires_at   timestamptz not null
);
create unique index server_certificate_name on server_certificate (account_id, lower(name));
