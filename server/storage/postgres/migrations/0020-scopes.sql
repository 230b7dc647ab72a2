-- A feed for each service point, desk and class of city facts, in place of one for the whole
-- circulation. Rows of the schema before lack what the scopes are computed from (where a reader was
-- served), and no program that wrote them was ever installed: such a database is refused.
do $$
begin
  if exists (select 1 from record) then
    raise exception 'this database holds a city of before partial replication: seed a new one';
  end if;
end
$$;
drop table record, feed, feed_head;

-- Rows, changes and findings are text: they are written and read as JSON by the program alone, and
-- the type json would parse each of them once more.

-- `version` rises with every writing, and where an operation was about the row without changing it:
-- what a finder answered about it is noticed to be old. A removed record stays, without a row
-- (I19). The columns after `removed_at` are the finders of domain/facts.ts, each filled by the rows
-- that it can find, and what they order by. None of them changes when an item is lent or a reader
-- borrows: those are HOT updates, which write to no index.
create table record (
  city_id text collate "C" not null,
  kind text collate "C" not null,
  id text collate "C" not null,
  "row" text,
  version bigint not null,
  scopes text[] not null,
  removed_at bigint,
  item_by_barcode text collate "C",
  reader_by_card text collate "C",
  readers_by_id_hash text collate "C",
  readers_by_name_and_birth text collate "C",
  open_loans_by_due text collate "C",
  open_loans_of_item text collate "C",
  loans_of_item text collate "C",
  loans_of_reader text collate "C",
  open_exceptions_of_item text collate "C",
  open_exceptions_of_reader text collate "C",
  fees_of_reader text collate "C",
  entries_of_reader text collate "C",
  entries_of_fee text collate "C",
  reversals_of_entry text collate "C",
  open_leases_of_reader text collate "C",
  open_leases_of_device text collate "C",
  title_by_control_number text collate "C",
  staff_by_username text collate "C",
  due_on text collate "C",
  began_at bigint,
  primary key (city_id, kind, id)
) with (fillfactor = 80, toast_tuple_target = 8160);

-- A kind of which there was nothing when the statistics were taken would be read from end to end
-- later on, once for each row that is looked for.
alter table record alter column kind set statistics 0;

-- Locked in sorted order, late, until the commit, those scopes only that a batch writes to: numbers
-- have no gaps and are in commit order. A sequence is neither. `stamp` orders the entries of several
-- scopes: one operation has one stamp in all of them, and a later one a greater.
create table feed_head (
  city_id text collate "C" not null,
  scope text collate "C" not null,
  head bigint not null,
  stamp bigint not null,
  -- Entries up to `deleted` are gone; those after `base` repeat every row, for who begins there.
  deleted bigint not null default 0,
  base bigint not null default 0,
  base_rows bigint not null default 0,
  base_at bigint,
  primary key (city_id, scope)
) with (fillfactor = 50);

create table feed (
  city_id text collate "C" not null,
  scope text collate "C" not null,
  number bigint not null,
  stamp bigint not null,
  at bigint not null,
  operation_id text collate "C",
  -- Null where they are all of the operation's: most operations are of one service point.
  changes text,
  bytes integer not null,
  primary key (city_id, scope, number)
) with (toast_tuple_target = 8160);

-- What the city's brief feed has not been told yet. `card` is a number that a reader no longer has.
create table brief_dirty (
  city_id text collate "C" not null,
  seq bigint generated always as identity,
  kind text not null,
  id text not null,
  card text,
  primary key (city_id, seq)
);

-- The outcomes of a hundred thousand operations are asked for by number, one by name in a while.
drop trigger operation_is_kept on operation;
drop function refuse_operation_change;
drop table operation;
create table operation (
  city_id text collate "C" not null,
  device_id text collate "C" not null,
  epoch integer not null,
  seq bigint not null,
  hash text not null,
  kind text not null,
  staff_id text not null,
  branch_id text not null,
  at bigint not null,
  received_at bigint not null,
  body text not null,
  outcome text not null,
  findings text not null,
  positions text not null,
  changes text not null,
  inverse text not null,
  undone_by text,
  primary key (city_id, device_id, epoch, seq)
) with (toast_tuple_target = 8160);

-- An outcome never changes (I9): the only news about a stored operation is that it was undone.
create function refuse_operation_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE'
    or to_jsonb(new) - 'undone_by' is distinct from to_jsonb(old) - 'undone_by'
    or old.undone_by is not null
  then
    raise exception 'an operation of the ledger is never changed';
  end if;
  return new;
end
$$;
create trigger operation_is_kept before update or delete on operation
  for each row execute function refuse_operation_change();

-- Each serves its finder alone: no other question implies its condition.
create index finder_item_by_barcode on record (city_id, item_by_barcode, id)
  where item_by_barcode is not null;
create index finder_reader_by_card on record (city_id, reader_by_card, id)
  where reader_by_card is not null;
create index finder_readers_by_id_hash on record (city_id, readers_by_id_hash, id)
  where readers_by_id_hash is not null;
create index finder_readers_by_name_and_birth on record (city_id, readers_by_name_and_birth, id)
  where readers_by_name_and_birth is not null;
create index finder_title_by_control_number on record (city_id, title_by_control_number, id)
  where title_by_control_number is not null;
create index finder_staff_by_username on record (city_id, staff_by_username, id)
  where staff_by_username is not null;
create index finder_open_loans_by_due on record (city_id, open_loans_by_due, due_on, id)
  where open_loans_by_due is not null;
create index finder_open_loans_of_item on record (city_id, open_loans_of_item, began_at, id)
  where open_loans_of_item is not null;
create index finder_loans_of_item on record (city_id, loans_of_item, began_at, id)
  where loans_of_item is not null;
create index finder_loans_of_reader on record (city_id, loans_of_reader, began_at, id)
  where loans_of_reader is not null;
create index finder_open_exceptions_of_item on record (city_id, open_exceptions_of_item, began_at, id)
  where open_exceptions_of_item is not null;
create index finder_open_exceptions_of_reader on record (city_id, open_exceptions_of_reader, began_at, id)
  where open_exceptions_of_reader is not null;
create index finder_fees_of_reader on record (city_id, fees_of_reader, began_at, id)
  where fees_of_reader is not null;
create index finder_entries_of_reader on record (city_id, entries_of_reader, began_at, id)
  where entries_of_reader is not null;
create index finder_entries_of_fee on record (city_id, entries_of_fee, began_at, id)
  where entries_of_fee is not null;
create index finder_reversals_of_entry on record (city_id, reversals_of_entry, began_at, id)
  where reversals_of_entry is not null;
create index finder_open_leases_of_reader on record (city_id, open_leases_of_reader, began_at, id)
  where open_leases_of_reader is not null;
create index finder_open_leases_of_device on record (city_id, open_leases_of_device, began_at, id)
  where open_leases_of_device is not null;
create index record_removed on record (city_id, removed_at) where removed_at is not null;
