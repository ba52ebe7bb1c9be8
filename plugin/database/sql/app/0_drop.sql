-- Everything below is made anew by the files that follow; no data live in it.
DROP VIEW IF EXISTS {schema}.active_unit_grid, {schema}.risk_by_level, {schema}.census_progress,
  {schema}.broken_reference, {schema}.open_findings;
DROP FUNCTION IF EXISTS {schema}.begin_change, {schema}.stamp_row, {schema}.stamp_finding CASCADE;
DROP FUNCTION IF EXISTS {schema}.readable_districts, {schema}.writable_districts CASCADE;
DROP FUNCTION IF EXISTS {schema}.open_district, {schema}.close_district, {schema}.log_rejected,
  {schema}.close_batch, {schema}.current_batch, {schema}.lock_layer, {schema}.must_write,
  {schema}.remember_check, {schema}.accept_findings, {schema}.reopen_findings,
  {schema}.may_accept,
  {schema}.districts_of, {schema}.may_administer, {schema}.caller;
