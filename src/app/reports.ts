import type { Reports } from '#jobs/run-report.ts';

/** Every report by its name; one more is one file and one line. */
export const reports: Reports = {};
