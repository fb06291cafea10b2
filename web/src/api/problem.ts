import type { Text } from '@room/kernel/text.ts';
import type { WireProblem } from './contract.ts';

/** An RFC 9457 answer; anything but code and status may be missing when something else than the server spoke. */
export type ProblemBody = Pick<WireProblem, 'status' | 'code'> & Partial<WireProblem>;

const UNKNOWN: Text = {
  zh: '服务器没有按约定回答，请稍后再试',
  en: 'The server gave no proper answer; try again later',
};

/** A refusal by the server, in both languages, with the fields at fault. */
export class Problem extends Error {
  readonly body: ProblemBody;
  constructor(body: ProblemBody) {
    super(body.code);
    this.body = body;
  }
  get messages(): Text {
    const { messages, detail, title } = this.body;
    const plain = detail ?? title;
    return messages ?? (plain ? { zh: plain, en: plain } : UNKNOWN);
  }
  /** Field name → what is wrong with it. A path such as values.place names the field place. */
  get byField(): Record<string, Text> {
    const own = this.body.field ? [{ field: this.body.field, messages: this.messages }] : [];
    const all = [...own, ...(this.body.errors ?? [])];
    return Object.fromEntries(
      all.flatMap((fault) => (fault.field ? [[fault.field.replace(/^values\./, ''), fault.messages]] : [])),
    );
  }
}

/** The request never reached the server or its answer never came back: what was meant may be sent again as it is. */
export class Unreachable extends Error {}

export const unreachable: Text = {
  zh: '连不上服务器。填写的内容都还在，恢复后再按一次即可，不会重复登记。',
  en: 'The server cannot be reached. What you entered is kept; send it again when the line is back, nothing is done twice.',
};

const cancelled: Text = {
  zh: '没有完成通行密钥验证：已取消或超时，可以再试一次',
  en: 'The passkey was not confirmed: cancelled or timed out; you can try again',
};
const alreadyThere: Text = { zh: '这台设备已经添加过通行密钥', en: 'This device has a passkey here already' };

/** What to tell a person about any failure of a request. */
export function wordsOf(cause: unknown): Text {
  if (cause instanceof Problem) return cause.messages;
  if (cause instanceof Unreachable) return unreachable;
  // The browser's own dialog for passkeys, cancelled or timed out.
  if (cause instanceof Error && /^(NotAllowedError|AbortError)$/.test(cause.name)) return cancelled;
  if (cause instanceof Error && cause.name === 'InvalidStateError') return alreadyThere;
  return UNKNOWN;
}
