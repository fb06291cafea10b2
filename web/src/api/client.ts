import { htmlLang, langNow } from '../words/lang.tsx';
import { Problem, type ProblemBody, Unreachable } from './problem.ts';

export interface Sending {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** The same key for the same wish: a repeated request gets the first answer. */
  key?: string;
  /** The version of the case that the sender looked at. */
  seen?: number;
  signal?: AbortSignal;
}

/** Asks the server. Throws Problem for a refusal and Unreachable when no answer came. */
export async function ask<T>(path: string, sending: Sending = {}): Promise<T> {
  const { method = 'GET', body, key, seen, signal } = sending;
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': htmlLang(langNow()) };
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers['content-type'] = 'application/json';
  if (key) headers['idempotency-key'] = key;
  if (seen !== undefined) headers['if-match'] = `"${seen}"`;
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (signal) init.signal = signal;
  if (body !== undefined) init.body = form ? body : JSON.stringify(body);
  const response = await fetch(`/api/v1${path}`, init).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new Unreachable('unreachable', { cause });
  });
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  // The contract's types describe what this server sends; both are built together.
  return (await response.json()) as T;
}

async function problemOf(response: Response): Promise<Error> {
  // A gateway that answers for a server that is away speaks no JSON.
  if (response.status >= 502 && response.status <= 504) return new Unreachable(String(response.status));
  const body: unknown = await response.json().catch(() => null);
  const known = typeof body === 'object' && body !== null ? (body as Partial<ProblemBody>) : {};
  return new Problem({ ...known, status: response.status, code: known.code ?? `http.${response.status}` });
}

/** A fresh key for one wish. Without randomUUID, which browsers withhold from plain http in a company's own network. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
