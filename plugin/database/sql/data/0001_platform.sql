-- What every layer table leans on. Layer tables themselves are made from LayerSpec (layout.py).

CREATE TABLE {schema}.platform (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  srid integer NOT NULL,
  installed_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE {schema}.platform IS '平台参数：坐标系';

CREATE TABLE {schema}.layer (
  kind text PRIMARY KEY,
  key_field text NOT NULL,
  is_partitioned boolean NOT NULL
);
COMMENT ON TABLE {schema}.layer IS '图层登记：名称、主键字段、是否按区县分区';

CREATE TABLE {schema}.push_batch (
  batch_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL REFERENCES {schema}.layer,
  operation text NOT NULL CHECK (operation IN ('push', 'edit', 'revert')),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'refused', 'reverted')),
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  pushed_by name NOT NULL DEFAULT session_user,
  user_name text NOT NULL DEFAULT '',
  source text NOT NULL DEFAULT '',
  source_checksum text NOT NULL DEFAULT '',
  districts text[] NOT NULL DEFAULT '{{}}',
  inserted bigint NOT NULL DEFAULT 0,
  updated bigint NOT NULL DEFAULT 0,
  unchanged bigint NOT NULL DEFAULT 0,
  deleted bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  conflicts bigint NOT NULL DEFAULT 0,
  base_snapshot bigint,
  reverts bigint REFERENCES {schema}.push_batch,
  package uuid UNIQUE
);
CREATE INDEX ON {schema}.push_batch (kind, batch_id);
COMMENT ON TABLE {schema}.push_batch IS '推送批次：何人、何时、从何处、增改删各多少';
COMMENT ON COLUMN {schema}.push_batch.operation IS 'push 推送，edit 直接编辑，revert 撤销';
COMMENT ON COLUMN {schema}.push_batch.state IS 'done 完成，refused 拒绝（数据未变），reverted 已撤销';
COMMENT ON COLUMN {schema}.push_batch.package IS '离线推送包的编号，保证只推送一次';

CREATE TABLE {schema}.rejected_row (
  batch_id bigint NOT NULL REFERENCES {schema}.push_batch ON DELETE CASCADE,
  row_number bigint NOT NULL,
  key text,
  field text NOT NULL DEFAULT '',
  value text NOT NULL DEFAULT '',
  reason text NOT NULL
);
CREATE INDEX ON {schema}.rejected_row (batch_id);
COMMENT ON TABLE {schema}.rejected_row IS '被拒绝的行及原因';

CREATE TABLE {schema}.user_district (
  role_name name NOT NULL,
  district_code text NOT NULL CHECK (district_code ~ '^([0-9]{{6}}|[*])$'),
  may_write boolean NOT NULL DEFAULT true,
  PRIMARY KEY (role_name, district_code)
);
COMMENT ON TABLE {schema}.user_district IS '用户（或角色）可见、可写的区县；* 为全部';
