-- Which till a desk has open.
alter table record add column open_tills_of_device text collate "C";
create index finder_open_tills_of_device on record (city_id, open_tills_of_device, began_at, id)
  where open_tills_of_device is not null;
