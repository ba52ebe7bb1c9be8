"""An old .xls workbook, kept as text: 桥梁风险清单 with a title, merged cells and dates."""

import base64
import zlib

import pytest

pytest.importorskip("xlrd")

# Two risks below a merged title; the responsible unit is merged over both rows.
WORKBOOK = (
    "c-"
    "rk)Ur3Ze5TE`2+@05*o~D8dCPrGOLHgp0o`oenoM~cah^2XSa&gMhO9}qTgkFRqh>BhWGlH;ssicy6>!CC%2!g;XeCjD"
    "E3R1sj=G*U5Gw`4U<NJMlvoo_hJG0;J?C#ym>C~B#yV)^VhDuOj!AJtfBAviD$r5~k^@c&LRl4vsY^*CJxo{#KIz03~c"
    "hVfve8)h6JK9sE03Yyefo`bniUjl45W6{sHbF5|AQf;8HOY|0QKd0G#&jdo+uZUI(<;^sGp)e3GvY8z`)iBJ<tjd;<a1"
    "pzP`~%t<{fKxLIymeRor)8m~C~~742+0vCb-TH4lsePH0Uq5{#0Z0@uL}(2OVv1WKx_XCNIXdlbGJc>rImtbUSb>(^E<"
    "0QKLO>YabkyKoYh>n|!AKtC8qIZ1}V16>-`C?Xgd2+hGcNa3YU+q0NzQd&tpb-DAB9%*dQQHAV8cV^$W2GtU<qv_tURx"
    "EB|p_%G^JvVxh-"
    "8}rGwy`0wA6aj6d1yAc={P1%eJM5$hDs@+UR)?_CRG`$%7D6U8tJKOantd^+l_C@cH`wV^dRlPScy;NWb|Rgb2mS~3bf"
    "bxkFchnj~MeH+Ct+70|v+fjgz^ChfWJ0ir8X1(=*&_4)fVe(=k)9EU3$n%-"
    "%t6bCzoh&`%lTwZCu?zZLnRPxTLShd%nZAwOOdJDooM);|LIcrbRLJw1a^EQ-a|D})KZRSLOjy=R*B+Xm)Rd|-"
    "YNL!P!NFi$CqNM$-"
    "nXD)vo>(SXt@Q9aM3AQ3?O4c_uB?TolE~zMKaY^HTElEeo5tke&Ic2QM3SJfV>XPlvnWPKDV;(zs4UbWaoE?B(%{JuE9"
    "k(EVUX*$jk{oDv@QuR$)D`@x>~Dj#R@t9N`cqf*r^fwFVw@`b)7hIE_ckk|rCMF)nGTgo8r-"
    "7+;_>neZm?m)h7B7wY}i<5perKXYE*f7*5#$#DgW1*$9KX0o8-U60qDZ#B>t$}0}(8va4MnolL@-"
    "8`Vy<OvHmY4G@<t>grS||2q(OL@v1Hsk7w0}zQ313iTYniB+h^A|0e*w2{!"
)


def test_an_old_workbook_is_read_with_merged_cells_and_dates(tmp_path):
    import datetime

    from wangge.plugin.risk.intake.importer import import_risk_list
    from wangge.plugin.risk.intake.placing import Places

    path = tmp_path / "旧表.xls"
    path.write_bytes(zlib.decompress(base64.b85decode(WORKBOOK)))
    made = import_risk_list(path, places=Places(crs="EPSG:4490", is_geographic=True))
    columns = {name: made.risks.fields[name].tolist() for name in made.risks.fields}
    assert columns["risk_code"] == ["Q2", "Q3"]
    assert columns["risk_name"] == ["桥2", "桥3"]
    assert columns["level"] == ["red", "red"]
    assert columns["responsible_unit"] == ["城管局", "城管局"]
    assert columns["review_date"] == [datetime.date(2026, 12, 1)] * 2
    assert [(p.x, p.y) for p in made.risks.geometry] == [(106.5, 29.5)] * 2
    [count] = made.counts
    assert count.accounted == count.rows == 4
