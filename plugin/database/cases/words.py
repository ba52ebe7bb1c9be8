"""Headings of case tables beyond the layer's own synonyms."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "case_code": "任务编号 案卷编号 案卷号 工单编号 工单号 受理编号 事件编号 案件编码",
        "case_type": "问题类别 案件大类 案件性质",
        "class_name": "小类名称 问题小类 案件小类 事件小类",
        "class_code": "小类代码 小类编码 问题小类代码",
        "source": "信息来源 来源 上报来源",
        "state": "办理阶段 当前阶段 案卷状态 处理状态",
        "reported_at": "上报时间 受理时间 登记时间 发现时间 创建时间 采集时间",
        "opened_at": "立案时间 立案日期",
        "handled_at": "处置时间 处理时间 处置结束时间 办结时间 处置完成时间",
        "closed_at": "结案时间 结案日期",
        "grid_code": "单元网格编码 单元网格代码 所在网格 网格代码 网格号",
        "department_name": "责任部门 处置单位 承办单位 责任单位 专业部门",
        "address": "事发地点 地址描述 位置描述 发生地址 案发地址",
        "description": "案件描述 问题内容 内容",
    }
)
