-- Layers of the whole city: all read them; who may write to some district may write them.
GRANT SELECT ON {schema}.{table}, {schema}.{history}, {schema}.{changes} TO wangge_reader;
GRANT INSERT, UPDATE, DELETE ON {schema}.{table} TO {writer};

ALTER TABLE {schema}.{table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON {schema}.{table} FOR SELECT USING (true);
CREATE POLICY write_with_a_district ON {schema}.{table}
  USING (cardinality((SELECT {schema}.writable_districts())::text[]) > 0)
  WITH CHECK (cardinality((SELECT {schema}.writable_districts())::text[]) > 0);
