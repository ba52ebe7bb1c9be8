-- Functions that run with the owner's rights (SECURITY DEFINER) check first who called them.

CREATE FUNCTION {schema}.caller() RETURNS name
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce(nullif(current_setting('role', true), 'none'), session_user::text)::name $$;

CREATE FUNCTION {schema}.may_administer(person name) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT pg_has_role(person, relowner, 'member') FROM pg_class
  WHERE oid = '{schema}.push_batch'::regclass
$$;

-- '*' stands for every district; '000000' holds what belongs to no district, for all to see.
CREATE FUNCTION {schema}.districts_of(person name, to_write boolean) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE WHEN {schema}.may_administer(person) THEN ARRAY['*'] ELSE coalesce((
    SELECT array_agg(DISTINCT u.district_code) FROM {schema}.user_district u
    JOIN pg_roles r ON r.rolname = u.role_name
    WHERE pg_has_role(person, r.oid, 'member') AND (u.may_write OR NOT to_write)
  ), '{{}}') || CASE WHEN to_write THEN '{{}}'::text[] ELSE ARRAY['000000'] END END
$$;

CREATE FUNCTION {schema}.readable_districts() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT {schema}.districts_of(current_user, false) $$;

CREATE FUNCTION {schema}.writable_districts() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT {schema}.districts_of(current_user, true) $$;

-- Who is let in by name: the policies speak of districts, this of layers.
CREATE FUNCTION {schema}.must_write(kind_ text, district text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE allowed text[] := {schema}.districts_of({schema}.caller(), true);
BEGIN
  PERFORM 1 FROM {schema}.layer l WHERE l.kind = kind_;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'undefined_table', MESSAGE = format('no layer %s', kind_);
  END IF;
  IF NOT has_table_privilege({schema}.caller(), format('%I.%I', '{plain_schema}', kind_), 'INSERT')
     OR (district IS NOT NULL AND NOT allowed && ARRAY[district, '*']) THEN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
      MESSAGE = format('%s may not write district %s of %s', {schema}.caller(), district, kind_);
  END IF;
END
$$;

-- One writer per layer at a time: batches are then numbered in the order they are committed,
-- which is what makes "changed since batch N" true.
CREATE FUNCTION {schema}.lock_layer(kind_ text, waiting boolean) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  place integer := hashtext('{plain_schema}');
  thing integer := hashtext(kind_);
BEGIN
  IF NOT waiting THEN
    RETURN pg_try_advisory_xact_lock(place, thing);
  END IF;
  PERFORM pg_advisory_xact_lock(place, thing);
  RETURN true;
END
$$;

-- The batch this transaction writes to, made when there is none yet.
CREATE FUNCTION {schema}.current_batch(kind_ text, operation_ text DEFAULT 'edit') RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  setting text := 'wangge.batch_' || kind_;
  batch bigint := nullif(current_setting(setting, true), '');
BEGIN
  IF batch IS NOT NULL THEN
    PERFORM 1 FROM {schema}.push_batch b
    WHERE b.batch_id = batch AND b.kind = kind_ AND b.transaction = pg_current_xact_id();
    IF FOUND THEN RETURN batch; END IF;
  END IF;
  PERFORM {schema}.must_write(kind_, NULL);
  PERFORM {schema}.lock_layer(kind_, true);
  INSERT INTO {schema}.push_batch (kind, operation, state, finished_at)
  VALUES (kind_, operation_, CASE operation_ WHEN 'edit' THEN 'done' ELSE 'open' END,
          CASE operation_ WHEN 'edit' THEN clock_timestamp() END)
  RETURNING batch_id INTO batch;
  PERFORM set_config(setting, batch::text, true);
  RETURN batch;
END
$$;

-- Close a batch of this very transaction with its counts.
CREATE FUNCTION {schema}.close_batch(batch bigint, state_ text, facts jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE {schema}.push_batch b SET
    state = state_, finished_at = clock_timestamp(),
    user_name = coalesce(facts->>'user', ''), source = coalesce(facts->>'source', ''),
    source_checksum = coalesce(facts->>'checksum', ''),
    districts = ARRAY(SELECT jsonb_array_elements_text(facts->'districts')),
    inserted = (facts->>'inserted')::bigint, updated = (facts->>'updated')::bigint,
    unchanged = (facts->>'unchanged')::bigint, deleted = (facts->>'deleted')::bigint,
    rejected = (facts->>'rejected')::bigint, conflicts = (facts->>'conflicts')::bigint,
    base_snapshot = (facts->>'base_snapshot')::bigint, reverts = (facts->>'reverts')::bigint,
    package = (facts->>'package')::uuid
  WHERE b.batch_id = batch AND b.state = 'open' AND b.transaction = pg_current_xact_id();
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
      MESSAGE = format('batch %s is not of this transaction', batch);
  END IF;
  IF facts->>'reverts' IS NOT NULL THEN
    UPDATE {schema}.push_batch b SET state = 'reverted'
    WHERE b.batch_id = (facts->>'reverts')::bigint AND b.state = 'done';
  END IF;
END
$$;

CREATE FUNCTION {schema}.log_rejected(batch bigint, listed jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO {schema}.rejected_row (batch_id, row_number, key, field, value, reason)
  SELECT b.batch_id, r.row_number, r.key, r.field, r.value, r.reason
  FROM {schema}.push_batch b,
       jsonb_to_recordset(listed)
         AS r (row_number bigint, key text, field text, value text, reason text)
  WHERE b.batch_id = batch AND b.transaction = pg_current_xact_id();
END
$$;

-- Remember what this transaction's push learnt of a district.
CREATE FUNCTION {schema}.remember_check(kind_ text, district text, stamp_ uuid, day date,
                                        noticed_ text[], unsettled_ text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  batch bigint := {schema}.current_batch(kind_);
  -- What lies on another server may be written by others, who number their batches themselves.
  partition_ oid := (SELECT c.oid FROM pg_class c WHERE c.relkind = 'r' AND c.oid =
    to_regclass(format('%I.%I', '{plain_schema}', kind_ || '_' || district)));
BEGIN
  PERFORM {schema}.must_write(kind_, district);
  DELETE FROM {schema}.checked_district c WHERE c.kind = kind_ AND c.district_code = district;
  IF partition_ IS NOT NULL THEN
    INSERT INTO {schema}.checked_district (kind, district_code, stamp, batch_id, checked_on, noticed,
      unsettled, partition)
    VALUES (kind_, district, stamp_, batch, day, noticed_, unsettled_, partition_);
  END IF;
END
$$;

-- A district's first rows go into a table without indexes, which becomes a partition when full.
-- Returns its name, or null when the district is there already.
CREATE FUNCTION {schema}.open_district(kind_ text, district text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  name_ text := kind_ || '_' || district;
  batch bigint;
BEGIN
  IF district !~ '^[0-9]{{6}}$' THEN
    RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
      MESSAGE = format('"%s" is no district code', district);
  END IF;
  PERFORM {schema}.must_write(kind_, district);
  IF to_regclass(format('%I.%I', '{plain_schema}', name_)) IS NOT NULL THEN
    RETURN NULL;
  END IF;
  batch := {schema}.current_batch(kind_);
  -- The check on the district spares ATTACH a look at every row; that on the batch keeps
  -- rows from carrying the number of another one.
  EXECUTE format('CREATE TABLE %I.%I (LIKE %I.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS '
                 'INCLUDING STORAGE, CONSTRAINT only_district '
                 'CHECK (district_code IS NOT NULL AND district_code::text = %L), '
                 'CONSTRAINT only_batch CHECK (batch_id = %s))',
                 '{plain_schema}', name_, '{plain_schema}', kind_, district, batch);
  EXECUTE format('GRANT SELECT, INSERT ON %I.%I TO %I',
                 '{plain_schema}', name_, {schema}.caller());
  RETURN name_;
END
$$;

CREATE FUNCTION {schema}.close_district(kind_ text, district text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  name_ text := kind_ || '_' || district;
  table_ text := format('%I.%I', '{plain_schema}', name_);
  parent text := format('%I.%I', '{plain_schema}', kind_);
BEGIN
  PERFORM {schema}.must_write(kind_, district);
  PERFORM 1 FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.conname = 'only_batch'
  WHERE c.oid = to_regclass(table_) AND c.relkind = 'r' AND NOT c.relispartition;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'undefined_table',
      MESSAGE = format('district %s of %s is not being loaded', district, kind_);
  END IF;
  -- Indexes are made here, all at once: room to sort in, for this transaction only.
  PERFORM set_config('maintenance_work_mem', '256MB', true)
  WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes('256MB');
  -- With districts on other servers the layer itself can have no key: each district has its own.
  PERFORM 1 FROM pg_constraint k WHERE k.conrelid = parent::regclass AND k.contype = 'p';
  IF NOT FOUND THEN
    EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (%I, district_code), '
                   'ADD FOREIGN KEY (batch_id) REFERENCES {schema}.push_batch', table_,
                   (SELECT l.key_field FROM {schema}.layer l WHERE l.kind = kind_));
  END IF;
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES IN (%L)', parent, table_, district);
  EXECUTE format('ALTER TABLE %s DROP CONSTRAINT only_district, DROP CONSTRAINT only_batch', table_);
  -- Rows are reached through the layer's own table, where the policies hold.
  EXECUTE format('REVOKE ALL ON %s FROM %I', table_, {schema}.caller());
  EXECUTE format('ALTER TABLE %s OWNER TO %I', table_,
    (SELECT relowner::regrole::text FROM pg_class WHERE oid = parent::regclass));
END
$$;

-- Stamp what is written by hand, so that pushes see it as a change.
CREATE FUNCTION {schema}.begin_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM {schema}.current_batch(TG_ARGV[0]);
  RETURN NULL;
END
$$;

CREATE FUNCTION {schema}.stamp_row() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  batch bigint := nullif(current_setting('wangge.batch_' || TG_ARGV[0], true), '');
  fingerprint uuid := NEW.row_hash;
BEGIN
  IF batch IS NULL THEN
    batch := {schema}.current_batch(TG_ARGV[0]);
  END IF;
  IF TG_OP = 'UPDATE' THEN
    -- Writing the same values again is no change.
    NEW.row_hash := OLD.row_hash;
    NEW.batch_id := OLD.batch_id;
    IF NEW IS NOT DISTINCT FROM OLD THEN
      NEW.row_hash := fingerprint;
      RETURN NEW;
    END IF;
  END IF;
  NEW.batch_id := batch;
  IF TG_OP = 'UPDATE' AND fingerprint IS NOT DISTINCT FROM OLD.row_hash THEN
    NEW.row_hash := NULL;
  ELSE
    NEW.row_hash := fingerprint;
  END IF;
  RETURN NEW;
END
$$;
