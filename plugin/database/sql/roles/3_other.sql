-- The layers without a key follow the district in their codes.
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
