-- What a web map serves. The caller's own rights and districts hold (security_invoker).

CREATE VIEW {schema}.active_unit_grid WITH (security_invoker = true) AS
SELECT g.* FROM {schema}.unit_grid g
WHERE g.end_date IS NULL OR g.end_date > current_date;
COMMENT ON VIEW {schema}.active_unit_grid IS '在用的单元网格';

CREATE VIEW {schema}.risk_by_level WITH (security_invoker = true) AS
SELECT r.district_code, r.community_code, r.level, count(*) AS risks, max(r.score) AS highest_score
FROM {schema}.risk r GROUP BY r.district_code, r.community_code, r.level;
COMMENT ON VIEW {schema}.risk_by_level IS '各社区各等级的风险数量';

CREATE VIEW {schema}.census_progress WITH (security_invoker = true) AS
SELECT g.district_code, g.community_code, count(*) AS grids,
  count(c.components) AS surveyed_grids, coalesce(sum(c.components), 0)::bigint AS components,
  max(c.last_surveyed) AS last_surveyed
FROM {schema}.active_unit_grid g
LEFT JOIN (
  SELECT district_code, grid_code, count(*) AS components, max(surveyed_at) AS last_surveyed
  FROM {schema}.component GROUP BY district_code, grid_code
) c ON c.district_code = g.district_code AND c.grid_code = g.grid_code
GROUP BY g.district_code, g.community_code;
COMMENT ON VIEW {schema}.census_progress IS '普查进度：各社区网格数、已普查网格数、部件数';

-- Districts push their layers in any order, so no foreign key ties layer to layer; this tells.
CREATE VIEW {schema}.broken_reference WITH (security_invoker = true) AS
SELECT 'unit_grid' AS kind, g.district_code, g.grid_code AS key, 'community_code' AS field,
  g.community_code AS value
FROM {schema}.unit_grid g
WHERE g.community_code IS NOT NULL
  AND NOT EXISTS (SELECT FROM {schema}.community t WHERE t.community_code = g.community_code)
UNION ALL
SELECT 'component', c.district_code, c.component_code, 'grid_code', c.grid_code
FROM {schema}.component c
WHERE c.grid_code IS NOT NULL
  AND NOT EXISTS (SELECT FROM {schema}.unit_grid t WHERE t.grid_code = c.grid_code)
UNION ALL
SELECT 'component', c.district_code, c.component_code, 'authority_code', c.authority_code
FROM {schema}.component c
WHERE c.authority_code IS NOT NULL
  AND NOT EXISTS (SELECT FROM {schema}.department t WHERE t.department_code = c.authority_code)
UNION ALL
SELECT 'risk', r.district_code, r.risk_code, 'grid_code', r.grid_code
FROM {schema}.risk r
WHERE r.grid_code IS NOT NULL
  AND NOT EXISTS (SELECT FROM {schema}.unit_grid t WHERE t.grid_code = r.grid_code);
COMMENT ON VIEW {schema}.broken_reference IS '引用了平台上没有的代码的行';
