-- What tools that signed in have for their next credentials: one refresh token at a time, bound to a key of the tool's.
create table login_grant (
  id               text        primary key,
  user_id          text        not null,
  sign_in          text        not null,
  signed_in_at     timestamptz not null,
  mfa_at           timestamptz,
  key_mark         text        not null,
  client_id        text        not null,
  -- Whose sessions it is for; the user's own, where there is none.
  role_arn         text,
  dpop_thumbprint  text        not null,
  token_hash       bytea       not null,
  former_hash      bytea,
  rotated_at       timestamptz not null,
  -- When the sign-in ends by itself.
  expires_at       timestamptz not null
);
create index login_grant_expires_at on login_grant (expires_at);
