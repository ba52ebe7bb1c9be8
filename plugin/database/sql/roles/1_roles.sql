-- Least privilege: a reader reads, a surveyor also brings in components, risks and places,
-- a manager also grids, communities, departments, reverts and the districts of users.
GRANT USAGE ON SCHEMA {schema} TO wangge_reader;
GRANT SELECT ON {schema}.platform, {schema}.layer, {schema}.push_batch, {schema}.rejected_row,
  {schema}.schema_version, {schema}.lineage, {schema}.finding, {schema}.code_block,
  {schema}.checked_district,
  {schema}.active_unit_grid, {schema}.risk_by_level, {schema}.census_progress,
  {schema}.broken_reference, {schema}.open_findings TO wangge_reader;
GRANT INSERT, UPDATE, DELETE ON {schema}.finding TO wangge_surveyor;
GRANT INSERT, UPDATE ON {schema}.code_block TO wangge_surveyor;
GRANT INSERT ON {schema}.lineage TO wangge_manager;

-- A manager passes on only the districts that are the manager's own.
GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.user_district TO wangge_manager;
ALTER TABLE {schema}.user_district ENABLE ROW LEVEL SECURITY;
CREATE POLICY pass_on_own_districts ON {schema}.user_district USING (
  district_code = ANY ((SELECT {schema}.writable_districts())::text[])
  OR '*' = ANY ((SELECT {schema}.writable_districts())::text[])
) WITH CHECK (
  district_code = ANY ((SELECT {schema}.writable_districts())::text[])
  OR '*' = ANY ((SELECT {schema}.writable_districts())::text[])
);

-- Written by remember_check alone, which asks for the right to write the district.
ALTER TABLE {schema}.checked_district ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own_districts ON {schema}.checked_district FOR SELECT USING (
  district_code = ANY ((SELECT {schema}.readable_districts())::text[])
  OR '*' = ANY ((SELECT {schema}.readable_districts())::text[])
);

-- Who pushed sees what was refused, and whoever may read all districts of the push.
ALTER TABLE {schema}.rejected_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own_districts ON {schema}.rejected_row FOR SELECT USING (
  '*' = ANY ((SELECT {schema}.readable_districts())::text[])
  OR EXISTS (
    SELECT FROM {schema}.push_batch b WHERE b.batch_id = rejected_row.batch_id
    AND (b.pushed_by = session_user OR b.districts <> '{{}}'
         AND b.districts <@ (SELECT {schema}.readable_districts())::text[]))
);

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO wangge_reader;
REVOKE EXECUTE ON FUNCTION {schema}.accept_findings, {schema}.reopen_findings FROM wangge_reader;
GRANT EXECUTE ON FUNCTION {schema}.accept_findings, {schema}.reopen_findings TO wangge_manager;

-- Findings in layers of the whole city are written by whoever may write to some district.
CREATE POLICY write_of_the_city ON {schema}.finding USING (
  district_code = '000000' AND cardinality((SELECT {schema}.writable_districts())::text[]) > 0
  AND layer IN (SELECT l.kind FROM {schema}.layer l WHERE NOT l.is_partitioned)
) WITH CHECK (
  district_code = '000000' AND cardinality((SELECT {schema}.writable_districts())::text[]) > 0
  AND layer IN (SELECT l.kind FROM {schema}.layer l WHERE NOT l.is_partitioned)
);
