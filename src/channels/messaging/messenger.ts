import type { WebSocket } from 'ws';
import type { Instant } from '#kernel/instant.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { Result } from '#kernel/result.ts';
import type { Text } from '#kernel/text.ts';

/** One thing to be entered so that a service can be used. */
export interface Setting {
  name: string;
  title: Text;
  hint: Text;
  /** Never shown again once it was entered. */
  secret?: true;
  required?: true;
  /** What it must look like, with what to say otherwise. */
  pattern?: RegExp;
  /** One of these, instead of words; '' is the usual one. */
  choices?: readonly { value: string; title: Text }[];
}
export type Settings = { [name: string]: string };

/** A call of the service at our address. */
export interface Call {
  method: string;
  query: URLSearchParams;
  header(name: string): string | undefined;
  body: Buffer;
}

/** One thing that a call told. */
export interface Incoming {
  /** The service's own id of it: a second sending has the same. */
  key: string;
  sender: string;
  what: 'text' | 'picture' | 'voice' | 'menu' | 'arrived' | 'entered' | 'left' | 'receipt' | 'other';
  /** Words, what was heard in a recording, or the key of the menu. */
  text?: string | undefined;
  media?: { id: string; name: string } | undefined;
  /** What became of a message of ours; `read`: he has opened it. */
  receipt?: { providerId: string; arrived: boolean; read?: boolean | undefined; note: string } | undefined;
  /** The name the service knows him by. */
  name?: string | undefined;
  /** His telephone number, where the service is one of telephone numbers. */
  phone?: string | undefined;
}

/** What a good call is answered with, and what it told. The answer goes out only when all of it is kept. */
export interface Heard {
  answer: { type: string; body: string };
  incoming: Incoming[];
}

/** A message on its way out. */
export interface Letter {
  id: string;
  to: string;
  text: string;
  number: string | null;
  link: string | null;
}

/** What the service said to a message: `final` when it would say the same again. */
export type Sent = { ok: true; providerId: string | null } | { ok: false; final: boolean; why: Refusal };

/** One line of a check: what was tried and what came of it. */
export interface Finding {
  what: Text;
  ok: boolean;
  said: Text;
}

/** The service, reachable: its address, and a token that all processes share. */
export interface Wire {
  settings: Settings;
  base: string;
  now(): Instant;
  fetch(
    url: string,
    init?: { method?: string; headers?: { [name: string]: string }; body?: string },
  ): Promise<WireAnswer>;
  /** Opens a line to an address that the service names. Throws, or the line fails, when it leads where it may not. */
  line(url: string): WebSocket;
  /** The shared token; with `stale` another one than that. */
  token(fetchNew: () => Promise<NewToken>, stale?: string): Promise<string>;
}
export interface WireAnswer {
  status: number;
  type: string;
  bytes: Buffer;
}
export interface NewToken {
  token: string;
  /** Milliseconds. */
  lives: number;
}

/** One entry of the menu under a conversation: it tells its key, opens an address, or holds further entries. */
export type MenuEntry = { name: string } & ({ key: string } | { url: string } | { entries: MenuEntry[] });

/** A line that we keep open to a service, for companies that it cannot call. */
export interface Line {
  /** Resolves when nothing more is received. */
  stop(): Promise<void>;
}

/** One service that carries messages. A new one is one folder and one line in messengers.ts. */
export interface Messenger {
  /** The name it has in addresses, tables and packs. */
  kind: string;
  /** The channel of packs that its messages belong to, where that is not its own name. */
  channel?: string;
  title: Text;
  /** Where the address of the service's interface lies, unless another one is entered. */
  base: string;
  settings: readonly Setting[];
  /** Whether it reaches any telephone number, also of people who never wrote. */
  byTelephone?: true;
  /** It writes into a group of the staff, calling one of them by his number; owners are not told there. */
  staffGroup?: true;
  /** Where in the service's own pages our address is entered. */
  where?: Text;
  /** Refuses with channel.badSignature and channel.unreadable; then nothing is kept. Without it nobody writes to us. */
  hear?(call: Call, settings: Settings, now: Instant): Result<Heard>;
  /** Opens a line to the service instead of being called; null when the settings want calls. */
  listen?(wire: Wire, take: (incoming: Incoming[]) => Promise<void>, failed: (cause: string) => void): Line | null;
  send(wire: Wire, letter: Letter): Promise<Sent>;
  /** Asks what became of a message it took, where it does not say so by itself; null when it does not know yet. */
  receiptOf?(wire: Wire, message: { providerId: string; to: string }): Promise<Incoming['receipt'] | null>;
  /** The bytes of a picture or a recording; throws to be tried again. */
  fetchMedia?(wire: Wire, media: { id: string }): Promise<Buffer>;
  /** Puts a menu under every conversation; it takes the place of the one that is there. */
  setMenu?(wire: Wire, menu: readonly MenuEntry[]): Promise<Sent>;
  /** Sends a code of six digits to a telephone. */
  sendCode?(wire: Wire, to: string, code: string): Promise<Sent>;
  /** Tries the settings without writing to anybody; a group robot can only be tried by a line in its group. */
  check(wire: Wire): Promise<Finding[]>;
}
