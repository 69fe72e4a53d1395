-- A revocation is told whole, so that every node knows it when it hears of it and has nothing to read. A subject may also
-- be the ARN of an identity provider, or `key/…` for what a key of the broker vouched for.
alter table revocation add constraint revocation_subject_fits check (length(subject) between 1 and 2048);
create index revocation_expires_at on revocation (expires_at);

create function daypass_revoked() returns trigger language plpgsql as $$
begin
  perform pg_notify('daypass', 'revocation:' || ceil(extract(epoch from new.before) * 1000)::bigint
    || ':' || ceil(extract(epoch from new.expires_at) * 1000)::bigint || ':' || new.subject);
  return null;
end $$;

drop trigger revocation_changed on revocation;
create trigger revocation_told after insert or update on revocation
  for each row execute function daypass_revoked();
