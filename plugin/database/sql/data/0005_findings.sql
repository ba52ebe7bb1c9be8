-- A finding lies in the district of its row; not every layer's codes begin with that.
ALTER TABLE IF EXISTS {schema}.finding ALTER COLUMN district_code DROP EXPRESSION IF EXISTS;
