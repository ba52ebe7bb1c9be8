"""A corpus of texts that have broken databases elsewhere goes through every door we have."""

from dataclasses import replace

import numpy as np
import psycopg2
import pytest
from platform_rows import SPECS, make_components, make_risks, picture, read_rows
from wangge.plugin.database.batches import list_pushes, revert
from wangge.plugin.database.connection import connect
from wangge.plugin.database.migrations import install
from wangge.plugin.database.outbox import deliver, save_package
from wangge.plugin.database.pull import pull
from wangge.plugin.database.push import push
from wangge.plugin.errors import WanggeError
from wangge.plugin.rules.batch import concatenate
from wangge.plugin.standards.spec import FieldSpec

COMPONENT = SPECS["component"]

CORPUS = (
    "'; DROP TABLE wangge.component; --",
    '"; DROP TABLE wangge.component; --',
    "$$; DROP TABLE wangge.component; $$",
    "$tag$ || (SELECT 1) || $tag$",
    "1); DELETE FROM wangge.push_batch; --",
    "' OR '1'='1",
    "' UNION SELECT rolpassword FROM pg_authid --",
    "component; SELECT pg_sleep(10)",
    "E'\\'; DROP TABLE wangge.component; --",
    "\\'; DROP TABLE wangge.component; --",
    "/* */ OR 1=1 --",
    "%s %(kind)s %% %d {0} {schema} {{}} {",
    "\\.",
    "\\N",
    "\t\r\n\\t\\n",
    "NULL",
    "pg_catalog.pg_class",
    "../../etc/passwd",
    "`id` $(id) ; id | id & id",
    "＇；ＤＲＯＰ ＴＡＢＬＥ 网格；－－",
    "\u202e\u2066'; --\u2069",
    "😀𠮷\u0301",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
)
# What PostgreSQL takes as the name of a column.
NAMES = tuple(t for t in CORPUS if len(t.encode()) <= 63)


@pytest.fixture
def unharmed(platform_url):
    """Check at the end that nothing but our own rows changed."""

    def tables():
        connection = psycopg2.connect(platform_url)
        cursor = connection.cursor()
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'wangge'::regnamespace "
            "AND relkind IN ('r', 'p', 'v') AND NOT relispartition ORDER BY 1"
        )
        found = cursor.fetchall()
        connection.close()
        return found

    before = tables()
    yield
    assert tables() == before


@pytest.mark.usefixtures("unharmed")
def test_as_values(connection, platform_url):
    count = len(CORPUS)
    batch = make_components(count, note=list(CORPUS), status=[t[:10] for t in CORPUS])
    first = push(connection, "component", [batch], COMPONENT)
    assert first.inserted == count
    rows = concatenate(list(pull(connection, "component", COMPONENT)))
    back = dict(zip(rows.text("component_code"), rows.text("note"), strict=True))
    assert back == dict(zip(batch.text("component_code"), CORPUS, strict=True))
    # Through staging and merge, history, differences and back.
    turned = make_components(count, note=list(CORPUS[::-1]), status=[t[:10] for t in CORPUS])
    dry = push(connection, "component", [turned], COMPONENT, mode="dry_run")
    assert {d.new for d in dry.differences if d.field == "note"} == set(CORPUS)
    before = picture(platform_url)
    second = push(connection, "component", [turned], COMPONENT, base_snapshot=first.batch_id)
    assert second.updated == count
    revert(connection, second.batch_id)
    assert picture(platform_url) == before


@pytest.mark.usefixtures("unharmed")
def test_as_keys_of_a_layer_that_takes_any(connection, platform_url):
    risks = make_risks(len(CORPUS), risk_code=list(CORPUS))
    longest = SPECS["risk"].field("risk_code").length
    fit = [len(t) <= longest for t in CORPUS]
    risks = risks.take(np.array(fit))
    first = push(connection, "risk", [risks], SPECS["risk"])
    assert first.inserted == sum(fit)
    fewer = risks.take(np.arange(len(risks)) > 2).with_fields(score=np.full(sum(fit) - 3, 7.0))
    second = push(connection, "risk", [fewer], SPECS["risk"], delete_missing=True)
    assert (second.updated, second.deleted) == (sum(fit) - 3, 3)
    revert(connection, second.batch_id)
    assert len(read_rows(platform_url, "risk")) == sum(fit)
    again = push(connection, "risk", [risks], SPECS["risk"])
    assert again.unchanged == sum(fit)


@pytest.mark.usefixtures("unharmed")
def test_as_codes_that_must_be_digits(connection):
    codes = [t[:17] for t in CORPUS]
    with pytest.raises(WanggeError, match="Nothing was pushed"):
        push(
            connection,
            "component",
            [make_components(len(CORPUS), component_code=codes)],
            COMPONENT,
        )
    (batch,) = list_pushes(connection)
    assert (batch.state, batch.rejected) == ("refused", len(CORPUS))


def test_as_names_of_fields(make_database, installed):
    base = SPECS["risk"]
    spec = replace(base, fields=(*base.fields, *(FieldSpec(n, alias_zh=n) for n in NAMES)))
    connection = psycopg2.connect(make_database(template=installed))
    install(connection, specs={"risk": spec})
    first = push(connection, "risk", [make_risks(2, **{n: [n, None] for n in NAMES})], spec)
    second = push(connection, "risk", [make_risks(2, **{n: [None, n] for n in NAMES})], spec)
    assert (first.inserted, second.updated) == (2, 2)
    revert(connection, second.batch_id)
    (back,) = pull(connection, "risk", spec)
    assert all(back.fields[n].tolist() == [n, None] for n in NAMES)
    connection.close()


def doors(connection, text):
    """Every place that takes a name."""
    spec = replace(COMPONENT, name=text)
    return {
        "push": lambda: push(connection, text, [make_components(1)], spec),
        "schema": lambda: push(connection, "component", [], COMPONENT, schema=text),
        "pull": lambda: list(pull(connection, text, spec)),
        "area": lambda: list(pull(connection, "component", COMPONENT, area_code=text)),
        "install": lambda: install(connection, schema=text),
        "connect": lambda: connect(text, resolve=lambda name: ""),
    }


@pytest.mark.usefixtures("unharmed")
def test_as_names_of_layers_schemas_areas_and_connections(connection):
    for text in CORPUS:
        for door, attempt in doors(connection, text).items():
            try:
                attempt()
            except WanggeError:
                continue
            pytest.fail(f"{door} took {text!r}")
        assert list_pushes(connection, text) == []


def test_as_names_of_saved_connections(cluster):
    for text in CORPUS:
        if "=" not in text:  # those look like credentials and are refused
            connect(text, resolve=lambda name: cluster).close()


@pytest.mark.usefixtures("unharmed")
def test_as_people_sources_and_packages(connection, tmp_path):
    for number, text in enumerate(CORPUS):
        rows = [make_components(1, first=number)]
        push(connection, "component", rows, COMPONENT, user=text, source=text)
    found = {(b.user_name, b.source) for b in list_pushes(connection)}
    assert found == {(t, t) for t in CORPUS}
    key = b"k" * 32
    for number, text in enumerate(CORPUS):
        rows = [make_components(1, first=500 + number, note=[text])]
        package = save_package(tmp_path, "component", rows, key=key, user=text, source=text)
        assert deliver(connection, package.path, COMPONENT, key=key).inserted == 1
