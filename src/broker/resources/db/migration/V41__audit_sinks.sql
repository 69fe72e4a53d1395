-- How far each place that the trail goes to has got.
create table audit_sink (
  name     text    primary key,
  through  bigint  not null
);
