-- The name an account can be called by instead of its number: one each, and nobody else's.
create table account_alias (
  alias       text primary key,
  account_id  text        not null unique references account,
  created_at  timestamptz not null
);
