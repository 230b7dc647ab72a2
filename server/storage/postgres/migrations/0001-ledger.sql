-- Every table and key starts with city_id: no transaction spans two cities, so the tables can be
-- distributed by it (Citus) without change.
--
-- Records, changes and findings are `json`, not `jsonb`: jsonb sorts the keys of nested objects,
-- and the desks compare what comes back with what they sent.

create table city (
  city_id text primary key,
  server_epoch text not null,
  is_sample_city boolean not null default false
);

-- Locked in sorted order by whoever changes records, until the commit: numbers have no gaps and
-- are in commit order. A sequence is neither.
create table feed_head (
  city_id text not null,
  scope text not null,
  head bigint not null,
  primary key (city_id, scope)
);

create table feed (
  city_id text not null,
  scope text not null,
  number bigint not null,
  operation_id text,
  changes json not null,
  bytes integer not null,
  primary key (city_id, scope, number)
);

create table record (
  city_id text not null,
  kind text not null,
  id text not null,
  "row" json not null,
  row_version bigint not null,
  primary key (city_id, kind, id)
);

create table device (
  city_id text not null,
  id text not null,
  branch_id text not null,
  desk_name text not null,
  public_key text not null,
  enrolled_at bigint not null,
  revoked_at bigint,
  primary key (city_id, id)
);

create table chain (
  city_id text not null,
  device_id text not null,
  epoch integer not null,
  last_seq bigint not null,
  head_hash text not null,
  primary key (city_id, device_id, epoch)
);

-- `body` is the canonical text that the hash is of, byte for byte.
create table operation (
  city_id text not null,
  device_id text not null,
  epoch integer not null,
  seq bigint not null,
  id text not null,
  hash text not null,
  kind text not null,
  staff_id text not null,
  branch_id text not null,
  at bigint not null,
  received_at bigint not null,
  body text not null,
  outcome text not null,
  findings json not null,
  positions json not null,
  changes json not null,
  inverse json not null,
  undone_by text,
  primary key (city_id, device_id, epoch, seq)
);
create unique index operation_by_id on operation (city_id, id);

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

create table quarantine (
  city_id text not null,
  device_id text not null,
  epoch integer not null,
  seq bigint not null,
  hash text not null,
  body text not null,
  reason text not null,
  received_at bigint not null,
  primary key (city_id, device_id, epoch, seq, hash)
);

create table enrolment_code (
  city_id text not null,
  label text not null,
  secret_hash text not null,
  branch_id text not null,
  desk_name text not null,
  expires_at bigint not null,
  tries_left integer not null,
  primary key (city_id, label)
);

create table sign_in_failure (
  city_id text not null,
  key text not null,
  failures integer not null,
  lockouts integer not null,
  locked_until bigint,
  last_at bigint not null,
  primary key (city_id, key)
);

-- Lost by a crash of the database, which takes longer to come back than a replay is worth trying:
-- the push it would repeat is answered with its stored outcomes anyway.
create unlogged table nonce (
  city_id text not null,
  device_id text not null,
  nonce text not null,
  at bigint not null,
  primary key (city_id, device_id, nonce)
);
create index nonce_by_age on nonce (city_id, at);

-- One index for each finder of domain/facts.ts: the fields it matches, what it orders by, the id.
-- "Is null" belongs into the condition of the index: as a column it would cost the order (an
-- equality is known not to disturb it, a null test is not).
create index finder_item_by_barcode on record (city_id, ("row" ->> 'barcode'), id)
  where kind = 'item';
create index finder_reader_by_card on record (city_id, ("row" ->> 'cardNumber'), id)
  where kind = 'reader';
create index finder_readers_by_id_hash on record (city_id, ("row" ->> 'idNumberHash'), id)
  where kind = 'reader';
create index finder_readers_by_name_and_birth
  on record (city_id, ("row" ->> 'name'), ("row" ->> 'bornOn'), id) where kind = 'reader';
create index finder_open_loans_by_due on record
  (city_id, ("row" ->> 'readerId'), (("row" ->> 'dueOn') collate "C"), id)
  where kind = 'loan' and "row" ->> 'returnedAt' is null;
create index finder_open_loans_of_item on record
  (city_id, ("row" ->> 'itemId'), (("row" ->> 'lentAt')::bigint), id)
  where kind = 'loan' and "row" ->> 'returnedAt' is null;
create index finder_loans_of_item on record
  (city_id, ("row" ->> 'itemId'), (("row" ->> 'lentAt')::bigint), id) where kind = 'loan';
create index finder_open_exceptions_of_item on record
  (city_id, ("row" ->> 'itemId'), (("row" ->> 'openedAt')::bigint), id)
  where kind = 'exception' and "row" ->> 'settledAt' is null;
create index finder_title_by_control_number on record (city_id, ("row" ->> 'controlNumber'), id)
  where kind = 'title';
create index finder_staff_by_username on record (city_id, ("row" ->> 'username'), id)
  where kind = 'staff';
