-- History kept row by row, for layers with districts on other servers: PostgreSQL collects no
-- transition tables from foreign partitions. Keys hold the district, so no row ever moves.

CREATE OR REPLACE FUNCTION {schema}.{keep_row_function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {postgis}, pg_temp
AS $$
DECLARE batch bigint := {schema}.current_batch({kind_text});
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.batch_id <> batch
       AND (NEW.{key} IS DISTINCT FROM OLD.{key} OR NEW.batch_id <> OLD.batch_id) THEN
      INSERT INTO {schema}.{history} (batch_id, operation, district_code, key, before, before_geom)
      SELECT batch, 'update', o.district_code, o.{key}, {image}, {shape} FROM (SELECT OLD.*) AS o;
    END IF;
  ELSIF OLD.batch_id <> batch THEN
    INSERT INTO {schema}.{history} (batch_id, operation, district_code, key, before, before_geom)
    SELECT batch, 'delete', o.district_code, o.{key}, {image}, {shape} FROM (SELECT OLD.*) AS o;
  ELSE
    UPDATE {schema}.{history} h SET operation = 'delete'
    WHERE h.batch_id = batch AND h.key = OLD.{key};
  END IF;
  RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS keep_updated ON {schema}.{table};
DROP TRIGGER IF EXISTS keep_deleted ON {schema}.{table};
DROP TRIGGER IF EXISTS keep_row ON {schema}.{table};
CREATE TRIGGER keep_row AFTER UPDATE OR DELETE ON {schema}.{table}
FOR EACH ROW EXECUTE FUNCTION {schema}.{keep_row_function}();
