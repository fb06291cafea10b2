import { randomInt } from 'node:crypto';
import type { Pool } from 'pg';
import { claimPurposeIn, type Purpose } from '#db/purpose.ts';
import { createDemoCompany } from '#directory/demo/company.ts';
import { createOwnCompany } from '#directory/first-run.ts';
import type { InstallationTime } from '#handling/time.ts';
import type { HttpDeps } from '#http/deps.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';

/** What becomes of an installation when its first question is answered. */
export interface FirstChoiceDeps {
  pool: Pool;
  time: InstallationTime;
  /** Whether nobody has decided yet what this installation is for. */
  undecided: boolean;
  /** What whoever sits elsewhere must enter; null when the program listens to this machine only. */
  code: string | null;
  /** Publishes the procedures of the company that was just made. */
  onCompany(tenant: string): Promise<void>;
  /** Gives the demo company its procedures and its past, while nothing else runs. */
  prepareDemo(): Promise<void>;
  /** Starts timers and outside work. */
  begin(): Promise<void>;
}

/**
 * Carries out the answer to the first question. Founding the company and saying for good what the database is for are
 * one transaction, so that neither two browsers nor a crash can leave a company's books in a demo or the reverse.
 */
export function openFirstChoice(deps: FirstChoiceDeps): HttpDeps['setup'] {
  const { pool, time } = deps;
  let running: ReturnType<HttpDeps['setup']['demo']> | undefined;
  let preparing = false;

  const becomeDemo: HttpDeps['setup']['demo'] = async () => {
    if (!deps.undecided) return refuse(notADemo);
    preparing = true;
    const claimed = await claiming('sandbox', async (claim) =>
      accept(await createDemoCompany(pool, claim, time.now())),
    );
    if (!claimed.ok) {
      preparing = false;
      return claimed;
    }
    await time.makeMovable();
    await deps.prepareDemo();
    await deps.onCompany(claimed.value.tenant);
    await deps.begin();
    preparing = false;
    return accept(undefined);
  };
  return {
    code: deps.code,
    preparing: () => preparing,
    demo() {
      // Two browsers that choose at once share one preparation; after a failure the next choice goes on where it stopped.
      running ??= becomeDemo().finally(() => {
        running = undefined;
      });
      return running;
    },
    async own(wish) {
      const made = await claiming('production', (claim) => createOwnCompany(pool, wish, claim));
      if (!made.ok) return made;
      await deps.onCompany(made.value.tenant);
      await deps.begin();
      return made;
    },
  };
}

type Claim = Parameters<typeof createDemoCompany>[1];

async function claiming<T>(wanted: Purpose, found: (claim: Claim) => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await found(async (client) => {
      if ((await claimPurposeIn(client, wanted)) !== wanted) throw new Decided();
    });
  } catch (cause) {
    if (cause instanceof Decided) return refuse(wanted === 'sandbox' ? notADemo : notACompany);
    throw cause;
  }
}

class Decided extends Error {}

const notADemo = refusal(
  'setup.done',
  text(
    '这套数据已定为正式使用，不能变成演示：请加 --sandbox 并用 --data 另选一个空的数据目录启动',
    'This installation is for real use and cannot become a demo: start with --sandbox and an empty folder for --data',
  ),
);
const notACompany = refusal(
  'setup.done',
  text(
    '这套数据已定为演示，不能用于正式业务：请用 --data 另选一个空的数据目录启动',
    'This installation is a demo and never becomes a company’s own: start with an empty folder for --data',
  ),
);

/** A new set-up code. Without letters and figures that are taken for one another. */
export function newSetupCode(): string {
  const draw = (): string => Array.from({ length: 5 }, () => 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'[randomInt(31)]).join('');
  return `${draw()}-${draw()}`;
}

/** Whether an address to listen on can be reached from this machine only. */
export const onlyFromHere = (host: string): boolean => /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/i.test(host);
