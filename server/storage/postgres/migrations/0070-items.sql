-- Finders of items: what a loss was charged for, and how often one reader took over one item. Rows of
-- before lack what items, loans and readers say now, and no program that wrote them was installed.
do $$
begin
  if exists (select 1 from record) then
    raise exception 'this database holds a city of before transfers and finds: seed a new one';
  end if;
end
$$;
alter table record
  add column fees_of_loan text collate "C",
  add column loans_of_pair text collate "C";

create index finder_fees_of_loan on record (city_id, fees_of_loan, began_at, id)
  where fees_of_loan is not null;
create index finder_loans_of_pair on record (city_id, loans_of_pair, began_at, id)
  where loans_of_pair is not null;
