-- What a push learnt by checking a district's rows, so that the next one need not ask again.

CREATE TABLE {schema}.checked_district (
  kind text NOT NULL REFERENCES {schema}.layer,
  district_code varchar(6) NOT NULL CHECK (district_code ~ '^[0-9]{{6}}$'),
  stamp uuid NOT NULL,
  batch_id bigint NOT NULL REFERENCES {schema}.push_batch,
  checked_on date NOT NULL,
  noticed text[] COLLATE "C" NOT NULL,
  unsettled text[] NOT NULL,
  partition oid NOT NULL,
  PRIMARY KEY (kind, district_code)
);
COMMENT ON TABLE {schema}.checked_district IS '各区县数据最近一次推送时的检查：除 noticed 所列外，批次号不大于 batch_id 的行，逐行检查的规则（unsettled 所列除外）均无发现';
COMMENT ON COLUMN {schema}.checked_district.stamp IS '检查条件的指纹：规则、标准版本、参数、参照数据、字段';
COMMENT ON COLUMN {schema}.checked_district.checked_on IS '检查所用的日期';
COMMENT ON COLUMN {schema}.checked_district.noticed IS '下次仍须检查的行的标识码：有发现，或未经此次检查';
COMMENT ON COLUMN {schema}.checked_district.unsettled IS '下次仍须检查所有行的规则：在许多行有发现';
COMMENT ON COLUMN {schema}.checked_district.partition IS '该区县的分区表；分区表被替换后，此记录不再作数';
