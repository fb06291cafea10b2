import { useQuery } from '@tanstack/react-query';
import { outsideQuery } from '../../api/particulars.ts';
import { SelectField } from '../../kit/select-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** A firm outside that stands for a part or a piece of equipment. */
export function Warrantor({ value, onChange }: { value: string; onChange(name: string): void }) {
  const { say } = useSpeech();
  const firms = useQuery(outsideQuery).data ?? [];
  return (
    <div>
      <SelectField
        label={w.warrantor}
        none={say(w.warrantorNone)}
        value={value}
        options={firms.map(({ name }) => ({ value: name, label: name }))}
        onChange={onChange}
      />
      {firms.length === 0 && <p className="hint small muted">{say(w.noFirm)}</p>}
    </div>
  );
}
