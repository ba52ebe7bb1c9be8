<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>Wangge</name>
    <message>
      <location filename="../../forms/census_project.py" />
      <source>By state</source>
      <translation>按状态</translation>
    </message>
    <message>
      <location filename="../../forms/census_project.py" />
      <source>State of components</source>
      <translation>部件状态</translation>
    </message>
    <message>
      <location filename="../../forms/census_project.py" />
      <source>Survey by class</source>
      <translation>按类别普查</translation>
    </message>
    <message>
      <location filename="../../forms/census_project.py" />
      <source>The layer “{layer}” cannot be opened in the new project.</source>
      <translation>无法在新项目中打开图层“{layer}”。</translation>
    </message>
    <message>
      <location filename="../../forms/census_project.py" />
      <source>Unit grids and communities</source>
      <translation>单元网格与社区</translation>
    </message>
    <message>
      <location filename="../../forms/constraints.py" />
      <source>“{field}” does not fit. {help}</source>
      <translation>“{field}”的值不符合要求。{help}</translation>
    </message>
    <message>
      <location filename="../../forms/constraints.py" />
      <source>“{field}” must be filled. {help}</source>
      <translation>请填写“{field}”。{help}</translation>
    </message>
    <message>
      <location filename="../../forms/layouts.py" />
      <source>Authority</source>
      <translation>主管部门</translation>
    </message>
    <message>
      <location filename="../../forms/layouts.py" />
      <source>Census</source>
      <translation>普查</translation>
    </message>
    <message>
      <location filename="../../forms/layouts.py" />
      <source>Further</source>
      <translation>其他</translation>
    </message>
    <message>
      <location filename="../../forms/layouts.py" />
      <source>Identity</source>
      <translation>标识</translation>
    </message>
    <message>
      <location filename="../../forms/layouts.py" />
      <source>In charge</source>
      <translation>责任单位</translation>
    </message>
    <message>
      <location filename="../../forms/layouts.py" />
      <source>Maintainer</source>
      <translation>养护单位</translation>
    </message>
    <message>
      <location filename="../../forms/layouts.py" />
      <source>Owner</source>
      <translation>权属单位</translation>
    </message>
    <message>
      <location filename="../../forms/layouts.py" />
      <source>Subclass</source>
      <translation>细类</translation>
    </message>
    <message>
      <location filename="../../forms/layouts.py" />
      <source>Survey</source>
      <translation>普查数据</translation>
    </message>
    <message>
      <location filename="../../forms/risk.py" />
      <source>review overdue by {days} days</source>
      <translation>复核逾期{days}天</translation>
    </message>
    <message>
      <location filename="../../plugin/census/assignment.py" />
      <source>The component layer has no geometry, so no unit grid can be found for its rows. Choose a layer with points, lines or polygons.</source>
      <translation>部件图层没有几何图形，无法为其各行确定单元网格。请选择点、线或面图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/assignment.py" />
      <source>The components are in {components}, the unit grids in {grids}. Reproject one of the layers so that both have the same coordinate reference system.</source>
      <translation>部件采用{components}，单元网格采用{grids}。请对其中一个图层进行重投影，使两者的坐标参照系一致。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/assignment.py" />
      <source>The unit grid layer needs polygons and the field grid_code. Choose another layer or number the unit grids first.</source>
      <translation>单元网格图层应为面图层，并含有字段grid_code。请选择其他图层，或先对单元网格编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/blocks.py" />
      <source>The code block {start}–{end} of team “{team}” is no range within 1–{largest}. Correct its start and end.</source>
      <translation>作业组“{team}”的编码段{start}–{end}不是1–{largest}以内的有效范围。请更正其起止号。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/blocks.py" />
      <source>The description of a code block is damaged. Fetch the package again.</source>
      <translation>编码段的描述已损坏。请重新取得该外业包。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/blocks.py" />
      <source>The list of teams names “{team}” more than once or holds an empty name. Give each team one name of its own.</source>
      <translation>作业组名单中“{team}”重复出现，或有空名称。请为每个作业组取一个各不相同的名称。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/blocks.py" />
      <source>{teams} blocks of {size} numbers do not fit: {free} of {largest} running numbers are left after {used}. Reserve smaller blocks.</source>
      <translation>无法预留{teams}个各含{size}个号码的编码段：已用到{used}，全部{largest}个顺序号只剩{free}个。请缩小编码段。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/grid_codes.py" />
      <source>Unit grid {code} exists already with 15 digits beside one with 14. Number one of them anew first.</source>
      <translation>单元网格{code}同时存在15位和14位编码。请先对其中一个重新编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/dbf.py" />
      <source>The file {file} cannot be read. Check that it exists, that you may read it and that no other program has locked it.</source>
      <translation>无法读取文件{file}。请检查文件是否存在、是否有读取权限，以及是否被其他程序锁定。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/dbf.py" />
      <source>The table {file} is damaged and cannot be read. Ask for the delivery again.</source>
      <translation>数据表{file}已损坏，无法读取。请要求重新交付。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/encoding.py" />
      <source>“{name}” is no known encoding. Use GBK, GB18030 or UTF-8, or leave the encoding empty to have it found.</source>
      <translation>“{name}”不是已知的编码。请使用GBK、GB18030或UTF-8，或留空由程序识别。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/fields.py" />
      <source>The field map is no JSON object such as {example}. Correct it or leave it empty.</source>
      <translation>字段映射不是形如{example}的JSON对象。请更正，或留空。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/fields.py" />
      <source>The field map names “{name}”, which is no field of a component. Use {allowed}.</source>
      <translation>字段映射中的“{name}”不是部件的字段。请使用{allowed}。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/fields.py" />
      <source>The field map takes {name} from the column “{column}”, which the file does not have. It has: {fields}.</source>
      <translation>字段映射指定{name}取自列“{column}”，但文件中没有该列。文件中的列有：{fields}。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/filling.py" />
      <source>The uuid is that of an earlier row.</source>
      <translation>uuid与前面的行重复。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/gpkg.py" />
      <source>The geometry is damaged.</source>
      <translation>几何图形已损坏。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/gpkg.py" />
      <source>The layer “{layer}” of {path} cannot be read: the file is missing, damaged or locked. Ask for it again, or copy it from the device again.</source>
      <translation>无法读取{path}中的图层“{layer}”：文件缺失、损坏或被锁定。请重新索取，或从设备上重新复制。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/layers.py" />
      <source>The file {file} has no layer “{layer}”. It has: {layers}. Choose one of them.</source>
      <translation>文件{file}中没有图层“{layer}”。现有图层：{layers}。请选择其中之一。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/layers.py" />
      <source>The file {file} has several layers: {layers}. Say which one holds the components.</source>
      <translation>文件{file}含有多个图层：{layers}。请指明部件所在的图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/layers.py" />
      <source>The file {file} holds no vector layer. Choose another file.</source>
      <translation>文件{file}中没有矢量图层。请选择其他文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/offset.py" />
      <source>Both the components and the reference need a geometry.</source>
      <translation>部件和参考图层都应有几何图形。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/offset.py" />
      <source>The coordinates seem to be {system} of a phone map: read so, {shifted} % of the points meet the reference, as they are only {plain} %. Ask for CGCS2000.</source>
      <translation>坐标疑为手机地图的{system}坐标：按此读取时，{shifted} %的点与参考数据相符；按原样读取时仅为{plain} %。请索取CGCS2000坐标的数据。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/ogr.py" />
      <source>Coordinates in {crs} cannot be brought to degrees. Check the coordinate reference system.</source>
      <translation>{crs}的坐标无法转换为经纬度。请检查坐标参照系。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/ogr.py" />
      <source>Reading this format needs the Python package fiona, which is not installed. Install it, or save the file as shapefile of points, CSV or XLSX.</source>
      <translation>读取此格式需要Python包fiona，但尚未安装。请安装该包，或将文件另存为点状shapefile、CSV或XLSX。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/ogr.py" />
      <source>The file {file} cannot be opened or read to its end: it is damaged, locked or no format for components. Ask for the delivery again, or save it as GeoPackage.</source>
      <translation>文件{file}无法打开或无法完整读取：文件已损坏、被锁定，或其格式不能存放部件。请要求重新交付，或另存为GeoPackage。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/opening.py" />
      <source>The archive {file} holds no file with components. Unpack it and choose the file.</source>
      <translation>压缩包{file}中没有部件文件。请解压后选择文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/opening.py" />
      <source>The archive {file} is damaged. Ask for the delivery again.</source>
      <translation>压缩包{file}已损坏。请要求重新交付。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/opening.py" />
      <source>The file {file} does not exist. Check its path and name.</source>
      <translation>文件{file}不存在。请检查其路径和名称。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/positions.py" />
      <source>A coordinate is no finite number.</source>
      <translation>有坐标不是有限数值。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/positions.py" />
      <source>The coordinates are 0, 0.</source>
      <translation>坐标为0, 0。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/positions.py" />
      <source>The coordinates are no degrees.</source>
      <translation>坐标不是经纬度。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/positions.py" />
      <source>The eastings begin with the zone number {zone}: probably EPSG:{epsg} (CGCS2000, three-degree zone).</source>
      <translation>横坐标带有带号{zone}：很可能是EPSG:{epsg}（CGCS2000，3度带）。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/positions.py" />
      <source>The geometry is a collection or several points, not a point, line or polygon.</source>
      <translation>几何图形为几何集合或多点，不是单个的点、线或面。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/positions.py" />
      <source>The geometry is empty.</source>
      <translation>几何图形为空。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/positions.py" />
      <source>The numbers look like degrees: probably EPSG:4490 (CGCS2000) or EPSG:4326.</source>
      <translation>数值像是经纬度：很可能是EPSG:4490（CGCS2000）或EPSG:4326。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/positions.py" />
      <source>The numbers look like metres of a three-degree zone without zone number (EPSG:4534 to EPSG:4554) or of a city's own system.</source>
      <translation>数值像是不带带号的3度带米制坐标（EPSG:4534至EPSG:4554），或城市独立坐标系的坐标。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/positions.py" />
      <source>There is no geometry.</source>
      <translation>没有几何图形。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/positions.py" />
      <source>X and Y look swapped.</source>
      <translation>X与Y似乎互换了。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/reading.py" />
      <source>The field map names a column for only one of x and y. Name both.</source>
      <translation>字段映射只为x和y之一指定了列。请同时指定两者。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/reading.py" />
      <source>The file declares {declared}; {given} was used as you chose.</source>
      <translation>文件声明的是{declared}；已按您的选择采用{given}。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/reading.py" />
      <source>The file {file} does not say in which coordinate reference system it is. Choose it. {hint}</source>
      <translation>文件{file}未注明坐标参照系。请选择。{hint}</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/reading.py" />
      <source>The file {file} has neither geometry nor columns known to hold coordinates. Name them as x and y (or wkt) in the field map; there are: {fields}.</source>
      <translation>文件{file}既没有几何图形，也没有可识别为坐标的列。请在字段映射中指定x和y（或wkt）；现有的列：{fields}。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/reading.py" />
      <source>X and Y had changed places in nearly all rows; they were swapped back.</source>
      <translation>几乎所有行的X与Y都互换了；已换回。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/reading.py" />
      <source>{count} geometries had a height, which is not kept.</source>
      <translation>{count}个几何图形带有高程，高程不予保留。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/reading.py" />
      <source>{count} points have degrees with two decimals or fewer, which is about 1 km. Ask for the full coordinates.</source>
      <translation>{count}个点的经纬度只有两位或更少小数，精度约为1 km。请索取完整坐标。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/reading.py" />
      <source>{count} rows got a new uuid.</source>
      <translation>{count}行已分配新的uuid。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/rows.py" />
      <source>A coordinate is no number.</source>
      <translation>有坐标不是数值。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/rows.py" />
      <source>The geometry text is no WKT.</source>
      <translation>几何文本不是WKT。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/rows.py" />
      <source>{field}: the code was kept as a number, of which only the first 15 digits are sure. Format the column as text and enter the codes again, or leave it out of the field map.</source>
      <translation>{field}：编码被存为数值，只有前15位数字可靠。请将该列设为文本格式并重新录入编码，或在字段映射中不使用该列。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/rows.py" />
      <source>{field}: the value is no date.</source>
      <translation>{field}：该值不是日期。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/shapefile.py" />
      <source>The row is missing in the truncated .dbf.</source>
      <translation>.dbf文件不完整，缺少该行。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/shapefile.py" />
      <source>The text fits neither {encoding} nor another likely encoding.</source>
      <translation>文本既不符合{encoding}，也不符合其他可能的编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/shapefile.py" />
      <source>{file} declares the encoding {declared}, but its bytes are {found}; read as {found}.</source>
      <translation>{file}声明的编码为{declared}，但其内容实为{found}；已按{found}读取。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/shapefile.py" />
      <source>{file} has no .dbf beside it, so its rows have no attributes.</source>
      <translation>{file}没有配套的.dbf文件，各行没有属性。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/shapefile.py" />
      <source>{file} lacks its index (.shx), so its lines or polygons cannot be read. Ask for the complete shapefile, or repair it in QGIS with “Repair Shapefile”.</source>
      <translation>{file}缺少索引（.shx），无法读取其中的线或面。请索取完整的shapefile，或在QGIS中用“修复Shapefile”修复。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/shapes.py" />
      <source>The file {file} is no shapefile, or only the beginning of one. Ask for the delivery again.</source>
      <translation>文件{file}不是shapefile，或只有shapefile的开头部分。请要求重新交付。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/tables.py" />
      <source>Line {line} of {file} cannot be read: {error}. Correct it in a text editor (often a quote is missing), or choose another encoding.</source>
      <translation>无法读取{file}的第{line}行：{error}。请在文本编辑器中更正（常见原因是缺少引号），或选择其他编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/tables.py" />
      <source>Reading workbooks needs the Python package openpyxl, which is not installed. Install it, or save the sheet as CSV.</source>
      <translation>读取工作簿需要Python包openpyxl，但尚未安装。请安装该包，或将工作表另存为CSV。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/tables.py" />
      <source>The file {file} is empty or holds no text. Choose another file.</source>
      <translation>文件{file}为空或不含文本。请选择其他文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/tables.py" />
      <source>The row has more values than there are headings; a quote may be missing.</source>
      <translation>该行的值多于表头的列数；可能缺少引号。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/tables.py" />
      <source>The workbook {file} cannot be opened: it is damaged, locked, protected by a password or an old .xls. Save it again as .xlsx.</source>
      <translation>无法打开工作簿{file}：文件已损坏、被锁定、有密码保护，或为旧版.xls。请另存为.xlsx。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/tables.py" />
      <source>The workbook {file} has no sheet with values. Choose another.</source>
      <translation>工作簿{file}中没有含数据的工作表。请选择其他文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/intake/tables.py" />
      <source>The workbook {file} has no sheet “{layer}”. It has: {layers}. Choose one of them.</source>
      <translation>工作簿{file}中没有工作表“{layer}”。现有工作表：{layers}。请选择其中之一。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/conflicts.py" />
      <source>A resolution chooses “field” or “office” for a kind of conflict ({kinds}); “{choice}” for “{kind}” is none.</source>
      <translation>冲突处理规则应为某类冲突（{kinds}）选择“field”或“office”；“{kind}”对应的“{choice}”不符合要求。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/conflicts.py" />
      <source>attribute changed on both sides</source>
      <translation>双方都修改了属性</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/conflicts.py" />
      <source>copied in the field</source>
      <translation>在外业复制</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/conflicts.py" />
      <source>deleted in the field, changed in the office</source>
      <translation>外业已删除，内业已修改</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/conflicts.py" />
      <source>deleted in the office, there in the field</source>
      <translation>内业已删除，外业仍在</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/conflicts.py" />
      <source>moved on both sides</source>
      <translation>双方都移动了位置</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/conflicts.py" />
      <source>new in the field, close to one of its class</source>
      <translation>外业新增，邻近有同类部件</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/conflicts.py" />
      <source>new in the field, with a code that is taken</source>
      <translation>外业新增，编码已被占用</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/conflicts.py" />
      <source>new or changed in the field, not of the package</source>
      <translation>外业新增或修改，不属于该外业包</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/keys.py" />
      <source>Several components of the layer have the uuid {uuid}. Give the copies a uuid of their own, then merge.</source>
      <translation>图层中有多个部件的uuid为{uuid}。请为复制出的部件另设各自的uuid，然后再合并。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/keys.py" />
      <source>The package came back with fields that the layer does not have: {fields}. Their values stay in the package.</source>
      <translation>回传的外业包带有图层中没有的字段：{fields}。这些字段的值保留在外业包中。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/keys.py" />
      <source>The package came back without the fields {fields}; they are kept as is.</source>
      <translation>回传的外业包缺少字段{fields}；这些字段保持原值。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/merge/ledger.py" />
      <source>Package {package} is not merged, so there is nothing to undo.</source>
      <translation>外业包{package}尚未合并，没有可撤销的内容。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/migration.py" />
      <source>Row {id} is not in review: it was decided before or belongs to another layer.</source>
      <translation>行{id}不在待审范围内：此前已作决定，或属于其他图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/migration.py" />
      <source>The decision names class {code}, which is not in {number}. Choose one that is.</source>
      <translation>决定中的类别{code}不在{number}中。请选择其中已有的类别。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/numbering.py" />
      <source>Components of class {class_code} lie in district {district}, for which team “{team}” has no code block. Reserve one for this district.</source>
      <translation>类别{class_code}的部件位于区（县）{district}内，而作业组“{team}”在该区（县）没有编码段。请为该区（县）预留编码段。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/numbering.py" />
      <source>District {district}, class {class_code}: {wanted} components need a code, but only {free} of {largest} running numbers are left. Define a further class, or release blocks that no team needs.</source>
      <translation>区（县）{district}、类别{class_code}：有{wanted}个部件需要编码，但全部{largest}个顺序号只剩{free}个。请增设类别，或释放各作业组不再需要的编码段。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/numbering.py" />
      <source>District {district}, class {class_code}: {wanted} components need a code, but the block {blocks} of team “{team}” has {free} numbers left. Reserve a further block.</source>
      <translation>区（县）{district}、类别{class_code}：有{wanted}个部件需要编码，但作业组“{team}”的编码段{blocks}只剩{free}个号码。请再预留一个编码段。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/numbering.py" />
      <source>The district code “{code}” does not have six digits. Correct it.</source>
      <translation>区（县）代码“{code}”不是6位数字。请更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/finding.py" />
      <source>The archive {path} cannot be unpacked: {reason}. Ask for it again.</source>
      <translation>压缩包{path}无法解压：{reason}。请重新索取。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/finding.py" />
      <source>There is no field package in {folder}: no {name} lies there. Choose the folder that the team got, with all its files.</source>
      <translation>{folder}中没有外业包：缺少{name}。请选择作业组领取的文件夹，并保证文件齐全。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/finding.py" />
      <source>There is no room to unpack {path}: it needs {size} MB. Make room first.</source>
      <translation>解压{path}的空间不足：需要{size} MB。请先清理出空间。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/finding.py" />
      <source>{file} came back without its {name}. Put it in place of {work} into the folder that the team got, as it was packed, and choose that folder.</source>
      <translation>{file} 单独带回，缺少 {name}。请用它替换该作业组当初所领文件夹中的 {work}，再选择那个文件夹。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/finding.py" />
      <source>{file} is no field package. An export does not tell what the team changed and deleted: ask for the folder that the team got, with all its files, or a .zip of it.</source>
      <translation>{file} 不是外业包。导出文件看不出作业组改了什么、删了什么：请索取作业组所领的整个文件夹及其全部文件，或其 .zip 压缩包。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/geopackage.py" />
      <source>The layer “{layer}” of {path} cannot be read: the file is missing, damaged or locked. Copy the package from the device again.</source>
      <translation>无法读取{path}中的图层“{layer}”：文件缺失、损坏或被锁定。请从设备上重新复制外业包。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/geopackage.py" />
      <source>The layer “{layer}” of {path}: the field “{field}” holds “{value}”, which does not fit its type. Correct it there, then run again.</source>
      <translation>{path}的图层“{layer}”：字段“{field}”的值“{value}”与其类型不符。请在原处改正后重新运行。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/geopackage.py" />
      <source>{path} cannot be written. Check that the folder exists, that the disk is not full and that no other program uses the file.</source>
      <translation>无法写入{path}。请检查文件夹是否存在、磁盘是否已满，以及文件是否被其他程序占用。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/manifest.py" />
      <source>The folder {folder} is no field package: it has no {name}. Choose the folder that the team got, with all its files.</source>
      <translation>文件夹{folder}不是外业包：其中没有{name}。请选择作业组领取的文件夹，并保证文件齐全。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/manifest.py" />
      <source>The package {folder} was made by a later version of the plugin. Update the plugin first.</source>
      <translation>外业包{folder}由更高版本的插件生成。请先升级插件。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/manifest.py" />
      <source>{path} is damaged. Copy the package from the device again.</source>
      <translation>{path}已损坏。请从设备上重新复制外业包。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/packing.py" />
      <source>Some components have no uuid or one that others have too, so their edits could not be told apart. Give every component a uuid of its own first.</source>
      <translation>部分部件没有uuid，或与其他部件的uuid相同，无法区分各自的修改。请先为每个部件设置各自的uuid。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/packing.py" />
      <source>The package {path} cannot be written. Check the folder and the space on the disk.</source>
      <translation>无法写入外业包{path}。请检查文件夹和磁盘空间。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/packing.py" />
      <source>{folder} exists already. A package that may be in the field is not overwritten; choose another folder or move it away.</source>
      <translation>{folder}已存在。可能正在外业使用的外业包不会被覆盖；请另选文件夹，或将其移走。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/photos.py" />
      <source>The photo {photo} cannot be copied to {folder}: {reason}. Nothing was merged; check that the folder is writable and that the disk has room.</source>
      <translation>照片 {photo} 无法复制到 {folder}：{reason}。没有合并任何内容；请检查文件夹是否可写、磁盘是否有空间。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/returning.py" />
      <source>The components of the package of team “{team}” came back in {now}; they went out in {then}. Have them saved in the system in which they went out.</source>
      <translation>作业组“{team}”的外业包中，部件回传时采用{now}，发出时为{then}。请要求按发出时的坐标系保存。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/returning.py" />
      <source>The package {folder} of team “{team}” belongs to another project. Open that project to merge it.</source>
      <translation>作业组“{team}”的外业包{folder}属于另一项目。请打开该项目进行合并。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/returning.py" />
      <source>The project's components are in {now}; the package of team “{team}” was made in {then}. Merge it into the layer as it was, then reproject.</source>
      <translation>项目的部件采用{now}，而作业组“{team}”的外业包按{then}生成。请先合并到原坐标系的图层，再重投影。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/returning.py" />
      <source>The {work} in {folder} is of another package than its {name}. Choose the file alone, or put it back into the folder it came from.</source>
      <translation>{folder}中的{work}与其{name}不属于同一个外业包。请单独选择该文件，或把它放回原来的文件夹。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/returning.py" />
      <source>{file} of team “{team}” was changed, though only {work} is to be edited. Put the original {file} back from where the package was made.</source>
      <translation>作业组“{team}”的{file}被改动过，而只允许编辑{work}。请从生成该包的地方取回原来的{file}并放回。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/packages/splitting.py" />
      <source>Unit grid {code} is assigned to team “{team}” but is no active cell of the grid layer. Correct the assignment of teams.</source>
      <translation>单元网格{code}已分配给作业组“{team}”，但不是网格图层中的在用网格。请更正作业组的分配。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/project/rows.py" />
      <source>The file “{path}” cannot be read: {reason}.</source>
      <translation>无法读取文件“{path}”：{reason}。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/project/state.py" />
      <source>The list of merged packages is damaged. Restore the project from its backup.</source>
      <translation>已合并外业包的清单已损坏。请用备份恢复项目。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/project/store.py" />
      <source>The file “{path}” could not be written: {reason}. Nothing was saved; check that it is writable, not open elsewhere and that the disk has room.</source>
      <translation>无法写入文件“{path}”：{reason}。未保存任何内容；请检查文件是否可写、是否在别处打开，以及磁盘空间是否充足。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/project/store.py" />
      <source>There is no file {path}. Choose an existing one.</source>
      <translation>没有文件{path}。请选择已有的文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/project/store.py" />
      <source>{path} has no layer “{layer}”. Choose another.</source>
      <translation>{path}中没有图层“{layer}”。请选择其他图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/project/store.py" />
      <source>{path} is no GeoPackage. Save the layer to a GeoPackage first.</source>
      <translation>{path}不是GeoPackage。请先将图层保存为GeoPackage。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/project/undoing.py" />
      <source>Nothing is merged into this project that could be undone.</source>
      <translation>本项目没有可撤销的合并。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/project/undoing.py" />
      <source>Undo field merge</source>
      <translation>撤销回传合并</translation>
    </message>
    <message>
      <location filename="../../plugin/census/quality.py" />
      <source>components that do not exist</source>
      <translation>实地不存在的部件</translation>
    </message>
    <message>
      <location filename="../../plugin/census/quality.py" />
      <source>omitted components</source>
      <translation>遗漏的部件</translation>
    </message>
    <message>
      <location filename="../../plugin/census/quality.py" />
      <source>positions beyond their grade</source>
      <translation>位置误差超出精度等级的部件</translation>
    </message>
    <message>
      <location filename="../../plugin/census/quality.py" />
      <source>wrong attributes</source>
      <translation>属性错误的部件</translation>
    </message>
    <message>
      <location filename="../../plugin/census/quality.py" />
      <source>wrong classes</source>
      <translation>类别错误的部件</translation>
    </message>
    <message>
      <location filename="../../plugin/census/quality.py" />
      <source>{share} % {what}; {limit} % are allowed.</source>
      <translation>{what}占{share} %；允许不超过{limit} %。</translation>
    </message>
    <message>
      <location filename="../../plugin/census/sampling.py" />
      <source>A lot of {units} units is larger than the largest of the table ({largest}). Split it into several lots.</source>
      <translation>{units}个单元的检验批超出抽样表的最大批量（{largest}）。请拆分为多个检验批。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/batches.py" />
      <source>Batch {batch} cannot be taken back: {count} of its rows were changed by later batches ({later}), for example {key}. Take those back first, the last one first.</source>
      <translation>批次{batch}无法撤销：其中{count}行已被后续批次（{later}）改动，例如{key}。请从最后一个开始，先撤销这些批次。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/batches.py" />
      <source>Batch {batch} took another one back; to undo that, push the data again.</source>
      <translation>批次{batch}是对另一批次的撤销；如需恢复，请重新推送数据。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/batches.py" />
      <source>Batch {batch} was refused when it was pushed; it wrote nothing.</source>
      <translation>批次{batch}在推送时被拒绝；未写入任何数据。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/batches.py" />
      <source>Batch {batch} was taken back before.</source>
      <translation>批次{batch}此前已撤销。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/batches.py" />
      <source>The platform has no batch {batch}.</source>
      <translation>平台上没有批次{batch}。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/cancelling.py" />
      <source>Cancelled. Nothing was changed.</source>
      <translation>已取消。未作任何更改。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/cases/intake.py" />
      <source>Columns not taken: {columns}.</source>
      <translation>未采用的列：{columns}。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/cases/intake.py" />
      <source>It is not said when it was reported.</source>
      <translation>没有上报时间。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/cases/intake.py" />
      <source>Sources that the list does not know, kept as they are: {values}. Add them to the profile.</source>
      <translation>来源列表中没有以下来源，已按原样保留：{values}。请将其添加到城市配置。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/cases/intake.py" />
      <source>The case has no code.</source>
      <translation>该案件没有编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/cases/intake.py" />
      <source>{count} cases were opened, handled or closed before the step that comes first, for example {code}.</source>
      <translation>{count}个案件的立案、处置或结案时间早于其前一环节，例如{code}。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/cases/intake.py" />
      <source>{field}: “{value}” is no {type}.</source>
      <translation>{field}：“{value}”不是{type}。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/cases/intake.py" />
      <source>{field}: “{value}” is none of {values}.</source>
      <translation>{field}：“{value}”不在{values}之中。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/cases/report.py" />
      <source>There is no level “{name}”. Choose among {names}.</source>
      <translation>没有层级“{name}”。请从{names}中选择。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/connection.py" />
      <source>Give the name of a connection saved in QGIS, or service=NAME; addresses and passwords do not belong here.</source>
      <translation>请填写QGIS中已保存的连接名称，或service=NAME；此处不应填写地址和密码。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/connection.py" />
      <source>No connection called {name} is saved in QGIS. Choose a saved one, or write service=NAME for a service of pg_service.conf.</source>
      <translation>QGIS中没有保存名为{name}的连接。请选择已保存的连接，或填写service=NAME以使用pg_service.conf中的服务。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/connection.py" />
      <source>The settings of connection {name} cannot be read. Save it anew.</source>
      <translation>无法读取连接{name}的设置。请重新保存该连接。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/coordinates.py" />
      <source>Number {srid} belongs to another coordinate system on the server. Leave SRID at 0 to take the next free number.</source>
      <translation>编号{srid}在服务器上属于另一坐标系。请将SRID保留为0，以采用下一个空闲编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/coordinates.py" />
      <source>The server does not know the coordinate system with SRID {srid}. Choose one it knows, or give the definition of yours as WKT.</source>
      <translation>服务器没有SRID为{srid}的坐标系。请选择服务器已有的坐标系，或以WKT给出自有坐标系的定义。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/deliveries/objects.py" />
      <source>It has no place: neither coordinates nor a unit grid.</source>
      <translation>没有位置：既无坐标，也无单元网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/deliveries/objects.py" />
      <source>{field} is empty.</source>
      <translation>{field}为空。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/deliveries/objects.py" />
      <source>{field} is longer than {length} characters.</source>
      <translation>{field}超过{length}个字符。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/deliveries/refusals.py" />
      <source>An earlier row has the code {code}.</source>
      <translation>前面已有一行使用编码{code}。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/deliveries/table.py" />
      <source>The table has no heading of the layer {layer} (its first row: {row}). Name the columns as the layer's fields, or give a field map.</source>
      <translation>表中没有图层“{layer}”的表头（首行为：{row}）。请按该图层的字段命名各列，或提供字段映射。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/districts.py" />
      <source>The code must begin with the six digits of a district.</source>
      <translation>编码应以区（县）的6位数字开头。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/districts.py" />
      <source>The district is not the one the code begins with.</source>
      <translation>区（县）与编码开头的区（县）不一致。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/arrival.py" />
      <source>Table {layer} has other fields or another coordinate system than in the package before. Ask the sender for a full package.</source>
      <translation>数据表{layer}的字段或坐标系与上一个交换包不同。请向发送方索取全量包。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/arrival.py" />
      <source>The file “{path}” cannot be written: {reason}. Choose another place or make room.</source>
      <translation>无法写入文件“{path}”：{reason}。请另选位置，或清理出空间。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/arrival.py" />
      <source>The package in {folder} holds the changes since package {number}, which is not among the previous ones. Give all of them, from the last full one on.</source>
      <translation>{folder}中的交换包含有自第{number}号包以来的变化，而该包不在所给的以往各包之中。请提供自最近一个全量包起的全部交换包。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/changes.py" />
      <source>Table {layer} mixes the coordinate systems {one} and {other}. Reproject first.</source>
      <translation>数据表{layer}混用了坐标系{one}和{other}。请先重投影。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/checking.py" />
      <source>Table {layer} holds {rows} rows, the manifest says {expected}. Ask the sender for the package again.</source>
      <translation>数据表{layer}有{rows}行，而清单记载为{expected}行。请向发送方重新索取交换包。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/checking.py" />
      <source>The file {file} of the package in {folder} is damaged or was altered: its size or SHA-256 is not the manifest's. Ask the sender for the package again.</source>
      <translation>{folder}中交换包的文件{file}已损坏或被改动：其大小或SHA-256与清单不符。请向发送方重新索取交换包。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/checking.py" />
      <source>The package in {folder} holds files that its manifest does not name: {files}. Take them out of the folder, then try again.</source>
      <translation>{folder}中的交换包含有清单未列出的文件：{files}。请将其移出该文件夹，然后重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/checking.py" />
      <source>The package in {folder} is incomplete: {files} are missing. Ask the sender for the package again.</source>
      <translation>{folder}中的交换包不完整：缺少{files}。请向发送方重新索取交换包。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/checking.py" />
      <source>The rows of table {layer} are not those the manifest was made for. Ask the sender for the package again.</source>
      <translation>数据表{layer}的各行与清单所记载的内容不符。请向发送方重新索取交换包。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/columns.py" />
      <source>Table {layer}, row {row}, field {field}: “{value}” is no {type}. Correct it, then run again.</source>
      <translation>数据表{layer}第{row}行，字段{field}：“{value}”不是{type}。请更正后重新运行。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/export.py" />
      <source>Layer {layer}, field {field}: {count} rows are empty or longer than the standard allows; the receiver may refuse them.</source>
      <translation>图层{layer}，字段{field}：有{count}行为空或超过标准允许的长度；接收方可能拒收。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/export.py" />
      <source>The changes cannot take the place of the package they build on ({folder}): the receiver needs both. Choose another folder.</source>
      <translation>变化包不能覆盖其所依据的交换包（{folder}）：接收方两者都需要。请另选文件夹。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/export.py" />
      <source>The package cannot be written to “{folder}”: {reason}. Choose another place or make room.</source>
      <translation>无法将交换包写入“{folder}”：{reason}。请另选位置，或清理出空间。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/export.py" />
      <source>The profile knows no fields {fields} in layer {layer}; they stay behind.</source>
      <translation>城市配置中没有图层{layer}的字段{fields}；这些字段不导出。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/export.py" />
      <source>There is no category “{name}”. Choose among {names}.</source>
      <translation>没有类别“{name}”。请从{names}中选择。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/export.py" />
      <source>There is no format “{name}”. Choose among {names}.</source>
      <translation>没有格式“{name}”。请从{names}中选择。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/export.py" />
      <source>There is no layer {layers}; what would be made from it is empty or not counted.</source>
      <translation>没有图层{layers}；由其生成的内容为空或不统计。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/export.py" />
      <source>There is no table of staff; the persons are the {count} surveyors whom the components name.</source>
      <translation>没有人员表；人员取自部件中所填的{count}名采集员。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/export.py" />
      <source>{count} cases name no unit grid; they are in the totals and in no area.</source>
      <translation>{count}个案件没有单元网格；计入总数，但不计入任何区域。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/export.py" />
      <source>{layer}: {rows} rows so far.</source>
      <translation>{layer}：已处理{rows}行。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/files.py" />
      <source>Table {layer} holds the character {character}, which the encoding {encoding} cannot write. Correct the text, or set another encoding in the profile.</source>
      <translation>数据表{layer}含有编码{encoding}无法写出的字符{character}。请更正文本，或在城市配置中另设编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/files.py" />
      <source>The file {file} of the package cannot be read after row {row} of table {layer}. It is damaged or has another layout; ask the sender for the package again.</source>
      <translation>交换包的文件{file}在数据表{layer}第{row}行之后无法读取。文件已损坏或结构不同；请向发送方重新索取交换包。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/folders.py" />
      <source>The folder “{folder}” holds other files and no exchange package. Choose an empty or a new one, so that nothing of yours is replaced.</source>
      <translation>文件夹“{folder}”中有其他文件，且没有交换包。请选择空文件夹或新文件夹，以免覆盖您的文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/folders.py" />
      <source>“{folder}” is a file. Choose a folder.</source>
      <translation>“{folder}”是文件。请选择文件夹。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/geopackage.py" />
      <source>The field name “{name}” of table {layer} is one a GeoPackage needs itself. Change it in the profile's exchange.names, or choose another format.</source>
      <translation>数据表{layer}的字段名“{name}”为GeoPackage自身所用。请在城市配置的exchange.names中修改，或选择其他格式。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/manifest.py" />
      <source>The folder {folder} holds no exchange package: {file} is missing. Choose the folder that holds it.</source>
      <translation>文件夹{folder}中没有交换包：缺少{file}。请选择交换包所在的文件夹。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/manifest.py" />
      <source>The package in {folder} was made by a newer version of Wangge. Update the plugin, then try again.</source>
      <translation>{folder}中的交换包由更高版本的Wangge 网格插件生成。请升级插件后重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/manifest.py" />
      <source>{file} of the package in {folder} is damaged or was altered. Ask the sender for the package again.</source>
      <translation>{folder}中交换包的{file}已损坏或被改动。请向发送方重新索取交换包。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/state.py" />
      <source>Table {layer}, row {row}: the field {field} is empty, so the row cannot be exchanged ({count} such rows). Fill it, then run again.</source>
      <translation>数据表{layer}第{row}行：字段{field}为空，该行无法交换（此类行共{count}个）。请填写后重新运行。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/state.py" />
      <source>Table {layer}: the {field} {code} stands on more than one row ({count} such codes), so the rows cannot be exchanged. Check the layer and give each its own.</source>
      <translation>数据表{layer}：{field}“{code}”出现在多行中（此类编码共{count}个），这些行无法交换。请检查图层，为每行设置各自的编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/state.py" />
      <source>The file {file} of the package is damaged. Use an undamaged copy of it.</source>
      <translation>交换包的文件{file}已损坏。请使用完好的副本。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/texts.py" />
      <source>Table {layer}, field {field}: the date {value} cannot be written in the form {format} without loss. Correct the date, or the profile's date_format.</source>
      <translation>数据表{layer}，字段{field}：日期{value}无法无损地写成{format}格式。请更正日期，或修改城市配置的date_format。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/exchange/xml_rows.py" />
      <source>The field name “{name}” of table {layer} cannot be an XML element. Change it in the profile's exchange.names, or choose another format.</source>
      <translation>数据表{layer}的字段名“{name}”不能作为XML元素名。请在城市配置的exchange.names中修改，或选择其他格式。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>A text holds a character that the database cannot store ({reason}). Nothing was changed; use a database with encoding UTF8.</source>
      <translation>文本中含有数据库无法存储的字符（{reason}）。未作任何更改；请使用编码为UTF8的数据库。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>Another server that holds districts of this layer does not answer. Nothing was changed, unless it broke off in the very moment of finishing: then “Where districts lie” tells. Run it again once that server is back.</source>
      <translation>存放该图层部分区县的另一台服务器没有应答。数据未变；若恰在完成的一刻中断，“区县所在服务器”会指出。待该服务器恢复后重新运行。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>No secure connection {name} could be made. Check its SSL mode and certificates.</source>
      <translation>无法建立安全连接{name}。请检查其SSL模式和证书。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>No service of connection {name} is in pg_service.conf. Add it there.</source>
      <translation>pg_service.conf中没有连接{name}的服务。请在其中添加。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>Others changed the same rows at the same moment, several times. Nothing was changed; try again.</source>
      <translation>其他人多次在同一时刻改动了相同的行。未作任何更改；请重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>Somebody else is working on this layer. Nothing was changed; try again later.</source>
      <translation>其他人正在处理该图层。未作任何更改；请稍后重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The connection is closed. Connect again.</source>
      <translation>连接已关闭。请重新连接。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The connection to the server broke off. Either everything was written or nothing; run it again, what is there already is recognised.</source>
      <translation>与服务器的连接中断。数据要么已全部写入，要么完全没有写入；请重新运行，已有的数据会被识别。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The database of connection {name} does not exist on the server. Correct the connection, or have the database created.</source>
      <translation>连接{name}的数据库在服务器上不存在。请更正连接，或请人创建该数据库。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The database refused the work: {reason}. Nothing was changed.</source>
      <translation>数据库拒绝了此操作：{reason}。未作任何更改。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The platform refused a row by its rule {rule} ({reason}). Nothing was changed; correct the row and try again.</source>
      <translation>平台按规则{rule}拒绝了一行数据（{reason}）。未作任何更改；请更正该行后重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The platform's tables were changed by hand or are older than this plugin ({reason}). Nothing was changed; run install_platform, then try again.</source>
      <translation>平台的数据表被手工改动过，或版本早于本插件（{reason}）。未作任何更改；请先运行install_platform，然后重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The server does not know the user of connection {name}. Correct the connection.</source>
      <translation>服务器上没有连接{name}的用户。请更正连接。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The server has no room left (disk or memory). Nothing was changed; tell its administrator.</source>
      <translation>服务器空间不足（磁盘或内存）。未作任何更改；请告知服务器管理员。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The server is read-only (a copy, or locked for maintenance). Nothing was changed; connect to the main server.</source>
      <translation>服务器为只读（是副本，或因维护而锁定）。未作任何更改；请连接主服务器。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The server lets nobody in from this computer as connection {name} asks. Ask its administrator, or change the connection's SSL mode.</source>
      <translation>服务器不允许从本机按连接{name}的方式接入。请联系服务器管理员，或修改连接的SSL模式。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The server of connection {name} cannot be reached. Check the network and the connection's address and port.</source>
      <translation>无法连接到{name}的服务器。请检查网络以及连接的地址和端口。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The server of connection {name} has no free place now. Try again later.</source>
      <translation>连接{name}的服务器目前没有空闲连接。请稍后重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The server of connection {name} is starting or stopping. Try again soon.</source>
      <translation>连接{name}的服务器正在启动或停止。请稍后重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The server refused user name or password of connection {name}. Correct them in the connection's settings.</source>
      <translation>服务器拒绝了连接{name}的用户名或密码。请在连接设置中更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>The server stopped the work because it took longer than its time limit (statement_timeout) allows. Nothing was changed. Ask for a longer limit, or work district by district.</source>
      <translation>操作超过服务器的时间限制（statement_timeout），已被中止。未作任何更改。请申请延长时限，或按区（县）分批处理。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/failures.py" />
      <source>You have no right to do this: {reason}. Nothing was changed. Ask a manager of the platform for the role or the district.</source>
      <translation>您没有此项操作的权限：{reason}。未作任何更改。请向平台管理员申请相应的角色或区（县）权限。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/feature_history.py" />
      <source>A platform keeps no layer “{layer}”.</source>
      <translation>平台中没有图层“{layer}”。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/finishing.py" />
      <source>The platform let only {written} of {wanted} rows be changed: the others belong to districts you may not write. Nothing was changed.</source>
      <translation>需要改动{wanted}行，平台只允许改动其中{written}行：其余各行属于您无权写入的区（县）。未作任何更改。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/gathering.py" />
      <source>Another row of the layer has the same code.</source>
      <translation>图层中另有一行的编码与此相同。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/layout.py" />
      <source>Column {field} of the platform's table {table} has another type than the layer's description. It was changed by hand; change it back, or drop it, and install again.</source>
      <translation>平台数据表{table}的列{field}类型与图层说明不符。该列被手工改动过；请改回或删除该列，然后重新安装。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/merging.py" />
      <source>The end date lies before the start date.</source>
      <translation>终止日期早于初始日期。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/merging.py" />
      <source>The layer holds no shapes of this type.</source>
      <translation>该图层不能存放此类型的图形。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/merging.py" />
      <source>The row breaks the platform's rule {rule}.</source>
      <translation>该行违反了平台的规则{rule}。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/merging.py" />
      <source>The value is none of those allowed.</source>
      <translation>该值不在允许的取值之内。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/merging.py" />
      <source>{key} is missing from the layer, but {person} changed it on the platform at {time} (batch {batch}) since it was pulled. Pull it again.</source>
      <translation>图层中没有{key}，但自拉取以后，{person}于{time}在平台上改动了它（批次{batch}）。请重新拉取。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/merging.py" />
      <source>{key} was changed on the platform by {person} at {time} (batch {batch}) since it was pulled. Pull it again and repeat your change.</source>
      <translation>自拉取以后，{key}已由{person}于{time}在平台上改动（批次{batch}）。请重新拉取，再重做您的修改。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/merging.py" />
      <source>{key} was removed from the platform by {person} at {time} (batch {batch}) since it was pulled. Remove it from the layer too, or give it a new code.</source>
      <translation>自拉取以后，{key}已由{person}于{time}从平台上删除（批次{batch}）。请在图层中也将其删除，或为其设置新编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/migrations.py" />
      <source>Layer {layer} has new fields ({fields}). Add them to its districts’ tables on the servers {servers} too (ALTER TABLE … ADD COLUMN), before anybody uses them.</source>
      <translation>图层 {layer} 增加了字段（{fields}）。使用之前，请在服务器 {servers} 上的区县表中也增加这些字段（ALTER TABLE … ADD COLUMN）。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/migrations.py" />
      <source>The database has PostGIS {found}; the platform needs 3.0 or newer.</source>
      <translation>数据库的PostGIS版本为{found}；平台需要3.0或更高版本。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/migrations.py" />
      <source>The database has no PostGIS extension and it could not be added. Ask the server's administrator to run CREATE EXTENSION postgis in it.</source>
      <translation>数据库没有PostGIS扩展，且无法添加。请服务器管理员在该数据库中运行CREATE EXTENSION postgis。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/migrations.py" />
      <source>The database's encoding is {encoding}, which cannot hold all Chinese characters. Create a database with encoding UTF8 and connect to that.</source>
      <translation>数据库的编码为{encoding}，无法容纳全部汉字。请创建编码为UTF8的数据库并连接该数据库。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/migrations.py" />
      <source>The platform is installed in {installed}; another coordinate system cannot be chosen any more. Leave SRID empty, or install into another schema.</source>
      <translation>平台已按{installed}安装；不能再选择其他坐标系。请将SRID留空，或安装到其他模式中。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/migrations.py" />
      <source>The roles wangge_reader, wangge_surveyor and wangge_manager are missing and you may not create them. Ask the server's administrator to create them, then install again; until then only the owner can use the platform.</source>
      <translation>缺少角色wangge_reader、wangge_surveyor和wangge_manager，而您没有创建角色的权限。请服务器管理员创建这些角色，然后重新安装；在此之前只有所有者可以使用平台。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/migrations.py" />
      <source>The server runs PostgreSQL {found}; the platform needs version 15 or newer.</source>
      <translation>服务器的PostgreSQL版本为{found}；平台需要15或更高版本。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/outbox.py" />
      <source>Package {name} holds the field {field} of a city profile; deliver it with that profile.</source>
      <translation>数据包{name}含有城市配置中的字段{field}；请选用该城市配置再投递。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/outbox.py" />
      <source>Package {name} is damaged; it is not pushed. Push the layer itself.</source>
      <translation>数据包{name}已损坏，不予推送。请直接推送图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/outbox.py" />
      <source>Package {name} was altered or was made by another user; it is not pushed. Push the layer itself.</source>
      <translation>数据包{name}被改动过或由其他用户生成，不予推送。请直接推送图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/outbox.py" />
      <source>The signing key {path} is damaged. Delete it; packages signed with it must be made anew.</source>
      <translation>签名密钥{path}已损坏。请将其删除；用该密钥签名的数据包须重新生成。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/place_history.py" />
      <source>An earlier row is the same place.</source>
      <translation>前面已有一行是同一地点。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/place_history.py" />
      <source>The code {code} was given up.</source>
      <translation>编码{code}已停用。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/place_history.py" />
      <source>The delivery is in {source}, the layer in {target}. Reproject the delivery first.</source>
      <translation>交付数据采用{source}，图层采用{target}。请先对交付数据进行重投影。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/place_history.py" />
      <source>The place has no name.</source>
      <translation>该地点没有名称。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/place_history.py" />
      <source>The place is new and has no code.</source>
      <translation>该地点为新增，但没有编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/place_history.py" />
      <source>The place is new and lies nowhere.</source>
      <translation>该地点为新增，但没有位置。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/plain_shapes.py" />
      <source>The layer {layer} holds no shapes of this type.</source>
      <translation>图层{layer}不能存放此类型的图形。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/plain_shapes.py" />
      <source>The shape has a coordinate that is no number.</source>
      <translation>图形中有坐标不是数值。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/plain_shapes.py" />
      <source>The shape must be of one part; split it or join its parts.</source>
      <translation>图形应为单一部分；请将其拆分，或合并其各部分。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/platform.py" />
      <source>The database holds no platform in schema {schema}, or you may not see it. Install it with the algorithm install_platform, or ask its manager for a role.</source>
      <translation>数据库的模式{schema}中没有平台，或您无权查看。请用算法install_platform安装，或向平台管理员申请角色。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/platform.py" />
      <source>The schema's name may hold lower-case letters, digits and underscores only, at most 31 of them, and must begin with a letter. Choose another name.</source>
      <translation>模式名称只能由小写字母、数字和下划线组成，以字母开头，最多31个字符。请另取名称。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/preparing.py" />
      <source>The parts of layer {layer} have different fields. Push them one by one.</source>
      <translation>图层{layer}各部分的字段不一致。请逐个推送。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/pull.py" />
      <source>Findings belong to no batch. Pull them without a batch.</source>
      <translation>问题不属于任何批次。请不填批次再下载。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/pull.py" />
      <source>Layer {layer} can be pulled by district only.</source>
      <translation>图层{layer}只能按区（县）拉取。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/pull.py" />
      <source>The area code must be the digits of a district, street, community or cell.</source>
      <translation>区域代码应为区（县）、街道、社区或单元网格代码的数字。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/push.py" />
      <source>Somebody else is writing layer {layer} on the platform. Nothing was changed; try again later.</source>
      <translation>其他人正在平台上写入图层{layer}。未作任何更改；请稍后重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/push.py" />
      <source>Somebody else is writing layer {layer}; waiting for them to finish.</source>
      <translation>其他人正在写入图层{layer}；正在等待其完成。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/record.py" />
      <source>Nothing was pushed: {count} rows of layer {layer} cannot be stored. The first is row {row} ({key}), field {field}: {reason}</source>
      <translation>未推送任何数据：图层{layer}有{count}行无法存储。第一处为第{row}行（{key}）的字段{field}：{reason}</translation>
    </message>
    <message>
      <location filename="../../plugin/database/record.py" />
      <source>Nothing was pushed: {count} rows of layer {layer} were changed by others. {first}</source>
      <translation>未推送任何数据：图层{layer}有{count}行已被他人改动。{first}</translation>
    </message>
    <message>
      <location filename="../../plugin/database/record.py" />
      <source>Pushed as batch {batch}: {inserted} new, {updated} changed, {unchanged} unchanged, {deleted} removed.</source>
      <translation>已推送，批次号{batch}：新增{inserted}行，修改{updated}行，未变化{unchanged}行，删除{deleted}行。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/record.py" />
      <source>The platform already has all {count} rows; nothing was changed.</source>
      <translation>平台已有全部{count}行数据；未作任何更改。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/record.py" />
      <source>This package was pushed before as batch {batch}; nothing was changed.</source>
      <translation>此数据包此前已推送，批次号{batch}；未作任何更改。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/record.py" />
      <source>{count} rows have heights or measures; the platform stores positions in two dimensions.</source>
      <translation>{count}行带有高程或测量值；平台只存储二维位置。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/remote_table.py" />
      <source>The other server's database needs encoding UTF8 and PostGIS in schema {schema}, as the platform has it. Ask its administrator.</source>
      <translation>另一台服务器的数据库须为 UTF8 编码，且与平台一样在模式 {schema} 中装有 PostGIS。请联系其管理员。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/screening.py" />
      <source>The date lies outside the years 1 to 9999.</source>
      <translation>日期超出公元1年至9999年的范围。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/screening.py" />
      <source>The row has no code; give it one.</source>
      <translation>该行没有编码；请为其设置编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/screening.py" />
      <source>The text holds a character that no database stores; type it anew.</source>
      <translation>文本中含有数据库无法存储的字符；请重新录入。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/screening.py" />
      <source>The text is longer than {length} characters.</source>
      <translation>文本超过{length}个字符。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/screening.py" />
      <source>The value must be a date.</source>
      <translation>该值应为日期。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/screening.py" />
      <source>The value must be a number.</source>
      <translation>该值应为数值。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/screening.py" />
      <source>The value must be a whole number.</source>
      <translation>该值应为整数。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/spreading.py" />
      <source>District {district} lies on server {server} already.</source>
      <translation>区县 {district} 已在服务器 {server} 上。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/spreading.py" />
      <source>District {district} lies on the platform's own server already.</source>
      <translation>区县 {district} 已在平台自身的服务器上。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/spreading.py" />
      <source>Layer {kind} stays on the platform's own server; only {kinds} can be spread, whose codes hold the district.</source>
      <translation>图层 {kind} 只能留在平台自身的服务器上；只有代码中含区县的 {kinds} 可以分布。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/spreading.py" />
      <source>Only the platform's owner may move districts between servers. Connect as the one who installed it.</source>
      <translation>只有平台的所有者可以在服务器之间迁移区县。请以安装平台的用户连接。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/spreading.py" />
      <source>Server {server} has no user mapping for PUBLIC that names a user. Its administrator makes one with CREATE USER MAPPING; the guide shows how.</source>
      <translation>服务器 {server} 没有面向 PUBLIC 且指明用户的映射。请管理员用 CREATE USER MAPPING 建立，方法见用户指南。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/spreading.py" />
      <source>The platform has no rows of district {district} in layer {kind}. There are: {districts}.</source>
      <translation>平台的图层 {kind} 中没有区县 {district} 的数据。现有：{districts}。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/spreading.py" />
      <source>The platform knows no server {server} of postgres_fdw. Its administrator makes it known with CREATE SERVER and CREATE USER MAPPING; the guide shows how.</source>
      <translation>平台不知道名为 {server} 的 postgres_fdw 服务器。请管理员用 CREATE SERVER 和 CREATE USER MAPPING 登记，方法见用户指南。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/spreading.py" />
      <source>The rows of district {district} read otherwise here. Nothing was moved; compare versions and settings of the two servers.</source>
      <translation>区县 {district} 的数据在此处读出来不一致，未作迁移。请比对两台服务器的版本和设置。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/spreading.py" />
      <source>The rows of district {district} read otherwise on server {server}. Nothing was moved; compare versions and settings of the two servers.</source>
      <translation>区县 {district} 的数据在服务器 {server} 上读出来不一致，未作迁移。请比对两台服务器的版本和设置。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/target.py" />
      <source>Layer {kind} is none of those the platform takes: {kinds}.</source>
      <translation>平台不接收图层{kind}；可接收的图层为：{kinds}。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/target.py" />
      <source>Layer {layer} has no field {field}; its rows cannot be told apart.</source>
      <translation>图层{layer}没有字段{field}，无法区分各行。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/target.py" />
      <source>The layer has no fields {fields}; on the platform they stay as they are.</source>
      <translation>图层没有字段{fields}；平台上的这些字段保持不变。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/target.py" />
      <source>The layer is in {source}, the platform in {target}. Reproject the layer first.</source>
      <translation>图层采用{source}，平台采用{target}。请先对图层进行重投影。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/target.py" />
      <source>The platform has no columns for these fields; they stay behind: {fields}.</source>
      <translation>平台没有与以下字段对应的列，这些字段不会推送：{fields}。</translation>
    </message>
    <message>
      <location filename="../../plugin/database/target.py" />
      <source>The platform's table {table} does not fit the layer's description (columns {columns}): it is older, or was changed by hand. Run install_platform, then try again.</source>
      <translation>平台数据表{table}与图层说明不符（列{columns}）：该表版本较旧，或被手工改动过。请先运行install_platform，然后重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/ledger.py" />
      <source>The batch in “{folder}” was made with other settings ({names}). Give the same ones, choose another folder, or switch RESUME off to do everything anew.</source>
      <translation>“{folder}”中的批量任务用的是另一套设置（{names}）。请给出相同设置、换一个文件夹，或关闭 RESUME 全部重做。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/ledger.py" />
      <source>“{path}” cannot be read, so it is not known what is done. Switch RESUME off to do everything anew.</source>
      <translation>无法读取“{path}”，不知道哪些已完成。请关闭 RESUME 全部重做。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/pools.py" />
      <source>A worker of the cluster cannot load Wangge. On every worker the folder that holds the plugin’s folder “wangge” must be on PYTHONPATH, with NumPy, Shapely and SciPy.</source>
      <translation>集群中有工作节点无法加载 Wangge。每个节点的 PYTHONPATH 须包含插件文件夹“wangge”所在的目录，并装有 NumPy、Shapely 和 SciPy。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/pools.py" />
      <source>The scheduler at {address} does not answer. Check address, port and, for tls://, the certificates in Dask's configuration.</source>
      <translation>调度器 {address} 没有应答。请检查地址、端口；使用 tls:// 时还请检查 Dask 配置中的证书。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/pools.py" />
      <source>The scheduler at {address} has no workers. Start some, then run again.</source>
      <translation>调度器 {address} 没有工作节点。请启动节点后重新运行。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/pools.py" />
      <source>Work on a cluster needs the Python package distributed (Dask), which is not installed here. Install it with “pip install distributed”, or leave SCHEDULER empty to work on this machine.</source>
      <translation>在集群上运行需要 Python 包 distributed（Dask），此处未安装。请用“pip install distributed”安装，或将 SCHEDULER 留空，在本机运行。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/pools.py" />
      <source>Worker {worker} has Wangge {theirs}, this machine {mine}. Use the same version everywhere, or the results would differ.</source>
      <translation>节点 {worker} 的 Wangge 为 {theirs}，本机为 {mine}。请各处使用同一版本，否则结果会不一致。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/run.py" />
      <source>Cancelled.</source>
      <translation>已取消。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/run.py" />
      <source>The cluster gave no answer for this district ({kind}). Look after its scheduler and workers, then run again with RESUME.</source>
      <translation>集群对该区县没有给出结果（{kind}）。请检查调度器和工作节点，然后用 RESUME 重新运行。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/run.py" />
      <source>The process that worked on this district ended without an answer, twice; often memory is short. Run it alone, or on a machine with more memory.</source>
      <translation>处理该区县的进程两次无应答地结束，常因内存不足。请单独运行该区县，或换内存更大的机器。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/work.py" />
      <source>District {district} has no rows in the layer {layer}. Give it some, or leave the district out.</source>
      <translation>区县 {district} 在图层{layer}中没有记录。请补充数据，或不处理该区县。</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/work.py" />
      <source>No community could be cut: {reason}</source>
      <translation>没有一个社区可以划分：{reason}</translation>
    </message>
    <message>
      <location filename="../../plugin/districts/work.py" />
      <source>Something went wrong inside Wangge ({kind}: {error}). Nothing was finished. Please send the log of this run to those who look after the plugin.</source>
      <translation>Wangge 网格插件内部出错（{kind}：{error}）。运行未完成。请将本次运行的日志发送给插件维护人员。</translation>
    </message>
    <message>
      <location filename="../../plugin/facilities/coverage.py" />
      <source>A distance must be above 0 m, not {given}.</source>
      <translation>距离必须大于 0 米，而不是 {given}。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/border_editing.py" />
      <source>A cell would be squeezed to less than {width} m. Move the border less far, or merge the cells.</source>
      <translation>有网格会被挤压到不足{width} m宽。请减小界线的移动距离，或合并网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/border_editing.py" />
      <source>No cell has a vertex here. Pick a corner of a cell.</source>
      <translation>此处没有网格的顶点。请拾取网格的一个角点。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/border_editing.py" />
      <source>The border would cross itself or another border. Move it less far.</source>
      <translation>界线会与自身或其他界线相交。请减小移动距离。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/border_editing.py" />
      <source>The border would run over another cell. Move it less far, or merge the cells.</source>
      <translation>界线会越入其他网格。请减小移动距离，或合并网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/border_editing.py" />
      <source>The line does not divide the ground of the two cells in two. Draw it from one side of both cells to the other.</source>
      <translation>该线没有将两个网格的范围一分为二。请从两个网格的一侧画到另一侧。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/border_editing.py" />
      <source>The two cells share no border within one community. Pick two neighbours of one community.</source>
      <translation>这两个网格在同一社区内没有公共界线。请选取同一社区内相邻的两个网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/border_editing.py" />
      <source>This border is the edge of a community and cannot be moved here. Change the community layer first, then update the unit grids.</source>
      <translation>此界线是社区的边界，不能在此移动。请先修改社区图层，再更新单元网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/comparison.py" />
      <source>Area against target</source>
      <translation>面积与目标面积的对比</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/comparison.py" />
      <source>Better</source>
      <translation>更优者</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/comparison.py" />
      <source>Changed cells</source>
      <translation>有变化的网格数</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/comparison.py" />
      <source>Figure</source>
      <translation>指标</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/comparison.py" />
      <source>First</source>
      <translation>第一套</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/comparison.py" />
      <source>Second</source>
      <translation>第二套</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/comparison.py" />
      <source>Two partitions of unit grids compared</source>
      <translation>两套单元网格划分的比较</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/comparison.py" />
      <source>{first} cells of the first and {second} cells of the second partition have no counterpart in the other ({share} of the area).</source>
      <translation>第一套划分有{first}个网格、第二套划分有{second}个网格在对方中没有对应的网格（占面积的{share}）。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Borders whose vertices do not match</source>
      <translation>顶点不一致的界线</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Cells across a community's border</source>
      <translation>跨越社区界线的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Cells in no community</source>
      <translation>不在任何社区内的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Cells of several parts</source>
      <translation>由多个部分组成的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Cells without a shape</source>
      <translation>没有图形的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Community {code} has no unit grids. Partition it first.</source>
      <translation>社区 {code} 没有单元网格。请先划分。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Community {code}: its fields name another street or district than its code does. Correct one of them.</source>
      <translation>社区 {code}：字段所写的街道或区县与其代码不一致。请改正其中之一。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Community {code}: {area} m² of it are covered by none of its unit grids.</source>
      <translation>社区 {code}：有 {area} m² 未被其单元网格覆盖。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Gaps</source>
      <translation>缝隙</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Invalid cells</source>
      <translation>无效网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Overlaps</source>
      <translation>重叠</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>The code “{code}” is no unit grid code. Number the cell first.</source>
      <translation>编码“{code}”不是单元网格标识码。请先为网格编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Unit grid {code}: no community has the first 12 digits as its code.</source>
      <translation>单元网格 {code}：没有社区以其前 12 位为代码。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/defects.py" />
      <source>Unit grid {code}: {area} m² of it lie outside the community of its code.</source>
      <translation>单元网格 {code}：有 {area} m² 位于其编码所属社区之外。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/editing.py" />
      <source>No straight cut divides the cell into two whole halves. Split it by a line instead, or choose another direction.</source>
      <translation>没有直线能将该网格分割为完整的两半。请改用画线拆分，或选择其他方向。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/editing.py" />
      <source>Select at least two cells to merge.</source>
      <translation>请至少选择两个网格进行合并。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/editing.py" />
      <source>The cells belong to different communities. Merge only cells of one community.</source>
      <translation>所选网格属于不同的社区。请只合并同一社区的网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/editing.py" />
      <source>The cells do not all share borders. Select cells that lie next to each other.</source>
      <translation>所选网格并非全部相邻。请选择彼此有公共界线的网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/editing.py" />
      <source>The line cuts off a splinter narrower than {width} m. Draw it further inside the cell.</source>
      <translation>该线会切出宽度不足{width} m的碎面。请向网格内侧移动后重画。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/editing.py" />
      <source>The line does not divide the cell. Draw it across the cell from one side to the other.</source>
      <translation>该线没有分割网格。请从网格的一侧画到另一侧。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/levels.py" />
      <source>No cell of the layer unit_grid has a code in the field grid_code. Number the unit grids first.</source>
      <translation>图层unit_grid中没有一个网格在字段grid_code中有编码。请先对单元网格编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/numbering.py" />
      <source>The cell lies in no community and got no code.</source>
      <translation>该网格不在任何社区内，未编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/numbering.py" />
      <source>The code {code} belongs to another community than {community}, where the cell lies; the cell got a new one.</source>
      <translation>编码{code}属于另一社区，而该网格位于社区{community}内；已为其分配新编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/numbering.py" />
      <source>The code {code} is not {digits} digits with a sequence from 1; the cell got a new one.</source>
      <translation>编码{code}不是顺序号从1起的{digits}位数字；已为该网格分配新编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/numbering.py" />
      <source>The code {code} was given to two cells; the first from the north-west keeps it, the other got a new one.</source>
      <translation>编码{code}重复用于两个网格；自西北起的第一个保留该编码，另一个已分配新编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/numbering.py" />
      <source>The code {code} was retired; the cell got a new one.</source>
      <translation>编码{code}已停用；已为该网格分配新编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/numbering.py" />
      <source>The community code “{code}” in the field community_code is not 12 digits. Correct it in the layer community and number again.</source>
      <translation>字段community_code中的社区代码“{code}”不是12位。请在图层community中更正，然后重新编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/numbering.py" />
      <source>The community {community} would need the number {needed}, but numbers end at {limit}. Choose a larger target area or divide the community; no cell was numbered.</source>
      <translation>社区{community}需要编号{needed}，但编号最大为{limit}。请增大目标面积，或拆分该社区；未对任何网格编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/numbering.py" />
      <source>Two communities carry the code {code} in the field community_code. Give each its own code in the layer community and number again.</source>
      <translation>字段community_code中有两个社区的代码同为{code}。请在图层community中为每个社区设置各自的代码，然后重新编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Area in cells within ±50 % of the target area</source>
      <translation>位于目标面积±50 %以内网格中的面积</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Borders match everywhere</source>
      <translation>界线处处吻合</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Buildings</source>
      <translation>建筑物</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Buildings cut by a border</source>
      <translation>被界线切割的建筑物</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Buildings cut that no feature crosses</source>
      <translation>被切割但没有地物穿过的建筑物</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Cells</source>
      <translation>单元网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Cells within ±25 % of the target area</source>
      <translation>面积在目标面积±25 %以内的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Cells within ±50 % of the target area</source>
      <translation>面积在目标面积±50 %以内的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Cells without a code</source>
      <translation>没有编码的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Codes used twice</source>
      <translation>重复使用的编码</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Communities</source>
      <translation>社区</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Compactness of the worst twentieth</source>
      <translation>最差二十分之一网格的紧凑度</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Edges shared by more than two cells</source>
      <translation>被两个以上网格共用的边</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Features used as a border</source>
      <translation>用作界线的地物</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Features within 20 m of a border</source>
      <translation>距界线20 m以内的地物</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Gaps (m²)</source>
      <translation>缝隙（m²）</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Gini coefficient of the load</source>
      <translation>工作量的基尼系数</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Inner borders off a feature that lies within 15 m</source>
      <translation>15 m内有地物却未沿其走向的内部界线</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Inner borders on streets, rivers and railways</source>
      <translation>沿道路、河流和铁路的内部界线</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Largest load to mean load</source>
      <translation>最大工作量与平均工作量之比</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Load altogether</source>
      <translation>工作量合计</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Mean area (m²)</source>
      <translation>平均面积（m²）</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Mean compactness (4πA/P²)</source>
      <translation>平均紧凑度（4πA/P²）</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Numbers missing in the sequence</source>
      <translation>顺序号中的缺号</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Outside the own community (m²)</source>
      <translation>超出所在社区的面积（m²）</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Overlaps (m²)</source>
      <translation>重叠（m²）</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Variation coefficient of the areas</source>
      <translation>面积的变异系数</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Variation coefficient of the load</source>
      <translation>工作量的变异系数</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>Variation coefficient within a community (median)</source>
      <translation>社区内的变异系数（中位数）</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>no</source>
      <translation>否</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/page.py" />
      <source>yes</source>
      <translation>是</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/borders.py" />
      <source>Communities {one} and {two} overlap on {area:.0f} m², more than the tolerance of {tolerance} m can repair. Correct their border.</source>
      <translation>社区{one}与{two}重叠{area:.0f} m²，超出容差{tolerance} m可以修复的范围。请更正其界线。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/borders.py" />
      <source>Community {name} has a coordinate that is no number. Draw it anew.</source>
      <translation>社区{name}有坐标不是数值。请重新绘制。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/borders.py" />
      <source>Community {name} has no area. It must be a polygon.</source>
      <translation>社区{name}没有面积。社区应为面。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/borders.py" />
      <source>Community {name} has no geometry. Draw it or delete the row.</source>
      <translation>社区{name}没有几何图形。请绘制，或删除该行。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/borders.py" />
      <source>No community has an area. Check that the community layer holds polygons.</source>
      <translation>没有一个社区有面积。请检查社区图层是否为面图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/borders.py" />
      <source>The border between communities {one} and {two} did not match near ({x:.0f}, {y:.0f}); {area:.2f} m² were given to one of them.</source>
      <translation>社区{one}与{two}的界线在({x:.0f}, {y:.0f})附近不吻合；已将{area:.2f} m²划归其中之一。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/community.py" />
      <source>Community {name} could not be cut ({error}). Check its geometry and the barriers in it.</source>
      <translation>社区{name}无法划分（{error}）。请检查其几何图形和其中的分界线。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/community.py" />
      <source>Some barriers or buildings in community {name} could not be made use of. Check the lines there for errors.</source>
      <translation>社区{name}中有分界线或建筑物无法使用。请检查该处的线有无错误。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/community.py" />
      <source>The cells of community {name} do not cover it exactly. Check its outline for parts that touch or cross themselves.</source>
      <translation>社区{name}的网格没有恰好覆盖该社区。请检查其轮廓是否有自相接触或自相交的部分。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/loops.py" />
      <source>A block keeps a hole that no line could open.</source>
      <translation>某街区留有空洞，没有线可以将其打开。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/run.py" />
      <source>A load is negative. Loads must be 0 or greater; correct the field.</source>
      <translation>工作量有负值。工作量应不小于0；请更正该字段。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/run.py" />
      <source>The community layer is empty. Choose a layer with community polygons.</source>
      <translation>社区图层为空。请选择含有社区面的图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/run.py" />
      <source>The partition got {given} {name} where {length} are needed; give one for each.</source>
      <translation>划分时给定了{given}个{name}，而需要{length}个；请逐一给出。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/run.py" />
      <source>The share of the load must lie between 0 and 1, not {value}.</source>
      <translation>工作量的权重应在0到1之间，不能为{value}。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/partition/run.py" />
      <source>The target area of community {name} is {value}. Give an area greater than 0 m².</source>
      <translation>社区{name}的目标面积为{value}。请给出大于0 m²的面积。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/reading_order.py" />
      <source>A cell of the layer unit_grid has no geometry. Delete it or draw it, then number again.</source>
      <translation>图层unit_grid中有网格没有几何图形。请删除或绘制该网格，然后重新编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/repair.py" />
      <source>The community number {community} could not be repaired and stays as it is: {error}. Look for crossing lines there and repair again.</source>
      <translation>第{community}个社区无法修复，保持原样：{error}。请检查该处是否有相交的线，然后重新修复。</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>All cells</source>
      <translation>全部网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Area (m²)</source>
      <translation>面积（m²）</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Area CV</source>
      <translation>面积变异系数</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>By community</source>
      <translation>按社区统计</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Cell</source>
      <translation>网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Code</source>
      <translation>代码</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Community</source>
      <translation>社区</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Compactness</source>
      <translation>紧凑度</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Compactness (4πA/P²)</source>
      <translation>紧凑度（4πA/P²）</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Deviation</source>
      <translation>偏差</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Holes</source>
      <translation>缺号</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>How the cells spread</source>
      <translation>网格的分布情况</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Load</source>
      <translation>工作量</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Mean deviation by community</source>
      <translation>各社区的平均偏差</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>On features</source>
      <translation>沿地物比例</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Scorecard of the unit grids</source>
      <translation>单元网格评分卡</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>The most uneven communities (name: cells)</source>
      <translation>最不均衡的社区（名称：网格数）</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>The worst cells</source>
      <translation>最差的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/scorecard_html.py" />
      <source>Value</source>
      <translation>值</translation>
    </message>
    <message>
      <location filename="../../plugin/grid/update.py" />
      <source>New streets run through cells that could not follow them any better; these cells stay as they are.</source>
      <translation>新道路穿过一些网格，但重新划分也不能更好地沿道路走；这些网格保持不变。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/class_search.py" />
      <source>Class: code, name or pinyin initials</source>
      <translation>类别：代码、名称或拼音首字母</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/class_search.py" />
      <source>Component classes</source>
      <translation>部件类别</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_model.py" />
      <source>, </source>
      <translation>、</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_model.py" />
      <source>Chosen</source>
      <translation>已选</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_model.py" />
      <source>Component</source>
      <translation>部件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_model.py" />
      <source>Conflict</source>
      <translation>冲突</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_model.py" />
      <source>Crew</source>
      <translation>外业</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_model.py" />
      <source>Office</source>
      <translation>内业</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_panel.py" />
      <source>Conflicts settled: {settled}. Still open: {left}.</source>
      <translation>已处理冲突{settled}个，仍待处理{left}个。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_panel.py" />
      <source>Merge conflicts</source>
      <translation>合并冲突</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_panel.py" />
      <source>No conflict is open.</source>
      <translation>没有待处理的冲突。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_panel.py" />
      <source>Open a census project to see its conflicts.</source>
      <translation>打开普查项目后可查看其冲突。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_panel.py" />
      <source>{chosen} of {total} chosen</source>
      <translation>已选{chosen}个，共{total}个</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_reading.py" />
      <source>Position</source>
      <translation>位置</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_reading.py" />
      <source>Reading conflicts</source>
      <translation>正在读取冲突</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_reading.py" />
      <source>{field}: {kind}</source>
      <translation>{field}：{kind}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>All conflicts ({count})</source>
      <translation>全部冲突（{count}）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>All shown</source>
      <translation>全部所列</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Apply choices</source>
      <translation>应用选择</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Before</source>
      <translation>变更前</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Both values</source>
      <translation>双方的值</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Choose a conflict to compare both sides.</source>
      <translation>选择一个冲突，比较双方的值。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Choose for all conflicts that are shown</source>
      <translation>对所列全部冲突一并选择</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Conflicts</source>
      <translation>冲突</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Conflicts shown</source>
      <translation>显示的冲突</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Next (N)</source>
      <translation>下一个 (N)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Previous (P)</source>
      <translation>上一个 (P)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Take choices back</source>
      <translation>取消选择</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Take field</source>
      <translation>采用外业</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Take field (F)</source>
      <translation>采用外业 (F)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Take office</source>
      <translation>采用内业</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Take office (O)</source>
      <translation>采用内业 (O)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>Undo a merge…</source>
      <translation>撤销合并…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>{name}: {title}. Team: {team}</source>
      <translation>{name}：{title}。作业组：{team}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/conflict_widgets.py" />
      <source>{title} ({count})</source>
      <translation>{title}（{count}）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/near_card.py" />
      <source>Leave it</source>
      <translation>不保存</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/near_card.py" />
      <source>Save it all the same</source>
      <translation>仍然保存</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/near_card.py" />
      <source>{name} {code} stands {distance} m away ({count} near). Is this one really another?</source>
      <translation>{name} {code}距此{distance} m（附近共{count}个）。当前部件确实是另一个吗？</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>Choose a class first.</source>
      <translation>请先选择类别。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>Choose a class, then click on the map.</source>
      <translation>请选择类别，然后在地图上单击。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>Class: {name}</source>
      <translation>类别：{name}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>Components</source>
      <translation>部件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>Saved.</source>
      <translation>已保存。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>Selected components: {count}</source>
      <translation>选中的部件：{count}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>Taken back.</source>
      <translation>已撤销。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>The changes were saved, but not noted in “{table}”: it cannot be written.</source>
      <translation>修改已保存，但未能记入“{table}”：无法写入该表。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>The edits of layer “{layer}” could not be saved. They are still there; check that the file is writable and not open elsewhere, then save again.</source>
      <translation>图层“{layer}”的编辑无法保存。编辑内容仍在；请检查文件是否可写、是否在别处打开，然后重新保存。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>The project has no layer for components of this kind of geometry.</source>
      <translation>项目中没有适合此类几何图形的部件图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>The project has no layer of components that can be edited. Open a census project or make one with “Create census project”.</source>
      <translation>项目中没有可编辑的部件图层。请打开普查项目，或用“创建普查项目”创建一个。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel.py" />
      <source>These layers do not fill unit grid and code by themselves; those of a census project do.</source>
      <translation>这些图层不会自动填写单元网格和编码；普查项目的图层会自动填写。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Area</source>
      <translation>面</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Ask when one of the class is within</source>
      <translation>附近有同类部件时询问，距离</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Change the selected</source>
      <translation>修改所选部件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Last step</source>
      <translation>上一步操作</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Line</source>
      <translation>线</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>New</source>
      <translation>新建</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Open the form after each</source>
      <translation>每次新建后打开表单</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Point</source>
      <translation>点</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Selection</source>
      <translation>选择</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Set in the middle of the map</source>
      <translation>设置在地图中心</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Set on the map</source>
      <translation>在地图上设置</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/panel_widgets.py" />
      <source>Values for new components</source>
      <translation>新部件的取值</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/project_file.py" />
      <source>Layer “{layer}” is being edited. Save or discard the edits first.</source>
      <translation>图层“{layer}”正在编辑。请先保存或放弃编辑。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_model.py" />
      <source>Candidates</source>
      <translation>候选类别</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_model.py" />
      <source>Old class</source>
      <translation>原类别</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_panel.py" />
      <source>All classes</source>
      <translation>全部类别</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_panel.py" />
      <source>Migration review</source>
      <translation>迁移复核</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_panel.py" />
      <source>No component waits for a review.</source>
      <translation>没有待复核的部件。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_panel.py" />
      <source>Retire</source>
      <translation>停用</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_reading.py" />
      <source>Reading components to review</source>
      <translation>正在读取待复核部件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_reading.py" />
      <source>Saving decisions</source>
      <translation>正在保存决定</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_widgets.py" />
      <source>Components to review</source>
      <translation>待复核部件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_widgets.py" />
      <source>For all shown</source>
      <translation>对所列全部</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_widgets.py" />
      <source>Migrate with these choices…</source>
      <translation>按这些选择迁移…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_widgets.py" />
      <source>Retire (R)</source>
      <translation>停用 (R)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/review_widgets.py" />
      <source>What is chosen holds for all that are shown</source>
      <translation>所作选择适用于所列全部部件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/room.py" />
      <source>Choose classes that a migration could not tell</source>
      <translation>为迁移无法判定的部件选择类别</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/room.py" />
      <source>Component panel</source>
      <translation>部件面板</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/room.py" />
      <source>Components that wait for a class: {count}.</source>
      <translation>等待确定类别的部件：{count}个。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/room.py" />
      <source>Conflicts that wait for a decision: {count}.</source>
      <translation>等待决定的冲突：{count}个。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/room.py" />
      <source>Settle what field and office both changed</source>
      <translation>处理外业与内业都作了修改的内容</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/room.py" />
      <source>Settle…</source>
      <translation>去处理…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/selection.py" />
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/selection.py" />
      <source>Change {count} components</source>
      <translation>修改{count}个部件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/selection.py" />
      <source>Changed components: {count}</source>
      <translation>已修改的部件：{count}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/selection.py" />
      <source>Select components on the map and tick what is to change.</source>
      <translation>请在地图上选择部件，并勾选要修改的内容。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/setting.py" />
      <source>Decide about the last component first.</source>
      <translation>请先对上一个部件作出决定。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/setting.py" />
      <source>Set {name}</source>
      <translation>新建{name}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/census/setting.py" />
      <source>Set: {what}</source>
      <translation>已新建：{what}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/browser.py" />
      <source>No platform is installed here.</source>
      <translation>此处尚未安装平台。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/browser.py" />
      <source>Open findings, counted</source>
      <translation>未处理问题的数量</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/browser.py" />
      <source>Pushes</source>
      <translation>推送记录</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/browser.py" />
      <source>Revert push…</source>
      <translation>撤销推送…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/browser.py" />
      <source>refused: {count}</source>
      <translation>已拒绝：{count}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_dialog.py" />
      <source>After</source>
      <translation>变更后</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_dialog.py" />
      <source>By</source>
      <translation>变更人</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_dialog.py" />
      <source>Changes, the newest first</source>
      <translation>变更记录，最新的在前</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_dialog.py" />
      <source>Changes: {count}</source>
      <translation>变更：{count} 条</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_dialog.py" />
      <source>History: {title} {code}</source>
      <translation>变更历史：{title} {code}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_dialog.py" />
      <source>Nothing is known of earlier changes.</source>
      <translation>没有更早的变更记录。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_dialog.py" />
      <source>Only the project was asked. Choose the platform's connection in the options to see its history too.</source>
      <translation>只查询了本工程。在选项中选择平台连接，即可同时查看平台中的历史。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_dialog.py" />
      <source>The platform is being asked…</source>
      <translation>正在查询平台……</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_dialog.py" />
      <source>What</source>
      <translation>内容</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_dialog.py" />
      <source>When</source>
      <translation>时间</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_reading.py" />
      <source>Brought in by push {batch}</source>
      <translation>第 {batch} 次推送入库</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_reading.py" />
      <source>Changed by push {batch}</source>
      <translation>第 {batch} 次推送变更</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_reading.py" />
      <source>Changed in the project</source>
      <translation>在工程中变更</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_reading.py" />
      <source>Reading history</source>
      <translation>读取变更历史</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_reading.py" />
      <source>Removed by push {batch}</source>
      <translation>第 {batch} 次推送删除</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_reading.py" />
      <source>Removed in the project</source>
      <translation>在工程中删除</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_reading.py" />
      <source>Shape</source>
      <translation>图形</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/history_reading.py" />
      <source>changed</source>
      <translation>已变更</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/platform_layer.py" />
      <source>Choose the platform's connection in the options of Wangge first.</source>
      <translation>请先在网格的选项中选择平台连接。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/platform_layer.py" />
      <source>No connection called {name} is saved in QGIS. Choose a saved one in the options.</source>
      <translation>QGIS 中没有保存名为 {name} 的连接。请在选项中选择已保存的连接。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/platform_layer.py" />
      <source>The platform has no row “{code}” in its layer {layer}.</source>
      <translation>平台的图层{layer}中没有“{code}”。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/platform_layer.py" />
      <source>The platform's layer {layer} cannot be opened over {name}.</source>
      <translation>无法通过连接 {name} 打开平台的图层{layer}。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/database/platform_layer.py" />
      <source>{layer} (platform)</source>
      <translation>{layer}（平台）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/accepting.py" />
      <source>&amp;Reason</source>
      <translation>原因(&amp;R)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/accepting.py" />
      <source>A finding of the layer “{layer}” is gone. Load the layer again.</source>
      <translation>图层“{layer}”中的一个问题已不存在。请重新加载该图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/accepting.py" />
      <source>Accept findings</source>
      <translation>认可问题</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/accepting.py" />
      <source>Accepted &amp;by</source>
      <translation>认可人(&amp;B)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/accepting.py" />
      <source>Apply fixes</source>
      <translation>应用修正</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/accepting.py" />
      <source>Findings: {count}</source>
      <translation>问题数：{count}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/accepting.py" />
      <source>Reopen findings</source>
      <translation>重新打开问题</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/accepting.py" />
      <source>The layer “{layer}” cannot be edited. Save it as a GeoPackage first.</source>
      <translation>图层“{layer}”无法编辑。请先将其保存为GeoPackage。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/accepting.py" />
      <source>The layer “{layer}” could not be saved. Nothing was changed.</source>
      <translation>图层“{layer}”无法保存。未作任何更改。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/accepting.py" />
      <source>To accept a finding, name the person who accepts it and the reason.</source>
      <translation>认可问题时，请填写认可人和原因。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/model.py" />
      <source>Without a code</source>
      <translation>无编码</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/panel.py" />
      <source>Findings</source>
      <translation>检查问题</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/panel.py" />
      <source>Fixes applied: {count}. Look at them, then save the layer or undo.</source>
      <translation>已应用的修正：{count}。请查看后保存图层，或撤销。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/panel.py" />
      <source>No fix was applied: the values have changed since the check, or the checked layer is not in the project. Check again.</source>
      <translation>未应用任何修正：数值自检查后已有变化，或所检查的图层不在项目中。请重新检查。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/panel.py" />
      <source>Reading findings</source>
      <translation>正在读取检查问题</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Accepted by {person}: {reason}</source>
      <translation>{person}已认可：{reason}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Accept…</source>
      <translation>认可…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>All states</source>
      <translation>全部状态</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Apply suggested fixes</source>
      <translation>应用建议的修正</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>By feature</source>
      <translation>按要素</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>By layer</source>
      <translation>按图层</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>By rule</source>
      <translation>按规则</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>By severity</source>
      <translation>按严重程度</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Check again…</source>
      <translation>重新检查…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Check edited features again…</source>
      <translation>重新检查修改过的要素…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Choose a finding to see it here and on the map.</source>
      <translation>请选择一个问题，以便在此处和地图上查看。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Finding in focus</source>
      <translation>当前问题</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Findings layer</source>
      <translation>检查问题图层</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Grouped by</source>
      <translation>分组方式</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Next finding</source>
      <translation>下一个问题</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Open report</source>
      <translation>打开报告</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Previous finding</source>
      <translation>上一个问题</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Reopen</source>
      <translation>重新打开</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Rule, code or words</source>
      <translation>规则、编码或文字</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Search findings</source>
      <translation>搜索问题</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Show on the map</source>
      <translation>在地图上显示</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/findings/widgets.py" />
      <source>Suggested: {value}</source>
      <translation>建议值：{value}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>All kinds</source>
      <translation>全部类型</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>Click on the map.</source>
      <translation>请在地图上点击。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>Distance</source>
      <translation>距离</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>Facilities around a place</source>
      <translation>周边设施</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>Facility</source>
      <translation>设施</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>Kind of facility</source>
      <translation>设施类型</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>Nothing of this kind within {metres} m.</source>
      <translation>{metres} 米内没有此类设施。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>Search around the middle of the map</source>
      <translation>以地图中心查询</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>The layer is no longer in the project. Search again.</source>
      <translation>该图层已不在项目中。请重新搜索。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>The project has no layer of facilities. Add one first.</source>
      <translation>工程中没有设施图层，请先添加。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>Within</source>
      <translation>范围</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/facility_panel.py" />
      <source>{count} found; the nearest is {metres} m away.</source>
      <translation>查到 {count} 处，最近的在 {metres} 米外。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide.py" />
      <source>Finish</source>
      <translation>完成</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide.py" />
      <source>Guided path</source>
      <translation>操作向导</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide.py" />
      <source>Guided path…</source>
      <translation>操作向导…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide.py" />
      <source>Next</source>
      <translation>下一步</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide.py" />
      <source>Resume the guided path: {page} ({number}/{count})</source>
      <translation>继续操作向导：{page}（{number}/{count}）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide.py" />
      <source>{number} of {count}</source>
      <translation>第 {number} 页，共 {count} 页</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Add the communities and the streets. Cells never cross a community's boundary, and streets are where they are cut; buildings keep cuts out of houses.</source>
      <translation>添加社区和道路图层。网格不会跨越社区边界，并沿道路划分；有了建筑物，划分线就不会穿过房屋。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Boundaries and streets</source>
      <translation>边界与道路</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Check classes, codes, places and departments of the components. The platform refuses what has errors.</source>
      <translation>检查部件的类别、编码、位置和部门。平台不接收有错误的数据。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Check the components</source>
      <translation>检查部件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Check the unit grids</source>
      <translation>检查单元网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Cut every community into cells of about 10,000 m² along streets and number them. Every later code refers to these cells.</source>
      <translation>沿道路把每个社区划分为约 1 万平方米的单元网格并编号。以后的编码都以这些网格为依据。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Cut the unit grids</source>
      <translation>划分单元网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>List and score the risks</source>
      <translation>风险清单与评分</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Look for gaps, overlaps and wrong codes before anything is built on the cells. Settle each finding in the findings panel, then check again.</source>
      <translation>在使用网格之前，先查出缝隙、重叠和错误编码。在检查问题面板中逐条处理，然后再检查一次。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>New district</source>
      <translation>新建城区</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Open or save a project for the district and choose the city's profile in the options: it decides codes, edition and tolerances. To try the path, take the sample city.</source>
      <translation>为本城区打开或保存一个工程，并在选项中选择城市配置：编码、标准版本和容差都由它决定。想先试一试，可用样例城市。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Push to the platform</source>
      <translation>推送到平台</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Push: {layer}</source>
      <translation>推送：{layer}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Send what passed its checks to the platform database, communities first. Each push is one batch and can be taken back.</source>
      <translation>把检查通过的数据推送到平台数据库，先推送社区。每次推送为一个批次，可以撤回。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Take in the district's risk list, score it in four colours and check it, so that each risk has a place, a level and somebody who answers for it.</source>
      <translation>导入本区风险清单，按四色分级评分并检查，使每个风险都有位置、等级和责任人。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Take in what the crews delivered, give each component its cell and then its code: the code begins with the district and must never change again.</source>
      <translation>导入外业成果，为每个部件匹配单元网格，再编码：部件编码以行政区划代码开头，编定后不得更改。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_pages.py" />
      <source>Take the components in</source>
      <translation>部件入库</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_state.py" />
      <source>Needs: {layers}</source>
      <translation>需要：{layers}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_state.py" />
      <source>Ready</source>
      <translation>就绪</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Add layers…</source>
      <translation>添加图层…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Back</source>
      <translation>上一步</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Create sample city</source>
      <translation>创建样例城市</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Findings panel</source>
      <translation>检查问题面板</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Layers that are used</source>
      <translation>使用的图层</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Leave</source>
      <translation>离开</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Not in the project</source>
      <translation>工程中没有</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Open…</source>
      <translation>打开…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Options…</source>
      <translation>选项…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Skip</source>
      <translation>跳过</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>Skipped</source>
      <translation>已跳过</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/guide_widgets.py" />
      <source>The project remembers where you are; save it and resume later.</source>
      <translation>工程会记住当前位置；保存工程，以后可继续。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>Browser of QGIS</source>
      <translation>QGIS浏览器</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>Editing unit grids</source>
      <translation>编辑单元网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>On a cell, component or risk: show it, open its form, copy its code, see its findings, pack the cell for the field.</source>
      <translation>在网格、部件或风险上：定位、打开表单、复制编码、查看其检查问题、为该网格外业打包。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>Platform databases with their layers, to be dragged into the map, and their pushes, to be reverted.</source>
      <translation>平台数据库及其图层（可拖入地图）和推送批次（可撤销）。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>Right mouse button on the map</source>
      <translation>地图右键菜单</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>Search field of QGIS (Ctrl+K)</source>
      <translation>QGIS搜索框（Ctrl+K）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>Split by a line, halve, merge, move a corner, draw a border anew. The hint beside the cursor shows areas; Esc forgets what was begun, Ctrl+Z undoes one edit. Codes, dates and lineage are kept.</source>
      <translation>按线分割、对半分、合并、移动角点、重画界线。光标旁的提示显示面积；Esc放弃未完成的操作，Ctrl+Z撤销一次编辑。编码、日期和沿革均予保留。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>The steps of the four subjects with how far each is. Double click or Enter opens a step; drag a layer onto a step to use it.</source>
      <translation>四项工作的步骤及进展。双击或按回车打开步骤；把图层拖到步骤上即可使用。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>Type a code or a name. To search one kind only begin with wgg (unit grids), wgc (components), wgs (communities), wga (addresses) or wgr (risks).</source>
      <translation>输入编码或名称。只搜索一类时，以wgg（单元网格）、wgc（部件）、wgs（社区）、wga（地址）或wgr（风险）开头。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>Wangge panel</source>
      <translation>Wangge 网格面板</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/help_index.py" />
      <source>What the checks found: filter, group, show on the map (N and P go to the next and the previous one), accept with a reason, apply suggested fixes, check again.</source>
      <translation>检查发现的问题：筛选、分组、在地图上定位（N、P键转到下一条、上一条）、说明理由后认可、应用建议的修正、重新检查。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/room.py" />
      <source>Make the one map…</source>
      <translation>生成一张图…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/room.py" />
      <source>Open the one map</source>
      <translation>打开一张图</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/room.py" />
      <source>Print the one map…</source>
      <translation>输出一张图…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/room.py" />
      <source>The one map is ready: {path}</source>
      <translation>一张图已生成：{path}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/welcome.py" />
      <source>Collect lamps, covers and benches in the field, code them, keep them right.</source>
      <translation>在外业采集路灯、井盖、座椅等部件，为其编码，并保证数据正确。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/welcome.py" />
      <source>Cut communities into unit grids along streets, number, check and edit them.</source>
      <translation>沿道路将社区划分为单元网格，并进行编号、检查和编辑。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/welcome.py" />
      <source>New here? Make a town of 2 km² with streets, buildings, components and risks, deliberate errors included, and try every step on it.</source>
      <translation>初次使用？可生成一个2 km²的样例城市，含道路、建筑物、部件、风险以及故意设置的错误，并在其中试用每一步。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/welcome.py" />
      <source>Push what passed its checks to the platform's PostGIS database, undo a push.</source>
      <translation>将通过检查的数据推送到平台的PostGIS数据库，也可撤销推送。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/welcome.py" />
      <source>Score and map the city's risks in four colours, from list to atlas.</source>
      <translation>对城市风险评分并按四色上图，从清单直到图集。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/welcome.py" />
      <source>Show the welcome page at the next start</source>
      <translation>下次启动时显示欢迎页</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/welcome.py" />
      <source>Start with my own layers</source>
      <translation>使用自己的图层开始</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/welcome.py" />
      <source>The base data of digital urban management, kept in QGIS.</source>
      <translation>在QGIS中管理数字城管的基础数据。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/general/welcome.py" />
      <source>Welcome to Wangge 网格</source>
      <translation>欢迎使用 Wangge 网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/border_tool.py" />
      <source>Move border</source>
      <translation>移动界线</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/border_tool.py" />
      <source>Press on a corner of a cell and drag it</source>
      <translation>请在网格的角点上按下鼠标并拖动</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/difference_layer.py" />
      <source>Cells that differ</source>
      <translation>有差异的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/difference_layer.py" />
      <source>The layer “{layer}” cannot be opened.</source>
      <translation>无法打开图层“{layer}”。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/figures.py" />
      <source>new</source>
      <translation>新</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/figures.py" />
      <source>{area} m², compactness {compactness}</source>
      <translation>{area} m²，紧凑度{compactness}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/figures.py" />
      <source>{area} m², load {load}, compactness {compactness}</source>
      <translation>{area} m²，工作量 {load}，紧凑度 {compactness}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/lineage_keeper.py" />
      <source>Lineage: {count} rows added to the layer “{layer}”.</source>
      <translation>沿革：已向图层“{layer}”添加{count}行。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/merge_tool.py" />
      <source>Click the cells to be merged, one after the other</source>
      <translation>请依次单击要合并的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/merge_tool.py" />
      <source>Merge cells</source>
      <translation>合并网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/merge_tool.py" />
      <source>Right click or Enter merges</source>
      <translation>单击右键或按Enter键进行合并</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/redraw_tool.py" />
      <source>Click on along the new border</source>
      <translation>沿新界线继续单击</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/redraw_tool.py" />
      <source>Click where the new border begins, outside both cells</source>
      <translation>在两个网格之外单击新界线的起点</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/redraw_tool.py" />
      <source>Right click or Enter moves the border</source>
      <translation>单击右键或按回车移动界线</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/renumber_tool.py" />
      <source>Click cells in the order of their new numbers, or drag a line through them</source>
      <translation>按新编号的先后顺序点击网格，或按住鼠标拖一条线穿过它们</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/renumber_tool.py" />
      <source>Renumber cells</source>
      <translation>重新编号网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/renumber_tool.py" />
      <source>Right click or Enter numbers them</source>
      <translation>右键或回车完成编号</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/room.py" />
      <source>Cell scenarios</source>
      <translation>网格方案</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/room.py" />
      <source>Draw border of cells anew</source>
      <translation>重画网格界线</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/room.py" />
      <source>Halve cell</source>
      <translation>网格对分</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/room.py" />
      <source>Keep states of the cells under names, compare them, bring one back</source>
      <translation>将网格的状态命名保存，进行对比，恢复其中之一</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/room.py" />
      <source>Move border of cells</source>
      <translation>移动网格界线</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/room.py" />
      <source>Pick and renumber cells</source>
      <translation>点选并重新编号网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/room.py" />
      <source>Split cell by a line</source>
      <translation>用线分割网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_panel.py" />
      <source>Delete {names}? This cannot be undone.</source>
      <translation>删除{names}？此操作无法撤销。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_panel.py" />
      <source>Now</source>
      <translation>当前</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_panel.py" />
      <source>Restore scenario</source>
      <translation>恢复方案</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_panel.py" />
      <source>Scenario “{name}” restored: {count} rows changed. Undo takes it back.</source>
      <translation>已恢复方案“{name}”：{count} 行有变化。可用“撤销”退回。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_panel.py" />
      <source>Scenario “{name}” saved in “{file}”.</source>
      <translation>方案“{name}”已保存到“{file}”。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_panel.py" />
      <source>The cells are as in the scenario “{name}” already.</source>
      <translation>网格已与方案“{name}”一致。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_panel.py" />
      <source>There is no layer of unit grids in the project. Load one first.</source>
      <translation>项目中没有单元网格图层。请先加载。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Cells as they are now</source>
      <translation>当前网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Compare</source>
      <translation>对比</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Delete…</source>
      <translation>删除…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Field load of the cells</source>
      <translation>网格的“工作量”字段</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Figures side by side</source>
      <translation>指标对照</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Load of the cells</source>
      <translation>网格的工作量</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Name of the scenario</source>
      <translation>方案名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Saved</source>
      <translation>保存时间</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Scenario</source>
      <translation>方案</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Scenarios</source>
      <translation>方案</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/scenario_widgets.py" />
      <source>Select one or two and compare them</source>
      <translation>选择一个或两个进行对比</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/split_tool.py" />
      <source>Click on the cell to be halved</source>
      <translation>请单击要对分的网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/split_tool.py" />
      <source>Click on the other side of the cell</source>
      <translation>请单击网格的另一侧</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/split_tool.py" />
      <source>Click where the line begins, outside the cell</source>
      <translation>请单击线的起点（在网格之外）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/split_tool.py" />
      <source>Right click or Enter splits</source>
      <translation>单击右键或按Enter键进行分割</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/grid/split_tool.py" />
      <source>Split cell</source>
      <translation>分割网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/join_window.py" />
      <source>Address and session code</source>
      <translation>地址和会议码</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/join_window.py" />
      <source>Session code</source>
      <translation>会议码</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/join_window.py" />
      <source>Take part in the workshop</source>
      <translation>参加研判会</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/level_chip.py" />
      <source>no level yet</source>
      <translation>尚无等级</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/neighbours.py" />
      <source>No other open risk within {metres} m.</source>
      <translation>{metres} m内没有其他未销号的风险。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/neighbours.py" />
      <source>This risk has no place on the map.</source>
      <translation>该风险在地图上没有位置。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/neighbours.py" />
      <source>Within {metres} m: {counts}. Nearest: {names}.</source>
      <translation>{metres} m内：{counts}。最近的有：{names}。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/opinion_table.py" />
      <source>All arrive at the same level.</source>
      <translation>各方得出的等级一致。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/opinion_table.py" />
      <source>Level</source>
      <translation>等级</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/opinion_table.py" />
      <source>Nobody has given factors yet.</source>
      <translation>尚无人给出因子。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/opinion_table.py" />
      <source>Opinions</source>
      <translation>意见</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/opinion_table.py" />
      <source>Opinions differ: talk about it, then settle.</source>
      <translation>意见有分歧：请先讨论，再议定。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/opinion_table.py" />
      <source>Participant</source>
      <translation>参会人</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/opinion_table.py" />
      <source>Score</source>
      <translation>分值</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/opinion_table.py" />
      <source>{count} of {present} have given their factors.</source>
      <translation>{present}人中有{count}人已给出因子。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/phones.py" />
      <source>&amp;Phones may take part, on</source>
      <translation>允许手机参与，地址(&amp;P)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/phones.py" />
      <source>Address on the local network</source>
      <translation>局域网地址</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/phones.py" />
      <source>Show &amp;large</source>
      <translation>放大显示(&amp;L)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>Make the risk map</source>
      <translation>制作风险图</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>Risk workshop</source>
      <translation>风险研判会</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>Risks by community</source>
      <translation>各社区风险</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>Risks by district</source>
      <translation>各区（县）风险</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>Risks by street</source>
      <translation>各街道风险</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>Risks by unit grid</source>
      <translation>各单元网格风险</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>Select risks of the layer “{layer}” first.</source>
      <translation>请先在图层“{layer}”中选择风险。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>Set up the risk form</source>
      <translation>设置风险表单</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>Set up the risk form…</source>
      <translation>设置风险表单…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>The form of “{layer}” picks factors and shows score and colour at once.</source>
      <translation>图层“{layer}”的表单可选取因子，并即时显示分值和颜色。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>The group “{group}” shows the risks in {count} views. Tick those you want to see.</source>
      <translation>图层组“{group}”以{count}种视图显示风险。请勾选要查看的视图。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>The project has no risk list. Import or add one first.</source>
      <translation>项目中没有风险清单。请先导入或添加。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/room.py" />
      <source>The status of {count} risks was changed and noted.</source>
      <translation>已更改{count}个风险的状态，并作了记录。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/scheme_box.py" />
      <source>S&amp;cheme</source>
      <translation>评分方案(&amp;C)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/scheme_box.py" />
      <source>Scheme</source>
      <translation>评分方案</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/scheme_box.py" />
      <source>The city's own file…</source>
      <translation>本市自有文件…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/settle_box.py" />
      <source>&amp;Settle and go on</source>
      <translation>议定并继续(&amp;S)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/settle_box.py" />
      <source>Reason, for the minutes and the history</source>
      <translation>原因，写入纪要和变更历史</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/settle_box.py" />
      <source>Take back</source>
      <translation>撤回</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/status_dialog.py" />
      <source>Change status of risks</source>
      <translation>更改风险状态</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/status_dialog.py" />
      <source>Decided &amp;by</source>
      <translation>决定人(&amp;B)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/status_dialog.py" />
      <source>New &amp;status</source>
      <translation>新状态(&amp;S)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/status_dialog.py" />
      <source>Risks</source>
      <translation>风险</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>Choose the layer of the risk list first.</source>
      <translation>请先选择风险清单图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>Continue an earlier workshop</source>
      <translation>继续以前的研判会</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>Name {symbols}, then Return</source>
      <translation>输入姓名和{symbols}，然后按回车键</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>Risk {number} of {total}; {settled} settled; {present} present</source>
      <translation>第{number}个风险，共{total}个；已议定{settled}个；参会{present}人</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>Save minutes</source>
      <translation>保存纪要</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>Select a participant in the table first.</source>
      <translation>请先在表中选择一名参会人。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>The history of levels lies in the memory only. Save the layer “{layer}” to a file before you close the project.</source>
      <translation>等级变更历史仅在内存中。请在关闭项目前将图层“{layer}”保存到文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>The layer of the risk list was taken out of the project. Save the minutes, add the layer and continue the workshop from its log {log}.</source>
      <translation>风险清单图层已从项目中移除。请保存纪要，添加该图层，再从记录{log}继续研判会。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>The minutes are saved in “{path}”.</source>
      <translation>纪要已保存到“{path}”。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>The workshop is closed.</source>
      <translation>研判会已结束。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop.py" />
      <source>{count} risks were assessed. Minutes: {path}</source>
      <translation>已评估{count}个风险。纪要：{path}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_end.py" />
      <source>Finish the workshop</source>
      <translation>结束研判会</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_end.py" />
      <source>Finish without writing</source>
      <translation>结束但不写入</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_end.py" />
      <source>Write and finish</source>
      <translation>写入并结束</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_end.py" />
      <source>{settled} of {total} risks are settled. Write them into the risk list? Each change is noted in the history of levels.</source>
      <translation>{total}个风险中已议定{settled}个。是否写入风险清单？每项变更都会记入等级变更历史。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_entry.py" />
      <source>Type a name and {count} numbers with blanks between, e.g. {example}.</source>
      <translation>请输入姓名和{count}个数字，以空格分隔，如{example}。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_page.py" />
      <source>&amp;Finish…</source>
      <translation>结束(&amp;F)…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_page.py" />
      <source>Agenda</source>
      <translation>议程</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_page.py" />
      <source>Free name</source>
      <translation>释放姓名</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_page.py" />
      <source>Let the selected participant join again, e.g. with another phone.</source>
      <translation>允许所选参会人重新加入，例如更换手机时。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_page.py" />
      <source>Next risk</source>
      <translation>下一个风险</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_page.py" />
      <source>Previous risk</source>
      <translation>上一个风险</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_page.py" />
      <source>Save &amp;minutes…</source>
      <translation>保存纪要(&amp;M)…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_page.py" />
      <source>Settle</source>
      <translation>议定</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_page.py" />
      <source>Show &amp;opinions</source>
      <translation>显示意见(&amp;O)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_setup.py" />
      <source>&amp;Agenda</source>
      <translation>议程(&amp;A)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_setup.py" />
      <source>&amp;Risks</source>
      <translation>风险(&amp;R)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_setup.py" />
      <source>&amp;Start the workshop</source>
      <translation>开始研判会(&amp;S)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_setup.py" />
      <source>&amp;Title</source>
      <translation>标题(&amp;T)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_setup.py" />
      <source>All open risks, the worst first</source>
      <translation>全部未销号风险，最严重的在前</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_setup.py" />
      <source>Continue an earlier workshop…</source>
      <translation>继续以前的研判会…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_setup.py" />
      <source>Go through the risk list together: everybody gives factors, the facilitator settles, the minutes write themselves. Nothing leaves the local network.</source>
      <translation>共同逐条研判风险清单：人人给出因子，主持人议定，纪要自动生成。数据不出局域网。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/risk/workshop_setup.py" />
      <source>Selected risks ({count})</source>
      <translation>所选风险（{count}）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/context_menu.py" />
      <source>Copy code {code}</source>
      <translation>复制编码{code}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/context_menu.py" />
      <source>Findings on this feature</source>
      <translation>此要素的检查问题</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/context_menu.py" />
      <source>Open form</source>
      <translation>打开表单</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/context_menu.py" />
      <source>Open history</source>
      <translation>查看变更历史</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/context_menu.py" />
      <source>Pack this cell for the field…</source>
      <translation>将此网格打成外业包…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/context_menu.py" />
      <source>Show in the platform</source>
      <translation>在平台中显示</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/dock.py" />
      <source>Add your communities and streets to the project, or try every step on a town that is made up for you.</source>
      <translation>请将社区和道路添加到项目中，或在自动生成的样例城市上试用每一步。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/dock.py" />
      <source>Choose a step, or drag a layer onto the step that is to use it.</source>
      <translation>请选择一个步骤，或将图层拖到要使用它的步骤上。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/dock.py" />
      <source>Next step:</source>
      <translation>下一步：</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/found.py" />
      <source>Findings: {title}</source>
      <translation>检查问题：{title}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/lacking.py" />
      <source>How to install</source>
      <translation>如何安装</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/lacking.py" />
      <source>Python packages are missing or too old: {packages}. Everything else works.</source>
      <translation>缺少Python包或其版本过低：{packages}。其他功能均可使用。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/lacking.py" />
      <source>Wangge cannot start: Python packages are missing or too old: {packages}.</source>
      <translation>Wangge 网格无法启动：缺少Python包或其版本过低：{packages}。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/locating.py" />
      <source>given up</source>
      <translation>已停用</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/messages.py" />
      <source>Copy for support</source>
      <translation>复制以供技术支持</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/messages.py" />
      <source>Details</source>
      <translation>详细信息</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/messages.py" />
      <source>Something went wrong inside Wangge ({kind}). Copy the details for those who look after the plugin.</source>
      <translation>Wangge 网格插件内部出错（{kind}）。请将详细信息复制给插件维护人员。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/options.py" />
      <source>&amp;Name of the person who accepts findings</source>
      <translation>认可问题的人员姓名(&amp;N)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/options.py" />
      <source>A built-in profile or the path of the city's own TOML file. Of a connection only the name is kept; its password stays in QGIS's authentication store.</source>
      <translation>内置的城市配置，或本市自有TOML文件的路径。连接只保存名称；其密码仍保存在QGIS的身份验证库中。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/options.py" />
      <source>City &amp;profile</source>
      <translation>城市配置(&amp;P)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/options.py" />
      <source>Own profile…</source>
      <translation>本市配置…</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/options.py" />
      <source>Platform &amp;connection</source>
      <translation>平台连接(&amp;C)</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/options.py" />
      <source>Search words: unit grid, component, census, risk, finding, standard, database</source>
      <translation>检索词：单元网格、部件、普查、风险、问题、标准、数据库</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/options.py" />
      <source>What the dialogs propose</source>
      <translation>对话框中的默认值</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_editor.py" />
      <source>Choose a file that ends in .toml for the profile.</source>
      <translation>请为配置选择以 .toml 结尾的文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_editor.py" />
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_editor.py" />
      <source>Own profile</source>
      <translation>本市配置</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Abbreviation</source>
      <translation>缩写</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Accuracy</source>
      <translation>精度</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Accuracy class A (m)</source>
      <translation>A 级精度（米）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Accuracy class B (m)</source>
      <translation>B 级精度（米）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Accuracy class C (m)</source>
      <translation>C 级精度（米）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Allowed deviation from the target area (share)</source>
      <translation>面积允许偏差（比例）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Categories</source>
      <translation>类别</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>City</source>
      <translation>城市</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Class</source>
      <translation>小类</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Classes</source>
      <translation>部件分类</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Classes of components of the city's own</source>
      <translation>本市自有部件小类</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Coordinate reference system</source>
      <translation>坐标参照系</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Distance of duplicates (m)</source>
      <translation>重复判定距离（米）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>District codes, with commas</source>
      <translation>区（县）代码，用逗号分隔</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>EPSG number of the platform</source>
      <translation>平台的 EPSG 编号</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Edition of the standard</source>
      <translation>标准版本</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Encoding</source>
      <translation>编码</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Exchange and push</source>
      <translation>交换与推送</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Field</source>
      <translation>字段</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Fields</source>
      <translation>字段</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Fields of the city's own</source>
      <translation>本市自有字段</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Form of dates</source>
      <translation>日期格式</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Format of exchange</source>
      <translation>交换格式</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Geometries</source>
      <translation>几何类型</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Help in Chinese</source>
      <translation>中文说明</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Help in English</source>
      <translation>英文说明</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Key</source>
      <translation>主键字段</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Layer</source>
      <translation>图层</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Layers of the city's own</source>
      <translation>本市自有图层</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Length</source>
      <translation>长度</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Levels</source>
      <translation>层级</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>List</source>
      <translation>值列表</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Lists</source>
      <translation>值列表</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Major class in Chinese</source>
      <translation>大类中文名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Major class in English</source>
      <translation>大类英文名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Name</source>
      <translation>名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Name in Chinese</source>
      <translation>中文名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Name in English</source>
      <translation>英文名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Name in files</source>
      <translation>文件中的名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Name in packages</source>
      <translation>包中名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Names of fields in exchange packages</source>
      <translation>交换包中的字段名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Obligation</source>
      <translation>约束条件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Obligations that differ from the standard</source>
      <translation>与标准不同的约束条件</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Off</source>
      <translation>停用</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Parameters (name = value; …)</source>
      <translation>参数（名称 = 值; ……）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Rule</source>
      <translation>规则</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Rules</source>
      <translation>规则</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Rules that differ from the standard</source>
      <translation>与标准不同的规则设置</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Schema of the platform</source>
      <translation>平台的 schema</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Scheme of the risks</source>
      <translation>风险评分方案</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Search for facilities up to (m)</source>
      <translation>设施查询距离（米）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Service radius of a toilet (m)</source>
      <translation>公厕服务半径（米）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Severity</source>
      <translation>级别</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Snapping distance (m)</source>
      <translation>捕捉距离（米）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Subclasses (细类)</source>
      <translation>细类</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Synonyms</source>
      <translation>同义词</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Target area of a cell (m²)</source>
      <translation>单元网格目标面积（平方米）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Title in Chinese</source>
      <translation>中文名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Title in English</source>
      <translation>英文名称</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Tolerances</source>
      <translation>容差</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Type</source>
      <translation>类型</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Unit</source>
      <translation>单位</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Values added to lists</source>
      <translation>值列表中增加的值</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_form.py" />
      <source>Widest gap that is closed (m)</source>
      <translation>可闭合缝隙的最大宽度（米）</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_rows.py" />
      <source>“{text}” must look like: name = 3; other = "text" ({problem}).</source>
      <translation>“{text}”应写成：name = 3; other = "text"（{problem}）。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_widgets.py" />
      <source>Add row</source>
      <translation>添加一行</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/profile_widgets.py" />
      <source>Remove rows</source>
      <translation>删除所选行</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/running.py" />
      <source>Finished: {title}.</source>
      <translation>已完成：{title}。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/running.py" />
      <source>Open folder</source>
      <translation>打开文件夹</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/running.py" />
      <source>The algorithm “{id}” is not available here.</source>
      <translation>算法“{id}”在此处不可用。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/shell.py" />
      <source>Help</source>
      <translation>帮助</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/shell.py" />
      <source>There is no check for these findings. Run it from the toolbox.</source>
      <translation>没有与这些问题对应的检查。请从处理工具箱运行检查。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/shell.py" />
      <source>Welcome page</source>
      <translation>欢迎页</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/showing.py" />
      <source>The place cannot be shown in the project's coordinates. Check the coordinate reference system of the layer.</source>
      <translation>该位置无法用项目坐标显示。请检查图层的坐标参照系。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/showing.py" />
      <source>This row has no place on the map.</source>
      <translation>该行在地图上没有位置。</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/state.py" />
      <source>Open errors: {count}</source>
      <translation>待处理的错误：{count}</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/subjects.py" />
      <source>Component census</source>
      <translation>部件普查</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/subjects.py" />
      <source>General</source>
      <translation>通用</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/subjects.py" />
      <source>Platform database</source>
      <translation>平台数据库</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/subjects.py" />
      <source>Risk list</source>
      <translation>风险清单</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/subjects.py" />
      <source>Unit grids</source>
      <translation>单元网格</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/tree.py" />
      <source>Done</source>
      <translation>已完成</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/tree.py" />
      <source>More</source>
      <translation>更多</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/tree.py" />
      <source>Needs attention</source>
      <translation>需要处理</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/tree.py" />
      <source>Not yet possible</source>
      <translation>尚不可用</translation>
    </message>
    <message>
      <location filename="../../plugin/gui/shell/tree.py" />
      <source>Steps</source>
      <translation>步骤</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/atlas/book.py" />
      <source>The PDF “{path}” could not be written. Close it in other programs.</source>
      <translation>无法写入PDF“{path}”。请在其他程序中关闭该文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/atlas/template.py" />
      <source>The layout template “{path}” cannot be read. Save it again from QGIS's layout window, or take it out of the folder.</source>
      <translation>无法读取布局模板“{path}”。请在QGIS的布局窗口中重新保存，或将其移出该文件夹。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/atlas/template.py" />
      <source>The layout template “{template}” has no item “{item}”. Give the item that id again, or take the template out of the folder.</source>
      <translation>布局模板“{template}”中没有项“{item}”。请为该项重新设置此id，或将模板移出该文件夹。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/cell_edits.py" />
      <source>A cell is no longer where it was. Choose the cells again.</source>
      <translation>有网格的位置已发生变化。请重新选择网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/cell_edits.py" />
      <source>The layer “{layer}” has no field grid_code. Choose a layer of unit grids.</source>
      <translation>图层“{layer}”没有字段grid_code。请选择单元网格图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/cell_edits.py" />
      <source>The layer “{layer}” is in degrees. Reproject it to the city's metric coordinate reference system before you edit cells.</source>
      <translation>图层“{layer}”以度为单位。编辑网格前，请将其重投影到本市以米为单位的坐标参照系。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/cell_scenarios.py" />
      <source>Give the scenario a name of at most {count} characters, without quotation marks, slashes, colons and vertical bars.</source>
      <translation>请为方案取一个不超过 {count} 个字符的名称，不含引号、斜杠、冒号和竖线。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/cell_scenarios.py" />
      <source>Save the project first: the scenarios are kept beside it.</source>
      <translation>请先保存工程：方案保存在工程旁边。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/cell_scenarios.py" />
      <source>The layer “{layer}” shows only a part of its rows. Clear its filter first.</source>
      <translation>图层“{layer}”只显示了部分行。请先清除其过滤条件。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/cell_scenarios.py" />
      <source>The scenario “{name}” could not be deleted from “{path}”.</source>
      <translation>无法从“{path}”中删除方案“{name}”。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/cell_scenarios.py" />
      <source>The scenarios in “{path}” cannot be read: {reason}.</source>
      <translation>无法读取“{path}”中的方案：{reason}。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/cell_scenarios.py" />
      <source>There is a scenario “{name}” already. Choose another name or delete it.</source>
      <translation>已有方案“{name}”。请换一个名称或先将其删除。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/cell_scenarios.py" />
      <source>There is no scenario “{name}” any more.</source>
      <translation>方案“{name}”已不存在。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>Borders of areas</source>
      <translation>区域界线</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>Cases</source>
      <translation>案件</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>Cases not closed</source>
      <translation>未结案件</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>City risk list</source>
      <translation>城市风险清单</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>Components by unit grid</source>
      <translation>各网格部件数</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>Monitors</source>
      <translation>监测点</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>Municipal facilities</source>
      <translation>市政环卫设施</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>Share of cases closed</source>
      <translation>结案率</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>Share served by public toilets</source>
      <translation>公厕服务覆盖率</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>Video positions</source>
      <translation>视频点位</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/entries.py" />
      <source>Worst risk by unit grid</source>
      <translation>各网格最高风险等级</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/exporting.py" />
      <source>The file “{path}” cannot be written. Check that its folder exists and is writable.</source>
      <translation>文件“{path}”无法写入。请检查其文件夹是否存在且可写。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/exporting.py" />
      <source>The project “{path}” cannot be opened: {reason}.</source>
      <translation>工程“{path}”无法打开：{reason}。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/exporting.py" />
      <source>“{path}” has no layouts of a one map. Run “Create one map” first and give its project.</source>
      <translation>“{path}”中没有一张图的布局。请先运行“生成一张图”，再选择它的工程。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Alarms</source>
      <translation>报警</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Areas</source>
      <translation>区域</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Areas by share served</source>
      <translation>按覆盖率统计的区域数</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Cameras online</source>
      <translation>视频在线</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Cases by source</source>
      <translation>案件来源</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Cases found</source>
      <translation>上报案件</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Cases from found to closed</source>
      <translation>案件办理</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Closed</source>
      <translation>结案</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Components by major class</source>
      <translation>各大类部件数</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Defective</source>
      <translation>问题部件</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Devices by state</source>
      <translation>设备状态</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Facilities by kind</source>
      <translation>各类设施</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Found</source>
      <translation>上报</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Handled</source>
      <translation>处置</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Hours to close</source>
      <translation>平均结案小时</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Monitors online</source>
      <translation>监测在线</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Not closed</source>
      <translation>未结案</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Open risks by category</source>
      <translation>各类未销号风险</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Opened</source>
      <translation>立案</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Share closed</source>
      <translation>结案率</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Share handled</source>
      <translation>处置率</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Share opened</source>
      <translation>立案率</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>Surface served by toilets</source>
      <translation>公厕覆盖面积</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>not recorded</source>
      <translation>未记录</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/facts.py" />
      <source>without class</source>
      <translation>无类别</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Blue</source>
      <translation>蓝</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Facilities</source>
      <translation>设施</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Name of the area</source>
      <translation>区域名称</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Nearest (m)</source>
      <translation>最近（米）</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>One map: A3</source>
      <translation>一张图：A3</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>One map: wall screen</source>
      <translation>一张图：大屏</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Orange</source>
      <translation>橙</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Rank</source>
      <translation>排名</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Ranking of areas</source>
      <translation>区域排名</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Red</source>
      <translation>红</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Served</source>
      <translation>覆盖率</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Toilets</source>
      <translation>公厕</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/pages.py" />
      <source>Yellow</source>
      <translation>黄</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/project.py" />
      <source>Background</source>
      <translation>背景</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/project.py" />
      <source>The project “{path}” cannot be written: {reason}.</source>
      <translation>无法写入项目“{path}”：{reason}。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/symbols.py" />
      <source>closed</source>
      <translation>已结案</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/symbols.py" />
      <source>no open risk</source>
      <translation>无未销号风险</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/symbols.py" />
      <source>not closed</source>
      <translation>未结案</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/themes.py" />
      <source>Network operation</source>
      <translation>网络运行</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/themes.py" />
      <source>Supervision</source>
      <translation>监督</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/themes.py" />
      <source>The theme “{theme}” is left out: it needs {layers}.</source>
      <translation>未生成专题“{theme}”：需要{layers}。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/themes.py" />
      <source>cases, and communities or unit grids</source>
      <translation>案件，以及社区或单元网格</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/themes.py" />
      <source>components, cases or cameras</source>
      <translation>部件、案件或视频点位</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/themes.py" />
      <source>facilities or monitors</source>
      <translation>设施或监测点</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/city_map/themes.py" />
      <source>risks</source>
      <translation>风险</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/component_editing.py" />
      <source>Layer “{layer}” has no field “{field}”.</source>
      <translation>图层“{layer}”没有字段“{field}”。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/component_entry.py" />
      <source>Layer “{layer}” cannot be edited. Check that its file is writable and not opened read-only.</source>
      <translation>图层“{layer}”无法编辑。请检查其文件是否可写，且未以只读方式打开。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/component_entry.py" />
      <source>Layer “{layer}” refuses the edit; nothing was changed.</source>
      <translation>图层“{layer}”拒绝了此次编辑；未作任何更改。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/container.py" />
      <source>The file “{path}” cannot be replaced: {reason}. Close it elsewhere, then run again.</source>
      <translation>无法替换文件“{path}”：{reason}。请在别处关闭该文件，然后重新运行。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/container.py" />
      <source>The layer {layer} cannot be made in “{path}”: {reason}.</source>
      <translation>无法在“{path}”中创建图层{layer}：{reason}。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/expressions.py" />
      <source>Returns the code of the active unit grid in which a geometry lies: on a border the smallest code, for a line or polygon the cell with the largest share. The layer is found by its field grid_code unless it is given.</source>
      <translation>返回几何图形所在的在用单元网格的编码：在界线上时取最小的编码，线或面取占比最大的网格。未指定图层时，按字段grid_code查找图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/expressions.py" />
      <source>Returns the name of a component class. Without a standard the one whose codes have this length is taken; null where the code is not in its table.</source>
      <translation>返回部件类别的名称。未指定标准时，采用代码长度与之相符的标准；代码不在其分类表中时返回空值。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/expressions.py" />
      <source>The project has no layer of unit grids with grid_code.</source>
      <translation>项目中没有带grid_code的单元网格图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/geometry.py" />
      <source>Layer “{layer}” holds coordinates that cannot be converted from {source} to {target}. Check that the layer's coordinate reference system is the right one.</source>
      <translation>图层“{layer}”中有坐标无法从{source}转换为{target}。请检查该图层的坐标参照系是否正确。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/near.py" />
      <source>The facilities have no place on the map. Give a layer with points and a coordinate reference system.</source>
      <translation>设施没有位置。请选择带点位和坐标参照系的图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/near.py" />
      <source>The place {x}, {y} cannot be converted from {crs}. Check its coordinates.</source>
      <translation>位置 {x}, {y} 无法由 {crs} 转换。请检查坐标。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/near.py" />
      <source>There is no kind of facility “{kind}”. There are: {kinds}.</source>
      <translation>没有设施类型“{kind}”。现有类型：{kinds}。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/one_map.py" />
      <source>Levels over time</source>
      <translation>等级时序</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/one_map.py" />
      <source>Reviews overdue</source>
      <translation>逾期未复核</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/one_map.py" />
      <source>Risk density</source>
      <translation>风险密度</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/one_map.py" />
      <source>Risk map</source>
      <translation>风险图</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/one_map.py" />
      <source>Risks in four colours</source>
      <translation>四色风险</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/register.py" />
      <source>History of levels</source>
      <translation>等级变更历史</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/register.py" />
      <source>History of statuses</source>
      <translation>状态变更历史</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/register.py" />
      <source>Take over the workshop</source>
      <translation>写入研判会结果</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/register.py" />
      <source>The history of levels cannot be kept in “{path}”. Check that it is writable.</source>
      <translation>无法在“{path}”中保存等级变更历史。请检查其是否可写。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/register.py" />
      <source>The risk layer “{layer}” has no field “{field}”. Add it, then try again.</source>
      <translation>风险图层“{layer}”没有字段“{field}”。请添加该字段后重试。</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/register_watch.py" />
      <source>Edited by hand</source>
      <translation>手工编辑</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/whole_table.py" />
      <source>Components: areas</source>
      <translation>部件：面</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/whole_table.py" />
      <source>Components: lines</source>
      <translation>部件：线</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/whole_table.py" />
      <source>Components: points</source>
      <translation>部件：点</translation>
    </message>
    <message>
      <location filename="../../plugin/layers/writing.py" />
      <source>The output could not be written (from row {row} on). Check that the destination is writable and has room, then run again.</source>
      <translation>无法写入输出（从第{row}行起）。请检查目标位置是否可写、空间是否充足，然后重新运行。</translation>
    </message>
    <message>
      <location filename="../../plugin/main.py" />
      <source>The Python package Shapely does not fit the GEOS library of this QGIS, and Wangge may fail. Install it built from source: pip install --force-reinstall --no-binary shapely shapely</source>
      <translation>Python包Shapely与当前QGIS的GEOS库不匹配，Wangge 网格插件可能出错。请从源码编译安装：pip install --force-reinstall --no-binary shapely shapely</translation>
    </message>
    <message>
      <location filename="../../plugin/packages.py" />
      <source>Close QGIS, open Terminal and enter:
{command}</source>
      <translation>请关闭QGIS，打开“终端”并输入：
{command}</translation>
    </message>
    <message>
      <location filename="../../plugin/packages.py" />
      <source>Close QGIS, open a terminal and enter:
{command}</source>
      <translation>请关闭QGIS，打开终端并输入：
{command}</translation>
    </message>
    <message>
      <location filename="../../plugin/packages.py" />
      <source>Close QGIS, open the OSGeo4W Shell from the start menu and enter:
{command}</source>
      <translation>请关闭QGIS，从“开始”菜单打开OSGeo4W Shell并输入：
{command}</translation>
    </message>
    <message>
      <location filename="../../plugin/packages.py" />
      <source>Excel workbooks</source>
      <translation>Excel工作簿</translation>
    </message>
    <message>
      <location filename="../../plugin/packages.py" />
      <source>cutting, checking and comparing unit grids</source>
      <translation>单元网格的划分、检查和比较</translation>
    </message>
    <message>
      <location filename="../../plugin/packages.py" />
      <source>everything</source>
      <translation>全部功能</translation>
    </message>
    <message>
      <location filename="../../plugin/packages.py" />
      <source>the import of components from files</source>
      <translation>从文件导入部件</translation>
    </message>
    <message>
      <location filename="../../plugin/packages.py" />
      <source>the platform database</source>
      <translation>平台数据库</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/aggregation.py" />
      <source>Some areas are no polygons. Give a layer of polygons.</source>
      <translation>有的区域不是面。请提供面图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/aggregation.py" />
      <source>The areas have no geometry. Give a polygon layer.</source>
      <translation>区域没有几何图形。请提供面图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/aggregation.py" />
      <source>The risk layer has no geometry. Roll it up by codes instead.</source>
      <translation>风险图层没有几何图形。请改为按编码汇总。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/aggregation.py" />
      <source>The risks are in {first} and the areas in {second}. Bring both into one coordinate reference system.</source>
      <translation>风险采用{first}，区域采用{second}。请将两者统一到同一坐标参照系。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/atlas_data.py" />
      <source>The areas have no field {field}. Choose the field of the key.</source>
      <translation>区域图层没有字段{field}。请选择主键字段。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/history.py" />
      <source>Risk {code}: {reason}</source>
      <translation>风险{code}：{reason}</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/history.py" />
      <source>The field {field} holds text where numbers belong. Make it a number.</source>
      <translation>字段{field}应为数值，却含有文本。请将其改为数值字段。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/address_index.py" />
      <source>The address layer has no field address_name. Map it first.</source>
      <translation>地址图层没有字段address_name。请先为其设置字段映射。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/address_index.py" />
      <source>The address layer has no geometry. Give one with places.</source>
      <translation>地址图层没有几何图形。请提供带有位置的图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/excel.py" />
      <source>Reading .xlsx needs the Python package openpyxl, which this QGIS does not have. Save the file as .ods or .csv.</source>
      <translation>读取.xlsx需要Python包openpyxl，而当前QGIS中没有。请将文件另存为.ods或.csv。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/excel.py" />
      <source>The file {path} is in the old .xls form. Open it in a spreadsheet program and save it as .xlsx.</source>
      <translation>文件{path}为旧版.xls格式。请用电子表格程序打开，并另存为.xlsx。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>the risk has neither a level nor factors that give one. Assess it.</source>
      <translation>该风险既没有等级，也没有可得出等级的评分因子。请进行评估。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>the risk has no name. Give it one.</source>
      <translation>该风险没有名称。请填写名称。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>the spreadsheet kept {code} as a number and lost its last digits. Make the column text and type the code again.</source>
      <translation>电子表格将{code}存为数值，丢失了末尾几位。请将该列设为文本，并重新录入编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>the text has {length} characters, the field takes {most}. Shorten it.</source>
      <translation>文本有{length}个字符，该字段最多容纳{most}个。请缩短。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>{phone} is no phone number. Correct it.</source>
      <translation>{phone}不是电话号码。请更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>{stated} is stated, but by {scheme} it is {computed}, which was taken. Check the factors.</source>
      <translation>所填为{stated}，但按{scheme}计算为{computed}，已采用计算结果。请检查评分因子。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>{value} is no date. Write it as 2026-07-01.</source>
      <translation>{value}不是日期。请写成2026-07-01的形式。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>{value} is no known category; it was kept.</source>
      <translation>{value}不是已知的类别；已原样保留。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>{value} is no known status; taken as open.</source>
      <translation>{value}不是已知的状态；已按未治理（open）处理。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>{value} is no level. Use 重大, 较大, 一般, 低 or red, orange, yellow, blue.</source>
      <translation>{value}不是风险等级。请使用重大、较大、一般、低，或red、orange、yellow、blue。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>{value} is no number.</source>
      <translation>{value}不是数值。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/fields.py" />
      <source>{value} is no value of the scheme {scheme}.</source>
      <translation>{value}不是评分方案{scheme}的取值。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/importer.py" />
      <source>No sheet ({sheets}) has a heading of a risk list. It needs a row with headings such as 风险点, 地址, 风险等级; name the columns in the field map.</source>
      <translation>没有一个工作表（{sheets}）含有风险清单的表头。表头应为含有风险点、地址、风险等级等列名的一行；请在字段映射中指定各列。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/importer.py" />
      <source>the code {code} is in {where} already. Give each risk its own.</source>
      <translation>编码{code}已在{where}出现。请为每个风险设置各自的编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/importer.py" />
      <source>the code {code} is merged over several rows from {where} on. Give each risk its own, or put one risk in one row.</source>
      <translation>编码{code}所在的单元格自{where}起跨多行合并。请为每个风险设置各自的编码，或将一个风险写在一行内。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/importer.py" />
      <source>the whole row repeats {where}. Leave one out.</source>
      <translation>整行与{where}重复。请删去其中一行。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/issues.py" />
      <source>Sheet {sheet}, cell {cell}: {reason}</source>
      <translation>工作表{sheet}，单元格{cell}：{reason}</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/issues.py" />
      <source>The answers are no JSON object of cells and addresses, such as {example}.</source>
      <translation>答复不是形如{example}的单元格与地址对应的JSON对象。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/placing.py" />
      <source>Placing by {field} needs a layer with geometry and that field.</source>
      <translation>按{field}定位需要带有几何图形和该字段的图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/placing.py" />
      <source>longitude and latitude stand in each other's place; they were exchanged. Check the place.</source>
      <translation>经度与纬度互换了位置；已换回。请核对位置。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/placing.py" />
      <source>no address like {address} is known. Correct it or give coordinates.</source>
      <translation>没有与{address}相近的已知地址。请更正地址，或给出坐标。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/placing.py" />
      <source>the address {address} is found more than once: {candidates}. Choose one.</source>
      <translation>地址{address}有多个匹配：{candidates}。请选择其一。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/placing.py" />
      <source>the address {address} is not known; likely are {candidates}. Confirm one.</source>
      <translation>地址{address}未知；可能是{candidates}。请确认其一。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/placing.py" />
      <source>the answer {answer} is no address of the layer, or names several.</source>
      <translation>答复{answer}不是图层中的地址，或对应多个地址。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/placing.py" />
      <source>the coordinates are no two numbers. Correct them.</source>
      <translation>坐标不是两个数值。请更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/placing.py" />
      <source>the coordinates lie outside the city or are in another coordinate reference system. Correct them or place the risk by its address.</source>
      <translation>坐标位于城市范围之外，或采用了另一坐标参照系。请更正坐标，或按地址为该风险定位。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/placing.py" />
      <source>the row has no coordinates, no address that can be looked up, no component and no unit grid. Give one of them.</source>
      <translation>该行没有坐标，没有可查找的地址，也没有部件和单元网格。请给出其中之一。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/placing.py" />
      <source>there is no {code} in the layer. Correct the code.</source>
      <translation>图层中没有{code}。请更正编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/profile.py" />
      <source>The field map cannot be used: {reason}.</source>
      <translation>字段映射无法使用：{reason}。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/profile.py" />
      <source>The field map is neither JSON text nor a JSON file in UTF-8: {reason}.</source>
      <translation>字段映射既不是JSON文本，也不是UTF-8编码的JSON文件：{reason}。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/profile.py" />
      <source>columns must be an object of headings and fields</source>
      <translation>columns应为表头与字段对应的对象</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/profile.py" />
      <source>heading_height of {sheet} must be 1 to 10</source>
      <translation>{sheet}的heading_height应为1至10</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/profile.py" />
      <source>heading_row of {sheet} must be a row number from 1</source>
      <translation>{sheet}的heading_row应为从1起的行号</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/profile.py" />
      <source>it must be an object of headings and fields</source>
      <translation>应为表头与字段对应的对象</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/profile.py" />
      <source>its format is {format}, not {known}</source>
      <translation>其format为{format}，应为{known}</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/profile.py" />
      <source>the column {heading} is mapped to {field}, which is none of {fields}</source>
      <translation>列{heading}映射到{field}，而该字段不在{fields}之中</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/sheets.py" />
      <source>The file {path} cannot be read. Check the path.</source>
      <translation>无法读取文件{path}。请检查路径。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/sheets.py" />
      <source>The file {path} is damaged, protected by a password or of another kind than its name says. Open it in a spreadsheet program and save it as .xlsx.</source>
      <translation>文件{path}已损坏、有密码保护，或实际类型与扩展名不符。请用电子表格程序打开，并另存为.xlsx。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/sheets.py" />
      <source>The file {path} is larger than 500 MB. Split it.</source>
      <translation>文件{path}大于500 MB。请拆分。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/intake/sheets.py" />
      <source>The file {path} is no spreadsheet that can be read. Give xlsx, ods or csv.</source>
      <translation>文件{path}不是可读取的电子表格。请提供xlsx、ods或csv文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/register.py" />
      <source>Give a reason for closing risk {code} or opening it again.</source>
      <translation>请填写将风险{code}销号或重新打开的原因。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/register.py" />
      <source>Give a reason for the new level of risk {code}.</source>
      <translation>请填写风险{code}等级变更的原因。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/register.py" />
      <source>Risk {code} cannot go from {old} to {new}.</source>
      <translation>风险{code}的状态不能由{old}变为{new}。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/register.py" />
      <source>Risk {code} was settled but is not in the layer. Add it again.</source>
      <translation>风险{code}已议定，但不在图层中。请将其重新添加。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/register.py" />
      <source>The field {field} of the risk layer is no date. Make it one.</source>
      <translation>风险图层的字段{field}不是日期。请将其改为日期字段。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/register.py" />
      <source>{level} is no level. Use one of {known}.</source>
      <translation>{level}不是风险等级。请使用{known}之一。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/register.py" />
      <source>{status} is no status. Use one of {known}.</source>
      <translation>{status}不是有效状态。请使用{known}之一。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>Scheme {source}, key {key}: {reason}</source>
      <translation>评分方案{source}，键{key}：{reason}</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>The scheme {path} cannot be read. Check the path.</source>
      <translation>无法读取评分方案{path}。请检查路径。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>The scheme {path} is no valid TOML text in UTF-8: {reason}.</source>
      <translation>评分方案{path}不是UTF-8编码的有效TOML文本：{reason}。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>The scheme {wanted} is not here; version {version} of it is. Score again with that version or give the file of the other one.</source>
      <translation>此处没有评分方案{wanted}，现有的是其版本{version}。请用该版本重新评分，或提供所需版本的文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>There is no scheme {id}. Give one of {known}, or the path of a TOML file.</source>
      <translation>没有评分方案{id}。请使用{known}之一，或TOML文件的路径。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>a number of 0 or more is needed here.</source>
      <translation>此处应为不小于0的数值。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>a text is needed here.</source>
      <translation>此处应为文本。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>a whole number from 1 is needed.</source>
      <translation>应为从1起的整数。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>it must be less than that of the band above.</source>
      <translation>应小于上一档的值。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>one or more tables are needed.</source>
      <translation>至少需要一个表。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>one value is listed more than once.</source>
      <translation>有取值重复列出。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>the bands must be {levels}, in this order.</source>
      <translation>各档应依次为{levels}。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>the lowest band takes every lower score: leave out.</source>
      <translation>最低一档涵盖所有更低的分值：请删去此项。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>there is no such key; use {allowed}.</source>
      <translation>没有这个键；请使用{allowed}。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>two factors share one field.</source>
      <translation>有两个评分因子使用同一字段。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>use small letters, digits and _ only, a letter first.</source>
      <translation>只能使用小写字母、数字和_，并以字母开头。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/schemes.py" />
      <source>{value} is none of {choices}.</source>
      <translation>{value}不在{choices}之中。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/scoring.py" />
      <source>{factor} is missing. Give one of {allowed}.</source>
      <translation>缺少{factor}。请从{allowed}中选择。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/scoring.py" />
      <source>{factor} is {value}, but {scheme} allows only {allowed}.</source>
      <translation>{factor}为{value}，但{scheme}只允许{allowed}。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workbook.py" />
      <source>The file {path} cannot be written. Close it in other programs.</source>
      <translation>无法写入文件{path}。请在其他程序中关闭该文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workbook.py" />
      <source>Writing .xlsx needs the Python package openpyxl, which this QGIS does not have.</source>
      <translation>写入.xlsx需要Python包openpyxl，而当前QGIS中没有。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/log.py" />
      <source>The workshop's log {path} cannot be written. Nothing was noted.</source>
      <translation>无法写入研判会记录{path}。未记录任何内容。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/minutes.py" />
      <source>Median (range), agreement</source>
      <translation>中位数（范围）、一致度</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/minutes.py" />
      <source>Not discussed</source>
      <translation>未讨论</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/minutes.py" />
      <source>Participants</source>
      <translation>参会人员</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/minutes.py" />
      <source>Reopened {count} times.</source>
      <translation>重新研判{count}次。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/minutes.py" />
      <source>Settled</source>
      <translation>已议定</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/minutes.py" />
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/minutes.py" />
      <source>{settled} of {total} risks</source>
      <translation>{total}个风险中的{settled}个</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/network.py" />
      <source>The workshop page cannot be opened on {address}. Choose one address of the local network, such as 192.168.1.20; all interfaces at once are not allowed.</source>
      <translation>无法在{address}上打开研判会页面。请选择一个局域网地址，如192.168.1.20；不允许同时使用所有网络接口。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/plan.py" />
      <source>“{path}” is no plan of a workshop. Choose the log (.jsonl) beside its plan.</source>
      <translation>“{path}”不是研判会计划。请选择计划旁的记录文件（.jsonl）。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/room.py" />
      <source>Lines {lines} of the log {path} cannot be read; they were left.</source>
      <translation>记录{path}的第{lines}行无法读取，已跳过。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/room.py" />
      <source>There is no risk on the agenda. Select risks to assess first.</source>
      <translation>议程中没有风险。请先选择要评估的风险。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/server.py" />
      <source>The workshop page cannot be opened on {address}, port {port}. Choose another address or port.</source>
      <translation>无法在{address}的端口{port}上打开研判会页面。请选择其他地址或端口。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/session.py" />
      <source>Give a name of 1 to {most} letters, digits or Chinese characters.</source>
      <translation>请填写由1至{most}个字母、数字或汉字组成的姓名。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/session.py" />
      <source>Give one value for each of {fields}.</source>
      <translation>请为{fields}各给出一个值。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/session.py" />
      <source>Join the workshop with your name first.</source>
      <translation>请先以您的姓名加入研判会。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/session.py" />
      <source>Keep the note below {most} characters.</source>
      <translation>备注请不要超过{most}个字符。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/session.py" />
      <source>The name has blanks too many.</source>
      <translation>姓名中有多余的空格。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/session.py" />
      <source>The name {name} is in use. Choose another.</source>
      <translation>姓名{name}已被使用。请另取一个。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/session.py" />
      <source>The risk {code} is not on the agenda.</source>
      <translation>风险{code}不在议程中。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/session.py" />
      <source>The workshop is full.</source>
      <translation>研判会人数已满。</translation>
    </message>
    <message>
      <location filename="../../plugin/risk/workshop/session.py" />
      <source>This risk is settled already.</source>
      <translation>该风险已议定。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/address_rules.py" />
      <source>A door plate needs its street; {field} is empty. Fill it in.</source>
      <translation>门牌应有所在街巷；{field}为空。请填写。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/address_rules.py" />
      <source>The coordinates in the table ({value}) lie {apart:.1f} m from the geometry. Recompute them.</source>
      <translation>表中的坐标（{value}）与几何图形相距{apart:.1f} m。请重新计算。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/address_rules.py" />
      <source>{field} is {value}, but the place lies in community “{actual}”. Correct it.</source>
      <translation>{field}为{value}，但该地点位于社区“{actual}”内。请更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/address_rules.py" />
      <source>{field} {value} is before the start {start}. Correct one of them.</source>
      <translation>{field}“{value}”早于启用日期{start}。请更正其中之一。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/address_rules.py" />
      <source>{field} “{value}” is the same as “{other}” but for the spelling. Keep one.</source>
      <translation>{field}“{value}”与“{other}”仅写法不同。请只保留一个。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/address_rules.py" />
      <source>{field} “{value}” is there twice on the same street; {first} has it too. Rename or retire one.</source>
      <translation>{field}“{value}”在同一街巷重复出现；{first}也使用该名称。请将其中一个改名或停用。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/address_rules.py" />
      <source>“{value}” begins while {other} still holds the name. Let the earlier one end first.</source>
      <translation>“{value}”启用时，{other}仍在使用该名称。请先停用较早的一个。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_duplicate_rules.py" />
      <source>The same geometry as feature {value}. Delete one or move it.</source>
      <translation>与要素{value}的几何图形相同。请删除或移动其中一个。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_duplicate_rules.py" />
      <source>{field} is the same as that of {value}. A copied feature needs a uuid of its own.</source>
      <translation>{field}与{value}相同。复制的要素应有自己的uuid。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_duplicate_rules.py" />
      <source>{field} {value} is there more than once; feature {first} has it too. Give each feature its own.</source>
      <translation>{field}“{value}”重复出现；要素{first}也使用该值。请为每个要素设置各自的值。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_duplicate_rules.py" />
      <source>{value} vertices are there twice. Remove the repeated ones.</source>
      <translation>有{value}个顶点重复。请删除重复的顶点。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>A coordinate is no finite number. Draw the feature again.</source>
      <translation>有坐标不是有限数值。请重新绘制该要素。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>A {value} does not belong into this layer; it holds {admitted}.</source>
      <translation>{value}不属于此图层；该图层只存放{admitted}。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>The coordinates {value} look like degrees, the layer is in metres. Reproject them.</source>
      <translation>坐标{value}像是经纬度，而图层以米为单位。请重投影。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>The feature has no geometry. Draw it or delete the row.</source>
      <translation>该要素没有几何图形。请绘制，或删除该行。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>The feature has {value} parts. Make each part a feature of its own.</source>
      <translation>该要素由{value}个部分组成。请将每个部分分别作为一个要素。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>The feature lies outside the district, at {value}. Check its place.</source>
      <translation>该要素位于辖区之外，在{value}处。请检查其位置。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>The geometry carries Z or M values. Drop them: the layer is flat.</source>
      <translation>几何图形带有Z值或M值。请去除：该图层为二维图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>The geometry is invalid: {reason}. Repair it.</source>
      <translation>几何图形无效：{reason}。请修复。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>The layer has no coordinate reference system. Set the one it was surveyed in; the project uses {project}.</source>
      <translation>图层没有坐标参照系。请设置为测量时所用的坐标参照系；项目采用{project}。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>The layer is in {value}, the project in {project}. Reproject the layer.</source>
      <translation>图层采用{value}，项目采用{project}。请对图层进行重投影。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_place_rules.py" />
      <source>x and y are swapped: {value}. Exchange them.</source>
      <translation>x与y互换了：{value}。请换回。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_text_rules.py" />
      <source>{field} begins or ends with a blank: “{value}”. Trim it.</source>
      <translation>{field}首尾有空格：“{value}”。请删除。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_text_rules.py" />
      <source>{field} holds broken or private characters: “{value}”. The encoding was wrong; import it again or type it anew.</source>
      <translation>{field}含有乱码或私用区字符：“{value}”。读取时的编码有误；请重新导入，或重新录入。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_text_rules.py" />
      <source>{field} holds full-width digits or letters: “{value}”. Use ASCII.</source>
      <translation>{field}含有全角数字或字母：“{value}”。请改为半角（ASCII）。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_text_rules.py" />
      <source>{field} holds invisible characters: “{value}”. Remove them.</source>
      <translation>{field}含有不可见字符：“{value}”。请删除。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_text_rules.py" />
      <source>“{value}” is not in the list of {field}. Choose one of: {listed}.</source>
      <translation>“{value}”不在{field}的取值列表中。请从以下取值中选择：{listed}。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_value_rules.py" />
      <source>The layer lacks the mandatory field {field}. Add it.</source>
      <translation>图层缺少必填字段{field}。请添加。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_value_rules.py" />
      <source>{field} has {count} characters, {length} are allowed. Shorten “{value}”.</source>
      <translation>{field}有{count}个字符，最多允许{length}个。请缩短“{value}”。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_value_rules.py" />
      <source>{field} is before {earliest}: {value}. Correct the date.</source>
      <translation>{field}早于{earliest}：{value}。请更正日期。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_value_rules.py" />
      <source>{field} is mandatory and empty. Fill it in.</source>
      <translation>{field}为必填项，但为空。请填写。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_value_rules.py" />
      <source>{field} is stored as {value} and loses leading zeros. Make it text of {length} characters.</source>
      <translation>{field}以{value}类型存储，会丢失前导零。请改为长度{length}的文本字段。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_value_rules.py" />
      <source>{field} lies in the future: {value}. Correct the date.</source>
      <translation>{field}晚于今天：{value}。请更正日期。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_value_rules.py" />
      <source>{field} must be a date such as 20260701; “{value}” is none.</source>
      <translation>{field}应为形如20260701的日期；“{value}”不是日期。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/common_value_rules.py" />
      <source>{field} must be a number; “{value}” is none. Correct it.</source>
      <translation>{field}应为数值；“{value}”不是数值。请更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_code_rules.py" />
      <source>Codes beginning with {value} run up to {last}, but {missing} numbers are missing. Check that no package was forgotten.</source>
      <translation>以{value}开头的编码已编到{last}，但缺少{missing}个号码。请检查是否遗漏了外业包。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_code_rules.py" />
      <source>{field} {value} begins with district {district}, which is not the district it lies in. Number it again.</source>
      <translation>{field}“{value}”以区（县）{district}开头，但该部件不在此区（县）内。请重新编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_code_rules.py" />
      <source>{field} {value} belongs to another component on the platform. Give this one a new code.</source>
      <translation>{field}“{value}”已被平台上的另一部件占用。请为本部件另取新编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_code_rules.py" />
      <source>{field} {value} ends with sequence 000000; it begins with 1.</source>
      <translation>{field}“{value}”以顺序号000000结尾；顺序号应从1开始。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_code_rules.py" />
      <source>{field} {value} holds class {inside}, the class of the feature is {declared}. Correct the class or number it again.</source>
      <translation>{field}“{value}”中的类别为{inside}，而要素的类别为{declared}。请更正类别，或重新编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_code_rules.py" />
      <source>{field} {value} is a class of the city's own, which are numbered {first:03d}–999 within a major class. Renumber the class.</source>
      <translation>{field}“{value}”为本市扩展类别，扩展类别在大类内应编为{first:03d}–999。请对该类别重新编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_code_rules.py" />
      <source>{field} {value} is no longer in use. Choose its successor.</source>
      <translation>{field}“{value}”已不再使用。请选择取代它的代码。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_code_rules.py" />
      <source>{field} “{value}” is not in the class table of {edition}. Choose a class of the table, or add it to the city's profile. {caution}</source>
      <translation>{field}“{value}”不在{edition}的分类表中。请从分类表中选择类别，或将其添加到城市配置。{caution}</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_code_rules.py" />
      <source>{field} “{value}” must have {width} digits under {edition}. Number it again, or declare the edition it follows.</source>
      <translation>{field}“{value}”在{edition}中应为{width}位数字。请重新编号，或声明其所依据的标准版本。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_pattern_rules.py" />
      <source>Unit grid {cell} holds no component. Check that it was surveyed.</source>
      <translation>单元网格{cell}内没有部件。请核实是否已普查。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_pattern_rules.py" />
      <source>Unit grid {cell} holds {value} components of class {kind}, its neighbours {usual:.1f} on average. Check that none was recorded several times.</source>
      <translation>单元网格{cell}内有{value}个类别为{kind}的部件，而相邻网格平均为{usual:.1f}个。请核实是否重复采集。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_photo_rules.py" />
      <source>The photo “{value}” has {size} bytes. Replace it by a good one.</source>
      <translation>照片“{value}”的大小为{size}字节。请更换为有效的照片。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_photo_rules.py" />
      <source>The photo “{value}” is not there. Copy it or correct the name.</source>
      <translation>照片“{value}”不存在。请复制该照片，或更正名称。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_photo_rules.py" />
      <source>The same photo as component {value}. Take one for each.</source>
      <translation>与部件{value}使用同一张照片。请为每个部件各拍一张。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_place_rules.py" />
      <source>Perhaps the same component as {value}, {distance:.2f} m away and of the same class. Delete one, or accept both.</source>
      <translation>可能与{value}是同一部件，相距{distance:.2f} m且类别相同。请删除其中一个，或对两者予以认可。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_place_rules.py" />
      <source>The component lies in no unit grid. Check its place, or the unit grids.</source>
      <translation>该部件不在任何单元网格内。请检查其位置，或检查单元网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_place_rules.py" />
      <source>The component runs through {value} unit grids. Divide it at their borders, or accept it under the cell it is managed from.</source>
      <translation>该部件跨越{value}个单元网格。请在网格界线处断开，或按其实际管理所在的网格予以认可。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_place_rules.py" />
      <source>The coordinates {value} have {decimals} decimals or fewer, too few to find the component again. Export them again with all decimals.</source>
      <translation>坐标{value}只有{decimals}位或更少小数，不足以重新找到该部件。请保留全部小数位重新导出。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_place_rules.py" />
      <source>{field} is {value}, but the component lies in {actual}. Correct it.</source>
      <translation>{field}为{value}，但该部件位于{actual}内。请更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_surroundings_rules.py" />
      <source>A component of class {value} lies in water. Check its place.</source>
      <translation>类别为{value}的部件位于水域中。请检查其位置。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_surroundings_rules.py" />
      <source>A component of class {value} lies inside a building. Check its place.</source>
      <translation>类别为{value}的部件位于建筑物内。请检查其位置。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_surroundings_rules.py" />
      <source>A manhole cover of class {value} lies on the carriageway. Check that its class and its load rating fit.</source>
      <translation>类别为{value}的井盖位于车行道上。请核实其类别和承载等级是否合适。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_value_rules.py" />
      <source>Accuracy {value} calls for a survey on site, but the source is “{source}”. Correct the grade or the source.</source>
      <translation>精度等级{value}要求实地测量，但数据来源为“{source}”。请更正等级或来源。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_value_rules.py" />
      <source>Class {value} is drawn as {admitted}, not as {drawn}. Draw it again.</source>
      <translation>类别{value}应绘制为{admitted}，而不是{drawn}。请重新绘制。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_value_rules.py" />
      <source>{field} is empty although {other} is “{given}”. Fill it in.</source>
      <translation>{other}为“{given}”，但{field}为空。请填写。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_value_rules.py" />
      <source>{field} is empty, but the status is {status}. Enter the date of change.</source>
      <translation>{field}为空，但状态为{status}。请填写变更日期。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_value_rules.py" />
      <source>{field} is “{value}”, but {code} is registered as “{registered}”. Correct one of them.</source>
      <translation>{field}为“{value}”，但{code}登记的名称为“{registered}”。请更正其中之一。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_value_rules.py" />
      <source>{field} {value} is before the first date {first}. Correct one of them.</source>
      <translation>{field}“{value}”早于初始日期{first}。请更正其中之一。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_value_rules.py" />
      <source>{field} {value} is not in the register of departments.</source>
      <translation>{field}“{value}”不在部门登记表中。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/component_value_rules.py" />
      <source>{field} {value} is not in the register of departments. Choose a registered one.</source>
      <translation>{field}“{value}”不在部门登记表中。请选择已登记的部门。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/department_rules.py" />
      <source>{field} {value} is not in the register. Correct it or add it.</source>
      <translation>{field}“{value}”不在登记表中。请更正，或将其添加到登记表。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/department_rules.py" />
      <source>{field} “{value}” is no unified social credit code: 18 characters, the last one checks the others. Look it up again.</source>
      <translation>{field}“{value}”不是统一社会信用代码：应为18个字符，末位为校验码。请重新核实。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>Checking the layer {layer} with {count} rules.</source>
      <translation>正在用{count}条规则检查图层{layer}。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>It does not apply to {edition}.</source>
      <translation>该规则不适用于{edition}。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>It needs {reference}, which was not given.</source>
      <translation>该规则需要{reference}，但未提供。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>Rule {rule}: {count} violations in {layer}; only the first {shown} are listed.</source>
      <translation>规则{rule}：图层{layer}中有{count}处问题；只列出前{shown}处。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>The layer {layer} has no field {field}.</source>
      <translation>图层{layer}没有字段{field}。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>The profile switches it off.</source>
      <translation>城市配置停用了该规则。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the CRS of the project</source>
      <translation>项目的坐标参照系</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the buildings</source>
      <translation>建筑物</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the carriageways</source>
      <translation>车行道</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the codes on the platform</source>
      <translation>平台上的编码</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the communities</source>
      <translation>社区</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the component codes</source>
      <translation>部件标识码</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the extent of the district</source>
      <translation>辖区范围</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the levels of the previous edition</source>
      <translation>上一版的层级数据</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the lineage table</source>
      <translation>沿革表</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the photos</source>
      <translation>照片</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the platform table</source>
      <translation>平台数据表</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the register of departments</source>
      <translation>部门登记表</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the retired codes</source>
      <translation>已停用编码</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the risk schemes</source>
      <translation>评分方案</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the streets, rivers and railways</source>
      <translation>道路、河流和铁路</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the unit grids</source>
      <translation>单元网格</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the unit grids before the update</source>
      <translation>更新前的单元网格</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/engine.py" />
      <source>the water areas</source>
      <translation>水域</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_code_rules.py" />
      <source>In community {community} the sequence lacks {value}. Nothing to do if those cells were retired.</source>
      <translation>社区{community}的顺序号缺少{value}。如果这些网格已停用，则无需处理。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_code_rules.py" />
      <source>The cell comes after {value} but lies further north or west of it. Number the community again from west to east and north to south, if codes may change.</source>
      <translation>该网格的编号在{value}之后，位置却在其北侧或西侧。如果允许改动编码，请对该社区按自西向东、自北向南重新编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_code_rules.py" />
      <source>{field} is {value}, but the cell lies in community {actual}. Correct it.</source>
      <translation>{field}为{value}，但该网格位于社区{actual}内。请更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_code_rules.py" />
      <source>{field} {value} begins with another community than {declared}. Correct the community or number the cell again.</source>
      <translation>{field}“{value}”前12位与所填社区{declared}不一致。请更正社区代码，或对该网格重新编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_code_rules.py" />
      <source>{field} {value} has sequence 0; cells are numbered from 001 to 999.</source>
      <translation>{field}“{value}”的顺序号为0；网格从001编到999。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_code_rules.py" />
      <source>{field} {value} has the same community and sequence as {other}. Number one again.</source>
      <translation>{field}“{value}”的社区和顺序号与{other}相同。请对其中一个重新编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_code_rules.py" />
      <source>{field} {value} is no community of the layer. Correct it.</source>
      <translation>{field}“{value}”不是社区图层中的社区。请更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_code_rules.py" />
      <source>{field} “{value}” must have {width} digits: district, street, community, sequence. Number the cell.</source>
      <translation>{field}“{value}”应为{width}位数字：区（县）、街道、社区、顺序号。请为该网格编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_coverage_rules.py" />
      <source>The border of the community cuts building {value}. Ask whose it is, or allow it.</source>
      <translation>社区界线穿越了建筑物{value}。请核实该建筑物的归属，或予以许可。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_coverage_rules.py" />
      <source>The border of the unit grid cuts building {value} into {count} pieces. Lead it around the building, or allow it.</source>
      <translation>单元网格界线将建筑物{value}切成{count}块。请让界线绕开该建筑物，或予以许可。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_coverage_rules.py" />
      <source>The unit grid lies outside all communities. Delete or move it.</source>
      <translation>单元网格位于所有社区之外。请删除或移动。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_coverage_rules.py" />
      <source>The unit grid overlaps {value} by {size:.3f} m². Move the border so that the ground belongs to one.</source>
      <translation>单元网格与{value}重叠{size:.3f} m²。请移动界线，使该处只属于一个网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_coverage_rules.py" />
      <source>{size:.3f} m² of community {value} belong to no unit grid. Extend the cells around.</source>
      <translation>社区{value}有{size:.3f} m²不属于任何单元网格。请扩展周围的网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_coverage_rules.py" />
      <source>{size:.3f} m² of the unit grid lie outside its community {value}. Cut it at the community's border.</source>
      <translation>单元网格有{size:.3f} m²超出所在社区{value}。请沿社区界线裁切。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_coverage_rules.py" />
      <source>{value} edges of the unit grid are not edges of the cell beside it: a vertex is missing or moved. Repair the coverage.</source>
      <translation>单元网格有{value}条边与相邻网格的边不一致：缺少顶点或顶点有偏移。请修复网格覆盖。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_history_rules.py" />
      <source>Cell {value} is gone, but the lineage does not say what became of it.</source>
      <translation>网格{value}已不存在，但沿革中没有说明其去向。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_history_rules.py" />
      <source>Cell {value} is new, but the lineage does not say what it was made from.</source>
      <translation>网格{value}为新增，但沿革中没有说明其来源。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_history_rules.py" />
      <source>Management grid {value}: {problems}. Compose it anew.</source>
      <translation>管理网格{value}：{problems}。请重新组合。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_history_rules.py" />
      <source>The shape of cell {value} changed by {percent:.1f} %, but the lineage does not say so.</source>
      <translation>网格{value}的形状变化了{percent:.1f} %，但沿革中没有记录。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_history_rules.py" />
      <source>it has {count} cells, {most} at most</source>
      <translation>包含{count}个单元网格，最多允许{most}个</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_history_rules.py" />
      <source>its cells belong to several communities</source>
      <translation>所含单元网格分属多个社区</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_history_rules.py" />
      <source>its cells do not adjoin each other</source>
      <translation>所含单元网格互不相邻</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_history_rules.py" />
      <source>{field} {value} belonged to a cell that was retired; a code is never used again. Take the next free one.</source>
      <translation>{field}“{value}”属于已停用的网格；编码不得再次使用。请取下一个可用编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_history_rules.py" />
      <source>{field} {value} lies ahead; a cell in use has none. Empty it until the cell retires.</source>
      <translation>{field}“{value}”晚于今天；在用网格没有终止日期。在网格停用之前，请将其清空。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_shape_rules.py" />
      <source>In community {community} only {value} of the borders between cells follow streets, rivers or railways; {least} are wanted.</source>
      <translation>社区{community}内，网格之间的界线只有{value}沿道路、河流或铁路；要求不低于{least}。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_shape_rules.py" />
      <source>The unit grid is a sliver about {value} m wide; at least {least} m is wanted. Merge it with a neighbour.</source>
      <translation>单元网格是宽约{value} m的碎面；宽度应不小于{least} m。请将其与相邻网格合并。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_shape_rules.py" />
      <source>The unit grid is ragged or long: compactness {value} (a square has 0.785), at least {least} is wanted. Redraw its border.</source>
      <translation>单元网格形状参差或过于狭长：紧凑度为{value}（正方形为0.785），应不小于{least}。请重新绘制界线。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_shape_rules.py" />
      <source>The unit grid measures {value} m²; the target is {target:.0f} m² ± {percent:.0f} %. Merge or divide it.</source>
      <translation>单元网格面积为{value} m²；目标面积为{target:.0f} m² ± {percent:.0f} %。请合并或拆分。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_shape_rules.py" />
      <source>{field} is {value}, the geometry measures {measured}. Recompute.</source>
      <translation>{field}为{value}，按几何图形量算为{measured}。请重新计算。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/grid_shape_rules.py" />
      <source>{field} is {value}, the median of all cells {middle:.4g}. Divide or merge the cell.</source>
      <translation>{field}为{value}，全部网格的中位数为{middle:.4g}。请拆分或合并该网格。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/offset.py" />
      <source>The features lie {value} m ({east:+.0f} m east, {north:+.0f} m north) beside the unit grids they name, as data in GCJ-02 do. Ask for the data in CGCS2000; do not shift them by hand.</source>
      <translation>要素相对其所填单元网格偏移{value} m（向东{east:+.0f} m，向北{north:+.0f} m），与GCJ-02数据的偏移相符。请索取CGCS2000坐标的数据；请勿手动平移。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/overrides.py" />
      <source>The profile names rule {rule}, which does not exist. Correct the id.</source>
      <translation>城市配置中的规则{rule}不存在。请更正规则编号。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/overrides.py" />
      <source>The profile sets {name} = {value} for rule {rule}, which does not know that. See the list of rules for its parameters.</source>
      <translation>城市配置为规则{rule}设置了{name} = {value}，但该规则没有此参数。请在规则目录中查看其参数。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>The column {field} holds {value} characters, {length} are needed.</source>
      <translation>列{field}只能容纳{value}个字符，需要{length}个。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>The column {field} is {value} on the platform, {type} is needed.</source>
      <translation>列{field}在平台上的类型为{value}，需要的类型为{type}。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>The layer has SRID {value}, the table {srid}. Reproject before the push.</source>
      <translation>图层的SRID为{value}，数据表的SRID为{srid}。请在推送前重投影。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>The push was logged without {value}. Report this fault.</source>
      <translation>推送日志缺少{value}。请报告此故障。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>The table {table} lacks the column {value}. Upgrade it.</source>
      <translation>数据表{table}缺少列{value}。请升级该表。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>The table {value} is not on the platform. Install or upgrade it.</source>
      <translation>平台上没有数据表{value}。请安装或升级平台。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>{field} {value} belongs to another feature on the platform. Give this one a new code.</source>
      <translation>{field}“{value}”已被平台上的另一要素占用。请为本要素另取新编码。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>{field} {value} is not on the platform yet. Push what it names first.</source>
      <translation>平台上还没有{field}“{value}”。请先推送其所引用的数据。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>{field} {value} was retired; a code is never used again.</source>
      <translation>{field}“{value}”已停用；编码不得再次使用。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>{source} rows were read but {value} accounted for. Revert the batch.</source>
      <translation>读取了{source}行，但只有{value}行有处理结果。请撤销该批次。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/push_rules.py" />
      <source>{value} was changed on the platform since it was pulled. Pull again and merge.</source>
      <translation>{value}自拉取以后已在平台上被修改。请重新拉取并合并。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>(outside, or without a place)</source>
      <translation>（社区之外或无位置）</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Accepted</source>
      <translation>已认可</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Accepted by</source>
      <translation>认可人</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>And {count} more (accepted ones included); the finding layer lists them.</source>
      <translation>另有{count}条（含已认可的）；请查看问题图层中的完整列表。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>By community, the worst first</source>
      <translation>按社区统计（问题最多的在前）</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Check of layer {layer}</source>
      <translation>图层{layer}的检查</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Date</source>
      <translation>日期</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Each place below opens in QGIS, with the findings and the layer. Where the browser only saves a copy, open the file in the folder “{folder}”.</source>
      <translation>点下面的位置，即在 QGIS 中打开并显示问题和被检查的图层。如果浏览器只是另存副本，请打开文件夹“{folder}”中的文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Errors</source>
      <translation>错误</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Feature</source>
      <translation>要素</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Not run</source>
      <translation>未运行</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Notes</source>
      <translation>提示</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Open it with QGIS to go from finding to finding. A place below can be pasted into the search field of QGIS.</source>
      <translation>用 QGIS 打开该文件可逐条查看问题；也可将下文的位置粘贴到 QGIS 的搜索框中定位。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Place</source>
      <translation>位置</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Reason</source>
      <translation>原因</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Rows</source>
      <translation>行数</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Rules not run</source>
      <translation>未运行的规则</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Rules run</source>
      <translation>已运行的规则</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Source</source>
      <translation>来源</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Standard</source>
      <translation>标准</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Suggested value</source>
      <translation>建议值</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Summary</source>
      <translation>汇总</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Title</source>
      <translation>标题</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Violations</source>
      <translation>问题数</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Warnings</source>
      <translation>警告</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>What to do</source>
      <translation>处理办法</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>Why it was not run</source>
      <translation>未运行的原因</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>error</source>
      <translation>错误</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>note</source>
      <translation>提示</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/report_html.py" />
      <source>warning</source>
      <translation>警告</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>A red risk without monitoring or plan; {field} is empty. Fill it in.</source>
      <translation>红色风险既无监测也无预案；{field}为空。请填写。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>A risk of level {level} needs control measures; {field} is empty. Fill it in.</source>
      <translation>等级为{level}的风险应有管控措施；{field}为空。请填写。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>The review was due on {value}. Review the risk and set a new date.</source>
      <translation>复核应于{value}前完成。请复核该风险并设定新的日期。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>The risk is scored, but {field} is empty. Record the scheme used.</source>
      <translation>该风险已评分，但{field}为空。请记录所用的评分方案。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>{field} is empty. A risk of level {level} is reviewed every {days} days.</source>
      <translation>{field}为空。等级为{level}的风险应每{days}天复核一次。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>{field} is empty; scheme {scheme} needs it. Fill it in.</source>
      <translation>{field}为空；评分方案{scheme}需要该值。请填写。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>{field} is {value}; scheme {scheme} admits {allowed}. Choose one.</source>
      <translation>{field}为{value}；评分方案{scheme}允许的取值为{allowed}。请选择其一。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>{field} is {value}; scheme {scheme} gives {expected} for a score of {score:.6g}. Score again, or state the reason.</source>
      <translation>{field}为{value}；按评分方案{scheme}，分值{score:.6g}应为{expected}。请重新评分，或说明理由。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>{field} is {value}; scheme {scheme} gives {score:.6g}. Score again.</source>
      <translation>{field}为{value}；按评分方案{scheme}应为{score:.6g}。请重新评分。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>{field} went from {before} to {value} without a reason. State it.</source>
      <translation>{field}由{before}变为{value}，但没有理由。请说明理由。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>{field} {value} is too late: level {level} is reviewed within {days} days. Set an earlier date.</source>
      <translation>{field}“{value}”过晚：等级为{level}的风险应在{days}天内复核。请设定更早的日期。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_level_rules.py" />
      <source>{field} “{value}” is not known. Known are: {known}.</source>
      <translation>{field}“{value}”未知。已知的有：{known}。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_register_rules.py" />
      <source>{field} is empty. A risk needs unit, person and phone.</source>
      <translation>{field}为空。风险应有责任单位、责任人和联系电话。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_register_rules.py" />
      <source>{field} is {value}, but the risk lies in “{actual}”. Correct it.</source>
      <translation>{field}为{value}，但该风险位于“{actual}”。请更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_register_rules.py" />
      <source>{field} {value}: there is no such component. Correct the link.</source>
      <translation>{field}“{value}”：没有这个部件。请更正关联。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_register_rules.py" />
      <source>{field} “{value}” is no telephone number. Correct it.</source>
      <translation>{field}“{value}”不是电话号码。请更正。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/risk_register_rules.py" />
      <source>“{value}” is registered twice here; {first} is the same. Delete one.</source>
      <translation>“{value}”在此处登记了两次；{first}与其相同。请删除其中一条。</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/running.py" />
      <source>It stopped at a geometry that cannot be computed with: {detail}</source>
      <translation>该规则在无法参与计算的几何图形处中止：{detail}</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/validity.py" />
      <source>a hole lies in a hole</source>
      <translation>洞中有洞</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/validity.py" />
      <source>a hole lies outside</source>
      <translation>洞在外环之外</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/validity.py" />
      <source>a part has too few points</source>
      <translation>组成部分的点数不足</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/validity.py" />
      <source>a part lies in a part</source>
      <translation>部分之间相互包含</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/validity.py" />
      <source>a ring is there twice</source>
      <translation>环重复</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/validity.py" />
      <source>a ring touches itself</source>
      <translation>环自接触</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/validity.py" />
      <source>its border crosses itself</source>
      <translation>边界自相交</translation>
    </message>
    <message>
      <location filename="../../plugin/rules/validity.py" />
      <source>its holes cut it apart</source>
      <translation>洞把内部隔断</translation>
    </message>
    <message>
      <location filename="../../plugin/sample/city.py" />
      <source>A sample city needs at least {least} components, not {given}.</source>
      <translation>样例城市至少需要{least}个部件，给定的为{given}个。</translation>
    </message>
    <message>
      <location filename="../../plugin/sample/city.py" />
      <source>A sample city needs at least {least} km², not {given}. Enlarge its area.</source>
      <translation>样例城市至少需要{least} km²，给定的为{given} km²。请增大面积。</translation>
    </message>
    <message>
      <location filename="../../plugin/sample/city.py" />
      <source>Blocks and communities are laid out.</source>
      <translation>街区和社区已布设。</translation>
    </message>
    <message>
      <location filename="../../plugin/sample/city.py" />
      <source>Components are placed.</source>
      <translation>部件已布设。</translation>
    </message>
    <message>
      <location filename="../../plugin/sample/city.py" />
      <source>Streets and buildings stand.</source>
      <translation>道路和建筑物已生成。</translation>
    </message>
    <message>
      <location filename="../../plugin/sample/components.py" />
      <source>The sample city would hold {count} components of class {code}; a district numbers at most 999999. Ask for fewer components or a larger area.</source>
      <translation>样例城市将有{count}个类别为{code}的部件；一个区（县）最多编号到999999。请减少部件数量，或增大面积。</translation>
    </message>
    <message>
      <location filename="../../plugin/sample/furniture.py" />
      <source>The sample city has no room for {count} more components. Ask for fewer components or a larger area.</source>
      <translation>样例城市已没有空间再放置{count}个部件。请减少部件数量，或增大面积。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/chinese.py" />
      <source>a blank at position {position}</source>
      <translation>第{position}位有空格</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/chinese.py" />
      <source>the full-width character {character} at position {position}</source>
      <translation>第{position}位有全角字符{character}</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/chinese.py" />
      <source>the invisible character {character} at position {position}</source>
      <translation>第{position}位有不可见字符{character}</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/classes.py" />
      <source>Line {line} of the class table {path} is wrong: {problem}.</source>
      <translation>分类表{path}第{line}行有误：{problem}。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/classes.py" />
      <source>Major class {major} has no free code left for extensions.</source>
      <translation>大类{major}已没有可用于扩展的代码。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/classes.py" />
      <source>The city's own class {code} “{name}” lies among the standard's codes; own minor classes begin with {first}.</source>
      <translation>本市扩展类别{code}“{name}”落在标准代码范围内；扩展小类应从{first}开始。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/classes.py" />
      <source>The class code {code} is given twice, to “{first}” and to “{second}”.</source>
      <translation>类别代码{code}重复使用，分别用于“{first}”和“{second}”。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/classes.py" />
      <source>The class code “{code}” of “{name}” must have {length} digits under {number}.</source>
      <translation>“{name}”的类别代码“{code}”在{number}中应为{length}位数字。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/classes.py" />
      <source>The class table {path} lacks the column {column}.</source>
      <translation>分类表{path}缺少列{column}。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/classes.py" />
      <source>The subclass {code} “{name}” belongs to class {parent}, which is not in {number}.</source>
      <translation>细类{code}“{name}”所属的类别{parent}不在{number}中。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source> or </source>
      <translation>或</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>Community {community} cannot have a cell numbered {sequence}: a community holds the cells 001 to 999. Divide the community or choose a larger target area.</source>
      <translation>社区{community}不能有顺序号为{sequence}的单元网格：一个社区的网格编号为001至999。请拆分社区，或采用更大的目标面积。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>District {district} has no running number {sequence} in class {code}: they go from 1 to 999999.</source>
      <translation>区（县）{district}的类别{code}中没有顺序号{sequence}：顺序号为1至999999。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>In the {name} “{text}” the {part} is {zeros}, but numbers begin with 1.</source>
      <translation>{name}“{text}”中的{part}为{zeros}，而编号应从1开始。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>It has the form of another edition; the declared edition is {number}. Declare the right edition or migrate the layer.</source>
      <translation>其形式属于另一标准版本；所声明的标准版本为{number}。请声明正确的标准版本，或迁移该图层。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>The class code “{code}” must have {length} digits under {number}.</source>
      <translation>类别代码“{code}”在{number}中应为{length}位数字。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>The {name} is empty; enter its {length} digits.</source>
      <translation>{name}为空；请填写{length}位数字。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>The {name} “{text}” begins with {province}, but provinces go from 11 to 82.</source>
      <translation>{name}“{text}”以{province}开头，但省级代码为11至82。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>The {name} “{text}” has {count} characters; it must have {length}.</source>
      <translation>{name}“{text}”有{count}个字符；应为{length}个。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>The {name} “{text}” holds a blank or invisible character ({character}) at position {position}; remove it.</source>
      <translation>{name}“{text}”第{position}位有空格或不可见字符（{character}）；请删除。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>The {name} “{text}” holds the full-width character {character} at position {position}; write it half-width.</source>
      <translation>{name}“{text}”第{position}位有全角字符{character}；请改为半角。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>The {name} “{text}” holds {character} at position {position}; only the digits 0 to 9 are allowed.</source>
      <translation>{name}“{text}”第{position}位有{character}；只允许数字0至9。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>There is no number {sequence} under {parent}: they go from 001 to 999.</source>
      <translation>{parent}下没有编号{sequence}：编号为001至999。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>This is a code of CJ/T 213-2005; in 15 digits it is {code}.</source>
      <translation>这是CJ/T 213-2005的编码；15位形式为{code}。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>cell number</source>
      <translation>网格顺序号</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>community code</source>
      <translation>社区代码</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>community number</source>
      <translation>社区顺序号</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>component code</source>
      <translation>部件标识码</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>district code</source>
      <translation>区（县）代码</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>running number</source>
      <translation>顺序号</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>street code</source>
      <translation>街道代码</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>street number</source>
      <translation>街道顺序号</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/codes.py" />
      <source>unit grid code</source>
      <translation>单元网格标识码</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/crosswalk.py" />
      <source>Line {line} of the crosswalk {path} is wrong: “{code}” to “{targets}” as “{kind}”. Use same, renamed, split, manual or none, and the codes of the two editions.</source>
      <translation>对照表{path}第{line}行有误：“{code}”到“{targets}”，类型“{kind}”。请使用same、renamed、split、manual或none，并使用两个标准版本的代码。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/crosswalk.py" />
      <source>There is no crosswalk from {old} to {new}. Migrate towards a newer edition, or give a crosswalk file of your own.</source>
      <translation>没有从{old}到{new}的对照表。请向较新的标准版本迁移，或自行提供对照表文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/editions.py" />
      <source>The class table of {number} is provisional: it is derived from the 2026 edition. Load your city's own table before you rely on it.</source>
      <translation>{number}的分类表为暂定：由2026年版推导得出。正式使用前，请载入本市自己的分类表。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/editions.py" />
      <source>“{text}” is no edition of the standard that is known here. Use {known}.</source>
      <translation>“{text}”不是此处已知的标准版本。请使用{known}。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>it must be an encoding for Chinese text</source>
      <translation>应为可表示中文的编码</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>it must look like %Y%m%d</source>
      <translation>格式应如%Y%m%d</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>only a text has a length</source>
      <translation>只有文本才有长度</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>the field {other} goes by “{name}” already</source>
      <translation>字段{other}已使用名称“{name}”</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>the field {other} has it already</source>
      <translation>字段{other}已使用该值</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>the key must be a field of obligation M</source>
      <translation>主键应为约束为M的字段</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>the key of a layer is always mandatory</source>
      <translation>图层的主键始终必填</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>the layer has a field of this name already</source>
      <translation>图层中已有同名字段</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>the layer {layer} has no such field</source>
      <translation>图层{layer}没有该字段</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>the value “{value}” of its list does not fit</source>
      <translation>其取值列表中的“{value}”超出长度</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>there is a layer of this name already</source>
      <translation>已有同名图层</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>there is no such layer; the layers are {layers}</source>
      <translation>没有该图层；现有图层为{layers}</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profile_fields.py" />
      <source>“{name}” must be small letters, digits and underscores, begin with a letter and have at most 63 characters</source>
      <translation>“{name}”只能由小写字母、数字和下划线组成，以字母开头，最多63个字符</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>The profile cannot be written to {path}.</source>
      <translation>无法将城市配置写入{path}。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>There is no profile “{name}”. Use {names}, or the path of a file.</source>
      <translation>没有城市配置“{name}”。请使用{names}，或给出文件路径。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>give either authid or wkt, not both</source>
      <translation>authid和wkt只能给出一个</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>it must be the WKT of a CRS</source>
      <translation>应为坐标参照系的WKT</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>it must look like EPSG:4547</source>
      <translation>形式应如EPSG:4547</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>they must go upward from the unit grid: {levels}</source>
      <translation>应从单元网格起自下而上排列：{levels}</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>this code is there twice</source>
      <translation>该代码重复出现</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>this is no rule; rules look like G6 or P11</source>
      <translation>这不是规则；规则的形式如G6或P11</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>this value is there already</source>
      <translation>该值已存在</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>“{code}” is no district code of 6 digits</source>
      <translation>“{code}”不是6位区（县）代码</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/profiles.py" />
      <source>“{text}” must be small letters, digits and underscores, and begin with a letter</source>
      <translation>“{text}”只能由小写字母、数字和下划线组成，并以字母开头</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/tables.py" />
      <source>The table {path} cannot be read; it must be a CSV file in UTF-8. If it is one of the plugin's own, install the plugin again.</source>
      <translation>无法读取表{path}；应为UTF-8编码的CSV文件。如果是插件自带的文件，请重新安装插件。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>a list of tables</source>
      <translation>由表组成的列表</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>a list of texts</source>
      <translation>由文本组成的列表</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>a number</source>
      <translation>数值</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>a table</source>
      <translation>表</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>a text</source>
      <translation>文本</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>a whole number</source>
      <translation>整数</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>it is missing</source>
      <translation>缺少该项</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>it must be a list of tables</source>
      <translation>应为由表组成的列表</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>it must be a list of texts</source>
      <translation>应为由文本组成的列表</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>it must be at least {least}</source>
      <translation>应不小于{least}</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>it must be {expected}</source>
      <translation>应为{expected}</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>it must not be empty</source>
      <translation>不得为空</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>it must not be negative or infinite</source>
      <translation>不得为负数或无穷大</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>this key is not known; remove it</source>
      <translation>未知的键；请删除</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>this key is not known; “{close}” may be meant</source>
      <translation>未知的键，可能应为“{close}”</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>true or false</source>
      <translation>true或false</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>{file} cannot be read; it must be a text file in UTF-8.</source>
      <translation>无法读取{file}；应为UTF-8编码的文本文件。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>{file} is no valid TOML: {problem}.</source>
      <translation>{file}不是有效的TOML：{problem}。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>{file}, line {line}, “{key}”: {problem}.</source>
      <translation>{file}第{line}行，“{key}”：{problem}。</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>“{text}” is there twice</source>
      <translation>“{text}”重复出现</translation>
    </message>
    <message>
      <location filename="../../plugin/standards/toml_section.py" />
      <source>“{value}” is not among {allowed}</source>
      <translation>“{value}”不在{allowed}之中</translation>
    </message>
    <message>
      <location filename="../../processing/base.py" />
      <source>1 Unit grids</source>
      <translation>1 单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/base.py" />
      <source>2 Component census</source>
      <translation>2 部件普查</translation>
    </message>
    <message>
      <location filename="../../processing/base.py" />
      <source>3 Risk list</source>
      <translation>3 风险清单</translation>
    </message>
    <message>
      <location filename="../../processing/base.py" />
      <source>4 Platform database</source>
      <translation>4 平台数据库</translation>
    </message>
    <message>
      <location filename="../../processing/base.py" />
      <source>5 General</source>
      <translation>5 通用</translation>
    </message>
    <message>
      <location filename="../../processing/base.py" />
      <source>Example</source>
      <translation>示例</translation>
    </message>
    <message>
      <location filename="../../processing/base.py" />
      <source>{message}. Check this parameter and run again; nothing was changed.</source>
      <translation>{message}。请检查该参数后重新运行；数据未作任何更改。</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>Assign unit grids</source>
      <translation>匹配单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>Cells with codes; those with an end date are left out.</source>
      <translation>带编码的网格；有终止日期的不参与。</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>Components in a unit grid</source>
      <translation>位于单元网格内的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>Components in no unit grid</source>
      <translation>不在任何单元网格内的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>Components whose unit grid changed</source>
      <translation>单元网格有变化的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>Components with unit grids</source>
      <translation>已匹配单元网格的部件</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>Fills the unit grid, community and street of every component by its location. On a border the smallest code counts; lines and areas go where most of them lies.</source>
      <translation>按位置填写每个部件的单元网格、社区和街道。位于界线上时取编码最小者；线、面取其大部分所在的网格。</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>Give names, and a community to what lies in no cell.</source>
      <translation>提供名称，并为不在任何网格内的部件确定社区。</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>Points, lines or polygons; fields of theirs are kept.</source>
      <translation>点、线或面；其自有字段予以保留。</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>Search distance</source>
      <translation>搜索距离</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>The same components with their unit grid and community.</source>
      <translation>原有部件，已填写单元网格和社区。</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>What lies in no cell takes the nearest within this distance.</source>
      <translation>不在任何网格内的部件，取该距离内最近的网格。</translation>
    </message>
    <message>
      <location filename="../../processing/census/assign_unit_grids.py" />
      <source>{outside} components lie in no unit grid, {none} have no geometry.</source>
      <translation>{outside}个部件不在任何单元网格内，{none}个没有几何图形。</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Carriageways</source>
      <translation>车行道</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Check components</source>
      <translation>检查部件</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Checks codes, classes, unit grids by location, departments, mandatory fields, dates and duplicates. Each finding says what to do, and suggests a fix where one is safe.</source>
      <translation>检查编码、类别、位置与单元网格是否一致、部门、必填字段、日期和重复。每个问题都说明处理办法，能够安全修正的给出建议值。</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Components in the water are told.</source>
      <translation>报告落在水域内的部件。</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Components inside a building are told.</source>
      <translation>报告落在建筑物内的部件。</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Components of others</source>
      <translation>其他来源的部件</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Departments</source>
      <translation>部门</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Folder of the photos</source>
      <translation>照片文件夹</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Manhole covers on them are told.</source>
      <translation>用于提示位于车行道上的井盖。</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Register in which authority codes and names must stand.</source>
      <translation>主管部门代码和名称应在其中登记的部门登记表。</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Those on the platform or of other packages: a code that one of them has under another uuid is told.</source>
      <translation>平台上或其他外业包中的部件：若其中某个部件以不同的 uuid 使用了相同标识码，则予以提示。</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>To compare each component's unit grid with its location.</source>
      <translation>用于比对每个部件的单元网格与其位置是否一致。</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>To find photos that are absent, broken or there twice.</source>
      <translation>用于查找缺失、损坏或重复的照片。</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>To sum up the report by community.</source>
      <translation>用于按社区汇总报告。</translation>
    </message>
    <message>
      <location filename="../../processing/census/check_components.py" />
      <source>Water</source>
      <translation>水域</translation>
    </message>
    <message>
      <location filename="../../processing/census/conflict_layer.py" />
      <source>The rules for conflicts cannot be read ({reason}). Write “field”, “office” or a list such as [{{"choice": "field", "kind": "attribute", "field": "status"}}].</source>
      <translation>无法读取冲突处理规则（{reason}）。请填写“field”、“office”，或形如[{{"choice": "field", "kind": "attribute", "field": "status"}}]的列表。</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>An empty folder or one that is not there yet.</source>
      <translation>空文件夹，或尚不存在的文件夹。</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Component census {city}</source>
      <translation>{city}部件普查</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Create census project</source>
      <translation>创建普查项目</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Edition of the component standard; the profile's if empty.</source>
      <translation>部件标准的版本；留空则采用城市配置中的版本。</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Fill the names of community and street.</source>
      <translation>用于填写社区和街道名称。</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Fill unit grid, community, street and district of the code.</source>
      <translation>用于填写单元网格、社区、街道，以及编码中的区（县）。</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>GeoPackage</source>
      <translation>GeoPackage文件</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Geocoded places</source>
      <translation>地理编码地点</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Makes a folder with one GeoPackage and a project: components with forms, class lists, department lookup, legends, snapping and map themes. Grid, community, street, code, date and surveyor fill themselves. The forms work without Wangge, in QField and in Mergin Maps.</source>
      <translation>生成一个文件夹，内含一个GeoPackage和一个项目：带表单的部件图层、类别列表、部门查询、图例、捕捉和地图主题。网格、社区、街道、编码、日期和采集员自动填写。表单无需Wangge 网格插件即可在QField和Mergin Maps中使用。</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>No layer and no profile names a coordinate reference system; {crs} is taken. Near duplicates are found by distance, so better set one in metres.</source>
      <translation>图层和城市配置均未指明坐标参照系；已采用{crs}。疑似重复是按距离查找的，因此最好设置以米为单位的坐标参照系。</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Number of cells</source>
      <translation>单元网格数</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Project</source>
      <translation>项目</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Shown for orientation.</source>
      <translation>显示以供参照。</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>Table with department_code and department_name to choose from.</source>
      <translation>含department_code和department_name的表，供选择。</translation>
    </message>
    <message>
      <location filename="../../processing/census/create_census_project.py" />
      <source>What is known already; empty for a first census.</source>
      <translation>已有的部件数据；首次普查则留空。</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>A street's cells are split into lots of at most this many.</source>
      <translation>每个街道的网格划分为检验批，每批不超过该数量。</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Cells drawn</source>
      <translation>抽中的网格数</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Cells per lot</source>
      <translation>每个检验批的网格数</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Components in the sample</source>
      <translation>样本中的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Components to draw</source>
      <translation>抽取的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Draw quality sample</source>
      <translation>抽取质检样本</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Drawn cells</source>
      <translation>抽中的网格</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Draws what is to be surveyed again: whole cells, lot by lot with sample sizes in the manner of GB/T 24356, or single components, stratified by class and cell. The same seed draws the same sample.</source>
      <translation>抽取需要复查的对象：可按整个网格，参照GB/T 24356逐批确定样本量抽取；也可按单个部件，以类别和网格分层抽取。种子相同，抽取的样本也相同。</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Layer for the second survey</source>
      <translation>复查图层</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Lot</source>
      <translation>检验批</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Lots</source>
      <translation>检验批</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Sample</source>
      <translation>样本</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Seed</source>
      <translation>随机种子</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>The delivered components of the sample with their lot; keep it.</source>
      <translation>样本中的交付部件，附所属检验批；请妥善保存。</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>The delivery, with grid_code filled.</source>
      <translation>交付数据，应已填写grid_code。</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>The same seed draws the same sample.</source>
      <translation>种子相同，抽取的样本也相同。</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>To be filled without seeing the first survey: empty for cells, bare places for single components.</source>
      <translation>应在不看首次普查结果的情况下填写：按网格抽取时为空图层，按单个部件抽取时只有位置。</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>What is drawn</source>
      <translation>抽取对象</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Where single components are drawn.</source>
      <translation>在其中抽取单个部件。</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>Where the second survey is done.</source>
      <translation>复查的范围。</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>cells: whole cells, the only way to find omissions; components: single ones, for attributes and positions.</source>
      <translation>cells：整个网格，是发现漏测的唯一办法；components：单个部件，用于检查属性和位置。</translation>
    </message>
    <message>
      <location filename="../../processing/census/draw_quality_sample.py" />
      <source>{count} components name no active unit grid, so no sample can hold them. Assign unit grids first.</source>
      <translation>{count}个部件没有在用的单元网格，无法进入任何样本。请先匹配单元网格。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Accepted rows</source>
      <translation>接收的行</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Accepted rows in the layer's own fields.</source>
      <translation>接收的行，采用图层自身的字段。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Delivery</source>
      <translation>交付数据</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Encoding, field map, counts and reasons.</source>
      <translation>编码、字段映射、计数和原因。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Field map</source>
      <translation>字段映射</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Field “{field}”: {count} values are longer than the {length} characters of the standard.</source>
      <translation>字段“{field}”：有{count}个值超过标准规定的{length}个字符。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>File or FileGDB folder; “file.gpkg|layername=name” also goes.</source>
      <translation>文件或FileGDB文件夹；也可写作“file.gpkg|layername=name”。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Import components</source>
      <translation>导入部件</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Importing needs the Python package {package}, which this QGIS lacks. Install it (OSGeo4W shell: pip install {package}; Debian: apt install python3-{package}).</source>
      <translation>导入需要Python包{package}，而当前QGIS中没有。请安装（OSGeo4W shell：pip install {package}；Debian：apt install python3-{package}）。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>JSON files (*.json)</source>
      <translation>JSON文件 (*.json)</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>JSON, or the path of a JSON file, of our field names and the delivery's columns; suggested from names and content when empty.</source>
      <translation>本系统字段名与交付数据列名对应的JSON，或JSON文件的路径；留空时根据列名和内容推测。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Layer or sheet</source>
      <translation>图层或工作表</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Needed when the delivery does not name one.</source>
      <translation>交付数据未注明坐标参照系时需要。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Needed when the file holds several.</source>
      <translation>文件含多个图层或工作表时需要。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Reads a delivery (SHP, TAB/MIF, GeoPackage, FileGDB, GeoJSON, DXF, CSV, XLSX), finds its encoding and what its columns mean, and puts every row into the components or, with a reason, into the rejected rows. The delivery itself is not touched.</source>
      <translation>读取交付数据（SHP、TAB/MIF、GeoPackage、FileGDB、GeoJSON、DXF、CSV、XLSX），识别其编码和各列含义，将每一行归入部件，或连同原因归入拒收行。交付数据本身不作改动。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Rejected rows</source>
      <translation>拒收的行</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Report (JSON)</source>
      <translation>报告（JSON）</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>Such as GBK or UTF-8; found from the content when empty.</source>
      <translation>如GBK或UTF-8；留空时根据内容识别。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>The field map “{file}” cannot be read: {reason}.</source>
      <translation>无法读取字段映射“{file}”：{reason}。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>The other rows as they came, each with the reason.</source>
      <translation>其余各行，保持原样，并逐行注明原因。</translation>
    </message>
    <message>
      <location filename="../../processing/census/import_components.py" />
      <source>{rows} rows in {file} ({encoding}): {accepted} accepted, {rejected} rejected.</source>
      <translation>{file}（{encoding}）共{rows}行：接收{accepted}行，拒收{rejected}行。</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>A folder with packages, or the packages themselves: their folders, their package.gpkg alone, or .zip archives of them. Without any, open conflicts are settled.</source>
      <translation>存放外业包的文件夹，或外业包本身：其文件夹、单独的package.gpkg或.zip压缩包。不给出时只处理待处理的冲突。</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>A new component this close to one of its class is asked about; -1 asks never.</source>
      <translation>新部件与同类部件的距离不超过该值时，提请确认；-1表示从不提请确认。</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Added</source>
      <translation>新增</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>All that wait for a decision, of earlier merges too.</source>
      <translation>全部待决定的冲突，包括以往合并遗留的冲突。</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Changed</source>
      <translation>修改</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Changed alike by both sides</source>
      <translation>双方作了相同修改</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Components added</source>
      <translation>新增的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Components changed</source>
      <translation>修改的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Components deleted</source>
      <translation>删除的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Conflicts of an earlier run, with choice filled in: field or office. Others stay open.</source>
      <translation>以往运行输出的冲突，其choice已填写field或office。其余冲突仍待处理。</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Conflicts settled</source>
      <translation>已处理的冲突数</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Decisions</source>
      <translation>决定</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Deleted</source>
      <translation>删除</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>For conflicts without decision: field, office, or JSON rules by kind and field; the first that fits holds.</source>
      <translation>用于没有决定的冲突：field、office，或按冲突类型和字段设定的JSON规则；以最先符合的规则为准。</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Kind</source>
      <translation>数据种类</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Layer of the census project; it is changed in one step.</source>
      <translation>普查项目的图层；一次性完成修改。</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Merge field returns</source>
      <translation>合并回传</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Merges returned packages into the project's components, value by value against the snapshot each package carried. What only one side changed is taken; what both changed waits as a conflict. Merging a package again changes nothing; a merge can be undone.</source>
      <translation>将回传的外业包与各包所附快照逐值比较，合并到项目的部件中。只有一方修改的直接采用；双方都修改的作为冲突待处理。重复合并同一外业包不产生任何变化；合并可以撤销。</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Near-duplicates within (m)</source>
      <translation>疑似重复的判定距离（m）</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Number</source>
      <translation>数量</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Open conflicts</source>
      <translation>待处理的冲突</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Package</source>
      <translation>外业包</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Packages</source>
      <translation>外业包</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Packages merged</source>
      <translation>已合并的外业包数</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Packages merged before</source>
      <translation>以往已合并的外业包数</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Photos</source>
      <translation>照片</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Photos missing</source>
      <translation>缺少的照片数</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Returned packages</source>
      <translation>回传的外业包</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Team</source>
      <translation>作业组</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Unchanged</source>
      <translation>未变化</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>Warning</source>
      <translation>警告</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>merged</source>
      <translation>已合并</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>merged again after an undo</source>
      <translation>撤销后重新合并</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>merged again, edited since</source>
      <translation>有新的编辑，已重新合并</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>merged before</source>
      <translation>以往已合并</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>{team}: merged before, nothing is new.</source>
      <translation>{team}：以往已合并，没有新内容。</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>{team}: {count} photos are missing.</source>
      <translation>{team}：缺少{count}张照片。</translation>
    </message>
    <message>
      <location filename="../../processing/census/merge_field_returns.py" />
      <source>{team}: {inserted} added, {updated} changed, {deleted} deleted, {conflicts} conflicts.</source>
      <translation>{team}：新增{inserted}个，修改{updated}个，删除{deleted}个，冲突{conflicts}处。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>6 digits, for components whose unit grid is not known.</source>
      <translation>6位数字，用于单元网格未知的部件。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Brings components to a newer edition: classes by the crosswalk, cells to their longer codes, new component codes, old ones kept beside them. What the crosswalk splits, drops or does not know goes to review, until a rule or a person decides. No row is lost.</source>
      <translation>将部件迁移到较新的标准版本：按对照表转换类别，将网格换为位数更多的编码，生成新的部件标识码，并同时保留旧编码。对照表中需要拆分、取消或没有对应的类别进入复核，直到有规则或人工作出决定。不会丢失任何一行。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>CSV with from_code, to_codes and kind (same, renamed, split, manual, none); that of the standards if empty.</source>
      <translation>含from_code、to_codes和kind（same、renamed、split、manual、none）的CSV；留空则采用标准自带的对照表。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Components migrated</source>
      <translation>已迁移的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Components retired by a decision</source>
      <translation>经决定停用的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>District code</source>
      <translation>区县代码</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>From</source>
      <translation>原版本</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Give new component codes</source>
      <translation>生成新的部件标识码</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>How classes pass</source>
      <translation>类别的转换情况</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>In the new edition, with their old codes.</source>
      <translation>采用新版本，并保留旧编码。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Lineage</source>
      <translation>沿革</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Migrate to another standard</source>
      <translation>标准迁移</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Migrated components</source>
      <translation>已迁移的部件</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Off: component_code stays empty, to be numbered later.</source>
      <translation>不勾选时，component_code留空，以后再编码。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Review layer of an earlier run in which decision holds a class code or retire.</source>
      <translation>以往运行输出的复核图层，其decision已填写类别代码或retire。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Table with old_class_code and new_class_code (a class, a subclass or retire), and, for some rows of a class only, field and contains.</source>
      <translation>含old_class_code和new_class_code（小类、细类或retire）的表；如只针对某类别的部分行，还应有field和contains。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>The city's own crosswalk</source>
      <translation>本市自有的对照表</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>To</source>
      <translation>新版本</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>To review</source>
      <translation>待复核</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Undecided rows as they came, with candidates and an empty decision; retired ones too.</source>
      <translation>尚未决定的行，保持原样，附候选类别和空的decision；已停用的行也在其中。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>Which old code became which new one, and how.</source>
      <translation>旧编码变为哪个新编码，以及如何变更。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>With class_code or component_code of the older edition.</source>
      <translation>应含旧版本的class_code或component_code。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>{count} components lie in no known district and got no code; give the district code.</source>
      <translation>{count}个部件不在任何已知的区（县）内，未编码；请给出区（县）代码。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migrate_standard.py" />
      <source>{rows} components: {migrated} migrated, {review} to review.</source>
      <translation>{rows}个部件：已迁移{migrated}个，待复核{review}个。</translation>
    </message>
    <message>
      <location filename="../../processing/census/migration_review.py" />
      <source>{count} decisions are for components that have another class now; they wait again.</source>
      <translation>有{count}个决定所对应的部件类别已变化；这些部件重新列入待复核。</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>Codes used before</source>
      <translation>已用过的编码</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>Components that got a new code</source>
      <translation>获得新编码的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>Components that kept their code</source>
      <translation>保留原编码的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>Components without class or district</source>
      <translation>缺少类别或区（县）的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>Gives every component its code: district, class and running number. Valid codes stay, duplicates are told and renumbered, numbers once used are never given again.</source>
      <translation>为每个部件编码：区（县）、类别和顺序号。有效编码保持不变，重复编码予以报告并重新编号，用过的号码不再使用。</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>Layer or table with component_code whose numbers are taken.</source>
      <translation>含component_code的图层或表，其中的号码视为已占用。</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>Number block</source>
      <translation>编码段</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>Number components</source>
      <translation>部件编码</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>Numbered components</source>
      <translation>已编码的部件</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>Running numbers reserved for this crew, e.g. 20001-30000; all free ones if empty.</source>
      <translation>为本作业组预留的顺序号，如20001-30000；留空则使用全部可用号码。</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>The number block “{text}” is not of the form 20001-30000. Correct it.</source>
      <translation>编码段“{text}”的格式应如20001-30000。请更正。</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>The same components with their codes.</source>
      <translation>原有部件，已填写编码。</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>With class_code and, better, grid_code filled.</source>
      <translation>应已填写class_code，最好也已填写grid_code。</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>{count} components had a code that another one has; they got new ones.</source>
      <translation>{count}个部件的编码与其他部件重复；已为其分配新编码。</translation>
    </message>
    <message>
      <location filename="../../processing/census/number_components.py" />
      <source>{count} components have no valid class_code and got no code.</source>
      <translation>{count}个部件没有有效的class_code，未编码。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Addresses</source>
      <translation>地址</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Background layers</source>
      <translation>背景图层</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Components of no team</source>
      <translation>不属于任何作业组的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Components packed</source>
      <translation>已打包的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Gets a folder per team; one that exists is never overwritten.</source>
      <translation>每个作业组生成一个文件夹；已存在的文件夹不会被覆盖。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Goes along as far as it lies in or near the team's cells.</source>
      <translation>位于作业组网格内或附近的部分随包携带。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Goes along whole, to be chosen from.</source>
      <translation>全部随包携带，供选择。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Layer of the census project, a GeoPackage, with uuid filled.</source>
      <translation>普查项目的图层（GeoPackage），应已填写uuid。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Makes one offline package per team: its cells and components, the lists it needs, a project for QField, Mergin Maps or QGIS, a block of running numbers of its own, and a snapshot to merge against later. The components themselves stay as they are.</source>
      <translation>为每个作业组生成一个离线外业包：其网格和部件、所需的对照表、供QField、Mergin Maps或QGIS使用的项目、专用的顺序号编码段，以及供以后合并时比较的快照。部件本身保持不变。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Numbers per team</source>
      <translation>每个作业组的号码数</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Pack field packages</source>
      <translation>外业打包</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Photos of the components, from the folder of the project.</source>
      <translation>部件的照片，取自项目的文件夹。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Running numbers that each team may give in every class; reserved in the project and never given again.</source>
      <translation>每个作业组在每个类别中可使用的顺序号数量；在项目中预留，不再分配给其他作业组。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>Streets, buildings, water … in or near the team's cells.</source>
      <translation>作业组网格内或附近的道路、建筑物、水域等。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>With photos</source>
      <translation>包含照片</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>{count} components lie in no team's cells.</source>
      <translation>{count}个部件不在任何作业组的网格内。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pack_field_packages.py" />
      <source>{team}: {cells} unit grids, {components} components.</source>
      <translation>{team}：{cells}个单元网格，{components}个部件。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pages.py" />
      <source>Report (HTML)</source>
      <translation>报告（HTML）</translation>
    </message>
    <message>
      <location filename="../../processing/census/pages.py" />
      <source>Report (PDF)</source>
      <translation>报告（PDF）</translation>
    </message>
    <message>
      <location filename="../../processing/census/pages.py" />
      <source>The same report, to be signed and filed.</source>
      <translation>内容相同的报告，供签字和归档。</translation>
    </message>
    <message>
      <location filename="../../processing/census/pages.py" />
      <source>What was done, with all counts, for people and for the file.</source>
      <translation>所做的工作和全部计数，供人员查阅和归档。</translation>
    </message>
    <message>
      <location filename="../../processing/census/progress_page.py" />
      <source>Bars: components a day, at most {top}. Line: in all, up to {total}.</source>
      <translation>柱形：每日部件数，最多{top}个。折线：累计数，最终{total}个。</translation>
    </message>
    <message>
      <location filename="../../processing/census/progress_page.py" />
      <source>By class</source>
      <translation>按类别</translation>
    </message>
    <message>
      <location filename="../../processing/census/progress_page.py" />
      <source>By day</source>
      <translation>按日期</translation>
    </message>
    <message>
      <location filename="../../processing/census/progress_page.py" />
      <source>By team</source>
      <translation>按作业组</translation>
    </message>
    <message>
      <location filename="../../processing/census/progress_page.py" />
      <source>Cells begun</source>
      <translation>已开始的网格数</translation>
    </message>
    <message>
      <location filename="../../processing/census/progress_page.py" />
      <source>Components surveyed</source>
      <translation>已普查的部件</translation>
    </message>
    <message>
      <location filename="../../processing/census/progress_page.py" />
      <source>Components surveyed by cell: white none, dark many.</source>
      <translation>各网格已普查的部件数：白色表示没有，颜色越深越多。</translation>
    </message>
    <message>
      <location filename="../../processing/census/progress_page.py" />
      <source>Map</source>
      <translation>地图</translation>
    </message>
    <message>
      <location filename="../../processing/census/progress_page.py" />
      <source>Share surveyed by cell: white none, dark all.</source>
      <translation>各网格的普查完成比例：白色表示未开始，颜色最深表示全部完成。</translation>
    </message>
    <message>
      <location filename="../../processing/census/progress_page.py" />
      <source>Surveyed</source>
      <translation>已普查</translation>
    </message>
    <message>
      <location filename="../../processing/census/project_layer.py" />
      <source>Layer “{layer}” is not in a GeoPackage. A census project is one: save the layer to a GeoPackage and choose that.</source>
      <translation>图层“{layer}”不在GeoPackage中。普查项目应为GeoPackage：请将图层保存到GeoPackage，然后选择该图层。</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>Allowed</source>
      <translation>允许值</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>First survey</source>
      <translation>首次普查</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>In both</source>
      <translation>两次均有</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>Omitted components</source>
      <translation>漏测部件</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>Position: RMSE by accuracy grade (m)</source>
      <translation>位置：按精度等级统计的RMSE（m）</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>Second survey</source>
      <translation>复查</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>Surplus components</source>
      <translation>多测部件</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>Verdict</source>
      <translation>结论</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>Why lots are rejected</source>
      <translation>检验批不合格的原因</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>Wrong attributes</source>
      <translation>属性错误</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>Wrong classes</source>
      <translation>类别错误</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>Wrong positions</source>
      <translation>位置错误</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>accepted</source>
      <translation>合格</translation>
    </message>
    <message>
      <location filename="../../processing/census/quality_page.py" />
      <source>rejected</source>
      <translation>不合格</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>Counts what is surveyed by cell, community, class, team and day, as a layer for the map, tables and a report with map and plots.</source>
      <translation>按网格、社区、类别、作业组和日期统计已普查的部件，输出供地图使用的图层、表，以及含地图和图表的报告。</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>Earlier components</source>
      <translation>以往的部件</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>Progress of the census</source>
      <translation>普查进度</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>Report census progress</source>
      <translation>普查进度统计</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>Share of what is expected</source>
      <translation>占预计数量的比例</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>The counts as a table.</source>
      <translation>以表格形式输出的统计数。</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>Unit grids with progress</source>
      <translation>附普查进度的单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>With grid_code and, for the days, surveyed_at filled.</source>
      <translation>应已填写grid_code；按日期统计时还应填写surveyed_at。</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>With grid_code: how many each cell can be expected to have.</source>
      <translation>应含grid_code：用于确定每个网格预计的部件数。</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>surveyed, expected, share, last_day and team of every cell.</source>
      <translation>每个网格的surveyed、expected、share、last_day和team。</translation>
    </message>
    <message>
      <location filename="../../processing/census/report_census_progress.py" />
      <source>{total} components surveyed; {begun} of {cells} unit grids begun.</source>
      <translation>已普查{total}个部件；{cells}个单元网格中已开始{begun}个。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>100 is free of errors; 60 when every share is at its limit.</source>
      <translation>100分表示没有错误；各项比例均达到限值时为60分。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Acceptance of a census by its quality sample</source>
      <translation>普查成果抽样质检验收</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>As the contract says.</source>
      <translation>按合同约定。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Attributes to compare</source>
      <translation>参与比较的属性</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Compares the second survey with the sample: omitted and surplus components, wrong classes, attributes and positions with their RMSE by accuracy grade, and whether each lot is accepted.</source>
      <translation>将复查结果与样本比较：漏测和多测的部件、错误的类别、属性和位置（按精度等级给出RMSE），以及每个检验批是否合格。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Components in both surveys</source>
      <translation>两次均有的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Differences</source>
      <translation>差异</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Every error found, at its place.</source>
      <translation>发现的每个错误，标在所在位置。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Field names, separated by commas.</source>
      <translation>字段名，以英文逗号分隔。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>From “Draw quality sample”, with lot.</source>
      <translation>由“抽取质检样本”输出，含lot。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>From “Draw quality sample”: needed to count what was omitted in empty cells.</source>
      <translation>由“抽取质检样本”输出：用于统计空网格中的漏测部件。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Known again by uuid, else by place and class.</source>
      <translation>先按uuid识别，否则按位置和类别识别。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Lots accepted</source>
      <translation>合格的检验批数</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Passing score</source>
      <translation>合格分数</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Rows of the second survey in no lot</source>
      <translation>不在任何检验批内的复查行数</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Score quality sample</source>
      <translation>评定质检样本</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Search distance (m)</source>
      <translation>搜索距离（m）</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>Two positions farther apart are never one component.</source>
      <translation>两个位置相距超过该值时，不视为同一部件。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>{count} rows of the second survey lie in no drawn cell and were not counted. Give the drawn cells.</source>
      <translation>复查中有{count}行不在任何抽中的网格内，未予统计。请提供抽中的网格。</translation>
    </message>
    <message>
      <location filename="../../processing/census/score_quality_sample.py" />
      <source>{what}, at most (%)</source>
      <translation>{what}，最多（%）</translation>
    </message>
    <message>
      <location filename="../../processing/census/teams.py" />
      <source>Field with the team</source>
      <translation>作业组字段</translation>
    </message>
    <message>
      <location filename="../../processing/census/teams.py" />
      <source>In the table of teams or, without one, in the unit grids.</source>
      <translation>取自作业组表；未提供该表时，取自单元网格。</translation>
    </message>
    <message>
      <location filename="../../processing/census/teams.py" />
      <source>Layer “{layer}” gives team “{team}” the {field} {code}, in which no unit grid lies. Correct it.</source>
      <translation>图层“{layer}”将{field} {code}分配给作业组“{team}”，但该范围内没有单元网格。请更正。</translation>
    </message>
    <message>
      <location filename="../../processing/census/teams.py" />
      <source>Number of teams</source>
      <translation>作业组数</translation>
    </message>
    <message>
      <location filename="../../processing/census/teams.py" />
      <source>Table with team and one of grid_code, community_code, street_code, district_code; or the name of a field of the unit grids.</source>
      <translation>含team以及grid_code、community_code、street_code、district_code之一的表；或单元网格的字段名。</translation>
    </message>
    <message>
      <location filename="../../processing/census/teams.py" />
      <source>Team {number}</source>
      <translation>第{number}组</translation>
    </message>
    <message>
      <location filename="../../processing/census/teams.py" />
      <source>Teams</source>
      <translation>作业组</translation>
    </message>
    <message>
      <location filename="../../processing/census/teams.py" />
      <source>Where nothing names the teams, the cells are shared among this many, so that each has about the same number of components.</source>
      <translation>未指定作业组时，将网格平均分给该数量的作业组，使各组的部件数大致相同。</translation>
    </message>
    <message>
      <location filename="../../processing/census/undo_field_merge.py" />
      <source>Components changed since, left as they are</source>
      <translation>合并后又有修改、保持不变的部件数</translation>
    </message>
    <message>
      <location filename="../../processing/census/undo_field_merge.py" />
      <source>From the manifest.json of packages, separated by commas; those merged last together if empty.</source>
      <translation>取自外业包的manifest.json，以英文逗号分隔；留空则为最近一次合并的全部外业包。</translation>
    </message>
    <message>
      <location filename="../../processing/census/undo_field_merge.py" />
      <source>Package ids</source>
      <translation>外业包编号</translation>
    </message>
    <message>
      <location filename="../../processing/census/undo_field_merge.py" />
      <source>Packages taken back</source>
      <translation>已撤销合并的外业包数</translation>
    </message>
    <message>
      <location filename="../../processing/census/undo_field_merge.py" />
      <source>Takes the last merge of returned packages back, with its settled and open conflicts. What was changed after the merge stays. The packages can be merged again.</source>
      <translation>撤销最近一次回传合并，连同其已处理和待处理的冲突。合并之后所作的修改予以保留。外业包可以重新合并。</translation>
    </message>
    <message>
      <location filename="../../processing/census/undo_field_merge.py" />
      <source>{count} components were changed after the merge and stay as they are: {keys}.</source>
      <translation>{count}个部件在合并之后又有修改，保持不变：{keys}。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>City profile</source>
      <translation>城市配置</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>Earlier findings</source>
      <translation>以往的检查问题</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>Fail on findings of</source>
      <translation>失败条件（问题级别）</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>For schedulers: the run fails, after its reports are written, when a finding is at least this severe.</source>
      <translation>用于定时任务：出现达到或超过此严重程度的问题时，在写出报告后以失败结束运行。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>Ids of the rules to check with, separated by commas, such as C7, P3; all when empty.</source>
      <translation>用于检查的规则编号，以逗号分隔，如 C7, P3；留空则检查全部规则。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>Layer to check; it is only read.</source>
      <translation>待检查的图层；只读取，不修改。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>One of {profiles}, or the path of the city's own TOML file.</source>
      <translation>{profiles}之一，或本市自有TOML文件的路径。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>One point for each finding, with what is wrong and what to do.</source>
      <translation>每个问题一个点，注明错在哪里和处理办法。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>Only some features are checked again. Findings of the others, and of rules that compare features with each other, stay as they were.</source>
      <translation>只重新检查部分要素。其余要素的问题，以及需要要素之间相互比较的规则的问题，保持原样。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>Report (CSV)</source>
      <translation>报告（CSV）</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>Summary, rules and findings as a file.</source>
      <translation>以文件形式输出的汇总、规则和问题。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>The check found {errors} errors and {warnings} warnings. See the findings.</source>
      <translation>检查发现{errors}个错误、{warnings}个警告。请查看检查问题。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>There is no rule {rule} for this layer; there are {known}. Correct the list.</source>
      <translation>该图层没有规则 {rule}；可用规则：{known}。请更正列表。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>What was accepted there stays accepted, unless it changed.</source>
      <translation>其中已认可的问题继续视为已认可，除非有变化。</translation>
    </message>
    <message>
      <location filename="../../processing/checking.py" />
      <source>{rows} rows checked: {errors} errors, {warnings} warnings.</source>
      <translation>已检查{rows}行：{errors}个错误，{warnings}个警告。</translation>
    </message>
    <message>
      <location filename="../../processing/city_tables.py" />
      <source>There is nothing to put on the map. Give at least one layer, or a platform that holds some.</source>
      <translation>没有可上图的数据。请至少给出一个图层，或一个有数据的平台。</translation>
    </message>
    <message>
      <location filename="../../processing/city_tables.py" />
      <source>{count} cases lie in no area and are not counted.</source>
      <translation>{count} 个案件不在任何区域内，未计入。</translation>
    </message>
    <message>
      <location filename="../../processing/database/acceptance.py" />
      <source>{count} findings accepted in the layer stay open: only a manager of the platform (role wangge_manager) accepts findings.</source>
      <translation>图层中认可的 {count} 个问题仍待处理：只有平台的管理者（角色 wangge_manager）可以认可问题。</translation>
    </message>
    <message>
      <location filename="../../processing/database/connections.py" />
      <source>Name of a PostgreSQL connection saved in QGIS, or service=NAME from pg_service.conf. Never an address or a password.</source>
      <translation>QGIS中已保存的PostgreSQL连接名称，或pg_service.conf中的service=NAME。请勿填写地址或密码。</translation>
    </message>
    <message>
      <location filename="../../processing/database/connections.py" />
      <source>Schema</source>
      <translation>模式</translation>
    </message>
    <message>
      <location filename="../../processing/database/connections.py" />
      <source>Schema of the platform; the profile's when empty (wangge).</source>
      <translation>平台的模式名；留空时取配置中的（wangge）。</translation>
    </message>
    <message>
      <location filename="../../processing/database/connections.py" />
      <source>The platform needs the Python package {package}, which this QGIS lacks. Install it (OSGeo4W shell: pip install {package}; Debian: apt install python3-{package}).</source>
      <translation>平台功能需要Python包{package}，而当前QGIS中没有。请安装（OSGeo4W shell：pip install {package}；Debian：apt install python3-{package}）。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliver_outbox.py" />
      <source>Deliver outbox</source>
      <translation>投递待发箱</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliver_outbox.py" />
      <source>Folder with the packages.</source>
      <translation>存放数据包的文件夹。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliver_outbox.py" />
      <source>Outbox</source>
      <translation>待发箱</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliver_outbox.py" />
      <source>Packages delivered</source>
      <translation>已送达的数据包数</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliver_outbox.py" />
      <source>Pushes the packages that “Push to platform” kept without a connection, the oldest first. A package arrives once, however often this runs; one that is refused stays.</source>
      <translation>推送“推送到平台”在没有连接时保留的数据包，最早的在前。无论运行多少次，每个数据包只送达一次；被拒绝的予以保留。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliver_outbox.py" />
      <source>Rows written</source>
      <translation>写入的行数</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliver_outbox.py" />
      <source>{count} of {total} packages were not delivered. The first is {first}</source>
      <translation>{total}个数据包中有{count}个未送达。第一个是{first}</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>A layer or database table in place of the file.</source>
      <translation>代替文件的图层或数据库表。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>JSON, or the path of a JSON file, of headings and our field names (x and y for coordinates); headings are recognised when empty.</source>
      <translation>表头与本系统字段名对应的JSON，或JSON文件的路径（坐标用x和y）；留空时自动识别表头。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>Of the result and of coordinates in metres; that of the layers given when empty.</source>
      <translation>结果以及米制坐标所用的坐标参照系；留空时采用所给图层的坐标参照系。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>Place rows that only name a cell; every row is told the cell it lies in.</source>
      <translation>为只填写了网格编码的行定位；并为每一行填写其所在的网格。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>Placed by coordinates</source>
      <translation>按坐标定位的案件数</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>Placed by unit grid</source>
      <translation>按单元网格定位的案件数</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>Row, code and reason of the others.</source>
      <translation>其余各行的行号、编码和原因。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>Without place</source>
      <translation>没有位置的案件数</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>csv, xlsx, ods or json, or the source of a layer such as city.gpkg|layername={name}.</source>
      <translation>csv、xlsx、ods或json，或图层的来源，如city.gpkg|layername={name}。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>{count} rows give the northing first; it was put second.</source>
      <translation>有{count}行先写纵坐标；已将其换到后面。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>{count} rows lie in another cell than the one they name; their place was taken.</source>
      <translation>有{count}行的位置不在其所填的网格内；已以位置为准。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>{count} rows lie in no cell. Check the coordinates and their system.</source>
      <translation>有{count}行不在任何网格内。请检查坐标及其坐标系。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>“{title}” ({name}): the layer “{value}” cannot be opened. Check the path and, for a GeoPackage, the layer name after “|layername=”.</source>
      <translation>“{title}”（{name}）：无法打开图层“{value}”。请检查路径；如为GeoPackage，还请检查“|layername=”之后的图层名。</translation>
    </message>
    <message>
      <location filename="../../processing/database/deliveries.py" />
      <source>“{title}”: give a table, or a layer.</source>
      <translation>“{title}”：请提供表，或提供图层。</translation>
    </message>
    <message>
      <location filename="../../processing/database/delivery_files.py" />
      <source>The field map cannot be read; it must be JSON of headings and fields.</source>
      <translation>无法读取字段映射；应为表头与字段对应的JSON。</translation>
    </message>
    <message>
      <location filename="../../processing/database/delivery_files.py" />
      <source>The file {path} cannot be read as JSON.</source>
      <translation>文件{path}无法按JSON读取。</translation>
    </message>
    <message>
      <location filename="../../processing/database/delivery_files.py" />
      <source>The file {path} holds no list of objects.</source>
      <translation>文件{path}中没有对象列表。</translation>
    </message>
    <message>
      <location filename="../../processing/database/delivery_files.py" />
      <source>The file {path} is empty.</source>
      <translation>文件{path}为空。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Area code</source>
      <translation>区域代码</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Digits of a district, street, community or unit grid.</source>
      <translation>区（县）、街道、社区或单元网格代码的数字。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Export exchange package</source>
      <translation>导出交换包</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Folder of an earlier package, or one that holds packages, of which the newest is taken: only what changed since is written, and the keys of what is gone.</source>
      <translation>以往交换包的文件夹，或存放各交换包的文件夹（取其中最新的一个）：只写出此后的变化，以及已删除数据的主键。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Instead of the platform's.</source>
      <translation>代替平台上的数据。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Layout of the files; the profile's by default.</source>
      <translation>文件的格式；默认采用城市配置中的格式。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Names of the areas in the statistics.</source>
      <translation>统计中各区域的名称。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>New, empty, or with an earlier package, which is replaced at the end.</source>
      <translation>新文件夹、空文件夹，或含有以往交换包的文件夹；以往的包在最后被替换。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Previous package</source>
      <translation>上一个交换包</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Rows gone since the previous package</source>
      <translation>自上一个交换包以来删除的行数</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Schema of the platform.</source>
      <translation>平台所用的数据库模式。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Staff</source>
      <translation>人员</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Table of persons; without one the surveyors whom the components name are taken.</source>
      <translation>人员表；未提供时，人员取自部件中所填的采集员。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>The folder “{folder}” is not there. Check the path.</source>
      <translation>文件夹“{folder}”不存在。请检查路径。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>There is no earlier package in “{folder}”: all is written.</source>
      <translation>“{folder}”中没有以往的交换包：将写出全部数据。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>There is nothing to export. Give a connection to the platform, or layers.</source>
      <translation>没有可导出的内容。请提供平台连接，或提供图层。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>What the package holds; the profile's categories if empty: </source>
      <translation>交换包的内容；留空则采用城市配置中的类别：</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>What the six statistics are computed from.</source>
      <translation>用于计算六项统计。</translation>
    </message>
    <message>
      <location filename="../../processing/database/export_exchange_package.py" />
      <source>Writes persons, components, unit grids, departments, case dictionaries and six case statistics as a folder of JSON, XML, CSV or GeoPackage with a manifest of counts and hashes, and reads it back before it leaves. Layers that are given come before those of the platform.</source>
      <translation>将人员、部件、单元网格、部门、案件字典和六项案件统计写成一个JSON、XML、CSV或GeoPackage文件夹，附记有行数和哈希的清单文件，并在完成前读回核对。所提供的图层优先于平台上的图层。</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_cases.py" />
      <source>Case table</source>
      <translation>案件表</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_cases.py" />
      <source>Import cases</source>
      <translation>导入案件</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_cases.py" />
      <source>Reads a case table (spreadsheet or layer), recognises its headings and its words for states and sources, places each case by its coordinates or by the unit grid it names, and refuses rows with the reason.</source>
      <translation>读取案件表（电子表格或图层），识别其表头以及状态和来源的用语，按坐标或所填单元网格为每个案件定位，并对拒收的行注明原因。</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_exchange_package.py" />
      <source>Checks a package (files, hashes, counts, every row) and writes it as one GeoPackage with a layer for each category, under our own field names. Nothing is written when anything is wrong.</source>
      <translation>检查交换包（文件、哈希、行数和每一行），并写成一个GeoPackage，每个类别一个图层，采用本系统的字段名。有任何错误时不写入任何内容。</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_exchange_package.py" />
      <source>Folder of the package; the one that holds manifest.json.</source>
      <translation>交换包的文件夹，即manifest.json所在的文件夹。</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_exchange_package.py" />
      <source>For a package of changes: the full package before it, or a folder that holds it and the changes between. The result is then the whole state.</source>
      <translation>对于变化包：提供其之前的全量包，或存放全量包及其间各变化包的文件夹。输出即为完整数据。</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_exchange_package.py" />
      <source>Import exchange package</source>
      <translation>导入交换包</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_exchange_package.py" />
      <source>Layers</source>
      <translation>图层</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_exchange_package.py" />
      <source>One layer for each category; an older file is replaced.</source>
      <translation>每个类别一个图层；已有的文件会被替换。</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_exchange_package.py" />
      <source>Say where the layers are to be written.</source>
      <translation>请指定图层的写入位置。</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_objects.py" />
      <source>Import objects</source>
      <translation>导入对象</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_objects.py" />
      <source>Objects</source>
      <translation>对象</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_objects.py" />
      <source>Reads a table of facilities, monitors, video positions, departments or of a layer that the city profile adds (spreadsheet, JSON of an interface, or layer), recognises its headings and values, places each row by its coordinates or by the unit grid it names, and refuses rows with the reason.</source>
      <translation>读取设施、监测点、视频点位、部门或城市配置所增图层的表（电子表格、接口的JSON或图层），识别表头和取值，按坐标或所填单元网格为每一行定位，不合格的行说明原因后退回。</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_objects.py" />
      <source>Table</source>
      <translation>表</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_objects.py" />
      <source>The layer {layer} is taken in by {algorithm}.</source>
      <translation>图层“{layer}”由{algorithm}导入。</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_objects.py" />
      <source>facility, monitor, camera, department, or the name of a layer of the city profile.</source>
      <translation>facility、monitor、camera、department，或城市配置中图层的名称。</translation>
    </message>
    <message>
      <location filename="../../processing/database/import_objects.py" />
      <source>“{kind}” is no layer of the city profile. Choose one of {names}.</source>
      <translation>城市配置中没有图层“{kind}”。请从{names}中选择。</translation>
    </message>
    <message>
      <location filename="../../processing/database/install_platform.py" />
      <source>Definition of a local system that the server does not know.</source>
      <translation>服务器未收录的地方坐标系的定义。</translation>
    </message>
    <message>
      <location filename="../../processing/database/install_platform.py" />
      <source>EPSG number of the platform's coordinate system; 0 takes the profile's, keeps what is installed, and is CGCS2000 (4490) for a new one.</source>
      <translation>平台坐标系的 EPSG 编号；0 为取配置中的编号或保持已安装的坐标系，新装时为 CGCS2000（4490）。</translation>
    </message>
    <message>
      <location filename="../../processing/database/install_platform.py" />
      <source>Install platform</source>
      <translation>安装平台</translation>
    </message>
    <message>
      <location filename="../../processing/database/install_platform.py" />
      <source>Makes the platform's tables, history, views, roles and row-level security in a PostGIS database, or upgrades them. Run again it changes nothing.</source>
      <translation>在PostGIS数据库中创建或升级平台的数据表、历史记录、视图、角色和行级安全策略。重复运行不会再作更改。</translation>
    </message>
    <message>
      <location filename="../../processing/database/install_platform.py" />
      <source>Own coordinate system (WKT)</source>
      <translation>自定义坐标系（WKT）</translation>
    </message>
    <message>
      <location filename="../../processing/database/install_platform.py" />
      <source>Platform version {version} in {crs}.</source>
      <translation>平台版本{version}，坐标参照系{crs}。</translation>
    </message>
    <message>
      <location filename="../../processing/database/install_platform.py" />
      <source>SRID</source>
      <translation>SRID编号</translation>
    </message>
    <message>
      <location filename="../../processing/database/install_platform.py" />
      <source>Version of the platform's schema</source>
      <translation>平台模式的版本</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_districts.py" />
      <source>Districts</source>
      <translation>区县</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_districts.py" />
      <source>Lists districts with their server and rows. Rows of a push that broke off between two servers are counted: push that district again.</source>
      <translation>列出各区县所在的服务器和行数，并统计在两台服务器之间中断的推送留下的行：请重新推送该区县。</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_districts.py" />
      <source>One row a layer and district.</source>
      <translation>每个图层、每个区县一行。</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_districts.py" />
      <source>Rows of pushes that broke off</source>
      <translation>中断的推送留下的行</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_districts.py" />
      <source>Where districts lie</source>
      <translation>区县所在服务器</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_districts.py" />
      <source>{count} rows of district {district} in layer {kind} come from a push that broke off between two servers. Push this district again.</source>
      <translation>图层 {kind} 的区县 {district} 有 {count} 行来自在两台服务器之间中断的推送。请重新推送该区县。</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_pushes.py" />
      <source>List pushes</source>
      <translation>列出推送记录</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_pushes.py" />
      <source>Lists who brought what to the platform and when, the newest first.</source>
      <translation>列出何人何时向平台推送了什么，最新的在前。</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_pushes.py" />
      <source>Number of pushes</source>
      <translation>推送次数</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_pushes.py" />
      <source>One row a batch.</source>
      <translation>每个批次一行。</translation>
    </message>
    <message>
      <location filename="../../processing/database/list_pushes.py" />
      <source>Only pushes of this layer, e.g. component; all if empty.</source>
      <translation>仅列出该图层的推送，如component；留空则列出全部。</translation>
    </message>
    <message>
      <location filename="../../processing/database/move_district.py" />
      <source>6 digits.</source>
      <translation>6 位数字。</translation>
    </message>
    <message>
      <location filename="../../processing/database/move_district.py" />
      <source>As CREATE SERVER made it known to the platform; empty brings the district home.</source>
      <translation>用 CREATE SERVER 登记的名称；留空则迁回。</translation>
    </message>
    <message>
      <location filename="../../processing/database/move_district.py" />
      <source>Connection to the other server's database, of somebody who may create tables there; a saved name or service=NAME.</source>
      <translation>到另一台服务器数据库的连接，该用户须有建表权限；填已保存的名称或 service=NAME。</translation>
    </message>
    <message>
      <location filename="../../processing/database/move_district.py" />
      <source>Move district to another server</source>
      <translation>将区县迁移到另一台服务器</translation>
    </message>
    <message>
      <location filename="../../processing/database/move_district.py" />
      <source>Moves a district's rows of a layer to another PostgreSQL server, all or none, or brings them home. Pushes, reverts, pulls, rights and queries go on as before.</source>
      <translation>将某图层一个区县的数据整体迁移到另一台 PostgreSQL 服务器，或迁回。推送、撤销、下载、权限和查询照旧。</translation>
    </message>
    <message>
      <location filename="../../processing/database/move_district.py" />
      <source>Name of the server</source>
      <translation>服务器名称</translation>
    </message>
    <message>
      <location filename="../../processing/database/move_district.py" />
      <source>The layer; the others stay on the platform's own server.</source>
      <translation>图层；其他图层留在平台自身的服务器上。</translation>
    </message>
    <message>
      <location filename="../../processing/database/move_district.py" />
      <source>The other server</source>
      <translation>另一台服务器</translation>
    </message>
    <message>
      <location filename="../../processing/database/pull_from_platform.py" />
      <source>Changed since batch</source>
      <translation>自该批次以来的变更</translation>
    </message>
    <message>
      <location filename="../../processing/database/pull_from_platform.py" />
      <source>Extent</source>
      <translation>范围</translation>
    </message>
    <message>
      <location filename="../../processing/database/pull_from_platform.py" />
      <source>Last batch the rows hold</source>
      <translation>所含数据的最后批次</translation>
    </message>
    <message>
      <location filename="../../processing/database/pull_from_platform.py" />
      <source>Only rows written by later batches.</source>
      <translation>仅限此后批次写入的行。</translation>
    </message>
    <message>
      <location filename="../../processing/database/pull_from_platform.py" />
      <source>Only what meets this rectangle.</source>
      <translation>仅限与该矩形相交的数据。</translation>
    </message>
    <message>
      <location filename="../../processing/database/pull_from_platform.py" />
      <source>Pull from platform</source>
      <translation>从平台拉取</translation>
    </message>
    <message>
      <location filename="../../processing/database/pull_from_platform.py" />
      <source>Reads a layer as it is on the platform at one moment: all of it, an area, an extent or what changed since a batch. SNAPSHOT goes back with the next push to find conflicts.</source>
      <translation>读取某一时刻平台上的图层：全部、某一区域、某一范围，或自某批次以来的变更。下次推送时请带上SNAPSHOT，用于发现冲突。</translation>
    </message>
    <message>
      <location filename="../../processing/database/pull_from_platform.py" />
      <source>Rows read</source>
      <translation>读取的行数</translation>
    </message>
    <message>
      <location filename="../../processing/database/pull_from_platform.py" />
      <source>The rows in the platform's coordinate system.</source>
      <translation>采用平台坐标系的各行数据。</translation>
    </message>
    <message>
      <location filename="../../processing/database/pull_from_platform.py" />
      <source>Which layer.</source>
      <translation>选择图层。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Batch that the layer was pulled at; rows others changed since are conflicts.</source>
      <translation>拉取该图层时的批次；此后他人改动过的行视为冲突。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Check every row anew</source>
      <translation>重新检查每一行</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Counts, rejected rows, conflicts and findings for programs.</source>
      <translation>计数、被拒绝的行、冲突和检查问题，供程序读取。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Findings for people.</source>
      <translation>检查问题，供人员查阅。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Folder that keeps the checked rows when the server cannot be reached.</source>
      <translation>无法连接服务器时，用于保留已检查各行的文件夹。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Mode</source>
      <translation>运行方式</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Off: a warning stops the push as an error does.</source>
      <translation>不勾选时，警告与错误一样会中止推送。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Off: rules on single rows pass over what an earlier push checked under the same conditions.</source>
      <translation>关闭时：逐行检查的规则跳过此前推送在相同条件下已检查过的行。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Pulled at batch</source>
      <translation>拉取时的批次</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Push with warnings</source>
      <translation>有警告时仍推送</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Remove platform rows that the layer lacks, in its communities only.</source>
      <translation>删除平台上有而图层中没有的行，仅限于图层所涉及的社区。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Remove what is missing</source>
      <translation>删除图层中没有的行</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>Rows to push; the layer is only read.</source>
      <translation>待推送的行；图层只读取，不修改。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>What a manager accepted there is accepted on the platform too, unless it changed.</source>
      <translation>管理者在其中认可的，在平台上同样认可，除非要素已改变。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>What the layer holds.</source>
      <translation>图层所含的数据种类。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>What the rules found.</source>
      <translation>规则检查发现的问题。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>With dry_run: what a push would add, change and remove.</source>
      <translation>用于dry_run：推送将新增、修改和删除的内容。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_parameters.py" />
      <source>validate only checks, dry_run also lists the differences, push writes.</source>
      <translation>validate只检查，dry_run另列出差异，push执行写入。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_reports.py" />
      <source>The platform has all of it already; nothing was changed.</source>
      <translation>平台已有全部数据；未作任何更改。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_reports.py" />
      <source>{inserted} added, {updated} changed, {unchanged} the same, {deleted} removed, {rejected} rejected.</source>
      <translation>新增{inserted}行，修改{updated}行，未变化{unchanged}行，删除{deleted}行，拒绝{rejected}行。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_reports.py" />
      <source>{known} of {count} rows are as an earlier push checked them; rules looked at the others one by one, and at all rows together.</source>
      <translation>{count} 行中有 {known} 行与此前推送检查时相同；其余各行逐行检查，行与行之间的检查仍针对全部行。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>Checks a layer, finds what differs from the platform and writes it by key in one transaction. Any error, rejected row or conflict: nothing is written, and you are told why. Pushing the same layer again changes nothing.</source>
      <translation>检查图层，找出与平台的差异，并在一个事务中按主键写入。只要有错误、被拒绝的行或冲突，就不写入任何数据，并说明原因。重复推送同一图层不会再作更改。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>Nothing was pushed: the check found {errors} errors and {warnings} warnings. The first one: {rule} {key}: {message}</source>
      <translation>未推送任何数据：检查发现{errors}个错误、{warnings}个警告。第一个为：{rule} {key}：{message}</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>Number of the batch</source>
      <translation>批次号</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>Push to platform</source>
      <translation>推送到平台</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>Rows added</source>
      <translation>新增的行数</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>Rows changed</source>
      <translation>修改的行数</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>Rows rejected</source>
      <translation>被拒绝的行数</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>Rows removed</source>
      <translation>删除的行数</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>Rows the same</source>
      <translation>未变化的行数</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>The {count} rows are kept in {path}. Run deliver_outbox when there is a connection.</source>
      <translation>{count}行已保留在{path}中。请在有连接时运行deliver_outbox。</translation>
    </message>
    <message>
      <location filename="../../processing/database/push_to_platform.py" />
      <source>{count} warnings; the push goes on.</source>
      <translation>{count}个警告；推送继续进行。</translation>
    </message>
    <message>
      <location filename="../../processing/database/references.py" />
      <source>To check authorities with; the platform's if empty.</source>
      <translation>用于核对主管部门；留空则使用平台上的数据。</translation>
    </message>
    <message>
      <location filename="../../processing/database/references.py" />
      <source>To check the coverage of unit grids with.</source>
      <translation>用于检查单元网格的覆盖。</translation>
    </message>
    <message>
      <location filename="../../processing/database/references.py" />
      <source>To compare components and risks with; the platform's if empty.</source>
      <translation>用于比对部件和风险；留空则使用平台上的数据。</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>Areas without cases are listed too, and the result can be drawn; a table without.</source>
      <translation>没有案件的区域也列出，且结果可以上图；不提供时结果为表。</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>By which areas to count.</source>
      <translation>按哪一级区域统计。</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>Cases counted</source>
      <translation>已统计的案件数</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>Cases in no area</source>
      <translation>不在任何区域内的案件数</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>Communities or unit grids</source>
      <translation>社区或单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>Counts cases by unit grid, community, street, district or city: found, opened, handled, closed and rejected, the rates between them, the mean time to close and the rank.</source>
      <translation>按单元网格、社区、街道、区（县）或全市统计案件：上报、立案、处置、结案和不予立案数，各项率，平均结案时长和排名。</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>First day</source>
      <translation>起始日期</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>Last day</source>
      <translation>截止日期</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>One row for each area, with its rank by the share closed.</source>
      <translation>每个区域一行，附按结案率的排名。</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>Only cases reported from this day on.</source>
      <translation>仅统计自该日起上报的案件。</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>Only cases reported until this day.</source>
      <translation>仅统计截至该日上报的案件。</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>Rates</source>
      <translation>各项率</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>Report case rates</source>
      <translation>案件办理率统计</translation>
    </message>
    <message>
      <location filename="../../processing/database/report_case_rates.py" />
      <source>With the code of the unit grid, or as points within the areas.</source>
      <translation>应有单元网格编码，或为区域内的点。</translation>
    </message>
    <message>
      <location filename="../../processing/database/revert_push.py" />
      <source>As the push gave it, or as “List pushes” shows it.</source>
      <translation>推送时给出的批次号，或“列出推送记录”中显示的批次号。</translation>
    </message>
    <message>
      <location filename="../../processing/database/revert_push.py" />
      <source>Number of the revert's own batch</source>
      <translation>本次撤销自身的批次号</translation>
    </message>
    <message>
      <location filename="../../processing/database/revert_push.py" />
      <source>Revert push</source>
      <translation>撤销推送</translation>
    </message>
    <message>
      <location filename="../../processing/database/revert_push.py" />
      <source>Rows brought back or as they were</source>
      <translation>恢复或还原的行数</translation>
    </message>
    <message>
      <location filename="../../processing/database/revert_push.py" />
      <source>Rows removed again</source>
      <translation>重新删除的行数</translation>
    </message>
    <message>
      <location filename="../../processing/database/revert_push.py" />
      <source>Takes a batch back in one transaction. Refused, with the reason, when later batches changed the same rows.</source>
      <translation>在一个事务中撤销某一批次。如果后续批次改动了相同的行，则拒绝撤销并说明原因。</translation>
    </message>
    <message>
      <location filename="../../processing/district_files.py" />
      <source>District {district} is there twice, the second time in “{file}”. Leave one.</source>
      <translation>区县 {district} 出现两次，第二次在“{file}”。请只保留一个。</translation>
    </message>
    <message>
      <location filename="../../processing/district_files.py" />
      <source>District {district}: the layer “{layer}” cannot be opened. Check the path and, for a GeoPackage, the layer name after “|layername=”.</source>
      <translation>区县 {district}：无法打开图层“{layer}”。请检查路径；若为 GeoPackage，请检查“|layername=”后的图层名。</translation>
    </message>
    <message>
      <location filename="../../processing/district_files.py" />
      <source>The table “{path}” cannot be opened. CSV, xlsx, ods and GeoPackage serve.</source>
      <translation>无法打开表“{path}”。可用 CSV、xlsx、ods 和 GeoPackage。</translation>
    </message>
    <message>
      <location filename="../../processing/district_files.py" />
      <source>“{folder}” has no GeoPackage whose name begins with the 6 digits of a district.</source>
      <translation>“{folder}”中没有以 6 位区县代码开头的 GeoPackage。</translation>
    </message>
    <message>
      <location filename="../../processing/district_files.py" />
      <source>“{table}”, field district_code: “{value}” is no code of 6 digits.</source>
      <translation>“{table}”的字段 district_code：“{value}”不是 6 位代码。</translation>
    </message>
    <message>
      <location filename="../../processing/district_layers.py" />
      <source>Layer “{layer}”: “{value}” does not begin with the 6 digits of a district ({count} such communities). Correct community_code, then run again.</source>
      <translation>图层“{layer}”：“{value}”不以 6 位区县代码开头（此类社区 {count} 个）。请改正 community_code 后重新运行。</translation>
    </message>
    <message>
      <location filename="../../processing/district_layers.py" />
      <source>There is no district {district}. There are: {districts}.</source>
      <translation>没有区县 {district}。现有：{districts}。</translation>
    </message>
    <message>
      <location filename="../../processing/district_layers.py" />
      <source>This job needs the layer {parameter}. Give it, or files by district in LIST or DELIVERIES.</source>
      <translation>该任务需要图层 {parameter}。请给出，或在 LIST 或 DELIVERIES 中按区县给出文件。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Address of a cluster’s scheduler, such as tls://host:8786; empty works with processes of this machine. The results are the same.</source>
      <translation>集群调度器的地址，例如 tls://host:8786；留空则用本机进程。结果相同。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Codes of 6 digits, parted by commas; all when empty.</source>
      <translation>6 位代码，用逗号分隔；留空为全部。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Dask scheduler</source>
      <translation>Dask 调度器</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Districts that went well in this folder are taken over; the others are done.</source>
      <translation>该文件夹中已成功的区县直接沿用，其余的重新处理。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Each belongs to the district in which it lies.</source>
      <translation>每个部件归其所在的区县。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Fail when a district failed</source>
      <translation>有区县失败则以失败结束</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Folder of districts</source>
      <translation>区县文件夹</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Footprints that no border may cross.</source>
      <translation>界线不得穿越的建筑物轮廓。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>For schedulers: the run fails, after its table is written.</source>
      <translation>供定时任务使用：写出结果表后以失败结束。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Go on with an earlier batch</source>
      <translation>继续先前的批量任务</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Instead of layers of the whole city: GeoPackages whose names begin with the district’s code, with layers community, unit_grid, component, street, water …</source>
      <translation>代替全市图层：文件名以区县代码开头的 GeoPackage，内含图层 community、unit_grid、component、street、water 等。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Instead of layers of the whole city: a table (CSV, xlsx) with district_code, district_name and columns named as the layers’ parameters that hold paths, such as 500112.gpkg|layername=community.</source>
      <translation>代替全市图层：一张表（CSV、xlsx），含 district_code、district_name，以及与图层参数同名、内容为路径的列，例如 500112.gpkg|layername=community。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Job</source>
      <translation>任务</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>List of districts</source>
      <translation>区县清单</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Most districts at once on this machine; 0 is one for each core, 1 none besides QGIS itself. Each needs the memory of one district.</source>
      <translation>本机同时处理的区县数上限；0 为每核一个，1 为只用 QGIS 自身。每个都需要容纳一个区县的内存。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Numbered cells, for all jobs but cutting.</source>
      <translation>已编码的单元网格；除划分外的任务都需要。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>One or more line or polygon layers that borders shall follow.</source>
      <translation>供界线沿用的一个或多个线图层或面图层。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Points or polygons (components, cases) whose number is to be balanced.</source>
      <translation>点或面（部件、案件），其数量将在网格之间均衡。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Processes</source>
      <translation>进程数</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>Streets, rivers, railways</source>
      <translation>道路、河流、铁路</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>The algorithm that is run for each district.</source>
      <translation>对每个区县运行的算法。</translation>
    </message>
    <message>
      <location filename="../../processing/district_parameters.py" />
      <source>The first 6 digits of community_code make the districts.</source>
      <translation>由 community_code 的前 6 位划分区县。</translation>
    </message>
    <message>
      <location filename="../../processing/editions.py" />
      <source>Edition of the component standard: {numbers}.</source>
      <translation>部件标准的版本：{numbers}。</translation>
    </message>
    <message>
      <location filename="../../processing/editions.py" />
      <source>The class table of {number} is provisional: it was derived from the 2026 edition. Load the city's own table where there is one.</source>
      <translation>{number}的分类表为暂定：由2026年版推导得出。如果有本市自己的分类表，请载入。</translation>
    </message>
    <message>
      <location filename="../../processing/folders.py" />
      <source>The folder “{folder}” cannot be made: {reason}. Choose another one.</source>
      <translation>无法创建文件夹“{folder}”：{reason}。请另选文件夹。</translation>
    </message>
    <message>
      <location filename="../../processing/folders.py" />
      <source>The folder “{folder}” cannot be replaced: {reason}. Close its files in other programs, or choose another folder.</source>
      <translation>无法替换文件夹“{folder}”：{reason}。请在其他程序中关闭其中的文件，或另选文件夹。</translation>
    </message>
    <message>
      <location filename="../../processing/folders.py" />
      <source>“{folder}” holds other files ({name}). Choose an empty folder or one that is not there yet.</source>
      <translation>“{folder}”中有其他文件（{name}）。请选择空文件夹，或尚不存在的文件夹。</translation>
    </message>
    <message>
      <location filename="../../processing/general/apply_fixes.py" />
      <source>Applies the safe fixes that a check suggests: blanks and full-width digits, areas, unit grids by location. Values that changed since the check are left alone.</source>
      <translation>应用检查所建议的安全修正：空格和全角数字、面积、按位置确定的单元网格。检查之后改动过的值保持不变。</translation>
    </message>
    <message>
      <location filename="../../processing/general/apply_fixes.py" />
      <source>Fixed layer</source>
      <translation>修正后的图层</translation>
    </message>
    <message>
      <location filename="../../processing/general/apply_fixes.py" />
      <source>Fixes not applied</source>
      <translation>未应用的修正数</translation>
    </message>
    <message>
      <location filename="../../processing/general/apply_fixes.py" />
      <source>The findings of its check.</source>
      <translation>该图层的检查问题。</translation>
    </message>
    <message>
      <location filename="../../processing/general/apply_fixes.py" />
      <source>The layer that was checked.</source>
      <translation>检查过的图层。</translation>
    </message>
    <message>
      <location filename="../../processing/general/apply_fixes.py" />
      <source>The same rows with the fixes applied.</source>
      <translation>原有各行，已应用修正。</translation>
    </message>
    <message>
      <location filename="../../processing/general/apply_fixes.py" />
      <source>Values changed</source>
      <translation>修改的值数</translation>
    </message>
    <message>
      <location filename="../../processing/general/check_addresses.py" />
      <source>Check addresses</source>
      <translation>检查地理编码</translation>
    </message>
    <message>
      <location filename="../../processing/general/check_addresses.py" />
      <source>Checks kinds, double names in any spelling, streets of door plates, communities by location and the history of names of the geocoded places.</source>
      <translation>检查地理编码地点的类型、各种写法的重名、门牌所属街巷、按位置所在的社区，以及名称的变更历史。</translation>
    </message>
    <message>
      <location filename="../../processing/general/check_addresses.py" />
      <source>To compare each place's community with its location.</source>
      <translation>用于比对每个地点的社区与其位置是否一致。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>As of {day}</source>
      <translation>截至 {day}</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Borders and names; rates and rankings are counted by them.</source>
      <translation>界线和名称；案件率和排名按其统计。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>By which areas rates and rankings are counted.</source>
      <translation>案件率和排名按哪一级区域统计。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Cameras with their status and direction.</source>
      <translation>视频点位及其状态和朝向。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>City at a glance</source>
      <translation>城市运行一张图</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Communities, unit grids, components and risks not given come from it.</source>
      <translation>未给出的社区、单元网格、部件和风险由平台读取。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Components, service and risks are shown by cell.</source>
      <translation>部件、服务覆盖和风险按网格显示。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Counted by cell; each shows from near.</source>
      <translation>按网格统计，放大后逐个显示。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Create one map</source>
      <translation>生成一张图</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Gets one_map.gpkg and the project one_map.qgz; both are replaced. It can be carried to another machine as it is.</source>
      <translation>写入 one_map.gpkg 和工程 one_map.qgz，两者会被替换。整个文件夹可原样带到其他机器。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>How far a public toilet serves; 0 takes the radius of the profile.</source>
      <translation>公厕的服务距离；0 为取配置中的半径。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Makes a project with the themes supervision, network operation, municipal facilities and risks, with layouts for a wall screen and A3. Give what there is: a theme without data is left out. The map is a snapshot; run it again to renew it.</source>
      <translation>生成包含监督、网络运行、市政环卫设施和风险四个专题的工程，并带大屏和 A3 布局。有什么数据就给什么：没有数据的专题不生成。一张图是当时的快照，再次运行即可更新。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Service radius (m)</source>
      <translation>服务半径（米）</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Service radius of toilets: {radius} m</source>
      <translation>公厕服务半径 {radius} 米</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Stands on each page; the profile's city when empty.</source>
      <translation>显示在每一页；留空时取配置中的城市。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Streets, water, buildings, the uppermost first.</source>
      <translation>道路、水域、建筑物，最上层在前。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>The risk list with its levels.</source>
      <translation>带等级的风险清单。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Themes</source>
      <translation>专题</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Waste plants, landfills, transfer stations, public toilets.</source>
      <translation>垃圾处理厂、填埋场、转运站、公共厕所。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>Waterlogging points and underpasses with their status.</source>
      <translation>积水点和下穿立交及其状态。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>With state and the code of the unit grid, or as points.</source>
      <translation>含状态和单元网格标识码，或为点图层。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_one_map.py" />
      <source>{city} at a glance</source>
      <translation>{city}城市运行一张图</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_sample_city.py" />
      <source>Area (km²)</source>
      <translation>面积（km²）</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_sample_city.py" />
      <source>Deliberate errors</source>
      <translation>故意设置的错误数</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_sample_city.py" />
      <source>Gets city.gpkg and the project city.qgz; both are replaced.</source>
      <translation>将生成city.gpkg和项目city.qgz；已有的同名文件会被替换。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_sample_city.py" />
      <source>How large the town is; from 100 km² on it has several districts.</source>
      <translation>城区的大小；自100 km²起包含多个区（县）。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_sample_city.py" />
      <source>How many lamps, covers, benches … it has.</source>
      <translation>路灯、井盖、座椅等部件的数量。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_sample_city.py" />
      <source>Invents a town: communities, streets, rivers, buildings, unit grids, components, departments, addresses, risks, cases and a survey, as one GeoPackage and a project. All names and codes are made up, in valid form.</source>
      <translation>虚构一座城市：社区、道路、河流、建筑物、单元网格、部件、部门、地址、风险、案件和普查数据，输出为一个GeoPackage和一个项目。所有名称和编码均为虚构，格式有效。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_sample_city.py" />
      <source>On: a handful of every kind, to try the checks on.</source>
      <translation>勾选后，每类错误各设置若干个，用于试用检查功能。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_sample_city.py" />
      <source>The same seed gives the same town.</source>
      <translation>种子相同，生成的城市也相同。</translation>
    </message>
    <message>
      <location filename="../../processing/general/create_sample_city.py" />
      <source>With deliberate errors</source>
      <translation>包含故意设置的错误</translation>
    </message>
    <message>
      <location filename="../../processing/general/export_one_map.py" />
      <source>Export one map</source>
      <translation>输出一张图</translation>
    </message>
    <message>
      <location filename="../../processing/general/export_one_map.py" />
      <source>Gets wall_&lt;theme&gt;.png and one_map_a3.pdf; earlier ones are replaced.</source>
      <translation>写入 wall_&lt;专题&gt;.png 和 one_map_a3.pdf，先前的会被替换。</translation>
    </message>
    <message>
      <location filename="../../processing/general/export_one_map.py" />
      <source>In pixels.</source>
      <translation>单位为像素。</translation>
    </message>
    <message>
      <location filename="../../processing/general/export_one_map.py" />
      <source>Pages</source>
      <translation>页数</translation>
    </message>
    <message>
      <location filename="../../processing/general/export_one_map.py" />
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <location filename="../../processing/general/export_one_map.py" />
      <source>Project of the one map</source>
      <translation>一张图工程</translation>
    </message>
    <message>
      <location filename="../../processing/general/export_one_map.py" />
      <source>Size of the pictures</source>
      <translation>图片尺寸</translation>
    </message>
    <message>
      <location filename="../../processing/general/export_one_map.py" />
      <source>What “Create one map” made; its layouts may be edited.</source>
      <translation>由“生成一张图”得到；布局可以修改。</translation>
    </message>
    <message>
      <location filename="../../processing/general/export_one_map.py" />
      <source>Writes a picture of each theme for the wall screen and all themes as an A3 PDF, from the layouts of a one map project as they are saved in it.</source>
      <translation>按一张图工程中保存的布局，为大屏输出每个专题的图片，并将全部专题输出为 A3 PDF。</translation>
    </message>
    <message>
      <location filename="../../processing/general/list_rules.py" />
      <source>List rules</source>
      <translation>列出规则</translation>
    </message>
    <message>
      <location filename="../../processing/general/list_rules.py" />
      <source>Number of rules</source>
      <translation>规则数</translation>
    </message>
    <message>
      <location filename="../../processing/general/list_rules.py" />
      <source>Table in UTF-8 with one row a rule.</source>
      <translation>UTF-8编码的表，每条规则一行。</translation>
    </message>
    <message>
      <location filename="../../processing/general/list_rules.py" />
      <source>Writes the catalogue of rules as a table: id, severity, subject, titles in both languages and the parameters a city profile can set.</source>
      <translation>将规则目录输出为表：编号、严重程度、对象、中英文标题，以及城市配置可以设置的参数。</translation>
    </message>
    <message>
      <location filename="../../processing/general/measure_facility_coverage.py" />
      <source>Areas without any service</source>
      <translation>无服务的区域数</translation>
    </message>
    <message>
      <location filename="../../processing/general/measure_facility_coverage.py" />
      <source>As the crow flies; 0 takes the radius of the profile (500 m).</source>
      <translation>直线距离；0 为取配置中的半径（500 米）。</translation>
    </message>
    <message>
      <location filename="../../processing/general/measure_facility_coverage.py" />
      <source>Coverage</source>
      <translation>覆盖</translation>
    </message>
    <message>
      <location filename="../../processing/general/measure_facility_coverage.py" />
      <source>Measure facility coverage</source>
      <translation>统计设施覆盖</translation>
    </message>
    <message>
      <location filename="../../processing/general/measure_facility_coverage.py" />
      <source>Measures for each unit grid or community how much of it lies within the service radius of a public toilet or another facility, how many there are and how far the nearest is.</source>
      <translation>统计每个单元网格或社区有多少面积在公共厕所等设施的服务半径之内、有多少设施、最近的有多远。</translation>
    </message>
    <message>
      <location filename="../../processing/general/measure_facility_coverage.py" />
      <source>Share of the surface served</source>
      <translation>覆盖面积占比</translation>
    </message>
    <message>
      <location filename="../../processing/general/measure_facility_coverage.py" />
      <source>Such as toilet or 公共厕所; several with commas; all when empty.</source>
      <translation>如 toilet 或公共厕所；多个以逗号分隔；留空为全部。</translation>
    </message>
    <message>
      <location filename="../../processing/general/measure_facility_coverage.py" />
      <source>The areas with facilities (in them), facilities_near (of the middle), served (share, 0 to 1) and nearest_m.</source>
      <translation>区域及 facilities（区内设施数）、facilities_near（中心半径内设施数）、served（覆盖率，0 到 1）和 nearest_m（最近距离）。</translation>
    </message>
    <message>
      <location filename="../../processing/general/measure_facility_coverage.py" />
      <source>Those out of use serve nobody.</source>
      <translation>停用的设施不计服务。</translation>
    </message>
    <message>
      <location filename="../../processing/general/measure_facility_coverage.py" />
      <source>Unit grids, communities, streets or districts.</source>
      <translation>单元网格、社区、街道或区（县）。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Cancelled. {done} of {all} districts are done and lie in “{folder}”; run again with RESUME to go on.</source>
      <translation>已取消。{all} 个区县中有 {done} 个已完成，结果在“{folder}”；用 RESUME 重新运行即可继续。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Cuts, checks, assigns or exports district by district, several at once. A district that fails stops no other; the table tells how each one ended, and only what failed is done again.</source>
      <translation>逐区县划分、检查、归格或导出，可同时处理多个。一个区县失败不影响其他区县；结果表说明每个区县的结果，重做时只做失败的。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Districts taken over</source>
      <translation>沿用的区县</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Districts that failed</source>
      <translation>失败的区县</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Districts that went well</source>
      <translation>成功的区县</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Each district was checked by itself. Check the unit grids of the whole city with RULES=G2,G9 for the borders between them.</source>
      <translation>各区县已单独检查；区县之间的边界请用 RULES=G2,G9 检查全市单元网格。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Exchange packages are folders and make no joint layer. Leave RESULT empty.</source>
      <translation>交换包是文件夹，没有合并图层。请将 RESULT 留空。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Gets each district’s result and the state of the batch.</source>
      <translation>存放各区县的结果和批量任务的状态。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Joint layer</source>
      <translation>合并图层</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>No district went well: there is nothing to join. See the messages.</source>
      <translation>没有区县成功，无可合并。请看各条说明。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>One row a district: job, state (ok, failed, cancelled), counts, seconds, message, file.</source>
      <translation>每区县一行：任务、状态（ok 成功、failed 失败、cancelled 取消）、计数、秒数、说明、文件。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Run a job for all districts</source>
      <translation>对所有区县运行任务</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>Table of districts</source>
      <translation>区县结果表</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>The results of all districts together; not for the exchange.</source>
      <translation>所有区县结果的合并图层；数据交换任务没有。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>{count} districts are done already and taken over.</source>
      <translation>{count} 个区县已完成，直接沿用。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>{count} rows of layer {layer} lie in no district; nothing was done with them.</source>
      <translation>图层 {layer} 有 {count} 条记录不在任何区县内，未作处理。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>{district} {name}: done in {seconds:.1f} s.</source>
      <translation>{district} {name}：完成，用时 {seconds:.1f} 秒。</translation>
    </message>
    <message>
      <location filename="../../processing/general/run_city_batch.py" />
      <source>{failed} of {all} districts failed; the table says why. Run again with RESUME once that is put right.</source>
      <translation>{all} 个区县中有 {failed} 个失败，原因见结果表。改正后用 RESUME 重新运行。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_addresses.py" />
      <source>A point for each place, with what it answers to and how well.</source>
      <translation>每个地点一个点，附所匹配的名称和匹配程度。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_addresses.py" />
      <source>At most</source>
      <translation>最多条数</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_addresses.py" />
      <source>Geocoded places with address_name.</source>
      <translation>含address_name的地理编码地点。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_addresses.py" />
      <source>Lines without any</source>
      <translation>没有结果的行数</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_addresses.py" />
      <source>Looks names, parts of names, codes and pinyin initials up among the geocoded places, offline. Numbers may be written either way; names that were given up are found last.</source>
      <translation>在地理编码地点中离线查找名称、名称的一部分、编码或拼音首字母。数字两种写法均可；已停用的名称排在最后。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_addresses.py" />
      <source>One place a line.</source>
      <translation>每行一个地点。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_addresses.py" />
      <source>Places for each line, the likeliest first.</source>
      <translation>每行给出的地点数，最相似的在前。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_addresses.py" />
      <source>Places found</source>
      <translation>找到的地点数</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_addresses.py" />
      <source>Search addresses</source>
      <translation>查询地址</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_addresses.py" />
      <source>Search for</source>
      <translation>查询内容</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_facilities.py" />
      <source>Distance (m)</source>
      <translation>距离（米）</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_facilities.py" />
      <source>Distance of the nearest (m)</source>
      <translation>最近设施的距离（米）</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_facilities.py" />
      <source>Facilities found</source>
      <translation>查到的设施</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_facilities.py" />
      <source>Facilities, monitors or any other places.</source>
      <translation>设施、监测点或其他地点。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_facilities.py" />
      <source>Finds the public toilets, transfer stations and other facilities around a place, sorted by distance, on the ellipsoid.</source>
      <translation>查找某处周边的公共厕所、转运站等设施，按椭球面距离排序。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_facilities.py" />
      <source>How far to search; 0 takes that of the profile (5,000 m).</source>
      <translation>查询距离；0 为取配置中的距离（5000 米）。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_facilities.py" />
      <source>Search facilities</source>
      <translation>查询设施</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_facilities.py" />
      <source>So many of the nearest; 0 is all.</source>
      <translation>最近的若干个；0 为全部。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_facilities.py" />
      <source>Where to search around, such as 412500,3276000 [EPSG:4545]; in the coordinates of the facilities when none are named.</source>
      <translation>查询的中心，如 412500,3276000 [EPSG:4545]；未注明坐标系时按设施图层的坐标。</translation>
    </message>
    <message>
      <location filename="../../processing/general/search_facilities.py" />
      <source>With rank and distance_m, the nearest first.</source>
      <translation>带 rank 和 distance_m，最近的在前。</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Give up missing places</source>
      <translation>停用缺少的地点</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>New places</source>
      <translation>新增的地点数</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>On: the delivery is complete, what it lacks is no more.</source>
      <translation>勾选后，视交付数据为完整数据，其中缺少的地点即不再存在。</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Places as they were</source>
      <translation>保持不变的地点数</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Places by their code, or by kind, street and name in any spelling. New ones need a code.</source>
      <translation>按编码识别的地点，或按类型、街巷和名称（不论写法）识别的地点。新增地点应有编码。</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Places changed otherwise</source>
      <translation>有其他变更的地点数</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Places given up</source>
      <translation>停用的地点数</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Places in use, then names that were given up.</source>
      <translation>先列在用的地点，再列已停用的名称。</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Places with a new name</source>
      <translation>改名的地点数</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Takes a delivery of geocoded places into the layer: new places, moved ones, new names. A name that is given up stays as an entry with its last day, so that old addresses are still found.</source>
      <translation>将一批地理编码地点的交付数据更新到图层：新增地点、位置变动和改名。停用的名称作为单独一条保留，并注明其最后一天，以便仍能查到旧地址。</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>The layer as it is, with the names that were given up.</source>
      <translation>现有图层，包含已停用的名称。</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Update addresses</source>
      <translation>更新地理编码</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Updated addresses</source>
      <translation>更新后的地址</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>Valid from</source>
      <translation>启用日期</translation>
    </message>
    <message>
      <location filename="../../processing/general/update_addresses.py" />
      <source>When new names come into use; today when empty.</source>
      <translation>新名称的启用日期；留空则为今天。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/barriers.py" />
      <source>Layer “{layer}” holds points; streets and rivers must be lines or polygons.</source>
      <translation>图层“{layer}”含有点要素；道路和河流应为线或面。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/barriers.py" />
      <source>None of the layers {layers} has the rank field “{field}”.</source>
      <translation>图层{layers}中都没有等级字段“{field}”。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/check_unit_grids.py" />
      <source>Changes since them must be in the lineage.</source>
      <translation>此后的变更须在沿革表中有记录。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/check_unit_grids.py" />
      <source>Check unit grids</source>
      <translation>检查单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/check_unit_grids.py" />
      <source>Codes it ended must not come back.</source>
      <translation>其中已停用的编码不得再次使用。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/check_unit_grids.py" />
      <source>Earlier unit grids</source>
      <translation>更新前的单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/check_unit_grids.py" />
      <source>Finds overlaps, gaps, cells outside or across their community, buildings cut, invalid shapes, wrong codes, areas and dates. Each finding says what to do.</source>
      <translation>查找重叠、缝隙、超出或跨越社区的网格、被切割的建筑物、无效形状、错误的编码、面积和日期。每个问题都说明处理办法。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/check_unit_grids.py" />
      <source>No border may cross one.</source>
      <translation>界线不得穿越建筑物。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/check_unit_grids.py" />
      <source>Streets and rivers</source>
      <translation>道路和河流</translation>
    </message>
    <message>
      <location filename="../../processing/grid/check_unit_grids.py" />
      <source>The cells must cover each of them exactly.</source>
      <translation>网格必须恰好覆盖每个社区。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/check_unit_grids.py" />
      <source>To tell which borders follow them.</source>
      <translation>用于判断哪些界线沿其走向。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>Area that differs (m²)</source>
      <translation>有差异的面积（m²）</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>Cells of either partition without a counterpart in the other.</source>
      <translation>一个划分中有而另一个划分中没有对应的网格。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>Cells only in the first</source>
      <translation>仅在第一套中的网格数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>Cells only in the second</source>
      <translation>仅在第二套中的网格数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>Compare unit grids</source>
      <translation>比较单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>Figures and maps of both, side by side.</source>
      <translation>两套网格的指标和地图，并列显示。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>First unit grids</source>
      <translation>第一套单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>For example a scenario.</source>
      <translation>例如某个备选方案。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>For example the present ones.</source>
      <translation>例如现有单元网格。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>Second unit grids</source>
      <translation>第二套单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>Sets two partitions of the same communities side by side: every figure, which one is better, and the cells that differ.</source>
      <translation>将同一批社区的两种划分并列比较：各项指标、何者更优，以及有差异的网格。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>The same figures, for programs.</source>
      <translation>相同的指标，供程序读取。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/compare_unit_grids.py" />
      <source>Without them figures are for the whole of the cells.</source>
      <translation>不提供时，按全部网格整体计算指标。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/cutting_parameters.py" />
      <source>Area that a unit grid should have; the profile's when empty (10,000 m²).</source>
      <translation>单元网格应有的面积；留空时取配置的值（10000 平方米）。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/cutting_parameters.py" />
      <source>Field of the communities with a target area of their own.</source>
      <translation>社区图层中存放各社区自身目标面积的字段。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/cutting_parameters.py" />
      <source>Target area (m²)</source>
      <translation>目标面积（m²）</translation>
    </message>
    <message>
      <location filename="../../processing/grid/cutting_parameters.py" />
      <source>Target area field</source>
      <translation>目标面积字段</translation>
    </message>
    <message>
      <location filename="../../processing/grid/cutting_parameters.py" />
      <source>The communities have no number field “{field}”. They have: {fields}.</source>
      <translation>社区图层没有数值字段“{field}”。现有字段：{fields}。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/cutting_parameters.py" />
      <source>The same seed gives the same cells.</source>
      <translation>种子相同，划分的网格也相同。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>Group management grids</source>
      <translation>组合管理网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>Groups adjacent unit grids of one community into management grids of one to five cells, as even as can be, and gives each grid of the result its code.</source>
      <translation>将同一社区内相邻的单元网格组合为由 1–5 个单元网格组成的管理网格，尽量均衡，并为每个管理网格编码。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>Management grids</source>
      <translation>管理网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>Management grids of one cell</source>
      <translation>仅含一个单元网格的管理网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>Mean number of unit grids</source>
      <translation>平均单元网格数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>Numbered cells; those with an end date are left out.</source>
      <translation>已编号的网格；有终止日期的不参与。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>One polygon each, with code, number of cells, area and load.</source>
      <translation>每个管理网格一个面，含编码、单元网格数、面积和工作量。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>Points or polygons that weigh on the cells: a grid is full with its share of them, so that busy cells come in smaller groups.</source>
      <translation>构成网格工作量的点或面：管理网格达到应分担的工作量即满，因此繁忙的网格组成较小的组。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>The same cells; management_code names the grid of each.</source>
      <translation>原有网格；management_code 为各自所属的管理网格。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>Unit grids to a management grid</source>
      <translation>每个管理网格的单元网格数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>Unit grids with management codes</source>
      <translation>带管理网格编码的单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/group_management_grids.py" />
      <source>What is wished for; at the edges there can be fewer or more.</source>
      <translation>期望值；在边缘处可能更少或更多。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>3 for 15-digit codes, 2 for the 14 digits of CJ/T 213-2005.</source>
      <translation>15位编码为3；CJ/T 213-2005的14位编码为2。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>Cells that got a new code</source>
      <translation>获得新编码的网格数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>Cells that kept their code</source>
      <translation>保留原编码的网格数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>Cells to number; cells with an end date count as retired.</source>
      <translation>待编号的网格；有终止日期的视为已停用。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>Digits of the sequence</source>
      <translation>顺序号位数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>Keep existing codes</source>
      <translation>保留已有编码</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>Number unit grids</source>
      <translation>单元网格编号</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>Numbered unit grids</source>
      <translation>已编号的单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>Numbers the cells of each community from west to east in rows from north to south: the community's 12 digits and a sequence of 3. Codes of retired cells are never used again.</source>
      <translation>对每个社区的网格自北向南逐行、行内自西向东编号：12位社区代码加3位顺序号。已停用网格的编码不再使用。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>Polygons with the 12-digit code in community_code.</source>
      <translation>community_code中有12位社区代码的面。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>The same cells with their codes.</source>
      <translation>原有网格，已填写编码。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/number_unit_grids.py" />
      <source>Valid codes of the right community stay; new cells follow the largest number.</source>
      <translation>社区正确的有效编码保持不变；新网格在最大号码之后续编。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>0 balances areas alone, 1 the load alone; used when a load is given.</source>
      <translation>0只均衡面积，1只均衡工作量；提供工作量时使用。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Buildings that no border could spare</source>
      <translation>界线无法避开的建筑物</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Cells with codes, areas and perimeters.</source>
      <translation>带有编码、面积和周长的网格。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Cuts every community into unit grids of about 10,000 m² that follow streets, rivers and railways, cross no building, leave no gap and no overlap, and numbers them.</source>
      <translation>将每个社区划分为约10,000 m²的单元网格，界线沿道路、河流和铁路，不穿越建筑物，无缝隙、无重叠，并为其编号。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Each with the reason why a border crosses it.</source>
      <translation>逐个注明界线穿越的原因。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Field of the barriers with their rank: a number (0 the most important), a road class such as 主干路, or an OpenStreetMap highway value.</source>
      <translation>分界线的等级字段：数字（0为最重要）、道路等级（如主干路）或OpenStreetMap的highway值。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Field of the load layer with weights; each counts 1 without.</source>
      <translation>工作量图层的权重字段；不提供时每个要素计1。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>How long the first solution is improved: 0 not at all, 1 as usual.</source>
      <translation>对初始方案的优化程度：0为不优化，1为常规。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Load weight field</source>
      <translation>工作量权重字段</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Partition unit grids</source>
      <translation>划分单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Polygons with the 12-digit code in the field community_code, in a metric CRS.</source>
      <translation>community_code字段中有12位社区代码的面，采用以米为单位的坐标参照系。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Rank field</source>
      <translation>等级字段</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Search effort</source>
      <translation>优化强度</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Search: {accepted} of {steps} tries improved the cells; area variation {a0:.3f} → {a1:.3f}, compactness {c0:.3f} → {c1:.3f}.</source>
      <translation>优化：{steps}次尝试中有{accepted}次改进了网格；面积变异{a0:.3f} → {a1:.3f}，紧凑度{c0:.3f} → {c1:.3f}。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>The load layer has no number field “{field}”. It has: {fields}.</source>
      <translation>工作量图层没有数值字段“{field}”。现有字段：{fields}。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>Weight of the load (0–1)</source>
      <translation>工作量权重（0–1）</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>lies under a street or river</source>
      <translation>位于道路或河流之下</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>no cut could spare it</source>
      <translation>任何分割都无法避开</translation>
    </message>
    <message>
      <location filename="../../processing/grid/partition_unit_grids.py" />
      <source>straddles a community edge</source>
      <translation>跨越社区界线</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>All cells of which something is left.</source>
      <translation>修复后仍有剩余部分的全部网格。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Borders no further apart than this become one; the profile's when empty (0.01 m).</source>
      <translation>间距不超过该值的界线合并为一条；留空时取配置的值（0.01 米）。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Cells changed</source>
      <translation>有改动的网格数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Cells nowhere wider than this join a neighbour; 0 keeps all.</source>
      <translation>各处宽度均不超过该值的网格并入相邻网格；0表示全部保留。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Cells to repair; the layer itself is not touched.</source>
      <translation>待修复的网格；图层本身不作改动。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Closes gaps, settles overlaps, matches the vertices of shared borders, joins loose parts and mends rings. Cells that are right come back as they were; what needs a person is told.</source>
      <translation>闭合缝隙、消除重叠、使公共边的顶点一致、归并零散部分并修补边界环。正确的网格原样输出；需要人工处理的予以报告。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Defects that need a person</source>
      <translation>需要人工处理的缺陷数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Narrowest cell</source>
      <translation>最小网格宽度</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Nothing was left of the unit grid {code}; it is not in the output.</source>
      <translation>单元网格{code}已无剩余部分；输出中不包含该网格。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Repair unit grids</source>
      <translation>修复单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Repaired unit grids</source>
      <translation>修复后的单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Snap distance</source>
      <translation>捕捉距离</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>What the cells must cover exactly; taken as it is.</source>
      <translation>网格必须恰好覆盖的范围；按原样采用。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Wider gaps stay and are told; the profile's when empty (1 m).</source>
      <translation>更宽的缝隙予以保留并报告；留空时取配置的值（1 米）。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/repair_unit_grids.py" />
      <source>Widest gap to close</source>
      <translation>闭合缝隙的最大宽度</translation>
    </message>
    <message>
      <location filename="../../processing/grid/roll_up_levels.py" />
      <source>Counted in each unit.</source>
      <translation>在每个单元内计数。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/roll_up_levels.py" />
      <source>Give the names, and the nesting is checked against them.</source>
      <translation>提供名称，并据以检查各级套合关系。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/roll_up_levels.py" />
      <source>Makes one layer of all levels, from the unit grid through community, street and district to the city, with areas and the number of cells, components and risks of each.</source>
      <translation>生成包含所有层级的一个图层：从单元网格经社区、街道、区（县）到市，附面积以及各自的网格数、部件数和风险数。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/roll_up_levels.py" />
      <source>One row for each unit of each level, with its parent's code.</source>
      <translation>每个层级的每个单元一行，附上级代码。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/roll_up_levels.py" />
      <source>Places where levels do not nest</source>
      <translation>层级不套合处的数量</translation>
    </message>
    <message>
      <location filename="../../processing/grid/roll_up_levels.py" />
      <source>Roll up levels</source>
      <translation>逐级汇总</translation>
    </message>
    <message>
      <location filename="../../processing/grid/roll_up_levels.py" />
      <source>… and {count} more of the kind.</source>
      <translation>……另有 {count} 处同类问题。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/score_unit_grids.py" />
      <source>Cells to judge; those with an end date are left out.</source>
      <translation>待评价的网格；有终止日期的不参与。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/score_unit_grids.py" />
      <source>Gives a partition its scorecard: how even the areas are, how compact the cells, how much of their borders lies on streets and rivers, buildings cut, gaps, overlaps and load.</source>
      <translation>为一种划分出具评分卡：面积是否均衡、网格是否紧凑、界线沿道路和河流的比例、被切割的建筑物、缝隙、重叠和工作量。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/score_unit_grids.py" />
      <source>Score unit grids</source>
      <translation>评价单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/scorecard_outputs.py" />
      <source>Page with all figures, histograms and maps, for people.</source>
      <translation>含全部指标、直方图和地图的网页，供人员查阅。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/scorecard_outputs.py" />
      <source>Scorecard (HTML)</source>
      <translation>评分卡（HTML）</translation>
    </message>
    <message>
      <location filename="../../processing/grid/scorecard_outputs.py" />
      <source>Scorecard (JSON)</source>
      <translation>评分卡（JSON）</translation>
    </message>
    <message>
      <location filename="../../processing/grid/scorecard_outputs.py" />
      <source>Share of cells within ±25 % of the target area</source>
      <translation>面积在目标面积±25 %以内的网格比例</translation>
    </message>
    <message>
      <location filename="../../processing/grid/scorecard_outputs.py" />
      <source>Share of cells within ±50 % of the target area</source>
      <translation>面积在目标面积±50 %以内的网格比例</translation>
    </message>
    <message>
      <location filename="../../processing/grid/scorecard_outputs.py" />
      <source>Share of inner borders on streets and rivers</source>
      <translation>内部界线沿道路和河流的比例</translation>
    </message>
    <message>
      <location filename="../../processing/grid/scorecard_outputs.py" />
      <source>Web pages (*.html)</source>
      <translation>网页 (*.html)</translation>
    </message>
    <message>
      <location filename="../../processing/grid/scoring_parameters.py" />
      <source>Points or polygons that weigh on the cells.</source>
      <translation>构成网格工作量的点或面。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/scoring_parameters.py" />
      <source>To count those that a border cuts.</source>
      <translation>用于统计被界线切割的建筑物。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Active cells, and those retired now or before with end dates.</source>
      <translation>在用网格，以及现在或以往停用、带有终止日期的网格。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>As they are now.</source>
      <translation>现状数据。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Cells cut anew</source>
      <translation>重新划分的网格数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Cells that stayed as they are</source>
      <translation>保持不变的网格数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Codes retired</source>
      <translation>停用的编码数</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Cut anew where streets vanished</source>
      <translation>道路消失处重新划分</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Cuts anew only the cells that new streets or community borders change. All others stay as they are, with their codes; retired codes are never used again and the lineage is told.</source>
      <translation>只重新划分受新建道路或社区界线变化影响的网格。其余网格及其编码保持不变；已停用的编码不再使用，并输出沿革。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Date of the change</source>
      <translation>变更日期</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Field of the barriers with their rank or road class.</source>
      <translation>分界线的等级或道路等级字段。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Needs the streets as they were before.</source>
      <translation>需要提供变更前的道路。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Numbered cells; retired ones among them keep their rows.</source>
      <translation>已编号的网格；其中已停用的保留原有记录。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Present unit grids</source>
      <translation>现有单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Share of the area that changed its code</source>
      <translation>编码变化的面积比例</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Streets, rivers, railways before</source>
      <translation>变更前的道路、河流、铁路</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Update unit grids</source>
      <translation>更新单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>Updated unit grids</source>
      <translation>更新后的单元网格</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>With them each new line is seen; without, only lines that divide a cell in two.</source>
      <translation>提供时可识别每条新线；不提供时只识别将网格一分为二的线。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>YYYY-MM-DD; today if empty.</source>
      <translation>YYYY-MM-DD；留空则为今天。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>{kept} cells stayed, {recut} were cut anew, {retired} codes are retired; {share:.1%} of the area changed its code.</source>
      <translation>{kept} 个网格保持不变，{recut} 个重新划分，{retired} 个编码停用；{share:.1%} 的面积改变了编码。</translation>
    </message>
    <message>
      <location filename="../../processing/grid/update_unit_grids.py" />
      <source>“{text}” is no date of the form YYYY-MM-DD.</source>
      <translation>“{text}”不是YYYY-MM-DD格式的日期。</translation>
    </message>
    <message>
      <location filename="../../processing/help_pages.py" />
      <source>Parameters</source>
      <translation>参数</translation>
    </message>
    <message>
      <location filename="../../processing/help_pages.py" />
      <source>Results</source>
      <translation>输出</translation>
    </message>
    <message>
      <location filename="../../processing/help_pages.py" />
      <source>Values for models and scripts</source>
      <translation>供模型和脚本使用的值</translation>
    </message>
    <message>
      <location filename="../../processing/help_pages.py" />
      <source>default {value}</source>
      <translation>默认值{value}</translation>
    </message>
    <message>
      <location filename="../../processing/help_pages.py" />
      <source>needed</source>
      <translation>必填</translation>
    </message>
    <message>
      <location filename="../../processing/inputs.py" />
      <source>Layer “{layer}” has no coordinate reference system. Set it in the layer's properties (for CGCS2000 a 3-degree zone such as EPSG:4547), then run again.</source>
      <translation>图层“{layer}”没有坐标参照系。请在图层属性中设置（CGCS2000请选用3度带，如EPSG:4547），然后重新运行。</translation>
    </message>
    <message>
      <location filename="../../processing/inputs.py" />
      <source>Layer “{layer}” has no field “{field}”. It has: {fields}. Add the field or rename the one that holds it.</source>
      <translation>图层“{layer}”没有字段“{field}”。现有字段：{fields}。请添加该字段，或重命名存放该内容的字段。</translation>
    </message>
    <message>
      <location filename="../../processing/inputs.py" />
      <source>Layer “{layer}” has no geometry; choose a layer that can be drawn.</source>
      <translation>图层“{layer}”没有几何图形；请选择可以绘制的图层。</translation>
    </message>
    <message>
      <location filename="../../processing/inputs.py" />
      <source>Layer “{layer}” has no geometry; polygons are needed.</source>
      <translation>图层“{layer}”没有几何图形；需要面图层。</translation>
    </message>
    <message>
      <location filename="../../processing/inputs.py" />
      <source>Layer “{layer}” is empty: there is nothing to work on. Choose another.</source>
      <translation>图层“{layer}”为空：没有可处理的数据。请选择其他图层。</translation>
    </message>
    <message>
      <location filename="../../processing/inputs.py" />
      <source>Layer “{layer}” is in {crs}, whose unit is {unit}; areas need metres. Reproject it to a projected system first, for example {suggestion}.</source>
      <translation>图层“{layer}”采用{crs}，其单位为{unit}；计算面积需要以米为单位。请先重投影到投影坐标系，例如{suggestion}。</translation>
    </message>
    <message>
      <location filename="../../processing/inputs.py" />
      <source>Layer “{layer}”, feature {id}, field “community_code”: “{value}” is no community code of 12 digits ({count} such features). Correct them, then run again.</source>
      <translation>图层“{layer}”的要素{id}，字段“community_code”：“{value}”不是12位社区代码（此类要素共{count}个）。请更正后重新运行。</translation>
    </message>
    <message>
      <location filename="../../processing/inputs.py" />
      <source>Layer “{layer}”: feature {id} has no polygon ({count} such features). Draw or delete them, then run again.</source>
      <translation>图层“{layer}”：要素{id}没有面（此类要素共{count}个）。请绘制或删除这些要素，然后重新运行。</translation>
    </message>
    <message>
      <location filename="../../processing/inputs.py" />
      <source>Layer “{layer}”: the community code {code} stands on {count} features. Give each community its own code, or dissolve its parts into one feature.</source>
      <translation>图层“{layer}”：社区代码{code}出现在{count}个要素上。请为每个社区设置各自的代码，或将其各部分融合为一个要素。</translation>
    </message>
    <message>
      <location filename="../../processing/job.py" />
      <source>No file was given for {name}. Choose one and run again.</source>
      <translation>未指定{name}的文件。请选择文件后重新运行。</translation>
    </message>
    <message>
      <location filename="../../processing/job.py" />
      <source>The output “{name}” cannot be written to “{destination}”. Check that the folder exists, that it is writable and that no other program holds the file.</source>
      <translation>输出“{name}”无法写入“{destination}”。请检查该文件夹是否存在、是否可写，以及文件是否被其他程序占用。</translation>
    </message>
    <message>
      <location filename="../../processing/job.py" />
      <source>The output “{path}” is a file that this run reads from; writing it would destroy the input. Choose another file.</source>
      <translation>输出“{path}”是本次运行正在读取的文件；写入会毁坏输入数据。请另选文件。</translation>
    </message>
    <message>
      <location filename="../../processing/provider.py" />
      <source>6 Models</source>
      <translation>6 模型</translation>
    </message>
    <message>
      <location filename="../../processing/provider.py" />
      <source>Census returns to the platform</source>
      <translation>普查回传到平台</translation>
    </message>
    <message>
      <location filename="../../processing/provider.py" />
      <source>District: from streets to the platform</source>
      <translation>全区：从道路到平台</translation>
    </message>
    <message>
      <location filename="../../processing/provider.py" />
      <source>Nightly push</source>
      <translation>夜间推送</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>Aggregate risks</source>
      <translation>汇总风险</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>Areas with risks</source>
      <translation>各区域风险统计</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>Count closed risks</source>
      <translation>计入已销号风险</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>Count lines and areas by share</source>
      <translation>线、面按占比计数</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>Counts the risks of each level in every area, with the worst level, the largest score and a weighted sum, as a map in the four colours.</source>
      <translation>统计每个区域内各等级的风险数，以及最高风险等级、最大分值和加权和，输出为四色图。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>Off: a line or area counts once in each area it runs into.</source>
      <translation>不勾选时，线或面在其涉及的每个区域各计一次。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>On: risks whose status is closed count as well.</source>
      <translation>勾选后，状态为已销号的风险也计入。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>Risks counted</source>
      <translation>已统计的风险数</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>Risks in no area</source>
      <translation>不在任何区域内的风险数</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>Scored risks: points, lines or polygons.</source>
      <translation>已评分的风险：点、线或面。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>The areas with counts by level and the worst level.</source>
      <translation>各区域，附各等级风险数和最高风险等级。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/aggregate_risks.py" />
      <source>{outside} risks lie in no area, {unplaced} have no geometry.</source>
      <translation>{outside}个风险不在任何区域内，{unplaced}个没有几何图形。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/check_risks.py" />
      <source>A level that differs from theirs needs a reason.</source>
      <translation>风险等级与其不同的，须说明理由。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/check_risks.py" />
      <source>Check risks</source>
      <translation>检查风险</translation>
    </message>
    <message>
      <location filename="../../processing/risk/check_risks.py" />
      <source>Checks levels against the scheme that gave them, factors, responsible unit and person, measures, review dates and locations of the risk list.</source>
      <translation>检查风险清单中的等级与所用评分方案是否一致，以及评分因子、责任单位和责任人、管控措施、复核日期和位置。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/check_risks.py" />
      <source>Components that risks refer to.</source>
      <translation>风险所关联的部件。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/check_risks.py" />
      <source>Earlier risks</source>
      <translation>更早的风险清单</translation>
    </message>
    <message>
      <location filename="../../processing/risk/check_risks.py" />
      <source>To compare each risk's community with its location.</source>
      <translation>用于比对每个风险的社区与其位置是否一致。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/check_risks.py" />
      <source>To compare each risk's unit grid with its location.</source>
      <translation>用于比对每个风险的单元网格与其位置是否一致。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Atlas</source>
      <translation>图集</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Both lie landscape.</source>
      <translation>两者均为横向。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Changes</source>
      <translation>变化数</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Date of the edition; today when empty.</source>
      <translation>本期的日期；留空则为今天。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Edition</source>
      <translation>期次</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Export risk atlas</source>
      <translation>导出风险图集</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Field of the pages</source>
      <translation>分页字段</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Folder of layout templates</source>
      <translation>布局模板文件夹</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Gets {pdf} and {list}; an earlier atlas in it is replaced.</source>
      <translation>将写入{pdf}和{list}；其中已有的图集会被替换。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Layers under the risks, the uppermost first: streets, water, buildings. In their own style when they are in the project.</source>
      <translation>衬于风险之下的图层，最上面的在前：道路、水域、建筑物。在项目中的图层采用其自身样式。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Name of the previous edition</source>
      <translation>上一期的名称</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>One page or more for each value: street_code makes pages of streets from communities. The areas' own code when empty.</source>
      <translation>每个值一页或多页：用street_code可由社区生成街道页。留空则采用区域自身的编码。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Open risks</source>
      <translation>未销号的风险</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Paper</source>
      <translation>纸张</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Previous edition</source>
      <translation>上一期</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Prints the open risks as a PDF atlas: an overview, one page or more for each area with map, index map, legend, table and what changed since the previous edition, and writes the list beside it as .xlsx. The folder gets both files or none.</source>
      <translation>将未销号的风险制成PDF图集：一张总览图，每个区域一页或多页，含地图、索引图、图例、表格以及与上一期相比的变化，并在旁边写出.xlsx清单。文件夹中两个文件要么都生成，要么都不生成。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Stands on each page.</source>
      <translation>显示在每一页上。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Such as 2025年第4期.</source>
      <translation>如“2025年第4期”。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Such as 2026年第1期.</source>
      <translation>如“2026年第1期”。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>The city's own copies of resources/layouts, edited in QGIS; those it lacks are taken from the plugin.</source>
      <translation>本市自有的resources/layouts副本，可在QGIS中编辑；其中缺少的模板取自插件。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>The risks as they were, matched by their codes: changes are shown.</source>
      <translation>以往的风险，按编码匹配：用于显示变化。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>Where the risks come from; the layer's name when empty.</source>
      <translation>风险数据的来源；留空则采用图层名称。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/export_risk_atlas.py" />
      <source>{pages} pages for {areas} areas with {risks} open risks.</source>
      <translation>{pages}页，{areas}个区域，{risks}个未销号的风险。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Accept likeness from</source>
      <translation>自动采纳的最低相似度</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Answers</source>
      <translation>答复</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Cells that somebody should look at, with the addresses that may be meant.</source>
      <translation>需要人工核对的单元格，附可能所指的地址。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Existing risks</source>
      <translation>已有风险</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Field map as read</source>
      <translation>实际采用的字段映射</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Geocoded places: addresses are looked up as written, then normalised; what is only alike becomes a question.</source>
      <translation>地理编码地点：先按原文查找地址，再按规范化后的地址查找；仅为相似的列为待确认项。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Give it as field map with the next delivery.</source>
      <translation>下次导入时可作为字段映射使用。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Import risk list</source>
      <translation>导入风险清单</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>JSON, or the path of a JSON file, of cells and the addresses meant: {example}.</source>
      <translation>单元格与所指地址对应的JSON，或JSON文件的路径：{example}。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>JSON, or the path of a JSON file, of headings and our field names, or a field map that an earlier import saved; headings are recognised when empty.</source>
      <translation>表头与本系统字段名对应的JSON，或JSON文件的路径，或以往导入时保存的字段映射；留空时自动识别表头。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>New codes avoid theirs.</source>
      <translation>新编码避开其已有编码。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Of the factors: one of {schemes}, or the path of the city's own file; by the columns of the sheet when empty.</source>
      <translation>评分因子所用的方案：{schemes}之一，或本市自有文件的路径；留空时根据表格的列判断。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Place rows that name a cell; every risk is told the cell it lies in.</source>
      <translation>为填写了网格编码的行定位；并为每个风险填写其所在的网格。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Place rows that name a component.</source>
      <translation>为填写了部件标识码的行定位。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Questions</source>
      <translation>待确认项</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Reads a spreadsheet of risks as departments send it (title rows, merged cells, several sheets), places each row by coordinates, address, component or unit grid, and puts every row into the risks or, with the cell and the reason, into the rejected rows.</source>
      <translation>读取各部门报送的风险表格（含标题行、合并单元格、多个工作表），按坐标、地址、部件或单元网格为每一行定位，并将每一行归入风险，或连同所在单元格和原因归入拒收行。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Rows of risks</source>
      <translation>风险数据行数</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Spreadsheet</source>
      <translation>电子表格</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Take the likeliest address from this likeness (0.35 to 1) on without asking; every one is asked when empty.</source>
      <translation>相似度（0.35至1）达到该值时，直接采纳最相似的地址而不再询问；留空则逐个询问。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>Where the rows of each sheet went, and what there is to say.</source>
      <translation>各工作表的行的去向，以及需要说明的事项。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/import_risk_list.py" />
      <source>xlsx, ods or csv; xls where the Python package xlrd is installed. The file itself is not touched.</source>
      <translation>xlsx、ods或csv；安装了Python包xlrd时也可用xls。文件本身不作改动。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Blue risks</source>
      <translation>蓝色风险数</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Computes score and level (red, orange, yellow, blue) of every risk from its factors. The scheme and its version are stored with each assessment.</source>
      <translation>根据评分因子计算每个风险的分值和等级（红、橙、黄、蓝）。每次评定都记录所用的评分方案及其版本。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Off: risks assessed by another scheme or version stay as they are.</source>
      <translation>不勾选时，由其他评分方案或版本评定的风险保持不变。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>One of {schemes}, or the path of the city's own file; the profile's when empty.</source>
      <translation>{schemes} 之一，或本市方案文件的路径；留空时取配置中的方案。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>One row for each risk whose level, score or scheme changed.</source>
      <translation>等级、分值或评分方案有变化的风险各一行。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Orange risks</source>
      <translation>橙色风险数</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Reason for changes</source>
      <translation>变更原因</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Red risks</source>
      <translation>红色风险数</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Risks that could not be scored</source>
      <translation>无法评分的风险数</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Score again what another scheme has scored</source>
      <translation>对其他方案评定过的风险重新评分</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Score risks</source>
      <translation>风险评分</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Scored risks</source>
      <translation>已评分的风险</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>The same risks with score, level and scheme.</source>
      <translation>原有风险，附分值、等级和评分方案。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>With the factors likelihood, exposure, consequence.</source>
      <translation>应含评分因子：可能性、暴露频率、后果。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Written into the history of levels.</source>
      <translation>写入等级变更历史。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>Yellow risks</source>
      <translation>黄色风险数</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>{count} risks keep the assessment of another scheme.</source>
      <translation>{count}个风险保留其他评分方案的评定结果。</translation>
    </message>
    <message>
      <location filename="../../processing/risk/score_risks.py" />
      <source>… and {count} more factors that cannot be scored.</source>
      <translation>……另有{count}个因子无法评分。</translation>
    </message>
    <message>
      <location filename="../../processing/risk_report.py" />
      <source>Sheet {sheet} has no heading of a risk list ({rows} rows).</source>
      <translation>工作表{sheet}没有风险清单表头（{rows}行）。</translation>
    </message>
    <message>
      <location filename="../../processing/risk_report.py" />
      <source>Sheet {sheet}: columns not used: {columns}.</source>
      <translation>工作表{sheet}：未使用的列：{columns}。</translation>
    </message>
    <message>
      <location filename="../../processing/risk_report.py" />
      <source>Sheet {sheet}: {rows} rows, {accepted} accepted, {rejected} rejected.</source>
      <translation>工作表{sheet}：共{rows}行，接收{accepted}行，拒收{rejected}行。</translation>
    </message>
    <message>
      <location filename="../../processing/risk_report.py" />
      <source>The rows of the spreadsheet do not add up. Nothing was written.</source>
      <translation>电子表格的行数核对不符。未写入任何数据。</translation>
    </message>
    <message>
      <location filename="../../processing/risk_report.py" />
      <source>… and {count} more cells; see the rejected rows and questions.</source>
      <translation>……另有{count}个单元格；请查看拒收行和待确认项。</translation>
    </message>
  </context>
</TS>
