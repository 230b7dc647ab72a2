-- Records that became part of another go where it goes, with what was entered for them: the finder of
-- domain/gathering.ts. No merged reader is in a city of before: its merges are told by `mergedIntoId`
-- alone, and a database that holds one is refused.
do $$
begin
  if exists (select 1 from record where kind = 'reader') then
    raise exception 'this database holds a city of before merged records: seed a new one';
  end if;
end
$$;

alter table record add column readers_merged_into text collate "C";

create index finder_readers_merged_into on record (city_id, readers_merged_into, id)
  where readers_merged_into is not null;
