-- Holds, and the copies of a title. Rows of the schema before lack what an item is kept for, and no
-- program that wrote them was ever installed: such a database is refused.
do $$
begin
  if exists (select 1 from record) then
    raise exception 'this database holds a city of before holds: seed a new one';
  end if;
end
$$;

-- None of them changes when an item is lent or a reader borrows, but the first two when a hold is
-- filled.
alter table record
  add column waiting_holds_of_title text collate "C",
  add column open_holds_of_item text collate "C",
  add column open_holds_of_reader text collate "C",
  add column items_of_title text collate "C";

create index finder_waiting_holds_of_title on record (city_id, waiting_holds_of_title, began_at, id)
  where waiting_holds_of_title is not null;
create index finder_open_holds_of_item on record (city_id, open_holds_of_item, began_at, id)
  where open_holds_of_item is not null;
create index finder_open_holds_of_reader on record (city_id, open_holds_of_reader, began_at, id)
  where open_holds_of_reader is not null;
create index finder_items_of_title on record (city_id, items_of_title, id)
  where items_of_title is not null;
