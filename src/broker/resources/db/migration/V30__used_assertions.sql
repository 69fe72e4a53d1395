-- SAML assertions that were traded for a session, until they would count for nothing anyway.
create table used_assertion (
  provider_arn  text        not null,
  id_hash       bytea       not null,
  good_until    timestamptz not null,
  primary key (provider_arn, id_hash)
);
create index used_assertion_good_until on used_assertion (good_until);
