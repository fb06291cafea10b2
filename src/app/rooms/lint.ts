import { folderOf, IMPURE_GLOBALS, ROOMS, type Room } from './table.ts';

const FOR_TESTS = ['!**/*.test.ts', '!**/*.test.tsx', '!**/testing*.ts'];

/** The lint rules that follow from the table, as the text of biome.rooms.json. Later overrides win, so single files come after their room. */
export function lintConfig(): string {
  const overrides = ROOMS.flatMap((room) => [
    override(
      room,
      [`${folderOf(room)}/**`, ...nested(room), ...FOR_TESTS, ...files(room).map((f) => `!${f}`)],
      room.imports,
    ),
    ...Object.entries(room.also ?? {}).map(([file, more]) =>
      override(room, [`${folderOf(room)}/${file}`], [...room.imports, ...more]),
    ),
  ]);
  return `${JSON.stringify({ $schema: './node_modules/@biomejs/biome/configuration_schema.json', overrides }, null, 2)}\n`;
}

const files = (room: Room): string[] => Object.keys(room.also ?? {}).map((file) => `${folderOf(room)}/${file}`);

/** Rooms inside this one's folder have rules of their own. */
const nested = (room: Room): string[] =>
  ROOMS.filter((other) => other !== room && folderOf(other).startsWith(`${folderOf(room)}/`)).map(
    (other) => `!${folderOf(other)}/**`,
  );

function override(room: Room, includes: string[], imports: string[]): object {
  const inner = ROOMS.map((r) => r.name).filter(
    (name) => name !== room.name && !imports.includes(name) && name !== 'web',
  );
  // A room may hold another (http/contract): forbidding the outer must leave the inner one open.
  const open = imports.filter((name) => inner.some((outer) => name.startsWith(`${outer}/`)));
  const group = inner.flatMap((name) => [`#${name}/**`, `@room/${name}/**`]);
  const patterns = [
    {
      group: [...group, ...open.flatMap((name) => [`!#${name}/**`, `!@room/${name}/**`])],
      message: `${room.name} may not import this room: see docs/rooms.md.`,
    },
    ...(room.pure ? [{ group: ['node:*', 'node:*/**'], message: `${room.name} is pure: no node: modules.` }] : []),
  ];
  const deniedGlobals = Object.fromEntries(
    IMPURE_GLOBALS.map((name) => [name, `${room.name} is pure: hand the value in from outside.`]),
  );
  return {
    includes,
    linter: {
      rules: {
        style: {
          noRestrictedImports: { level: 'error', options: { patterns } },
          ...(room.pure && { noRestrictedGlobals: { level: 'error', options: { deniedGlobals } } }),
        },
      },
    },
  };
}
