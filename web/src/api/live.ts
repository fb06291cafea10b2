import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { CaseChanged } from './contract.ts';

const WAIT = 250;

/**
 * Keeps what is on the screen true: the server says which case changed, and what shows it is asked for again.
 * A stream tells only what the person who opened it may see, so whoever sits down next opens his own.
 */
export function useLive(personId: string | undefined): void {
  const client = useQueryClient();
  const opened = useRef(false);
  useEffect(() => {
    if (personId === undefined) return;
    const stream = new EventSource('/api/v1/events');
    let later: ReturnType<typeof setTimeout> | undefined;
    const dirty = new Set<string>();
    const refresh = (...keys: string[]) => {
      for (const key of keys) dirty.add(key);
      // A moved clock changes hundreds of cases at once: ask once, not hundreds of times.
      later ??= setTimeout(() => {
        later = undefined;
        for (const key of dirty) void client.invalidateQueries({ queryKey: key.split(' ') });
        dirty.clear();
      }, WAIT);
    };
    const onCase = (event: MessageEvent<string>) => {
      const { caseId }: CaseChanged = JSON.parse(event.data);
      refresh('worklist', `case ${caseId}`);
    };
    const onNotice = () => refresh('notices');
    // A ringing telephone does not wait.
    const onCall = () => void client.invalidateQueries({ queryKey: ['calls'] });
    // What changed while nobody listened, on a broken line or at the change of persons, is not told again.
    const onOpen = () => {
      onCall();
      if (opened.current) refresh('worklist', 'case', 'notices');
      opened.current = true;
    };
    stream.addEventListener('open', onOpen);
    stream.addEventListener('call', onCall);
    stream.addEventListener('case', onCase);
    stream.addEventListener('notice', onNotice);
    return () => {
      clearTimeout(later);
      stream.close();
    };
  }, [client, personId]);
}
