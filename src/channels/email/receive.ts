// Longer than usual: it is the one list of what a mail can become, in the order in which it is asked.
import type { Actor } from '#case/context.ts';
import { withTenant } from '#db/pool.ts';
import { attachToCase } from '#documents/store.ts';
import { clockwork } from '#handling/plan.ts';
import { uuid7 } from '#handling/uuid.ts';
import { HOUR } from '#kernel/instant.ts';
import { type CompiledPack, procedureFor } from '#policy/compile.ts';
import type { Arrival, ChannelDeps, Receive } from '../contract.ts';
import { automatic, type Bounce, bounceIn } from './automatic.ts';
import { type CaseOfMail, caseOfMail, numberIn } from './find-case.ts';
import { findRoom } from './find-room.ts';
import { keepFiles } from './keep-files.ts';
import { ownWords } from './own-words.ts';
import { keyOf, type MailFile, type ReadMail, readMail } from './read-mail.ts';
import { MOST_CASES_AN_HOUR, why } from './refusals.ts';
import { mailSecret } from './secret.ts';
import { messagesNamedIn, type OwnAddress } from './signed-address.ts';
import { arrivalOf, casesOfSender, type KeptMail, keepMail, type RawMail, settleMail } from './store.ts';
import { toMatter } from './to-matter.ts';

const NOTE = 1900;
const ATTEMPTS = 3;
const owner: Actor = { kind: 'owner', personId: null, name: '', posts: [] };

type Deps = Pick<ChannelDeps, 'pool' | 'time' | 'handling'>;
interface Opened {
  raw: RawMail;
  row: KeptMail;
  mail: ReadMail;
}
/** What to write when a mail is settled. */
interface Outcome {
  arrival: Arrival;
  attachments?: string[];
  failedNotice?: { seq: number; note: string };
}
const nothing = (reason: Arrival & { became: 'nothing' | 'deadLetter' }): Outcome => ({ arrival: reason });

/** Takes in the mail of one company's mailbox. */
export function mailReceiver(deps: Deps, tenant: string, own: OwnAddress): Receive<RawMail> {
  const { pool, time, handling } = deps;
  const failures = new Map<string, number>();

  const settle = async (row: KeptMail, { arrival, attachments = [], failedNotice }: Outcome): Promise<Arrival> => {
    await withTenant(pool, tenant, async (client) => {
      if ('caseId' in arrival) {
        const attached = await attachToCase(client, tenant, arrival.caseId, attachments);
        if (!attached.ok) throw new Error(`${attached.refusal.code}: ${attached.refusal.message.en}`);
        if (failedNotice)
          await client.query(
            `update huiyin.notice set delivery = 'failed', delivery_note = $4, delivery_at = huiyin.instant($5)
             where tenant_id = $1 and case_id = $2 and seq = $3`,
            [tenant, arrival.caseId, failedNotice.seq, failedNotice.note, time.now()],
          );
      }
      await settleMail(client, tenant, row.key, arrival, time.now());
    });
    return arrival;
  };

  const judge = async ({ raw, row, mail }: Opened, secret: Buffer): Promise<Outcome> => {
    const source = raw.bytes.toString('latin1');
    if (mail.from.address === `${own.local}@${own.domain}`.toLowerCase() || isOurs(secret, mail))
      return nothing({ became: 'nothing', why: why.own });
    const bounce = bounceIn(mail, source);
    if (bounce) {
      const about = await caseOfMail(pool, tenant, own, secret, mail, source);
      if (about) return bounced(row, about, bounce);
    }
    const program = automatic(mail);
    if (program) return nothing({ became: 'nothing', why: program });
    if (mail.from.address === '') return nothing({ became: 'deadLetter', why: why.noSender });
    const about = await caseOfMail(pool, tenant, own, secret, mail);
    if (about) return addTo(row, about, mail);
    if (numberIn(mail.subject) !== null && (await isStaff(mail.from.address)))
      return nothing({ became: 'deadLetter', why: why.fromStaff });
    return register(row, mail);
  };

  const register = async (row: KeptMail, mail: ReadMail): Promise<Outcome> => {
    const hourAgo = time.now() - HOUR;
    if ((await casesOfSender(pool, tenant, mail.from.address, hourAgo)) >= MOST_CASES_AN_HOUR)
      return nothing({ became: 'deadLetter', why: why.tooMany });
    const room = await findRoom(pool, tenant, `${mail.subject}\n${ownWords(mail.text).withSignature}`);
    const around = { receivedAt: row.receivedAt, room, attachments: [], refusedFiles: [] };
    const longText = toMatter(mail, around)?.longText ?? null;
    const files = await keepFiles(pool, tenant, row.key, [...textFile(longText), ...mail.files], owner, time.now());
    const matter = toMatter(mail, { ...around, attachments: files.ids, refusedFiles: files.refused });
    if (!matter) return nothing({ became: 'deadLetter', why: why.empty });
    const found = await packFor(matter.matter);
    if (!found) return nothing({ became: 'deadLetter', why: why.noProcedure });
    const known = found.pack.procedures[found.procedure]?.intake.fields ?? {};
    const said = await handling.handle({
      tenant,
      actor: owner,
      pack: found.pack.pack,
      caseId: row.newCaseId,
      idempotencyKey: `mail:${row.key.toString('hex')}`,
      command: {
        type: 'register',
        matter: matter.matter,
        channel: 'email',
        receivedAt: matter.receivedAt,
        values: Object.fromEntries(Object.entries(matter.values).filter(([name]) => name in known)),
      },
    });
    if (said.ok) return { arrival: arrived('case', said.value), attachments: files.ids };
    // An attempt before this one got through and broke off afterwards, and meanwhile what it was made from has changed.
    const file =
      said.refusal.code === 'idempotency.keyReused' ? await handling.caseById(tenant, row.newCaseId) : undefined;
    if (file)
      return {
        arrival: { became: 'case', caseId: row.newCaseId, number: file.state.number },
        attachments: files.ids,
      };
    return nothing({ became: 'deadLetter', why: said.refusal });
  };

  const addTo = async (row: KeptMail, about: CaseOfMail, mail: ReadMail): Promise<Outcome> => {
    const files = await keepFiles(pool, tenant, row.key, mail.files, owner, time.now());
    const sender =
      about.contactEmail?.toLowerCase() === mail.from.address ? [] : [`（发件邮箱：${mail.from.address}）`];
    const lines = [
      ...sender,
      ownWords(mail.text).words || mail.subject || '（邮件无正文）',
      ...(files.names.length > 0 ? [`（附件：${files.names.join('、')}）`] : []),
      ...files.refused.map((file) => `（附件未收下：${file}）`),
    ];
    await note(row, about.caseId, owner, lines.join('\n'), true);
    return { arrival: arrived('addition', about), attachments: files.ids };
  };

  const bounced = async (row: KeptMail, about: CaseOfMail, bounce: Bounce): Promise<Outcome> => {
    const reason = [bounce.recipient, bounce.status, bounce.diagnostic].filter((part) => part !== '').join(' · ');
    const words = `发给业主的邮件未送达（${reason}），请改用其他方式联系。A mail to the owner was not delivered; reach him another way.`;
    await note(row, about.caseId, clockwork, words, false);
    const failed = about.seq === null ? {} : { failedNotice: { seq: about.seq, note: reason.slice(0, 500) } };
    return { arrival: arrived('bounce', about), ...failed };
  };

  /** Long words become several notes; each is entered once, however often this runs. */
  const note = async (row: KeptMail, caseId: string, actor: Actor, words: string, visible: boolean): Promise<void> => {
    const signs = [...words];
    for (let from = 0, part = 1; from < signs.length; from += NOTE, part += 1) {
      const said = await handling.handle({
        tenant,
        caseId,
        actor,
        idempotencyKey: `mail:${row.key.toString('hex')}:${part}`,
        command: { type: 'annotate', text: signs.slice(from, from + NOTE).join(''), visible },
      });
      // A part of blanks only is refused as empty, and is no loss.
      if (!said.ok && !['note.empty', 'idempotency.keyReused'].includes(said.refusal.code))
        throw new Error(`${said.refusal.code}: ${said.refusal.message.en}`);
    }
  };

  const packFor = async (matter: string): Promise<{ pack: CompiledPack; procedure: string } | null> => {
    for (const { pack: id, current } of await handling.packs.list(tenant)) {
      const pack = current ? await handling.packs.current(tenant, id) : undefined;
      const procedure = pack && procedureFor(pack, matter)?.[0];
      if (pack?.channels.email && procedure !== undefined) return { pack, procedure };
    }
    return null;
  };

  const isStaff = async (address: string): Promise<boolean> => {
    const ask = 'select from huiyin.person where tenant_id = $1 and lower(email) = $2 limit 1';
    return withTenant(pool, tenant, async (client) => (await client.query(ask, [tenant, address])).rowCount === 1);
  };

  return async (raw) => {
    const key = keyOf(raw.bytes);
    const mail = await readMail(raw.bytes).catch(() => null);
    const head = {
      key,
      messageId: mail?.messageId ?? null,
      sender: mail?.from.address ?? '',
      subject: mail?.subject ?? '',
    };
    const row = await keepMail(pool, tenant, raw, { ...head, newCaseId: uuid7(time.now()), at: time.now() });
    const before = arrivalOf(row);
    if (before) return before;
    if (!raw.whole) return settle(row, nothing({ became: 'deadLetter', why: why.tooLarge }));
    if (!mail) return settle(row, nothing({ became: 'deadLetter', why: why.unreadable }));
    const name = key.toString('hex');
    try {
      const arrival = await settle(row, await judge({ raw, row, mail }, await mailSecret(pool, tenant)));
      failures.delete(name);
      return arrival;
    } catch (cause) {
      const times = (failures.get(name) ?? 0) + 1;
      failures.set(name, times);
      if (times < ATTEMPTS) throw cause;
      // Reached only while the database answers: the failures of a lost one are the same for every mail.
      await withTenant(pool, tenant, (client) => client.query('select'));
      return settle(row, nothing({ became: 'deadLetter', why: why.failed(words(cause)) }));
    }
  };
}

const arrived = (
  became: 'case' | 'addition' | 'bounce',
  { caseId, number }: { caseId: string; number: string },
): Arrival => ({
  became,
  caseId,
  number,
});
const words = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause)).slice(0, 300);
const isOurs = (secret: Buffer, mail: ReadMail): boolean =>
  mail.messageId !== null && messagesNamedIn(secret, mail.messageId).length > 0;
const textFile = (text: string | null): MailFile[] =>
  text === null ? [] : [{ name: '邮件全文.txt', bytes: Buffer.from(text, 'utf8'), inline: false }];
