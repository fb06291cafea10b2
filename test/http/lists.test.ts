import { beforeAll, expect, test } from 'vitest';
import type { WireProblem } from '#http/contract/common.ts';
import type { PremisesView } from '#http/contract/directory.ts';
import { type ImportRowView, type ImportView, importView, type ListKindView } from '#http/contract/list.ts';
import type { LooksView } from '#http/contract/look.ts';
import { rawRow, rawWorkbook, sending, workbook } from './list-file.ts';
import { ownCompany } from './own-company.ts';
import { type Answer, type Client, client, site } from './support.ts';

const own = site({ sandbox: false });
let boss: Client;

beforeAll(async () => {
  boss = await ownCompany(own());
});

type Seen = Answer<ImportView & Omit<WireProblem, 'status'>>;
const send = (kind: string, form: FormData): Promise<Seen> =>
  boss.ask(`/api/v1/lists/${kind}/imports`, { method: 'POST', body: form });
const sendRows = async (kind: string, ...rows: string[][]): Promise<Seen> => send(kind, sending(await workbook(rows)));
const apply = (id: string, onlyGood = false): Promise<Seen> =>
  boss.ask(`/api/v1/imports/${id}/application`, { method: 'POST', body: { onlyGood } });
const undo = (id: string): Promise<Seen> => boss.ask(`/api/v1/imports/${id}/undoing`, { method: 'POST', body: {} });
const rowsOf = async (id: string): Promise<ImportRowView[]> =>
  (await boss.ask<ImportRowView[]>(`/api/v1/imports/${id}/rows`)).body;
const find = async (q: string): Promise<string[]> =>
  (await boss.ask<PremisesView[]>(`/api/v1/premises?q=${encodeURIComponent(q)}`)).body.map((one) => one.fullName);
const download = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
  const got = await fetch(own().url + path, { headers: boss.headers });
  expect(got.status).toBe(200);
  return new Uint8Array(await got.arrayBuffer());
};

const UNITS = ['小区', '楼栋', '单元', '房号', '交付日期', '立管'];
const RESIDENTS = ['小区', '楼栋', '单元', '房号', '身份', '姓名', '手机', '入住日期', '迁出日期'];

test('a list is judged row by row before anything is written; every fault names its column and cell and what to do', async () => {
  const seen = await sendRows(
    'units',
    ['春风里住宅楼清单', '', '', '', '', ''],
    UNITS,
    ['春风里', '3', '2', '501', '2019年6月30日', '厨房排水立管'],
    ['春风里', '三栋', '2单元', '502', '2019/6/30', '厨房排水立管'],
    ['秋风里', '3', '2', '503', '', ''],
    ['春风里', '3', '2', '504', '去年', ''],
    ['春风里', '3', '2', '', '', ''],
    ['春风里', '3栋', '2单元', '501', '', ''],
  );
  expect(seen.status, seen.text).toBe(201);
  expect(importView.safeParse(seen.body).error).toBeUndefined();
  expect(seen.body.counts).toEqual({ new: 2, changed: 0, unchanged: 0, faulty: 4 });
  expect(await find('春风里3栋')).toEqual([]);
  const faults = (await rowsOf(seen.body.id)).flatMap(({ said }) => said.map((one) => [one.cell, one.message?.zh]));
  expect(faults).toEqual([
    ['A5', '没有小区“秋风里”（已有：春风里）：请改正，或先在“房产”页新增'],
    ['E6', '“去年”不是日期，请写成 2026-03-05'],
    ['D7', '请填写房号'],
    ['8', '与第 3 行重复：请删去一行'],
  ]);
  const refused = await apply(seen.body.id);
  expect(refused).toMatchObject({ status: 409, body: { code: 'list.faulty' } });
  expect(await find('春风里3栋')).toEqual([]);
  const done = await apply(seen.body.id, true);
  expect(done.body).toMatchObject({ status: 'applied', appliedByName: '钱经理' });
  expect(await find('春风里3栋2单元')).toContain('春风里3栋2单元502');
  expect((await apply(seen.body.id, true)).body).toMatchObject({ code: 'list.notNow' });
});

test('what was written out and brought in again changes nothing; what was changed in between is told as before and after', async () => {
  const people = await sendRows('residents', RESIDENTS, [
    '春风里',
    '3',
    '2',
    '501',
    '业主',
    '王秀英',
    '138 0000 1234',
    '2019-07-15',
    '',
  ]);
  expect((await apply(people.body.id)).status).toBe(200);
  for (const [kind, format] of [
    ['units', 'xlsx'],
    ['units', 'csv'],
    ['residents', 'xlsx'],
    ['people', 'xlsx'],
    ['people', 'csv'],
  ] as const) {
    const file = await download(
      `/api/v1/lists/${kind}/export?format=${format}&reason=${encodeURIComponent('年度核对')}`,
    );
    const seen = await send(kind, sending(file, `清单.${format}`));
    expect(seen.body.counts, `${kind} ${format}`).toMatchObject({ new: 0, changed: 0, faulty: 0 });
    expect(seen.body.counts.unchanged).toBeGreaterThan(0);
  }
  const moved = await sendRows('residents', RESIDENTS, [
    '春风里',
    '3',
    '2',
    '501',
    '业主',
    '王秀英',
    '13900005678',
    '2019-07-15',
    '2026-01-31',
  ]);
  const [row] = await rowsOf(moved.body.id);
  expect(row).toMatchObject({
    verdict: 'changed',
    said: [
      { cell: 'G2', before: '138****1234', after: '139****5678' },
      { cell: 'I2', before: '', after: '2026-01-31' },
    ],
  });
});

test('personal data leaves only for a reason that is written down, and only for whoever keeps the company', async () => {
  const without = await boss.ask<WireProblem>('/api/v1/lists/residents/export');
  expect(without.body).toMatchObject({ status: 422, code: 'reveal.reason' });
  const clerk = await boss.ask<{ access: { username: string; firstPassword: string } }>('/api/v1/people', {
    method: 'POST',
    body: { name: '苗新来', unit: 'service', posts: ['receptionist'], username: 'miao' },
  });
  expect(clerk.status, clerk.text).toBe(201);
  const logged = await own().database.ownerPool.query(
    `select fields, reason from huiyin.access_log where fields @> '{phone}' and reason = '年度核对'`,
  );
  expect(logged.rowCount).toBe(3);
  const stranger = client(own().url, '', {});
  expect((await stranger.ask('/api/v1/lists/units/export')).status).toBe(401);
});

test('an import is taken back whole while nothing depends on it; otherwise the rows and what holds them are told', async () => {
  const units = await sendRows(
    'units',
    UNITS,
    ['春风里', '7', '', '101', '2020-01-01', ''],
    ['春风里', '7', '', '102', '', ''],
  );
  await apply(units.body.id);
  const people = await sendRows('residents', RESIDENTS, [
    '春风里',
    '7',
    '',
    '102',
    '租户',
    '李明',
    '13700001111',
    '',
    '',
  ]);
  await apply(people.body.id);
  const held = await undo(units.body.id);
  expect(held.status).toBe(409);
  expect(held.body).toMatchObject({
    code: 'list.depended',
    errors: [{ code: 'list.depended' }, { field: '3', messages: { zh: '第 3 行：已另有住户登记' } }],
  });
  expect(await find('春风里7栋')).toContain('春风里7栋102');
  expect((await undo(people.body.id)).body).toMatchObject({ status: 'undone', undoneByName: '钱经理' });
  expect((await undo(units.body.id)).body).toMatchObject({ status: 'undone' });
  expect(await find('春风里7栋')).toEqual([]);
  expect((await undo(units.body.id)).body).toMatchObject({ code: 'list.notNow' });
});

test('taking a change back restores what stood there, unless somebody has changed it since', async () => {
  const rooms = (date: string) => sendRows('units', UNITS, ['春风里', '3', '2', '501', date, '东侧给水立管']);
  const first = await rooms('2018-01-01');
  expect((await rowsOf(first.body.id))[0]?.said).toMatchObject([
    { cell: 'E2', before: '2019-06-30', after: '2018-01-01' },
    { cell: 'F2', before: '厨房排水立管', after: '东侧给水立管' },
  ]);
  await apply(first.body.id);
  const second = await rooms('2017-01-01');
  await apply(second.body.id);
  expect((await undo(first.body.id)).body).toMatchObject({
    code: 'list.depended',
    errors: [{ code: 'list.depended' }, { messages: { zh: '第 2 行：导入后又被修改过' } }],
  });
  expect((await undo(second.body.id)).body).toMatchObject({ status: 'undone' });
  expect((await undo(first.body.id)).body).toMatchObject({ status: 'undone' });
  const again = await sendRows('units', UNITS, ['春风里', '3', '2', '501', '2019-06-30', '厨房排水立管']);
  expect(again.body.counts).toMatchObject({ unchanged: 1 });
});

test('people come with several posts; the same name twice asks for the telephone', async () => {
  const PEOPLE = ['姓名', '手机', '部门', '岗位', '任职自'];
  const { body: posts } = await boss.ask<{ code: string; title: { zh: string } }[]>('/api/v1/posts');
  const [one, two] = ['handler', 'receptionist'].map(
    (code) => posts.find((post) => post.code === code)?.title.zh ?? '',
  );
  const seen = await sendRows(
    'people',
    PEOPLE,
    ['罗勇', '13600000001', '工程部', one ?? '', '2026-01-01'],
    ['罗勇', '13600000001', '客户服务中心', two ?? '', '2026-01-01'],
    ['罗勇', '13600000002', '工程部', one ?? '', '2026-01-01'],
    ['何人', '', '海军部', one ?? '', ''],
  );
  expect(seen.body.counts).toMatchObject({ new: 3, faulty: 1 });
  expect((await rowsOf(seen.body.id))[3]?.said[0]?.message?.zh).toContain('没有“海军部”');
  await apply(seen.body.id, true);
  const staff = await boss.ask<{ name: string; posts: string[] }[]>('/api/v1/people?q=罗勇');
  expect(staff.body.map((person) => person.posts.toSorted())).toEqual([['handler', 'receptionist'], ['handler']]);
  const unclear = await sendRows('people', PEOPLE, ['罗勇', '', '工程部', one ?? '', '']);
  expect((await rowsOf(unclear.body.id))[0]?.said[0]?.message?.zh).toBe('有 2 位“罗勇”，请填手机');
});

test('equipment is placed by the full name of its place and hangs on a riser that runs through it', async () => {
  const head = ['设备编号', '设备名称', '类别', '位置', '立管', '安装日期'];
  const seen = await sendRows(
    'equipment',
    head,
    ['DT-1', '1号客梯', '电梯', '春风里3栋2单元', '', '2019-05-20'],
    ['PS-1', '检修口', '排水', '春风里3栋2单元502', '厨房排水立管', ''],
    ['PS-2', '检修口', '排水', '春风里3栋2单元502', '西侧立管', ''],
    ['DT-2', '2号客梯', '电梯', '春风里九栋', '', ''],
  );
  expect((await rowsOf(seen.body.id)).map(({ verdict, said }) => [verdict, said[0]?.cell])).toEqual([
    ['new', undefined],
    ['new', undefined],
    ['faulty', 'E4'],
    ['faulty', 'D5'],
  ]);
  await apply(seen.body.id, true);
  const firm = { kind: 'supplier', name: '通达电梯公司', contacts: [] };
  await boss.ask('/api/v1/outside-organisations', { method: 'POST', body: firm });
  const warranted = await sendRows(
    'equipment',
    [...head.slice(0, 4), '保修至', '保修单位'],
    ['DT-1', '1号客梯', '电梯', '春风里3栋2单元', '2027-05-19', '通达电梯公司'],
    ['PS-1', '检修口', '排水', '春风里3栋2单元502', '', '没有的公司'],
    ['DT-1', '1号客梯', '电梯', '春风里3栋2单元', '2019-05-19', ''],
  );
  const verdicts = await rowsOf(warranted.body.id);
  expect(verdicts[0]?.said).toMatchObject([
    { column: 'warrantyUntil', before: '', after: '2027-05-19' },
    { column: 'warrantor', before: '', after: '通达电梯公司' },
  ]);
  expect(verdicts.slice(1).map(({ said }) => [said[0]?.cell, said[0]?.message?.zh])).toEqual([
    ['F3', '没有外部单位“没有的公司”：请先在“外部单位”页登记，或改成已登记的名称'],
    ['E4', '保修截止 2019-05-19 早于安装日期 2019-05-20'],
  ]);
  await apply(warranted.body.id, true);
  const again = await send('equipment', sending(await download('/api/v1/lists/equipment/export')));
  expect(again.body.counts).toEqual({ new: 0, changed: 0, unchanged: 2, faulty: 0 });
  expect((await rowsOf(again.body.id))[0]?.cells.slice(6)).toEqual(['2027-05-19', '通达电梯公司']);
});

test('a unit tells its warranties by part, who hangs on the same riser, and the firm that stands for it', async () => {
  const put = (path: string, body: object) => boss.ask(`/api/v1/${path}`, { method: 'PUT', body });
  const term = await put('warranties/waterproofing', { name: '防水', months: 60, warrantor: '安固防水公司' });
  expect(term.status, term.text).toBe(204);
  const rooms = (await boss.ask<PremisesView[]>(`/api/v1/premises?q=${encodeURIComponent('春风里3栋2单元50')}`)).body;
  const [one, two] = ['501', '502'].map((name) => rooms.find((room) => room.name === name)?.id ?? '');
  await sendRows('units', UNITS, ['春风里', '3', '2', '501', '2019-06-30', '厨房排水立管']).then((seen) =>
    apply(seen.body.id),
  );
  const told = await boss.ask(`/api/v1/premises/${one}/particulars`);
  expect(told.body).toMatchObject({
    handedOverOn: '2019-06-30',
    warranties: [{ part: 'waterproofing', until: '2024-06-29', warrantor: '安固防水公司' }],
    risers: [{ name: '厨房排水立管', sharedBy: ['春风里3栋2单元502'] }],
  });
  const own502 = await put(`premises/${two}/warranties/waterproofing`, { until: '2027-12-31' });
  expect(own502.body).toMatchObject({ warranties: [{ until: '2027-12-31' }] });
  const back = await boss.ask(`/api/v1/premises/${two}/warranties/waterproofing`, { method: 'DELETE' });
  expect(back.body).toMatchObject({ warranties: [{ own: false }] });
  const handed = await put(`premises/${two}/handover`, { on: '2020-01-31' });
  expect(handed.body).toMatchObject({
    handedOverOn: '2020-01-31',
    ownHandover: true,
    warranties: [{ until: '2025-01-30' }],
  });
  expect((await put(`premises/${two}/handover`, { on: null })).body).toMatchObject({ ownHandover: false });
  const lift = (await boss.ask<{ equipment: { id: string; code: string }[] }>(`/api/v1/premises/${two}/particulars`))
    .body.equipment[0];
  const dates = { installedOn: '2019-05-20', warrantyUntil: '2019-05-19', warrantor: '新来的公司' };
  expect((await put(`equipment/${lift?.id}`, dates)).body).toMatchObject({
    code: 'warranty.backwards',
    field: 'warrantyUntil',
  });
  const outside = async () =>
    (await boss.ask<{ name: string }[]>('/api/v1/outside-organisations')).body.map(({ name }) => name);
  expect((await outside()).sort()).toEqual(['安固防水公司', '通达电梯公司'].sort());
  const dated = await put(`equipment/${lift?.id}`, {
    ...dates,
    warrantyUntil: '2024-05-19',
    warrantor: '安固防水公司',
  });
  expect(dated.body).toMatchObject({ equipment: [{ warrantyUntil: '2024-05-19', warrantor: '安固防水公司' }] });
  const firm = {
    kind: 'contractor',
    name: '安固防水公司',
    contacts: [{ name: '老周', duty: '维修', phone: '13500001111', email: null }],
  };
  const kept = await boss.ask<{ id: string; name: string }[]>('/api/v1/outside-organisations', {
    method: 'POST',
    body: firm,
  });
  const known = kept.body.find(({ name }) => name === firm.name);
  expect(known).toMatchObject({ name: '安固防水公司', contacts: [{ name: '老周' }] });
  const gone = await boss.ask(`/api/v1/outside-organisations/${known?.id}`, { method: 'DELETE' });
  expect(gone.status).toBe(204);
});

test('every kind has a template that can be brought in as it is headed', async () => {
  const { body: kinds } = await boss.ask<ListKindView[]>('/api/v1/lists');
  expect(kinds.map((kind) => kind.name)).toEqual(['units', 'residents', 'equipment', 'people', 'shifts']);
  for (const { name } of kinds) {
    const seen = await send(name, sending(await download(`/api/v1/lists/${name}/template`)));
    expect(seen.status, `${name}: ${seen.text}`).toBe(201);
    const counts = seen.body.counts;
    expect(counts.new + counts.changed + counts.unchanged + counts.faulty).toBe(1);
  }
});

test('what Excel and other programs write is read for what it shows: dates, numbers, shared words, Chinese encodings', async () => {
  const head = rawRow(1, ...UNITS.slice(0, 5));
  const row = rawRow(2, ['t="s"', '<v>0</v>'], ['', '<v>9</v>'], '', ['', '<v>101</v>'], ['s="1"', '<v>43646</v>']);
  const strings = '<sst><si><r><t>春风</t></r><r><t>里</t></r><rPh><t>haru</t></rPh></si></sst>';
  const seen = await send(
    'units',
    sending(rawWorkbook(head + row, { dates: true, more: { 'xl/sharedStrings.xml': strings } })),
  );
  expect(seen.body.counts, seen.text).toMatchObject({ new: 1 });
  expect((await rowsOf(seen.body.id))[0]?.cells).toEqual(['春风里', '9', '', '101', '2019-06-30']);
  // 小区,楼栋,房号 / 春风里,9栋,"102" as Chinese Excel saves it.
  const gb = Uint8Array.from(
    Buffer.from('d0a1c7f82cc2a5b6b02cb7bfbac50d0ab4bab7e7c0ef2c39b6b02c22313032220d0a', 'hex'),
  );
  const csv = await send('units', sending(gb, '清单.csv'));
  expect(csv.body.counts, csv.text).toMatchObject({ new: 1 });
  expect((await rowsOf(csv.body.id))[0]?.cells).toEqual(['春风里', '9栋', '102']);
});

test('formulas and merged cells are faults of their rows, not of the file', async () => {
  const head = rawRow(1, ...UNITS.slice(0, 4));
  const rows = [
    rawRow(2, '春风里', ['', '<f>1+1</f><v>2</v>'], '1', '201'),
    rawRow(3, '春风里', '2', '1', '202'),
    rawRow(4, '', '', '', '203'),
    rawRow(5, '春风里', '2', '1', '204'),
  ];
  const after = '<mergeCells><mergeCell ref="A3:C4"/></mergeCells>';
  const seen = await send('units', sending(rawWorkbook(head + rows.join(''), { after })));
  const told = (await rowsOf(seen.body.id)).map(({ verdict, said }) => [verdict, said[0]?.cell, said[0]?.message?.zh]);
  expect(told).toEqual([
    ['faulty', 'B2', '这是公式：请复制整列，选择性粘贴为“数值”'],
    ['faulty', 'A3:C4', 'A3:C4 是合并单元格：请取消合并，每行都填写'],
    ['faulty', 'A3:C4', 'A3:C4 是合并单元格：请取消合并，每行都填写'],
    ['new', undefined, undefined],
  ]);
});

test('a file that cannot be taken says why and what to do: columns, macros, password, old Excel, size, no sheet at all', async () => {
  const row = rawRow(1, ...UNITS.slice(0, 4));
  const told = async (file: Uint8Array<ArrayBuffer>, name?: string) => {
    const { status, body } = await send('units', sending(file, name));
    return [status, body.code, body.messages?.zh];
  };
  const ole = new Uint8Array(4_096);
  ole.set([0xd0, 0xcf, 0x11, 0xe0]);
  const locked = new Uint8Array(ole);
  locked.set(Buffer.from('EncryptedPackage', 'utf16le'), 1_024);
  expect(await told(locked)).toMatchObject([422, 'sheet.encrypted', expect.stringContaining('取消密码')]);
  expect(await told(ole)).toMatchObject([422, 'sheet.oldExcel', expect.stringContaining('另存为 .xlsx')]);
  expect(await told(rawWorkbook(row, { more: { 'xl/vbaProject.bin': 'x' } }))).toMatchObject([
    422,
    'sheet.macros',
    expect.any(String),
  ]);
  expect(await told(new Uint8Array(Buffer.from('PK rubbish')))).toMatchObject([
    422,
    'sheet.unreadable',
    expect.any(String),
  ]);
  expect(
    await told(
      await workbook([
        ['房东', '楼栋'],
        ['甲', '1'],
      ]),
    ),
  ).toMatchObject([422, 'list.headings', expect.stringContaining('缺少列：小区、房号（找到的表头：房东、楼栋）')]);
  expect(await told(await workbook([UNITS]))).toMatchObject([422, 'list.empty', expect.any(String)]);
  expect(await told(new Uint8Array(41 * 1_048_576))).toMatchObject([413, 'sheet.tooLarge', expect.any(String)]);
  expect(await told(new Uint8Array(0))).toMatchObject([422, 'sheet.empty', expect.any(String)]);
});

test('names and numbers of an import are masked for the administrator too; in clear only on a reason, which is logged', async () => {
  const sheet = [
    [...RESIDENTS, '备注'],
    ['春风里', '3', '2', '501', '业主', '钱多多', '19900007788', '2019-06-30', '', '住院中'],
    ['春风里', '3', '2', '501', '业主', '孙小美', '1990000', '2019-06-30', '', ''],
  ];
  const seen = await sendRows('residents', ...sheet);
  expect(seen.status, seen.text).toBe(201);
  const path = `/api/v1/imports/${seen.body.id}/rows`;
  const masked = (await boss.ask(path)).text;
  for (const secret of ['钱多多', '孙小美', '19900007788', '1990000', '住院中']) expect(masked).not.toContain(secret);
  expect(masked).toContain('199****7788');
  expect((await boss.ask<WireProblem>(`${path}?reason=`)).body.code).toBe('reveal.reason');
  const clear = await boss.ask(`${path}?reason=${encodeURIComponent('核对住户手机')}`);
  expect(clear.text).toContain('19900007788');
  const looks = await boss.ask<LooksView>('/api/v1/looks');
  expect(looks.body.items[0]).toMatchObject({ reason: '核对住户手机', case: null, person: { id: boss.personId } });
});
