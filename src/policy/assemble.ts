import type { Locate } from './problem.ts';
import type { ParsedSource } from './source.ts';

/** Files of the pack that another one extends lie below this folder. */
export const BASE = 'extends/';

interface Layer {
  head: ParsedSource;
  procedures: Map<string, ParsedSource>;
}

/** The files of a pack put together, and where each path of the whole was written. Null without a pack.yaml. */
export function assemble(parsed: readonly ParsedSource[]): { whole: unknown; locate: Locate } | null {
  const depths = new Map<number, ParsedSource[]>();
  for (const source of parsed) {
    const depth = source.path.split(BASE).length - 1;
    depths.set(depth, [...(depths.get(depth) ?? []), source]);
  }
  const layers = [...depths].sort(([a], [b]) => a - b).map(([, sources]) => layerOf(sources));
  const [own] = layers;
  if (!own || layers.includes(null)) return null;
  const sound = layers.filter((layer) => layer !== null);
  // The pack furthest down comes first; each nearer one overrides it by name.
  const whole = sound.toReversed().reduce<unknown>((below, layer) => merge(handedOn(below), contentOf(layer)), {});
  return { whole, locate: locator(sound) };
}

function layerOf(sources: readonly ParsedSource[]): Layer | null {
  const head = sources.find((source) => source.path.endsWith('pack.yaml'));
  if (!head) return null;
  const others = sources.filter((source) => source !== head);
  return { head, procedures: new Map(others.map((source) => [procedureName(source.path), source])) };
}

const procedureName = (path: string): string => path.replace(/^.*\//, '').replace(/\.ya?ml$/, '');

function contentOf({ head, procedures }: Layer): unknown {
  const own = Object.fromEntries([...procedures].map(([name, source]) => [name, source.value]));
  return { ...(head.value as object), ...(procedures.size > 0 ? { procedures: own } : {}) };
}

const isMap = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a pack hands on to those that extend it: all but the notes of its own versions. */
function handedOn(below: unknown): unknown {
  if (!isMap(below)) return below;
  const { changes: _, ...rest } = below;
  return rest;
}

/** Overrides by name: maps are merged, lists and plain values replaced, and `null` takes a name out. */
function merge(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above;
  const merged: { [key: string]: unknown } = { ...below };
  for (const [key, value] of Object.entries(above)) {
    if (value === null) delete merged[key];
    else merged[key] = key in below ? merge(below[key], value) : value;
  }
  return merged;
}

/** Finds a path in the nearest file that says something about it. */
function locator(layers: readonly Layer[]): Locate {
  return (path) => {
    for (const layer of layers) {
      const procedure = path[0] === 'procedures' ? layer.procedures.get(String(path[1])) : undefined;
      const [file, inside] = procedure ? [procedure, path.slice(2)] : [layer.head, path];
      if (layer === layers.at(-1) || file.has(inside)) return { file: file.path, ...file.locate(inside) };
    }
    return { file: '', line: 1, column: 1 };
  };
}
