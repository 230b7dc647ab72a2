-- Further cards of readers, and messages for them: the finders of domain/facts.ts.
alter table record
  add column card_by_number text collate "C",
  add column cards_of_reader text collate "C",
  add column messages_of_reader text collate "C";

create index finder_card_by_number on record (city_id, card_by_number, id)
  where card_by_number is not null;
create index finder_cards_of_reader on record (city_id, cards_of_reader, id)
  where cards_of_reader is not null;
create index finder_messages_of_reader on record (city_id, messages_of_reader, began_at, id)
  where messages_of_reader is not null;
