-- Users by whom another provider calls so, when one of them signs in with it.
create index tag_upstream on tag (value) where lower(key) = 'daypass:upstream';
