"""Install and upgrade: repeatable, the same whichever way, honest about what is missing."""

import re
from dataclasses import replace

import numpy as np
import psycopg2
import pytest
from platform_rows import SPECS, make_components, make_grids, make_risks, read_rows
from wangge.plugin.database.migrations import install, migrations
from wangge.plugin.database.pull import pull
from wangge.plugin.database.push import push
from wangge.plugin.database.target import describe_target
from wangge.plugin.errors import WanggeError
from wangge.plugin.standards.spec import FieldSpec, FieldType, LayerSpec

LOCAL = (
    'PROJCS["渝独立坐标系",GEOGCS["CGCS2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,'
    '298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],'
    'PARAMETER["central_meridian",106.5],PARAMETER["scale_factor",1],'
    'PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]'
)


def structure(url):
    """Everything that tells one installation from another, but the order of columns."""
    queries = {
        "columns": "SELECT table_name, column_name, udt_name, character_maximum_length, "
        "is_nullable, column_default, collation_name FROM information_schema.columns "
        "WHERE table_schema = 'wangge'",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
        "FROM pg_constraint WHERE connamespace = 'wangge'::regnamespace",
        "indexes": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'wangge'",
        "functions": "SELECT proname, prosrc, prosecdef FROM pg_proc "
        "WHERE pronamespace = 'wangge'::regnamespace",
        "triggers": "SELECT tgrelid::regclass::text, pg_get_triggerdef(t.oid) FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = tgrelid WHERE c.relnamespace = 'wangge'::regnamespace "
        "AND NOT tgisinternal",
        "views": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'wangge'",
        "policies": "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies "
        "WHERE schemaname = 'wangge'",
        "rights": "SELECT relname, relrowsecurity, (SELECT array_agg(a::text ORDER BY a::text) "
        "FROM unnest(relacl) a) FROM pg_class WHERE relnamespace = 'wangge'::regnamespace",
        "comments": "SELECT c.relname, a.attname, d.description FROM pg_description d "
        "JOIN pg_class c ON c.oid = d.objoid LEFT JOIN pg_attribute a "
        "ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0 "
        "WHERE c.relnamespace = 'wangge'::regnamespace AND d.classoid = 'pg_class'::regclass",
        "versions": "SELECT version, name FROM wangge.schema_version",
    }
    connection = psycopg2.connect(url)
    cursor = connection.cursor()
    found = {}
    for name, query in queries.items():
        cursor.execute(query)
        found[name] = sorted(map(str, cursor.fetchall()))
    connection.close()
    return found


def test_fresh_equals_oldest_with_all_migrations(make_database):
    fresh, upgraded = make_database(), make_database()
    with psycopg2.connect(fresh) as connection:
        install(connection, srid=4547)
    with psycopg2.connect(upgraded) as connection:
        oldest = install(connection, srid=4547, up_to=1)
        assert oldest.to_version == 1
        for version, _ in migrations()[1:]:
            assert install(connection, up_to=version).to_version == version
        assert install(connection).srid == 4547
        install(connection)
    assert structure(fresh) == structure(upgraded)


def test_an_older_platform_with_rows_becomes_like_a_new_one(make_database):
    fresh, old = make_database(), make_database()
    with psycopg2.connect(fresh) as connection:
        install(connection, srid=4547)
        push(connection, "component", [make_components(3)], SPECS["component"])
    connection = psycopg2.connect(old)
    install(connection, srid=4547)
    push(connection, "component", [make_components(3)], SPECS["component"])
    cursor = connection.cursor()
    # As version 2 made its tables.
    cursor.execute(
        "SELECT format('DROP VIEW IF EXISTS wangge.%I CASCADE', viewname) FROM pg_views "
        "WHERE schemaname = 'wangge' UNION ALL SELECT "
        "format('ALTER TABLE wangge.%I ALTER %I TYPE %s COLLATE \"default\"', c.relname, attname, "
        "format_type(atttypid, atttypmod)) FROM pg_attribute a JOIN pg_class c "
        "ON c.oid = attrelid WHERE relnamespace = 'wangge'::regnamespace AND NOT relispartition "
        "AND relkind IN ('r', 'p') AND attcollation = '\"C\"'::regcollation "
        "AND format_type(atttypid, atttypmod) <> 'name' UNION ALL SELECT "
        "format('ALTER TABLE wangge.%1$I DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I PRIMARY KEY "
        "(district_code, %3$I)', kind, kind || '_pkey', key_field) FROM wangge.layer "
        "WHERE is_partitioned"
    )
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)
    cursor.execute("DROP TABLE wangge.checked_district")
    cursor.execute(
        "DROP TRIGGER stamp_finding ON wangge.finding; "
        "ALTER TABLE wangge.finding DROP COLUMN district_code CASCADE; "
        "ALTER TABLE wangge.finding ADD COLUMN district_code varchar(6) "
        "GENERATED ALWAYS AS (left(feature_key, 6)) STORED; "
        "CREATE INDEX ON wangge.finding (district_code); "
        "INSERT INTO wangge.finding (rule, feature_key) VALUES ('C8', '50011201001000001')"
    )
    cursor.execute("DELETE FROM wangge.schema_version WHERE version > 2")
    connection.commit()
    before = read_rows(old, "component")
    install(connection)
    assert structure(fresh) == structure(old)
    assert read_rows(old, "finding", "rule, district_code") == [("C8", "500112")]
    assert read_rows(old, "component") == before
    connection.close()


def test_views_of_the_administrators_own_survive_an_upgrade(make_database):
    url = make_database()
    connection = psycopg2.connect(url)
    install(connection, srid=4547)
    push(connection, "component", [make_components(3)], SPECS["component"])
    cursor = connection.cursor()
    cursor.execute("DROP VIEW wangge.component_changes, wangge.census_progress")
    cursor.execute("DROP VIEW wangge.broken_reference")
    cursor.execute(
        'ALTER TABLE wangge.component ALTER grid_code TYPE varchar(15) COLLATE "default"'
    )
    cursor.execute("CREATE VIEW wangge.our_own AS SELECT grid_code FROM wangge.component")
    cursor.execute("DROP TABLE wangge.checked_district")
    cursor.execute("DELETE FROM wangge.schema_version WHERE version > 2")
    connection.commit()
    install(connection)
    assert len(read_rows(url, "our_own")) == 3
    changed = make_components(3, status=["破损", "完好", "完好"])
    assert push(connection, "component", [changed], SPECS["component"]).updated == 1
    assert read_rows(url, "broken_reference", "key") != []
    connection.close()


def test_every_table_view_and_column_has_a_chinese_comment(connection):
    cursor = connection.cursor()
    cursor.execute(
        "SELECT c.relname, NULL, obj_description(c.oid, 'pg_class') FROM pg_class c "
        "WHERE relnamespace = 'wangge'::regnamespace AND relkind IN ('r', 'p', 'v') "
        "AND NOT relispartition UNION ALL "
        "SELECT c.relname, a.attname, col_description(c.oid, a.attnum) FROM pg_class c "
        "JOIN pg_attribute a ON a.attrelid = c.oid WHERE relnamespace = 'wangge'::regnamespace "
        "AND relkind IN ('r', 'p', 'v') AND NOT relispartition AND attnum > 0 "
        "AND NOT attisdropped"
    )
    rows = cursor.fetchall()
    assert len(rows) > 300
    assert [row for row in rows if not re.search("[\u4e00-\u9fff]", row[2] or "")] == []


def test_the_numbers_of_migrations_have_no_gap():
    assert [number for number, _ in migrations()] == list(range(1, len(migrations()) + 1))
    for _, path in migrations():
        words = path.read_text("utf-8").upper().split()
        assert not {"BEGIN;", "COMMIT;", "ROLLBACK;"} & set(words)


def test_an_upgrade_keeps_the_rows(connection, platform_url):
    push(connection, "component", [make_components(3)], SPECS["component"])
    before = read_rows(platform_url, "component")
    install(connection)
    assert read_rows(platform_url, "component") == before
    assert push(connection, "component", [make_components(3)], SPECS["component"]).unchanged == 3


def test_a_citys_own_fields_are_added_and_texts_grow(make_database):
    connection = psycopg2.connect(make_database())
    install(connection, srid=4547)
    push(connection, "component", [make_components(2)], SPECS["component"])
    base = SPECS["component"]
    fields = tuple(replace(f, length=60) if f.name == "component_name" else f for f in base.fields)
    spec = replace(base, fields=(*fields, FieldSpec("depth_m", FieldType.REAL, alias_zh="井深")))
    with pytest.raises(WanggeError, match="depth_m"):
        push(connection, "component", [make_components(2, depth_m=[1.5, 2.0])], spec)
    install(connection, specs={"component": spec})
    long_name = "井" * 60
    result = push(
        connection,
        "component",
        [make_components(2, depth_m=[1.5, 2.0], component_name=[long_name, "路灯"])],
        spec,
    )
    assert result.updated == 2
    (batch,) = pull(connection, "component", spec)
    assert batch.fields["depth_m"].tolist() == [1.5, 2.0]
    # Installing without the city's description takes nothing away.
    install(connection)
    assert push(connection, "component", [make_components(2)], base).inserted == 0
    connection.close()


def test_the_coordinate_system_of_a_city(make_database):
    connection = psycopg2.connect(make_database())
    result = install(connection, crs_wkt=LOCAL)
    assert (result.crs, result.srid >= 910000) == (LOCAL, True)
    assert install(connection, crs_wkt=LOCAL).srid == result.srid
    batch = replace(make_components(2), crs=LOCAL)
    assert push(connection, "component", [batch], SPECS["component"]).inserted == 2
    with pytest.raises(WanggeError, match="another coordinate system"):
        install(connection, srid=4490)
    with pytest.raises(WanggeError, match="does not know"):
        install(connection, srid=998123, schema="other")
    connection.close()


def test_without_a_wish_it_is_geographic(make_database):
    connection = psycopg2.connect(make_database())
    assert install(connection).srid == 4490
    connection.close()


def test_a_failed_installation_leaves_nothing(make_database):
    connection = psycopg2.connect(make_database())
    odd = LayerSpec("risk", (FieldSpec("risk_code"), FieldSpec("risk_code")), key="risk_code")
    with pytest.raises(WanggeError):
        install(connection, specs={"risk": odd})
    cursor = connection.cursor()
    cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'wangge'")
    assert cursor.fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize(
    "name", ['wangge"; DROP SCHEMA public; --', "网格", "pg_catalog", "", "a b", "x'", "A", "{x}"]
)
def test_odd_names_of_schemas_are_refused(connection, name):
    with pytest.raises(WanggeError, match="schema"):
        install(connection, schema=name)
    with pytest.raises(WanggeError, match="schema"):
        push(connection, "component", [], SPECS["component"], schema=name)


def test_two_platforms_in_one_database(make_database):
    connection = psycopg2.connect(make_database())
    install(connection, srid=4547)
    install(connection, srid=4490, schema="drill")
    push(connection, "component", [make_components(2)], SPECS["component"])
    batch = replace(make_components(3), crs="EPSG:4490")
    push(connection, "component", [batch], SPECS["component"], schema="drill")
    assert sum(len(b) for b in pull(connection, "component", SPECS["component"])) == 2
    connection.close()


def test_names_in_descriptions_are_only_names(make_database):
    """Whatever a city calls its fields, they become columns of that name and nothing else."""
    names = ['x"; DROP TABLE wangge.platform; --', "a'b", "{schema}", "%s", "字段", "select"]
    base = SPECS["risk"]
    spec = replace(base, fields=(*base.fields, *(FieldSpec(n, alias_zh=n) for n in names)))
    connection = psycopg2.connect(make_database())
    install(connection, srid=4547, specs={"risk": spec})
    batch = make_risks(2, **{n: [n, None] for n in names})
    assert push(connection, "risk", [batch], spec).inserted == 2
    other = make_risks(2, **{n: [None, n] for n in names})
    assert push(connection, "risk", [other], spec, mode="dry_run").updated == 2
    (back,) = pull(connection, "risk", spec)
    assert all(back.fields[n].tolist() == [n, None] for n in names)
    connection.close()


def test_the_target_is_described_in_plain_values(connection):
    nothing = describe_target(connection, "street")
    assert not nothing.exists
    push(connection, "component", [make_components(3, uuid=["u0", "u1", "u2"])], SPECS["component"])
    target = describe_target(connection, "component", base_snapshot=0)
    assert (target.exists, target.srid) == (True, 4547)
    assert target.columns["component_code"].length == 17
    assert set(target.columns) >= set(SPECS["component"].names)
    assert target.owners["50011201001000001"] == "u1"
    assert len(target.changed_since) == 3


def test_views_for_a_web_map(connection, platform_url):
    ends = np.array(["NaT"] * 9 + ["2024-01-02"], "M8[D]")
    push(connection, "unit_grid", [make_grids(10, end_date=ends)], SPECS["unit_grid"])
    push(connection, "component", [make_components(4)], SPECS["component"])
    risks = make_risks(5, grid_code=[None] * 4 + ["500112001002999"])
    push(connection, "risk", [risks], SPECS["risk"])
    assert len(read_rows(platform_url, "active_unit_grid")) == 9
    progress = read_rows(platform_url, "census_progress", "grids, surveyed_grids, components")
    assert progress == [(9, 4, 4)]
    levels = dict(read_rows(platform_url, "risk_by_level", "level, risks"))
    assert levels == {"red": 2, "orange": 1, "yellow": 1, "blue": 1}
    broken = {row[0] for row in read_rows(platform_url, "broken_reference", "field")}
    assert broken == {"community_code", "authority_code", "grid_code"}


def test_code_blocks_never_overlap(connection):
    cursor = connection.cursor()
    insert = (
        "INSERT INTO wangge.code_block (district_code, class_code, first_number, last_number, team)"
        " VALUES (%s, %s, %s, %s, '甲队')"
    )
    cursor.execute(insert, ("500112", "01001", 1, 1000))
    cursor.execute(insert, ("500112", "01002", 1, 1000))
    cursor.execute(insert, ("500112", "01001", 1001, 2000))
    with pytest.raises(psycopg2.errors.ExclusionViolation):
        cursor.execute(insert, ("500112", "01001", 2000, 2001))
