import type { CaseState } from '#case/state.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';

/** Whom a notice is for, with what is known of him. */
export interface Recipient {
  tenant: string;
  kind: 'person' | 'owner';
  personId: string | null;
  /** A member of staff's own address and number. */
  email: string | null;
  phone: string | null;
  /** The case the notice is about: the owner is reached where he left word with it. Null: about no case, for staff only. */
  state: CaseState | null;
  /** About a member of staff himself, such as his certificate: no business of his colleagues. */
  personal?: boolean;
}

/** One thing he is told. */
export interface Told {
  caseId: string;
  seq: number;
  number: string;
  text: Text;
  /** For ways with little room; `{link}` in it stands for the address of the case's page. */
  short: Text | null;
  clause: string;
  at: Instant;
}

/** What goes in one message: several notices only to one place. */
export interface Message {
  to: string;
  recipient: Recipient;
  told: readonly [Told, ...Told[]];
}

/** A way by which notices leave the house. A further one is one file and one line where the ways are listed. */
export interface NoticeWay {
  id: string;
  /** Channels of matters whose senders are answered by this way first. */
  channels: readonly string[];
  /** Where the recipient is reached; null when he is not by this way. */
  address(recipient: Recipient): Promise<string | null>;
  /** How the address is shown in the history. */
  masked(address: string): string;
  /** Hands the message over; rejects when it was not taken. May be run twice for the same message. */
  send(message: Message): Promise<void>;
  /** Whether a failure would only be repeated by trying again. */
  isFinal(cause: unknown): boolean;
}

/** A way by which somebody is reached, and where. */
export interface Reach {
  way: NoticeWay;
  address: string;
}

/** Shown in the program only; whatever is named after it in an order of ways is not tried. */
export const PAGE = 'page';

/**
 * The ways that reach somebody, in the order they are tried: as he or the company ordered, then the others. The owner is
 * answered the way he came first.
 */
export async function waysFor(
  ways: readonly NoticeWay[],
  recipient: Recipient,
  order: readonly string[],
): Promise<Reach[]> {
  const last = order.indexOf(PAGE);
  const rank = (way: NoticeWay): number => {
    if (recipient.kind === 'owner' && recipient.state && cameBy(recipient.state, way)) return -1;
    const place = order.indexOf(way.id);
    return place < 0 ? order.length : place;
  };
  const found: Reach[] = [];
  for (const way of ways.toSorted((a, b) => rank(a) - rank(b))) {
    const kept = last >= 0 && recipient.kind === 'person' && rank(way) >= last;
    const address = kept ? null : await way.address(recipient);
    if (address !== null) found.push({ way, address });
  }
  return found;
}

const cameBy = ({ via, channel }: CaseState, way: NoticeWay): boolean => way.channels.includes(via?.id ?? channel);
