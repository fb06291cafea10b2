import { text } from '@room/kernel/text.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FieldSpec } from '../api/contract.ts';
import { candidatesQuery, peopleQuery } from '../api/directory.ts';
import { Combobox, type Offer } from '../kit/combobox.tsx';
import { useSpeech } from '../words/lang.tsx';
import type { Around, FieldKind, InputProps } from './kind.ts';

const placeholder = text('按姓名或部门找', 'Find by name or department');
const suggested = text('按分派表应派：{unit}', 'The routing table says: {unit}');
const decided = text('派单规则：{way}（{clause}）', 'Dispatch rule: {way} ({clause})');
const nobodyFits = text(
  '现在没有合适的人，原因写在各人右侧：可改选其他责任部门，或请部门负责人调班、安排代班后再派',
  'Nobody fits now; the reason stands beside each: choose another department, or have its head change shifts or name a substitute first',
);
const none = text('没有这个人', 'Nobody of that name');

interface Choice extends Offer {
  name: string;
  words: string;
}

/** People for this field: those the procedure suggests on a case, members of staff before there is one. */
function useChoices(around: Around, field: string, spec: FieldSpec) {
  const { say } = useSpeech();
  const { caseId, step } = around;
  const candidates = useQuery({
    ...candidatesQuery(caseId ?? '', step, field, unitIn(around)),
    enabled: caseId !== null,
  });
  const people = useQuery({ ...peopleQuery(typeof spec.role === 'string' ? spec.role : ''), enabled: caseId === null });
  const choices: Choice[] =
    caseId !== null
      ? (candidates.data?.people ?? []).map((person) => ({
          id: person.personId,
          name: person.name,
          words: `${person.name} ${person.unitTitle ?? ''}`,
          label: person.unitTitle ? `${person.name} · ${person.unitTitle}` : person.name,
          aside: say(person.reason),
          disabled: !person.fit,
        }))
      : (people.data ?? []).map((person) => ({
          id: person.id,
          name: person.name,
          words: `${person.name} ${person.unit?.name ?? ''}`,
          label: person.name,
          aside: person.unit?.name,
        }));
  return { choices, unit: candidates.data?.unit ?? null, way: candidates.data?.way ?? null };
}

/** The department chosen on the same form, whose people are then offered. */
function unitIn({ pack, procedure, step, scope }: Around): string | undefined {
  const fields = pack.procedures[procedure]?.steps[step ?? '']?.fields ?? {};
  const [name] = Object.entries(fields).find(([, spec]) => spec.type === 'unit') ?? [];
  const value = name === undefined ? undefined : scope.values[name];
  return typeof value === 'string' ? value : undefined;
}

function Person(props: InputProps) {
  const { id, name, spec, value, onChange, invalid, describedBy, around } = props;
  const { say } = useSpeech();
  const { choices, unit, way } = useChoices(around, name, spec);
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = choices.find((choice) => choice.id === value);
  const wanted = (typed ?? '').trim().toLowerCase();
  return (
    <>
      <Combobox
        id={id}
        name={name}
        invalid={invalid}
        describedBy={describedBy}
        placeholder={say(placeholder)}
        none={say(none)}
        words={typed ?? chosen?.name ?? ''}
        offers={choices.filter((choice) => choice.words.toLowerCase().includes(wanted))}
        onWords={(words) => {
          setTyped(words);
          if (value !== undefined) onChange(undefined);
        }}
        onPick={(picked) => {
          setTyped(null);
          onChange(picked);
        }}
      />
      {choices.length > 0 && choices.every((choice) => choice.disabled) && (
        <span className="hint" role="status">
          {say(nobodyFits)}
        </span>
      )}
      {unit && <span className="hint">{say(suggested, { unit: `${unit.name}（${unit.clause}）` })}</span>}
      {way && <span className="hint">{say(decided, { way: say(way.title), clause: way.clause })}</span>}
    </>
  );
}

/** A person's name for an id, as soon as the directory has arrived. */
export function PersonName({ id }: { id: string }) {
  const person = useQuery(peopleQuery()).data?.find((each) => each.id === id);
  return person?.name ?? '…';
}

/** A member of staff. */
export const person: FieldKind = {
  Input: Person,
  read: (value) => <PersonName id={String(value)} />,
};
