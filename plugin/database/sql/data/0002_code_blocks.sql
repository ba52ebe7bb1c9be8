-- Sequence numbers handed out to field teams, so that no two teams offline use one code.

CREATE TABLE {schema}.code_block (
  block_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  district_code varchar(6) NOT NULL CHECK (district_code ~ '^[0-9]{{6}}$'),
  class_code varchar(5) NOT NULL CHECK (class_code ~ '^[0-9]{{4,5}}$'),
  first_number integer NOT NULL CHECK (first_number > 0),
  last_number integer NOT NULL CHECK (last_number < 10000000),
  team text NOT NULL,
  reserved_at timestamptz NOT NULL DEFAULT now(),
  reserved_by name NOT NULL DEFAULT session_user,
  returned_at timestamptz,
  CHECK (last_number >= first_number),
  CONSTRAINT code_block_overlap EXCLUDE USING gist (
    int8range(
      (district_code || lpad(class_code, 5, '0'))::bigint * 10000000 + first_number,
      (district_code || lpad(class_code, 5, '0'))::bigint * 10000000 + last_number, '[]'
    ) WITH &&
  )
);
COMMENT ON TABLE {schema}.code_block IS '离线编号段：某队在某区县某小类下可用的顺序号';
