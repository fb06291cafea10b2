import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Everything this launcher fetches or remembers. */
export const RUNTIME = join(ROOT, '.runtime');

/** An expected failure: one line in each language, no stack trace. */
export class Stop extends Error {
  constructor(zh, en, code = 1) {
    super(en);
    this.zh = zh;
    this.en = en;
    this.code = code;
  }
}

/** One line in each language, on stderr so that a command's own output stays clean. */
export function say(zh, en) {
  process.stderr.write(`${zh}\n${en}\n`);
}

const children = new Set();
let stopped = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopped = 128 + constants.signals[signal];
    for (const child of children) child.kill(signal);
    if (children.size === 0) process.exit(stopped);
  });
}

/** Runs a child to its end; signals are passed on, output is shown or (quiet) collected. Answers { code, text }. */
export function run(file, args, { quiet = false, ...options } = {}) {
  return new Promise((done) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(file, args, { cwd: ROOT, stdio, ...options });
    children.add(child);
    let text = '';
    if (quiet) {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (part) => {
          text += part;
        });
      }
    }
    child.on('error', (cause) => {
      children.delete(child);
      done({ code: 127, text: text + cause.message });
    });
    child.on('close', (code, signal) => {
      children.delete(child);
      done({ code: code ?? 128 + (constants.signals[signal] ?? 0), text });
    });
  });
}

/** Like `run`, for steps of the set-up: a signal meanwhile ends the launcher. */
export async function step(file, args, options) {
  const answer = await run(file, args, { quiet: true, ...options });
  if (stopped) throw new Stop('', '', stopped);
  return answer;
}

/** The caller's npm as [file, leading arguments], run by the given Node. */
export function npm(node) {
  const path = process.env.npm_execpath;
  return path && /\.c?js$/.test(path) && existsSync(path) ? [node, [path]] : ['npm', []];
}

/** The caller's environment with our Node first, and without what the outer npm says about its own project. */
export function environment(node) {
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^npm_(package|lifecycle|config_(local_prefix|workspace|prefix|omit|include|production|dry_run))/i.test(name))
      env[name] = value;
  }
  delete env.NODE_ENV;
  return { ...env, PATH: `${dirname(node)}:${process.env.PATH ?? ''}` };
}

/** Explains a failed npm run in one line. */
export function npmTrouble(what, text) {
  if (/ENOSPC|no space left/i.test(text))
    return new Stop(`磁盘已满，无法${what.zh}`, `The disk is full: cannot ${what.en}`);
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network|socket hang up|E50\d/i.test(text)) {
    return new Stop(
      `连不上软件包仓库，无法${what.zh}：请检查网络后重试`,
      `The package registry cannot be reached, cannot ${what.en}: check the network and try again`,
    );
  }
  if (/EACCES|EPERM|EROFS/.test(text))
    return new Stop(`没有写入 ${ROOT} 的权限，无法${what.zh}`, `No permission to write to ${ROOT}: cannot ${what.en}`);
  const line = text.split('\n').filter((l) => /npm (ERR!|error)/i.test(l))[0] ?? text.trim().split('\n').pop() ?? '';
  return new Stop(`无法${what.zh}：${line}`, `Cannot ${what.en}: ${line}`);
}

/** Does the work while no other launcher of this folder does; a lock whose process is gone is ignored. */
export async function alone(work) {
  const lock = join(RUNTIME, 'setup.lock');
  try {
    mkdirSync(RUNTIME, { recursive: true });
  } catch (cause) {
    throw npmTrouble({ zh: '准备运行环境', en: 'prepare the runtime' }, String(cause));
  }
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (cause) {
      if (cause.code !== 'EEXIST') throw npmTrouble({ zh: '准备运行环境', en: 'prepare the runtime' }, String(cause));
    }
    const holder = Number(read(lock));
    if (holder === process.pid || !alive(holder)) rmSync(lock, { force: true });
    else await new Promise((done) => setTimeout(done, 200));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function alive(pid) {
  // An empty lock is being written this very moment.
  if (!pid) return true;
  try {
    return /launch\.mjs/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

/** A file's text, or '' when it is not there. */
export function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
