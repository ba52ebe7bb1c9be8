-- Findings of the last pushes: seen by everybody who may see the district, accepted by managers.

CREATE FUNCTION {schema}.may_accept() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT {schema}.may_administer(current_user) OR EXISTS (
    SELECT FROM pg_roles r
    WHERE r.rolname = 'wangge_manager' AND pg_has_role(current_user, r.oid, 'member'))
$$;

-- Whoever writes, an acceptance names who stands for it, and the database notes who wrote it.
CREATE FUNCTION {schema}.stamp_finding() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  is_new boolean := true;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    is_new := (NEW.state, NEW.accepted_by, NEW.accepted_reason, NEW.accepted_date, NEW.layer,
               NEW.rule, NEW.feature_key, NEW.geometry_hash, NEW.field, NEW.value)
      IS DISTINCT FROM
              (OLD.state, OLD.accepted_by, OLD.accepted_reason, OLD.accepted_date, OLD.layer,
               OLD.rule, OLD.feature_key, OLD.geometry_hash, OLD.field, OLD.value);
  END IF;
  IF NEW.state = 'accepted' AND is_new THEN
    IF NOT {schema}.may_accept() THEN
      RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
        MESSAGE = format('%s may not accept findings', current_user);
    END IF;
    IF coalesce(btrim(NEW.accepted_by), '') = '' OR coalesce(btrim(NEW.accepted_reason), '') = ''
    THEN
      RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
        MESSAGE = 'name the person who accepts the finding and the reason';
    END IF;
    NEW.accepted_date := coalesce(NEW.accepted_date, current_date);
  END IF;
  IF is_new THEN
    NEW.recorded_at := now();
    NEW.recorded_by := session_user;
  ELSE
    NEW.recorded_at := OLD.recorded_at;
    NEW.recorded_by := OLD.recorded_by;
  END IF;
  NEW.district_code := coalesce(NEW.district_code, left(NEW.feature_key, 6));
  RETURN NEW;
END
$$;

CREATE TRIGGER stamp_finding BEFORE INSERT OR UPDATE ON {schema}.finding
FOR EACH ROW EXECUTE FUNCTION {schema}.stamp_finding();

-- All of the findings or none: SELECT accept_findings(ARRAY[12, 15], '张三', '文物井盖，编码保留').
CREATE FUNCTION {schema}.accept_findings(ids bigint[], person text, reason text) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  wanted integer := (SELECT count(DISTINCT i) FROM unnest(ids) AS i);
  done integer;
BEGIN
  UPDATE {schema}.finding f SET state = 'accepted', accepted_by = btrim(person),
    accepted_reason = btrim(reason), accepted_date = current_date
  WHERE f.id = ANY (ids) AND f.state = 'open';
  GET DIAGNOSTICS done = ROW_COUNT;
  IF done <> wanted THEN
    RAISE EXCEPTION USING ERRCODE = 'no_data_found',
      MESSAGE = format('only %s of %s findings are open and in districts of yours', done, wanted);
  END IF;
  RETURN done;
END
$$;

CREATE FUNCTION {schema}.reopen_findings(ids bigint[]) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE done integer;
BEGIN
  UPDATE {schema}.finding f SET state = 'open', accepted_by = NULL, accepted_reason = NULL,
    accepted_date = NULL
  WHERE f.id = ANY (ids) AND f.state = 'accepted';
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done;
END
$$;

CREATE VIEW {schema}.open_findings WITH (security_invoker = true) AS
SELECT f.district_code, f.layer, f.rule, f.severity, count(*) AS findings,
  min(f.recorded_at) AS since
FROM {schema}.finding f WHERE f.state = 'open'
GROUP BY f.district_code, f.layer, f.rule, f.severity;
COMMENT ON VIEW {schema}.open_findings IS '各区县待处理的检查问题数，按图层、规则和严重程度';
