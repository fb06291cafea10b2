import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CaseChanged } from './contract.ts';

const WAIT = 250;

/** Keeps what is on the screen true: the server says which case changed, and what shows it is asked for again. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
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
    // Whatever rang while the line was down.
    stream.addEventListener('open', onCall);
    stream.addEventListener('call', onCall);
    stream.addEventListener('case', onCase);
    stream.addEventListener('notice', onNotice);
    return () => {
      clearTimeout(later);
      stream.close();
    };
  }, [client]);
}
