-- Until when a person has been told what happened to their second factors. What happened is in the trail.
create table notice_dismissal (
  user_id  text         primary key,
  until    timestamptz  not null
);

-- What people are told: seldom, so that asking on every page costs nothing.
create index audit_event_notice on audit_event (account_id, time)
  where error_code is null
    and (event_name in ('EnableMFADevice', 'DeactivateMFADevice', 'CreateRecoveryCodes', 'EnrolUser')
      or record #>> '{additionalEventData,MFAIdentifier}' = 'recovery-code');
