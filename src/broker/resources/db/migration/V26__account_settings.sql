-- Whether an account's principals get tokens for services outside, and which issuer the tokens name. The issuer stays
-- when the feature is disabled: tokens from before can still be checked, and enabling it again changes nothing outside.
create table outbound_federation (
  account_id  text primary key references account,
  issuer_id   uuid        not null unique,
  enabled     boolean     not null
);

create function outbound_federation_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('daypass', 'outbound-federation:' || coalesce(new.account_id, old.account_id));
  perform pg_notify('daypass', 'outbound-issuer:' || coalesce(new.issuer_id, old.issuer_id));
  return null;
end $$;
create trigger outbound_federation_changed after insert or update or delete on outbound_federation
  for each row execute function outbound_federation_changed();

create table token_preference (
  account_id                     text primary key references account,
  global_endpoint_token_version  text not null check (global_endpoint_token_version in ('V1', 'V2'))
);

-- Service-linked roles are gone as soon as their deletion is asked for; who asks later is told so.
create table service_linked_role_deletion (
  task_id     text primary key,
  account_id  text        not null references account,
  deleted_at  timestamptz not null
);
create index service_linked_role_deletion_of on service_linked_role_deletion (account_id, deleted_at);
