-- The suite's own tables. Instants are UTC ticks of 100 ns, so that what is written is read back exactly; the views show them as timestamps.
-- Deliveries, messages, states and timelines are partitioned by identity: an identity is a UUID of version 7, which begins with its
-- millisecond, so one range is one day, an identity is unique over all days, and a look-up by it needs one partition only.
CREATE SCHEMA IF NOT EXISTS messaging;

-- The one clock: what is due, which leases have ended, when something was settled.
-- In plpgsql, which keeps its plan from call to call: what reads a volatile clock is never merged into the statement that asks for it.
CREATE FUNCTION messaging.messaging_now() RETURNS bigint LANGUAGE plpgsql STABLE AS
$$ BEGIN RETURN 621355968000000000 + (extract(epoch FROM clock_timestamp()) * 10000000)::bigint; END $$;

CREATE FUNCTION messaging.to_instant(ticks bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT AS
$$ SELECT to_timestamp((ticks - 621355968000000000) / 10000000.0) $$;

CREATE SEQUENCE messaging.place;           -- order of acceptance, of arrival in the queue, of timeline entries
CREATE SEQUENCE messaging.fence;           -- proofs of claims

CREATE TABLE messaging.messages (
  id uuid NOT NULL PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  accepted_at bigint NOT NULL,
  category text COLLATE "C" NOT NULL,
  template text COLLATE "C",
  reference text COLLATE "C",
  expires_at bigint,
  sensitive boolean NOT NULL,
  is_bulk boolean NOT NULL,
  is_routed boolean NOT NULL,
  drops boolean NOT NULL,
  payload bytea NOT NULL
) PARTITION BY RANGE (id);
CREATE TABLE messaging.messages_rest PARTITION OF messaging.messages DEFAULT;

CREATE TABLE messaging.deliveries (
  id uuid NOT NULL PRIMARY KEY,
  place bigint NOT NULL DEFAULT nextval('messaging.place'),
  message_id uuid NOT NULL,
  tenant text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  address text COLLATE "C" NOT NULL,
  address_hash bigint NOT NULL,
  channel text COLLATE "C" NOT NULL,
  priority smallint NOT NULL,
  accepted_at bigint NOT NULL,
  contact_id uuid,
  reference text COLLATE "C",
  plan_id uuid,
  plan_step integer NOT NULL,
  item_hash uuid,
  payload bytea NOT NULL
) PARTITION BY RANGE (id);
CREATE TABLE messaging.deliveries_rest PARTITION OF messaging.deliveries DEFAULT;
CREATE INDEX deliveries_tenant ON messaging.deliveries (tenant, place);
CREATE INDEX deliveries_message ON messaging.deliveries (message_id, place);
CREATE INDEX deliveries_address ON messaging.deliveries (address_hash);
CREATE INDEX deliveries_item ON messaging.deliveries (message_id, item_hash) WHERE item_hash IS NOT NULL;
CREATE INDEX deliveries_contact ON messaging.deliveries (contact_id, place) WHERE contact_id IS NOT NULL;
CREATE INDEX deliveries_reference ON messaging.deliveries (tenant, reference, place) WHERE reference IS NOT NULL;

-- What changed about a delivery since it was accepted; no row: nothing but its place in the queue.
CREATE TABLE messaging.states (
  id uuid NOT NULL PRIMARY KEY,
  place bigint NOT NULL,
  tenant text COLLATE "C" NOT NULL,
  status smallint NOT NULL,
  attempts integer NOT NULL,
  total_attempts integer NOT NULL,
  generation integer NOT NULL,
  evidence bytea NOT NULL,
  account text COLLATE "C",
  provider_id text COLLATE "C",
  provider_account text COLLATE "C",
  provider_place bigint,
  settled_at bigint,
  cancel_requested boolean NOT NULL,
  dead_letter boolean NOT NULL,
  dropped boolean NOT NULL,
  why_code text,
  why_text text,
  why_until bigint,
  call_started_at bigint,
  call_took bigint,
  call_settled_at bigint
) PARTITION BY RANGE (id);
CREATE TABLE messaging.states_rest PARTITION OF messaging.states DEFAULT;
CREATE INDEX states_provider ON messaging.states (provider_id, provider_account) WHERE provider_id IS NOT NULL;
CREATE INDEX states_dead ON messaging.states (tenant, place) WHERE dead_letter;

CREATE TABLE messaging.timeline (
  delivery_id uuid NOT NULL,
  place bigint NOT NULL DEFAULT nextval('messaging.place'),
  at bigint NOT NULL,
  type smallint NOT NULL,
  event smallint NOT NULL,
  attempt integer,
  account text,
  took bigint,
  provider_code text,
  provider_text text,
  why_code text,
  why_text text,
  why_until bigint,
  PRIMARY KEY (delivery_id, place)
) PARTITION BY RANGE (delivery_id);
CREATE TABLE messaging.timeline_rest PARTITION OF messaging.timeline DEFAULT;

-- The queue: only what is not done. Each piece of work is one narrow row that is written, claimed and deleted.
-- A claim changes no column that an index knows, and half of each page is free for it: the new version of a row stands in the page of the old one, and
-- no index is written. So leased work stays in the index of its lane, where whoever looks for ready work passes it, until it is settled or its lease ends.
CREATE TABLE messaging.work (
  id uuid NOT NULL,
  kind smallint NOT NULL,
  tenant text COLLATE "C" NOT NULL,
  lane smallint NOT NULL,
  state smallint NOT NULL,                 -- 0 waiting, 1 ready, 2 leased, 3 parked
  plain boolean NOT NULL,                  -- no row of states, nothing to drop, nobody cancelled: the short way may settle it
  cancel_requested boolean NOT NULL,
  call smallint NOT NULL,                  -- 0 none, 1 begun under this lease, 2 begun under a lost one
  claims integer NOT NULL,
  turn bigint NOT NULL,                    -- the tenant's turn in its lane: tenants go side by side
  place bigint NOT NULL DEFAULT nextval('messaging.place'),
  due_at bigint NOT NULL,
  since bigint NOT NULL,
  fence bigint NOT NULL,
  claimed_at bigint NOT NULL,
  lease_until bigint NOT NULL,
  park_key text COLLATE "C",
  payload bytea,
  -- Which index it stands in: 0 by its time, 1 in its lane (ready or leased), 2 among the withdrawn (cancelled while it is leased), 3 by what it is parked for.
  stands smallint NOT NULL GENERATED ALWAYS AS (CASE WHEN state <> 2 THEN state WHEN cancel_requested THEN 2::smallint ELSE 1::smallint END) STORED,
  PRIMARY KEY (id, kind)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 5000);
CREATE INDEX work_due ON messaging.work (due_at, place) WHERE stands = 0;
CREATE INDEX work_lane ON messaging.work (lane, turn, place) WHERE stands = 1;
CREATE INDEX work_withdrawn ON messaging.work (place) WHERE stands = 2;
CREATE INDEX work_parked ON messaging.work (park_key, place) WHERE stands = 3;

-- The last turn given to each tenant of each lane, as the nodes note it now and then.
CREATE TABLE messaging.turns (
  lane smallint NOT NULL,
  tenant text COLLATE "C" NOT NULL,
  turn bigint NOT NULL,
  PRIMARY KEY (lane, tenant)
) WITH (fillfactor = 50);

CREATE TABLE messaging.idempotency (
  tenant text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  fingerprint uuid NOT NULL,
  message_id uuid NOT NULL,
  keep_until bigint NOT NULL,
  PRIMARY KEY (tenant, key)
);
CREATE INDEX idempotency_end ON messaging.idempotency (keep_until);

CREATE TABLE messaging.event_keys (
  hash uuid NOT NULL PRIMARY KEY,
  delivery_id uuid NOT NULL
);
CREATE INDEX event_keys_delivery ON messaging.event_keys (delivery_id);

-- Ids that providers gave to earlier attempts.
CREATE TABLE messaging.receipts (
  account text COLLATE "C" NOT NULL,
  provider_id text COLLATE "C" NOT NULL,
  delivery_id uuid NOT NULL,
  place bigint NOT NULL,
  PRIMARY KEY (account, provider_id, delivery_id)
);
CREATE INDEX receipts_delivery ON messaging.receipts (delivery_id);

CREATE TABLE messaging.entities (
  schema text COLLATE "C" NOT NULL,
  tenant text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  json bytea NOT NULL,
  PRIMARY KEY (schema, tenant, key)
);

CREATE TABLE messaging.entity_values (
  schema text COLLATE "C" NOT NULL,
  index text COLLATE "C" NOT NULL,
  tenant text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  is_unique boolean NOT NULL,
  PRIMARY KEY (schema, index, tenant, value, key)
);
CREATE INDEX entity_values_key ON messaging.entity_values (schema, tenant, key);
CREATE UNIQUE INDEX entity_values_unique ON messaging.entity_values (schema, index, tenant, value) WHERE is_unique;

CREATE TABLE messaging.buckets (
  key text COLLATE "C" NOT NULL PRIMARY KEY,
  arrival bigint NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE TABLE messaging.attachments (
  tenant text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  part integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (tenant, id, part)
);
ALTER TABLE messaging.attachments ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Counts of deliveries that retention has taken away.
CREATE TABLE messaging.statistics (
  tenant text COLLATE "C" NOT NULL,
  hour bigint NOT NULL,
  kind text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  status smallint NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (tenant, hour, kind, account, status)
);

-- Who does what only one may do at a time, until when; and who is alive.
CREATE TABLE messaging.leaders (
  name text COLLATE "C" NOT NULL PRIMARY KEY,
  holder text NOT NULL,
  term bigint NOT NULL,
  until bigint NOT NULL
);
CREATE TABLE messaging.nodes (
  name text COLLATE "C" NOT NULL PRIMARY KEY,
  started_at bigint NOT NULL,
  seen_at bigint NOT NULL
) WITH (fillfactor = 50);

-- Claims work: lane by lane, first for what is reserved, then for the rest from the top. What was leased and lost is in its lane as what is ready is.
-- Lanes without work are found out by one statement, as most claims find work in one lane only; a subquery with a limit is run by index for each lane,
-- whatever the table held when the plan was made.
-- One statement of the caller's, so it runs through a pooler; its plans are kept by the server.
-- It reads no table but the queue: to begin a statement about deliveries and messages opens all of their days, which costs more than all the rest of a
-- claim of a few. What a process stored a moment ago it knows; the rest it asks for by messaging.contents.
-- What was settled or made due leaves dead entries at the front of an index until it is vacuumed, and whoever begins at the front walks over all of them.
-- So a caller may say from which turn of each lane on it looks (fronts), and up to when it has seen all waits end (seen); with zeros it looks from the
-- very front.
-- The first row is a header: kind -1, due_at the clock, claims 1 when some wait has ended, call 1 when a cancelled piece of work was lost.
-- The rows are in no order.
CREATE FUNCTION messaging.claim(most integer, lease bigint, reserved integer[], kinds smallint[], fronts bigint[], seen bigint)
RETURNS TABLE (
  kind smallint, id uuid, tenant text, lane smallint, turn bigint, place bigint, claims integer, call smallint, due_at bigint, since bigint, fence bigint,
  lease_until bigint, payload bytea, cancel_requested boolean, plain boolean)
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  at bigint := messaging.messaging_now();
  token bigint;
  rest integer := most;
  share integer;
  taken integer;
  number smallint;
  front bigint;
  lanes smallint[];
BEGIN
  SELECT -1, at,
    CASE WHEN EXISTS (SELECT FROM messaging.work d WHERE d.stands = 0 AND d.due_at > seen AND d.due_at <= at) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (SELECT FROM messaging.work l WHERE l.stands = 2 AND l.lease_until <= at) THEN 1 ELSE 0 END,
    ARRAY(SELECT n::smallint FROM generate_series(0, 3) n WHERE (
      SELECT true FROM messaging.work r WHERE r.stands = 1 AND r.lane = n::smallint AND r.turn >= fronts[n + 1]
        AND (r.state = 1 OR r.lease_until <= at) AND (kinds IS NULL OR r.kind = ANY (kinds)) LIMIT 1))
  INTO kind, due_at, claims, call, lanes;
  RETURN NEXT;

  token := CASE WHEN cardinality(lanes) > 0 THEN nextval('messaging.fence') END;
  FOR pass IN CASE cardinality(lanes) WHEN 1 THEN 1 ELSE 0 END..1 LOOP
    FOREACH number IN ARRAY lanes LOOP
      share := CASE pass WHEN 1 THEN rest ELSE least(rest, coalesce(reserved[number + 1], 0)) END;
      CONTINUE WHEN share <= 0;
      front := fronts[number + 1];
      -- By place in the table: the rows were just locked, so nobody moves them.
      RETURN QUERY
      UPDATE messaging.work w SET state = 2, claims = w.claims + 1, fence = token, claimed_at = at, lease_until = at + lease,
        since = CASE w.state WHEN 2 THEN w.claimed_at ELSE w.since END, call = CASE WHEN w.state = 2 AND w.call = 1 THEN 2 ELSE w.call END
      WHERE w.ctid = ANY (ARRAY(
        SELECT r.ctid FROM messaging.work r
        WHERE r.stands = 1 AND r.lane = number AND r.turn >= front AND (r.state = 1 OR r.lease_until <= at) AND (kinds IS NULL OR r.kind = ANY (kinds))
        ORDER BY r.turn, r.place LIMIT share FOR UPDATE SKIP LOCKED))
      RETURNING w.kind, w.id, w.tenant, w.lane, w.turn, w.place, w.claims, w.call, w.due_at, w.since, w.fence, w.lease_until, w.payload,
        w.cancel_requested, w.plain;
      GET DIAGNOSTICS taken = ROW_COUNT;
      rest := rest - taken;
    END LOOP;
  END LOOP;
END
$$;

-- Reads the deliveries that were claimed with their messages and, of those that are not plain, their states; the arrays are sorted by id.
-- The first row is a header without an id: it brings a message that many of them share, unless the caller knows it (known); rows of such a message come
-- without its columns.
CREATE FUNCTION messaging.contents(ids uuid[], plain boolean[], known uuid)
RETURNS TABLE (
  id uuid, tenant text,
  message_id uuid, address_kind text, address text, channel text, accepted_at bigint, contact_id uuid, reference text, plan_id uuid,
  plan_step integer, item_hash uuid, delivery_payload bytea,
  message_accepted_at bigint, category text, template text, message_reference text, expires_at bigint, sensitive boolean, message_payload bytea,
  attempts integer, total_attempts integer, generation integer, evidence bytea, account text, provider_id text, dead_letter boolean,
  why_code text, why_text text, why_until bigint)
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  -- What lies between two identities lies on a few days: the others are not even opened.
  low uuid := ids[1];
  high uuid := ids[cardinality(ids)];
  low_message uuid := '00000000-0000-0000-0000-000000000000';
  high_message uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  shared uuid;
BEGIN
  -- To look for the messages' costs as much for each delivery as it spares for all, so it is done for a few.
  IF cardinality(ids) <= 50 THEN
    SELECT (array_agg(d.message_id ORDER BY d.message_id))[1], (array_agg(d.message_id ORDER BY d.message_id DESC))[1] INTO low_message, high_message
    FROM unnest(ids) x (id)
    CROSS JOIN LATERAL (SELECT t.message_id FROM messaging.deliveries t WHERE t.id = x.id AND t.id >= low AND t.id <= high LIMIT 1) d;
  END IF;

  -- A bulk's deliveries stand together, and what comes next is likely to be of the same message as the last.
  shared := (SELECT t.message_id FROM messaging.deliveries t WHERE t.id = high AND t.id >= low AND t.id <= high);
  IF shared IS DISTINCT FROM known THEN
    SELECT m.id, m.tenant, m.accepted_at, m.category, m.template, m.reference, m.expires_at, m.sensitive, m.payload
    INTO message_id, tenant, message_accepted_at, category, template, message_reference, expires_at, sensitive, message_payload
    FROM messaging.messages m WHERE m.id = shared AND m.is_bulk AND NOT m.sensitive AND m.id >= low_message AND m.id <= high_message;
    shared := message_id;
  END IF;
  RETURN NEXT;

  RETURN QUERY
  SELECT x.id, d.tenant,
    d.message_id, d.kind, d.address, d.channel, d.accepted_at, d.contact_id, d.reference, d.plan_id, d.plan_step, d.item_hash, d.payload,
    m.accepted_at, m.category, m.template, m.reference, m.expires_at, m.sensitive, m.payload,
    s.attempts, s.total_attempts, s.generation, s.evidence, s.account, s.provider_id, s.dead_letter, s.why_code, s.why_text, s.why_until
  FROM unnest(ids, plain) x (id, plain)
  CROSS JOIN LATERAL (SELECT * FROM messaging.deliveries t WHERE t.id = x.id AND t.id >= low AND t.id <= high LIMIT 1) d
  LEFT JOIN LATERAL (
    SELECT * FROM messaging.messages t WHERE t.id = nullif(d.message_id, shared) AND t.id >= low_message AND t.id <= high_message LIMIT 1) m ON true
  LEFT JOIN LATERAL (
    SELECT * FROM messaging.states t WHERE t.id = CASE WHEN NOT x.plain THEN x.id END AND t.id >= low AND t.id <= high LIMIT 1) s ON true;
END
$$;

-- The least identity of a moment: a UUID of version 7 begins with its milliseconds.
CREATE FUNCTION messaging.first_id(at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT rpad(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0'), 32, '0')::uuid $$;

-- Makes the partitions of today and the days ahead. Runs with the rights of the schema's owner, so that a node needs none to change it.
-- Without partitions rows go to the "rest", where retention deletes instead of dropping.
CREATE FUNCTION messaging.prepare_days(ahead integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  day date;
  owner_table text;
BEGIN
  FOR i IN 0..ahead LOOP
    day := (messaging.to_instant(messaging.messaging_now()) AT TIME ZONE 'UTC')::date + i;
    FOREACH owner_table IN ARRAY ARRAY['messages', 'deliveries', 'states', 'timeline'] LOOP
      CONTINUE WHEN to_regclass(format('messaging.%I', owner_table || to_char(day, '"_d"YYYYMMDD'))) IS NOT NULL;
      BEGIN
        EXECUTE format('CREATE TABLE messaging.%I PARTITION OF messaging.%I FOR VALUES FROM (%L) TO (%L)', owner_table || to_char(day, '"_d"YYYYMMDD'), owner_table,
          messaging.first_id(day::timestamp AT TIME ZONE 'UTC'), messaging.first_id((day + 1)::timestamp AT TIME ZONE 'UTC'));
      EXCEPTION WHEN check_violation OR lock_not_available OR deadlock_detected OR duplicate_table OR unique_violation THEN
        NULL; -- another node makes it; or the rest holds rows of the day already, or is in use: they stay there
      END;
    END LOOP;
  END LOOP;
END
$$;

-- Counts the settled deliveries of a range for good, before they go.
CREATE FUNCTION messaging.fold(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO messaging.statistics AS f (tenant, hour, kind, account, status, count)
  SELECT d.tenant, d.accepted_at - d.accepted_at % 36000000000, d.kind, coalesce(s.account, d.channel), s.status, count(*)
  FROM messaging.deliveries d JOIN messaging.states s ON s.id = d.id
  WHERE d.id = ANY (ids) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (tenant, hour, kind, account, status) DO UPDATE SET count = f.count + excluded.count
$$;

-- Forgets deliveries that were settled before an instant, whole days where that is possible, and a page of the others; and what hangs on them.
-- Returns how many rows of others went; call it again while that is a full page.
CREATE FUNCTION messaging.forget(before bigint, page integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  part record;
  low uuid;
  high uuid;
  is_over boolean;
  gone uuid[];
  hit_messages uuid[];
BEGIN
  FOR part IN
    SELECT to_date(right(c.relname, 8), 'YYYYMMDD') AS day, right(c.relname, 8) AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'messaging.deliveries'::regclass AND c.relname ~ '_d[0-9]{8}$' ORDER BY 2
  LOOP
    low := messaging.first_id(part.day::timestamp AT TIME ZONE 'UTC');
    high := messaging.first_id((part.day + 1)::timestamp AT TIME ZONE 'UTC');
    CONTINUE WHEN messaging.first_id(messaging.to_instant(before)) < high
      OR EXISTS (SELECT FROM messaging.work w WHERE w.kind = 0 AND w.id >= low AND w.id < high)
      OR EXISTS (SELECT FROM messaging.deliveries d WHERE d.message_id >= low AND d.message_id < high AND NOT (d.id >= low AND d.id < high));
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM messaging.%I s WHERE s.settled_at IS NULL OR s.settled_at >= $1)', 'states_d' || part.name)
      INTO is_over USING before;
    CONTINUE WHEN NOT is_over;
    BEGIN
      INSERT INTO messaging.statistics AS f (tenant, hour, kind, account, status, count)
      SELECT d.tenant, d.accepted_at - d.accepted_at % 36000000000, d.kind, coalesce(s.account, d.channel), s.status, count(*)
      FROM messaging.deliveries d JOIN messaging.states s ON s.id = d.id
      WHERE d.id >= low AND d.id < high AND s.id >= low AND s.id < high GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
      ON CONFLICT (tenant, hour, kind, account, status) DO UPDATE SET count = f.count + excluded.count;
      DELETE FROM messaging.event_keys e WHERE e.delivery_id >= low AND e.delivery_id < high;
      DELETE FROM messaging.receipts r WHERE r.delivery_id >= low AND r.delivery_id < high;
      EXECUTE format('DROP TABLE messaging.%I, messaging.%I, messaging.%I, messaging.%I',
        'messages_d' || part.name, 'deliveries_d' || part.name, 'states_d' || part.name, 'timeline_d' || part.name);
    EXCEPTION WHEN lock_not_available OR deadlock_detected OR undefined_table THEN
      NULL; -- in use: it goes the next time
    END;
  END LOOP;

  SELECT array_agg(old.id) INTO gone FROM (
    SELECT s.id FROM messaging.states s WHERE s.settled_at < before AND s.id < messaging.first_id(messaging.to_instant(before))
      AND NOT EXISTS (SELECT FROM messaging.work w WHERE w.id = s.id AND w.kind = 0) LIMIT page) old;
  gone := coalesce(gone, '{}') || ARRAY(
    SELECT s.id FROM messaging.states_rest s WHERE s.settled_at < before AND s.id >= messaging.first_id(messaging.to_instant(before)) LIMIT page);
  IF cardinality(gone) > 0 THEN
    PERFORM messaging.fold(gone);
    DELETE FROM messaging.event_keys e WHERE e.delivery_id = ANY (gone);
    DELETE FROM messaging.receipts r WHERE r.delivery_id = ANY (gone);
    DELETE FROM messaging.timeline t WHERE t.delivery_id = ANY (gone);
    DELETE FROM messaging.states s WHERE s.id = ANY (gone);
    WITH d AS (DELETE FROM messaging.deliveries d WHERE d.id = ANY (gone) RETURNING d.message_id)
    SELECT array_agg(DISTINCT d.message_id) INTO hit_messages FROM d;
    DELETE FROM messaging.messages m WHERE m.id = ANY (hit_messages) AND NOT EXISTS (SELECT FROM messaging.deliveries o WHERE o.message_id = m.id);
  END IF;
  RETURN cardinality(gone);
END
$$;

-- Ends deliveries that went out at the first call, where the leases still hold and there is no more to do than usual.
-- Returns which; the arrays are sorted by id.
-- The generic plan is forced here and in the functions like it: a plan made for the very arrays may go through the whole queue for each of
-- their elements, and every connection makes five such plans before it turns to the generic one. A generic plan that was made while the queue was
-- empty must not read all of it later: by an element of an array, where there is no constant to go by, a row can only be looked up.
CREATE FUNCTION messaging.settle(
  ids uuid[], fences bigint[], accounts text[], provider_ids text[], evidences bytea[], started bigint[], took bigint[], settled bigint[])
RETURNS SETOF uuid LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  at bigint := messaging.messaging_now();
BEGIN
  RETURN QUERY
  WITH gone AS (
    DELETE FROM messaging.work w
    USING unnest(ids, fences, accounts, provider_ids, evidences, started, took, settled) AS x (id, fence, account, provider_id, evidence, started, took, settled)
    WHERE w.id = ANY (ARRAY[x.id]) AND w.kind + 0 = 0 AND w.state = 2 AND w.plain AND w.fence = x.fence
    RETURNING w.id, w.tenant, x.account, x.provider_id, x.evidence, x.started, x.took, x.settled)
  INSERT INTO messaging.states (id, place, tenant, status, attempts, total_attempts, generation, evidence, account, provider_id, provider_account,
    provider_place, settled_at, cancel_requested, dead_letter, dropped, call_started_at, call_took, call_settled_at)
  SELECT g.id, 0, g.tenant, 4, 1, 1, 0, g.evidence, g.account, g.provider_id, CASE WHEN g.provider_id IS NOT NULL THEN g.account END,
    CASE WHEN g.provider_id IS NOT NULL THEN nextval('messaging.place') END, at, false, false, false, g.started, g.took, g.settled
  FROM gone g
  RETURNING states.id;
END
$$;

-- Prolongs leases, of those that are still held. Returns them.
CREATE FUNCTION messaging.extend(ids uuid[], kinds smallint[], fences bigint[], lease bigint) RETURNS TABLE (id uuid, kind smallint, fence bigint) LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  until bigint := messaging.messaging_now() + lease;
BEGIN
  RETURN QUERY UPDATE messaging.work w SET lease_until = until FROM unnest(ids, kinds, fences) AS x (id, kind, fence)
    WHERE w.id = ANY (ARRAY[x.id]) AND w.kind = x.kind AND w.state = 2 AND w.fence = x.fence RETURNING w.id, w.kind, w.fence;
END
$$;

-- Says whether there is work of some kinds (null: of any) now, and if not, in how many ticks the next wait or lease ends.
-- In functions, since only there a statement can be held to its indexes: a planner that does not know the clock reads the whole backlog.
CREATE FUNCTION messaging.look(kinds smallint[], OUT is_there boolean, OUT wait bigint) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  at bigint := messaging.messaging_now();
BEGIN
  is_there := EXISTS (SELECT FROM messaging.work w WHERE w.stands = 1 AND (w.state = 1 OR w.lease_until <= at) AND (kinds IS NULL OR w.kind = ANY (kinds)))
    OR EXISTS (SELECT FROM messaging.work w WHERE w.stands = 0 AND w.due_at <= at AND (kinds IS NULL OR w.kind = ANY (kinds)))
    OR EXISTS (SELECT FROM messaging.work w WHERE w.stands = 2 AND w.lease_until <= at AND (kinds IS NULL OR w.kind = ANY (kinds)));
  IF NOT is_there THEN
    -- All that stands in a lane is leased then, unless this caller does not do its kind: the first part of it is enough, as a caller looks again soon.
    wait := least((SELECT min(w.due_at) FROM messaging.work w WHERE w.stands = 0 AND w.due_at > at),
      (SELECT min(l.lease_until) FROM (
        SELECT w.state, w.lease_until FROM messaging.work w WHERE w.stands = 1 ORDER BY w.lane, w.turn, w.place LIMIT 10000) l WHERE l.state = 2 AND l.lease_until > at),
      (SELECT min(w.lease_until) FROM messaging.work w WHERE w.stands = 2 AND w.lease_until > at)) - at;
  END IF;
END
$$;

-- Locks a page of the work whose wait has ended, the oldest first, until the transaction ends.
CREATE FUNCTION messaging.lock_due(page integer) RETURNS TABLE (id uuid, kind smallint, lane smallint, tenant text) LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  at bigint := messaging.messaging_now();
BEGIN
  RETURN QUERY SELECT w.id, w.kind, w.lane, w.tenant FROM messaging.work w
  WHERE w.stands = 0 AND w.due_at <= at ORDER BY w.due_at, w.place LIMIT page FOR UPDATE SKIP LOCKED;
END
$$;

-- Makes work ready in the turns that it is given.
CREATE FUNCTION messaging.make_ready(ids uuid[], kinds smallint[], turns bigint[]) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  UPDATE messaging.work w SET state = 1, turn = x.turn FROM unnest(ids, kinds, turns) AS x (id, kind, turn) WHERE w.id = ANY (ARRAY[x.id]) AND w.kind = x.kind;
END
$$;
