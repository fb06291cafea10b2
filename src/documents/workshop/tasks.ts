import type { Instant } from '#kernel/instant.ts';

/** JSON that a template reads. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface TypesetInput {
  template: 'form' | 'slip' | 'doors';
  data: { [key: string]: Json };
  /** Pictures by the name the data uses for them; those that cannot be decoded are printed as a remark. */
  pictures: { name: string; bytes: Uint8Array; kind: 'photo' | 'signature' | 'svg' }[];
  createdAt: Instant;
}

export interface PhotoInput {
  bytes: Uint8Array;
  /** What the bytes are; HEIC is kept as JPEG, the others as what they are. */
  format: 'jpeg' | 'png' | 'webp' | 'heic';
  maxSide: number;
  thumbnailSide: number;
  maxPixels: number;
}

export type PhotoOutput =
  | { ok: true; bytes: Uint8Array; thumbnail: Uint8Array; width: number; height: number }
  | { ok: false; why: 'damaged' | 'tooManyPixels' };

/** What the workshop can do, with what goes in and what comes out. */
export interface Tasks {
  typeset: { input: TypesetInput; output: Uint8Array };
  photo: { input: PhotoInput; output: PhotoOutput };
}
export type TaskName = keyof Tasks;

export type Job = { [T in TaskName]: { id: number; task: T; input: Tasks[T]['input'] } }[TaskName];
export type Answer = { id: number; output: unknown } | { id: number; failed: string };

/** A message of the workshop's own making. */
export const isAnswer = (message: unknown): message is Answer =>
  typeof message === 'object' && message !== null && 'id' in message && ('output' in message || 'failed' in message);

export const isJob = (message: unknown): message is Job =>
  typeof message === 'object' && message !== null && 'id' in message && 'task' in message && 'input' in message;
