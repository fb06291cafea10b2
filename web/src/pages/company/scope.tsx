import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { PackScope } from '../../api/contract.ts';
import { packScopeQuery } from '../../api/packs.ts';
import { placesQuery } from '../../api/premises.ts';
import { useMe } from '../../api/session.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** In which estates the procedure applies; whoever answers for the company ticks them. */
export function PackScopeCard({ pack }: { pack: string }) {
  const { say } = useSpeech();
  const client = useQueryClient();
  const { administers } = useMe();
  const { estates } = useSuspenseQuery(packScopeQuery(pack)).data;
  const all = useSuspenseQuery(placesQuery(null)).data;
  const change = useMutation({
    mutationFn: (chosen: string[]) =>
      ask<PackScope>(`/packs/${pack}/estates`, { method: 'PUT', body: { estates: chosen } }),
    onSuccess: (scope) => client.setQueryData(packScopeQuery(pack).queryKey, scope),
  });
  // What was ticked shows at once; when it is refused the box springs back.
  const chosen = change.isPending ? change.variables : estates.map(({ id }) => id);
  return (
    <section className="card stack" aria-labelledby="scope">
      <h2 id="scope">{say(w.scope)}</h2>
      <p className="small">
        {estates.length === 0
          ? say(w.everywhere)
          : join(
              estates.map(({ name }) => name),
              say,
            )}
      </p>
      {administers && (
        <fieldset className="field" disabled={change.isPending}>
          <legend className="small muted">{say(w.scopeHint)}</legend>
          <span className="pick">
            {all.map(({ id, name }) => (
              <label key={id}>
                <input
                  type="checkbox"
                  checked={chosen.includes(id)}
                  onChange={({ target }) =>
                    change.mutate(target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
                  }
                />
                {name}
              </label>
            ))}
          </span>
        </fieldset>
      )}
    </section>
  );
}
