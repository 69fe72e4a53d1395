-- Issuers whose tokens an account's roles may trust. The URL is without its scheme, which is always https.
create table oidc_provider (
  arn          text primary key,
  account_id   text        not null references account,
  url          text        not null check (length(url) between 1 and 247),
  client_ids   text[]      not null check (cardinality(client_ids) <= 100),
  thumbprints  text[]      not null check (cardinality(thumbprints) <= 5),
  created_at   timestamptz not null,
  unique (account_id, url),
  check (arn = 'arn:aws:iam::' || account_id || ':oidc-provider/' || url)
);

create function oidc_provider_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('daypass', 'oidc-provider:' || coalesce(new.arn, old.arn));
  return null;
end $$;
create trigger oidc_provider_changed after insert or update or delete on oidc_provider
  for each row execute function oidc_provider_changed();
