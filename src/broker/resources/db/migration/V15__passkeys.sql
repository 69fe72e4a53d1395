-- Security keys and passkeys (FIDO) are MFA devices beside virtual ones, which alone have a seed. They are always
-- somebody's: taken from their user, they are gone.
alter table mfa_device add column kind text not null default 'VIRTUAL' check (kind in ('VIRTUAL', 'FIDO'));
alter table mfa_device alter column sealed_seed drop not null;
alter table mfa_device alter column algorithm drop not null;
alter table mfa_device alter column digits drop not null;
alter table mfa_device alter column last_step drop not null;
alter table mfa_device add constraint mfa_device_of_its_kind check (
  case kind
    when 'VIRTUAL' then num_nulls(sealed_seed, algorithm, digits, last_step) = 0
    else num_nonnulls(sealed_seed, algorithm, digits, last_step) = 0 and num_nulls(user_id, enabled_at) = 0
  end);

create table passkey (
  serial_number    text primary key references mfa_device on delete cascade,
  credential_id    bytea       not null unique check (length(credential_id) between 1 and 1023),
  -- Who the credential's holder is to its authenticator: random, and not the name.
  user_handle      bytea       not null check (length(user_handle) between 1 and 64),
  -- A COSE key (RFC 9052).
  public_key       bytea       not null,
  aaguid           uuid        not null,
  -- What the authenticator counted last. It only moves forward, or stays at 0 where none is kept.
  sign_count       bigint      not null check (sign_count >= 0),
  transports       text        not null,
  backup_eligible  boolean     not null,
  backed_up        boolean     not null,
  last_used_at     timestamptz
);
