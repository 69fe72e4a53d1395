-- When users and roles last called each action of each service: what reports of last accesses are made from. It is
-- drawn from the audit trail, by a few rows per principal: the trail itself would have to be read whole, and an index
-- of it by principal costs every insert a third more of PostgreSQL's time.
create table last_access (
  principal_id  text        not null,
  service       text        not null,
  action        text        not null,
  at            timestamptz not null,
  region        text        not null,
  primary key (principal_id, service, action)
);

insert into last_access (principal_id, service, action, at, region)
select distinct on (1, 2, 3)
  split_part(record #>> '{userIdentity,principalId}', ':', 1),
  replace(event_source, '.amazonaws.com', ''),
  event_name,
  time,
  coalesce(record ->> 'awsRegion', '')
from audit_event
where record #>> '{userIdentity,type}' in ('IAMUser', 'AssumedRole')
  and (exists (select 1 from iam_user where id = split_part(record #>> '{userIdentity,principalId}', ':', 1))
    or exists (select 1 from iam_role where id = split_part(record #>> '{userIdentity,principalId}', ':', 1)))
order by 1, 2, 3, time desc;

create function daypass_forget_accesses() returns trigger language plpgsql as $$
begin
  delete from last_access where principal_id = old.id;
  return null;
end $$;
create trigger iam_user_forget_accesses after delete on iam_user
  for each row execute function daypass_forget_accesses();
create trigger iam_role_forget_accesses after delete on iam_role
  for each row execute function daypass_forget_accesses();

-- Reports as they were made, for whoever asked for them.
create table access_report (
  id            text primary key check (length(id) = 36),
  account_id    text        not null references account,
  -- The unique id of the user or role that asked.
  owner_id      text        not null,
  action_level  boolean     not null,
  created_at    timestamptz not null,
  content       text        not null,
  size          integer     not null check (size = octet_length(content))
);
create index access_report_account on access_report (account_id, created_at desc) include (size);
