import { useQuery } from '@tanstack/react-query';
import { callsOfCaseQuery } from '../../api/calls.ts';
import { CallLine } from '../../calls/line.tsx';
import { c } from '../../calls/words.ts';
import type { Sight } from './sight.ts';

/** Telephone calls that belong to the case. */
export function CallsOfCase({ sight: { seen, say } }: { sight: Sight }) {
  const items = useQuery(callsOfCaseQuery(seen.id)).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="calls-of-case">
      <h2 id="calls-of-case">{say(c.ofCase)}</h2>
      {items.map((call) => (
        <CallLine key={call.id} call={call} />
      ))}
    </section>
  );
}
