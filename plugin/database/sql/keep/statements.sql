-- History kept once a statement: quick for many rows, not to be had where rows lie elsewhere.

DROP TRIGGER IF EXISTS keep_row ON {schema}.{table};
DROP TRIGGER IF EXISTS keep_updated ON {schema}.{table};
DROP TRIGGER IF EXISTS keep_deleted ON {schema}.{table};
CREATE TRIGGER keep_updated AFTER UPDATE ON {schema}.{table}
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION {schema}.{keep_function}();
CREATE TRIGGER keep_deleted AFTER DELETE ON {schema}.{table}
REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT EXECUTE FUNCTION {schema}.{keep_function}();
