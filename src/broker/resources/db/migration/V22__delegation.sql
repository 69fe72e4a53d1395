-- Requests for permissions of an account, for a while. Who asked and who granted are kept with their unique ids: whoever is made
-- again under the same name is somebody else. The state only moves forward, by statements that name the state they move from.
create table delegation_request (
  id                    text primary key,
  requestor_account     text        not null references account,
  requestor_id          text        not null,
  requestor_arn         text        not null,
  workflow_id           text        not null,
  owner_account         text        references account,
  owner_arn             text,
  description           text        not null,
  request_message       text,
  template_arn          text        not null,
  parameters            jsonb       not null,
  policy                text        not null,
  redirect_url          text,
  notification_channel  text        not null,
  session_seconds       integer     not null check (session_seconds between 300 and 43200),
  only_send_by_owner    boolean     not null,
  state                 text        not null
    check (state in ('UNASSIGNED', 'ASSIGNED', 'PENDING_APPROVAL', 'ACCEPTED', 'REJECTED', 'FINALIZED')),
  notes                 text,
  rejection_reason      text,
  approver              jsonb,
  approver_arn          text,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  expires_at            timestamptz not null,
  unique (requestor_account, workflow_id),
  check ((state = 'UNASSIGNED') = (owner_arn is null) or state = 'REJECTED'),
  check (owner_arn is null or owner_account is not null),
  check (state not in ('ACCEPTED', 'FINALIZED') or approver is not null)
);
create index delegation_request_owner on delegation_request (owner_account, id) where owner_arn is not null;
