-- Book numbers and replaced labels: the finders of domain/gathering.ts. No city of before has any.
alter table record
  add column book_numbers_of_title text collate "C",
  add column book_numbers_alike text collate "C",
  add column former_barcodes text collate "C";

create index finder_book_numbers_of_title on record (city_id, book_numbers_of_title, id)
  where book_numbers_of_title is not null;
create index finder_book_numbers_alike on record (city_id, book_numbers_alike, id)
  where book_numbers_alike is not null;
create index finder_former_barcodes on record (city_id, former_barcodes, id)
  where former_barcodes is not null;
