-- Titles that became part of another, and what moves with one that does: finders of
-- domain/gathering.ts. Rows of the schema before fill none of the columns, and no program that wrote
-- them was ever installed: such a database is refused.
do $$
begin
  if exists (select 1 from record where kind in ('hold', 'draft')) then
    raise exception 'this database holds a city of before merged titles: seed a new one';
  end if;
end
$$;

alter table record
  add column open_holds_of_title text collate "C",
  add column drafts_of_title text collate "C",
  add column redirects_into text collate "C",
  add column redirect_by_control_number text collate "C";

create index finder_open_holds_of_title on record (city_id, open_holds_of_title, began_at, id)
  where open_holds_of_title is not null;
create index finder_drafts_of_title on record (city_id, drafts_of_title, began_at, id)
  where drafts_of_title is not null;
create index finder_redirects_into on record (city_id, redirects_into, id)
  where redirects_into is not null;
create index finder_redirect_by_control_number on record (city_id, redirect_by_control_number, id)
  where redirect_by_control_number is not null;
