import type { Scope } from '@room/case/paths.ts';
import type { ComponentType, ReactNode } from 'react';
import type { FieldSpec, PackSpec, WireValue } from '../api/contract.ts';
import type { Lang, Say } from '../words/lang.tsx';

/** What a field may look at besides its own value. */
export interface Around {
  pack: PackSpec;
  procedure: string;
  /** Null while the case does not exist yet. */
  caseId: string | null;
  step: string | null;
  scope: Scope;
  lang: Lang;
  say: Say;
}

export interface InputProps {
  id: string;
  name: string;
  spec: FieldSpec;
  value: WireValue | undefined;
  onChange(value: WireValue | undefined): void;
  invalid: boolean;
  describedBy: string | undefined;
  around: Around;
}

/** One kind of field in the browser: how it is entered and how it reads. */
export interface FieldKind {
  Input: ComponentType<InputProps>;
  read(value: WireValue, spec: FieldSpec, around: Around): ReactNode;
  /** Several controls under one heading, instead of one control with one label. */
  group?: boolean;
  /** Takes a whole row even where there is room for two. */
  wide?: boolean | ((spec: FieldSpec) => boolean);
}

/** The properties every control of a field has. */
export const control = ({ id, name, invalid, describedBy, spec }: InputProps) => ({
  id,
  name,
  'aria-invalid': invalid,
  'aria-describedby': describedBy,
  'aria-required': spec.required === true,
});

export const asText = (value: WireValue | undefined): string => (typeof value === 'string' ? value : '');
export const orNothing = (text: string): string | undefined => (text === '' ? undefined : text);
