-- Subscriptions to serials: the finders of domain/gathering.ts. No city of before has any, so there are
-- no rows to fill the columns of.
alter table record
  add column subscriptions_of_title text collate "C",
  add column subscriptions_at_branch text collate "C";

create index finder_subscriptions_of_title on record (city_id, subscriptions_of_title, id)
  where subscriptions_of_title is not null;
create index finder_subscriptions_at_branch on record (city_id, subscriptions_at_branch, id)
  where subscriptions_at_branch is not null;
