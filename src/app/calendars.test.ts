import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Calendar, isWorkingDay } from '#clock/calendar.ts';
import { dateOf, dayNumber, parseDate, weekday } from '#clock/civil.ts';
import { dueAt } from '#clock/span.ts';
import { composeCalendars, loadCalendars } from './calendars.ts';

const folder = join(import.meta.dirname, '../../calendars');
let office: Calendar;

beforeAll(async () => {
  const loaded = await loadCalendars(folder);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
  const found = loaded.value.get('office-hours');
  if (!found) throw new Error('office-hours is missing');
  office = found;
});

// Second listing, taken day by day from the data of the npm packages chinese-days 1.5.7 and holiday-calendar 1.3.3,
// which agree with each other; our own files were written from the texts of the notices.
const SECOND: Record<number, { off: string; work: string }> = {
  2024: {
    off: '01-01 02-10 02-11 02-12 02-13 02-14 02-15 02-16 02-17 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 06-10 09-15 09-16 09-17 10-01 10-02 10-03 10-04 10-05 10-06 10-07',
    work: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  },
  2025: {
    off: '01-01 01-28 01-29 01-30 01-31 02-01 02-02 02-03 02-04 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 05-31 06-01 06-02 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08',
    work: '01-26 02-08 04-27 09-28 10-11',
  },
  2026: {
    off: '01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07',
    work: '01-04 02-14 02-28 05-09 09-20 10-10',
  },
};

test.each([2024, 2025, 2026])('every day of %i is a working day or not exactly as the second listing says', (year) => {
  const { off = '', work = '' } = SECOND[year] ?? {};
  const first = dayNumber(year, 1, 1);
  const wrong: string[] = [];
  for (let day = first; day < dayNumber(year + 1, 1, 1); day += 1) {
    const short = dateOf(day).slice(5);
    const expected = work.split(' ').includes(short) || (weekday(day) < 5 && !off.split(' ').includes(short));
    if (isWorkingDay(office, day) !== expected) wrong.push(short);
    const listed = off.split(' ').includes(short)
      ? 'holiday'
      : work.split(' ').includes(short)
        ? 'makeUpDay'
        : undefined;
    if (office.days.get(dateOf(day))?.kind !== listed) wrong.push(short);
  }
  expect(wrong).toEqual([]);
  expect(office.years.get(year)?.status).toBe('announced');
  expect(office.years.get(year)?.notice).toMatch(/国办发明电〔\d{4}〕\d+号/);
});

test('2027 is provisional: only the days off fixed by law, no make-up working day', () => {
  expect(office.years.get(2027)?.status).toBe('provisional');
  const listed = [...office.days].filter(([date]) => date.startsWith('2027'));
  expect(listed.map(([date]) => date.slice(5)).join(' ')).toBe(
    '01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03',
  );
  expect(listed.every(([, day]) => day.kind === 'holiday')).toBe(true);
});

test('the working time of a make-up Sunday is that of an office day', () => {
  const sunday = parseDate('2025-09-28') ?? 0;
  expect(weekday(sunday)).toBe(6);
  const start = Date.parse('2025-09-27T20:00:00+08:00');
  const due = dueAt({ kind: 'workingMinutes', minutes: 450 }, start, office);
  expect(due.at).toBe(Date.parse('2025-09-28T18:00:00+08:00'));
});

const files = async (): Promise<Map<string, string>> =>
  new Map(
    await Promise.all(
      ['china-2026.yaml', 'office-hours.yaml'].map(
        async (name): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')],
      ),
    ),
  );

const refusalWhen = async (name: string, from: string, to: string): Promise<string> => {
  const sources = await files();
  const source = sources.get(name) ?? '';
  expect(source).toContain(from);
  sources.set(name, source.replace(from, to));
  const result = composeCalendars(sources);
  return result.ok ? 'accepted' : JSON.stringify(result.refusal);
};

test('a slip in a calendar file is refused with its file, its place and a reason in both languages', async () => {
  expect(await refusalWhen('china-2026.yaml', 'days: 9', 'days: 8')).toMatch(/china-2026\.yaml.*holidays\.1\.days/);
  expect(await refusalWhen('china-2026.yaml', '2026-02-23', '2026-02-31')).toMatch(/不是真实的日期.*not a real date/);
  expect(await refusalWhen('china-2026.yaml', '2026-01-04', '2026-02-16')).toMatch(/listed twice/);
  expect(await refusalWhen('china-2026.yaml', '2026-01-04', '2025-01-04')).toMatch(/2025-01-04 不在 2026 年/);
  expect(await refusalWhen('china-2026.yaml', 'published: 2025-11-04', '')).toMatch(/公布日期/);
  expect(await refusalWhen('china-2026.yaml', 'status: announced', 'status: provisional')).toMatch(
    /make-up working days/,
  );
  expect(await refusalWhen('china-2026.yaml', 'region: china', 'region: china\ncolour: red')).toMatch(
    /未知的键.*colour.*Unrecognized key.*colour/i,
  );
  expect(await refusalWhen('china-2026.yaml', '2026-01-04', '2026-01-05')).toMatch(/is a weekday anyway/);
  expect(await refusalWhen('china-2026.yaml', 'holidays:', 'holidays: [')).toMatch(/china-2026\.yaml/);
  expect(await refusalWhen('office-hours.yaml', '09:00-12:00', '12:00-09:00')).toMatch(/12:00-09:00.*不是有效的时段/);
  expect(await refusalWhen('office-hours.yaml', '"13:30-18:00"', '"11:30-18:00"')).toMatch(/must not overlap/);
});

test('the same year or the same hours defined twice is refused, naming both files', async () => {
  const sources = await files();
  sources.set('zz.yaml', sources.get('china-2026.yaml') ?? '');
  const result = composeCalendars(sources);
  expect(result.ok ? '' : result.refusal.message.en).toMatch(/zz\.yaml.*china-2026\.yaml/);
});

test('the version changes with a date or an hour, never with a comment', async () => {
  const version = async (name: string, from: string, to: string): Promise<string | undefined> => {
    const sources = await files();
    sources.set(name, (sources.get(name) ?? '').replace(from, to));
    const result = composeCalendars(sources);
    return result.ok ? result.value.get('office-hours')?.version : undefined;
  };
  const before = await version('china-2026.yaml', 'no such text', '');
  expect(before).toMatch(/^2026-2026\.[0-9a-f]{12}$/);
  expect(await version('china-2026.yaml', '# China', '# The P. R. of China')).toBe(before);
  expect(await version('china-2026.yaml', '2026-01-04', '2026-01-10')).not.toBe(before);
  expect(await version('office-hours.yaml', '09:00', '08:30')).not.toBe(before);
});
