import type { Directory } from '#case/context.ts';
import type { Value } from '#case/event.ts';
import type { CaseState } from '#case/state.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import type { Html } from '../html.ts';
import type { Lang } from '../language.ts';
import type { Posted } from '../posted.ts';
import type { Speak } from '../words.ts';

/** A place the person stands at, known from the code at the door, or a choice of estates when it is not known. */
export interface Whereabouts {
  here: { premisesId: string; text: string } | null;
  estates: readonly { id: string; name: string }[];
}

/** What a field is drawn and read with. */
export interface FieldScene {
  lang: Lang;
  speak: Speak;
  now: Instant;
  pack: CompiledPack;
  directory: Directory;
  /** The case as it stands; a blank one while it is being reported. */
  state: CaseState;
  where: Whereabouts;
  /** Address of an attachment, small or whole. */
  fileHref(id: string, small: boolean): string;
}

/** One field of a form. */
export interface Drawn {
  /** Name of the control, and its id. */
  name: string;
  spec: FieldSpec;
  required: boolean;
  /** What was typed before, by control name. */
  typed: Posted;
  /** Attributes that tie the control to its hint and fault. */
  described: Html;
  scene: FieldScene;
}

/** One kind of field as the person who asked sees it. */
export interface OwnerField {
  /** Whether it consists of several controls and so needs a legend instead of a label. */
  group: boolean;
  draw(field: Drawn): Html;
  /** The value to hand to the engine; undefined when nothing was entered. What is wrong about it the engine says. */
  read(name: string, spec: FieldSpec, posted: Posted, scene: FieldScene): Value | undefined;
  /** Controls filled from a value the case already has. */
  fill(name: string, value: Value, spec: FieldSpec): [string, string][];
  /** The value in words. */
  show(value: Value, spec: FieldSpec, scene: FieldScene): Html | string;
}

/** Text that is not empty, or nothing. */
export const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

export const asText = (value: Value): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
