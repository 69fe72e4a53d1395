-- What stands in for a device that was lost, each once: of each only a hash.
create table recovery_code (
  code_hash  text  primary key,
  user_id    text  not null
);
create index recovery_code_user_id on recovery_code (user_id);
