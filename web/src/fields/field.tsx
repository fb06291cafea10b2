import type { Text } from '@room/kernel/text.ts';
import type { ReactNode } from 'react';
import type { FieldSpec, WireValue } from '../api/contract.ts';
import { Fault } from '../kit/fault.tsx';
import { Icon } from '../kit/icons.tsx';
import { RequiredMark } from '../kit/required.tsx';
import { useSpeech } from '../words/lang.tsx';
import type { Around } from './kind.ts';
import { fieldKinds } from './registry.ts';
import { isRequired } from './rules.ts';

interface Props {
  name: string;
  spec: FieldSpec;
  value: WireValue | undefined;
  fault: Text | undefined;
  around: Around;
  onChange(name: string, value: WireValue | undefined): void;
  /** Stands in for the control of its kind, e.g. a telephone box that looks callers up. */
  children?: ((id: string, describedBy: string | undefined) => ReactNode) | undefined;
}

/** A field of a form: label, control, hint and what is wrong with it. */
export function Field({ name, spec, value, fault, around, onChange, children }: Props) {
  const { say } = useSpeech();
  const kind = fieldKinds[spec.type];
  const Box = kind.group ? 'fieldset' : 'div';
  const id = `field-${name}`;
  const notes = [spec.hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  const describedBy = notes || undefined;
  const wide = typeof kind.wide === 'function' ? kind.wide(spec) : kind.wide === true;
  const label = (
    <>
      {say(spec.label)}
      {isRequired(spec, around.scope) && <RequiredMark />}
      {spec.personal && (
        <span className="personal" title={say(personal)}>
          <Icon name="lock" size={13} />
        </span>
      )}
    </>
  );
  return (
    <Box className={wide ? 'field wide' : 'field'} data-name={name}>
      {kind.group ? (
        <legend className={spec.type === 'confirmed' ? 'only-read' : 'label'} id={`${id}-label`}>
          {label}
        </legend>
      ) : (
        <label className="label" id={`${id}-label`} htmlFor={id}>
          {label}
        </label>
      )}
      {children ? (
        children(id, describedBy)
      ) : (
        <kind.Input
          id={id}
          name={name}
          spec={spec}
          value={value}
          onChange={(next) => onChange(name, next)}
          invalid={fault !== undefined}
          describedBy={describedBy}
          around={around}
        />
      )}
      {spec.hint && (
        <span className="hint" id={`${id}-hint`}>
          {say(spec.hint)}
        </span>
      )}
      {fault && <Fault id={`${id}-fault`} words={fault} />}
    </Box>
  );
}
const personal = { zh: '个人信息，默认打码保存', en: 'Personal: masked by default' };
