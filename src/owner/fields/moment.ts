import { CHINA_OFFSET, civil, dateOf, dayOf, formatLocal, parseDate, startOfDay } from '#clock/civil.ts';
import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { html, when } from '../html.ts';
import { sayMoment } from '../time-words.ts';
import { radios } from './choice.ts';
import { asText, given, type OwnerField } from './owner-field.ts';

const NOON = 12 * HOUR;
const DAYS_AGO: Record<string, number> = { today: 0, yesterday: 1 };

/** 9:30, 09:30, 下午3点半 is not understood: null. */
function timeOfDay(typed: string): number | null {
  const parts = /^(\d{1,2})[:：.点时](\d{2})?分?$/.exec(typed.normalize('NFKC').trim());
  const [hour, minute] = [Number(parts?.[1] ?? 99), Number(parts?.[2] ?? 0)];
  return hour < 24 && minute < 60 ? (hour * 60 + minute) * MINUTE : null;
}

/** 2026-11-21 or 2026/11/21 or 11-21 (this year) as browsers without a date picker let people type it. */
function dayTyped(typed: string, today: number): number | null {
  const parts = /^(?:(\d{4})\D)?(\d{1,2})\D(\d{1,2})\D?$/.exec(typed.normalize('NFKC').trim());
  if (!parts) return null;
  const year = parts[1] ?? String(civil(today).year);
  return parseDate(`${year}-${(parts[2] ?? '').padStart(2, '0')}-${(parts[3] ?? '').padStart(2, '0')}`);
}

/** A moment in the past as people remember it: just now, today, yesterday, or on a day. */
export const instant: OwnerField = {
  group: true,
  draw: (field) => {
    const { name, spec, typed, scene } = field;
    const { speak } = scene;
    const today = dayOf(scene.now, CHINA_OFFSET);
    const past = spec.tense !== 'future';
    const picks = past ? ['now', 'today', 'yesterday', 'earlier'] : [];
    const chosen = typed.has(name) || typed.has(`${name}.day`) ? typed : typed.with({ [name]: ['now'] });
    return html`${
      past &&
      radios(
        { ...field, typed: chosen },
        (['now', 'today', 'yesterday', 'earlier'] as const).map((value) => ({ value, label: speak(value) })),
      )
    }<div class="pair" data-when>
      <label class="onday">${speak('onDay')}<input type="date" name="${name}.day"${picks.length === 0 ? html` id="${name}"` : ''}
        value="${typed.text(`${name}.day`)}"${past && html` max="${dateOf(today)}"`}></label>
      <label>${speak('atTime')}<input type="time" name="${name}.time" value="${typed.text(`${name}.time`)}"></label></div>
      <p class="hint whenhint">${speak('atNoonHint')}</p>`;
  },
  read: (name, spec, posted, { now }) => {
    const pick = posted.text(name);
    const [dayText, timeText] = [given(posted.text(`${name}.day`)), given(posted.text(`${name}.time`))];
    const today = dayOf(now, CHINA_OFFSET);
    // A day that was filled in counts, whatever circle still is marked from the beginning.
    const ago = DAYS_AGO[pick];
    const day =
      dayText !== undefined && ago === undefined ? dayTyped(dayText, today) : ago === undefined ? today : today - ago;
    if (dayText === undefined && timeText === undefined && pick === 'now') return now;
    if (dayText === undefined && pick === '' && timeText === undefined) return undefined;
    if (dayText === undefined && pick === 'earlier') return undefined;
    if (day === null) return `${dayText ?? ''} ${timeText ?? ''}`.trim();
    const clock = timeText === undefined ? NOON : timeOfDay(timeText);
    if (clock === null) return `${dateOf(day)} ${timeText}`;
    const at: Instant = startOfDay(day, CHINA_OFFSET) + clock;
    return timeText === undefined && spec.tense !== 'future' ? Math.min(at, now) : at;
  },
  fill: (name, value) => {
    if (typeof value !== 'number') return [];
    const [day = '', time = ''] = formatLocal(value).split(' ');
    return [
      [name, 'earlier'],
      [`${name}.day`, day],
      [`${name}.time`, time],
    ];
  },
  show: (value, _spec, { now, lang }) => (typeof value === 'number' ? sayMoment(value, now, lang) : asText(value)),
};

/** A day. */
export const date: OwnerField = {
  group: false,
  draw: ({ name, required, typed, described }) =>
    html`<input id="${name}" name="${name}" type="date" value="${typed.text(name)}"${when(required, 'aria-required="true"')}${described}>`,
  read: (name, _spec, posted, { now }) => {
    const typed = given(posted.text(name));
    const day = typed === undefined ? null : dayTyped(typed, dayOf(now, CHINA_OFFSET));
    return day === null ? typed : dateOf(day);
  },
  fill: (name, value) => [[name, asText(value)]],
  show: (value, _spec, { now, lang }) => {
    const day = parseDate(asText(value));
    if (day === null) return asText(value);
    return sayMoment(startOfDay(day, CHINA_OFFSET), now, lang).replace(/,? ?00:00/, '');
  },
};
