-- When a key was retired: by the schedule, or at once because it was compromised.
alter table broker_key add column retired_at timestamptz;
update broker_key set retired_at = coalesce(demoted_at, created_at) where state = 'RETIRED';
alter table broker_key add constraint broker_key_retired_is_gone check (
  (state = 'RETIRED') = (retired_at is not null) and (state <> 'RETIRED' or length(sealed_key) = 0));
