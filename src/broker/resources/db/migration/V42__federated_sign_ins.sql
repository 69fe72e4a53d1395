-- What a provider said of those who have signed in without a user: the claims of the ID token, by which roles go on to be
-- decided until the sign-in ends.
create table federated_sign_in (
  id          text        primary key,
  account_id  text        not null,
  upstream    text        not null,
  claims      text        not null,
  -- When the sign-in ends by itself.
  expires_at  timestamptz not null
);
create index federated_sign_in_expires_at on federated_sign_in (expires_at);
