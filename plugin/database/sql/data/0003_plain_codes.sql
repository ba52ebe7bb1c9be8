-- Codes sort by their bytes, and keys lead in their index: faster to load, and to look up alone.
-- Layers that a new installation makes later are made so.
DO $$
DECLARE
  layer_ record;
  column_ record;
BEGIN
  -- Views come back with the rest of the installation.
  FOR column_ IN SELECT viewname FROM pg_views WHERE schemaname = '{plain_schema}' LOOP
    EXECUTE format('DROP VIEW IF EXISTS %I.%I CASCADE', '{plain_schema}', column_.viewname);
  END LOOP;
  FOR layer_ IN SELECT kind, key_field, is_partitioned FROM {schema}.layer LOOP
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
      EXECUTE format('ALTER TABLE %I.%I ALTER COLUMN %I TYPE %s COLLATE "C"', '{plain_schema}',
                     column_.relname, column_.attname, column_.type_);
    END LOOP;
    IF layer_.is_partitioned THEN
      EXECUTE format('ALTER TABLE %I.%I DROP CONSTRAINT %I, ADD CONSTRAINT %I '
                     'PRIMARY KEY (%I, district_code)', '{plain_schema}', layer_.kind,
                     layer_.kind || '_pkey', layer_.kind || '_pkey', layer_.key_field);
    END IF;
  END LOOP;
END
$$;
