-- Per layer: history and stamps; what keeps the history is in ../keep.

CREATE FUNCTION {schema}.{keep_function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {postgis}, pg_temp
AS $$
DECLARE batch bigint := {schema}.current_batch({kind_text});
BEGIN
  -- One image per row and batch: as it was before the batch.
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO {schema}.{history} (batch_id, operation, district_code, key, before, before_geom)
    SELECT batch, 'update', o.district_code, o.{key}, {image}, {shape}
    FROM old_rows o
    LEFT JOIN new_rows n ON n.{key} = o.{key}
    WHERE o.batch_id <> batch AND (n.{key} IS NULL OR n.batch_id <> o.batch_id);
  ELSE
    INSERT INTO {schema}.{history} (batch_id, operation, district_code, key, before, before_geom)
    SELECT batch, 'delete', o.district_code, o.{key}, {image}, {shape}
    FROM old_rows o WHERE o.batch_id <> batch;
    UPDATE {schema}.{history} h SET operation = 'delete'
    FROM old_rows o WHERE o.batch_id = batch AND h.batch_id = batch AND h.key = o.{key};
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER begin_change BEFORE INSERT OR UPDATE OR DELETE ON {schema}.{table}
FOR EACH STATEMENT EXECUTE FUNCTION {schema}.begin_change({kind_text});
CREATE TRIGGER stamp_row BEFORE INSERT OR UPDATE ON {schema}.{table}
FOR EACH ROW EXECUTE FUNCTION {schema}.stamp_row({kind_text});
-- Every change with the row before and after it.
CREATE VIEW {schema}.{changes} WITH (security_invoker = true) AS
SELECT h.batch_id, h.operation, h.district_code, h.key, h.changed_at, h.changed_by, h.before,
  CASE h.operation WHEN 'delete' THEN NULL ELSE coalesce(
    lead(h.before) OVER later, to_jsonb(t) - 'geom') END AS after,
  h.before_geom,
  CASE h.operation WHEN 'delete' THEN NULL ELSE coalesce(
    lead(h.before_geom) OVER later, {t_shape}) END AS after_geom
FROM {schema}.{history} h
LEFT JOIN {schema}.{table} t ON t.district_code = h.district_code AND t.{key} = h.key
WINDOW later AS (PARTITION BY h.key ORDER BY h.batch_id);
COMMENT ON VIEW {schema}.{changes} IS {changes_comment};
