-- Codes sort by their bytes, and keys lead in their index: faster to load, and to look up alone.
-- Layers that a new installation makes later are made so.
DO $$
DECLARE
  layer_ record;
  column_ record;
BEGIN
  -- Our views come back with the rest of the installation.
  DROP VIEW IF EXISTS {schema}.broken_reference, {schema}.census_progress, {schema}.risk_by_level,
    {schema}.active_unit_grid;
  FOR layer_ IN SELECT kind, key_field, is_partitioned FROM {schema}.layer LOOP
    EXECUTE format('DROP VIEW IF EXISTS %I.%I', '{plain_schema}', layer_.kind || '_changes');
    FOR column_ IN
      SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type_
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_collation k ON k.oid = a.attcollation
      WHERE c.relnamespace = '{plain_schema}'::regnamespace AND NOT a.attisdropped
        AND k.collname <> 'C' AND (
          (c.relname = layer_.kind
            AND a.attname IN (layer_.key_field, 'grid_code', 'community_code'))
          OR (c.relname = layer_.kind || '_history' AND a.attname = 'key'))
    LOOP
      BEGIN
        EXECUTE format('ALTER TABLE %I.%I ALTER COLUMN %I TYPE %s COLLATE "C"', '{plain_schema}',
                       column_.relname, column_.attname, column_.type_);
      EXCEPTION WHEN feature_not_supported THEN
        -- A view of somebody's own leans on it; all works as before, only slower.
        RAISE WARNING '%.% keeps its collation: %', column_.relname, column_.attname, SQLERRM;
      END;
    END LOOP;
    IF layer_.is_partitioned THEN
      EXECUTE format('ALTER TABLE %I.%I DROP CONSTRAINT %I, ADD CONSTRAINT %I '
                     'PRIMARY KEY (%I, district_code)', '{plain_schema}', layer_.kind,
                     layer_.kind || '_pkey', layer_.kind || '_pkey', layer_.key_field);
    END IF;
  END LOOP;
END
$$;
