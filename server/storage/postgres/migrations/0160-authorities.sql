-- Headings of the city: a finder of domain/gathering.ts. No city of before has any, so there are no rows
-- to fill the column of.
alter table record add column authorities_by_heading text collate "C";

create index finder_authorities_by_heading on record (city_id, authorities_by_heading, id)
  where authorities_by_heading is not null;
