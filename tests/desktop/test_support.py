"""What is copied for support says what is needed and holds no secret."""

import pytest

SECRETS = [
    "could not connect: host=db user=wang password=S3cret! dbname=city",
    "PGPASSWORD=S3cret! psql",
    "postgresql://wang:S3cret!@db.example/city",
    '{"password": "S3cret!", "host": "db"}',
    "password='S3cret!' sslmode=require",
    "Authorization: Bearer S3cret!",
    "token: S3cret!",
    "authcfg=S3cret!",
]


@pytest.mark.parametrize("text", SECRETS)
def test_secrets_are_blotted_out(qgis_app, text):
    from wangge.plugin.gui.shell.support import support_text

    shown = support_text("The server refused.", text)
    assert "S3cret" not in shown
    assert "•••" in shown


def test_the_versions_at_work_are_named(qgis_app):
    from wangge.plugin.gui.shell.support import support_text

    shown = support_text("A sentence.", "detail of it")
    for word in ("A sentence.", "detail of it", "Wangge 0.", "QGIS 3.", "shapely", "GEOS"):
        assert word in shown


@pytest.mark.parametrize("text", ["the passage at the market", "a passing lane", "secretary"])
def test_harmless_words_stay(qgis_app, text):
    from wangge.plugin.gui.shell.support import without_secrets

    assert without_secrets(text) == text
