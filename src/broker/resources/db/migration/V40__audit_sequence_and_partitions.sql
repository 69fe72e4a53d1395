-- The trail gets an order of its own and is kept by months, so that old months can be dropped whole. A record's number
-- is taken when it is written; numbers have gaps where a transaction was undone, and are never given twice.
create sequence audit_sequence;
alter table audit_event add column sequence bigint not null default nextval('audit_sequence');

-- What there is becomes the first partition, with its indexes, which the new table then finds there.
drop view issued_session;
alter table audit_event rename to audit_event_first;
alter table audit_event_first drop constraint audit_event_pkey;
alter table audit_event_first add constraint audit_event_first_pkey primary key (id, time);
alter index audit_event_time rename to audit_event_first_time;
alter index audit_event_user rename to audit_event_first_user;
alter index audit_event_name rename to audit_event_first_name;
alter index audit_event_request rename to audit_event_first_request;
alter index audit_event_notice rename to audit_event_first_notice;
alter index issued_session_id rename to audit_event_first_session_id;
alter index issued_session_account rename to audit_event_first_session_account;
alter index issued_session_principal rename to audit_event_first_session_principal;
alter index issued_session_origin rename to audit_event_first_session_origin;

create table audit_event (
  id            uuid        not null,
  account_id    text,
  time          timestamptz not null,
  event_source  text        not null,
  event_name    text        not null,
  user_name     text,
  access_key_id text,
  error_code    text,
  record        jsonb       not null,
  sequence      bigint      not null default nextval('audit_sequence'),
  primary key (id, time)
) partition by range (time);
alter sequence audit_sequence owned by audit_event.sequence;

create index audit_event_time on audit_event (account_id, time desc, id desc);
create index audit_event_user on audit_event (account_id, user_name, time desc, id desc);
create index audit_event_name on audit_event (account_id, event_name, time desc, id desc);
create index audit_event_request on audit_event (account_id, (record->>'requestID'));
create index audit_event_notice on audit_event (account_id, time)
  where error_code is null
    and (event_name in ('EnableMFADevice', 'DeactivateMFADevice', 'CreateRecoveryCodes', 'EnrolUser')
      or record #>> '{additionalEventData,MFAIdentifier}' = 'recovery-code');
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
-- Records lie in the order of their numbers, so that this index is small and costs a write next to nothing.
create index audit_event_sequence on audit_event using brin (sequence) with (pages_per_range = 32, autosummarize = on);

do $$
declare
  latest timestamptz;
begin
  select greatest(now(), max(time)) into latest from audit_event_first;
  execute format('alter table audit_event attach partition audit_event_first for values from (minvalue) to (%L)',
    (date_trunc('month', latest at time zone 'UTC') + interval '1 month') at time zone 'UTC');
end $$;

-- Whatever a clock says, a record has a place: the broker makes the months ahead of time, and this is for the rest.
create table audit_event_rest partition of audit_event default;

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

-- What the trail was, signed: each digest is of the records after the one before it, and of the digest before it.
-- `lines` has 48 bytes for each record: its number, its time, and its SHA-256.
create table audit_digest (
  number   bigint  primary key,
  through  bigint  not null,
  token    text    not null,
  lines    bytea   not null
);
alter table audit_digest alter column lines set storage external;
