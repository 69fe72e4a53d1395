-- Tools that ask with a client secret prove no key.
alter table login_grant alter dpop_thumbprint drop not null;
