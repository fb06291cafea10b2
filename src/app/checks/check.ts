import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import type { Text } from '#kernel/text.ts';
import { HOME } from '../config.ts';

/** What one check found. `skipped` is for what cannot be judged here (no network), never for what failed. */
export interface Outcome {
  state: 'passed' | 'failed' | 'skipped';
  /** For people: one line when passed or skipped, everything needed to put it right when failed. */
  detail: string;
}

/** One entry of the list of checks. */
export interface Check {
  id: string;
  name: Text;
  run(): Promise<Outcome>;
}

/** Runs a tool of node_modules/.bin (or of the system) in the project's folder and collects what it says. */
export function tool(name: string, args: string[], cwd = HOME): Promise<{ code: number; text: string }> {
  const path = [join(HOME, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  return new Promise((done) => {
    const child = spawn(name, args, { cwd, env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part) => {
        text += part;
      });
    }
    child.once('error', (cause) => done({ code: 127, text: cause.message }));
    child.once('close', (code) => done({ code: code ?? 1, text }));
  });
}

/** A check that is one tool's exit code. */
export function byTool(id: string, name: Text, command: string, ...args: string[]): Check {
  const run = async (): Promise<Outcome> => {
    const { code, text } = await tool(command, args);
    return code === 0 ? { state: 'passed', detail: '' } : { state: 'failed', detail: text.trim() };
  };
  return { id, name, run };
}
