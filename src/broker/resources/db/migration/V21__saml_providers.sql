-- Identity providers whose assertions an account's roles may trust. The document is kept as it came, and read again
-- whenever its keys are needed.
create table saml_provider (
  arn              text primary key,
  account_id       text        not null references account,
  name             text        not null check (name ~ '^[A-Za-z0-9_.-]{1,128}$'),
  uuid             text        not null unique,
  document         text        not null check (length(document) <= 262144),
  valid_until      timestamptz not null,
  encryption_mode  text check (encryption_mode in ('REQUIRED', 'ALLOWED')),
  created_at       timestamptz not null,
  check (arn = 'arn:aws:iam::' || account_id || ':saml-provider/' || name)
);
create unique index saml_provider_name on saml_provider (account_id, lower(name));

-- What assertions are decrypted with: a new key beside the old one, while the provider changes over.
create table saml_private_key (
  id            text primary key,
  provider_arn  text        not null references saml_provider on delete cascade,
  slot          integer     not null check (slot in (1, 2)),
  -- PKCS #8.
  sealed_key    bytea       not null,
  added_at      timestamptz not null,
  unique (provider_arn, slot)
);

create function saml_provider_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('daypass', 'saml-provider:' || coalesce(new.arn, old.arn));
  return null;
end $$;
create trigger saml_provider_changed after insert or update or delete on saml_provider
  for each row execute function saml_provider_changed();
