import { useSuspenseQueries } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { allowedQuery, caseQuery, type Disclosure, journalQuery } from '../../api/case.ts';
import { usePack } from '../../api/packs.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Actions } from './actions.tsx';
import { Alike } from './alike.tsx';
import { CallsOfCase } from './calls.tsx';
import { Clocks } from './clocks.tsx';
import { Documents } from './documents.tsx';
import { Duties } from './duties.tsx';
import { Evidence } from './evidence.tsx';
import { Facts } from './facts.tsx';
import { Head } from './head.tsx';
import { Links } from './links.tsx';
import { SamePerson } from './same-person.tsx';
import type { Sight } from './sight.ts';
import { Timeline } from './timeline.tsx';
import { Told } from './told.tsx';
import './case.css';

/** One case: where it stands, what can be done, what was promised, what happened. */
export default function CasePage() {
  const { id } = useParams({ from: '/cases/$id' });
  const { lang, say } = useSpeech();
  const [{ data: seen }, { data: allowed }, { data: journal }] = useSuspenseQueries({
    queries: [caseQuery(id), allowedQuery(id), journalQuery(id)],
  });
  const pack = usePack(seen.pack, seen.packVersion);
  const [clear, setClear] = useState<Disclosure | null>(null);
  const procedure = pack.procedures[seen.procedure];
  if (!procedure) throw new Error(`Pack ${seen.pack} has no procedure ${seen.procedure}`);
  const sight: Sight = { seen, pack, procedure, clear, lang, say };
  return (
    <article className="case">
      <Head sight={sight} />
      <div className="case-main">
        <Actions sight={sight} allowed={allowed} />
        <Alike sight={sight} asked />
        <Timeline sight={sight} journal={journal} />
      </div>
      <aside className="case-side">
        <Clocks sight={sight} />
        <Facts sight={sight} onClear={setClear} />
        <Duties sight={sight} />
        <Documents sight={sight} allowed={allowed} />
        <Evidence sight={sight} />
        <Alike sight={sight} />
        <CallsOfCase sight={sight} />
        <SamePerson sight={sight} />
        <Links sight={sight} />
        <Told caseId={seen.id} />
      </aside>
    </article>
  );
}
