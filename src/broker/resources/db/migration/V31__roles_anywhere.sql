-- Certificate authorities whose certificates an account trades for sessions.
create table trust_anchor (
  id            text primary key,
  account_id    text        not null references account,
  region        text        not null,
  name          text        not null check (length(name) between 1 and 255),
  certificates  text        not null check (length(certificates) <= 16000),
  enabled       boolean     not null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);
create index trust_anchor_account on trust_anchor (account_id, id);

-- Which certificates they have revoked. Kept as it came, DER or PEM.
create table crl (
  id               text primary key,
  account_id       text        not null references account,
  region           text        not null,
  trust_anchor_id  text        not null references trust_anchor on delete cascade,
  name             text        not null check (length(name) between 1 and 255),
  data             bytea       not null check (length(data) <= 300000),
  enabled          boolean     not null,
  created_at       timestamptz not null,
  updated_at       timestamptz not null
);
create index crl_account on crl (account_id, id);
create index crl_trust_anchor on crl (trust_anchor_id);

-- Which roles certificates may be traded for, and what narrows the sessions.
create table roles_anywhere_profile (
  id                           text primary key,
  account_id                   text        not null references account,
  region                       text        not null,
  name                         text        not null check (length(name) between 1 and 255),
  require_instance_properties  boolean     not null,
  enabled                      boolean     not null,
  created_by                   text        not null,
  session_policy               text,
  role_arns                    text[]      not null check (cardinality(role_arns) <= 250),
  managed_policy_arns          text[]      not null check (cardinality(managed_policy_arns) <= 10),
  duration_seconds             integer     not null check (duration_seconds between 900 and 43200),
  accept_role_session_name     boolean     not null,
  -- What becomes a tag: `x509Subject:CN`, `x509SAN:Name/*`.
  mappings                     text[]      not null check (cardinality(mappings) <= 200),
  created_at                   timestamptz not null,
  updated_at                   timestamptz not null
);
create index roles_anywhere_profile_account on roles_anywhere_profile (account_id, id);

-- Who came with a certificate, by the name in it.
create table x509_subject (
  id            text primary key,
  account_id    text        not null references account,
  region        text        not null,
  name          text        not null,
  created_at    timestamptz not null,
  last_seen_at  timestamptz not null
);
create index x509_subject_account on x509_subject (account_id, id);
create index x509_subject_last_seen on x509_subject (account_id, last_seen_at);

create table x509_credential (
  subject_id     text        not null references x509_subject on delete cascade,
  fingerprint    text        not null,
  serial_number  text        not null,
  issuer         text        not null,
  certificate    text        not null,
  seen_at        timestamptz not null,
  primary key (subject_id, fingerprint)
);

create function trust_anchor_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('daypass', 'trust-anchor:' || coalesce(new.id, old.id));
  return null;
end $$;
create trigger trust_anchor_changed after insert or update or delete on trust_anchor
  for each row execute function trust_anchor_changed();

create function crl_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('daypass', 'trust-anchor:' || coalesce(new.trust_anchor_id, old.trust_anchor_id));
  return null;
end $$;
create trigger crl_changed after insert or update or delete on crl
  for each row execute function crl_changed();

create function roles_anywhere_profile_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('daypass', 'roles-anywhere-profile:' || coalesce(new.id, old.id));
  return null;
end $$;
create trigger roles_anywhere_profile_changed after insert or update or delete on roles_anywhere_profile
  for each row execute function roles_anywhere_profile_changed();
