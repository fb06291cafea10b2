import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { Calendar, SpecialDay, YearStatus } from '#clock/calendar.ts';
import { dateOf, type LocalDate, parseDate } from '#clock/civil.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { type Text, text } from '#kernel/text.ts';
import { BETWEEN, calendarFile, type HolidaysFile, type HoursFile } from './calendarFile.ts';

const bad = (file: string, path: readonly PropertyKey[], message: Text): Refusal =>
  refusal(
    'calendar.invalid',
    text(
      `日历文件 ${file}${path.length > 0 ? ` 的 ${path.join('.')}` : ''} 有误：${message.zh}`,
      `Calendar file ${file}${path.length > 0 ? `, ${path.join('.')}` : ''}: ${message.en}`,
    ),
    path.length > 0 ? { field: path.join('.') } : {},
  );

/** Reads one calendar file's text. Every fault in it is reported, with its place. */
export function readCalendarFile(file: string, source: string): Result<HolidaysFile | HoursFile> {
  let data: unknown;
  try {
    data = parse(source);
  } catch (error) {
    if (error instanceof YAMLParseError) return refuse(bad(file, [], text(error.message, error.message)));
    throw error;
  }
  const parsed = calendarFile.safeParse(data);
  if (parsed.success) return accept(parsed.data);
  const zh = calendarFile.safeParse(data, { error: z.locales.zhCN().localeError }).error?.issues ?? [];
  return refuseAll(
    parsed.error.issues.map((issue, i) => {
      const [chinese = '', english = chinese] = issue.message.split(BETWEEN);
      const builtIn = english === chinese ? zh[i]?.message : undefined;
      return bad(file, issue.path, text(builtIn ?? chinese, english));
    }),
  );
}

function refuseAll<T>(faults: readonly Refusal[]): Result<T> {
  const [first, ...also] = faults;
  if (!first) throw new Error('Refused without a fault');
  return refuse(also.length > 0 ? { ...first, also } : first);
}

function daysOf(years: readonly HolidaysFile[]): Map<LocalDate, SpecialDay> {
  const days = new Map<LocalDate, SpecialDay>();
  for (const { holidays } of years) {
    for (const { name, from, days: count, makeUpDays } of holidays) {
      const first = parseDate(from) ?? 0;
      for (let i = 0; i < count; i += 1) days.set(dateOf(first + i), { kind: 'holiday', name });
      for (const date of makeUpDays) {
        days.set(date, { kind: 'makeUpDay', name: text(`${name.zh}调休上班`, `Make-up working day for ${name.en}`) });
      }
    }
  }
  return days;
}

/**
 * A working week and its region's years as one calendar. The version is taken from the content: it changes exactly when
 * a date, an hour or a status changes, whoever edits the file.
 */
export function composeCalendar(hours: HoursFile, years: readonly HolidaysFile[]): Calendar {
  const own = years.filter((year) => year.region === hours.region).sort((a, b) => a.year - b.year);
  const { monday, tuesday, wednesday, thursday, friday, saturday, sunday } = hours.week;
  const sign = hours.utcOffset.startsWith('-') ? -1 : 1;
  const [h = 0, m = 0] = hours.utcOffset.slice(1).split(':').map(Number);
  const digest = createHash('sha256')
    .update(JSON.stringify([hours, own]))
    .digest('hex')
    .slice(0, 12);
  const span = own.length > 0 ? `${own[0]?.year}-${own.at(-1)?.year}` : 'no-years';
  return {
    id: hours.id,
    version: `${span}.${digest}`,
    title: hours.title,
    offsetMinutes: sign * (h * 60 + m),
    week: [monday, tuesday, wednesday, thursday, friday, saturday, sunday],
    ...(hours.makeUpDay ? { makeUpIntervals: hours.makeUpDay } : {}),
    days: daysOf(own),
    years: new Map(own.map((y): [number, YearStatus] => [y.year, { status: y.status, notice: y.notice }])),
  };
}

/** Composes the files of a folder, given by name; refuses with every fault of every file. */
export function composeCalendars(sources: ReadonlyMap<string, string>): Result<ReadonlyMap<string, Calendar>> {
  const faults: Refusal[] = [];
  const years: HolidaysFile[] = [];
  const weeks: HoursFile[] = [];
  const taken = new Map<string, string>();
  for (const [file, source] of sources) {
    const read = readCalendarFile(file, source);
    if (!read.ok) {
      const { also, ...first } = read.refusal;
      faults.push(first, ...(also ?? []));
      continue;
    }
    const key = read.value.kind === 'hours' ? read.value.id : `${read.value.region} ${read.value.year}`;
    const other = taken.get(key);
    if (other) faults.push(bad(file, [], text(`${key} 已在 ${other} 中定义`, `${key} is already defined in ${other}`)));
    taken.set(key, file);
    if (read.value.kind === 'hours') weeks.push(read.value);
    else years.push(read.value);
  }
  if (weeks.length === 0 && faults.length === 0) {
    faults.push(
      refusal(
        'calendar.none',
        text('没有找到任何工作时间文件（kind: hours）。', 'No working hours file (kind: hours) was found.'),
      ),
    );
  }
  if (faults.length > 0) return refuseAll(faults);
  return accept(new Map(weeks.map((week) => [week.id, composeCalendar(week, years)])));
}

/** Reads every .yaml file of a folder. I/O errors are thrown; a fault in a file is refused with its place. */
export async function loadCalendars(folder: string): Promise<Result<ReadonlyMap<string, Calendar>>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return composeCalendars(new Map(names.map((name, i) => [name, texts[i] ?? ''])));
}
