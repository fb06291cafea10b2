import { stringify } from 'yaml';
import { EVERYWHERE, type KeyRow, languageReference, type Part, type Way } from './reference.ts';
import { meaningOf, sayType } from './schema-words.ts';

const BEGIN = '<!-- made from the schema of the language by `npm run huiyin -- pack docs` -->';
const END = '<!-- end of the reference -->';

/** The text of docs/packs.md with its reference brought up to date; what people wrote around it stays. */
export function withReference(page: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  return `${before ?? ''}${BEGIN}\n${reference()}\n${END}${after ?? '\n'}`;
}

function reference(): string {
  const everywhere = Object.entries(EVERYWHERE).map(([key, schema]) => [
    `\`${key}\``,
    sayType(schema),
    meaningOf(schema),
  ]);
  return [
    'Almost everything has a `title` and the `clause` it comes from; these may stand anywhere beside `clause`:',
    '',
    table(['key', 'what is written', 'meaning'], everywhere),
    ...languageReference().parts.flatMap((part) => ['', `### \`${part.at}\``, '', ...write(part)]),
  ].join('\n');
}

function write(part: Part): string[] {
  const common = part.rows.filter((row) => row.meaning !== '');
  const asIn = [...part.asIn].map(
    ([where, keys]) => `${keys.map((key) => `\`${key}\``).join(', ')} are as in \`${where}\`.`,
  );
  return [
    ...(common.length > 0 ? [keyTable(common)] : []),
    ...asIn.flatMap((line) => ['', line]),
    ...(part.ways.length > 0 ? [...(common.length > 0 ? [''] : []), ways(part.ways)] : []),
    ...(common.length + part.asIn.size + part.ways.length === 0 ? ['A `title`, and what may stand everywhere.'] : []),
  ];
}

function keyTable(rows: readonly KeyRow[]): string {
  const shown = rows.some((row) => row.examples.length > 0);
  return table(
    ['key', 'what is written', 'left out', 'meaning', ...(shown ? ['example'] : [])],
    rows.map((row) => [
      `\`${row.key}\``,
      row.type,
      row.otherwise,
      row.meaning,
      ...(shown ? [row.examples.map((one) => `\`${row.key}: ${inline(one)}\``).join(' ')] : []),
    ]),
  );
}

/** The several ways of one part. Where nothing is said of them but their keys, one line is enough. */
function ways(all: readonly Way[]): string {
  const names = ({ keys }: Way): string => keys.map((key) => `\`${key}\``).join(', ');
  if (all.every((way) => way.meaning === '' && way.examples.length === 0))
    return `One of: ${all.map(names).join(' · ')}.`;
  const example = (way: Way): string => way.examples.map((one) => `\`${inline(one)}\``).join(' ');
  if (all.every((way) => way.meaning === '')) return `For example: ${all.map(example).join(' · ')}.`;
  if (all.some((way) => way.examples.length > 0))
    return table(
      ['one of', 'meaning'],
      all.map((way) => [example(way), way.meaning]),
    );
  return table(
    ['kind', 'further keys', 'meaning'],
    all.map((way) => [`\`${way.keys[0] ?? ''}\``, names({ ...way, keys: way.keys.slice(1) }), way.meaning]),
  );
}

const inline = (value: unknown): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim();

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
