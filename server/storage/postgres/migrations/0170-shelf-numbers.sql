-- Which items stand under a book number at a branch: a finder of domain/gathering.ts. The column is
-- filled as items are written; no program that wrote a city before was ever installed.
alter table record
  add column items_by_shelf_number text collate "C";

create index finder_items_by_shelf_number on record (city_id, items_by_shelf_number, id)
  where items_by_shelf_number is not null;
