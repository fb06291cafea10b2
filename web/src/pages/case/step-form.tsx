import { useState } from 'react';
import type { FieldSpec, WireValue, WireValues } from '../../api/contract.ts';
import { Problem } from '../../api/problem.ts';
import { Field } from '../../fields/field.tsx';
import { isShown } from '../../fields/rules.ts';
import type { CommandFormProps } from './command-dialog.tsx';
import { FormShell } from './form-shell.tsx';
import { aroundOf, fieldsOf } from './sight.ts';
import { w } from './words.ts';

/** The form of a step, drawn from the pack. */
export function StepForm({ sight, allowed, error, pending, onSubmit }: CommandFormProps) {
  const { say, procedure } = sight;
  const step = allowed.step ?? '';
  const spec = procedure.steps[step];
  const fields = fieldsOf(sight, step);
  const [values, setValues] = useState<WireValues>(() =>
    Object.fromEntries(Object.entries(allowed.preset).filter(([name]) => name in fields && startsFilled(fields[name]))),
  );
  const around = aroundOf(sight, step, values);
  const shown = Object.entries(fields).filter(([, field]) => isShown(field, around.scope));
  const set = (name: string, value: WireValue | undefined) =>
    setValues(({ [name]: _, ...rest }) => (value === undefined ? rest : { ...rest, [name]: value }));
  const faults = error instanceof Problem ? error.byField : {};
  const submit = () => {
    const names = new Set(shown.map(([name]) => name));
    onSubmit({
      type: 'take',
      step,
      values: Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name))),
    });
  };
  return (
    <FormShell error={error} placed={shown.map(([name]) => name)} pending={pending} onSubmit={submit}>
      <p className="muted">
        {spec?.help ? say(spec.help) : shown.length === 0 ? say(w.noFields) : null}{' '}
        <span className="clause">{allowed.clause}</span>
      </p>
      <div className="form-grid">
        {shown.map(([name, field]) => (
          <Field
            key={name}
            name={name}
            spec={field}
            value={values[name]}
            fault={faults[name]}
            around={around}
            onChange={set}
          />
        ))}
      </div>
    </FormShell>
  );
}

/**
 * What must be entered anyway begins as the case has it. A correction begins empty, and a personal value too: it
 * arrives masked, and sending the mask back would overwrite what it hides.
 */
const startsFilled = (spec: FieldSpec | undefined): boolean => spec?.required === true && !spec.personal;
