// The workshop's own process. Apart from the server because strangers' pictures are decoded here, and because fonts and
// native libraries give their memory back only when their process ends.
import { type Answer, isJob, type Job } from './tasks.ts';

async function work(job: Job): Promise<unknown> {
  // Loaded on demand: shrinking a photo needs no fonts, printing a form without pictures no image library.
  if (job.task === 'typeset') return (await import('./typeset.ts')).typeset(job.input);
  return (await import('./photo.ts')).photo(job.input);
}

const say = (answer: Answer): void => {
  process.send?.(answer);
};

process.on('message', (message: unknown) => {
  if (!isJob(message)) return;
  work(message).then(
    (output) => say({ id: message.id, output }),
    (cause: unknown) => say({ id: message.id, failed: cause instanceof Error ? cause.message : String(cause) }),
  );
});
// The server is gone, however it went: nothing may be left behind.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole process group; the server decides when the last paper is done.
process.on('SIGINT', () => undefined);
