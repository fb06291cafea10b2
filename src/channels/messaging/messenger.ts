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
  what: 'text' | 'picture' | 'voice' | 'menu' | 'arrived' | 'left' | 'receipt' | 'other';
  /** Words, what was heard in a recording, or the key of the menu. */
  text?: string | undefined;
  media?: { id: string; name: string } | undefined;
  receipt?: { providerId: string; arrived: boolean; note: string } | undefined;
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
export type Sent =
  | { ok: true; providerId: string | null }
  | { ok: false; final: boolean; why: Refusal; retryAfter?: number };

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

/** One service that carries messages. A new one is one folder and one line in messengers.ts. */
export interface Messenger {
  /** The name it has in addresses, tables and packs. */
  kind: string;
  title: Text;
  /** Where the address of the service's interface lies, unless another one is entered. */
  base: string;
  settings: readonly Setting[];
  /** Whether it reaches any telephone number, also of people who never wrote. */
  byTelephone?: true;
  /** Where in the service's own pages our address is entered. */
  where: Text;
  /** Refuses with channel.badSignature and channel.unreadable; then nothing is kept. */
  hear(call: Call, settings: Settings, now: Instant): Result<Heard>;
  send(wire: Wire, letter: Letter): Promise<Sent>;
  /** The bytes of a picture or a recording; throws to be tried again. */
  fetchMedia?(wire: Wire, media: { id: string }): Promise<Buffer>;
  /** Sends a code of six digits to a telephone. */
  sendCode?(wire: Wire, to: string, code: string): Promise<Sent>;
  /** Tries the settings without writing to anybody. */
  check(wire: Wire): Promise<Finding[]>;
}
