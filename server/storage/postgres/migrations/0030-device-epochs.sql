-- The epochs that devices asked for: a copied or restored disk goes on under a number of its own.
create table device_epoch (
  city_id text not null,
  device_id text not null,
  epoch integer not null,
  from_epoch integer not null,
  reason text not null,
  request_id text not null,
  asked_at bigint not null,
  primary key (city_id, device_id, epoch)
);
create unique index device_epoch_by_request on device_epoch (city_id, device_id, request_id);

-- What the database was when a server last looked: another cluster or another timeline under the
-- same rows is a copy of it that was brought back.
alter table city add column cluster_id text;
alter table city add column timeline integer;
