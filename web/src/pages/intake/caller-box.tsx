import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { CallerView, WireValue } from '../../api/contract.ts';
import { callersQuery } from '../../api/directory.ts';
import { Combobox } from '../../kit/combobox.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

interface Props {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  value: WireValue | undefined;
  onPhone(phone: string | undefined): void;
  onCaller(caller: CallerView): void;
}

/** The caller's number; whoever it belongs to is offered, and taking the offer fills the place. */
export function CallerBox({ id, describedBy, invalid, value, onPhone, onCaller }: Props) {
  const { say } = useSpeech();
  const phone = typeof value === 'string' ? value : '';
  const callers = useQuery(callersQuery(useDeferredValue(phone))).data ?? [];
  return (
    <Combobox
      id={id}
      name="contactPhone"
      inputMode="tel"
      invalid={invalid}
      describedBy={describedBy}
      words={phone}
      offers={callers.map((caller, index) => ({
        id: String(index),
        label: caller.place,
        aside: `${say(w[caller.relation])} ${caller.name}`,
      }))}
      onWords={(words) => onPhone(words === '' ? undefined : words)}
      onPick={(index) => {
        const caller = callers[Number(index)];
        if (caller) onCaller(caller);
      }}
    />
  );
}
