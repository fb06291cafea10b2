import { chromium, type Page } from '@playwright/test';
import { openPool } from '#db/pool.ts';
import { tell } from '../test/support/exchange.ts';
import type { Line } from './report.ts';
import { type BenchSite, startSite } from './site.ts';
import { quantile } from './statistics.ts';

export interface PopPlan {
  dataDir: string;
  port: number;
  calls: number;
}

const LIMIT = 300;

/**
 * From the moment an exchange begins to say that it rings until the card with the caller's unit stands on the clerk's
 * screen, in a real browser beside the server: once the picture with it was drawn.
 */
export async function benchPop({ dataDir, port, calls }: PopPlan): Promise<Line[]> {
  const site = await startSite(dataDir, port);
  const browser = await chromium.launch({ executablePath: process.env.HUIYIN_CHROMIUM ?? '/usr/bin/chromium' });
  try {
    const url = `http://127.0.0.1:${port}`;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
    const post = async (path: string, data: object) =>
      (await context.request.post(`${url}/api/v1${path}`, { data })).json();
    const people: { personId: string; name: string }[] = await (
      await context.request.get(`${url}/api/v1/sandbox/people`)
    ).json();
    const idOf = (name: string): string => people.find((one) => one.name === name)?.personId ?? '';
    await post('/session', { personId: idOf('徐凯') });
    const seat = { extension: '801', personId: idOf('周晓燕') };
    const { exchange, secret } = await post('/exchanges', { name: '总机', extensions: [seat] });
    const where = url + new URL(exchange.url, url).pathname;
    await post('/session', { personId: seat.personId });
    const page = await context.newPage();
    await page.goto(`${url}/intake`);
    await page.getByLabel('投诉内容').fill('写到一半');
    const say = (event: string, call: string, from: string) =>
      tell(where, secret, { event, call, from, to: '4008888666', at: new Date().toISOString(), extension: '801' });

    const took: number[] = [];
    for (const [n, phone] of (await phonesOf(site, calls + 1)).entries()) {
      const shown = drawn(page, `${phone.slice(0, 3)}****${phone.slice(-4)}`);
      // The page answers this once it is watching.
      await page.evaluate('0');
      const began = Date.now();
      await say('ringing', `bench-${n}`, phone);
      took.push((await shown) - began);
      for (const event of ['answered', 'ended']) await say(event, `bench-${n}`, phone);
      await page.locator('.calls-pop-card').waitFor({ state: 'detached' });
    }
    // The first also fetches what the page needs for it.
    const later = took.slice(1);
    const [p50, p99] = [quantile(later, 0.5), quantile(later, 0.99)];
    return [
      {
        what: `telephone: from ringing to the card on the clerk's screen, ${later.length} calls of residents`,
        median: `${Math.round(p50)} ms`,
        p99: `${Math.round(p99)} ms`,
        limit: '',
        share: '',
        target: `p99 ≤ ${LIMIT} ms`,
        met: p99 <= LIMIT,
      },
    ];
  } finally {
    await browser.close();
    await site.stop();
  }
}

/** When the browser had drawn a card with these words and a unit; the two clocks are the machine's one. */
const drawn = (page: Page, words: string): Promise<number> =>
  page.evaluate<number>(`new Promise((done) => {
    const look = () => {
      const card = document.querySelector('.calls-pop-card')?.textContent ?? '';
      if (!card.includes(${JSON.stringify(words)}) || !card.includes('栋')) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(Date.now())));
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  })`);

/** Mobile numbers of people who live in the demo's estates, each once: the card has to find unit, cases and outages. */
async function phonesOf(site: BenchSite, most: number): Promise<string[]> {
  const pool = openPool(site.database.owner, 1);
  try {
    const found = await pool.query<{ phone: string }>(
      'select distinct phone from huiyin.resident where phone is not null order by phone limit $1',
      [most],
    );
    return found.rows.map(({ phone }) => phone);
  } finally {
    await pool.end();
  }
}
