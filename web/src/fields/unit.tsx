import { text } from '@room/kernel/text.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { candidatesQuery, unitsQuery } from '../api/directory.ts';
import { useSpeech } from '../words/lang.tsx';
import { type Around, asText, control, type FieldKind, type InputProps, orNothing } from './kind.ts';

const suggested = text('分派表建议（{clause}）', 'As the routing table says ({clause})');

function UnitSelect(props: InputProps) {
  const { say } = useSpeech();
  const { caseId, step } = props.around;
  const units = useQuery(unitsQuery).data ?? [];
  const routed = useQuery({ ...candidatesQuery(caseId ?? '', step, props.name, undefined), enabled: caseId !== null })
    .data?.unit;
  const { value, onChange } = props;
  const isFirst = firstUnit(props.around) === props.name;
  const taken = useRef(value !== undefined);
  useEffect(() => {
    // The procedure's own suggestion is there from the start; whoever knows better changes it. The table means the
    // department a form asks for first, not one that assists it.
    if (!routed || taken.current || !isFirst) return;
    taken.current = true;
    onChange(routed.code);
  });
  return (
    <>
      <select
        {...control(props)}
        className="input"
        value={asText(value)}
        onChange={(event) => onChange(orNothing(event.target.value))}
      >
        <option value="">—</option>
        {units.map((unit) => (
          <option key={unit.code} value={unit.code}>
            {say(unit.name)}
          </option>
        ))}
      </select>
      {routed && value === routed.code && <span className="hint">{say(suggested, { clause: routed.clause })}</span>}
    </>
  );
}

/** The first field of a step's form that asks for a department. */
const firstUnit = ({ pack, procedure, step }: Around): string | undefined =>
  Object.entries(pack.procedures[procedure]?.steps[step ?? '']?.fields ?? {}).find(
    ([, { type }]) => type === 'unit',
  )?.[0];

function UnitName({ code }: { code: string }) {
  const { say } = useSpeech();
  const unit = useQuery(unitsQuery).data?.find((each) => each.code === code);
  return unit ? say(unit.name) : code;
}

/** A department, crew or office. */
export const unit: FieldKind = {
  Input: UnitSelect,
  read: (value) => <UnitName code={String(value)} />,
};
