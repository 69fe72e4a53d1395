-- Links by which a person sets a first password and a first device: one for a user at a time, of
-- which only a hash is kept.
create table enrolment_link (
  user_id     text        primary key,
  token_hash  bytea       not null unique,
  expires_at  timestamptz not null
);
