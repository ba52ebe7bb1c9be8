"""Chinese comments on what the layers' own descriptions do not describe."""

from __future__ import annotations

from collections.abc import Mapping

from psycopg2 import sql

from ..standards.spec import LayerSpec
from .platform import Platform

# By column, the same wherever it stands; by table and column where it means something else.
_COLUMNS = {
    "after": "变更后的各字段；已删除时为空",
    "after_geom": "变更后的图形",
    "applied_at": "升级时间",
    "base_snapshot": "数据拉取时的批次",
    "batch_id": "批次号",
    "before": "变更前的各字段",
    "before_geom": "变更前的图形",
    "block_id": "编号段序号",
    "changed_at": "变更时间",
    "changed_by": "变更所用的数据库用户",
    "class_code": "部件类别代码",
    "community_code": "社区代码",
    "components": "部件数",
    "conflicts": "冲突行数",
    "deleted": "删除行数",
    "district_code": "所属区县；000000 为全市",
    "districts": "涉及的区县",
    "field": "字段",
    "findings": "问题数",
    "finished_at": "结束时间",
    "first_number": "起始顺序号",
    "geom": "图形",
    "grids": "在用网格数",
    "highest_score": "最高得分",
    "id": "序号",
    "inserted": "新增行数",
    "installed_at": "安装时间",
    "is_partitioned": "是否按区县分区",
    "key": "标识码",
    "key_field": "主键字段",
    "kind": "图层",
    "last_number": "终止顺序号",
    "last_surveyed": "最近调查时间",
    "layer": "图层",
    "level": "风险等级",
    "may_write": "可写；否则只读",
    "name": "名称",
    "only_row": "只有一行",
    "operation": "操作",
    "pushed_by": "推送所用的数据库用户",
    "reason": "原因",
    "recorded_at": "记录时间",
    "recorded_by": "记录所用的数据库用户",
    "rejected": "拒绝行数",
    "reserved_at": "分配时间",
    "reserved_by": "分配所用的数据库用户",
    "returned_at": "归还时间",
    "reverts": "所撤销的批次",
    "risks": "风险数",
    "role_name": "用户或角色",
    "row_hash": "行的指纹",
    "row_number": "来源中的行号",
    "rule": "规则编号",
    "severity": "严重程度",
    "since": "最早记录时间",
    "source": "来源",
    "source_checksum": "来源全部行的校验值",
    "srid": "坐标系编号",
    "started_at": "开始时间",
    "surveyed_grids": "已普查网格数",
    "team": "队伍",
    "transaction": "所属事务",
    "unchanged": "未变行数",
    "updated": "变更行数",
    "user_name": "推送人",
    "value": "值",
    "version": "版本号",
}
_IN_TABLES = {
    ("checked_district", "batch_id"): "检查所属的推送批次",
    ("rejected_row", "batch_id"): "被拒绝的推送批次",
    ("user_district", "district_code"): "区县；* 为全部",
}


def add_comments(cursor, platform: Platform, specs: Mapping[str, LayerSpec]) -> None:
    """Comment on every table, view and column that has no comment yet.

    Parameters
    ----------
    cursor : psycopg2 cursor
        Inside the caller's transaction.
    platform : Platform
    specs : mapping of str to LayerSpec
    """
    for name, spec in specs.items():
        if spec.key:
            cursor.execute(
                sql.SQL("COMMENT ON TABLE {} IS {}").format(
                    platform.table(f"{name}_history"),
                    sql.Literal(f"{spec.title_zh}的变更历史：各行变更前的样子"),
                )
            )
    fields = {f.name: f.alias_zh for f in specs["unit_grid"].fields}
    cursor.execute(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relnamespace = to_regnamespace(%s) AND c.relkind IN ('r', 'p', 'v') "
        "AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped "
        "AND col_description(c.oid, a.attnum) IS NULL",
        (platform.schema,),
    )
    for table, column in cursor.fetchall():
        text = _IN_TABLES.get((table, column)) or _COLUMNS.get(column) or fields.get(column)
        if text:
            cursor.execute(
                sql.SQL("COMMENT ON COLUMN {}.{} IS {}").format(
                    platform.table(table), sql.Identifier(column), sql.Literal(text)
                )
            )
