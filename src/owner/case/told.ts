import type { NoticeHistory } from '#handling/notice-history.ts';
import { type Html, html } from '../html.ts';
import { sayMoment } from '../time-words.ts';
import type { Visit } from '../visit.ts';
import type { Word } from '../words.ts';
import type { Held } from './held.ts';

const WAYS: Record<string, Word> = {
  email: 'wayEmail',
  sms: 'waySms',
  wechat: 'wayWechat',
  wecom: 'wayWecom',
  dingtalk: 'wayDingtalk',
  feishu: 'wayFeishu',
  smstencent: 'waySms',
};
const READ: { [by in NonNullable<NoticeHistory['readBy']>]: Word } = {
  page: 'toldRead',
  link: 'toldReadLink',
  message: 'toldReadMessage',
};
const STATUS: { [status in NoticeHistory['sendings'][number]['status']]: Word } = {
  planned: 'toldPlanned',
  sending: 'toldSending',
  sent: 'toldSent',
  failed: 'toldFailed',
  needless: 'toldNeedless',
};

/** By which ways the person who asked was told what, and whether it arrived; nothing while he was told nothing. */
export function drawTold({ history, pack, visit, hidesPersonal }: Held): Html | null {
  if (history.length === 0 || hidesPersonal) return null;
  const { speak, lang } = visit;
  const rows = history.map(({ notice, text, at, sendings, readAt, readBy }) => {
    const ways = sendings.length === 0 ? [speak('toldPage')] : sendings.map((one) => sayWay(one, visit));
    const read = readAt === null ? '' : speak(READ[readBy ?? 'page'], { at: say(readAt, visit) });
    return html`<li><h3>${pack.notices[notice]?.title[lang] ?? text[lang]}</h3>
<p class="meta"><time datetime="${new Date(at).toISOString()}">${say(at, visit)}</time></p>${[...ways, read].filter((line) => line !== '').map((line) => html`<p>${line}</p>`)}</li>`;
  });
  return html`<details><summary>${speak('toldTitle')}</summary><p class="hint">${speak('toldLead')}</p><ol class="steps">${rows}</ol></details>
`;
}

const say = (at: number, { now, lang }: Visit): string => sayMoment(at, now, lang);

function sayWay({ way, address, status, dueAt, settledAt }: NoticeHistory['sendings'][number], visit: Visit): string {
  const word = WAYS[way];
  return visit.speak(STATUS[status], {
    way: word ? visit.speak(word) : way,
    address,
    at: say(status === 'planned' ? dueAt : (settledAt ?? dueAt), visit),
  });
}
