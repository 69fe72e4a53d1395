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

-- The sessions that began, as the trail has them: what begins one is recorded anyway, and nothing more is written for
-- it. The indexes hold the records that began a session and no others; each costs every session a little, so that
-- what is asked for seldom has none.
create view issued_session as
select
  id as event_id,
  time,
  event_name,
  record #>> '{additionalEventData,session,id}' as session_id,
  record #>> '{additionalEventData,session,accountId}' as account_id,
  record #>> '{additionalEventData,session,principalId}' as principal_id,
  record #>> '{additionalEventData,session,origin}' as origin,
  record #>> '{additionalEventData,session,sourceIdentity}' as source_identity,
  record #> '{additionalEventData,session,lineage}' as lineage,
  (record #>> '{additionalEventData,session,expiresAt}')::timestamptz as expires_at,
  record
from audit_event
where record #>> '{additionalEventData,session,id}' is not null;

create index issued_session_id on audit_event ((record #>> '{additionalEventData,session,id}'))
  where record #>> '{additionalEventData,session,id}' is not null;
create index issued_session_account on audit_event
  ((record #>> '{additionalEventData,session,accountId}'), time desc, id desc)
  where record #>> '{additionalEventData,session,id}' is not null;
create index issued_session_principal on audit_event
  ((record #>> '{additionalEventData,session,principalId}'), time desc, id desc)
  where record #>> '{additionalEventData,session,id}' is not null;
create index issued_session_origin on audit_event
  ((record #>> '{additionalEventData,session,origin}'), time desc, id desc)
  where record #>> '{additionalEventData,session,id}' is not null;
