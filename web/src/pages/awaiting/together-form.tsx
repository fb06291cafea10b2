import { useState } from 'react';
import type { AllowedCommandView, WireValue, WireValues } from '../../api/contract.ts';
import { Field } from '../../fields/field.tsx';
import { isShown } from '../../fields/rules.ts';
import { Refused } from '../../kit/refused.tsx';
import { aroundOf, fieldsOf, type Sight } from '../case/sight.ts';
import { w } from './words.ts';

interface Props {
  /** One of the cases, for what conditions of the form look at. */
  sight: Sight;
  steps: readonly AllowedCommandView[];
  count: number;
  pending: boolean;
  error: unknown;
  onSubmit(step: string, values: WireValues): void;
}

/** The form of one step, filled in once for all that were selected. */
export function TogetherForm({ sight, steps, count, pending, error, onSubmit }: Props) {
  const { say } = sight;
  const [step, setStep] = useState((steps.find((one) => one.main) ?? steps[0])?.step ?? '');
  const [values, setValues] = useState<WireValues>({});
  const around = aroundOf(sight, step, values);
  const shown = Object.entries(fieldsOf(sight, step)).filter(([, field]) => isShown(field, around.scope));
  const set = (name: string, value: WireValue | undefined) =>
    setValues(({ [name]: _, ...rest }) => (value === undefined ? rest : { ...rest, [name]: value }));
  const names = new Set(shown.map(([name]) => name));
  return (
    <form
      className="stack awaiting-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending && count > 0)
          onSubmit(step, Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name))));
      }}
    >
      <fieldset className="field">
        <legend className="label">{say(w.step)}</legend>
        <div className="pick">
          {steps.map((one) => (
            <label key={one.step}>
              <input
                type="radio"
                name={`step-${sight.seen.procedure}-${sight.seen.state}-${sight.seen.packVersion}`}
                checked={one.step === step}
                onChange={() => {
                  setStep(one.step ?? '');
                  setValues({});
                }}
              />
              {say(one.title)} <span className="clause">{one.clause}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="form-grid">
        {shown.map(([name, field]) => (
          <Field
            key={`${step} ${name}`}
            name={name}
            spec={field}
            value={values[name]}
            fault={undefined}
            around={around}
            onChange={set}
          />
        ))}
      </div>
      <Refused error={error} />
      <div className="row">
        <button type="submit" className="btn main" disabled={pending || count === 0}>
          {count === 0 ? say(w.choose) : say(w.send, { n: count })}
        </button>
      </div>
    </form>
  );
}
