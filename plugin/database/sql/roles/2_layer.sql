GRANT SELECT ON {schema}.{table}, {schema}.{history}, {schema}.{changes} TO wangge_reader;
GRANT INSERT, UPDATE, DELETE ON {schema}.{table} TO {writer};

ALTER TABLE {schema}.{table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own_districts ON {schema}.{table} FOR SELECT USING (
  district_code = ANY ((SELECT {schema}.readable_districts())::text[])
  OR '*' = ANY ((SELECT {schema}.readable_districts())::text[])
);
CREATE POLICY write_own_districts ON {schema}.{table} USING (
  district_code = ANY ((SELECT {schema}.writable_districts())::text[])
  OR '*' = ANY ((SELECT {schema}.writable_districts())::text[])
) WITH CHECK (
  district_code = ANY ((SELECT {schema}.writable_districts())::text[])
  OR '*' = ANY ((SELECT {schema}.writable_districts())::text[])
);
ALTER TABLE {schema}.{history} ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own_districts ON {schema}.{history} FOR SELECT USING (
  district_code = ANY ((SELECT {schema}.readable_districts())::text[])
  OR '*' = ANY ((SELECT {schema}.readable_districts())::text[])
);
