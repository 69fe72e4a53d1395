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

-- One certificate is one user's in its account, however it is written: the hash is of its DER form.
create table signing_certificate (
  id           text primary key,
  account_id   text        not null references account,
  user_id      text        not null references iam_user,
  body         text        not null,
  sha256       bytea       not null check (length(sha256) = 32),
  active       boolean     not null,
  uploaded_at  timestamptz not null,
  unique (account_id, sha256)
);
create index signing_certificate_user on signing_certificate (user_id);

-- The key is as SSH writes it (RFC 4253 §6.6), so that one key has one form.
create table ssh_public_key (
  id           text primary key,
  account_id   text        not null references account,
  user_id      text        not null references iam_user,
  public_key   bytea       not null,
  comment      text        not null,
  active       boolean     not null,
  uploaded_at  timestamptz not null,
  unique (user_id, public_key)
);

-- A login of a user at one service. Its name there stays when the user is renamed, so it may not be another's.
create table service_credential (
  id             text primary key,
  account_id     text        not null references account,
  user_id        text        not null references iam_user,
  service_name   text        not null,
  login          text        not null,
  -- Secrets are hundreds of random bits: nobody finds one by trying, and no slow hash makes it harder.
  secret_sha256  bytea       not null check (length(secret_sha256) = 32),
  active         boolean     not null,
  created_at     timestamptz not null,
  expires_at     timestamptz
);
create unique index service_credential_login on service_credential (account_id, service_name, lower(login));
create index service_credential_user on service_credential (user_id);
