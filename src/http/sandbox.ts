import type { FastifyInstance } from 'fastify';
import { formatLocal } from '#clock/civil.ts';
import { durationMs, parseDuration } from '#clock/duration.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { parseIso } from '#policy/fields/moment.ts';
import { type ClockMove, sandboxEndpoints } from './contract/sandbox.ts';
import type { HttpDeps } from './deps.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';

const none = refusal(
  'sandbox.none',
  text('这里不是演示环境，时钟不能拨动', 'This is not a demo: the clock cannot be moved here'),
);
const FARTHEST = 20 * 366 * DAY;

/** The movable clock; outside a sandbox it does not exist. */
export function mountSandbox(app: FastifyInstance, deps: HttpDeps): void {
  const { time, handling } = deps;

  mount(app, deps, sandboxEndpoints.read, async () =>
    deps.sandbox ? answer(200, { now: wire(time.now()) }) : refused(none),
  );

  mount(app, deps, sandboxEndpoints.move, async ({ body }) => {
    if (!deps.sandbox) return refused(none);
    const target = targetOf(body, time.now());
    if (!target.ok) return refused(target.refusal);
    let done: Awaited<ReturnType<typeof handling.moveClock>>;
    try {
      done = await handling.moveClock(target.value);
    } catch (cause) {
      // Somebody else moved it further meanwhile.
      if (cause instanceof RangeError) return refused(backwards(time.now()));
      throw cause;
    }
    // Outside work ordered just before the call belongs to the time that has passed.
    await handling.drainJobs();
    return answer(200, {
      now: wire(time.now()),
      fired: { moments: done.moments, timers: done.fired },
    });
  });
}

/** Where a wish would put the clock; refuses what is no moment, lies in the past or absurdly far ahead. */
function targetOf(body: ClockMove, now: Instant): Result<Instant> {
  if ('advance' in body) {
    const span = parseDuration(body.advance);
    if (!span.ok) return refuse({ ...span.refusal, field: 'advance' });
    return within(now + durationMs(span.value), now, 'advance');
  }
  const at = parseIso(body.now);
  if (Number.isNaN(at))
    return refuse(refusal('field.notTime', text('不是真实的时刻', 'That is not a real moment'), { field: 'now' }));
  return within(at, now, 'now');
}

function within(target: Instant, now: Instant, field: string): Result<Instant> {
  if (target < now) return refuse({ ...backwards(now), field });
  if (target > now + FARTHEST)
    return refuse(
      refusal('sandbox.tooFar', text('一次最多往前拨 20 年', 'At most 20 years ahead at a time'), { field }),
    );
  return accept(target);
}

const backwards = (now: Instant): Refusal =>
  refusal(
    'sandbox.backwards',
    text(
      `时钟只能往前拨：现在是 ${formatLocal(now)}，发生过的事不能取消`,
      `The clock only moves forward: it is ${formatLocal(now)}, and what happened cannot unhappen`,
    ),
  );
