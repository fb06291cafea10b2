import { lazy, Suspense } from 'react';
import { filesOf } from './files.ts';
import type { Sight } from './sight.ts';
import { w } from './words.ts';

const Gallery = lazy(() => import('./gallery.tsx'));

/** Photos and files with who brought them, when, and their digest. */
export function Evidence({ sight }: { sight: Sight }) {
  const files = filesOf(sight);
  if (files.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="evidence-title">
      <h2 id="evidence-title">{sight.say(w.evidence)}</h2>
      <Suspense fallback={<div className="skeleton" style={{ height: '6rem' }} />}>
        <Gallery files={files} sight={sight} />
      </Suspense>
    </section>
  );
}
