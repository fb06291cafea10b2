import { assignsSchema } from './assigns.ts';
import { cancelsSchema, pausesSchema, restartsSchema, resumesSchema, startsSchema, stopsSchema } from './clocks.ts';
import { decidesSchema } from './decides.ts';
import { archivesSchema, closesSchema, opensSchema, roundSchema, runsSchema } from './endings.ts';
import { limitsSchema } from './limits.ts';
import { issuesSchema, notifiesSchema, signsSchema } from './papers.ts';
import { setsSchema } from './sets.ts';

/** Everything a step may cause, by its key in the pack. A new ability is one file, one line here and one in the engine's list. */
export const primitives = {
  limits: limitsSchema,
  sets: setsSchema,
  decides: decidesSchema,
  assigns: assignsSchema,
  stops: stopsSchema,
  cancels: cancelsSchema,
  pauses: pausesSchema,
  resumes: resumesSchema,
  round: roundSchema,
  restarts: restartsSchema,
  starts: startsSchema,
  issues: issuesSchema,
  signs: signsSchema,
  opens: opensSchema,
  runs: runsSchema,
  closes: closesSchema,
  archives: archivesSchema,
  notifies: notifiesSchema,
};
